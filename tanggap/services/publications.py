"""Publish, update and take back: the only writer of what the public may see (ADR 0011)."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from tanggap.domain import edits
from tanggap.domain.case import Projection
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.publication import PublicFile, PublicRecord, Texts, compose
from tanggap.models import Attachment, Publication, Report, Support
from tanggap.selectors import prepared
from tanggap.services import comments, updates

# Of these nobody outside may learn, not even that something changed: a sitemap tells when that was.
_UNSEEN = frozenset(
    {Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.PROPOSE_ARCHIVE, Action.PROPOSE_RETURN}
    | {Action.HOLD_ANSWER, Action.RELEASE_ANSWER, Action.SEND_BACK_ANSWER}
    | {Action.SUBMIT_MEMO, Action.CHECK_MEMO, Action.RETURN_MEMO, Action.SIGN_MEMO}
    | {Action.PROPOSE, Action.AGREE, Action.REFUSE_PROPOSAL}
    # Whom the lateness was told, and who works on it: a late report climbs six times, and nothing public of it changes.
    | {Action.ESCALATE, Action.TAKE, Action.ENTRUST, Action.RELEASE}
)


_TEXTS = """
SELECT e.seq, t.field, t.text FROM tanggap_eventtext t JOIN tanggap_event e ON e.id = t.event_id WHERE e.report_id = %s
"""
_WORDS = "SELECT title, body, answers FROM tanggap_publication WHERE report_id = %s"


def texts_of(report_id: int, events: Sequence[EventRecord]) -> dict[tuple[int, str], str | None]:
    """Return every text of a report by (seq of its event, field); under 1 the report's words as they stand."""
    rows = prepared.fetch(_TEXTS, [report_id])
    return edits.current(events, {(seq, field): text for seq, field, text in rows})


def files_of(report_id: int) -> list[PublicFile]:
    """Return the files of a report as the composer needs them."""
    rows = Attachment.objects.filter(report_id=report_id).order_by("pk")
    return [
        PublicFile(key, seq, kind, publishable, is_erased=erased is not None)
        for key, seq, kind, publishable, erased in rows.values_list(
            "key", "event__seq", "kind", "is_publishable", "erased_at"
        )
    ]


def sync(
    report: Report,
    facts: Projection,
    events: Sequence[EventRecord],
    runs: Sequence[ClockRun],
    *,
    now: datetime,
    texts: Texts | None = None,
) -> None:
    """Bring the publication of a report in line with its events; it is gone in the same transaction when it must go."""
    if events[-1].kind in _UNSEEN:
        return
    _take_comments_down(report, facts, events, now=now)
    if not (facts.is_public or facts.is_stub):
        if facts.first_public_at is not None:
            Publication.objects.filter(report=report).delete()
        return
    known = texts if texts is not None else texts_of(report.pk, events)
    files = files_of(report.pk) if any(event.has_files for event in events) else ()
    record = compose(facts, events, known, runs, files)
    if record is None or (events[-1].kind == Action.SET_VISIBILITY and _stands(report, record)):
        return
    values = {"updated_at": now, **columns(record)}
    # The report is locked, so nobody else writes this row.
    stored = prepared.fetch(_WORDS, [report.pk])
    if not stored:
        # Who supported it before it was taken back supports it still.
        values["support_count"] = Support.objects.filter(report=report).count()
        Publication.objects.create(report=report, number=report.number, **values)
        return
    # Words that are written are read anew for the search, even where they are what they were.
    for name, words in zip(("title", "body", "answers"), stored[0], strict=True):
        if values[name] == words:
            del values[name]
    updates.rows(Publication, [report.pk], values, by="report_id")


def _take_comments_down(report: Report, facts: Projection, events: Sequence[EventRecord], *, now: datetime) -> None:
    """Let what readers said be looked at anew where more was hidden, or the report is not what the public reads."""
    if facts.first_public_at is not None and (events[-1].kind == Action.REDACT or not facts.is_public):
        comments.look_again(report.pk, now=now)


def _stands(report: Report, record: PublicRecord) -> bool:
    """Say whether the public has the report already as it is to be: flags move it in or out and change no word."""
    return Publication.objects.filter(report=report, is_stub=record.is_stub).exists()


def columns(record: PublicRecord) -> dict[str, Any]:
    """Return the columns of a publication for a composed record."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["category_id"] = values.pop("category")
    values["area_id"] = values.pop("area")
    for name in ("event_date", "outcome_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return values
