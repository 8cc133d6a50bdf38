"""The guards of handing a report on: back to the tier above, to another agency by offer, or by the next tier's word."""

from tanggap.domain.actors import Actor, NationalAdmin, agency_of
from tanggap.domain.case import Case
from tanggap.domain.clocks import Clock
from tanggap.domain.handing_on import MOST_HOPS, MOST_REFUSALS
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason


def not_at_the_top(actor: Actor, _case: Case, _move: Move | None) -> Reason | None:
    """The national admin has no tier above to return a report to."""
    return Reason.AT_THE_TOP if isinstance(actor, NationalAdmin) else None


def may_offer(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
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


def cannot_agree(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """The next tier is asked when an agency does not say yes or no in time, or when it was said too often."""
    facts = case.facts
    too_often = facts.hop_count >= MOST_HOPS or facts.refusal_count >= MOST_REFUSALS
    return None if not facts.is_disputed and (too_often or Clock.HOP in case.expired) else Reason.NOT_YET


def new_owner(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """The arbiter may confirm who has a report, where that is in dispute; else it goes to somebody else."""
    same = move is not None and move.agency_id is not None and move.agency_id == case.facts.owner_agency_id
    return Reason.TO_ONESELF if same and not case.facts.is_disputed else None


def proposes_another(actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Who says "not ours" says whose it is, and that is somebody else (REQ-13)."""
    if move is None or move.suggested_agency_id is None:
        return None
    return Reason.PROPOSES_ONESELF if move.suggested_agency_id == agency_of(actor) else None
