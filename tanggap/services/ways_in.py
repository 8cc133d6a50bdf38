"""The ways into somebody else's account: lock and unlock it, give a new password by a link, remove lost factors.

No table keeps a link. Giving one takes the old password away, and the link holds for the account as it is then: what
changes the password - its use, a newer link, a lock - makes it void (ADR 0084).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog
from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from procrastinate.contrib.django import app as jobs

from tanggap.domain.actors import Actor, System, user_of
from tanggap.domain.appointments import Office, may_manage
from tanggap.domain.organisation import Change
from tanggap.models import Appointment, User
from tanggap.selectors import accounts as account_selectors
from tanggap.services import accounts, administration, devices
from tanggap.services.accounts import AccountError, Refusal, office_day

log = structlog.get_logger("tanggap.ways_in")

LINK: Final = "accounts.password_link"
NEWS: Final = "accounts.news"
GOOD_FOR: Final = timedelta(hours=24)
_SALT: Final = "tanggap.ways_in"


class News(StrEnum):
    """What a person is told of the own account afterwards."""

    PASSWORD = "password"  # noqa: S105 - a code, not a password
    FACTORS = "factors"


class LinkError(Exception):
    """The link opens nothing: it is forged, old, used or void."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a person sets a new password, and until when. Whoever has it can sign in: it is written down nowhere."""

    path: str
    until: datetime


def reaches(actor: Actor, *, user_id: int, now: datetime) -> bool:
    """Say whether an actor may lock this account, give it a password or remove its factors.

    Never the own one, and of others only whoever may give every office that the person holds, or held last: a way into
    an account must not lead to an office elsewhere, or to a higher one.
    """
    held = _held(user_id, office_day(now))
    if isinstance(actor, System):
        return True
    return (
        user_of(actor) != user_id
        and bool(held)
        and all(may_manage(actor, office=Office(one.role), agency_id=one.agency_id) for one in held)
    )


@transaction.atomic
def set_active(*, actor: Actor, user_id: int, is_active: bool, now: datetime, reason: str = "") -> None:
    """Lock an account, or let the person sign in again; doing it twice changes nothing.

    A lock ends every session at once, and makes a link that waits void. What the person worked on is handed over by
    the next round of `handing_over`. Errors: `AccountError` UNKNOWN_USER, NOT_ALLOWED, LAST_ADMIN.
    """
    user = _reached(actor, user_id, now)
    if user.is_active == is_active:
        return
    if not is_active:
        accounts.check_not_last(actor, Appointment.objects.filter(user=user, valid_to__isnull=True))
        if not user.has_usable_password():
            user.set_unusable_password()  # another one: the link does not come back to life with the account
        devices.end_all(user_id=user.pk)
    user.is_active = is_active
    user.save(update_fields=["is_active", "password"])
    _write(actor, Change.ACCOUNT_SWITCHED, user, now, {"is_active": is_active, "reason": reason})
    log.info("account_switched", user_id=user.pk, is_active=is_active, by=user_of(actor))


@transaction.atomic
def give_link(*, actor: Actor, user_id: int, now: datetime, reason: str = "") -> Link:
    """Take the password of an account away and return the link by which the person sets a new one; mail it, too.

    Every session ends, and an older link is void. Errors: `AccountError` UNKNOWN_USER, NOT_ALLOWED, IS_LOCKED.
    """
    user = _reached(actor, user_id, now)
    if not user.is_active:
        raise AccountError(Refusal.IS_LOCKED)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    devices.end_all(user_id=user.pk)
    _write(actor, Change.PASSWORD_LINK, user, now, {"reason": reason})
    log.info("password_link_given", user_id=user.pk, by=user_of(actor))
    by, at = user_of(actor) or 0, int(now.timestamp())
    if user.email:
        job = jobs.configure_task(LINK, allow_unknown=False)
        job.defer(user_id=user.pk, by=by, at=at, mark=_mark(user))
    return _link(user, by, at)


def read(text: str, *, now: datetime) -> User | None:
    """Return whose new password a link is for; None when it is forged, old, used, or void."""
    try:
        pk, by, at, mark = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    user = User.objects.filter(pk=pk).first()
    return user if user is not None and _is_good(user, by, at, mark, now) else None


@transaction.atomic
def use(text: str, *, password: str, now: datetime) -> User:
    """Give the account of a link the password that the person chose; every session of it ends, and the link is used.

    Errors: LinkError, `AccountError` PASSWORD_WEAK with the validators' words in `details`.
    """
    found = read(text, now=now)
    if found is None:
        raise LinkError
    accounts.locked(found.pk)
    user = read(text, now=now)  # opened twice at the same time
    if user is None:
        raise LinkError
    accounts.give_password(user, password)
    user.save(update_fields=["password"])
    devices.end_all(user_id=user.pk)
    _write(System(), Change.PASSWORD_SET, user, now, {})
    _tell(user, News.PASSWORD, now)
    log.info("password_set", user_id=user.pk, by=None)
    return user


@transaction.atomic
def remove_factors(*, actor: Actor, user_id: int, now: datetime, reason: str = "") -> None:
    """Remove every second factor of an account with the codes for a lost one; every session ends.

    An admin has to set a new one up before anything else. Errors: `AccountError` UNKNOWN_USER, NOT_ALLOWED, NO_FACTOR.
    """
    user = _reached(actor, user_id, now)
    if not account_selectors.has_factor(user.pk):
        raise AccountError(Refusal.NO_FACTOR)
    Authenticator.objects.filter(user_id=user.pk).delete()
    devices.end_all(user_id=user.pk)
    _write(actor, Change.FACTORS_REMOVED, user, now, {"reason": reason})
    _tell(user, News.FACTORS, now)
    log.info("factors_removed", user_id=user.pk, by=user_of(actor))


def waiting_link(*, user_id: int, by: int, at: int, mark: str, now: datetime) -> Link | None:
    """Return the link that a mail is to carry, or None where it is void by now."""
    user = User.objects.filter(pk=user_id).first()
    return _link(user, by, at) if user is not None and _is_good(user, by, at, mark, now) else None


def _link(user: User, by: int, at: int) -> Link:
    signed = signing.dumps([user.pk, by, at, _mark(user)], salt=_SALT)
    return Link(f"/kata-sandi/{signed}", _end(at))


def _end(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC) + GOOD_FOR


def _mark(user: User) -> str:
    """Return what stands for the password of an account as it is: every password that cannot be used is another one."""
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:32]


def _is_good(user: User, by: int, at: int, mark: str, now: datetime) -> bool:
    """Say whether a link still sets a password: also whoever gave it must still be able to."""
    if not user.is_active or user.has_usable_password() or now >= _end(at):
        return False
    if not constant_time_compare(mark, _mark(user)):
        return False
    givers: list[Actor] = [*account_selectors.officers_of(by, office_day(now))] if by else [System()]
    return any(reaches(giver, user_id=user.pk, now=now) for giver in givers)


def _reached(actor: Actor, user_id: int, now: datetime) -> User:
    user = accounts.locked(user_id)
    if not reaches(actor, user_id=user.pk, now=now):
        raise AccountError(Refusal.NOT_ALLOWED)
    return user


def _held(user_id: int, today: date) -> list[Appointment]:
    """Return the offices that a person holds or will hold, or else the last one."""
    offices = list(Appointment.objects.filter(user_id=user_id).order_by("-valid_from", "-pk"))
    return [one for one in offices if one.valid_to is None or one.valid_to >= today] or offices[:1]


def _write(actor: Actor, kind: Change, user: User, now: datetime, after: administration.Values) -> None:
    """Write what was done into the log of every agency that the person serves, or served last."""
    agencies: set[int | None] = {one.agency_id for one in _held(user.pk, office_day(now))}
    said = {name: value for name, value in after.items() if value != ""}
    for agency_id in agencies or {None}:
        administration.write(actor=actor, kind=kind, now=now, agency_id=agency_id, subject_id=user.pk, after=said)


def _tell(user: User, news: News, now: datetime) -> None:
    if user.email:
        jobs.configure_task(NEWS, allow_unknown=False).defer(user_id=user.pk, news=news.value, at=now.isoformat())
