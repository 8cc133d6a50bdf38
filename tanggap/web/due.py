"""How many working days are left until a due moment, as a badge says it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar


def days_left(due_at: datetime, *, zone: str, calendar: WorkingCalendar, now: datetime) -> int:
    """Return the working days left: 0 on the due day, below 0 when it is late (never 0 then)."""
    place = ZoneInfo(zone)
    today, due_on = now.astimezone(place).date(), due_at.astimezone(place).date()
    left = calendar.working_days_between(today, due_on)
    if due_at < now:
        return min(left, -1)
    return max(left, 0)
