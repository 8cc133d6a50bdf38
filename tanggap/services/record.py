"""Give every event its place in the log, once and for ever, and sign the log every day (ADR 0060).

Whatever was committed and has no place gets one, looked for among all events each time: no order of commits and no
gap of keys can hide one. Inside a batch the order is that of the hashes, which are random, and the batch is filled up
to whole groups: what a place tells is a day, and what a size tells is a number of groups.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import checkpoints, merkle
from tanggap.domain.merkle import GROUP, STRIDE
from tanggap.models import Checkpoint, LogNode
from tanggap.selectors import record
from tanggap.services import record_keys, signing

BATCH = 100 * GROUP

# The place where the batch before ended is said of both sides, or each batch would look through all before it.
_FRESH = """
SELECT event.id, event.hash FROM tanggap_event AS event
WHERE event.id > %(after)s AND NOT EXISTS (
    SELECT FROM tanggap_logentry AS entry WHERE entry.event_id = event.id AND entry.event_id > %(after)s
)
ORDER BY event.id LIMIT %(batch)s
"""
_PUT = """
INSERT INTO tanggap_logentry (log_index, event_id, nonce, hash)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[])
"""


def daily(*, now: datetime) -> record.Signed | None:
    """Make the checkpoint of the day, where it was not made yet; None where it was. Safe to run twice."""
    last = record.latest()
    zone = ZoneInfo(settings.TIME_ZONE)
    if last is not None and last.made_at.astimezone(zone).date() >= now.astimezone(zone).date():
        return None
    return checkpoint(now=now)


def checkpoint(*, now: datetime, on_batch: Callable[[int], None] | None = None) -> record.Signed:
    """Log what is not in the log yet, and sign size and root; returns the new checkpoint.

    `on_batch` is told how many leaves the log has. Raises KeyRingError where the key cannot be used: nothing is
    logged then, so that the log stops where its claim stops.
    """
    key = record_keys.announce(now=now)
    log_events(on_batch=on_batch)
    with transaction.atomic():
        record_keys.hold_lock()
        last = record.latest()
        signer, size = signing.current(), record.length()
        made = checkpoints.new_checkpoint(
            origin=key.origin,
            size=size,
            root=merkle.root(record.Nodes(), size),
            at=now,
            previous=last.statement if last else None,
            key=signer.key,
        )
        Checkpoint.objects.create(
            size=size,
            root=bytes.fromhex(made.root),
            made_at=now,
            origin=made.origin,
            previous_hash=bytes.fromhex(made.previous) if made.previous else None,
            key=key,
            signature=signer.sign(made.body()),
        )
        return record.get(size)


def log_events(*, batch: int = BATCH, on_batch: Callable[[int], None] | None = None) -> None:
    """Give a place to every committed event that has none, batch by batch, each in a transaction of its own.

    The last batch is filled up with fillers. Two at once are safe: they take turns at the lock.
    """
    if batch % GROUP:
        raise ValueError(f"A batch is whole groups of {GROUP}.")
    after, is_last = 0, False
    while not is_last:
        with transaction.atomic():
            record_keys.hold_lock()
            with connection.cursor() as cursor:
                cursor.execute(_FRESH, {"after": after, "batch": batch})
                fresh = [(event_id, None, bytes(hash_)) for event_id, hash_ in cursor.fetchall()]
            is_last = len(fresh) < batch
            size = record.length()
            _append(size, fresh + (_fillers(size, len(fresh)) if is_last else []))
        if on_batch:
            on_batch(record.length())
        after = fresh[-1][0] if fresh else after


type _Leaf = tuple[int | None, bytes | None, bytes]  # event, nonce of a filler, hash


def _fillers(size: int, fresh: int) -> list[_Leaf]:
    nonces = [
        secrets.token_bytes(checkpoints.FILLER_NONCE_BYTES) for _ in range(checkpoints.fillers_after(size, fresh))
    ]
    return [(None, nonce, checkpoints.filler(nonce)) for nonce in nonces]


def _append(size: int, leaves: list[_Leaf]) -> None:
    """Write leaves, in the order of their hashes, and the nodes over them."""
    leaves.sort(key=lambda leaf: leaf[2])
    places = list(range(size, size + len(leaves)))
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [places, *(list(column) for column in zip(*leaves, strict=True))])
    hashes = [merkle.leaf_hash(leaf[2]) for leaf in leaves]
    first = size >> STRIDE
    made = [merkle.fold(hashes[start : start + GROUP]) for start in range(0, len(hashes), GROUP)]
    for height in record.HEIGHTS:
        _put_nodes(height, first, made)
        first, made = _above(height, first, len(made))
        if not made:
            return


def _put_nodes(height: int, first: int, made: Sequence[bytes]) -> None:
    LogNode.objects.bulk_create(LogNode(height=height, place=first + n, hash=value) for n, value in enumerate(made))


def _above(height: int, first: int, count: int) -> tuple[int, list[bytes]]:
    """Return the nodes of the next height kept that are whole since `count` new ones stand from `first`."""
    groups = range(first // GROUP, (first + count) // GROUP)
    read = record.Nodes()
    return groups.start, [merkle.fold(read(height, group * GROUP, GROUP)) for group in groups]
