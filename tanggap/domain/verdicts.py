"""The guards of what a report is said to be: what was seen as misconduct is not waved away by one person (D3.4, T24).

They hold for every act that says it: the verification, also a second one after a return, and the correction.
"""

from tanggap.domain.actors import Actor, NationalAdmin, user_of
from tanggap.domain.case import Case
from tanggap.domain.intake import Classification
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason


def stays_supervisory(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Only the next tier clears a report of supervision, and of its admins not the one who put it under it."""
    if case.facts.supervisory is not True or move is None or move.classification is None:
        return None
    if _said(move) is True:
        return None
    if not isinstance(actor, NationalAdmin):
        return Reason.STAYS_SUPERVISORY
    return Reason.OWN_VERDICT if user_of(actor) == case.facts.supervisory_by else None


def changes_something(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A correction changes what the report is."""
    if move is None or move.classification is None:
        return None
    facts = case.facts
    was = facts.classification, facts.supervisory, facts.category
    same = was == (move.classification.value, _said(move), move.category_code)
    return Reason.NOTHING_CHANGES if same else None


def _said(move: Move) -> bool | None:
    """Return what a move says of supervision: only a complaint can be about misconduct."""
    return move.supervisory if move.classification == Classification.COMPLAINT else None
