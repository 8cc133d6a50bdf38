"""Words that hint at abuse by officials: a hint for the verifying officer, never a decision (D3.7)."""

import re
from typing import Final

_HINTS: Final = re.compile(
    r"\b(pungli|pungutan liar|(?:di)?suap(?:an)?|menyuap|gratifikasi|oknum|(?:di)?potong(?:an)?|pemotongan|memotong)\b",
    re.IGNORECASE,
)


def hints(*texts: str) -> tuple[str, ...]:
    """Return the words of the texts that hint at a supervisory report, each once, in lower case, in their order."""
    found = (match.group().lower() for text in texts for match in _HINTS.finditer(text))
    return tuple(dict.fromkeys(found))
