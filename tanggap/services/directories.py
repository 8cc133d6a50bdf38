"""Sign-on by an agency's own directory: whom a provider may let in. It makes no account and no office (ADR 0037).

The first time an account is found by its e-mail address; from then on by the provider's own name for the person,
so that an address which is given to somebody else opens nothing. Each time the offices decide anew.
"""

import hashlib
from datetime import date, datetime

import structlog
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q, QuerySet

from tanggap.domain.actors import System
from tanggap.domain.appointments import Office
from tanggap.domain.directories import Assertion, Directory
from tanggap.domain.organisation import Change
from tanggap.models import Appointment, User
from tanggap.selectors import accounts as account_selectors
from tanggap.services import administration
from tanggap.services.accounts import office_day

log = structlog.get_logger("tanggap.directories")


class NotLetInError(Exception):
    """A directory does not open an account for this person; the page says the same whatever the reason was."""


@transaction.atomic
def let_in(directory: Directory, told: Assertion, *, now: datetime) -> User:
    """Return whose account a provider opens, and link it the first time. Errors: `NotLetInError`."""
    name, today = _name(directory, told.subject), office_day(now)
    linked = User.objects.filter(socialaccount__provider=directory.key, socialaccount__uid=name).first()
    if linked is not None:
        if not _may_open(directory, linked, today):
            raise NotLetInError
        return linked
    user = _named_by(directory, told.address, today)
    known = SocialAccount.objects.filter(provider=directory.key, user=user).values_list("uid", flat=True).first()
    if known == name:  # linked by the same person at the same moment
        return user
    if known is not None:  # the address belongs to somebody else in the directory now
        raise NotLetInError
    SocialAccount.objects.create(provider=directory.key, uid=name, user=user, extra_data={})
    _write(Change.DIRECTORY_LINKED, user, directory.key, today, now)
    log.info("directory_linked", user_id=user.pk, directory=directory.key)
    return user


@transaction.atomic
def unlink(*, user_id: int, key: str, now: datetime) -> bool:
    """Let a directory no longer open the account of the signed-in person; False where it did not.

    An account that has no password keeps it: nothing else would open it.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    found = SocialAccount.objects.filter(user=user, provider=key)
    if not user.has_usable_password() or not found.exists():
        return False
    found.delete()
    _write(Change.DIRECTORY_UNLINKED, user, key, office_day(now), now)
    log.info("directory_unlinked", user_id=user.pk, directory=key)
    return True


def _name(directory: Directory, subject: str) -> str:
    """Return what is kept of who somebody is at a provider: of this issuer alone, and readable by nobody."""
    return hashlib.sha256(f"{directory.issuer}\n{subject}".encode()).hexdigest()


def _named_by(directory: Directory, address: str, today: date) -> User:
    """Return the one account with this address that the directory may open, locked. Errors: `NotLetInError`."""
    if not address:
        raise NotLetInError
    named = User.objects.select_for_update().filter(email__iexact=address).order_by("pk")
    found = [user for user in named if _may_open(directory, user, today)]
    if len(found) != 1:
        raise NotLetInError
    return found[0]


def _may_open(directory: Directory, user: User, today: date) -> bool:
    """Say whether a directory may open an account: every office that it holds, or will hold, is of its agency.

    So an agency's provider never opens a national admin, nor anybody who serves elsewhere, too.
    """
    if not user.is_active or user.is_staff or not account_selectors.officers_of(user.pk, today):
        return False
    held = _held(user, today).values_list("role", "agency__slug")
    return all(role != Office.NATIONAL_ADMIN.value and slug == directory.agency for role, slug in held)


def _held(user: User, today: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), user=user)


def _write(kind: Change, user: User, key: str, today: date, now: datetime) -> None:
    """Write into the log of every agency that the person serves which directory it is about."""
    agencies: set[int | None] = set(_held(user, today).values_list("agency_id", flat=True))
    for agency_id in agencies or {None}:
        administration.write(
            actor=System(), kind=kind, now=now, agency_id=agency_id, subject_id=user.pk, after={"directory": key}
        )
