"""What may be the same as a report that an officer types in, before it is stored a second time (DOMAIN 5.4)."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

from tanggap.domain import intake
from tanggap.domain.actors import Officer
from tanggap.domain.intake import IncomingReport, clean
from tanggap.models import Intake, Report
from tanggap.selectors import duplicates
from tanggap.selectors.duplicates import Candidate
from tanggap.services import vault

_NOON: Final = time(12, tzinfo=UTC)


def of(incoming: IncomingReport, *, actor: Officer, intake_key: bytes, now: datetime) -> Sequence[Candidate]:
    """Return the reports within the actor's sight that may be about the same, the most alike first.

    None for what cannot be taken anyway, and for a form that was stored before: it would find itself.
    """
    received = datetime.combine(incoming.received_on, _NOON) if incoming.received_on else now
    is_faulty = any(intake.faults(incoming, today=now.date()))
    if is_faulty or Intake.objects.filter(key_hash=hashlib.sha256(intake_key).digest()).exists():
        return []
    report = Report(
        title=clean(incoming.title),
        received_at=received,
        area_id=incoming.area_code or None,
        category_id=incoming.category_code or None,
        is_anonymous=incoming.is_anonymous,
        is_confidential=incoming.is_confidential,
    )
    contacts = [hashed for _kind, hashed in vault.contacts_of(incoming.identity)]
    return duplicates.before_filing(viewer=actor, report=report, text=clean(incoming.body), contacts=contacts)
