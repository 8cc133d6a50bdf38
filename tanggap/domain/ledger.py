"""The chain of events: canonical bytes, salted commitments and hashes (ADR 0010).

Every event of a report carries a 128-bit random nonce and the hash of the event before it. Free text
is not in the event: a commitment is, the hash of a random salt and the text. Text and salt are
stored apart and can be erased together, after which the chain still verifies and the text cannot
be guessed. A reporter's event carries the role, never an account or an address.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

NONCE_BYTES = 16
SALT_BYTES = 16
GENESIS = bytes(32)
FORMAT = "tanggap-event-1"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One entry of a report's chain, as plain values.

    `acted_at` is when it was done, `recorded_at` when it was written down (both aware, UTC).
    `data` holds codes, ids, dates and flags: never free text, never floats. `commitments` maps the
    name of each free text or file of the event to the hex commitment of its content.
    """

    seq: int
    kind: str
    acted_at: datetime
    recorded_at: datetime
    role: str
    user_id: int | None
    agency_id: int | None
    unit_id: int | None
    from_status: str
    to_status: str
    visibility: str
    data: Mapping[str, Any]
    commitments: Mapping[str, str]
    nonce: bytes
    previous_hash: bytes
    hash: bytes = b""

    @property
    def is_reporters(self) -> bool:
        """Say whether its words and files are the reporter's, also where an officer wrote them down."""
        return self.role == "reporter" or "on_behalf" in self.data

    @property
    def has_files(self) -> bool:
        """Say whether files came with the event."""
        return any(name.startswith("file:") for name in self.commitments)


class ChainError(Exception):
    """A chain is not what it was when it was written; the text names the first wrong place."""


def moment(value: datetime) -> str:
    """Write a moment as microseconds in UTC, the one form that is hashed."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON value: sorted keys, no spaces, UTF-8.

    Raises TypeError for a float, whose text form differs between programs.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _refuse_floats(value: Any) -> None:
    # The kinds that events mostly hold go first: this is asked of every value of every event.
    if isinstance(value, str | int | None):
        return
    if isinstance(value, float):
        raise TypeError("An event holds no floats: their written form differs between programs.")
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, Iterable):
        for part in value:
            _refuse_floats(part)


def header(number: str, event: EventRecord) -> bytes:
    """Return the bytes of an event that its hash covers, the report's number among them."""
    return canonical(
        {
            "format": FORMAT,
            "report": number,
            "seq": event.seq,
            "kind": event.kind,
            "acted_at": moment(event.acted_at),
            "recorded_at": moment(event.recorded_at),
            "role": event.role,
            "user": event.user_id,
            "agency": event.agency_id,
            "unit": event.unit_id,
            "from": event.from_status,
            "to": event.to_status,
            "visibility": event.visibility,
            "data": event.data,
            "commitments": event.commitments,
            "nonce": event.nonce.hex(),
            "previous": event.previous_hash.hex(),
        }
    )


def digest(number: str, event: EventRecord) -> bytes:
    """Return the SHA-256 of an event's header."""
    return hashlib.sha256(header(number, event)).digest()


def commit(salt: bytes, content: bytes) -> str:
    """Return the hex commitment to a text or to a file's own SHA-256."""
    return hmac.new(salt, content, hashlib.sha256).hexdigest()


def verify_chain(number: str, events: Iterable[EventRecord], *, count: int, head: bytes) -> None:
    """Check a whole chain against the count and head hash that stand on the report.

    Raises ChainError naming the first event that is missing, out of place or changed.
    """
    previous, seq = GENESIS, 0
    for seq, event in enumerate(events, start=1):
        if event.seq != seq:
            raise ChainError(f"report {number}: event {seq} is missing (found {event.seq} in its place)")
        if event.previous_hash != previous:
            raise ChainError(f"report {number}: event {seq} does not follow the event before it")
        if digest(number, event) != event.hash:
            raise ChainError(f"report {number}: event {seq} was changed")
        previous = event.hash
    if seq != count:
        raise ChainError(f"report {number}: {count} events were written, {seq} are there")
    if previous != head:
        raise ChainError(f"report {number}: the last event is not the one that the report names")
