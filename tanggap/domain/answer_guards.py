"""The guards of the answer: what `policy` asks before an answer goes out, is held, released, sent back, or closed."""

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.case import Case
from tanggap.domain.closing_guard import field_work
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import NEEDS_EVIDENCE
from tanggap.domain.reasons import Reason


def shows_field_work(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Whoever says that somebody was there shows it (REQ-20): now, or since the reporter wrote last."""
    if move is None or move.files or case.facts.has_evidence or move.releases is not None:
        return None
    if move.carried is not None:  # it is shown in the report that leads
        return None
    return Reason.CLAIMS_FIELD_WORK if move.outcome not in NEEDS_EVIDENCE and field_work(move.text) else None


def is_released(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A held answer goes out once a second officer has released it, never by its author's word alone."""
    released = move is None or move.releases is None or move.releases == case.facts.released_answer
    return None if released else Reason.NOTHING_HELD


def is_held(_actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """An answer is held for a reason that the closing guard says, never at somebody's wish."""
    return None if move is None or move.held_for else Reason.NOTHING_HELD


def another_looks(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Nobody releases or returns an answer of the own."""
    if case.facts.held_answer is None:
        return Reason.NOTHING_HELD
    return Reason.SAME_OFFICER if user_of(actor) == case.facts.held_by else None


def keeps_outcome(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Closing shows no evidence, so it cannot say of field work what the answer did not."""
    if move is None or move.outcome not in NEEDS_EVIDENCE or move.outcome == case.facts.outcome:
        return None
    return Reason.MISSING_EVIDENCE


def is_promised(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """There is a promise that nobody has said to be kept."""
    return None if case.facts.promised_on is not None else Reason.NOTHING_PROMISED


def is_not_asked(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """A promise is asked about once for each day that was named."""
    return Reason.NOT_YET if case.facts.promise_asked else None


def shows_files(_actor: Actor, _case: Case, move: Move | None) -> Reason | None:
    """Whoever says that the work is done shows it."""
    return None if move is None or move.files else Reason.MISSING_EVIDENCE
