"""How late is late: bands of working days, as ranges of due dates that a list can be narrowed by."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tanggap.domain.calendar import WorkingCalendar

_DAY: Final = timedelta(days=1)


class Band(StrEnum):
    """For how many working days something is late."""

    DAYS = "0-3"
    WEEKS = "4-14"
    MONTHS = "15-60"
    LONGER = "60+"


_FROM: Final = {Band.DAYS: 0, Band.WEEKS: 4, Band.MONTHS: 15, Band.LONGER: 61}


@dataclass(frozen=True, slots=True)
class Range:
    """The due dates of a band, first and last included; the oldest band has no first one."""

    band: Band
    since: date | None
    until: date


def ranges(today: date, calendar: WorkingCalendar) -> tuple[Range, ...]:
    """Return the due dates of each band as seen from a day: they leave no gap and share no day."""
    starts = [_back(today, count, calendar) for count in _FROM.values()]
    oldest = [*(start + _DAY for start in starts[1:]), None]
    return tuple(Range(band, since, until) for band, since, until in zip(_FROM, oldest, starts, strict=True))


def _back(today: date, count: int, calendar: WorkingCalendar) -> date:
    """Return the latest day that lies so many working days before today."""
    day = today
    while count:
        count -= calendar.is_working_day(day)
        day -= _DAY
    return day
