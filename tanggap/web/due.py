"""How many working days are left until a due moment, as a badge says it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.selectors import calendars


def current_calendar(agency_id: int | None) -> WorkingCalendar:
    """Return the newest calendar of an agency, or the national one: what is left is counted as days are known today."""
    return calendar_of(agency_id, calendars.current_version())


def calendar_of(agency_id: int | None, version: int) -> WorkingCalendar:
    """Return a calendar whose version is known."""
    return calendars.working_calendar(agency_id, version)


def days_left(due_at: datetime, *, zone: str, calendar: WorkingCalendar, now: datetime) -> int:
    """Return the working days left: 0 on the due day, below 0 when it is late (never 0 then)."""
    place = ZoneInfo(zone)
    today, due_on = now.astimezone(place).date(), due_at.astimezone(place).date()
    left = calendar.working_days_between(today, due_on)
    if due_at < now:
        return min(left, -1)
    return max(left, 0)


def day_of(due_at: datetime, zone: str) -> date:
    """Return the day on which something is due, where its agency is."""
    return due_at.astimezone(ZoneInfo(zone)).date()
