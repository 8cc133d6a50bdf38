"""Drafts of officers: to which form what was typed belongs, how much of it is kept, and for how long (REQ-27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tanggap.domain.lifecycle import Action

# Two deeds of one form have one draft: which of the two it will be, the button says.
SAME_FORM: Final[Mapping[Action, Action]] = {
    Action.MANAGE_SELF: Action.VERIFY_AND_ASSIGN,
    Action.PROPOSE_ARCHIVE: Action.ARCHIVE,
    Action.SIGN_MEMO: Action.SUBMIT_MEMO,
    Action.HOLD_ANSWER: Action.ANSWER,  # the same words, which wait for a second look
}

_OF_A_MEMO: Final = frozenset({Action.SUBMIT_MEMO, Action.SIGN_MEMO})
# Longer than the longest text with every answer to its findings.
MOST_CHARACTERS: Final = 100_000
# A report that is over can be opened again; after so long nobody finishes the sentence.
KEPT_AFTER_THE_END: Final = timedelta(days=30)
# How long a page that was opened may save what is typed in it, after the session behind it has ended.
PAGE_LASTS: Final = timedelta(hours=12)

type Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept: for which form, what was typed, before which count of events, and when."""

    place: str
    values: Values
    seen: int
    saved_at: datetime


def place_of(action: Action, *, memo: int | None = None) -> str:
    """Return the place of an action's draft: the code of the deed whose form it is.

    `memo`: the event of the memo that lies there, with which the form of a memo begins. What is typed in it has a place
    of its own; what was typed before is neither signed in the memo's stead nor lost.
    """
    if memo is not None and action in _OF_A_MEMO:
        return f"{Action.SIGN_MEMO}-{memo}"
    return SAME_FORM.get(action, action).value


def parts_of(place: str) -> tuple[str, int | None]:
    """Return the code of the deed that a place names, and the event of the memo; 0 for what is no number."""
    code, _dash, memo = place.partition("-")
    return code, (int(memo) if memo.isdecimal() else 0) if memo else None


def size(values: Values) -> int:
    """Count the characters of what was typed, the names of the fields included."""
    return sum(len(name) + sum(map(len, texts)) for name, texts in values.items())
