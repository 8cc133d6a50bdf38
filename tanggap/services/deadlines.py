"""Store the clocks that the domain computed, and recompute them when the calendar was corrected."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun, replay
from tanggap.domain.escalation import LADDERS
from tanggap.domain.ledger import EventRecord
from tanggap.domain.publication import pauses_json
from tanggap.domain.reminders import Span, schedule
from tanggap.models import Deadline, Report
from tanggap.selectors import calendars, policies
from tanggap.services import inserts, updates


def compute(events: Sequence[EventRecord]) -> list[ClockRun]:
    """Return the clocks of a chain of events, with the limits and calendars that the events name."""
    return replay(events, limits=policies.named, calendars=calendar_of)


def calendar_of(version: int, agency_id: int | None) -> WorkingCalendar:
    """Return the calendar of an agency in one version, as the domain asks for it."""
    return calendars.working_calendar(agency_id, version)


def store(report: Report, runs: Sequence[ClockRun], stored: Iterable[Deadline] | None = None) -> None:
    """Bring the stored clocks of a report in line with the computed ones; `stored` where they were read already."""
    if stored is None:
        stored = report.deadlines.all() if report.event_count > 1 else ()
    known = {(row.clock, row.run): row for row in stored}
    new, alike = [], list[tuple[dict[str, Any], list[int]]]()
    for run in runs:
        row = known.get((run.clock.value, run.run))
        if row is None:
            new.append(new_row(report.pk, run))
        elif changed := _bring_in_line(row, run):
            # What an act stops, it mostly stops in the same way.
            same = next((ids for values, ids in alike if values == changed), None)
            if same is None:
                alike.append((changed, [row.pk]))
            else:
                same.append(row.pk)
    for changed, ids in alike:
        updates.rows(Deadline, ids, changed)
    if new:
        inserts.together([new])


def new_row(report_id: int, run: ClockRun) -> Deadline:
    """Return the row of a clock that was not stored yet."""
    made = Deadline(report_id=report_id, clock=run.clock.value, run=run.run, **columns(run))
    made.remind_at = first_reminder(run)
    made.next_step_at = _first_step(run)
    return made


def quieten(row: Deadline, run: ClockRun, now: datetime) -> Deadline:
    """Let nobody be told of what passed before a report came here with its past: what is still to come is told."""
    planned = schedule(span_of(run), calendar_of(run.calendar, run.agency_id))
    later = [reminder for reminder in planned if reminder.at > now]
    if row.remind_at is not None:
        row.reminders, row.remind_at = len(planned) - len(later), later[0].at if later else None
    if run.due_at <= now:
        row.next_step_at = None
    return row


def _bring_in_line(row: Deadline, run: ClockRun) -> dict[str, Any]:
    """Give a clock the computed values, and return those that differ: an act changes a few columns of one or two."""
    values = columns(run)
    if row.due_at != run.due_at:
        values |= {"remind_at": first_reminder(run), "reminders": 0, "next_step_at": _first_step(run), "step": 0}
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return changed


def columns(run: ClockRun) -> dict[str, Any]:
    """Return the columns of a stored clock that the domain decides."""
    return {
        "started_at": run.started_at,
        "due_at": run.due_at,
        "count": run.count,
        "unit": run.unit,
        "policy": run.policy,
        "calendar": run.calendar,
        "agency_id": run.agency_id,
        "zone": run.zone,
        "anchor_at": run.anchor_at,
        "remaining": run.remaining,
        "pauses": pauses_json(run),
        "is_paused": run.is_paused,
        "stopped_at": run.stopped_at,
        "stopped_by": run.stopped_by,
    }


def first_reminder(run: ClockRun) -> datetime | None:
    """Return when the first reminder of a clock is due; windows after the end remind nobody."""
    if run.is_stopped:
        return None
    planned = schedule(span_of(run), calendar_of(run.calendar, run.agency_id))
    return planned[0].at if planned else None


def _first_step(run: ClockRun) -> datetime | None:
    """Return from when on the ladder of a clock is looked at: the due moment; the job knows the working hours."""
    return None if run.is_stopped or run.clock not in LADDERS else run.due_at


def span_of(run: ClockRun | Deadline) -> Span:
    """Return what of a clock, computed or stored, decides when people are reminded of it."""
    return Span(
        clock=Clock(run.clock),
        anchor_at=run.anchor_at,
        remaining=run.remaining,
        unit=run.unit,
        due_at=run.due_at,
        zone=run.zone,
    )


def soonest(runs: Sequence[ClockRun]) -> tuple[datetime | None, str]:
    """Return the due moment and the clock that runs out first, among those that bind somebody now."""
    live = [r for r in runs if r.is_running and not (CLOCKS[r.clock].survives_end or CLOCKS[r.clock].is_others)]
    shown = [r for r in live if CLOCKS[r.clock].is_shown] or live
    if not shown:
        return None, ""
    first = min(shown, key=lambda run: (run.due_at, run.clock.value))
    return first.due_at, first.clock.value


def window_clocks(runs: Sequence[ClockRun], now: datetime) -> tuple[frozenset[Clock], frozenset[Clock]]:
    """Return the clocks that are still open, and those that ran out, at a moment."""
    live = [run for run in runs if run.is_running]
    is_open = frozenset(run.clock for run in live if run.due_at >= now)
    return is_open, frozenset(run.clock for run in live) - is_open
