"""Working-day arithmetic: Saturdays, Sundays, national holidays, joint leave and closures are not working days.

Rule: day 0 is the calendar date, in the agency's zone, of the moment that starts a clock, whatever the
hour; day 1 is the next working day; due at the end of day n.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5


class CalendarRangeError(LookupError):
    """A day lies outside the years that the calendar covers, so nothing true can be said of it."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days on which an agency does not work, in one version that never changes.

    `names` says of each day off what it is (for "Mengapa tanggal ini?"); `worked` are weekend days or
    holidays that a decree made working days; `first` and `last` bound what is known.
    """

    off: frozenset[date]
    worked: frozenset[date] = frozenset()
    names: dict[date, str] = field(default_factory=dict, hash=False, compare=False)
    version: int = 0
    first: date = date(2018, 1, 1)
    last: date = date(2027, 12, 31)
    # As ordinals, sorted: weekdays on which nobody works, and days of a weekend on which offices do.
    _lost: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lost = sorted(day.toordinal() for day in self.off - self.worked if day.weekday() < SATURDAY)
        gained = sorted(day.toordinal() for day in self.worked if day.weekday() >= SATURDAY)
        object.__setattr__(self, "_lost", tuple(lost))
        object.__setattr__(self, "_gained", tuple(gained))

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work on a day."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def add_working_days(self, day: date, count: int) -> date:
        """Return the count-th working day after `day`; `day` itself is never counted, 0 gives `day`.

        Raises ValueError for a negative count. A day beyond the last known year is counted with
        weekends alone: a later version of the calendar corrects it (`services.deadlines.recompute`).
        """
        if count < 0:
            raise ValueError("A time limit cannot be negative.")
        ordinal = day.toordinal()
        wanted = self._until(ordinal) + count
        # No day holds two working days, so a step of what is still missing never goes too far.
        while missing := wanted - self._until(ordinal):
            ordinal += missing
        return date.fromordinal(ordinal)

    def working_days_between(self, after: date, through: date) -> int:
        """Count the working days in (after, through]; negative when `through` comes before `after`."""
        return self._until(through.toordinal()) - self._until(after.toordinal())

    def _until(self, ordinal: int) -> int:
        """Count the working days up to and with a day, from 1 January of year 1: ordinal 1, a Monday."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * SATURDAY + min(rest, SATURDAY)
        return weekdays - bisect_right(self._lost, ordinal) + bisect_right(self._gained, ordinal)

    def walk(self, after: date, through: date) -> Iterator[tuple[date, bool, str]]:
        """Yield each day in (after, through] with whether it counts and, if not, its name ('' = weekend)."""
        while after < through:
            after += timedelta(days=1)
            counts = self.is_working_day(after)
            yield after, counts, "" if counts else self.names.get(after, "")


@lru_cache(maxsize=1)
def weekends_only() -> WorkingCalendar:
    """Return a calendar without holidays, for tests and for comparison."""
    return WorkingCalendar(off=frozenset())
