"""Answer "when is it due, and why?" for any start day and clock: the public calculator (REQ-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import ClockRun, CountedDay, due, explain
from tanggap.domain.limits import Limits, LimitUnit, TimeLimit


@dataclass(frozen=True, slots=True)
class Calculation:
    """A due date with the limit and the calendar that it was counted with."""

    run: ClockRun
    limit: TimeLimit
    days: tuple[CountedDay, ...]
    known_until: date | None = None  # the last day whose holidays are known, where it is counted beyond that

    @property
    def due_on(self) -> date:
        """Return the due date in the agency's zone."""
        return self.run.due_on


def calculate(
    start: date | datetime,
    clock: Clock,
    *,
    limits: Limits,
    calendar: WorkingCalendar,
    zone: str,
    classification: str = "",
    supervisory: bool | None = None,
) -> Calculation:
    """Count a clock from a start day (or moment), as a report's own clock would be counted.

    Raises limits.NoLimitError where no policy speaks of the clock for this kind of report.
    """
    limit = limits.limit(clock, classification, supervisory)
    if isinstance(start, datetime):
        moment = start.astimezone(UTC)
    else:
        moment = datetime.combine(start, time(0, 0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    run = ClockRun(
        clock=clock,
        run=1,
        started_at=moment,
        count=limit.count,
        unit=limit.unit,
        policy=limit.policy,
        calendar=calendar.version,
        agency_id=None,
        zone=zone,
        anchor_at=moment,
        remaining=limit.count,
        due_at=due(moment, limit.count, limit.unit, zone=zone, calendar=calendar),
    )

    def source(_version: int, _agency: int | None) -> WorkingCalendar:
        return calendar

    days = tuple(explain(run, source))
    return Calculation(run=run, limit=limit, days=days, known_until=known_until(run, calendar))


def known_until(run: ClockRun, calendar: WorkingCalendar) -> date | None:
    """Return the last day whose holidays are known, where working days are counted beyond it with weekends alone."""
    return calendar.last if run.unit == LimitUnit.WORKING_DAYS and run.due_on > calendar.last else None


def skipped(days: tuple[CountedDay, ...]) -> Iterator[CountedDay]:
    """Yield the days that did not count."""
    return (day for day in days if day.number is None)
