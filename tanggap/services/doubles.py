"""What may be the same as a report that an officer types in, before it is stored a second time (DOMAIN 5.4)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tanggap.domain import intake
from tanggap.domain.actors import Officer
from tanggap.domain.intake import IncomingReport, clean
from tanggap.models import Intake, Report, ToldApart
from tanggap.selectors import duplicates, reports
from tanggap.selectors.duplicates import Candidate, Filed
from tanggap.services import vault

_NOON: Final = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Doubles:
    """What may be the same: reports within the actor's sight, and others that the actor typed in, most alike first."""

    seen: Sequence[Candidate] = ()
    filed: Sequence[Filed] = ()


def of(incoming: IncomingReport, *, actor: Officer, intake_key: bytes, now: datetime) -> Doubles:
    """Return what may be about the same as what an officer types in.

    An officer of a unit seldom sees again what was typed in for the agency: of that the number and the time are told.
    Nothing for what cannot be taken anyway, and for a form that was stored before: it would find itself.
    """
    received = datetime.combine(incoming.received_on, _NOON) if incoming.received_on else now
    is_faulty = any(intake.faults(incoming, today=now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()))
    if is_faulty or Intake.objects.filter(key_hash=hashlib.sha256(intake_key).digest()).exists():
        return Doubles()
    report = Report(
        title=clean(incoming.title),
        received_at=received,
        area_id=incoming.area_code or None,
        category_id=incoming.category_code or None,
        is_anonymous=incoming.is_anonymous,
        is_confidential=incoming.is_confidential,
    )
    contacts = [hashed for _kind, hashed in vault.contacts_of(incoming.identity)]
    text = clean(incoming.body)
    seen = duplicates.before_filing(viewer=actor, report=report, text=text, contacts=contacts)
    ids = [one.report.pk for one in seen]
    filed = duplicates.filed_before(viewer=actor, report=report, text=text, contacts=contacts, now=now, besides=ids)
    return Doubles(seen, filed)


@transaction.atomic
def tell_apart(*, actor: Officer, number: str, other: str, now: datetime) -> None:
    """Keep that two reports are about two matters, so that the actor's agency is not shown one beside the other.

    It changes neither of them. Raises reports.NotFoundError for what the actor may not know of.
    """
    first, second = _pair(actor, number, other)
    ToldApart.objects.get_or_create(
        report_id=first, other_id=second, agency_id=actor.agency_id, defaults={"user_id": actor.user_id, "at": now}
    )


@transaction.atomic
def suggest_again(*, actor: Officer, number: str, other: str) -> None:
    """Take back that two reports are about two matters. Raises as `tell_apart` does."""
    first, second = _pair(actor, number, other)
    ToldApart.objects.filter(report_id=first, other_id=second, agency_id=actor.agency_id).delete()


def _pair(actor: Officer, number: str, other: str) -> tuple[int, int]:
    report = reports.get(viewer=actor, number=number)
    one, two = duplicates.pair(viewer=actor, report=report, number=other)
    first, second = sorted((one.report.pk, two.report.pk))
    return first, second
