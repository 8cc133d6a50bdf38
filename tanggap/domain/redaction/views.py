"""Shows a text as a reader sees it, and keeps for every sign where it stood in the original.

People hide numbers from machines: full-width digits, invisible signs between them, a right-to-left override,
O for 0, or digits as words. Finders look at a view; findings are counted in the original.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from tanggap.domain import references

_RLO: Final = "\u202e"
_PDF: Final = "\u202c"
# Letters without a shape of their own that Unicode does not count as formatting.
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
_DROPPED: Final = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
_LIKE_DIGITS: Final = str.maketrans("OoIl|", "00111")
_WORD_WITH_DIGITS: Final = re.compile(r"[0-9OoIl|]{2,64}")
_DIGIT_WORDS: Final = {
    "nol": "0",
    "kosong": "0",
    "zero": "0",
    "satu": "1",
    "dua": "2",
    "tiga": "3",
    "empat": "4",
    "lima": "5",
    "enam": "6",
    "tujuh": "7",
    "delapan": "8",
    "lapan": "8",
    "sembilan": "9",
}
_DIGIT_WORD: Final = re.compile(r"(?<![a-z])(?:" + "|".join(_DIGIT_WORDS) + r")(?![a-z])", re.IGNORECASE)
_TOUCHING: Final = 3
_REFERENCE: Final = re.compile(rf"(?<![0-9A-Za-z-]){references.FORMATTED}(?![0-9A-Za-z-])", re.IGNORECASE)
_BLANK: Final = "\ufffc"


@dataclass(frozen=True, slots=True)
class View:
    """A text, and for each of its signs the stretch of the original that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that the view's `[start:end]` covers."""
        return min(self.starts[start:end]), max(self.ends[start:end])


def _plain(sign: str) -> str:
    """Return a sign in its plainest form: '' for an invisible one, ASCII digits for any digit."""
    if sign.isascii():
        return sign if sign >= " " or sign in "\n\t" else ""
    if sign in _INVISIBLE:
        return ""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    if category in _DROPPED:
        return ""
    if category == "Pd" or sign in "\u2212\u00b7\u2022\u30fb":
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return " " if category == "Zs" else "\n"
    return unicodedata.normalize("NFKC", sign)


def seen(text: str) -> View:
    """Return the text in plain signs, in the order in which they are stored."""
    return _view(text, range(len(text)))


def without_references(view: View) -> View:
    """Return the view with the numbers of reports blanked: they are public, and look like plates or RW numbers.

    Only a number with a letter in it: half of a telephone number could pass the check by chance.
    """
    return View(_REFERENCE.sub(_blanked, view.text), view.starts, view.ends)


def _blanked(found: re.Match[str]) -> str:
    number = found.group()
    is_one = not number.replace("-", "").isdecimal() and references.parse(number) is not None
    return _BLANK * len(number) if is_one else number


def _view(text: str, order: range | list[int]) -> View:
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place in order:
        plain = _plain(text[place])
        if not plain and ends and ends[-1] == place and _is_mark(text[place]):
            ends[-1] = place + 1  # an accent goes with its letter, a key cap with its digit
        for sign in plain:
            signs.append(sign)
            starts.append(place)
            ends.append(place + 1)
    return View("".join(signs), tuple(starts), tuple(ends))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"}


def turned(text: str) -> View | None:
    """Return the text in the order in which it is shown when it has a right-to-left override, else None."""
    if _RLO not in text:
        return None
    order: list[int] = []
    place = 0
    while place < len(text):
        if text[place] != _RLO:
            order.append(place)
            place += 1
            continue
        end = place + 1
        while end < len(text) and text[end] not in {_PDF, "\n"}:
            end += 1
        order += range(end - 1, place, -1)
        place = end
    return _view(text, order)


def numbers_read(view: View) -> View:
    """Return the view with O, I and l as digits inside numbers, and with runs of digit words as digits.

    Words count when at least three of them, or two and a number, follow each other: 'dua orang' stays.
    """
    text = _WORD_WITH_DIGITS.sub(_as_digits, view.text)
    words = list(_DIGIT_WORD.finditer(text))
    if not words:
        return View(text, view.starts, view.ends)
    kept = [word for index, word in enumerate(words) if _is_in_a_run(text, words, index)]
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for word in kept:
        parts += (text[place : word.start()], _DIGIT_WORDS[word.group().lower()])
        starts += (*view.starts[place : word.start()], view.starts[word.start()])
        ends += (*view.ends[place : word.start()], view.ends[word.end() - 1])
        place = word.end()
    return View("".join([*parts, text[place:]]), (*starts, *view.starts[place:]), (*ends, *view.ends[place:]))


def _as_digits(found: re.Match[str]) -> str:
    """Turn look-alikes into digits, where a word of them has a real digit and touches no letter."""
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    word = found.group()
    if before.isalpha() or after.isalpha() or not any(sign.isdigit() for sign in word):
        return word
    return word.translate(_LIKE_DIGITS)


def _is_in_a_run(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Say whether a digit word has a digit word or a number close by on one side at least."""
    word = words[index]
    before = text[max(0, word.start() - _TOUCHING) : word.start()]
    after = text[word.end() : word.end() + _TOUCHING]
    follows = index > 0 and word.start() - words[index - 1].end() <= _TOUCHING
    is_followed = index + 1 < len(words) and words[index + 1].start() - word.end() <= _TOUCHING
    return follows or is_followed or any(sign.isdigit() for sign in before + after)
