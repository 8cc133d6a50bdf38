"""What an evaluator recommends to an agency, and what becomes of it: one small table (ADR 0067).

A recommendation belongs to an assessment that was told, has an owner and a due date, and is asked again in the next
round of the same body while the agency still owes it. Each act is a row that stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tanggap.domain.actors import Actor
from tanggap.domain.assessments import Side, side_of


class State(StrEnum):
    """Where a recommendation stands."""

    OPEN = "open"  # nothing was answered yet
    PLANNED = "planned"
    UNDERWAY = "underway"
    REPORTED = "reported"  # done, says the agency; the evaluator looks
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done with it."""

    GIVE = "give"
    PLAN = "plan"
    PROGRESS = "progress"
    REPORT = "report"
    RETURN = "return"
    ACCEPT = "accept"
    EXTEND = "extend"
    WITHDRAW = "withdraw"


class Fault(StrEnum):
    """Why it is refused."""

    NOT_ALLOWED = "not_allowed"
    NOT_TOLD = "not_told"  # a result is told first
    WRONG_STATE = "wrong_state"
    TEXT_MISSING = "text_missing"
    DATE_PAST = "date_past"
    UNKNOWN_SUBJECT = "unknown_subject"  # a criterion that the form does not have, a formula that is none
    OTHER_UNIT = "other_unit"  # the unit is not of the agency
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    act: Act
    side: Side
    sources: frozenset[State]
    target: State | None = None  # None: it stays where it is
    needs_date: bool = False


# In these the agency owes something, and the due date runs.
OWED: Final = frozenset({State.OPEN, State.PLANNED, State.UNDERWAY})
ENDED: Final = frozenset({State.DONE, State.WITHDRAWN})
_REPORTED: Final = frozenset({State.REPORTED})
ROWS: Final = {
    row.act: row
    for row in (
        Row(Act.GIVE, Side.EVALUATOR, frozenset(), State.OPEN, needs_date=True),
        Row(Act.PLAN, Side.AGENCY, OWED, State.PLANNED),
        Row(Act.PROGRESS, Side.AGENCY, OWED, State.UNDERWAY),
        Row(Act.REPORT, Side.AGENCY, OWED, State.REPORTED),
        Row(Act.RETURN, Side.EVALUATOR, _REPORTED, State.UNDERWAY),
        Row(Act.ACCEPT, Side.EVALUATOR, _REPORTED, State.DONE),
        Row(Act.EXTEND, Side.EVALUATOR, OWED, needs_date=True),
        Row(Act.WITHDRAW, Side.EVALUATOR, OWED | _REPORTED, State.WITHDRAWN),
    )
}
# What the agency says; one of these answers a recommendation that is asked again.
ANSWERS: Final = frozenset(act for act, row in ROWS.items() if row.side == Side.AGENCY)
MOST: Final = 50  # of one assessment


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decision depends on."""

    state: State
    agency_id: int
    body_id: int  # the agency that opened the round
    due_on: date


def decide(act: Act, actor: Actor, standing: Standing) -> Fault | None:
    """Say why somebody may not do something now, or None."""
    row = ROWS[act]
    if side_of(actor, agency_id=standing.agency_id, body_id=standing.body_id) != row.side:
        return Fault.NOT_ALLOWED
    return None if standing.state in row.sources else Fault.WRONG_STATE


def lacking(act: Act, *, text: str, due_on: date | None, today: date, before: date | None = None) -> Fault | None:
    """Say what an act lacks, or None: every one has words, and a due date only moves forwards."""
    if not text.strip():
        return Fault.TEXT_MISSING
    if not ROWS[act].needs_date:
        return None
    is_forward = due_on is not None and due_on >= today and (before is None or due_on > before)
    return None if is_forward else Fault.DATE_PAST


def is_overdue(state: State, due_on: date, *, today: date) -> bool:
    """Say whether the agency owes it and the day is over; what it has reported waits for the evaluator."""
    return state in OWED and due_on < today


def is_asked_again(state: State, answered: Iterable[datetime], *, opened_at: datetime) -> bool:
    """Say whether the form of a later round asks for it: still owed, and not answered since that round was opened."""
    return state in OWED and all(at < opened_at for at in answered)
