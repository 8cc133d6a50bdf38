"""May she? One decision for every door: the row of the table, the standing of the actor, the guards, the needs.

A decision is a value and its reason a code; the door turns the reason into words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

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
    agency_of,
    unit_of,
    user_of,
)
from tanggap.domain.case import Case, Projection
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import (
    MOST_HOPS,
    MOST_REFUSALS,
    RECEIVERS,
    Action,
    Need,
    Status,
    Transition,
    rows,
)
from tanggap.domain.moves import Move, supplied
from tanggap.domain.outcomes import ARCHIVE_RULES


class Reason(StrEnum):
    """Why something is refused."""

    WRONG_STATUS = "wrong_status"
    NOT_YOUR_ROLE = "not_your_role"
    OTHER_AGENCY = "other_agency"
    OTHER_UNIT = "other_unit"
    OTHER_REPORT = "other_report"
    NAMED_IN_REPORT = "named_in_report"
    DESTINATION_IS_NAMED = "destination_is_named"
    DESTINATION_ELSEWHERE = "destination_elsewhere"
    AT_THE_TOP = "at_the_top"
    SAME_OFFICER = "same_officer"
    NEEDS_SECOND_OFFICER = "needs_second_officer"
    NEEDS_DATA_REQUEST = "needs_data_request"
    WINDOW_CLOSED = "window_closed"
    NO_APPEAL = "no_appeal"
    NOT_YET = "not_yet"
    NEVER_WIDEN = "never_widen"
    OFFER_RUNS = "offer_runs"
    IS_DISPUTED = "is_disputed"
    OWNER_DECIDED = "owner_decided"
    TO_ONESELF = "to_oneself"
    IN_A_CIRCLE = "in_a_circle"
    PROPOSES_ONESELF = "proposes_oneself"
    TAKEN_ON = "taken_on"
    WITH_NO_UNIT = "with_no_unit"
    NOT_LATE = "not_late"
    STAYS_SUPERVISORY = "stays_supervisory"
    NOTHING_CHANGES = "nothing_changes"
    IDENTITY_HIDDEN = "identity_hidden"
    MISSING_TEXT = "missing_text"
    MISSING_TITLE = "missing_title"
    MISSING_CATEGORY = "missing_category"
    MISSING_CLASSIFICATION = "missing_classification"
    MISSING_SUPERVISORY = "missing_supervisory"
    MISSING_UNIT = "missing_unit"
    MISSING_OUTCOME = "missing_outcome"
    MISSING_EVIDENCE = "missing_evidence"
    MISSING_OUTCOME_DATE = "missing_outcome_date"
    MISSING_ARCHIVE_REASON = "missing_archive_reason"
    MISSING_RATING = "missing_rating"
    MISSING_VISIBILITY = "missing_visibility"
    MISSING_REFERENCE = "missing_reference"
    MISSING_CHECKS = "missing_checks"
    MISSING_DESTINATION = "missing_destination"
    MISSING_SUGGESTION = "missing_suggestion"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The action may be done; `to` is the status it leads to."""

    transition: Transition
    to: Status


@dataclass(frozen=True, slots=True)
class Denied:
    """The action may not be done, and why."""

    reason: Reason


type Decision = Allowed | Denied
type Guard = Callable[[Actor, Case, Move | None], Reason | None]


def decide(action: Action, *, actor: Actor, case: Case, move: Move | None = None) -> Decision:
    """Decide whether an actor may do an action to a case with what was supplied.

    Without a move the question is whether there is anything the actor could supply that would be
    allowed: that is what buttons are made of.
    """
    row = _row_for(action, case)
    if row is None:
        return Denied(Reason.WRONG_STATUS)
    if reason := _standing(row, actor, case):
        return Denied(reason)
    for guard in GUARDS.get(action, ()):
        if reason := guard(actor, case, move):
            return Denied(reason)
    if move is not None:
        missing = row.needs - supplied(move, classification=case.facts.classification)
        for need in sorted(missing):
            return Denied(Reason(f"missing_{need}"))
    return Allowed(row, row.leads_from(case.facts.status, case.facts.previous_status))


def choices(*, actor: Actor, case: Case) -> tuple[Action, ...]:
    """Return what the actor could do to the case now, in the order of the table."""
    return tuple(action for action in Action if isinstance(decide(action, actor=actor, case=case), Allowed))


def _row_for(action: Action, case: Case) -> Transition | None:
    found = rows(action, case.facts.status)
    if action == Action.REOPEN and found:
        # What was never assigned (a data request that ran out), or was archived, goes back to be verified first.
        is_unverified = case.facts.assigned_at is None or case.facts.is_appealed
        wanted = Status.UNVERIFIED if is_unverified else Status.IN_PROGRESS
        found = tuple(row for row in found if row.target == wanted)
    return found[0] if found else None


def _standing(row: Transition, actor: Actor, case: Case) -> Reason | None:
    """Say why the actor has nothing to do with this case, or None."""
    if actor.role not in row.roles:
        return Reason.NOT_YOUR_ROLE
    if is_named(actor, case):
        return Reason.NAMED_IN_REPORT
    return _out_of_reach(row.action, actor, case)


def _out_of_reach(action: Action, actor: Actor, case: Case) -> Reason | None:
    match actor:
        case Reporter(report_id=report_id):
            return _if_not(report_id == case.report_id, Reason.OTHER_REPORT)
        case UnitAdmin(agency_id=agency_id, unit_id=unit_id) | LiaisonOfficer(agency_id=agency_id, unit_id=unit_id):
            return _in_unit(agency_id, unit_id, case)
        case InternalAuditor(agency_id=agency_id, unit_id=unit_id):
            return None if _is_audited(action, agency_id, case) else _in_unit(agency_id, unit_id, case)
        case AgencyAdmin(agency_id=agency_id):
            holder = case.facts.offered_agency_id if action in RECEIVERS else case.facts.owner_agency_id
            return _if_not(agency_id == holder, Reason.OTHER_AGENCY)
        case RegionalOverseer(overseen=overseen):
            return _if_not(is_overseen(overseen, case), Reason.OTHER_AGENCY)
        case NationalAdmin() | System():
            return None
        case Anyone() | Head() | Overseer() | Evaluator() | Ombudsman():
            return Reason.NOT_YOUR_ROLE  # they have no row of the table either


def _if_not(is_right: bool, reason: Reason) -> Reason | None:
    return None if is_right else reason


def is_overseen(overseen: frozenset[int], case: Case) -> bool:
    """Say whether an overseer may know of a case: of the agencies below, and not secret (D1.9: counts only)."""
    return case.facts.owner_agency_id in overseen and not case.facts.is_confidential


def _in_unit(agency_id: int, unit_id: int, case: Case) -> Reason | None:
    if agency_id != case.facts.owner_agency_id:
        return Reason.OTHER_AGENCY
    return None if unit_id in case.owner_path else Reason.OTHER_UNIT


def _is_audited(action: Action, agency_id: int, case: Case) -> bool:
    """An inspectorate looks into the supervisory reports of its agency; it does not handle them for the unit."""
    looks = {Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL}
    return action in looks and case.facts.supervisory is True and agency_id == case.facts.owner_agency_id


def is_named(actor: Actor, case: Case) -> bool:
    """Say whether an officer, or the unit of the officer, is named in the report (UU 25/2009 Ps 47-49: impartial)."""
    unit_id = unit_of(actor)
    return user_of(actor) in case.facts.named_user_ids or (unit_id is not None and unit_id in case.named_below)


def _destination(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """An admin assigns within the own agency; the national admin to an agency, whose admin knows the units."""
    if move is None:
        return None
    if move.unit_id is not None and move.unit_id in case.named_below | frozenset(move.named_units):
        return Reason.DESTINATION_IS_NAMED
    match actor:
        case NationalAdmin(agency_id=agency_id):
            return Reason.DESTINATION_ELSEWHERE if move.agency_id in {None, agency_id} else None
        case AgencyAdmin(agency_id=agency_id) if move.agency_id not in {None, agency_id}:
            return Reason.DESTINATION_ELSEWHERE
        case _:
            return Reason.MISSING_UNIT if move.unit_id is None else None


def _not_oneself(actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Who is named in a report does not take it on: nobody else of the agency would be told of it."""
    return Reason.NAMED_IN_REPORT if move is not None and user_of(actor) in move.named_users else None


def _second_look(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """An appeal is decided by another admin than the one who archived."""
    if case.facts.is_appealed and user_of(actor) == case.facts.archived_by:
        return Reason.SAME_OFFICER
    return None


def _not_at_the_top(actor: Actor, _case: Case, _move: Move | None) -> Reason | None:
    return Reason.AT_THE_TOP if isinstance(actor, NationalAdmin) else None


def _archive_rule(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    if move is None or move.archive_reason is None:
        return None
    rule = ARCHIVE_RULES[move.archive_reason]
    if rule.needs_supplied_data and not case.facts.data_was_supplied:
        return Reason.NEEDS_DATA_REQUEST
    return None


def _archive_pair(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Some reasons hurt when wrong: proposed by one officer, confirmed by a second."""
    if move is None or move.archive_reason is None or not ARCHIVE_RULES[move.archive_reason].needs_second_officer:
        return None
    proposer = case.facts.proposals.get(move.archive_reason)
    if proposer is None:
        return Reason.NEEDS_SECOND_OFFICER
    return Reason.SAME_OFFICER if proposer == user_of(actor) else None


def _within(window: Clock) -> Guard:
    def guard(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
        if isinstance(actor, NationalAdmin) or window in case.open_windows:
            return None
        return Reason.WINDOW_CLOSED

    return guard


def _may_appeal(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.may_appeal else Reason.NO_APPEAL


def _expired(clock: Clock) -> Guard:
    def guard(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
        return None if clock in case.expired else Reason.NOT_YET

    return guard


def _has_outcome(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.outcome else Reason.MISSING_OUTCOME


REMINDERS_BEFORE_EXPIRY = 2


def _was_reminded(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.reminders_sent >= REMINDERS_BEFORE_EXPIRY else Reason.NOT_YET


def _narrows(actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """A reporter turns an own flag both ways; an officer only makes a report more secret."""
    if move is None or isinstance(actor, Reporter):
        return None
    if move.is_anonymous is False or move.is_confidential is False:
        return Reason.NEVER_WIDEN
    return None


def _identity_open(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """D1.9: the unit sees who filed a normal report; a hidden identity is for admins and auditors, with a reason."""
    hidden = case.facts.is_anonymous or case.facts.is_confidential
    return Reason.IDENTITY_HIDDEN if hidden and isinstance(actor, LiaisonOfficer | UnitAdmin) else None


def _may_offer(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A report goes to one agency at a time, to none twice, and nowhere once the next tier was asked."""
    facts = case.facts
    if facts.offered_agency_id is not None:
        return Reason.OFFER_RUNS
    if facts.is_disputed:
        return Reason.IS_DISPUTED
    if facts.is_decided:
        return Reason.OWNER_DECIDED
    if move is None or move.agency_id is None:
        return None
    if move.agency_id == facts.owner_agency_id:
        return Reason.TO_ONESELF
    return Reason.IN_A_CIRCLE if move.agency_id in facts.former_agency_ids | facts.refused_by else None


def _cannot_agree(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """The next tier is asked when an agency does not say yes or no in time, or when it was said too often."""
    facts = case.facts
    too_often = facts.hop_count >= MOST_HOPS or facts.refusal_count >= MOST_REFUSALS
    return None if not facts.is_disputed and (too_often or Clock.HOP in case.expired) else Reason.NOT_YET


def _new_owner(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """The arbiter may confirm who has a report, where that is in dispute; else it goes to somebody else."""
    same = move is not None and move.agency_id is not None and move.agency_id == case.facts.owner_agency_id
    return Reason.TO_ONESELF if same and not case.facts.is_disputed else None


def _corrects(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A correction changes something; what was seen as misconduct is cleared of it by the next tier (D3.4, T24)."""
    if move is None or move.classification is None:
        return None
    facts = case.facts
    is_complaint = move.classification == Classification.COMPLAINT
    supervisory = move.supervisory if is_complaint else None
    if facts.supervisory is True and supervisory is not True and not isinstance(actor, NationalAdmin):
        return Reason.STAYS_SUPERVISORY
    was = facts.classification, facts.supervisory, facts.category
    same = was == (move.classification.value, supervisory, move.category_code)
    return Reason.NOTHING_CHANGES if same else None


def _is_late(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    late = {clock for clock in case.expired if not CLOCKS[clock].is_reporters}
    return None if late else Reason.NOT_LATE


def _not_taken_on(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What a unit has said yes to, or has begun, is taken from it by giving it to another one, with a note."""
    if case.facts.owner_unit_id is None:
        return Reason.WITH_NO_UNIT
    return Reason.TAKEN_ON if case.facts.is_taken_on else None


def _unit_is_not_named(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    is_named_ = move is not None and move.unit_id is not None and move.unit_id in case.named_below
    return Reason.DESTINATION_IS_NAMED if is_named_ else None


def _proposes_another(actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Who says "not ours" says whose it is, and that is somebody else (REQ-13)."""
    if move is None or move.suggested_agency_id is None:
        return None
    return Reason.PROPOSES_ONESELF if move.suggested_agency_id == agency_of(actor) else None


GUARDS: dict[Action, tuple[Guard, ...]] = {
    Action.VERIFY_AND_ASSIGN: (_second_look, _destination),
    Action.MANAGE_SELF: (_second_look, _not_oneself),
    Action.ASSIGN_TO_UNIT: (_destination,),
    Action.ACCEPT_ASSIGNMENT: (_not_taken_on,),
    Action.TAKE_BACK: (_not_taken_on,),
    Action.HAND_OVER: (_unit_is_not_named,),
    Action.RETURN: (_not_at_the_top, _proposes_another),
    Action.REFUSE_TRANSFER: (_proposes_another,),
    Action.PROPOSE_ARCHIVE: (_second_look, _archive_rule),
    Action.ARCHIVE: (_second_look, _archive_rule, _archive_pair),
    Action.APPEAL: (_may_appeal, _within(Clock.APPEAL)),
    Action.REOPEN: (_within(Clock.REOPEN_WINDOW),),
    Action.RATE: (_within(Clock.REOPEN_WINDOW),),
    Action.AUTO_CLOSE: (_expired(Clock.AUTO_CLOSE), _has_outcome),
    Action.DATA_DEADLINE_PASSED: (_expired(Clock.DATA_REQUEST), _was_reminded),
    Action.SET_VISIBILITY: (_narrows,),
    Action.OPEN_IDENTITY: (_identity_open,),
    Action.OPEN_ORIGINAL: (_identity_open,),
    Action.TRANSFER: (_may_offer,),
    Action.DISPUTE: (_cannot_agree,),
    Action.DECIDE_OWNER: (_new_owner,),
    Action.NUDGE: (_is_late,),
    Action.RECLASSIFY: (_corrects,),
}


def consequence(action: Action, facts: Projection) -> Action | None:
    """Return what the system does at once after an act: the next tier decides when agencies cannot agree (REQ-12)."""
    if action == Action.TRANSFER and facts.hop_count >= MOST_HOPS:
        return Action.DISPUTE
    return Action.DISPUTE if action == Action.REFUSE_TRANSFER and facts.refusal_count >= MOST_REFUSALS else None


NEED_OF_REASON = {Reason(f"missing_{need}"): need for need in Need}
