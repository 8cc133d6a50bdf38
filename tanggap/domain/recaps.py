"""The recap (rekap) of an agency: for which stretch of days, what is kept of it, who may have it made (DOMAIN 7.5).

What is kept is data alone: figures as they were printed, names, days. Words are made of it where it is read, so that
the paper, the sheet and the page say the same, and its mark is a hash over the data that anyone can compute.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from tanggap.domain import figures
from tanggap.domain.actors import Actor, AgencyAdmin, Head, NationalAdmin, Overseer, RegionalOverseer, System
from tanggap.domain.frozen import written
from tanggap.domain.indicators import Indicator, Kind
from tanggap.domain.ledger import canonical
from tanggap.domain.periods import Period

FORMAT: Final = "tanggap-recap-1"
_YEAR: Final = re.compile(r"2\d{3}")
_MONTH: Final = re.compile(r"2\d{3}-(0[1-9]|1[0-2])")
_WEEK: Final = re.compile(r"(2\d{3})-W([0-5]\d)")
_WEEK_DAYS: Final = 6
_LAST_FEBRUARY: Final = 28
SIGNED_LENGTH: Final = 120  # of each of the words that somebody types under a recap

type Told = dict[str, Any]  # a figure as `frozen.written` keeps it


class Size(StrEnum):
    """How long a recap is."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"


class State(StrEnum):
    """How far the making of a recap is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a recap is of: a year, a month or a week, by its name."""

    name: str
    size: Size
    days: Period

    @classmethod
    def named(cls, name: str) -> "Stretch":
        """Return the stretch of `2026`, `2026-10` or `2026-W40` (ISO 8601). Raises ValueError."""
        if _YEAR.fullmatch(name):
            return cls(name, Size.YEAR, Period.named(name))
        if _MONTH.fullmatch(name):
            return cls(name, Size.MONTH, Period.named(name))
        if found := _WEEK.fullmatch(name):
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return cls(name, Size.WEEK, Period(first, first + timedelta(days=_WEEK_DAYS)))
        raise ValueError(f"{name!r} is no year, month or week.")

    @property
    def is_week(self) -> bool:
        """Say whether it is a week: of that only what is kept by day can be told."""
        return self.size == Size.WEEK

    def a_year_before(self, last: date) -> Period | None:
        """Return the same days of the year before, as far as a day of this one; None for a 53rd week without a like."""
        if self.is_week:
            year, week, _day = self.days.first.isocalendar()
            try:
                first = date.fromisocalendar(year - 1, week, 1)
            except ValueError:
                return None
            return Period(first, first + (last - self.days.first))
        if last == self.days.last:
            return (
                Period(_earlier(self.days.first), Period.named(_earlier(self.days.first).strftime("%Y-%m")).last)
                if (self.size == Size.MONTH)
                else Period.named(str(self.days.first.year - 1))
            )
        return Period(_earlier(self.days.first), _earlier(last))

    def name_before(self) -> str:
        """Return the name of the same stretch a year before, as closed periods are named; '' for a week."""
        match self.size:
            case Size.YEAR:
                return str(self.days.first.year - 1)
            case Size.MONTH:
                return f"{self.days.first.year - 1}{self.name[4:]}"
            case Size.WEEK:
                return ""


def _earlier(day: date) -> date:
    """Return a day a year before; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=_LAST_FEBRUARY)


def mark(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the canonical JSON of what is kept."""
    return hashlib.sha256(canonical(content)).hexdigest()


def may_make(actor: Actor, agency_id: int) -> bool:
    """Say whether somebody may have recaps of an agency made, and see those that are not published yet."""
    match actor:
        case NationalAdmin() | Overseer() | System():
            return True
        case AgencyAdmin(agency_id=own) | Head(agency_id=own, unit_id=None):
            return own == agency_id
        case RegionalOverseer(agency_id=own, overseen=overseen):
            return agency_id == own or agency_id in overseen
        case _:
            return False


def may_publish(actor: Actor, agency_id: int) -> bool:
    """Say whether somebody may let everybody read a recap: who answers for what the agency says."""
    match actor:
        case NationalAdmin() | System():
            return True
        case AgencyAdmin(agency_id=own):
            return own == agency_id
        case _:
            return False


def together(formula: Indicator, parts: Sequence[Told]) -> Told:
    """Return the figure of several places from those of each, as exactly as they allow.

    Counts, shares and distributions add up. A mean or a quantile of places that both have cases does not: it says
    that it is known of each part alone (`parts`).
    """
    having = [part for part in parts if part["n"]]
    if not having:
        return dict(parts[0]) if parts else nothing(formula)
    if len(having) == 1:
        return dict(having[0])
    n = sum(part["n"] for part in having)
    match formula.kind:
        case Kind.COUNT:
            return written(figures.count(formula, n))
        case Kind.RATIO:
            return written(figures.ratio(formula, sum(part["numerator"] for part in having), n))
        case Kind.DISTRIBUTION:
            spread: Counter[str] = Counter()
            for part in having:
                spread.update(dict(part.get("spread", ())))
            return {
                "version": formula.version,
                "n": n,
                "value": str(n),
                "spread": [list(one) for one in spread.items()],
            }
        case _:
            return {"version": formula.version, "n": n, "value": None, "silence": "parts"}


def nothing(formula: Indicator) -> Told:
    """Return the figure of a place that had no report."""
    if formula.numerator is not None:
        return written(figures.ratio(formula, 0, 0))
    if formula.kind == Kind.COUNT:
        return written(figures.count(formula, 0))
    return written(figures.of_spread(formula, {}, on=date.min))
