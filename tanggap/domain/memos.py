"""The memo (nota dinas) by which an answer is prepared, checked and signed inside an office, before it goes out.

Where an agency wants it, the answer of a unit goes out by a signed memo alone (DOMAIN 5.3). Each step is an event; what
they add up to is here. A memo ends with the answer, or when the report goes to another office or is over.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tanggap.domain.intake import StagedFile


class MemoMode(StrEnum):
    """For which answers an agency wants a memo."""

    OFF = "off"
    GRAVE = "grave"  # what is supervisory or urgent
    ALWAYS = "always"


class MemoState(StrEnum):
    """Where a memo stands. A draft is nobody's business yet; a memo whose answer went out is history."""

    SUBMITTED = "submitted"
    CHECKED = "checked"
    RETURNED = "returned"
    SIGNED = "signed"  # and its answer waits for a second look


# Somebody who signs has it to do.
WAITS_FOR_SIGNER: Final = frozenset({MemoState.SUBMITTED, MemoState.CHECKED})
# Whoever it was returned to, or a signer, has it to do.
WAITING: Final = WAITS_FOR_SIGNER | {MemoState.RETURNED}

HEAD_LENGTH: Final = (3, 200)  # of addressee and subject
NUMBER_LENGTH: Final = (1, 60)


@dataclass(frozen=True, slots=True)
class Memo:
    """The memo of a report now: the event with its words, where it stands, who wrote it, its files by key."""

    seq: int
    state: MemoState
    by: int | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of the signature: who decided, and what an electronic signature says of itself."""

    kind: str  # 'none': signed by pressing the button alone; else the adapter that made it
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SignedMemo:
    """A memo as it is signed: number, day and paper, and the files, under new names, that go out with the answer."""

    number: str
    on: date
    paper: StagedFile
    signature: Signature
    files: tuple[StagedFile, ...] = ()


def is_wanted(mode: MemoMode, *, has_unit: bool, supervisory: bool | None, urgency: str) -> bool:
    """Say whether the answer to a report has to go out by a memo: only a unit writes one."""
    if not has_unit or mode == MemoMode.OFF:
        return False
    return mode == MemoMode.ALWAYS or supervisory is True or bool(urgency)


def automatic_number(serial: int, unit: str, year: int) -> str:
    """Return the running number of a memo as it is written: 7/ND/DPUPR/2026."""
    return f"{serial}/ND/{unit}/{year}"
