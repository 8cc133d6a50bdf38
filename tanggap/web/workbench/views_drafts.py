"""Drafts: saved while an officer types or by a button, even when the session has ended; listed, and thrown away."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.domain.actors import Officer
from tanggap.domain.drafts import parts_of, place_of
from tanggap.domain.lifecycle import Action
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import drafts as draft_selectors
from tanggap.services import accounts
from tanggap.services import drafts as service
from tanggap.services.memo_events import WRITES
from tanggap.web.actors import officer_required
from tanggap.web.workbench import deeds, doors, drafts, out_of_sight, page, walks, writing
from tanggap.web.workbench.forms import DeedForm, Desk

type View = Callable[..., HttpResponseBase]
_BY_SCRIPT: Final = "fetch"
_THROW_AWAY: Final = "buang"
_AUTOMATIC: Final = "otomatis"


def outlives_session(view: View) -> View:
    """Keep what is sent from a page of ours whose session has ended, for the officer it was given to.

    Nothing is shown and nothing is done: the words become that officer's draft, and the sender is asked to sign
    in, as anybody is who sends something without a session.
    """

    @wraps(view)
    def kept(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        opened = drafts.opened(request) if request.method == "POST" and not request.user.is_authenticated else None
        if opened is not None:
            now = timezone.now()  # noqa: TID251 - a door
            desk = _desk_of(opened, number, now)
            if desk is not None:
                return _keep_late(request, desk, opened, kwargs.get("place", ""), now)
            if (answer := _keep_unseen(request, number, opened, kwargs.get("place", ""), now)) is not None:
                return answer
        return view(request, number, *args, **kwargs)

    return kept


def _desk_of(opened: drafts.OpenedPage, number: str, now: datetime) -> Desk | None:
    """Return the desk of whom the page was given to, in whichever office may see it now; None where none may."""
    if not opened.is_fresh(now) or doors.number_of(number) != opened.number:
        return None
    for viewer in account_selectors.working_officers_of(opened.user_id, accounts.office_day(now)):
        try:
            return doors.desk_of(viewer, opened.number, now)
        except Http404:
            continue
    return None


def _keep_late(request: HttpRequest, desk: Desk, opened: drafts.OpenedPage, place: str, now: datetime) -> HttpResponse:
    action = _action(place or request.POST.get("tindakan", ""))
    form = _form(request, desk, action)
    try:
        # A page sends its form, or its draft to the place that it was given.
        kept_at = _place(desk, place, action) if place else drafts.place(desk, action)
        words = _save(request, desk, action, form, opened, now, place=kept_at)
    except service.ElsewhereError as error:
        words = drafts.elsewhere_words(error, desk.dossier.report.owner_agency.timezone, now)
    except service.TooLongError:
        return _told(_too_long(), status=422)
    if request.headers.get("X-Requested-With") == _BY_SCRIPT:
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    return redirect_to_login(_address(request, desk, action))


def _keep_unseen(
    request: HttpRequest, number: str, opened: drafts.OpenedPage, place: str, now: datetime
) -> HttpResponse | None:
    """Keep what is typed of a report that is out of sight as well; None where the page is none of ours any more."""
    officers = account_selectors.working_officers_of(opened.user_id, accounts.office_day(now))
    if not officers or not opened.is_fresh(now) or doors.number_of(number) != opened.number:
        return None
    action = _action(place or request.POST.get("tindakan", ""))
    answer = _saved_unseen(request, officers[0], opened.number, action, now)
    return redirect_to_login(answer["Location"]) if answer.has_header("Location") else answer


def _saved_unseen(request: HttpRequest, officer: Officer, number: str, action: Action, now: datetime) -> HttpResponse:
    """Keep what is typed of a report that is out of sight, and say so; a button leads to where it is read again."""
    is_automatic = request.POST.get("draf") == _AUTOMATIC
    try:
        kept = out_of_sight.keep(request, officer, number, action, now, is_automatic=is_automatic)
    except service.ElsewhereError as error:
        return _told(drafts.elsewhere_words(error, out_of_sight.zone_of(officer), now), status=409)
    except service.TooLongError:
        return _told(_too_long(), status=422)
    if request.headers.get("X-Requested-With") == _BY_SCRIPT:
        return _told(out_of_sight.saved_words(kept, officer, now) if kept else "")
    return redirect("workbench:drafts")


def _draft_unseen(request: HttpRequest, number: str, place: str, now: datetime) -> HttpResponse | None:
    """Save or throw away a draft of a report that is out of sight; None for who has none, and shows no page of ours."""
    officer, number = doors.officer(request, now), doors.number_of(number)
    if request.POST.get("draf") == _THROW_AWAY:
        if not service.discard_unseen(actor=officer, number=number, place=place):
            return None
        messages.success(request, _("Draf dibuang."))
        return redirect("workbench:drafts")
    if not out_of_sight.was_open(request, number, now):
        return None
    return _saved_unseen(request, officer, number, _action(place), now)


@outlives_session
@officer_required
@require_POST
def draft(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Save or throw away the draft of one form; a script is told in words, a button leads back to the form."""
    now = timezone.now()  # noqa: TID251 - a door
    try:
        desk = doors.desk(request, number, now, also_in_place=True)
    except Http404:
        if (answer := _draft_unseen(request, number, place, now)) is None:
            raise
        return answer
    action = _action(place)
    zone = desk.dossier.report.owner_agency.timezone
    if request.POST.get("draf") == _THROW_AWAY:
        service.discard(actor=desk.viewer, number=desk.dossier.report.number, place=_place(desk, place, action))
        messages.success(request, _("Draf dibuang."))
        return redirect(_address(request, desk, action))
    form = _form(request, desk, action)
    try:
        words = _save(request, desk, action, form, drafts.opened(request), now, place=_place(desk, place, action))
    except service.ElsewhereError as error:
        return _told(drafts.elsewhere_words(error, zone, now), status=409)
    except service.TooLongError:
        return _told(_too_long(), status=422)
    if request.headers.get("X-Requested-With") == _BY_SCRIPT:
        return _told(words)
    return redirect(_address(request, desk, action))


def _save(
    request: HttpRequest,
    desk: Desk,
    action: Action,
    form: DeedForm,
    opened: drafts.OpenedPage | None,
    now: datetime,
    *,
    place: str,
) -> str:
    """Keep what was sent, and return what to say of it; a form that was emptied has no draft."""
    number = desk.dossier.report.number
    if drafts.is_empty(form):
        service.discard(actor=desk.viewer, number=number, place=place)
        return ""
    is_automatic = request.POST.get("draf") == _AUTOMATIC
    saved = service.save(
        actor=desk.viewer,
        number=number,
        place=place,
        values=drafts.values_of(form, request.POST),
        seen=form.cleaned_data.get("seen") or 0,
        now=now,
        page=opened.at if opened else "",
        base=opened.base if opened and is_automatic else None,
    )
    words = drafts.saved_words(saved, desk.dossier.report.owner_agency.timezone, now)
    worn = writing.same_words(desk, action, "".join(saved.values.get("text", ())), now)
    return " ".join(part for part in (words, worn) if part)


def _form(request: HttpRequest, desk: Desk, action: Action) -> DeedForm:
    form = deeds.DEEDS[action].form(request.POST, desk=desk)
    form.is_valid()
    return form


def _action(place: str) -> Action:
    """Return the deed of a place; raises Http404 for what keeps no draft."""
    known = {action.value: action for action, deed in deeds.DEEDS.items() if drafts.is_kept(deed.form)}
    code, _memo = parts_of(place)
    if code not in known:
        raise Http404
    return known[code]


def _place(desk: Desk, place: str, action: Action) -> str:
    """Return the place that an address names; raises Http404 where it is that of a memo which is none."""
    _code, memo = parts_of(place)
    if memo is None:
        return place_of(action)
    if not any(event.seq == memo and event.kind in WRITES for event in desk.dossier.events):
        raise Http404
    return place_of(action, memo=memo)


def _address(request: HttpRequest, desk: Desk, action: Action) -> str:
    return f"{walks.of(request, desk).here(tindakan=action)}#tindakan"


def _too_long() -> str:
    return _("Teks ini terlalu panjang untuk disimpan sebagai draf.")


def _told(words: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


@officer_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """List the own drafts, newest first."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    found = draft_selectors.list_(viewer=viewer, after=request.GET.get("sesudah", "").replace("\x00", ""))
    rows = [
        {
            "number": own.number,
            "is_in_sight": own.report is not None,
            "title": page.listed_title(own.report, reads=False) if own.report else "",
            "label": drafts.label_of(own.draft.place),
            "place": own.draft.place,
            "deed": parts_of(own.draft.place)[0],
            "saved_at": own.draft.saved_at,
            "text": "".join(own.draft.values.get("text", ())),
        }
        for own in found.rows
    ]
    older = f"?sesudah={found.after}" if found.after else ""
    first = resolve_url("workbench:drafts") if request.GET.get("sesudah") else ""
    return render(request, "workbench/drafts.html", {"rows": rows, "older": older, "first": first})
