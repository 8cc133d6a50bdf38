"""Fold what was written down into the indicators: facts of the report, then its difference into the sums (ADR 0057).

A trigger notes each report of which an event was written; facts change by themselves, too, when a time runs out. One
job at a time reads both, a batch in a transaction: facts and sums are always those of the same events.
"""

import json
import logging
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from tanggap.domain import case_facts, rollups
from tanggap.domain.case_facts import Reading
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.rollups import Cell, Measures, Parts, Tally, add
from tanggap.models import FrozenPeriod, IndicatorDue, IndicatorFact, IndicatorState, PeriodDue
from tanggap.selectors import case_facts as facts_selectors
from tanggap.selectors import formulas
from tanggap.services import cells

log = logging.getLogger("tanggap.indicators")

BATCH: Final = 2_000
# One writer of the sums at a time, whichever process it is in.
LOCK: Final = 0x7461_6E67_0057

_TAKE: Final = """
WITH chosen AS (
    SELECT id FROM tanggap_indicatordue WHERE from_at IS NULL OR from_at <= %s ORDER BY id LIMIT %s
)
DELETE FROM tanggap_indicatordue USING chosen WHERE tanggap_indicatordue.id = chosen.id
RETURNING tanggap_indicatordue.report_id
"""
_PUT: Final = """
INSERT INTO tanggap_indicatorfact (report_id, event_count, version, received_on, is_secret, facts, changes_at)
SELECT report_id, event_count, %s, received_on, is_secret, facts, changes_at
FROM json_to_recordset(%s) AS made (report_id bigint, event_count int, received_on date, is_secret boolean, facts jsonb,
    changes_at timestamptz)
ON CONFLICT (report_id) DO UPDATE SET event_count = EXCLUDED.event_count, version = EXCLUDED.version,
    received_on = EXCLUDED.received_on, is_secret = EXCLUDED.is_secret, facts = EXCLUDED.facts,
    changes_at = EXCLUDED.changes_at
"""
# The months of what has facts and of what has sums: they are the same, or a recount makes them so.
_MONTHS: Final = """
SELECT DISTINCT to_char(received_on, 'YYYY-MM') FROM tanggap_indicatorfact
UNION SELECT DISTINCT left(period, 7) FROM tanggap_indicatorcell
UNION SELECT DISTINCT period FROM tanggap_secretcell ORDER BY 1
"""


@dataclass(slots=True)
class Change:
    """What a batch changes in the sums: of open reports and of secret ones, and which months were corrected."""

    measures: Measures
    open: dict[Cell, Tally] = field(default_factory=dict)
    secret: dict[Cell, Tally] = field(default_factory=dict)

    def count(self, row: Mapping[str, Any], times: int = 1) -> None:
        """Add what one report counts for, or take it away."""
        parts = rollups.secret_cells if row["is_secret"] else rollups.cells
        self._add(row, parts(row, self.measures), times)

    def replace(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Let one report count for what it is now, and no more for what it was."""
        parts = rollups.moved(before, after, self.measures)
        if parts is None:
            self.count(before, -1)
            self.count(after)
        else:
            self._add(after, parts, 1)

    def _add(self, row: Mapping[str, Any], parts: Parts, times: int) -> None:
        into = self.secret if row["is_secret"] else self.open
        for cell, tally in parts:
            if tally:
                add(into.setdefault(cell, {}), tally, times)

    def store(self) -> None:
        """Write the difference."""
        cells.change(cells.OPEN, self.open)
        cells.change(cells.SECRET, self.secret)


def fold(*, now: datetime, batch: int = BATCH) -> int:
    """Bring facts and sums up to what was written down; return how many reports were read.

    Safe to run twice, or twice at once: the second finds the lock taken and does nothing. A report that cannot be
    read is logged, stays as it was counted, and is tried again by the next round. One that came today and is not
    public waits for the end of its day (`Reading.counts_from`).
    """
    done, failed, is_over = 0, set[int](), False
    recounted(now=now)
    while not is_over:
        with transaction.atomic():
            if not is_alone():
                break
            noted = _taken(now, batch)
            taken = set(noted)
            ids = (taken | _run_out(now, batch - len(taken))) - failed
            failed |= _fold(sorted(ids), now)
            again = [IndicatorDue(report_id=pk) for pk in sorted(taken & failed)]
            IndicatorDue.objects.bulk_create(again)
            # A report is noted with each event of it, so few reports may be many rows, and more may wait.
            is_over = not ids or max(len(noted), len(ids)) < batch
            if is_over:
                _say_when(now)
        done += len(ids)
    return done


def is_alone() -> bool:
    """Take the lock of the indicators until the transaction ends; False where somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def wait_alone() -> None:
    """Take the lock of the indicators until the transaction ends, when whoever has it has let it go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def counted_by() -> str:
    """Return the mark of how facts are read and what formulas count: what was counted otherwise is counted anew."""
    return f"{formulas.fingerprint()}/{case_facts.VERSION}"


def recounted(*, now: datetime) -> bool:
    """Count all sums anew from the facts where they were counted by other formulas; say whether that was needed.

    Facts that were read in another way are read anew by the next rounds.
    """
    with transaction.atomic():
        if not is_alone() or not _is_counted_otherwise(now):
            return False
        for month in months():
            rebuild(month)
        IndicatorState.objects.update(formulas=counted_by(), computed_at=now)
        IndicatorDue.objects.bulk_create(
            IndicatorDue(report_id=pk)
            for pk in IndicatorFact.objects.exclude(version=case_facts.VERSION).values_list("pk", flat=True)
        )
        log.info("indicators.recounted")
        return True


def _is_counted_otherwise(now: datetime) -> bool:
    state = IndicatorState.objects.first()
    if state is None:
        IndicatorState.objects.create(formulas=counted_by(), computed_at=now)
        return False
    return state.formulas != counted_by()


def _taken(now: datetime, batch: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [now, batch])
        return [row[0] for row in cursor.fetchall()]


def _run_out(now: datetime, most: int) -> set[int]:
    if most <= 0:
        return set()
    rows = IndicatorFact.objects.filter(changes_at__lt=now).order_by("changes_at")
    return set(rows.values_list("pk", flat=True)[:most])


def _fold(ids: Sequence[int], now: datetime) -> set[int]:
    """Read some reports and store what that changes; return those that could not be read."""
    change, failed = Change(formulas.measures()), set[int]()
    known = {pk: (count, facts) for pk, count, facts in _known(ids)}
    new: dict[int, Reading] = {}
    waiting: dict[int, Reading] = {}
    corrected: dict[str, str] = {}
    for pk, number, events, clocks in facts_selectors.chains_with_clocks(ids):
        try:
            read = facts_selectors.reading(number, events, clocks, at=now)
        except (LookupError, ValueError, TypeError):
            log.exception("indicators.unreadable report=%s", pk)
            failed.add(pk)
            continue
        count, before = known.get(pk, (0, None))
        if before is None and not read.is_told(now):
            waiting[pk] = read
            continue
        new[pk] = read
        row = read.facts.as_row()
        if before is None:
            change.count(row)
        else:
            change.replace(case_facts.restored(before).as_row(), row)
        if reason := _correction(before, events[count:]):
            corrected[read.facts.received_on[:7]] = reason
    change.store()
    put(new)
    wait(waiting)
    if corrected:
        _note_corrections(corrected)
    return failed


def _known(ids: Sequence[int]) -> Iterable[tuple[int, int, dict[str, Any]]]:
    return IndicatorFact.objects.filter(pk__in=ids).values_list("pk", "event_count", "facts")


def _note_corrections(months: Mapping[str, str]) -> None:
    """Let closed periods be looked at again into which something came later (month -> reason)."""
    wanted = {**months, **{month[:4]: reason for month, reason in months.items()}}
    closed = FrozenPeriod.objects.filter(period__in=wanted).values_list("period", flat=True).distinct()
    PeriodDue.objects.bulk_create(
        (PeriodDue(period=period, reason=wanted[period]) for period in closed), ignore_conflicts=True
    )


def _correction(before: Mapping[str, Any] | None, later: Sequence[EventRecord]) -> str:
    """Return why a closed period is to be looked at again, or nothing: what goes on by itself is no correction."""
    if before is None:
        return "late"
    return "calendar" if any(event.kind == Action.RECOMPUTE for event in later) else ""


def put(readings: Mapping[int, Reading]) -> None:
    """Store the facts of some reports."""
    if not readings:
        return
    rows = [
        {
            "report_id": pk,
            "event_count": read.facts.events,
            "received_on": read.facts.received_on,
            "is_secret": read.facts.is_secret,
            "facts": case_facts.stored(read.facts),
            "changes_at": read.changes_at.isoformat() if read.changes_at else None,
        }
        for pk, read in readings.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [case_facts.VERSION, json.dumps(rows, separators=(",", ":"))])


def wait(readings: Mapping[int, Reading]) -> None:
    """Note reports to be counted when the day is over on which they came."""
    IndicatorDue.objects.bulk_create(
        IndicatorDue(report_id=pk, from_at=read.counts_from) for pk, read in readings.items()
    )


def are_behind(*, now: datetime) -> bool:
    """Say whether more waits to be folded than one batch, or what came on a day that is over now."""
    if IndicatorDue.objects.filter(from_at__lte=now).exists():
        return True
    return IndicatorDue.objects.filter(from_at=None).order_by("pk")[BATCH : BATCH + 1].exists()


def months() -> list[str]:
    """Return the months of which there are facts or sums, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS)
        return [row[0] for row in cursor.fetchall()]


def counted(month: str) -> Change:
    """Return the sums of a month as its facts say, day by day: no more than a day of reports is held at once."""
    change = Change(formulas.measures())
    first = date.fromisoformat(f"{month}-01")
    for place in range(monthrange(first.year, first.month)[1]):
        rows = IndicatorFact.objects.filter(received_on=first + timedelta(days=place)).order_by("pk")
        for facts in rows.values_list("facts", flat=True):
            change.count(case_facts.restored(facts).as_row())
    return change


def rebuild(month: str) -> None:
    """Write the sums of a month anew from its facts. The caller holds the lock."""
    change = counted(month)
    cells.replace_month(cells.OPEN, month, change.open)
    cells.replace_month(cells.SECRET, month, change.secret)


def _say_when(now: datetime) -> None:
    IndicatorState.objects.update(computed_at=now)
