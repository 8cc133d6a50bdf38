"""What an officer is asked to look at before a text becomes public: our findings and a second opinion.

The second opinion is the library `lokal-id`. It is young, so it is pinned, and this module alone knows it.
"""

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from tanggap.domain import redaction
from tanggap.domain.redaction import Finding, FindingKind

if TYPE_CHECKING:
    from lokal.samaran import PiiType

_KINDS: Final["dict[PiiType, FindingKind]"] = {
    "NIK": FindingKind.NIK,
    "KK": FindingKind.KK,
    "NPWP": FindingKind.NPWP,
    "BPJS": FindingKind.BPJS,
    "CARD": FindingKind.CARD,
    "BANK_ACCOUNT": FindingKind.BANK_ACCOUNT,
    "PHONE": FindingKind.PHONE,
    "EMAIL": FindingKind.EMAIL,
    "PLATE": FindingKind.PLATE,
    "ADDRESS": FindingKind.ADDRESS,
    "NAME": FindingKind.NAME_AFTER_HONORIFIC,
    # Numbers of other papers; what they are called matters less than that they go.
    "PASSPORT": FindingKind.LONG_NUMBER,
    "SIM": FindingKind.LONG_NUMBER,
    "NIP": FindingKind.LONG_NUMBER,
    "NISN": FindingKind.LONG_NUMBER,
    "AKTA": FindingKind.LONG_NUMBER,
}
# Where it guesses, it takes 'Jl. Sudirman mati 14' for an address and 'L 300 DAN' for a plate.
_ONLY_WHEN_SURE: Final = frozenset({"PLATE", "ADDRESS"})
# What an earlier redaction put there is no finding.
_MARK: Final = re.compile("|".join(re.escape(mark) for mark in redaction.MARKS.values()))

FINDER_VERSION: Final = f"{redaction.FINDER_VERSION}+lokal-{version('lokal-id')}"
"""Stored with each check: which finders, in which versions, looked at the text."""


def find(text: str) -> tuple[Finding, ...]:
    """Return everything that either finder sees: sorted, without overlap; offsets are those of `text`."""
    return redaction.merge([*redaction.find(text), *_second_opinion(text)])


def mask(text: str, spans: tuple[Finding, ...] | list[Finding]) -> str:
    """Return the text with a labelled mark in place of each finding that the officer confirmed."""
    return redaction.mask(text, spans)


def _second_opinion(text: str) -> list[Finding]:
    # To load its patterns takes a sixth of the time in which a command starts; one that reads no text goes without.
    from lokal.samaran import detect_pii

    marked = [found.span() for found in _MARK.finditer(text)]
    seen = (
        _believed(text, match.start, match.end, _KINDS[match.type])
        for match in detect_pii(text, types=_KINDS)
        if (match.confidence == "high" or match.type not in _ONLY_WHEN_SURE)
        and not any(start < match.end and match.start < end for start, end in marked)
    )
    return [finding for finding in seen if finding is not None]


def _believed(text: str, start: int, end: int, kind: FindingKind) -> Finding | None:
    """Return a finding as far as we believe it: it takes 'dicoret' in 'nama ibu saya dicoret' for a name."""
    if kind != FindingKind.NAME_AFTER_HONORIFIC:
        return Finding(start, end, kind)
    name = redaction.name_within(text, start, end)
    return None if name is None else Finding(*name, kind)
