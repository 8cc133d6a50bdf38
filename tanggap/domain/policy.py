"""May she? One decision for every door: the row of the table, the standing of the actor, the guards, the needs.

A decision is a value and its reason a code; the door turns the reason into words.
"""

from dataclasses import dataclass
from functools import cache

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
    units_of,
    user_of,
)
from tanggap.domain.case import Case, Projection
from tanggap.domain.guards import GUARDS
from tanggap.domain.handing_on import MOST_HOPS, MOST_REFUSALS, RECEIVERS, SUPPORTING
from tanggap.domain.lifecycle import Action, Status, Transition, rows
from tanggap.domain.moves import Move, supplied
from tanggap.domain.reasons import Reason
from tanggap.domain.standing_in import IN_PLACE, stands_in

__all__ = [
    "Allowed",
    "Decision",
    "Denied",
    "Reason",
    "choices",
    "consequence",
    "decide",
    "is_named",
    "is_overseen",
]


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


def decide(action: Action, *, actor: Actor, case: Case, move: Move | None = None) -> Decision:
    """Decide whether an actor may do an action to a case with what was supplied.

    Without a move the question is whether there is anything the actor could supply that would be
    allowed: that is what buttons are made of.
    """
    row = _row_for(action, actor, case)
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


_rows = cache(rows)  # the table is asked for every action, each time a page is drawn


def _row_for(action: Action, actor: Actor, case: Case) -> Transition | None:
    found = _rows(action, case.facts.status)
    # One action may be done by two kinds of people, each with their own needs.
    found = tuple(row for row in found if actor.role in row.roles) or found
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
    if row.action in SUPPORTING:
        return _if_not(supports(actor, case), Reason.NOT_SUPPORTING)
    return _out_of_reach(row.action, actor, case)


def _out_of_reach(action: Action, actor: Actor, case: Case) -> Reason | None:
    match actor:
        case Reporter(report_id=report_id):
            return _if_not(report_id == case.report_id, Reason.OTHER_REPORT)
        case UnitAdmin() | LiaisonOfficer() | Head():
            return _in_unit(actor.agency_id, actor.unit_id, case)
        case InternalAuditor(agency_id=agency_id, unit_id=unit_id):
            return None if _is_audited(action, agency_id, case) else _in_unit(agency_id, unit_id, case)
        case AgencyAdmin(agency_id=agency_id):
            holder = case.facts.offered_agency_id if action in RECEIVERS else case.facts.owner_agency_id
            instead = action in IN_PLACE and stands_in(actor, case)
            return _if_not(agency_id == holder or instead, Reason.OTHER_AGENCY)
        case RegionalOverseer() | Overseer():
            return _if_not(is_overseen(actor, case), Reason.OTHER_AGENCY)
        case NationalAdmin() | System() | Ombudsman():
            return None  # to the Ombudsman, what the consent of the reporter reaches: a guard of the act
        case Anyone() | Evaluator():
            return Reason.NOT_YOUR_ROLE  # they have no row of the table either


def supports(actor: Actor, case: Case) -> bool:
    """Say whether an officer serves an office that supports the one which has the report."""
    unit_id = unit_of(actor)
    if unit_id is not None:
        return unit_id in case.support_path
    return agency_of(actor) in case.facts.supporting_agency_ids


def _if_not(is_right: bool, reason: Reason) -> Reason | None:
    return None if is_right else reason


def is_overseen(actor: RegionalOverseer | Overseer, case: Case) -> bool:
    """Say whether an overseer may know of a case: of an agency overseen, and not secret (D1.9: counts only)."""
    is_below = isinstance(actor, Overseer) or case.facts.owner_agency_id in actor.overseen
    return is_below and not case.facts.is_confidential


def _in_unit(agency_id: int, unit_id: int | None, case: Case) -> Reason | None:
    """Say why a report lies outside a unit and those below it; a head without a unit leads the whole agency."""
    if agency_id != case.facts.owner_agency_id:
        return Reason.OTHER_AGENCY
    return None if unit_id is None or unit_id in case.owner_path else Reason.OTHER_UNIT


def _is_audited(action: Action, agency_id: int, case: Case) -> bool:
    """An inspectorate looks into the supervisory reports of its agency; it does not handle them for the unit."""
    looks = {Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.PROPOSE, Action.AGREE, Action.REFUSE_PROPOSAL}
    return action in looks and case.facts.supervisory is True and agency_id == case.facts.owner_agency_id


def is_named(actor: Actor, case: Case) -> bool:
    """Say whether an officer, or a unit that the officer serves or has served, is named (UU 25/2009 Ps 47-49).

    Whoever holds several offices is excluded in all of them, and after one of them has ended: one is not impartial by
    changing the chair (ADR 0083).
    """
    return user_of(actor) in case.facts.named_user_ids or not case.named_below.isdisjoint(units_of(actor))


def consequence(action: Action, facts: Projection) -> Action | None:
    """Return what the system does at once after an act: the next tier decides when agencies cannot agree (REQ-12)."""
    if action == Action.TRANSFER and facts.hop_count >= MOST_HOPS:
        return Action.DISPUTE
    return Action.DISPUTE if action == Action.REFUSE_TRANSFER and facts.refusal_count >= MOST_REFUSALS else None
