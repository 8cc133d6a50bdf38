"""What the public may see of a report: composed from its events alone, so that anyone can compose it again.

One function decides (ADR 0011). Pages, search, counts, feeds and files read its result and nothing else.
Redaction is part of the events: the spans that an officer confirmed are cut here, never later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tanggap.domain import hiding, moderation
from tanggap.domain.case import Projection
from tanggap.domain.clocks import ANSWER_TIMES, CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun, Pause
from tanggap.domain.ledger import EventRecord, moment
from tanggap.domain.lifecycle import HELD_TEXTS, PUBLIC_TEXTS, STATUSES, Action, Visibility
from tanggap.domain.redaction import Finding, FindingKind, mask

type Texts = Mapping[tuple[int, str], str | None]  # (seq of the event, field) -> text, None when erased

# What a public event says of an office that did not do it.
_OTHERS = ("offer", "proposed", "supporter", "in_place_of")
# What an office says of the matter itself: found by search.
_ANSWERING = frozenset({Action.ANSWER, Action.FOLLOW_UP, Action.SUPPORT_FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file of a report as the composer needs to know it."""

    key: str
    seq: int
    kind: str
    is_publishable: bool
    is_erased: bool = False


@dataclass(slots=True)
class PublicRecord:
    """Everything that is public of one report. A stub has codes and dates, and no text at all."""

    is_stub: bool
    classification: str
    category: str | None
    area: str | None
    agency_id: int
    unit_id: int | None
    status: str
    is_open: bool
    is_returned: bool
    is_extended: bool
    received_at: datetime
    published_at: datetime
    title: str = ""
    body: str = ""
    answers: str = ""
    location: str = ""
    outcome: str = ""
    outcome_on: str | None = None
    archive_reason: str = ""
    event_date: str | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    due_clock: str = ""
    answered_in_time: bool | None = None
    verified_in_time: bool | None = None
    rating: int | None = None
    solved: str = ""
    reopen_count: int = 0
    cluster: int | None = None
    moderated_at: datetime | None = None
    moderation: str = ""
    moderation_reason: str = ""
    timeline: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def compose(
    facts: Projection,
    events: Sequence[EventRecord],
    texts: Texts,
    runs: Sequence[ClockRun],
    files: Sequence[PublicFile] = (),
) -> PublicRecord | None:
    """Return the public record of a report, a stub of it, or None when the public may not know that it exists."""
    if not (facts.is_public or facts.is_stub) or facts.first_public_at is None:
        return None
    if facts.owner_agency_id is None or facts.received_at is None:
        raise ValueError("A published report has an owner and a date of receipt.")
    record = PublicRecord(
        is_stub=not facts.is_public,
        classification=facts.classification,
        category=facts.category,
        area=facts.area,
        agency_id=facts.owner_agency_id,
        unit_id=facts.owner_unit_id,
        status=facts.status.value,
        is_open=STATUSES[facts.status].is_open,
        is_returned=facts.is_returned,
        is_extended=facts.extension_count > 0,
        received_at=facts.received_at,
        published_at=facts.first_public_at,
        archive_reason=facts.archive_reason,
        closed_at=facts.closed_at,
    )
    if moderated := moderation.last(facts, events):
        record.moderated_at, record.moderation = moderated.at, moderated.kind.value
        record.moderation_reason = moderated.reason
    if not record.is_stub:
        _tell(record, facts, events, texts, files)
        _time(record, facts, runs)
    return record


def _tell(
    record: PublicRecord,
    facts: Projection,
    events: Sequence[EventRecord],
    texts: Texts,
    files: Sequence[PublicFile],
) -> None:
    checked = [event for event in events if event.kind in {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF}][-1]
    spans = checked.data.get("masked", {})
    later, gone = hiding.marked(events, texts), hiding.hidden_files(events)
    files = [file for file in files if file.key not in gone]
    record.title = _cut(texts.get((checked.seq, "title")), spans.get("title", ()), later.get((checked.seq, "title")))
    record.body = _cut(texts.get((1, "body")), spans.get("body"), later.get((1, "body")))
    record.location = _cut(texts.get((1, "location")), spans.get("location"), later.get((1, "location")))
    record.outcome, record.outcome_on = facts.outcome, facts.outcome_on
    record.event_date, record.reopen_count = facts.event_date, facts.reopen_count
    record.rating, record.solved = facts.rating, facts.solved
    record.answered_at, record.cluster = facts.answered_at, facts.cluster_id
    confirmed = {event.data["refers_to"]: event for event in events if event.kind == Action.CONFIRM_TEXT}
    for event in events:
        entry = _entry(event, texts, confirmed.get(event.seq), files, later.get((event.seq, "text"), ()))
        if entry is not None:
            record.timeline.append(entry)
    record.answers = "\n".join(
        entry["text"] for entry in record.timeline if entry["kind"] in _ANSWERING and entry["text"]
    )
    record.files = [key for entry in record.timeline for key in entry["files"]]


def _cut(text: str | None, spans: Iterable[Sequence[Any]] | None, later: Iterable[Sequence[Any]] | None = None) -> str:
    """Return a text without what was marked, then or `later`; a text that nobody checked stays inside."""
    if text is None or spans is None:
        return ""
    return mask(text, [Finding(start, end, FindingKind(kind)) for start, end, kind in (*spans, *(later or ()))])


def _entry(
    event: EventRecord,
    texts: Texts,
    confirmation: EventRecord | None,
    files: Sequence[PublicFile],
    later: Iterable[Sequence[Any]],
) -> dict[str, Any] | None:
    action = Action(event.kind)
    if event.visibility != Visibility.PUBLIC or action == Action.RECOMPUTE:
        return None
    text, is_held = "", False
    if action in PUBLIC_TEXTS:
        text = _cut(texts.get((event.seq, "text")), event.data.get("masked", {}).get("text"), later)
    elif action in HELD_TEXTS and confirmation is not None:
        text = _cut(texts.get((event.seq, "text")), confirmation.data.get("masked", {}).get("text"), later)
    elif action in HELD_TEXTS:
        is_held = True
    # The files of an answer that was held lie with the event that held it.
    brought = {event.seq, event.data.get("releases")}
    shown = [] if is_held else [f.key for f in files if f.seq in brought and f.is_publishable and not f.is_erased]
    # Only where there is one: what was composed before this act existed stays as it is.
    elsewhere = {name: event.data[name] for name in _OTHERS if name in event.data}
    return elsewhere | {
        "seq": event.seq,
        "kind": event.kind,
        "at": moment(event.acted_at),
        "by": "reporter" if event.role == "reporter" else "system" if event.role == "system" else "officer",
        "agency": event.agency_id,
        "unit": event.unit_id,
        "to": event.to_status,
        "owner": event.data.get("owner"),
        "text": text,
        "held": is_held,
        "outcome": event.data.get("outcome", ""),
        "files": shown,
    }


def _time(record: PublicRecord, facts: Projection, runs: Sequence[ClockRun]) -> None:
    shown = [run for run in runs if CLOCKS[run.clock].is_shown]
    record.clocks = [clock_entry(run) for run in shown]
    owners = [run for run in shown if not (CLOCKS[run.clock].survives_end or CLOCKS[run.clock].is_others)]
    live = sorted((run.due_at, run.clock.value) for run in owners if run.is_running)
    if live and record.is_open:
        record.due_at, record.due_clock = live[0]
    record.verified_in_time = _in_time(runs, frozenset({Clock.VERIFY}))
    if facts.answered_at is not None:
        record.answered_in_time = _in_time(runs, ANSWER_TIMES)


def _in_time(runs: Sequence[ClockRun], clocks: frozenset[Clock]) -> bool | None:
    """Say whether every stopped run of the clocks stopped in time; None when none has stopped."""
    stopped = [run for run in runs if run.clock in clocks and run.stopped_at is not None]
    if not stopped:
        return None
    return not any(run.is_breached(run.stopped_at) for run in stopped if run.stopped_at is not None)


def clock_entry(run: ClockRun) -> dict[str, Any]:
    """Return a clock run as JSON, complete enough to explain and to recompute its due date."""
    # Only where there is one: what was composed before stays as it is.
    extended = {"extended": run.extended} if run.extended else {}
    return extended | {
        "clock": run.clock.value,
        "run": run.run,
        "started_at": moment(run.started_at),
        "due_at": moment(run.due_at),
        "count": run.count,
        "unit": run.unit,
        "policy": run.policy,
        "calendar": run.calendar,
        "agency": run.agency_id,
        "zone": run.zone,
        "anchor_at": moment(run.anchor_at),
        "remaining": run.remaining,
        "pauses": pauses_json(run),
        "stopped_at": moment(run.stopped_at) if run.stopped_at else None,
        "stopped_by": run.stopped_by,
    }


def pauses_json(run: ClockRun) -> list[dict[str, Any]]:
    """Return the pauses of a run as JSON."""
    return [
        {
            "from": moment(pause.from_at),
            "to": moment(pause.to_at) if pause.to_at else None,
            "remaining": pause.remaining,
        }
        for pause in run.pauses
    ]


def run_from_entry(entry: Mapping[str, Any]) -> ClockRun:
    """Read back what `clock_entry` wrote."""
    from_iso = datetime.fromisoformat
    return ClockRun(
        clock=Clock(entry["clock"]),
        run=entry["run"],
        started_at=from_iso(entry["started_at"]),
        count=entry["count"],
        unit=entry["unit"],
        policy=entry["policy"],
        calendar=entry["calendar"],
        agency_id=entry["agency"],
        zone=entry["zone"],
        anchor_at=from_iso(entry["anchor_at"]),
        remaining=entry["remaining"],
        extended=entry.get("extended", 0),
        due_at=from_iso(entry["due_at"]),
        pauses=pauses_from_json(entry["pauses"]),
        stopped_at=from_iso(entry["stopped_at"]) if entry["stopped_at"] else None,
        stopped_by=entry["stopped_by"],
    )


def pauses_from_json(pauses: Iterable[Mapping[str, Any]]) -> list[Pause]:
    """Read back what `pauses_json` wrote."""
    from_iso = datetime.fromisoformat
    return [
        Pause(
            from_at=from_iso(pause["from"]),
            remaining=pause["remaining"],
            to_at=from_iso(pause["to"]) if pause["to"] else None,
        )
        for pause in pauses
    ]
