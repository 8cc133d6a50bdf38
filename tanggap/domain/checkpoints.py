"""What is signed of the record, byte by byte: checkpoints, keys, receipts, fillers (`docs/record-format.md`).

Each is canonical JSON with its format's name inside, so that no signature of one can stand under another. Dates and
hashes alone: nothing here says what a report is about.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tanggap.domain import references
from tanggap.domain.ledger import canonical, moment
from tanggap.domain.merkle import GROUP

CHECKPOINT: Final = "tanggap-checkpoint-1"
KEY: Final = "tanggap-key-1"
RECEIPT: Final = "tanggap-receipt-1"
FILLER: Final = "tanggap-filler-1"
EVIDENCE: Final = "tanggap-evidence-1"
INCLUSION: Final = "tanggap-inclusion-1"
CONSISTENCY: Final = "tanggap-consistency-1"
FILLER_NONCE_BYTES: Final = 16
# What a receipt looks like on paper and behind the '#' of its address.
_WRITTEN: Final = "TR1"
LONGEST_RECEIPT: Final = 400


class MalformedError(ValueError):
    """A text is not what it says it is."""


def key_id(public: bytes) -> str:
    """Return the short name of a public key: the first 16 hex digits of its fingerprint."""
    return fingerprint(public)[:16]


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a raw public key of 32 bytes, as hex."""
    return hashlib.sha256(public).hexdigest()


def filler(nonce: bytes) -> bytes:
    """Return what a leaf holds that stands for no event; whoever sees the nonce sees that it was none."""
    return hashlib.sha256(canonical({"format": FILLER, "nonce": nonce.hex()})).digest()


def fillers_after(size: int, fresh: int) -> int:
    """Return how many fillers bring the log to a whole group again: at least one group comes each time.

    So the size tells in steps of 256 how much happened, and a day without anything looks like a quiet day.
    """
    return -(size + fresh) % GROUP or (0 if fresh else GROUP)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed of the log on a day: its size and root, and the checkpoint before."""

    origin: str
    size: int
    root: str
    at: str
    previous: str | None
    key: str

    def body(self) -> bytes:
        """Return the bytes that are signed."""
        return canonical({"format": CHECKPOINT, **{name: getattr(self, name) for name in self.__slots__}})

    def digest(self) -> str:
        """Return the hash by which the next checkpoint names this one."""
        return hashlib.sha256(self.body()).hexdigest()


def checkpoint_of(value: object) -> Checkpoint:
    """Return the checkpoint that a JSON value holds; raises MalformedError."""
    kinds: dict[str, type | tuple[type, ...]] = {"origin": str, "size": int, "root": str, "at": str, "key": str}
    fields = _fields(value, CHECKPOINT, {**kinds, "previous": (str, type(None))})
    return Checkpoint(**fields)


def published(value: object) -> bytes:
    """Return a JSON value as the file that is published: always the same bytes, and lines that people can read."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def new_checkpoint(
    *, origin: str, size: int, root: bytes, at: datetime, previous: Checkpoint | None, key: str
) -> Checkpoint:
    """Return the checkpoint that follows on the one before."""
    return Checkpoint(
        origin=origin,
        size=size,
        root=root.hex(),
        at=moment(at),
        previous=previous.digest() if previous else None,
        key=key,
    )


def key_body(*, origin: str, public: bytes, at: datetime, previous: str | None) -> bytes:
    """Return the bytes that announce a key; the key before it signs them, and the new one, too."""
    said = {"format": KEY, "origin": origin, "key": key_id(public), "public": public.hex()}
    return canonical({**said, "at": moment(at), "previous": previous})


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """That a report was in the record on a day, signed."""

    report: str
    event: str
    day: str
    key: str
    signature: bytes = b""

    def body(self) -> bytes:
        """Return the bytes that are signed."""
        said = {"format": RECEIPT, "report": self.report, "event": self.event, "day": self.day, "key": self.key}
        return canonical(said)

    def written(self) -> str:
        """Return the receipt as it stands on paper: six parts between dots, without the address of the site."""
        event, signature = (_short(part) for part in (bytes.fromhex(self.event), self.signature))
        return ".".join((_WRITTEN, self.report, self.day.replace("-", ""), event, self.key, signature))


def read_receipt(text: str) -> SignedReceipt:
    """Return what a written receipt says, also behind the address of its page; raises MalformedError.

    Spaces and line breaks do not count: it may have been copied from paper.
    """
    parts = re.sub(r"\s+", "", text).rpartition("#")[2].split(".")
    if len(text) > LONGEST_RECEIPT or len(parts) != 6 or parts[0] != _WRITTEN:
        raise MalformedError("not a receipt")
    _name, number, day, event, key, signature = parts
    hashed, signed = _long(event), _long(signature)
    report = references.parse(number)
    if report is None or len(hashed) != 32 or len(signed) != 64 or not re.fullmatch("[0-9a-f]{16}", key):
        raise MalformedError("a part of the receipt is not whole")
    try:
        on = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}").isoformat()
    except ValueError as error:
        raise MalformedError("the day is none") from error
    return SignedReceipt(report, hashed.hex(), on, key, signed)


def _short(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _long(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError("not base64") from error


def _fields(value: object, format_: str, kinds: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.get("format") != format_ or value.keys() != {"format", *kinds}:
        raise MalformedError(f"not a {format_}")
    for name, kind in kinds.items():
        if not isinstance(value[name], kind) or isinstance(value[name], bool):
            raise MalformedError(f"{name!r} of the {format_} is not what it must be")
    return {name: value[name] for name in kinds}


def read_checkpoint(text: str | bytes) -> tuple[Checkpoint, bytes]:
    """Return checkpoint and signature of a published file; raises MalformedError."""
    try:
        file = json.loads(text)
        return checkpoint_of(file["checkpoint"]), bytes.fromhex(file["signature"])
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedError(f"not the file of a checkpoint: {error}") from error
