"""Invitations to an office: a signed link by mail, good once and for a week.

Nothing tells whether an address has an account already: an invitation is the same for everybody. Whoever opens the
link makes an account, or takes the office with the one that is signed in.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from tanggap.domain.actors import Actor, AgencyAdmin, NationalAdmin, System, user_of
from tanggap.domain.appointments import Office, may_edit
from tanggap.domain.limits_of_use import Bucket, mailbox
from tanggap.domain.organisation import Change
from tanggap.models import Invitation, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors.administration import manages
from tanggap.services import accounts, administration, keys, limits
from tanggap.services.accounts import AccountError, Refusal, office_day

log = structlog.get_logger("tanggap.invitations")

SEND: Final = "invitations.send"
GOOD_FOR: Final = timedelta(days=7)
_SALT: Final = "tanggap.invitations"


class InvitationError(Exception):
    """An invitation cannot be sent, taken back or accepted; `field` names what is wrong, where it is one."""

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail of an invitation says."""

    email: str
    name: str
    agency: str
    unit: str
    role: str
    path: str
    expires_at: datetime
    zone: str
    reference: str


@transaction.atomic
def invite(
    *, actor: Actor, agency: str, role: str, name: str, email: str, now: datetime, unit: str | None = None
) -> Invitation:
    """Invite somebody to an office and let the mail be sent. Errors: AccountError, InvitationError."""
    office, body, part = accounts.place(role, agency, unit)
    if not manages(actor, office=office, agency_id=body.pk, unit_id=part.pk if part else None):
        raise AccountError(Refusal.NOT_ALLOWED)
    if not name:
        raise InvitationError("name")
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvitationError("email") from error
    by = user_of(actor)
    if by is None:
        raise AccountError(Refusal.NOT_ALLOWED)
    row = Invitation.objects.create(
        agency=body,
        unit=part,
        role=office.value,
        name=name,
        email=email,
        nonce=secrets.token_hex(16),
        by_id=by,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    after = {"name": name, "email": email, "role": office.value}
    administration.write(actor=actor, kind=Change.INVITED, now=now, agency_id=body.pk, unit_id=row.unit_id, after=after)
    _defer(row.pk)
    return row


@transaction.atomic
def send_again(*, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Send the mail once more, with a new link; the old one is void. Errors: InvitationError."""
    row = _open(actor, invitation_id)
    row.nonce, row.expires_at = secrets.token_hex(16), now + GOOD_FOR
    row.save(update_fields=["nonce", "expires_at"])
    _defer(row.pk)


@transaction.atomic
def withdraw(*, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Take an invitation back: its link opens nothing any more. Errors: InvitationError."""
    row = _open(actor, invitation_id)
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    before = {"name": row.name, "email": row.email, "role": row.role}
    administration.write(
        actor=actor,
        kind=Change.INVITATION_WITHDRAWN,
        now=now,
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        before=before,
    )


def read(text: str, *, now: datetime) -> Invitation | None:
    """Return the invitation that a link opens; None when it is forged, old, used, or taken back."""
    try:
        pk, nonce = signing.loads(text, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    row = Invitation.objects.select_related("agency", "unit").filter(pk=pk, nonce=nonce).first()
    return row if row is not None and _is_good(row, now) else None


@transaction.atomic
def accept(
    text: str,
    *,
    now: datetime,
    username: str = "",
    password: str = "",
    user_id: int | None = None,
    language: str = "id",
) -> User:
    """Make the account of an invitation, or give its office to a signed-in account (`user_id`).

    Errors: InvitationError when the link is no longer good, AccountError for what is wrong with name or password.
    """
    found = read(text, now=now)
    row = None if found is None else Invitation.objects.select_for_update().get(pk=found.pk)
    if row is None or not _is_good(row, now):  # opened twice at the same time
        raise InvitationError
    where: dict[str, Any] = {"role": row.role, "agency": row.agency.slug, "unit": row.unit.slug if row.unit else None}
    if user_id is None:
        user = accounts.create_officer(
            actor=System(),
            username=username,
            password=password,
            now=now,
            display_name=row.name,
            email=row.email,
            language=language,
            **where,
        )
    else:
        if row.by_id == user_id and not _is_admin(user_id, now):
            raise AccountError(Refusal.NOT_ALLOWED)  # nobody but an admin gives an office to oneself (`appoint`)
        accounts.appoint(actor=System(), user_id=user_id, now=now, **where)
        user = User.objects.get(pk=user_id)
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    log.info("invitation_accepted", invitation_id=row.pk, user_id=user.pk)
    return user


def _is_admin(user_id: int, now: datetime) -> bool:
    offices = account_selectors.officers_of(user_id, office_day(now))
    return any(isinstance(office, AgencyAdmin | NationalAdmin) for office in offices)


def letter(invitation_id: int, *, now: datetime) -> Letter | None:
    """Return what is to be mailed, or None: taken back, or this mailbox got too many. Outside of any transaction."""
    row = Invitation.objects.select_related("agency", "unit").filter(pk=invitation_id).first()
    if row is None or not _is_good(row, now):
        return None
    box = keys.lookup_hash("email", mailbox(row.email)).hex()
    if not limits.hit(Bucket.INVITE_ADDRESS, box, now=now).allowed:
        return None
    return Letter(
        email=row.email,
        name=row.name,
        agency=row.agency.name,
        unit=row.unit.name if row.unit else "",
        role=row.role,
        path=f"/undangan/{signing.dumps([row.pk, row.nonce], salt=_SALT)}",
        expires_at=row.expires_at,
        zone=row.agency.timezone,
        reference=f"invitation-{row.pk}-{row.nonce}",
    )


def _is_good(row: Invitation, now: datetime) -> bool:
    """Say whether an invitation still opens an office: also whoever sent it must still be able to give it."""
    if row.accepted_at or row.withdrawn_at or row.expires_at <= now:
        return False
    senders = account_selectors.officers_of(row.by_id, office_day(now))
    return any(_may_give(sender, row) for sender in senders)


def _may_give(actor: Actor, row: Invitation) -> bool:
    return manages(actor, office=Office(row.role), agency_id=row.agency_id, unit_id=row.unit_id)


def _open(actor: Actor, invitation_id: int) -> Invitation:
    row = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    allowed = row is not None and (may_edit(actor, agency_id=row.agency_id) or _may_give(actor, row))
    if row is None or not allowed or row.accepted_at or row.withdrawn_at:
        raise InvitationError
    return row


def _defer(invitation_id: int) -> None:
    jobs.configure_task(SEND, allow_unknown=False).defer(invitation_id=invitation_id)
