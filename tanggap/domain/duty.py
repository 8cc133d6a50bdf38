"""Who is there on a day: offices, leave, and who stands in for whom.

Pure: the caller brings who serves where and who is away. A person counts as present with an active account, an
office in force and no leave on that day; the first two are what `serving` says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tanggap.domain.appointments import OFFICES_OF_A_UNIT, OFFICES_OF_AN_AGENCY, Office

# Nobody is away longer than that by an entry here: then the office ends instead.
LONGEST_LEAVE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which a person is away, first and last included, and who stands in."""

    user_id: int
    first_day: date
    last_day: date
    deputy_id: int | None = None

    def covers(self, day: date) -> bool:
        """Say whether the person is away on a day."""
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Leave") -> bool:
        """Say whether two absences share a day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True)
class Post:
    """An office as somebody holds it."""

    user_id: int
    office: Office
    agency_id: int
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Who of the holders of a post is there on a day.

    `standing_in` says for each absent holder with a deputy who is there instead; `without` are the absent ones
    whom nobody replaces. A post without any holder is vacant; one whose holders are all away may be unattended.
    """

    present: tuple[int, ...] = ()
    standing_in: tuple[tuple[int, int], ...] = ()
    without: tuple[int, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Say whether nobody holds the post at all."""
        return not (self.present or self.standing_in or self.without)

    @property
    def reachable(self) -> tuple[int, ...]:
        """Return the people who are there for the post: the holders first, then the deputies; each once."""
        deputies = (deputy for _absent, deputy in self.standing_in)
        return tuple(dict.fromkeys((*self.present, *deputies)))

    @property
    def deputies(self) -> tuple[int, ...]:
        """Return who stands in for somebody, each once."""
        return tuple(dict.fromkeys(deputy for _absent, deputy in self.standing_in))


def is_away(user_id: int, *, on: date, leaves: Iterable[Leave]) -> bool:
    """Say whether a person is on leave on a day."""
    return any(leave.user_id == user_id and leave.covers(on) for leave in leaves)


def stand_in(user_id: int, *, on: date, leaves: Sequence[Leave], serving: Collection[int]) -> int | None:
    """Return who is there for an absent person: the deputy, or the deputy's deputy; None where a circle has nobody."""
    seen = {user_id}
    deputy = _deputy_of(user_id, on=on, leaves=leaves)
    while deputy is not None and deputy not in seen:
        if deputy in serving and not is_away(deputy, on=on, leaves=leaves):
            return deputy
        seen.add(deputy)
        deputy = _deputy_of(deputy, on=on, leaves=leaves)
    return None


def _deputy_of(user_id: int, *, on: date, leaves: Iterable[Leave]) -> int | None:
    found = (leave.deputy_id for leave in leaves if leave.user_id == user_id and leave.covers(on))
    return next((deputy for deputy in found if deputy is not None), None)


def on_duty(holders: Iterable[int], *, on: date, leaves: Sequence[Leave], serving: Collection[int]) -> Duty:
    """Return who of the holders of a post is there on a day, and who stands in for the others."""
    present, standing_in, without = [], [], []
    for user_id in dict.fromkeys(holders):
        if user_id in serving and not is_away(user_id, on=on, leaves=leaves):
            present.append(user_id)
        elif deputy := stand_in(user_id, on=on, leaves=leaves, serving=serving):
            standing_in.append((user_id, deputy))
        else:
            without.append(user_id)
    return Duty(tuple(present), tuple(standing_in), tuple(without))


class LeaveFault(StrEnum):
    """What is wrong with an absence that is being entered."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    IS_PAST = "is_past"
    TOO_LONG = "too_long"
    OVERLAPS = "overlaps"
    DEPUTY_IS_ONESELF = "deputy_is_oneself"
    DEPUTY_NOT_THERE = "deputy_not_there"
    DEPUTY_SEES_LESS = "deputy_sees_less"
    IN_A_CIRCLE = "in_a_circle"


def fault_of(leave: Leave, *, today: date, others: Sequence[Leave]) -> LeaveFault | None:
    """Say what is wrong with the days or the deputy of a new absence, given those that are known already."""
    if leave.last_day < leave.first_day:
        return LeaveFault.ENDS_BEFORE_IT_BEGINS
    if leave.last_day < today:
        return LeaveFault.IS_PAST
    if (leave.last_day - leave.first_day).days >= LONGEST_LEAVE_DAYS:
        return LeaveFault.TOO_LONG
    if any(other.user_id == leave.user_id and other.overlaps(leave) for other in others):
        return LeaveFault.OVERLAPS
    if leave.deputy_id == leave.user_id:
        return LeaveFault.DEPUTY_IS_ONESELF
    return LeaveFault.IN_A_CIRCLE if _leads_back(leave, others) else None


def _leads_back(leave: Leave, others: Iterable[Leave]) -> bool:
    """Say whether, on some day of the absence, the deputies of deputies lead to the absent person."""
    known = [other for other in others if other.overlaps(leave)]
    asked, seen = [leave.deputy_id], set()
    while asked:
        deputy = asked.pop()
        if deputy is None or deputy in seen:
            continue
        seen.add(deputy)
        asked += [other.deputy_id for other in known if other.user_id == deputy]
    return leave.user_id in seen


def may_stand_in(deputy: Post, absent: Post, *, path: Collection[int]) -> bool:
    """Say whether somebody sees all that an absent person works on, by an office of the own; leave gives no rights.

    `path` is the absent person's unit with the units above it. An admin is replaced by an admin, a head by a head.
    """
    if deputy.agency_id != absent.agency_id:
        return False
    if absent.office in OFFICES_OF_AN_AGENCY:
        return deputy.office == absent.office
    is_above = deputy.unit_id is None or deputy.unit_id in path
    answers = {absent.office, Office.AGENCY_ADMIN}
    # An operator prepares and does not answer, so one stands in for operators alone.
    if absent.office in OFFICES_OF_A_UNIT:
        answers |= OFFICES_OF_A_UNIT - {Office.UNIT_ADMIN}
    return deputy.office in answers and is_above
