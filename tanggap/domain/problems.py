"""Problems that come again: so many published reports of one unit, category and district in a few months (ADR 0067).

The office says why, what it will do and by when; after that day the same is counted before and after, beside all
reports of the office: fewer reports of one thing say little where there are fewer of everything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
)
from tanggap.domain.periods import MONTHS_OF_A_YEAR
from tanggap.domain.small_counts import SMALLEST

# Where neither the agency nor the installation has said otherwise: so many reports in so many calendar months, the
# running one among them.
LEAST: Final = 10
MONTHS: Final = 3
# Fewer could point at single reports; more months are no burst but a year.
LEASTS: Final = range(SMALLEST, 1001)
SPANS: Final = range(1, MONTHS_OF_A_YEAR + 1)
COUNTED_BEFORE: Final = 3  # months before those in which it was found
LONGEST_PLAN: Final = timedelta(days=3 * 366)
COMPARED: Final = 6  # months before the plan that are compared with those after it


class State(StrEnum):
    """Where a problem stands."""

    OPEN = "open"
    PLANNED = "planned"
    CLOSED = "closed"


class Act(StrEnum):
    """What is done with it."""

    FIND = "find"
    PLAN = "plan"
    CLOSE = "close"
    REOPEN = "reopen"


class Fault(StrEnum):
    """Why it is refused."""

    NOT_ALLOWED = "not_allowed"
    WRONG_STATE = "wrong_state"
    TEXT_MISSING = "text_missing"
    DATE_PAST = "date_past"
    DATE_FAR = "date_far"
    TOO_EARLY = "too_early"  # no whole month since the plan was to be done
    OUT_OF_RANGE = "out_of_range"


class Side(StrEnum):
    """Who does it."""

    OFFICE = "office"  # a liaison officer of the unit or one above it, or the agency's admin
    ADMIN = "admin"
    SYSTEM = "system"


SOURCES: Final[Mapping[Act, frozenset[State]]] = {
    Act.FIND: frozenset(),
    Act.PLAN: frozenset({State.OPEN, State.PLANNED}),
    Act.CLOSE: frozenset({State.PLANNED}),
    Act.REOPEN: frozenset({State.PLANNED, State.CLOSED}),
}
TARGETS: Final[Mapping[Act, State]] = {
    Act.FIND: State.OPEN,
    Act.PLAN: State.PLANNED,
    Act.CLOSE: State.CLOSED,
    Act.REOPEN: State.OPEN,
}
SIDES: Final[Mapping[Act, Side]] = {
    Act.FIND: Side.SYSTEM,
    Act.PLAN: Side.OFFICE,
    Act.CLOSE: Side.ADMIN,
    Act.REOPEN: Side.SYSTEM,
}


def sides(actor: Actor, *, agency_id: int, path: frozenset[int]) -> frozenset[Side]:
    """Return what somebody is to a problem; `path` are its unit and those above it, empty where no unit has it."""
    match actor:
        case AgencyAdmin(agency_id=own) | NationalAdmin(agency_id=own):
            return frozenset({Side.OFFICE, Side.ADMIN}) if own == agency_id else frozenset()
        case LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            return frozenset({Side.OFFICE}) if unit_id in path else frozenset()
        case System():
            return frozenset({Side.SYSTEM})
        case UnitAdmin() | Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return frozenset()
        case Anyone() | Reporter():
            return frozenset()


def decide(act: Act, held: frozenset[Side], state: State) -> Fault | None:
    """Say why somebody may not do something now, or None."""
    if SIDES[act] not in held:
        return Fault.NOT_ALLOWED
    return None if state in SOURCES[act] else Fault.WRONG_STATE


def month_of(day: date) -> str:
    """Return the month of a day, `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"


def first_of(day: date, months_before: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 - months_before, MONTHS_OF_A_YEAR)
    return date(year, month + 1, 1)


def months(first: date, last: date) -> Iterator[str]:
    """Yield the months from that of one day to that of another."""
    count = (last.year - first.year) * MONTHS_OF_A_YEAR + last.month - first.month
    for back in range(count, -1, -1):
        yield month_of(first_of(last, back))


def counted_from(first_day: date) -> date:
    """Return from which day on the months of a problem are counted that was found in months from `first_day` on."""
    return first_of(first_day, COUNTED_BEFORE)


@dataclass(frozen=True, slots=True)
class Measure:
    """Reports per month before and after a plan, of the problem and of all that the office got."""

    months_before: int
    months_after: int
    before: Fraction
    after: Fraction
    all_before: Fraction
    all_after: Fraction


def measured(counts: Mapping[str, tuple[int, int]], *, first: date, done_on: date, today: date) -> Measure | None:
    """Return how it was before and after, in whole months; None while there is no whole month on both sides.

    `counts`: of each month how many of this problem, and how many of all; a month that is missing had none. The month
    in which the plan was to be done belongs to neither side, nor does the running one.
    """
    before = list(months(first, first_of(done_on, 1)))[-COMPARED:] if first < first_of(done_on, 0) else []
    start, end = first_of(done_on, -1), first_of(today, 1)
    after = list(months(start, end)) if start <= end else []
    if not before or not after:
        return None
    (one, every), (later, later_every) = (_per_month(counts, found) for found in (before, after))
    return Measure(len(before), len(after), one, later, every, later_every)


def _per_month(counts: Mapping[str, tuple[int, int]], found: list[str]) -> tuple[Fraction, Fraction]:
    rows = [counts.get(month, (0, 0)) for month in found]
    return Fraction(sum(one for one, _all in rows), len(rows)), Fraction(sum(every for _one, every in rows), len(rows))
