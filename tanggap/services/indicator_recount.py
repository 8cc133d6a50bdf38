"""Count the indicators anew from the events alone, to write them or to see that they are what was folded (ADR 0057).

In parts that several processes can do at once: reports by ranges of ids, then months. Whoever calls holds the lock of
the indicators, so that nothing is folded in between; what is written down meanwhile is compared as far as it was read.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from tanggap.domain import case_facts
from tanggap.domain.case_facts import Reading
from tanggap.domain.rollups import Cell, Tally
from tanggap.models import IndicatorDue, IndicatorFact, IndicatorState, Report
from tanggap.selectors import case_facts as facts_selectors
from tanggap.services import cells, indicators

STEP = 1_000

type Span = tuple[int, int]  # ids, first and last


class IsBusyError(Exception):
    """Somebody else folds or counts the indicators now."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of the indicators in this connection. Raises IsBusyError where somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [indicators.LOCK])
        if not cursor.fetchone()[0]:
            raise IsBusyError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [indicators.LOCK])


def spans() -> list[Span]:
    """Return the ranges of ids that hold all reports."""
    ends = Report.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    return [(start, start + STEP - 1) for start in range(ends["first"], ends["last"] + 1, STEP)]


def write_reports(span: Span, *, now: datetime) -> int:
    """Read the facts of some reports from their events and store them; returns how many events were read."""
    ids, done = _ids(span), 0
    readings: dict[int, Reading] = {}
    waiting: dict[int, Reading] = {}
    for pk, number, events in facts_selectors.chains(ids):
        read = facts_selectors.reading(number, events, at=now)
        (readings if read.is_told(now) else waiting)[pk] = read
        done += len(events)
    indicators.put(readings)
    indicators.wait(waiting)
    return done


def check_reports(span: Span, *, now: datetime) -> tuple[int, str]:
    """Compare the stored facts of some reports with their events; returns how many were read and the first difference.

    Facts are those of the events that were folded: what came since is not yet in them, and waits in the list.
    """
    ids, done = _ids(span), 0
    rows = IndicatorFact.objects.filter(pk__in=ids).values_list("pk", "event_count", "facts", "changes_at")
    known = {pk: rest for pk, *rest in rows}
    for pk, number, events in facts_selectors.chains(ids):
        done += len(events)
        if pk not in known:
            if not IndicatorDue.objects.filter(report_id=pk).exists():
                return done, f"report {number} is counted nowhere"
            continue
        count, facts, changes_at = known[pk]
        read = facts_selectors.reading(number, events[:count], at=now)
        expected: dict[str, Any] = {**case_facts.stored(read.facts), "changes at": read.changes_at}
        if difference := _first_difference(facts | {"changes at": changes_at}, expected):
            return done, f"report {number}: {difference}"
    return done, ""


def check_month(month: str) -> str:
    """Compare the sums of a month with its facts; returns the first difference, or nothing."""
    expected = indicators.counted(month)
    for table, wanted in ((cells.OPEN, expected.open), (cells.SECRET, expected.secret)):
        stored = cells.of_month(table, month)
        for cell in sorted(stored.keys() | wanted.keys()):
            if difference := _of_cell(cell, stored.get(cell, {}), wanted.get(cell, {})):
                return difference
    return ""


def write_month(month: str) -> str:
    """Write the sums of a month from its facts."""
    indicators.rebuild(month)
    return ""


def finish(*, now: datetime) -> None:
    """Say by which formulas everything was counted, and when."""
    IndicatorState.objects.update_or_create(pk=1, defaults={"formulas": indicators.counted_by(), "computed_at": now})


def _ids(span: Span) -> Sequence[int]:
    return list(Report.objects.filter(pk__range=span).order_by("pk").values_list("pk", flat=True))


def _of_cell(cell: Cell, stored: Tally, expected: Tally) -> str:
    difference = _first_difference(stored, expected)
    return f"{' '.join(part for part in cell if part)}: {difference}" if difference else ""


def _first_difference(stored: dict[str, Any], expected: dict[str, Any]) -> str:
    for name in sorted(stored.keys() | expected.keys()):
        if stored.get(name) != expected.get(name):
            return f"{name} is stored as {stored.get(name)!r}, the events say {expected.get(name)!r}"
    return ""
