"""The signed receipt: that a report was in the record on a day, for its reporter to keep and anyone to check (REQ-37).

It names the report, the hash of its first event, and the day. Whoever holds it can show later that the report was
there, also when it is not there any more.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from tanggap.domain import checkpoints
from tanggap.domain.checkpoints import MalformedError, SignedReceipt
from tanggap.models import Event
from tanggap.selectors import record
from tanggap.services import signing
from tanggap.services.keys import KeyRingError


class Verdict(StrEnum):
    """What can be said of a receipt that somebody shows."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    GONE = "gone"  # signed by us, and the record does not hold it: the case that all of this is for
    WAITING = "waiting"  # in the record, and no checkpoint covers it yet
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a receipt says, and where its event stands."""

    verdict: Verdict
    receipt: SignedReceipt | None = None
    place: record.Place | None = None

    @property
    def day(self) -> date | None:
        """Return the day that the receipt names."""
        return date.fromisoformat(self.receipt.day) if self.receipt else None

    @property
    def is_genuine(self) -> bool:
        """Say whether this site signed it."""
        return self.verdict in {Verdict.GONE, Verdict.WAITING, Verdict.COVERED}


def of(report_id: int) -> SignedReceipt | None:
    """Return the receipt of a report, signed by the key in force; None where there is no key to sign with."""
    try:
        signer = signing.current()
    except KeyRingError:
        return None
    first = Event.objects.select_related("report").get(report_id=report_id, seq=1)
    day = first.recorded_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    made = SignedReceipt(first.report.number, bytes(first.hash).hex(), day, signer.key)
    return replace(made, signature=signer.sign(made.body()))


def check(text: str) -> Finding:
    """Say what a written receipt is worth. Of a report that it does not name nothing is looked up."""
    try:
        receipt = checkpoints.read_receipt(text)
    except MalformedError:
        return Finding(Verdict.MALFORMED)
    public = _public(receipt.key)
    if public is None:
        return Finding(Verdict.UNKNOWN_KEY, receipt)
    if not signing.is_signed(receipt.body(), receipt.signature, public):
        return Finding(Verdict.FORGED, receipt)
    try:
        place = record.place_of(number=receipt.report, event=receipt.event)
    except record.NotFoundError:
        return Finding(Verdict.GONE, receipt)
    is_covered = place is not None and place.covered_by is not None
    return Finding(Verdict.COVERED if is_covered else Verdict.WAITING, receipt, place)


def evidence(finding: Finding) -> dict[str, Any] | None:
    """Return all that is needed to check a receipt without this site, or None before a checkpoint covers it."""
    place, receipt = finding.place, finding.receipt
    if place is None or place.covered_by is None or receipt is None:
        return None
    path = record.inclusion(index=place.index, size=place.covered_by.size)
    return {
        "format": checkpoints.EVIDENCE,
        "receipt": receipt.written(),
        "inclusion": record.inclusion_value(place.index, place.covered_by.size, path),
        "checkpoint": place.covered_by.value(),
        "keys": record.keys_value(),
    }


def _public(key: str) -> bytes | None:
    """Return the public key of a name: of one that has signed, or of the one that will."""
    known = {row.key: bytes(row.public) for row in record.all_keys()}
    if key not in known:
        try:
            signer = signing.current()
        except KeyRingError:
            return None
        known[signer.key] = signer.public
    return known.get(key)


def evidence_of(report_id: int) -> dict[str, Any] | None:
    """Return the evidence of a reporter's own report, or None where there is none yet."""
    made = of(report_id)
    return evidence(check(made.written())) if made is not None else None
