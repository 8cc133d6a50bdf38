"""Finds the words that an officer wants masked, however they are written: in capitals, accented, over two lines.

The same search says whether the words are there and what is masked: what it does not find is said to the officer,
and what it finds leaves no letter of them.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

_NOT_SEEN: Final = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})


def find_wanted(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Give every place of `text` where the words stand; occurrences may overlap.

    Offsets are those of `text` as given: letters that change their length with their case ('İ', 'ß') and accents
    that are signs of their own are covered whole.
    """
    wanted = "".join(sign for sign, _start, _end in _folded(words.strip()))
    if not wanted:
        return
    signs = _folded(text)
    shown = "".join(sign for sign, _start, _end in signs)
    place = shown.find(wanted)
    while place >= 0:
        yield signs[place][1], signs[place + len(wanted) - 1][2]
        place = shown.find(wanted, place + 1)


def _folded(text: str) -> list[tuple[str, int, int]]:
    """Return the signs of a text without case, accents and what cannot be seen, each with where it stands."""
    found: list[tuple[str, int, int]] = []
    for place, sign in enumerate(text):
        plain = " " if sign.isspace() else _plain(sign)
        if found and (not plain or plain == found[-1][0] == " "):
            # An accent goes with its letter, a second space with the first.
            found[-1] = (found[-1][0], found[-1][1], place + 1)
        else:
            found += [(part, place, place + 1) for part in plain]
    return found


def _plain(sign: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).upper().casefold())
    return "".join(part for part in apart if unicodedata.category(part) not in _NOT_SEEN)
