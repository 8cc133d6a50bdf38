"""What was found, how two findings that overlap become one, and what stands in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class FindingKind(StrEnum):
    """What a finding is about. NAME_AFTER_HONORIFIC is a hint: names cannot be told from other words."""

    NIK = "nik"
    KK = "kk"
    NPWP = "npwp"
    CARD = "card"
    BPJS = "bpjs"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    LONG_NUMBER = "long_number"
    ADDRESS = "address"
    NAME_AFTER_HONORIFIC = "name_after_honorific"
    HIDDEN = "hidden"  # what an officer hides after publication; no finder says so


# Stored content, not interface: a published text keeps the language in which it was written.
MARKS: Final[Mapping[FindingKind, str]] = MappingProxyType(
    {
        FindingKind.NIK: "[NIK disamarkan]",
        FindingKind.KK: "[nomor KK disamarkan]",
        FindingKind.NPWP: "[NPWP disamarkan]",
        FindingKind.CARD: "[nomor kartu disamarkan]",
        FindingKind.BPJS: "[nomor BPJS disamarkan]",
        FindingKind.BANK_ACCOUNT: "[nomor rekening disamarkan]",
        FindingKind.PHONE: "[nomor telepon disamarkan]",
        FindingKind.EMAIL: "[surel disamarkan]",
        FindingKind.PLATE: "[pelat nomor disamarkan]",
        FindingKind.LONG_NUMBER: "[nomor panjang disamarkan]",
        FindingKind.ADDRESS: "[alamat disamarkan]",
        FindingKind.NAME_AFTER_HONORIFIC: "[nama disamarkan]",
        FindingKind.HIDDEN: "[disamarkan]",
    }
)
# Where findings overlap, the more telling kind names the whole: the order of the members.
_RANK: Final = {kind: rank for rank, kind in enumerate(FindingKind)}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A stretch of the original text, `text[start:end]`. It holds no text itself, so that it may be logged."""

    start: int
    end: int
    kind: FindingKind


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in order, overlapping ones as one that covers all of them.

    Nothing that any of them covered is ever uncovered; the outcome does not depend on their order.
    """
    merged: list[Finding] = []
    for finding in sorted(findings):
        if merged and finding.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, finding.kind, key=_RANK.__getitem__)
            finding = Finding(last.start, max(last.end, finding.end), kind)
        merged.append(finding)
    return tuple(merged)


def mask(text: str, spans: Iterable[Finding]) -> str:
    """Return the text with a labelled mark in place of each finding.

    Raises ValueError when a finding lies outside of the text: it belongs to another one.
    """
    parts: list[str] = []
    place = 0
    for finding in merge(spans):
        if not 0 <= finding.start < finding.end <= len(text):
            raise ValueError(f"A finding at {finding.start}:{finding.end} is not of a text of {len(text)} signs.")
        parts += (text[place : finding.start], MARKS[finding.kind])
        place = finding.end
    return "".join([*parts, text[place:]])
