"""Who stands at the door: the officer behind a session, the reporter behind a number and a code, or anyone.

The two never mix. What an officer may do comes from the appointment in force (`actor_of`); what a
reporter may do comes from having shown number and code of one report (`tracked_report`). A page of
the desk asks the first, a page of tracking asks the second, and neither gives the other's rights.

Whoever holds several offices acts in one of them, which the session remembers: the rights are those of
that office alone (ADR 0030).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from tanggap.domain import actors
from tanggap.domain.actors import ADMINS, WATCHERS, Anyone, OfficeHolder, Reporter, Role
from tanggap.domain.lifecycle import SUBMITTED
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import opaque
from tanggap.selectors.accounts import Held
from tanggap.services import accounts, devices
from tanggap.web import homes, wording

TRACKED = "tracked"
TRACKING_LASTS = timedelta(hours=2)
_SEEN_ON = "seen_on"
_DEVICE = "device"
_OFFICE = "office"
_ELSEWHERE = "directory"  # the kind of a second step that was shown to the directory of an agency
_FACTOR = "mfa"  # as allauth names a second step among the ways in which a session was authenticated
_CACHE = "_tanggap_offices"
_KEY = "office of a session"

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def actor_of(request: HttpRequest, now: datetime) -> OfficeHolder | Anyone:
    """Return who in office this session is of, or `Anyone`; looked up once per request.

    A signed-in person without an office in force is anyone: an account alone opens nothing. So is one with
    several offices who has not said which, and an admin whose session did not pass a second factor.
    """
    held = acting_as(request, now)
    return held.actor if held is not None and not _lacks_factor(request, held) else Anyone()


def offices_of(request: HttpRequest, now: datetime) -> list[Held]:
    """Return the offices of the signed-in person; looked up once per request."""
    cached: list[Held] | None = getattr(request, _CACHE, None)
    if cached is None:
        user_id = request.user.pk if request.user.is_authenticated else None
        cached = [] if user_id is None else account_selectors.offices_of(user_id, accounts.office_day(now))
        setattr(request, _CACHE, cached)
    return cached


def acting_as(request: HttpRequest, now: datetime) -> Held | None:
    """Return the office of this session: the chosen one, or the only one there is."""
    offices = offices_of(request, now)
    if len(offices) == 1:
        return offices[0]
    chosen = request.session.get(_OFFICE) if offices else None
    return next((held for held in offices if held.pk == chosen), None)


def act_as(request: HttpRequest, key: str, now: datetime) -> bool:
    """Let the session act in another office of the same person; False where the key names none."""
    parts = opaque.open_(_KEY, key)
    held = next((held for held in offices_of(request, now) if parts == [held.pk]), None)
    if held is None:
        return False
    request.session[_OFFICE] = held.pk
    return True


@dataclass(frozen=True, slots=True)
class Seat:
    """One office as a page offers it."""

    key: str
    role: str
    place: str
    is_current: bool


def seats(request: HttpRequest, now: datetime) -> list[Seat]:
    """Return the offices of the signed-in person in words, with keys that `act_as` takes."""
    current = acting_as(request, now)
    return [
        Seat(
            key=opaque.seal(_KEY, [held.pk]),
            role=str(wording.ROLE[held.actor.role]),
            place=held.unit or held.agency,
            is_current=held is current,
        )
        for held in offices_of(request, now)
    ]


def acting(request: HttpRequest) -> dict[str, Any]:
    """Tell the pages of the desk in which office one acts, and what it opens.

    Who is asked for it has been looked up already; the pages of the own account, which are nobody's office, ask here.
    """
    now = timezone.now()  # noqa: TID251 - a door
    offices = getattr(request, _CACHE, None)
    if offices is None and request.path.startswith("/akun"):
        offices = offices_of(request, now)
    if not offices:
        return {}
    held = acting_as(request, now)
    role = held.actor.role if held else Role.ANYONE
    return {
        "seats": seats(request, now) if len(offices) > 1 else [],
        "edits": role in ADMINS | {Role.LIAISON_OFFICER},
        "is_assessed": role == Role.AGENCY_ADMIN,
        "recaps_made": role in ADMINS,
        "takes_in": role in SUBMITTED.roles,
        "looks": role in WATCHERS,
    }


def _lacks_factor(request: HttpRequest, held: Held) -> bool:
    """Admins need a second factor: what they may do is worth more than a password that leaks.

    It counts only in the session that passed it: whoever signed in with a stolen password alone, before the factor
    was set up, gains nothing by its being set up elsewhere.
    """
    return held.actor.role in ADMINS and not (_shown_elsewhere(request) or (held.has_factor and passed_factor(request)))


def passed_factor(request: HttpRequest) -> bool:
    """Say whether this session showed a second factor of the signed-in person: at sign-in, later, or by making one."""
    return any(record["method"] == _FACTOR for record in get_authentication_records(request, request.user))


def came_by_directory(request: HttpRequest, user: Any, *, has_factor: bool) -> None:
    """Note how a session begins: the directory of an agency said who it is, and perhaps that a factor was shown there.

    To be called before the session is signed in; the second factor counts as one of ours (ADR 0037).
    """
    record_authentication(request, user, _ELSEWHERE)
    if has_factor:
        record_authentication(request, user, _FACTOR, type=_ELSEWHERE)


def _shown_elsewhere(request: HttpRequest) -> bool:
    """Say whether the second factor of this session was shown to a directory that the operator trusts with it."""
    records = get_authentication_records(request, request.user)
    return any((record["method"], record.get("type")) == (_FACTOR, _ELSEWHERE) for record in records)


def made_factor(request: HttpRequest, now: datetime) -> None:
    """Note that a second factor was set up here: this session has shown it, and every other one of the person ends."""
    follow_session(request, now)
    record_authentication(request, request.user, _FACTOR)
    devices.end_others(user_id=int(request.user.pk or 0), but=str(request.session.session_key))


def officer_required[**P](view: View[P]) -> View[P]:
    """Let only officers into a page of the desk, and note that they were at work today.

    An anonymous visitor is sent to sign in and comes back; whoever holds several offices is asked which, and an
    admin without a second factor is led to set one up. A signed-in person without such an office gets the page that
    everybody gets for an unknown address.
    """
    return _guarded(view, lambda actor: actors.officer(actor) is not None)


def watcher_required[**P](view: View[P]) -> View[P]:
    """Let only those who look and do not work on reports into a page of oversight, as `officer_required` does."""
    return _guarded(view, lambda actor: actors.watcher(actor) is not None)


def _guarded[**P](view: View[P], may_enter: Callable[[OfficeHolder], bool]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = timezone.now()  # noqa: TID251 - a door
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if not offices_of(request, now):
            raise Http404
        actor = actor_of(request, now)
        if isinstance(actor, Anyone):
            return _lead(request, now)
        if not may_enter(actor):
            return _elsewhere(request, actor)
        record_day(request, now)
        follow_session(request, now)
        return view(request, *args, **kwargs)

    return guarded


def _elsewhere(request: HttpRequest, actor: OfficeHolder | Anyone) -> HttpResponse:
    """Send those who came to the desk as such, and have another first page, there; the rest does not exist for them."""
    home = homes.path_of(actor)
    if request.path == settings.LOGIN_REDIRECT_URL != home:
        return redirect(home)
    raise Http404


def record_day(request: HttpRequest, now: datetime) -> None:
    """Note the day of a signed-in person once per session and day, not once per request."""
    today, user_id = accounts.office_day(now).isoformat(), request.user.pk
    if user_id is not None and request.session.get(_SEEN_ON) != today:
        accounts.record_day(user_id, now)
        request.session[_SEEN_ON] = today


def begin_session(request: HttpRequest, user_id: int, *, is_known: bool, now: datetime) -> None:
    """Note the browser of a session that has just begun; `is_known`: the account was opened in it before."""
    key = str(request.session.session_key)
    agent = request.headers.get("User-Agent", "")[:400]
    devices.signed_in(user_id=user_id, session_key=key, agent=agent, is_known=is_known, now=now)
    request.session[_DEVICE] = {"key": key, "at": now.timestamp(), "user": user_id}


def follow_session(request: HttpRequest, now: datetime) -> None:
    """Note that the session is in use, at most every quarter of an hour, or when its key has changed."""
    known: Any = request.session.get(_DEVICE)
    if known is None:
        return
    key = str(request.session.session_key)
    if key != known["key"] or now.timestamp() - known["at"] >= devices.TOUCH_EVERY.total_seconds():
        devices.seen(user_id=known["user"], before=known["key"], session_key=key, now=now)
        request.session[_DEVICE] = {**known, "key": key, "at": now.timestamp()}


def grant_tracking(request: HttpRequest, report_id: int, now: datetime) -> None:
    """Remember in the session that number and code of a report were shown, for two hours.

    The key of the session changes: whoever knew it before does not share the right.
    """
    request.session.cycle_key()
    follow_session(request, now)
    # Sealed: a row of the table of sessions would else say which report an officer tracks in the same browser.
    request.session[TRACKED] = opaque.seal(TRACKED, [report_id, now.timestamp()])


def tracked_report(request: HttpRequest, now: datetime) -> Reporter | None:
    """Return the reporter's capability of this session, or None when there is none or it is too old."""
    tracked: Any = request.session.get(TRACKED)
    parts = opaque.open_(TRACKED, tracked) if isinstance(tracked, str) else None
    if parts is None:
        return None
    report_id, at = parts
    return Reporter(report_id=report_id) if 0 <= now.timestamp() - at <= TRACKING_LASTS.total_seconds() else None


def end_tracking(request: HttpRequest) -> None:
    """Forget the report that was tracked in this session."""
    if TRACKED in request.session:
        del request.session[TRACKED]


def _lead(request: HttpRequest, now: datetime) -> HttpResponse:
    """Send an officer to what has to be said first: in which office, or what the second factor is."""
    if acting_as(request, now) is None:
        return redirect(f"{resolve_url('account_office')}?{urlencode({'next': _back(request)})}")
    back = _back(request)
    more = f"?{urlencode({'next': back})}" if back != resolve_url(settings.LOGIN_REDIRECT_URL) else ""
    return redirect(f"{resolve_url('account_factor')}{more}")


def _back(request: HttpRequest) -> str:
    """Return where one comes back to; what was to be posted is not posted afterwards."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url(settings.LOGIN_REDIRECT_URL)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send an anonymous visitor to sign in."""
    return redirect_to_login(_back(request), str(settings.LOGIN_URL))


class NoStoreMiddleware:
    """Keep what only one person may see out of every cache, the browser's own included.

    It looks only at sessions that the page has read already, so public pages cost no query. An answer
    that says no-store itself is left as it is: the page "not found" must be the same for everything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:  # noqa: D102 - the shape of a middleware
        response = self.get_response(request)
        session = request.session
        if "no-store" in response.get("Cache-Control", ""):
            return response
        if session.accessed and (SESSION_KEY in session or TRACKED in session):
            patch_cache_control(response, no_store=True, private=True)
        return response
