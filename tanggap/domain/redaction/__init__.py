"""Personal data in Indonesian text: where it stands, and the text without it (UU 27/2022, UU 14/2008 Ps 17 h).

A finding is a proposal: the verifying officer confirms or drops each one before anything is published. So a
finding too many costs a click, a finding too few costs a person's privacy, and the rules lean accordingly.
"""

from typing import Final

from tanggap.domain.redaction.findings import MARKS, Finding, FindingKind, mask, merge
from tanggap.domain.redaction.names import name_within
from tanggap.domain.redaction.numbers import find_numbers
from tanggap.domain.redaction.views import numbers_read, seen, turned, without_references
from tanggap.domain.redaction.words import find_words

FINDER_VERSION: Final = "3"
"""Raised with every change of what is found, and stored with each check, so that old ones can be run anew."""

__all__ = ["FINDER_VERSION", "MARKS", "Finding", "FindingKind", "find", "mask", "merge", "name_within"]


def find(text: str) -> tuple[Finding, ...]:
    """Return the personal data of a text: sorted, without overlap, the same every time.

    Offsets are those of `text` as given. Work grows with its length and not faster.
    """
    view = without_references(seen(text))
    found = [*find_words(view), *find_numbers(numbers_read(view))]
    shown = turned(text)
    if shown is not None:
        found += (*find_words(shown), *find_numbers(numbers_read(shown)))
    return merge(found)
