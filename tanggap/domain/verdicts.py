"""The guards of what a report is said to be: what was seen as misconduct is not waved away by one person (D3.4, T24).

They hold for every act that says it: the verification, also a second one after a return, and the correction.
"""

from tanggap.domain.actors import Actor, NationalAdmin, Role, user_of
from tanggap.domain.case import Case
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason


def stays_supervisory(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A report is cleared of supervision by the next tier, not by who put it there; or as the inspectorate says.

    The inspectorate says so by a proposal, which an admin then follows.
    """
    if case.facts.supervisory is not True or move is None or move.classification is None:
        return None
    if _said(move) is True or _inspectorate_says_so(actor, case):
        return None
    if not isinstance(actor, NationalAdmin):
        return Reason.STAYS_SUPERVISORY
    return Reason.OWN_VERDICT if user_of(actor) == case.facts.supervisory_by else None


def _inspectorate_says_so(actor: Actor, case: Case) -> bool:
    return any(
        one.kind == Action.RECLASSIFY
        and one.role == Role.INTERNAL_AUDITOR
        and one.by != user_of(actor)
        and one.values.get("supervisory") is not True
        for one in case.facts.proposed.values()
    )


def changes_something(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A correction changes what the report is, or whom it is about."""
    if move is None or move.classification is None:
        return None
    facts = case.facts
    was = facts.classification, facts.supervisory, facts.category
    same = was == (move.classification.value, _said(move), move.category_code)
    names = facts.named_unit_ids.issuperset(move.named_units) and facts.named_user_ids.issuperset(move.named_users)
    return Reason.NOTHING_CHANGES if same and names else None


def names_where_supervisory(_actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Only a report about misconduct is about somebody: whoever corrects it to name them says so."""
    names = move is not None and (move.named_units or move.named_users)
    return Reason.NAMES_UNSUPERVISED if move is not None and names and _said(move) is not True else None


def _said(move: Move) -> bool | None:
    """Return what a move says of supervision: only a complaint can be about misconduct."""
    return move.supervisory if move.classification == Classification.COMPLAINT else None
