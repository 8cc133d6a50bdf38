"""Who may do what with the assessment of an agency, and when: one table (DOMAIN 1.9, 7.2).

An agency fills in the form about itself; an evaluator of the body that opened the round scores it, never for the own
agency; the agency may object once, and the evaluator decides. Each act is a row that stays.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
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


class State(StrEnum):
    """Where the assessment of one agency stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASSESSING = "assessing"
    TOLD = "told"
    OBJECTED = "objected"
    DECIDED = "decided"


class Act(StrEnum):
    """What is done with it."""

    SAVE = "save"
    ATTACH = "attach"
    DETACH = "detach"
    SUBMIT = "submit"
    SCORE = "score"
    TELL = "tell"
    OBJECT = "object"
    DECIDE = "decide"


class Side(StrEnum):
    """Who does it."""

    AGENCY = "agency"
    EVALUATOR = "evaluator"


class Fault(StrEnum):
    """Why it is refused."""

    NOT_ALLOWED = "not_allowed"
    WRONG_STATE = "wrong_state"
    ROUND_CLOSED = "round_closed"
    TOO_LATE = "too_late"  # the last day to submit is over
    OBJECTION_TOO_LATE = "objection_too_late"
    INCOMPLETE = "incomplete"  # a criterion has no score
    TEXT_MISSING = "text_missing"
    FILE_MISSING = "file_missing"
    TOO_MANY_FILES = "too_many_files"
    UNANSWERED = "unanswered"  # an open recommendation of an earlier round
    MOVED_ON = "moved_on"  # somebody else has changed it meanwhile
    # Of a round.
    UNKNOWN_FORM = "unknown_form"
    NO_AGENCIES = "no_agencies"
    OPENED_BEFORE = "opened_before"
    DATE_PAST = "date_past"
    PERIOD_BACKWARDS = "period_backwards"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    act: Act
    side: Side
    sources: frozenset[State]
    target: State | None = None  # None: it stays where it is
    needs_text: bool = False
    needs_all: bool = False  # every criterion has a score of this side


_DRAFT: Final = frozenset({State.DRAFT})
ROWS: Final = {
    row.act: row
    for row in (
        Row(Act.SAVE, Side.AGENCY, _DRAFT),
        Row(Act.ATTACH, Side.AGENCY, _DRAFT),
        Row(Act.DETACH, Side.AGENCY, _DRAFT),
        Row(Act.SUBMIT, Side.AGENCY, _DRAFT, State.SUBMITTED, needs_all=True),
        Row(Act.SCORE, Side.EVALUATOR, frozenset({State.SUBMITTED, State.ASSESSING}), State.ASSESSING),
        Row(Act.TELL, Side.EVALUATOR, frozenset({State.ASSESSING}), State.TOLD, needs_all=True),
        Row(Act.OBJECT, Side.AGENCY, frozenset({State.TOLD}), State.OBJECTED, needs_text=True),
        Row(Act.DECIDE, Side.EVALUATOR, frozenset({State.OBJECTED}), State.DECIDED, needs_text=True, needs_all=True),
    )
}
# In these the result is public: what was told stands until an objection was decided.
PUBLIC: Final = frozenset({State.TOLD, State.OBJECTED, State.DECIDED})
# The evaluator's work is not done.
UNFINISHED: Final = frozenset({State.SUBMITTED, State.ASSESSING, State.OBJECTED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decision depends on."""

    state: State
    agency_id: int
    body_id: int  # the agency that opened the round
    due_on: date
    is_closed: bool
    objection_until: date | None


def side_of(actor: Actor, *, agency_id: int, body_id: int) -> Side | None:
    """Return on which side of an assessment somebody stands; None for whoever only reads, or does not even that.

    An evaluator never assesses the own agency, and only agencies that the own body oversees.
    """
    match actor:
        case AgencyAdmin(agency_id=own):
            return Side.AGENCY if own == agency_id else None
        case Evaluator(agency_id=own, overseen=overseen):
            return Side.EVALUATOR if own == body_id and own != agency_id and agency_id in overseen else None
        case NationalAdmin() | LiaisonOfficer() | InternalAuditor() | UnitAdmin():
            return None
        case Head() | RegionalOverseer() | Overseer() | Ombudsman() | Anyone() | Reporter() | System():
            return None


def decide(act: Act, actor: Actor, standing: Standing, *, today: date) -> Fault | None:
    """Say why somebody may not do something now, or None: texts and scores are looked at by `incomplete`."""
    row = ROWS[act]
    if side_of(actor, agency_id=standing.agency_id, body_id=standing.body_id) != row.side:
        return Fault.NOT_ALLOWED
    if standing.is_closed:
        return Fault.ROUND_CLOSED
    if standing.state not in row.sources:
        return Fault.WRONG_STATE
    if State.DRAFT in row.sources and today > standing.due_on:
        return Fault.TOO_LATE
    if act == Act.OBJECT and (standing.objection_until is None or today > standing.objection_until):
        return Fault.OBJECTION_TOO_LATE
    return None


def incomplete(act: Act, *, text: str, missing: Collection[str]) -> Fault | None:
    """Say what an act lacks, or None."""
    row = ROWS[act]
    if row.needs_text and not text.strip():
        return Fault.TEXT_MISSING
    return Fault.INCOMPLETE if row.needs_all and missing else None


def objection_until(told_on: date | None, days: int) -> date | None:
    """Return the last day on which the agency may object."""
    return told_on + timedelta(days=days) if told_on else None


def is_not_sent(state: State, due_on: date, *, today: date) -> bool:
    """Say whether an agency has delivered nothing in time: it is shown so, and cannot be assessed."""
    return state == State.DRAFT and today > due_on
