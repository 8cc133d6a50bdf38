"""The guards of what one officer proposes and another decides, and of opening a hidden identity (DOMAIN 1.9)."""

from collections.abc import Iterable

from tanggap.domain import verdicts
from tanggap.domain.actors import Actor, LiaisonOfficer, UnitAdmin, user_of
from tanggap.domain.case import Case
from tanggap.domain.lifecycle import Action, rows
from tanggap.domain.moves import Move
from tanggap.domain.proposals import DECIDED_BY, PROPOSED_BY, Proposal
from tanggap.domain.reasons import Reason


def proposable(actor: Actor, case: Case) -> tuple[Action, ...]:
    """Return the deeds that an actor may propose for a case now, whose officer the actor is."""
    return tuple(kind for kind, roles in PROPOSED_BY.items() if actor.role in roles and _has_place(kind, actor, case))


def decidable(actor: Actor, case: Case) -> tuple[Proposal, ...]:
    """Return the proposals that an actor may decide about: of another person, oldest first."""
    waiting = case.facts.undecided.values()
    return tuple(one for one in waiting if actor.role in DECIDED_BY[one.kind] and one.by != user_of(actor))


def _has_place(kind: Action, actor: Actor, case: Case) -> bool:
    facts = case.facts
    if kind == Action.OPEN_IDENTITY:
        return _is_hidden(case) and facts.has_identity and user_of(actor) not in case.identity_open_to
    is_apart = facts.is_formal or (kind == Action.MERGE and facts.is_in_cluster)
    return bool(rows(kind, facts.status)) and not is_apart


def may_propose(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A proposal is of a deed that has a place now, and would change something."""
    found = proposable(actor, case)
    if not found:
        return Reason.NOT_YET
    if move is None or move.proposes is None:
        return None
    if move.proposes not in found:
        return Reason.NOT_YOUR_ROLE
    return verdicts.changes_something(actor, case, move) if move.proposes == Action.RECLASSIFY else None


def decides(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A proposal waits, and is another's."""
    return _decides(actor, case, move, case.facts.undecided.values())


def agrees(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A second officer agrees to a look at a hidden identity; every other deed is done by who decides about it."""
    return _decides(
        actor, case, move, (one for one in case.facts.proposed.values() if one.kind == Action.OPEN_IDENTITY)
    )


def _decides(actor: Actor, case: Case, move: Move | None, waiting: Iterable[Proposal]) -> Reason | None:
    asked = [one for one in waiting if move is None or move.refers_to in {None, one.seq}]
    if not asked:
        return Reason.NO_PROPOSAL
    mine = decidable(actor, case)
    if any(one in mine for one in asked):
        return None
    return Reason.SAME_OFFICER if any(one.by == user_of(actor) for one in asked) else Reason.NOT_YOUR_ROLE


def opens_identity(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """The unit sees who filed a normal report; a hidden identity is opened by whom a second officer has agreed to."""
    if not _is_hidden(case):
        return None
    if isinstance(actor, LiaisonOfficer | UnitAdmin):
        return Reason.IDENTITY_HIDDEN
    is_agreed = user_of(actor) in case.identity_open_to or not case.facts.has_identity
    return None if is_agreed else Reason.NEEDS_AGREEMENT


def opens_original(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """The words of a hidden reporter are for admins and auditors, with a reason."""
    return Reason.IDENTITY_HIDDEN if _is_hidden(case) and isinstance(actor, LiaisonOfficer | UnitAdmin) else None


def _is_hidden(case: Case) -> bool:
    return case.facts.is_anonymous or case.facts.is_confidential
