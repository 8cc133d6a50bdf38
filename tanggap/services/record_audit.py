"""Check the log against the events, the tree against the log, and the checkpoints against both (ADR 0060).

Part of the audit. It reads the log once, in its order, in batches; what is wrong is named by its place.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from tanggap.domain import checkpoints, merkle
from tanggap.domain.merkle import GROUP, Frontier
from tanggap.models import Checkpoint, CheckpointStamp, LogNode, RecordKey
from tanggap.selectors import record
from tanggap.services import record_keys, signing

BATCH: Final = 100 * GROUP
# An act reads the clock first and is committed later; nothing that the services do takes as long.
SLACK: Final = timedelta(hours=1)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Outside:
    """What the auditor brings along: files of checkpoints that were kept, fingerprints of keys that are trusted.

    `said_at` reads the time of a stored time stamp over some bytes, None where it is none; without it none is read.
    """

    kept: Sequence[str] = ()
    trusted: Sequence[str] = ()
    said_at: Callable[[bytes, bytes], datetime | None] | None = None


NOTHING: Final = Outside()


@dataclass(slots=True)
class Seen:
    """What was looked at."""

    entries: int = 0
    checkpoints: int = 0
    stamps: int = 0


class _Entry(NamedTuple):
    log_index: int
    event_id: int | None
    nonce: bytes | None
    hash: bytes
    event_hash: bytes | None
    recorded_at: datetime | None
    seq: int | None
    number: str | None


_ENTRIES: Final = """
SELECT entry.log_index, entry.event_id, entry.nonce, entry.hash, event.hash, event.recorded_at, event.seq, report.number
FROM tanggap_logentry AS entry
LEFT JOIN tanggap_event AS event ON event.id = entry.event_id
LEFT JOIN tanggap_report AS report ON report.id = event.report_id
WHERE entry.log_index >= %s ORDER BY entry.log_index LIMIT %s
"""
_WITHOUT: Final = """
SELECT report.number, event.seq FROM tanggap_event AS event JOIN tanggap_report AS report ON report.id = event.report_id
WHERE event.recorded_at < %s
  AND NOT EXISTS (SELECT FROM tanggap_logentry AS entry WHERE entry.event_id = event.id)
ORDER BY event.id LIMIT %s
"""


def findings(outside: Outside, seen: Seen) -> list[str]:
    """Return what is wrong with the log, its tree and its checkpoints, the first finding of each kind of place."""
    signed = list(Checkpoint.objects.select_related("key__previous").order_by("size"))
    found = [*_keys(outside), *_links(signed), *_kept(outside, signed), *_stamps(outside, seen)]
    found += _Walk(signed, seen).findings()
    found += _without_entry(signed)
    seen.checkpoints = len(signed)
    return found[:_MOST]


def _keys(outside: Outside) -> Iterator[str]:
    """Each key was announced by one before it, or is one that the auditor trusts."""
    for row in RecordKey.objects.select_related("previous").order_by("pk"):
        yield from record_keys.faults(row)
        is_first = row.previous is None
        if is_first and outside.trusted and checkpoints.fingerprint(bytes(row.public)) not in outside.trusted:
            yield f"key {row.key}: no key before it announced it, and it is not one that you trust"
        elif is_first and not outside.trusted and RecordKey.objects.filter(pk__lt=row.pk).exists():
            yield f"key {row.key}: no key before it announced it; if you know why, name its fingerprint with --trust"


def _links(signed: Sequence[Checkpoint]) -> Iterator[str]:
    """Each checkpoint is signed by its key and names the one before."""
    previous: Checkpoint | None = None
    for row in signed:
        what = _named(row)
        statement = record.statement_of(row)
        if not signing.is_signed(statement.body(), bytes(row.signature), bytes(row.key.public)):
            yield f"{what}: it is not what the key {row.key.key} signed"
        if statement.previous != (record.statement_of(previous).digest() if previous else None):
            yield f"{what}: it does not follow on the one before"
        if previous is not None and row.made_at <= previous.made_at:
            yield f"{what}: it is not later than the one before"
        previous = row


def _kept(outside: Outside, signed: Sequence[Checkpoint]) -> Iterator[str]:
    """A checkpoint that was kept outside is one of these, to the byte."""
    here = {row.size: record.statement_of(row) for row in signed}
    public = {row.key: bytes(row.public) for row in RecordKey.objects.all()}
    for text in outside.kept:
        try:
            statement, signature = checkpoints.read_checkpoint(text)
        except checkpoints.MalformedError as error:
            yield f"a checkpoint that was kept cannot be read: {error}"
            continue
        what = f"the kept checkpoint of {statement.at[:10]} over {statement.size} entries"
        if not signing.is_signed(statement.body(), signature, public.get(statement.key, b"")):
            yield f"{what}: no key of this record ({statement.key}) signed it"
        if statement.size not in here:
            yield f"{what}: this record has no checkpoint of that size: it is another one, or an older copy"
        elif here[statement.size] != statement:
            root = here[statement.size].root
            yield f"{what}: the record was forked: it says root {statement.root}, here it is {root}"


def _stamps(outside: Outside, seen: Seen) -> Iterator[str]:
    """A time stamp is one over its checkpoint, with the time that is kept of it, and no earlier than the checkpoint."""
    if outside.said_at is None:
        return
    for row in CheckpointStamp.objects.select_related("checkpoint__key").order_by("checkpoint__size"):
        what = f"the time stamp over {row.checkpoint.size} entries"
        at = outside.said_at(bytes(row.response), record.statement_of(row.checkpoint).body())
        if at is None:
            yield f"{what} is none of {_named(row.checkpoint)}"
        elif at != row.stamped_at:
            yield f"{what} says {at.isoformat()}, and {row.stamped_at.isoformat()} is kept of it"
        elif at < row.checkpoint.made_at - SLACK:
            yield f"{what} is of {at.isoformat()}, before {_named(row.checkpoint)} was made"
        seen.stamps += 1


def _without_entry(signed: Sequence[Checkpoint]) -> Iterator[str]:
    """What was recorded well before the newest checkpoint is in the log."""
    if not signed:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, [signed[-1].made_at - SLACK, _MOST])
        for number, seq in cursor.fetchall():
            yield f"report {number}: event {seq} is older than {_named(signed[-1])}, and the log does not have it"


def _named(row: Checkpoint) -> str:
    return f"the checkpoint of {row.made_at.date().isoformat()} over {row.size} entries"


class _Walk:
    """One walk along the log, with the frontier of its tree and the checkpoints at their places."""

    def __init__(self, signed: Sequence[Checkpoint], seen: Seen) -> None:
        self._signed = {row.size: row for row in signed}
        self._ends = sorted(self._signed)
        self._seen = seen
        self._frontier = Frontier()
        self._right = 0  # the size of the newest checkpoint whose root came out right
        self._is_broken = False

    def findings(self) -> Iterator[str]:
        """Yield what is wrong, in the order of the log."""
        end = self._right
        while entries := self._read(end):
            nodes = _nodes(end, len(entries))
            for start in range(0, len(entries), GROUP):
                yield from self._group(end + start, entries[start : start + GROUP], nodes)
                if self._is_broken:
                    return
            end += len(entries)
        for size in self._ends:
            if size > end:
                yield f"{_named(self._signed[size])}: the log ends at {end}"
        yield from _upper(end)

    def _read(self, first: int) -> list[_Entry]:
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES, [first, BATCH])
            return [_Entry(*row) for row in cursor.fetchall()]

    def _group(self, first: int, entries: Sequence[_Entry], nodes: Mapping[int, bytes]) -> Iterator[str]:
        for place, entry in enumerate(entries, start=first):
            if entry.log_index != place:
                self._is_broken = True
                yield f"log entry {place} is missing (found {entry.log_index} in its place)"
                return
            yield from self._entry(entry)
        if len(entries) != GROUP:
            self._is_broken = True
            yield f"log entry {first + len(entries)} is missing: the log is whole groups of {GROUP}"
            return
        self._seen.entries += len(entries)
        node = merkle.fold([merkle.leaf_hash(bytes(entry.hash)) for entry in entries])
        self._frontier.add(node)
        if nodes.get(first // GROUP) != node:
            yield f"log entries {first} to {first + GROUP - 1} are not what the tree was made of"
        yield from self._checkpoint(first + GROUP)

    def _entry(self, entry: _Entry) -> Iterator[str]:
        what = f"log entry {entry.log_index}"
        if entry.event_id is None:
            if checkpoints.filler(bytes(entry.nonce or b"")) != bytes(entry.hash):
                yield f"{what}: it stands for no event, and is no filler"
            return
        if entry.event_hash is None:
            yield f"{what}: its event ({entry.event_id}) is not there any more"
            return
        what = f"report {entry.number}: event {entry.seq}"
        if bytes(entry.event_hash) != bytes(entry.hash):
            yield f"{what} is not the one that stands in the log at {entry.log_index}"
        yield from self._dated(entry, what)

    def _dated(self, entry: _Entry, what: str) -> Iterator[str]:
        """An event is recorded between the checkpoint before its entry and the one that covers it."""
        assert entry.recorded_at is not None  # noqa: S101 - it was joined
        place = bisect_right(self._ends, entry.log_index)
        before = self._signed[self._ends[place - 1]] if place else None
        after = self._signed[self._ends[place]] if place < len(self._ends) else None
        if before is not None and entry.recorded_at < before.made_at - SLACK:
            yield (
                f"{what} was back-dated: it says it was recorded before {_named(before)}, "
                f"and came into the log after it, at {entry.log_index}"
            )
        if after is not None and entry.recorded_at > after.made_at + SLACK:
            yield f"{what} says it was recorded after {_named(after)}, which covers it at {entry.log_index}"

    def _checkpoint(self, size: int) -> Iterator[str]:
        row = self._signed.get(size)
        if row is None:
            return
        if bytes(row.root) == self._frontier.root():
            self._right = size
            return
        self._is_broken = True
        yield f"{_named(row)}: something among the log entries {self._right} to {size - 1} is not what was signed"


def _nodes(first: int, count: int) -> dict[int, bytes]:
    """Return the nodes that are kept over some leaves, by their places."""
    places = first // GROUP, (first + count) // GROUP
    rows = LogNode.objects.filter(height=merkle.STRIDE, place__gte=places[0], place__lte=places[1])
    return {place: bytes(hash_) for place, hash_ in rows.values_list("place", "hash")}


def _upper(end: int) -> Iterator[str]:
    """The nodes above are those of the nodes below."""
    read = record.Nodes()
    for height in record.HEIGHTS[1:]:
        whole = end >> height
        if not whole:
            return
        rows = LogNode.objects.filter(height=height).order_by("place").values_list("place", "hash")
        stored = {place: bytes(hash_) for place, hash_ in rows}
        for place in range(whole):
            try:
                is_right = stored.get(place) == merkle.fold(read(height - merkle.STRIDE, place * GROUP, GROUP))
            except record.NotFoundError:
                is_right = False
            if not is_right:
                yield f"the node {place} of the tree at height {height} is not that of the nodes below"
                return
