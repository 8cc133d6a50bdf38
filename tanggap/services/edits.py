"""Let a reporter write the report anew while nobody has verified it; nothing that was there before is lost."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tanggap.domain import edits, intake
from tanggap.domain.actors import Reporter
from tanggap.domain.intake import Fault, IncomingReport
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason
from tanggap.models import Area, Category, Report
from tanggap.selectors import own_reports
from tanggap.services import reports
from tanggap.services.submissions import FaultsError

# Who the reporter is stands in the vault and is no part of an edit; nor is the day on which the report came.
_NOT_EDITED = frozenset({"name", "email", "received_on"})


@transaction.atomic
def edit(*, actor: Reporter, number: str, report: IncomingReport, seen: int, now: datetime) -> Report:
    """Put these words, place, day and kind in the place of those that the report has.

    `seen` is the count of events of the page from which it came. Raises FaultsError for what cannot be taken,
    NotAllowedError where somebody has verified it or nothing changes, MovedOnError, reports.NotFoundError.
    """
    own = own_reports.get(viewer=actor, now=now)
    if found := _faults(report, own.report, now=now):
        raise FaultsError(found)
    made = edits.of(report)
    if made == edits.as_it_stands(own.facts, own.words):
        raise reports.NotAllowedError(Reason.NOTHING_CHANGES)
    return reports.act(actor=actor, number=number, action=Action.EDIT, move=Move(edit=made), seen=seen, now=now)


def _faults(report: IncomingReport, row: Report, *, now: datetime) -> list[tuple[str, Fault]]:
    today, received_on = (at.astimezone(ZoneInfo(row.owner_agency.timezone)).date() for at in (now, row.received_at))
    told = intake.faults(replace(report, received_on=received_on), today=today)
    found = [fault for fault in told if fault[0] not in _NOT_EDITED]
    if report.area_code and not Area.objects.filter(code=report.area_code).exists():
        found.append(("area_code", Fault.UNKNOWN))
    # What the reporter chose at first may have ended since: it stays.
    kept = report.category_code in {None, row.category_id}
    if not kept and not Category.objects.filter(pk=report.category_code, active_to=None).exists():
        found.append(("category", Fault.UNKNOWN))
    return found
