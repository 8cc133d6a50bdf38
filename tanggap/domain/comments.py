"""What readers say under a published report: written, looked at by the office that has the report, shown or not.

A comment is no act on the report and no event of its chain: nothing that is counted, timed or published as data hangs
on it (ADR 0070).
"""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from tanggap.domain.intake import clean
from tanggap.domain.redaction import FindingKind, find

TEXT_MOST: Final = 1000
NAME_MOST: Final = 40
GROUND_MOST: Final = 500
# So long a text that is not shown can be asked about; then it is emptied.
KEPT: Final = timedelta(days=90)
# By such a name somebody could be reached.
_REACHES: Final = frozenset({FindingKind.EMAIL, FindingKind.PHONE})
# Signs that nobody sees, or that turn what stands around them.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


class State(StrEnum):
    """Where a comment stands."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"  # it was never shown
    HIDDEN = "hidden"  # it was shown once
    REMOVED = "removed"  # by who wrote it, or long after it was refused or hidden: the text is gone


class Act(StrEnum):
    """What is done with a comment that was written."""

    SHOW = "show"
    REFUSE = "refuse"
    HIDE = "hide"
    RETURN = "return"  # more of the report was hidden, or it was taken back: what was said of it is looked at again
    REMOVE = "remove"


class Ground(StrEnum):
    """Why a comment is not shown: the class of the reason, and no more (REQ-40)."""

    PERSONAL = "personal"
    ABUSIVE = "abusive"
    ACCUSATION = "accusation"
    OFF_TOPIC = "off_topic"
    ADVERT = "advert"
    IMPOSTURE = "imposture"  # it speaks in the name of somebody else


class Fault(StrEnum):
    """Why something is refused."""

    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    NAME_TOO_LONG = "name_too_long"
    NAME_REACHES = "name_reaches"
    CLOSED = "closed"
    WRONG_STATE = "wrong_state"
    GROUND_MISSING = "ground_missing"


TARGETS: Final[Mapping[tuple[State, Act], State]] = {
    (State.WAITING, Act.SHOW): State.SHOWN,
    (State.WAITING, Act.REFUSE): State.REFUSED,
    (State.WAITING, Act.HIDE): State.HIDDEN,  # it was shown before it was looked at again
    (State.SHOWN, Act.HIDE): State.HIDDEN,
    (State.SHOWN, Act.RETURN): State.WAITING,
    (State.WAITING, Act.REMOVE): State.REMOVED,
    (State.SHOWN, Act.REMOVE): State.REMOVED,
    (State.REFUSED, Act.REMOVE): State.REMOVED,
    (State.HIDDEN, Act.REMOVE): State.REMOVED,
}
NEED_A_GROUND: Final = frozenset({Act.REFUSE, Act.HIDE})


def name_of(text: str) -> str:
    """Return a name as it is kept: on one line, without signs that nobody sees."""
    return " ".join(_seen(text).split())


def text_of(text: str) -> str:
    """Return a text as it is kept: as it was typed, without what turns or hides the signs around it."""
    return "\n".join(_seen(line).rstrip() for line in clean(text).split("\n")).strip()


def _seen(text: str) -> str:
    signs = (" " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in _UNSEEN)


def fault_of(text: str, name: str) -> Fault | None:
    """Say what is wrong with a comment; text and name are as they are kept."""
    if not text:
        return Fault.TEXT_MISSING
    if len(text) > TEXT_MOST:
        return Fault.TEXT_TOO_LONG
    if len(name) > NAME_MOST:
        return Fault.NAME_TOO_LONG
    return Fault.NAME_REACHES if any(found.kind in _REACHES for found in find(name)) else None
