"""Check the whole record against itself: chains, commitments, replays, guards (`./run audit`).

What stands in the rows must be what the events say. It reads only, in batches of bounded size. That a whole report
and its head vanished together is seen by the log and its checkpoints (`services.record_audit`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from tanggap.domain import edits, hiding
from tanggap.domain.case import Projection, project
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.ledger import ChainError, EventRecord, commit, verify_chain
from tanggap.domain.lifecycle import Action
from tanggap.domain.progress import SOONEST
from tanggap.domain.publication import PublicFile, compose
from tanggap.models import (
    Attachment,
    Deadline,
    Event,
    EventText,
    Identity,
    MemoNumber,
    NamedParty,
    Publication,
    Report,
)
from tanggap.selectors import clusters, comments
from tanggap.services import deadlines, guards, keys, publications, record_audit
from tanggap.services.columns import of as columns

BATCH = 200
MOST_FINDINGS = 50


class AuditError(Exception):
    """The record is not in order; the text names what is wrong, one finding a line."""


@dataclass(slots=True)
class Tally:
    """What was looked at."""

    reports: int = 0
    events: int = 0
    texts: int = 0
    files: int = 0
    deadlines: int = 0
    publications: int = 0
    erased: int = 0  # identities
    record: record_audit.Seen = field(default_factory=record_audit.Seen)


@dataclass(slots=True)
class _Batch:
    """The rows of some reports, by report."""

    events: dict[int, list[EventRecord]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[int, list[tuple[int, str, str | None, bytes | None]]] = field(default_factory=lambda: defaultdict(list))
    files: dict[int, list[Attachment]] = field(default_factory=lambda: defaultdict(list))
    deadlines: dict[int, dict[tuple[str, int], Deadline]] = field(default_factory=lambda: defaultdict(dict))
    publications: dict[int, Publication] = field(default_factory=dict)
    identities: dict[int, Identity] = field(default_factory=dict)
    named: dict[int, set[tuple[int | None, int | None]]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # of memos

    def words(self, report_id: int) -> dict[tuple[int, str], str | None]:
        return edits.current(self.events[report_id], {(n, name): text for n, name, text, _s in self.texts[report_id]})


def audit(
    *,
    now: datetime,
    read_file: Callable[[str], Iterator[bytes]] | None = None,
    on_batch: Callable[[int], None] | None = None,
    outside: record_audit.Outside = record_audit.NOTHING,
) -> Tally:
    """Check everything and return what was looked at; raises AuditError naming what is wrong.

    The first finding of each report is named, until there are MOST_FINDINGS; and a guard that is off does not keep
    the reports from being looked at: whoever bent the record had to take a guard away first.
    `read_file` gives the content of an attachment by key (FileNotFoundError when it is gone); without it
    the files on disk are not looked at. `on_batch` is told how many reports were checked so far. `outside` is what
    whoever asks has kept: without it a past that was signed anew is not known from the one that was.
    """
    findings = list(guards.missing())
    tally = Tally()
    last = 0
    while reports := list(Report.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        batch = _load([report.pk for report in reports])
        for report in reports:
            try:
                _check(report, batch, tally, now=now, read_file=read_file)
            except (ChainError, AuditError) as error:
                findings.append(str(error))
        if len(findings) > MOST_FINDINGS:
            findings = [*findings[:MOST_FINDINGS], "and more: the audit stopped here"]
            break
        last = reports[-1].pk
        if on_batch:
            on_batch(tally.reports)
    findings += _counters()
    findings += clusters.disagreements()
    findings += comments.disagreements()
    findings += record_audit.findings(outside, tally.record)
    if findings:
        raise AuditError("\n".join(findings))
    return tally


def _load(ids: list[int]) -> _Batch:
    batch = _Batch()
    for row in Event.objects.filter(report_id__in=ids).order_by("report_id", "seq"):
        batch.events[row.report_id].append(row.as_record())
    texts = EventText.objects.filter(event__report_id__in=ids).order_by("pk")
    for report_id, seq, name, text, salt in texts.values_list(
        "event__report_id", "event__seq", "field", "text", "salt"
    ):
        batch.texts[report_id].append((seq, name, text, bytes(salt) if salt is not None else None))
    for file in Attachment.objects.select_related("event").filter(report_id__in=ids).order_by("pk"):
        batch.files[file.report_id].append(file)
    for clock in Deadline.objects.filter(report_id__in=ids):
        batch.deadlines[clock.report_id][clock.clock, clock.run] = clock
    for publication in Publication.objects.filter(report_id__in=ids).defer("search"):
        batch.publications[publication.report_id] = publication
    batch.identities = {row.report_id: row for row in Identity.objects.filter(report_id__in=ids)}
    for report_id, user_id, unit_id in NamedParty.objects.filter(report_id__in=ids).values_list(
        "report_id", "user_id", "unit_id"
    ):
        batch.named[report_id].add((user_id, unit_id))
    for report_id, number in MemoNumber.objects.filter(report_id__in=ids).values_list("report_id", "number"):
        batch.numbers[report_id].add(number)
    return batch


def _check(
    report: Report,
    batch: _Batch,
    tally: Tally,
    *,
    now: datetime,
    read_file: Callable[[str], Iterator[bytes]] | None,
) -> None:
    events = batch.events[report.pk]
    verify_chain(report.number, events, count=report.event_count, head=bytes(report.head_hash))
    _commitments(report, events, batch)
    _memos(report, events, batch.numbers[report.pk])
    _identity(report, events, batch.identities.get(report.pk))
    if read_file:
        for file in batch.files[report.pk]:
            _file(report, file, read_file)
    facts = project(events)
    runs = deadlines.compute(events)
    _projection(report, facts, runs, batch, now=now)
    _clocks(report, runs, batch.deadlines[report.pk])
    _publication(report, facts, events, runs, batch)
    tally.reports += 1
    tally.events += len(events)
    tally.texts += len(batch.texts[report.pk])
    tally.files += len(batch.files[report.pk])
    tally.deadlines += len(runs)
    tally.publications += report.pk in batch.publications
    identity = batch.identities.get(report.pk)
    tally.erased += identity is not None and identity.erased_at is not None


def _commitments(report: Report, events: Sequence[EventRecord], batch: _Batch) -> None:
    found: dict[tuple[int, str], str | None] = {}
    for seq, name, text, salt in batch.texts[report.pk]:
        found[seq, name] = None if text is None or salt is None else commit(salt, text.encode())
    for file in batch.files[report.pk]:
        found[file.event.seq, f"file:{file.key}"] = commit(bytes(file.salt), bytes(file.sha256))
    promised = {(event.seq, name): value for event in events for name, value in event.commitments.items()}
    for key in sorted(promised.keys() | found.keys()):
        seq, name = key
        if key not in found:
            raise AuditError(f"report {report.number}: event {seq} committed to {name!r}, which is not there")
        if key not in promised:
            raise AuditError(f"report {report.number}: {name!r} of event {seq} was added without a commitment")
        if found[key] is not None and found[key] != promised[key]:
            raise AuditError(f"report {report.number}: {name!r} of event {seq} was changed")


def _memos(report: Report, events: Sequence[EventRecord], given: Set[str]) -> None:
    """Each signed memo bears a number of its own that its report was given, and became an answer, sent or held."""
    ways_out = {event.data.get("by_memo") for event in events}
    left = set(given)
    for event in events:
        if event.kind != Action.SIGN_MEMO:
            continue
        number = event.data["memo"]["number"]
        if number not in left:
            why = "stands on two memos" if number in given else "was never given out"
            raise AuditError(f"report {report.number}: the number of the memo of event {event.seq} {why}")
        left.remove(number)
        if event.seq not in ways_out:
            raise AuditError(f"report {report.number}: the signed memo of event {event.seq} became no answer")


def _identity(report: Report, events: Sequence[EventRecord], row: Identity | None) -> None:
    """The sealed identity is the one that was handed in, or was erased with a trace."""
    promised = events[0].data.get("identity")
    if promised is None:
        if row is not None:
            raise AuditError(f"report {report.number}: an identity was added to it")
        return
    if row is None:
        raise AuditError(f"report {report.number}: its identity was taken out of the vault")
    if (row.erased_at is not None) != any(event.kind == Action.ERASE_IDENTITY for event in events):
        said = "was erased without an event" if row.erased_at is not None else "should have been erased"
        raise AuditError(f"report {report.number}: its identity {said}")
    if row.sealed is not None and hashlib.sha256(bytes(row.sealed)).hexdigest() != promised:
        raise AuditError(f"report {report.number}: its identity was exchanged")
    if row.wrapped_key is not None and row.key_version is not None:
        try:
            keys.unwrap(row.key_version, bytes(row.wrapped_key))
        except keys.SealBrokenError as error:
            raise AuditError(f"report {report.number}: the key of its identity was destroyed") from error


def _file(report: Report, file: Attachment, read_file: Callable[[str], Iterator[bytes]]) -> None:
    if file.erased_at is not None:
        return
    digest = hashlib.sha256()
    try:
        for part in read_file(file.key):
            digest.update(part)
    except FileNotFoundError as error:
        raise AuditError(f"report {report.number}: the file {file.key} is gone from disk") from error
    if digest.digest() != bytes(file.sha256):
        raise AuditError(f"report {report.number}: the file {file.key} was changed on disk")


def _projection(report: Report, facts: Projection, runs: list[ClockRun], batch: _Batch, *, now: datetime) -> None:
    expected = columns(facts, runs, now=now)
    # The flag is set by a job a little after the due moment; set too early it would be a lie.
    late = expected.pop("is_overdue")
    if report.is_overdue and not late:
        raise AuditError(f"report {report.number}: marked overdue before its due date")
    # A calendar that came later may have moved the day, but never before as many days of any kind.
    if report.is_stale and (facts.progress_at is None or now - facts.progress_at < SOONEST):
        raise AuditError(f"report {report.number}: marked as not moving although it moved")
    titles = [text for _seq, name, text, _salt in batch.texts[report.pk] if name == "title" and text is not None]
    if titles:
        expected["title"] = titles[-1]
    expected["desk_title"] = hiding.desk_title(batch.events[report.pk], batch.words(report.pk))
    expected |= {"channel": facts.channel, "received_at": facts.received_at, "registered_at": facts.registered_at}
    expected |= {"language": facts.language, "destination_id": facts.destination}
    _compare(report.number, "row", report, expected)
    named = {(user, None) for user in facts.named_user_ids} | {(None, unit) for unit in facts.named_unit_ids}
    if named != batch.named[report.pk]:
        raise AuditError(f"report {report.number}: the parties named in it are not those of its events")


def _compare(number: str, what: str, row: object, expected: Mapping[str, Any]) -> None:
    for name, value in expected.items():
        stored = getattr(row, name)
        if isinstance(stored, memoryview):
            stored = bytes(stored)
        if stored != value:
            raise AuditError(f"report {number}: {what}: {name} is {stored!r}, the events say {value!r}")


def _clocks(report: Report, runs: Sequence[ClockRun], stored: Mapping[tuple[str, int], Deadline]) -> None:
    expected = {(run.clock.value, run.run): run for run in runs}
    for key in sorted(expected.keys() | stored.keys()):
        name = f"clock {key[0]} {key[1]}"
        if key not in stored:
            raise AuditError(f"report {report.number}: {name} is missing")
        if key not in expected:
            raise AuditError(f"report {report.number}: {name} follows from no event")
        _compare(report.number, name, stored[key], deadlines.columns(expected[key]))


def _publication(
    report: Report, facts: Projection, events: list[EventRecord], runs: list[ClockRun], batch: _Batch
) -> None:
    files = [
        PublicFile(f.key, f.event.seq, f.kind, f.is_publishable, is_erased=f.erased_at is not None)
        for f in batch.files[report.pk]
    ]
    record = compose(facts, events, batch.words(report.pk), runs, files)
    stored = batch.publications.get(report.pk)
    if record is None:
        if stored is not None:
            raise AuditError(f"report {report.number}: it is published, though its events do not allow it")
        return
    if stored is None:
        raise AuditError(f"report {report.number}: its publication is missing")
    _compare(report.number, "publication", stored, {"number": report.number, **publications.columns(record)})


_COUNTED = """
SELECT part.*, count(*) FROM tanggap_report AS report, LATERAL tanggap_report_counts(report) AS part
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_KEPT = """
SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, sum(n)::bigint FROM (
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n FROM tanggap_deskcount
    UNION ALL
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n FROM tanggap_deskdelta
) AS parts GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
"""


def _counters() -> Iterator[str]:
    with connection.cursor() as cursor:
        both = (f"({_COUNTED}) EXCEPT ({_KEPT})", f"({_KEPT}) EXCEPT ({_COUNTED})")
        wrong = [row for question in both for row in cursor.execute(question).fetchall()]
    for capacity, agency, unit, assignee, status, late, back, n in wrong[:MOST_FINDINGS]:
        yield (
            f"the counter of agency {agency} as {capacity}, unit {unit}, assignee {assignee}, {status}, "
            f"overdue {late}, back {back} is not what a count gives ({n})"
        )
