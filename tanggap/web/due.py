"""How many days are left until a due moment, as a badge says it: in the days that its limit is counted in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.limits import LimitUnit
from tanggap.selectors import calendars, policies
from tanggap.selectors.names import Names

if TYPE_CHECKING:
    from tanggap.models import Report


class Left(NamedTuple):
    """How far a due day is: 0 on the day itself, below 0 when it is late."""

    days: int
    by_calendar: bool  # every day counts, not working days alone


def current_calendar(agency_id: int | None) -> WorkingCalendar:
    """Return the newest calendar of an agency, or the national one: what is left is counted as days are known today."""
    return calendar_of(agency_id, calendars.current_version())


def calendar_of(agency_id: int | None, version: int) -> WorkingCalendar:
    """Return a calendar whose version is known."""
    return calendars.working_calendar(agency_id, version)


def of_run(run: ClockRun, *, calendar: WorkingCalendar, now: datetime) -> Left:
    """Return what is left of a clock."""
    by_calendar = run.unit != LimitUnit.WORKING_DAYS  # hours run at night and on Sundays, too
    days = days_left(run.due_at, zone=run.zone, calendar=calendar, now=now, by_calendar=by_calendar)
    return Left(days, by_calendar)


def of_row(
    due_at: datetime, clock: str, agency_id: int, *, known: Names, zone: str, calendar: WorkingCalendar, now: datetime
) -> Left:
    """Return what is left of the clock that a list names of a report, counted as the rules of its agency count it."""
    counted = known.remembered("limits not in working days", "", policies.counted_by_calendar)
    by_calendar = not counted.isdisjoint({(None, clock), (agency_id, clock)})
    return Left(days_left(due_at, zone=zone, calendar=calendar, now=now, by_calendar=by_calendar), by_calendar)


def of_report(report: "Report", runs: Iterable[ClockRun], *, now: datetime) -> Left | None:
    """Return what is left of the clock that is due first; None for what nothing is due of any more."""
    if report.due_at is None:
        return None
    first = next((run for run in runs if run.is_running and run.clock == report.due_clock), None)
    return of_run(first, calendar=current_calendar(report.owner_agency_id), now=now) if first else None


def days_left(
    due_at: datetime, *, zone: str, calendar: WorkingCalendar, now: datetime, by_calendar: bool = False
) -> int:
    """Return the working days left, or every day: 0 on the due day, below 0 when it is late (never 0 then)."""
    place = ZoneInfo(zone)
    today, due_on = now.astimezone(place).date(), due_at.astimezone(place).date()
    left = (due_on - today).days if by_calendar else calendar.working_days_between(today, due_on)
    if due_at < now:
        return min(left, -1)
    return max(left, 0)


def day_of(due_at: datetime, zone: str) -> date:
    """Return the day on which something is due, where its agency is."""
    return due_at.astimezone(ZoneInfo(zone)).date()
