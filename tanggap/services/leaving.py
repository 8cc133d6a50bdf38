"""What is closed leaves its open reports to somebody: none stays behind a shut door.

A unit leaves them to the unit above it, or to its agency; an agency to the national queue, whose admin says whose they
are: verifies what nobody has verified, and decides about the rest (T7d).

Each report is handed over by the system as an event of its own (T5d). Its clocks run on, and the officers of the new
owner are told. Safe to stop and to run again: what was handed over is no longer found.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import OPEN, Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason
from tanggap.domain.reference_rows import AgencyKind
from tanggap.models import Agency, Report, Unit
from tanggap.services import reports, rounds
from tanggap.services.accounts import office_day
from tanggap.services.reports import NotAllowedError

log = logging.getLogger("tanggap.leaving")

BATCH = 200


class UnitIsOpenError(Exception):
    """The unit still works: its reports are handed on by its admin, one by one, with a note."""


def leave_unit(unit_id: int, *, now: datetime) -> int:
    """Hand every open report of a closed unit over, each in its own transaction; returns how many.

    Raises UnitIsOpenError, and Unit.DoesNotExist for an unknown one.
    """
    unit = Unit.objects.get(pk=unit_id)
    if unit.valid_to is None:
        raise UnitIsOpenError(unit_id)
    ways = [Move(unit_id=heir) for heir in dict.fromkeys((_heir(unit), None))]
    left = Report.objects.filter(owner_unit_id=unit_id, status__in=OPEN)
    return rounds.one_by_one(_in_batches(left), lambda pk: _hand_over(pk, *ways, now=now), what="hand_over")


def leave_closed_units(*, now: datetime) -> int:
    """Hand over what any closed unit still has, whoever closed it; returns how many."""
    left = Report.objects.filter(owner_unit__valid_to__isnull=False, status__in=OPEN)
    left = left.exclude(pk__in=_of_closed_agencies(office_day(now)))  # they go further than to the unit above
    return sum(leave_unit(pk, now=now) for pk in left.values_list("owner_unit_id", flat=True).distinct())


def leave_closed_agencies(*, now: datetime) -> int:
    """Hand over to the national queue what an agency still has after its last day; returns how many.

    The number, the status and every clock stay; the national admin is told of each once.
    """
    left = _of_closed_agencies(office_day(now))
    heir = Agency.objects.values_list("pk", flat=True).get(kind=AgencyKind.NATIONAL.value, valid_to=None)
    return rounds.one_by_one(
        _in_batches(left), lambda pk: _hand_over(pk, Move(agency_id=heir), now=now), what="hand_over"
    )


def _of_closed_agencies(today: date) -> QuerySet[Report]:
    """Return what nobody can work on any more: an office lasts as long as its agency, its last day included."""
    closed = Agency.objects.filter(valid_to__lt=today).exclude(kind=AgencyKind.NATIONAL.value)
    return Report.objects.filter(owner_agency_id__in=closed.values("pk"), status__in=OPEN)


def _heir(unit: Unit) -> int | None:
    """Return the nearest unit above that works; None: the agency itself, whose admin finds it unassigned."""
    above = unit.parent
    while above is not None and above.valid_to is not None:
        above = above.parent
    return above.pk if above is not None else None


def _in_batches(left: QuerySet[Report]) -> Iterator[int]:
    last, rows = 0, left.order_by("pk")
    while found := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield from found
        last = found[-1]


def _hand_over(report_id: int, *ways: Move, now: datetime) -> int:
    number = Report.objects.values_list("number", flat=True).get(pk=report_id)
    for way in ways:
        try:
            reports.act(actor=System(), number=number, action=Action.HAND_OVER, move=way, now=now)
        except NotAllowedError as error:
            if error.reason == Reason.DESTINATION_IS_NAMED:
                continue  # the unit above is the one that the report is about: then the agency itself
            log.info("leaving.refused report=%s reason=%s", report_id, error.reason)
            return 0
        else:
            return 1
    return 0
