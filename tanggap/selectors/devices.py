"""Where a person is signed in, and whom the mail about a new browser goes to."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from tanggap.models import Device, Invitation, User
from tanggap.selectors import opaque
from tanggap.selectors.administration import PAGE

_KEY = "a browser of one's own"
_INVITATION = "an invitation of an agency"


def of(user_id: int, *, now: datetime) -> list[Device]:
    """Return the live sessions of a person, the newest use first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return list(Device.objects.filter(Exists(live), user_id=user_id).order_by("-seen_at", "-pk")[:PAGE])


def key(device: Device) -> str:
    """Return the key of a session for a form; never that of the session itself."""
    return opaque.seal(_KEY, [device.pk])


def id_of(text: str) -> int:
    """Return the id of the session that a key names; 0 for none."""
    parts = opaque.open_(_KEY, text)
    return int(parts[0]) if parts else 0


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a mail about an account goes to."""

    email: str
    name: str
    language: str


def addressee(user_id: int) -> Addressee | None:
    """Return the address of an active account, where it has one."""
    row = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    return Addressee(row.email, str(row), row.language) if row else None


def invitations(agency_id: int, *, within: frozenset[int] | None = None) -> list[Invitation]:
    """Return the invitations of an agency that wait, the newest first; `within` some units alone."""
    rows = Invitation.objects.filter(agency_id=agency_id, accepted_at__isnull=True, withdrawn_at__isnull=True)
    rows = rows if within is None else rows.filter(unit_id__in=within)
    return list(rows.select_related("unit").order_by("-created_at")[:PAGE])


def invitation_key(row: Invitation) -> str:
    """Return the key of an invitation for a form."""
    return opaque.seal(_INVITATION, [row.pk])


def invitation_id(text: str) -> int:
    """Return the id of the invitation that a key names; 0 for none."""
    parts = opaque.open_(_INVITATION, text)
    return int(parts[0]) if parts else 0
