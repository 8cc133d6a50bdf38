"""The guards of the answer: what `policy` asks before an answer goes out, is held, released, sent back, or closed."""

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.case import Case
from tanggap.domain.field_claims import field_work
from tanggap.domain.memos import WAITS_FOR_SIGNER, MemoState
from tanggap.domain.moves import Move
from tanggap.domain.moves import shows_files as has_files
from tanggap.domain.outcomes import NEEDS_EVIDENCE
from tanggap.domain.reasons import Reason


def shows_field_work(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Whoever says that somebody was there shows it (REQ-20): now, or since the reporter wrote last."""
    if move is None or has_files(move) or case.facts.has_evidence:
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


def by_memo(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Where an agency wants it, an answer goes out by a signed memo alone; what was held then is signed already."""
    if move is not None and (move.releases is not None or move.carried is not None):
        return None
    memo = case.facts.memo
    is_signed = memo is not None and memo.state == MemoState.SIGNED and move is not None and move.by_memo == memo.seq
    wants = case.needs_memo or (move is not None and move.by_memo is not None)
    return Reason.NEEDS_MEMO if wants and not is_signed else None


def memo_wanted(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """A memo is written where it is wanted, and finished where it was begun."""
    return None if case.needs_memo or case.facts.memo is not None else Reason.MEMO_OFF


def may_submit(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What lies before the signers is theirs; until one has looked, its author may put another one in its place."""
    memo = case.facts.memo
    if memo is None or memo.state == MemoState.RETURNED:
        return None
    is_own = memo.state == MemoState.SUBMITTED and memo.by == user_of(actor)
    return None if is_own else Reason.MEMO_WAITS


def another_checks(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """To check is to look at what somebody else has written; what is one's own is signed at once."""
    memo = case.facts.memo
    if memo is None or memo.state != MemoState.SUBMITTED:
        return Reason.NO_MEMO
    return Reason.SAME_OFFICER if memo.by == user_of(actor) else None


def memo_waits(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Only what lies before the signers is returned."""
    memo = case.facts.memo
    return None if memo is not None and memo.state in WAITS_FOR_SIGNER else Reason.NO_MEMO
