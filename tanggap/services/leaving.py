"""A unit that is closed leaves its open reports to the unit above it, or to the agency: none stays behind a shut door.

Each report is handed over by the system as an event of its own (T5d). Its clocks run on, and the officers of the new
owner are told. Safe to stop and to run again: what was handed over is no longer found.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import OPEN, Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason
from tanggap.models import Report, Unit
from tanggap.services import reports, rounds
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
    heir = _heir(unit)
    return rounds.one_by_one(_open_reports(unit_id), lambda pk: _hand_over(pk, heir, now=now), what="hand_over")


def leave_closed_units(*, now: datetime) -> int:
    """Hand over what any closed unit still has, whoever closed it; returns how many."""
    left = Report.objects.filter(owner_unit__valid_to__isnull=False, status__in=OPEN)
    return sum(leave_unit(pk, now=now) for pk in left.values_list("owner_unit_id", flat=True).distinct())


def _heir(unit: Unit) -> int | None:
    """Return the nearest unit above that works; None: the agency itself, whose admin finds it unassigned."""
    above = unit.parent
    while above is not None and above.valid_to is not None:
        above = above.parent
    return above.pk if above is not None else None


def _open_reports(unit_id: int) -> Iterator[int]:
    last = 0
    rows = Report.objects.filter(owner_unit_id=unit_id, status__in=OPEN).order_by("pk")
    while found := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield from found
        last = found[-1]


def _hand_over(report_id: int, heir: int | None, *, now: datetime) -> int:
    number = Report.objects.values_list("number", flat=True).get(pk=report_id)
    for unit_id in dict.fromkeys((heir, None)):
        try:
            reports.act(actor=System(), number=number, action=Action.HAND_OVER, move=Move(unit_id=unit_id), now=now)
        except NotAllowedError as error:
            if error.reason == Reason.DESTINATION_IS_NAMED:
                continue  # the unit above is the one that the report is about: then the agency itself
            log.info("leaving.refused report=%s reason=%s", report_id, error.reason)
            return 0
        else:
            return 1
    return 0
