"""Moments of the simulated clock: offices act in working hours, people when they please."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from tanggap.domain.calendar import WorkingCalendar
from tanggap.management.demo.profile import HOURS, ZONE

OPENS, CLOSES = time(8), time(15, 30)
_MINUTES: Final = 450  # of an office day
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Draws moments after another one."""

    calendar: WorkingCalendar
    end: datetime

    def office(self, rng: Random, after: datetime, days: int) -> datetime:
        """Return a moment of office hours so many working days later; 0 is the rest of the day, or the next morning."""
        local = after.astimezone(ZONE)
        day = local.date()
        if days:
            return self._on(rng, self.calendar.add_working_days(day, days))
        if self.calendar.is_working_day(day) and local.time() < time(14):
            begin = max(local, datetime.combine(day, OPENS, ZONE))
            left = datetime.combine(day, CLOSES, ZONE) - begin
            return (begin + timedelta(minutes=5) + left * 0.9 * rng.random()).astimezone(UTC).replace(microsecond=0)
        return self._on(rng, self.calendar.add_working_days(day, 1), first=120)

    def _on(self, rng: Random, day: date, *, first: int = _MINUTES) -> datetime:
        begin = datetime.combine(day, OPENS, ZONE)
        return (begin + timedelta(seconds=rng.randrange(60, first * 60))).astimezone(UTC)

    def home(self, rng: Random, after: datetime, days: tuple[float, float]) -> datetime:
        """Return a moment when a person writes, between so many days later, at an hour of the profile."""
        first, last = days
        at = after + _DAY * (first + (last - first) * rng.random())
        local = at.astimezone(ZONE)
        hour = rng.choices(range(24), weights=HOURS)[0]
        wished = local.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
        return max(wished.astimezone(UTC), after + timedelta(minutes=20))

    def last_office_moment(self) -> datetime:
        """Return the last moment before the end at which an office was open."""
        day = (self.end - timedelta(seconds=1)).astimezone(ZONE).date()
        while not self.calendar.is_working_day(day):
            day -= _DAY
        return min(datetime.combine(day, time(15, 59), ZONE).astimezone(UTC), self.end)
