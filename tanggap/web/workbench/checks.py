"""The check before a text is public: what the finder found, shown in the text, each answered (D5.1).

A finding is answered by the name of its control, which holds place, kind and a short digest of the words:
an answer given for one text never counts for another.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from tanggap.domain.intake import clean
from tanggap.domain.moves import Span
from tanggap.domain.redaction import Finding, FindingKind, merge
from tanggap.domain.redaction.wanted import find_wanted
from tanggap.services.redaction import find
from tanggap.web import wording

MASK: Final = "samarkan"
KEEP: Final = "biarkan"
_DIGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding with its question."""

    name: str  # of the two controls
    words: str
    label: Promise | str
    finding: Finding
    answer: str  # '', MASK or KEEP

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return not self.answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or a finding with its question."""

    text: str
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One text with the findings in it."""

    field: str
    pieces: tuple[Piece, ...]
    asked: tuple[Asked, ...]
    extra: tuple[Finding, ...] = ()  # what the officer named besides

    @property
    def open(self) -> tuple[Asked, ...]:
        """Return the findings without an answer."""
        return tuple(one for one in self.asked if one.is_open)

    def spans(self) -> tuple[Span, ...]:
        """Return what is to be masked, as it goes into the event."""
        chosen = [one.finding for one in self.asked if one.answer == MASK]
        return tuple((f.start, f.end, f.kind.value) for f in merge([*chosen, *self.extra]))

    def kept(self) -> tuple[Span, ...]:
        """Return what the officer left in the open on purpose: it is on record who did."""
        return tuple(
            (one.finding.start, one.finding.end, one.finding.kind.value) for one in self.asked if one.answer == KEEP
        )


def check(field: str, text: str, answers: Mapping[str, str], *, named: Iterable[str] = (), answer: str = "") -> Checked:
    """Return a text with its findings and the answers so far.

    `named`: words that the officer wants masked besides. `answer`: given to every finding, for whoever may
    only mask.
    """
    text = clean(text)
    asked = tuple(_asked(field, text, finding, answers, answer) for finding in find(text))
    return Checked(field, tuple(_pieces(text, asked)), asked, tuple(_named(text, named)))


def _asked(field: str, text: str, finding: Finding, answers: Mapping[str, str], answer: str) -> Asked:
    words = text[finding.start : finding.end]
    digest = hashlib.sha256(words.encode()).hexdigest()[:_DIGEST]
    name = f"temuan-{field}-{finding.start}-{finding.end}-{finding.kind.value}-{digest}"
    given = answer or answers.get(name, "")
    return Asked(
        name=name,
        words=words,
        label=wording.FINDING.get(finding.kind.value, finding.kind.value),
        finding=finding,
        answer=given if given in {MASK, KEEP} else "",
    )


def _pieces(text: str, asked: Iterable[Asked]) -> Iterable[Piece]:
    place = 0
    for one in asked:
        if one.finding.start > place:
            yield Piece(text[place : one.finding.start])
        yield Piece(one.words, one)
        place = one.finding.end
    if place < len(text) or not place:
        yield Piece(text[place:])


def _named(text: str, named: Iterable[str]) -> Iterable[Finding]:
    for words in named:
        for start, end in find_wanted(text, words):
            yield Finding(start, end, FindingKind.NAME_AFTER_HONORIFIC)
