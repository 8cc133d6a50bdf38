"""Reports about abuse by officials: which words hint at one, never a decision (D3.7), and whose word it was."""

import re
from typing import Final

from tanggap.domain.ledger import EventRecord

_HINTS: Final = re.compile(
    r"\b(pungli|pungutan liar|(?:di)?suap(?:an)?|menyuap|gratifikasi|oknum|(?:di)?potong(?:an)?|pemotongan|memotong)\b",
    re.IGNORECASE,
)


def hints(*texts: str) -> tuple[str, ...]:
    """Return the words of the texts that hint at a supervisory report, each once, in lower case, in their order."""
    found = (match.group().lower() for text in texts for match in _HINTS.finditer(text))
    return tuple(dict.fromkeys(found))


def said_by(event: EventRecord, *, is_new: bool, before: int | None) -> int | None:
    """Return the account that put a report under supervision, once an event is read; None while nobody did.

    `is_new`: it was not under supervision before the event; `before`: who had put it there. What confirms it later
    leaves it the word of the first; a part of a divided report has it from whoever said it of the whole.
    """
    if "supervisory" not in event.data:
        return before
    if event.data["supervisory"] is not True:
        return None
    inherited: int | None = (event.data.get("inherits") or {}).get("supervisory_by")
    return (inherited or event.user_id) if is_new else before
