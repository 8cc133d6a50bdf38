"""Stretches of days on which reports were received, as the months and days that their sums are kept by."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

_DAY: Final = timedelta(days=1)
MONTHS_OF_A_YEAR: Final = 12
LAST: Final = (30, 90, 365)  # days up to a day, of which figures are told in whole months


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def named(cls, name: str) -> "Period":
        """Return the period of a year `2026`, a month `2026-11`, a day `2026-11-05`, or of months `2026-09/2026-11`.

        Raises ValueError.
        """
        if "/" in name:
            first, last = name.split("/")
            return cls(cls.named(first).first, cls.named(last).last)
        parts = [int(part) for part in name.split("-")]
        match parts:
            case [year]:
                return cls(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            case [year, month, day]:
                return cls(date(year, month, day), date(year, month, day))
            case _:
                raise ValueError(f"{name!r} is no year, month or day.")

    @classmethod
    def months_of_last(cls, last: date, count: int) -> "Period":
        """Return the whole months that so many days touch which end with one."""
        return cls(last - (count - 1) * _DAY, last).whole()

    @property
    def of_months(self) -> str:
        """Return its name as that of the first and the last month it touches: `2026-09/2026-11`."""
        months = self.months()
        return f"{months[0]}/{months[-1]}"

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """Return the month of a day."""
        return cls.named(f"{day:%Y-%m}")

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the moment at which it begins in a zone, and the first one after it."""
        return datetime.combine(self.first, time(), zone), datetime.combine(self.last + _DAY, time(), zone)

    def months(self) -> list[str]:
        """Return the months that the period touches, in order."""
        return [f"{year:04d}-{month:02d}" for year, month in self._months()]

    def whole(self) -> "Period":
        """Return the whole months that the period touches: what can be told of a place that has no days."""
        first, last = self.months()[0], self.months()[-1]
        return Period(Period.named(first).first, Period.named(last).last)

    def keys(self, *, has_days: bool) -> list[str]:
        """Return the months and, at the edges, the days whose sums add up to the period.

        Of a place that has no sums by day, the whole months that the period touches.
        """
        if not has_days:
            return self.months()
        found: list[str] = []
        for month in self.months():
            all_of_it = Period.named(month)
            if self.first <= all_of_it.first and all_of_it.last <= self.last:
                found.append(month)
            else:
                found += _days(max(self.first, all_of_it.first), min(self.last, all_of_it.last))
        return found

    def _months(self) -> Iterator[tuple[int, int]]:
        first, last = (day.year * MONTHS_OF_A_YEAR + day.month - 1 for day in (self.first, self.last))
        for place in range(first, last + 1):
            year, month = divmod(place, MONTHS_OF_A_YEAR)
            yield year, month + 1


def _days(first: date, last: date) -> list[str]:
    return [(first + place * _DAY).isoformat() for place in range((last - first).days + 1)]
