"""Cells of tables for other programs: a text that a stranger wrote must never be run as a formula.

Spreadsheets take a cell for a formula that begins with one of these signs. An apostrophe before it makes it text
(OWASP, CSV injection); whoever reads such a table back takes the apostrophe off again.
"""

from typing import Final

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARD: Final = "'"


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return _GUARD + text if text.lstrip(" \n").startswith(_DANGEROUS) or _is_guarded(text) else text


def unguarded(text: str) -> str:
    """Return a text that was guarded as it was."""
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith(_GUARD) and text[1:].lstrip(" \n'").startswith(_DANGEROUS)
