"""Two texts beside each other: which words of one the other does not say, so that an officer sees whether they tell
of the same matter (DOMAIN 5.8). It decides nothing: people do.

Words are compared without case and marks, and wherever they stand: two people seldom tell a thing in the same order.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_WORD: Final = re.compile(r"\w+")
_PIECE: Final = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a text in a row, which the other text says as well, or does not."""

    text: str
    is_different: bool


def runs(text: str, other: str) -> list[Run]:
    """Return a text in runs: put together they are the text, and neighbours differ in whether the other says them."""
    said = frozenset(_words(other))
    made: list[tuple[str, bool]] = []
    for piece in _PIECE.findall(text):
        words = _words(piece)
        # What holds no word, a space or a dash, belongs to what stands before it.
        is_different = any(word not in said for word in words) if words else bool(made) and made[-1][1]
        made.append((piece, is_different))
    return [Run("".join(piece for piece, _said in some), key) for key, some in groupby(made, key=lambda one: one[1])]


def shared(text: str, other: str) -> tuple[int, int]:
    """Return how many different words of the shorter text the other says, and how many it has."""
    one, two = frozenset(_words(text)), frozenset(_words(other))
    return len(one & two), min(len(one), len(two))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
