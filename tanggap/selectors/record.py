"""Reads of the log, its tree and its checkpoints: what anybody may ask for, at a bounded cost (ADR 0060).

Every proof reads a few groups of 256 nodes, whatever the size of the log. No row here leads to a report.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from tanggap.domain import checkpoints, merkle
from tanggap.domain.ledger import moment
from tanggap.domain.merkle import GROUP, STRIDE
from tanggap.models import Checkpoint, CheckpointStamp, Event, LogEntry, LogNode, RecordKey


class NotFoundError(LookupError):
    """There is no such checkpoint, or no such leaf in it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as it is published."""

    statement: checkpoints.Checkpoint
    signature: bytes
    made_at: datetime
    stamped_at: datetime | None = None  # by an outside authority, where one is asked (only `list_` knows)

    @property
    def size(self) -> int:
        """Return how many leaves it covers."""
        return self.statement.size

    def value(self) -> dict[str, Any]:
        """Return the JSON value of its published file."""
        return {"checkpoint": json.loads(self.statement.body()), "signature": self.signature.hex()}


def statement_of(row: Checkpoint) -> checkpoints.Checkpoint:
    """Return what was signed, from the columns of a row that has its key."""
    return checkpoints.Checkpoint(
        origin=row.origin,
        size=row.size,
        root=bytes(row.root).hex(),
        at=moment(row.made_at),
        previous=bytes(row.previous_hash).hex() if row.previous_hash is not None else None,
        key=row.key.key,
    )


def _signed(row: Checkpoint, stamped_at: datetime | None = None) -> Signed:
    return Signed(statement_of(row), bytes(row.signature), row.made_at, stamped_at)


def latest() -> Signed | None:
    """Return the newest checkpoint, or None where there is none yet."""
    row = Checkpoint.objects.select_related("key").order_by("-size").first()
    return _signed(row) if row else None


def get(size: int) -> Signed:
    """Return the checkpoint over so many leaves; raises NotFoundError."""
    row = Checkpoint.objects.select_related("key").filter(size=size).first()
    if row is None:
        raise NotFoundError(size)
    return _signed(row)


def list_(*, most: int, below: int | None = None) -> list[Signed]:
    """Return checkpoints, newest first; `below` begins under a size."""
    rows = Checkpoint.objects.select_related("key").annotate(stamped_at=F("stamp__stamped_at")).order_by("-size")
    found = (rows.filter(size__lt=below) if below is not None else rows)[:most]
    return [_signed(row, row.stamped_at) for row in found]


def stamp_of(size: int) -> bytes:
    """Return the time stamp of a checkpoint as the authority gave it; raises NotFoundError."""
    found = CheckpointStamp.objects.filter(pk=size).values_list("response", flat=True).first()
    if found is None:
        raise NotFoundError(size)
    return bytes(found)


def stamps_value() -> list[dict[str, Any]]:
    """Return all time stamps, as they are published, the oldest first."""
    rows = CheckpointStamp.objects.order_by("pk").values_list("pk", "response")
    return [{"size": size, "response": base64.b64encode(bytes(response)).decode()} for size, response in rows]


def all_keys() -> list[RecordKey]:
    """Return every key that has signed, in their order."""
    return list(RecordKey.objects.select_related("previous").order_by("pk"))


def key_body(row: RecordKey) -> bytes:
    """Return the bytes that announced a key."""
    previous = row.previous.key if row.previous else None
    return checkpoints.key_body(origin=row.origin, public=bytes(row.public), at=row.since, previous=previous)


def keys_value() -> list[dict[str, Any]]:
    """Return the statements of all keys, as they are published."""
    return [
        {
            "statement": json.loads(key_body(row)),
            "own_signature": bytes(row.own_signature).hex(),
            "signature": bytes(row.signature).hex() if row.signature is not None else None,
        }
        for row in all_keys()
    ]


def inclusion_value(index: int, size: int, path: Sequence[bytes]) -> dict[str, Any]:
    """Return a proof of inclusion, as it is published."""
    return {"format": checkpoints.INCLUSION, "index": index, "size": size, "path": [node.hex() for node in path]}


def consistency_value(old: int, new: int, proof: Sequence[bytes]) -> dict[str, Any]:
    """Return a proof of consistency, as it is published."""
    return {"format": checkpoints.CONSISTENCY, "old": old, "new": new, "path": [node.hex() for node in proof]}


def length() -> int:
    """Return how many leaves the log has, those included that no checkpoint covers yet."""
    last = LogEntry.objects.aggregate(last=Max("log_index"))["last"]
    return 0 if last is None else int(last) + 1


class Nodes:
    """Reads nodes of the tree, a whole group at a time, and each group once."""

    def __init__(self) -> None:
        self._groups: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, height: int, first: int, count: int) -> Sequence[bytes]:
        """Return some nodes of a height, as `domain.merkle` asks for them: never more than a group."""
        group, offset = divmod(first, GROUP)
        found = self._group(height, group)[offset : offset + count]
        if len(found) != count:
            raise NotFoundError(f"the tree has no nodes {first} to {first + count - 1} at height {height}")
        return found

    def _group(self, height: int, group: int) -> list[bytes]:
        known = self._groups.get((height, group))
        if known is None:
            known = self._groups[height, group] = self._read(height, group * GROUP)
        return known

    def _read(self, height: int, first: int) -> list[bytes]:
        if height == 0:
            rows = LogEntry.objects.filter(log_index__gte=first, log_index__lt=first + GROUP).order_by("log_index")
            return [merkle.leaf_hash(bytes(value)) for value in rows.values_list("hash", flat=True)]
        kept = LogNode.objects.filter(height=height, place__gte=first, place__lt=first + GROUP).order_by("place")
        return [bytes(value) for value in kept.values_list("hash", flat=True)]


def inclusion(*, index: int, size: int) -> list[bytes]:
    """Return the path from a leaf to the root of a checkpoint; raises NotFoundError where there is no such one."""
    get(size)
    if not 0 <= index < size:
        raise NotFoundError(index)
    return merkle.inclusion(Nodes(), index, size)


def consistency(*, old: int, new: int) -> list[bytes]:
    """Return the proof that one checkpoint continues another; raises NotFoundError where one of them is not there."""
    get(old)
    get(new)
    if old > new:
        raise NotFoundError(old)
    return merkle.consistency(Nodes(), old, new)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands in the log, and the first checkpoint that covers it, where there is one."""

    index: int
    covered_by: Signed | None


def place_of(*, number: str, event: str) -> Place | None:
    """Return where the first event of a report stands, for whoever holds its hash; None where it has no place yet.

    Raises NotFoundError where the record holds no such event: with a signed receipt in hand, that is a proof.
    """
    first = Event.objects.filter(report__number=number, seq=1).values_list("pk", "hash").first()
    if first is None or bytes(first[1]).hex() != event:
        raise NotFoundError(number)
    index = LogEntry.objects.filter(event_id=first[0]).values_list("log_index", flat=True).first()
    if index is None:
        return None
    row = Checkpoint.objects.select_related("key").filter(size__gt=index).order_by("size").first()
    return Place(index, _signed(row) if row else None)


# What a service adds to a whole group of one height is one node of the next: heights 8, 16 ...
HEIGHTS = tuple(range(STRIDE, 64, STRIDE))
