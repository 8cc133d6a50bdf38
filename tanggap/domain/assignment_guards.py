"""The guards of who gets a report: a unit of the own agency, another agency, a colleague of the office."""

from tanggap.domain.actors import Actor, AgencyAdmin, NationalAdmin, System, agency_of, user_of
from tanggap.domain.case import Case
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason


def destination(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """An admin assigns within the agency that has it; the national admin to an agency, whose admin knows the units."""
    if move is None:
        return None
    if move.unit_id is not None and move.unit_id in case.named_below | frozenset(move.named_units):
        return Reason.DESTINATION_IS_NAMED
    match actor:
        case NationalAdmin(agency_id=agency_id):
            return Reason.DESTINATION_ELSEWHERE if move.agency_id in {None, agency_id} else None
        case AgencyAdmin() if move.agency_id not in {None, case.facts.owner_agency_id}:
            return Reason.DESTINATION_ELSEWHERE
        case _:
            return Reason.MISSING_UNIT if move.unit_id is None else None


def looked_at_alone(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A supervisory report goes to a unit by itself: in a list it would come to those whom it is about (DOMAIN 3.5)."""
    is_among_many = move is not None and move.is_one_of_many
    return Reason.ONE_BY_ONE if is_among_many and case.facts.supervisory is True else None


def not_oneself(actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Who is named in a report does not take it on: nobody else of the agency would be told of it."""
    return Reason.NAMED_IN_REPORT if move is not None and user_of(actor) in move.named_users else None


def not_taken_on(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What a unit has said yes to, or has begun, is taken from it by giving it to another one, with a note."""
    if case.facts.owner_unit_id is None:
        return Reason.WITH_NO_UNIT
    return Reason.TAKEN_ON if case.facts.is_taken_on else None


def unit_is_not_named(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A report never goes to a unit that it is about."""
    is_named = move is not None and move.unit_id is not None and move.unit_id in case.named_below
    return Reason.DESTINATION_IS_NAMED if is_named else None


def works_there(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Who works on a report is settled by the office that has it, or by the system when somebody is away."""
    return None if isinstance(actor, System) or agency_of(actor) == case.facts.owner_agency_id else Reason.OTHER_AGENCY


def not_mine_yet(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Nobody takes what is taken by the same person."""
    return Reason.ALREADY_YOURS if case.facts.assignee_id == user_of(actor) else None


def to_another(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A report is handed to a colleague who does not have it yet, and whom it is not about."""
    if move is None or move.assignee_id is None:
        return None
    if move.assignee_id in case.facts.named_user_ids:
        return Reason.DESTINATION_IS_NAMED
    return Reason.NOTHING_CHANGES if move.assignee_id == case.facts.assignee_id else None


def is_taken(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Only what somebody took can be put back."""
    return Reason.NOT_TAKEN if case.facts.assignee_id is None else None
