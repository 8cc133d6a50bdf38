"""Read the facts of reports from their events: now, or as they were known at a moment. For jobs and commands."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from django.db import connection

from tanggap.domain import case_facts
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.case_facts import CaseFacts, Reading
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import ClockRun, replay
from tanggap.domain.ledger import EventRecord
from tanggap.domain.publication import pauses_from_json
from tanggap.models import Report
from tanggap.selectors import calendars, policies

CHUNK: Final = 500
_NOTHING: Final = b""
# What facts are read from. Nonces, hashes and commitments prove an event and say nothing of the case. The clocks are
# those of the same moment: they come with the first event of their report, in the one statement.
_EVENTS: Final = """
SELECT event.report_id, report.number, event.seq, event.kind, event.acted_at, event.recorded_at, event.role,
    event.user_id, event.agency_id, event.unit_id, event.from_status, event.to_status, event.visibility, event.data,
    {clocks}
FROM tanggap_event AS event JOIN tanggap_report AS report ON report.id = event.report_id
WHERE event.report_id = ANY(%s) ORDER BY event.report_id, event.seq
"""
_CLOCKS: Final = """CASE WHEN event.seq = 1 THEN (
    SELECT json_agg(json_build_array(clock, run, started_at, count, unit, policy, calendar, agency_id, zone, anchor_at,
        remaining, due_at, pauses, stopped_at, stopped_by) ORDER BY id)
    FROM tanggap_deadline WHERE report_id = event.report_id) END"""


def chains(ids: Sequence[int]) -> Iterator[tuple[int, str, list[EventRecord]]]:
    """Yield the events of some reports, by report: its id, its number and its chain, without what proves it."""
    for pk, number, rows in _rows(ids, "NULL"):
        yield pk, number, [_record(row) for row in rows]


def chains_with_clocks(ids: Sequence[int]) -> Iterator[tuple[int, str, list[EventRecord], list[Any]]]:
    """Yield the events of some reports and the rows of their stored clocks, which say what a replay says."""
    for pk, number, rows in _rows(ids, _CLOCKS):
        yield pk, number, [_record(row) for row in rows], rows[0][-1] or []


def _rows(ids: Sequence[int], clocks: str) -> Iterator[tuple[int, str, list[tuple[Any, ...]]]]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS.format(clocks=clocks), [list(ids)])
        for (report_id, number), rows in groupby(cursor.fetchall(), key=lambda row: (row[0], row[1])):
            yield report_id, number, list(rows)


def _record(row: Sequence[Any]) -> EventRecord:
    values: list[Any] = [*row[2:-2], json.loads(row[-2]), {}, _NOTHING, _NOTHING]
    return EventRecord(*values)


def _run(row: Sequence[Any]) -> ClockRun:
    clock, run, started, count, unit, policy, calendar, agency, zone, anchor, remaining, due, pauses, stopped, by = row
    moment = datetime.fromisoformat
    return ClockRun(
        clock=Clock(clock),
        run=run,
        started_at=moment(started),
        count=count,
        unit=unit,
        policy=policy,
        calendar=calendar,
        agency_id=agency,
        zone=zone,
        anchor_at=moment(anchor),
        remaining=remaining,
        due_at=moment(due),
        pauses=pauses_from_json(pauses),
        stopped_at=moment(stopped) if stopped else None,
        stopped_by=by,
    )


def _calendar(version: int, agency_id: int | None) -> WorkingCalendar:
    return calendars.working_calendar(agency_id, version)


def reading(
    number: str, events: Sequence[EventRecord], clocks: Sequence[Any] | None = None, *, at: datetime
) -> Reading:
    """Return the facts that a whole chain adds up to, at a moment that is not before its last event.

    `clocks` are the rows of the stored ones, where they were read; else the events are replayed.
    """
    if clocks is None:
        runs = replay(events, limits=policies.named, calendars=_calendar)
    else:
        runs = [_run(row) for row in clocks]
    return case_facts.of(number, events, runs, calendars=_calendar, at=max(at, events[-1].recorded_at))


def as_of(first: date, last: date, *, at: datetime) -> Iterator[CaseFacts]:
    """Yield the reports received in a period (days where the office is) as they were known at a moment.

    From their events, by chunks, in the order of their ids: exact, and as slow as it has to be. For commands. As in
    the sums, what came that day and was not public by then is not among them (`Reading.counts_from`).
    """
    day = timedelta(days=1)
    since = datetime.combine(first - day, time.min, tzinfo=UTC)
    until = datetime.combine(last + 2 * day, time.min, tzinfo=UTC)
    rows = Report.objects.filter(received_at__gte=since, received_at__lt=until)
    seen = 0
    while ids := list(rows.filter(pk__gt=seen).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        for _pk, number, events in chains(ids):
            found = case_facts.read(number, events, limits=policies.named, calendars=_calendar, at=at)
            if found is None or not found.is_told(at):
                continue
            if first.isoformat() <= found.facts.received_on <= last.isoformat():
                yield found.facts
        seen = ids[-1]
