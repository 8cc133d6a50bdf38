"""What the events of a memo hold: its words, its files, its number; and the answer that a signed memo becomes.

Nothing is written here: `services.reports` writes events, `services.memos` signs.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tanggap.domain.attachments import MOST_FILES
from tanggap.domain.case import Projection
from tanggap.domain.intake import Fault, StagedFile, clean
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memberships import MEMO_WAITS
from tanggap.domain.memos import HEAD_LENGTH
from tanggap.domain.moves import Move

WRITES: Final = frozenset({Action.SUBMIT_MEMO, Action.SIGN_MEMO})


class MemoError(ValueError):
    """A value of a memo cannot be; `field` names it and `fault` says what is wrong."""

    def __init__(self, field: str, fault: Fault) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault


def heads(move: Move) -> dict[str, str]:
    """Return addressee and subject, as texts of an event; raises MemoError for a bad length."""
    found = {"addressee": clean(move.addressee), "subject": clean(move.subject)}
    for name, text in found.items():
        if len(text) < HEAD_LENGTH[0]:
            raise MemoError(name, Fault.TOO_SHORT)
        if len(text) > HEAD_LENGTH[1]:
            raise MemoError(name, Fault.TOO_LONG)
    return found


def files(move: Move) -> tuple[StagedFile, ...]:
    """Return the files that come with an event: what was handed in, and the paper of a memo that is signed."""
    return move.files if move.memo is None else (*move.files, move.memo.paper)


def data(action: Action, facts: Projection, move: Move) -> dict[str, Any]:
    """Return what an event says of a memo; raises MemoError for files that are not the memo's, or too many."""
    if action in {Action.ANSWER, Action.HOLD_ANSWER} and move.by_memo is not None and move.carried is None:
        return {"by_memo": move.by_memo}
    if action not in WRITES or move.outcome is None:
        return {}
    known = facts.memo.evidence if facts.memo else ()
    if not set(move.evidence) <= set(known):
        raise MemoError("evidence", Fault.UNKNOWN)
    if len(move.evidence) + len(move.files) > MOST_FILES:
        raise MemoError("files", Fault.TOO_MANY)
    on = move.outcome_on.isoformat() if move.outcome_on else None
    said: dict[str, Any] = {
        "answer": {"outcome": move.outcome.value, "outcome_on": on},
        "evidence": [*move.evidence, *(file.key for file in move.files)],
        "shown": move.shows_evidence,
    }
    if move.memo is not None:
        signed = move.memo
        said["memo"] = {
            "number": signed.number,
            "on": signed.on.isoformat(),
            "paper": signed.paper.key,
            "signature": signed.signature.kind,
            "detail": signed.signature.detail,
        }
    return said


def ended(action: Action, facts: Projection, move: Move, data: Mapping[str, Any], to: str) -> dict[str, int]:
    """Return which memo an event withdraws: the report goes elsewhere, is over, or is answered without it."""
    memo = facts.memo
    if memo is None or (action == Action.ANSWER and move.carried is None and memo.seq == move.by_memo):
        return {}
    owner = data.get("owner")
    is_elsewhere = owner is not None and owner != {"agency": facts.owner_agency_id, "unit": facts.owner_unit_id}
    is_over = action == Action.ANSWER or Status(to) not in MEMO_WAITS
    return {"withdraws_memo": memo.seq} if is_elsewhere or is_over else {}


def answer(facts: Projection, move: Move) -> Move:
    """Return the answer that a memo becomes which has just been signed: its words, its outcome, its files."""
    if move.memo is None or facts.memo is None:
        raise ValueError("Only a signed memo becomes an answer.")
    return replace(move, files=move.memo.files, evidence=(), memo=None, by_memo=facts.memo.seq)
