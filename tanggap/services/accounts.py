"""Accounts of officers: who gets one, which office it holds, its password, the days it was used."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import structlog
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tanggap.domain.actors import ADMINS, Actor, LiaisonOfficer, System, user_of
from tanggap.domain.appointments import OFFICES_OF_A_UNIT, OFFICES_OF_EITHER, Office, may_manage
from tanggap.domain.organisation import Change
from tanggap.models import Agency, Appointment, SignInDay, Unit, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors.administration import manages, open_reports
from tanggap.services import administration, keys

log = structlog.get_logger("tanggap.accounts")

_FACTOR = b"second factor"
_ADMINS = frozenset({Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN})


class Refusal(StrEnum):
    """Why a change of an account was refused."""

    NOT_ALLOWED = "not_allowed"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_NEEDED = "unit_needed"
    UNIT_NOT_WANTED = "unit_not_wanted"
    USERNAME_INVALID = "username_invalid"
    USERNAME_TAKEN = "username_taken"
    PASSWORD_WEAK = "password_weak"  # noqa: S105 - a reason, not a password
    HOLDS_THIS_OFFICE = "holds_this_office"
    WHICH_OFFICE = "which_office"
    LAST_ADMIN = "last_admin"
    LAST_OFFICER = "last_officer"
    IS_LOCKED = "is_locked"
    NO_FACTOR = "no_factor"
    UNKNOWN_LANGUAGE = "unknown_language"


class AccountError(Exception):
    """An account could not be made or changed; `reason` says why, `details` are words of the validators."""

    def __init__(self, reason: Refusal, details: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = details


def office_day(now: datetime) -> date:
    """Return the calendar day of a moment where this installation stands: offices begin and end on days."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@transaction.atomic
def create_officer(
    *,
    actor: Actor,
    username: str,
    password: str | None,
    role: str,
    agency: str,
    now: datetime,
    unit: str | None = None,
    display_name: str = "",
    email: str = "",
    language: str = "id",
) -> User:
    """Make an account that holds an office from today on.

    Inputs: the code of the role, the slugs of agency and unit (a unit for liaison officers and
    internal auditors, none for admins). Without a password (None) nobody can sign in until one is
    set. Output: the user. Errors: `AccountError`.
    """
    office = _office(role)
    body, part = _place(office, agency, unit)
    if not may_manage(actor, office=office, agency_id=body.pk):
        raise AccountError(Refusal.NOT_ALLOWED)
    user = User(
        username=username,
        display_name=display_name,
        email=email,
        language=language,
        is_staff=office is Office.NATIONAL_ADMIN,
        created_at=now,
    )
    _check_username(user)
    if password is None:
        user.set_unusable_password()
    else:
        give_password(user, password)
    user.save(force_insert=True)
    Appointment(user=user, role=office.value, agency=body, unit=part, valid_from=office_day(now)).save()
    after = {"username": user.username, "role": office.value}
    administration.write(
        actor=actor,
        kind=Change.ACCOUNT_CREATED,
        now=now,
        agency_id=body.pk,
        unit_id=part.pk if part else None,
        subject_id=user.pk,
        after=after,
    )
    log.info("account_created", user_id=user.pk, role=office.value, agency_id=body.pk, by=user_of(actor))
    return user


@transaction.atomic
def appoint(*, actor: Actor, user_id: int, role: str, agency: str, now: datetime, unit: str | None = None) -> None:
    """Give an existing account an office from today on, beside those that it holds.

    Errors: `AccountError` with HOLDS_THIS_OFFICE, NOT_ALLOWED or what is wrong with the place.
    """
    office, today = _office(role), office_day(now)
    body, part = _place(office, agency, unit)
    is_own = isinstance(actor, LiaisonOfficer) and actor.user_id == user_id  # an admin enters an own office, too
    if is_own or not manages(actor, office=office, agency_id=body.pk, unit_id=part.pk if part else None):
        raise AccountError(Refusal.NOT_ALLOWED)
    user = locked(user_id)
    same = Appointment.objects.filter(user=user, role=office.value, agency=body, unit=part)
    if same.exclude(valid_to__lt=today).exists():
        raise AccountError(Refusal.HOLDS_THIS_OFFICE)
    Appointment(user=user, role=office.value, agency=body, unit=part, valid_from=today).save()
    _mark_staff(user)
    administration.write(
        actor=actor,
        kind=Change.OFFICE_GIVEN,
        now=now,
        agency_id=body.pk,
        unit_id=part.pk if part else None,
        subject_id=user.pk,
        after={"role": office.value, "from": today},
    )
    log.info("office_given", user_id=user.pk, role=office.value, agency_id=body.pk, by=user_of(actor))


@transaction.atomic
def end_appointment(*, actor: Actor, user_id: int, last_day: date, now: datetime, office_id: int | None = None) -> None:
    """Let one office of a person end with a day; the account stays, and can do nothing without an office.

    Without `office_id` it is the only open one. Everybody may lay down an own office; the last admin of an agency
    stays until another one is appointed. Errors: `AccountError` UNKNOWN_USER (nobody, or no such open office),
    WHICH_OFFICE (there are several), NOT_ALLOWED, LAST_ADMIN.
    """
    user = locked(user_id)
    open_ones = Appointment.objects.filter(user=user, valid_to__isnull=True)
    offices = list(open_ones if office_id is None else open_ones.filter(pk=office_id))
    if not offices:
        raise AccountError(Refusal.UNKNOWN_USER)
    if len(offices) > 1:
        raise AccountError(Refusal.WHICH_OFFICE)
    held = offices[0]
    is_own = user_of(actor) == user.pk
    if not is_own and not manages(actor, office=Office(held.role), agency_id=held.agency_id, unit_id=held.unit_id):
        raise AccountError(Refusal.NOT_ALLOWED)
    check_not_last(actor, [held])
    if not is_own:
        _check_somebody_stays(actor, held)
    # An office that never began is one that ended on its first day: the row stays as a trace.
    Appointment.objects.filter(pk=held.pk).update(valid_to=max(last_day, held.valid_from))
    _mark_staff(user)
    administration.write(
        actor=actor,
        kind=Change.OFFICE_ENDED,
        now=now,
        agency_id=held.agency_id,
        unit_id=held.unit_id,
        subject_id=user.pk,
        before={"role": held.role},
        after={"to": max(last_day, held.valid_from)},
    )
    log.info("office_ended", user_id=user.pk, role=held.role, agency_id=held.agency_id, by=user_of(actor))


@transaction.atomic
def change_own_password(*, user_id: int, password: str) -> User:
    """Give the signed-in person a new password, office or not; the door has asked for the old one.

    Errors: `AccountError` UNKNOWN_USER, PASSWORD_WEAK.
    """
    user = locked(user_id)
    give_password(user, password)
    user.save(update_fields=["password"])
    log.info("password_set", user_id=user.pk, by=user.pk)
    return user


def set_own_language(*, user_id: int, language: str) -> None:
    """Remember in which language a person is addressed. Errors: `AccountError` UNKNOWN_LANGUAGE."""
    if language not in dict(settings.LANGUAGES):
        raise AccountError(Refusal.UNKNOWN_LANGUAGE)
    User.objects.filter(pk=user_id).update(language=language)


def record_day(user_id: int, now: datetime) -> None:
    """Note that a person was at work today; noting it twice changes nothing."""
    SignInDay.objects.bulk_create([SignInDay(user_id=user_id, day=office_day(now))], ignore_conflicts=True)


@transaction.atomic
def give_factor(*, actor: Actor, user_id: int, secret: str) -> None:
    """Give an account the key of an authenticator app, where it has none: for sign-ins that a machine makes.

    Errors: `AccountError` UNKNOWN_USER, NOT_ALLOWED unless the system asks.
    """
    if not isinstance(actor, System):
        raise AccountError(Refusal.NOT_ALLOWED)
    user = locked(user_id)
    if not account_selectors.has_factor(user.pk):
        Authenticator.objects.create(
            user_id=user.pk, type=Authenticator.Type.TOTP, data={"secret": seal_factor(secret)}
        )


def may_lose_factor(*, user_id: int, factor_id: int, now: datetime) -> bool:
    """Say whether a person may do without one of the second factors: an admin keeps at least one (ADR 0030)."""
    others = Authenticator.objects.filter(user_id=user_id, type__in=account_selectors.FACTORS).exclude(pk=factor_id)
    officers = account_selectors.officers_of(user_id, office_day(now))
    return others.exists() or not any(officer.role in ADMINS for officer in officers)


def seal_factor(secret: str) -> str:
    """Return the secret of an authenticator app as it may lie in the database: sealed, as base64 text."""
    return base64.b64encode(keys.seal(_factor_key(), secret.encode(), _FACTOR)).decode("ascii")


def open_factor(sealed: str) -> str:
    """Return the secret that `seal_factor` sealed. Errors: `keys.SealBrokenError`."""
    return keys.open_(_factor_key(), base64.b64decode(sealed), _FACTOR).decode()


def _factor_key() -> bytes:
    # From the part of the ring that the rotation of the master key leaves alone: nobody re-seals these.
    return hmac.digest(keys.ring().secret, _FACTOR, hashlib.sha256)


def place(role: str, agency: str, unit: str | None) -> tuple[Office, Agency, Unit | None]:
    """Return office, agency and unit of their codes. Errors: `AccountError` that says what does not fit."""
    office = _office(role)
    return office, *_place(office, agency, unit)


def _office(role: str) -> Office:
    try:
        return Office(role)
    except ValueError as error:
        raise AccountError(Refusal.UNKNOWN_ROLE) from error


def _place(office: Office, agency: str, unit: str | None) -> tuple[Agency, Unit | None]:
    """Return agency and unit of an office, or say what does not fit."""
    body = Agency.objects.filter(slug=agency, valid_to__isnull=True).first()
    if body is None:
        raise AccountError(Refusal.UNKNOWN_AGENCY)
    may_have_unit = office in OFFICES_OF_A_UNIT | OFFICES_OF_EITHER
    if unit and not may_have_unit:
        raise AccountError(Refusal.UNIT_NOT_WANTED)
    if not unit:
        if office in OFFICES_OF_A_UNIT:
            raise AccountError(Refusal.UNIT_NEEDED)
        return body, None
    part = Unit.objects.filter(agency=body, slug=unit, valid_to__isnull=True).first()
    if part is None:
        raise AccountError(Refusal.UNKNOWN_UNIT)
    return body, part


def _check_username(user: User) -> None:
    field = User._meta.get_field("username")
    try:
        user.username = field.clean(user.username, user)
    except ValidationError as error:
        raise AccountError(Refusal.USERNAME_INVALID, tuple(error.messages)) from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise AccountError(Refusal.USERNAME_TAKEN)


def give_password(user: User, password: str) -> None:
    """Give an account that is about to be saved a password. Errors: `AccountError` PASSWORD_WEAK, in their words."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountError(Refusal.PASSWORD_WEAK, tuple(error.messages)) from error
    user.set_password(password)


def locked(user_id: int) -> User:
    """Return an account whose row nobody else changes until the transaction ends. Errors: `AccountError`."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise AccountError(Refusal.UNKNOWN_USER)
    return user


def check_not_last(actor: Actor, offices: Iterable[Appointment]) -> None:
    """Keep an admin in every agency that has one: its reports would have nobody to verify and assign them.

    The agency is locked: of two who go at the same time the second one is the last.
    """
    if isinstance(actor, System):
        return
    for held in offices:
        if Office(held.role) not in _ADMINS:
            continue
        Agency.objects.select_for_update(no_key=True).get(pk=held.agency_id)
        same = Appointment.objects.filter(role=held.role, agency_id=held.agency_id, valid_to__isnull=True)
        if not same.filter(user__is_active=True).exclude(user_id=held.user_id).exists():
            raise AccountError(Refusal.LAST_ADMIN)


def _check_somebody_stays(actor: Actor, held: Appointment) -> None:
    """Keep somebody in a unit with open reports, where a liaison officer ends an office: they are handed on first.

    What the actor is named in counts for nothing here: the refusal would tell of it.
    """
    if not isinstance(actor, LiaisonOfficer) or held.unit_id is None:
        return
    Agency.objects.select_for_update(no_key=True).get(pk=held.agency_id)
    others = Appointment.objects.filter(unit_id=held.unit_id, role__in=sorted(OFFICES_OF_A_UNIT), valid_to__isnull=True)
    stays = others.exclude(pk=held.pk).filter(user__is_active=True).exists()
    if not stays and open_reports(held.unit_id, viewer=actor):
        raise AccountError(Refusal.LAST_OFFICER)


def _mark_staff(user: User) -> None:
    """Let the reference tables be looked at by whoever is a national admin, and by nobody else."""
    national = Appointment.objects.filter(user=user, role=Office.NATIONAL_ADMIN.value, valid_to__isnull=True)
    User.objects.filter(pk=user.pk).update(is_staff=national.exists())
