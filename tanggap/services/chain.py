"""Append to the chain of a report: the only place where events, their texts and their files are written.

Called under the report's row lock (or for a report that nobody can know yet), inside the caller's
transaction.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tanggap.domain.actors import Actor, Reporter, Role, agency_of, unit_of, user_of
from tanggap.domain.intake import StagedFile
from tanggap.domain.ledger import NONCE_BYTES, SALT_BYTES, EventRecord, commit, digest
from tanggap.domain.lifecycle import Action, Visibility
from tanggap.models import Attachment, Event, EventText, Report


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is about to be written."""

    action: Action
    acted_at: datetime
    recorded_at: datetime
    from_status: str
    to_status: str
    visibility: Visibility
    data: Mapping[str, Any]
    texts: Mapping[str, str]
    files: Sequence[StagedFile] = ()


def seal(number: str, draft: Draft, *, actor: Actor, seq: int, previous: bytes) -> tuple[EventRecord, dict[str, bytes]]:
    """Return the event with its commitments and hash, and the salt of each text and file by its name."""
    contents = {name: text.encode() for name, text in draft.texts.items()}
    contents |= {f"file:{file.key}": bytes.fromhex(file.sha256) for file in draft.files}
    salts = {name: secrets.token_bytes(SALT_BYTES) for name in contents}
    is_reporter = isinstance(actor, Reporter)
    event = EventRecord(
        seq=seq,
        kind=draft.action.value,
        acted_at=draft.acted_at,
        recorded_at=draft.recorded_at,
        role=actor.role.value,
        user_id=None if is_reporter else user_of(actor),
        agency_id=None if is_reporter else agency_of(actor),
        unit_id=None if is_reporter else unit_of(actor),
        from_status=draft.from_status,
        to_status=draft.to_status,
        visibility=draft.visibility.value,
        data=draft.data,
        commitments={name: commit(salts[name], content) for name, content in contents.items()},
        nonce=secrets.token_bytes(NONCE_BYTES),
        previous_hash=previous,
    )
    return replace(event, hash=digest(number, event)), salts


type Rows = tuple[Event, list[EventText], list[Attachment]]


def rows(report_id: int, draft: Draft, record: EventRecord, salts: Mapping[str, bytes], *, event_id: int) -> Rows:
    """Return the rows of a sealed event that has got its key: the event, its texts, its files."""
    row = _event(report_id, record)
    row.pk = event_id
    return row, _texts(row, draft, salts), _files(row, draft, salts)


def write(report: Report, draft: Draft, record: EventRecord, salts: Mapping[str, bytes]) -> Event:
    """Write a sealed event with its texts and files; the caller stores the new head on the report."""
    row = _event(report.pk, record)
    row.save(force_insert=True)
    if draft.texts:
        EventText.objects.bulk_create(_texts(row, draft, salts))
    if draft.files:
        Attachment.objects.bulk_create(_files(row, draft, salts))
    return row


def _event(report_id: int, record: EventRecord) -> Event:
    return Event(
        report_id=report_id,
        seq=record.seq,
        kind=record.kind,
        acted_at=record.acted_at,
        recorded_at=record.recorded_at,
        role=record.role,
        user_id=record.user_id,
        agency_id=record.agency_id,
        unit_id=record.unit_id,
        from_status=record.from_status,
        to_status=record.to_status,
        visibility=record.visibility,
        data=record.data,
        commitments=record.commitments,
        nonce=record.nonce,
        previous_hash=record.previous_hash,
        hash=record.hash,
    )


def _texts(row: Event, draft: Draft, salts: Mapping[str, bytes]) -> list[EventText]:
    return [EventText(event_id=row.pk, field=name, text=text, salt=salts[name]) for name, text in draft.texts.items()]


def _files(row: Event, draft: Draft, salts: Mapping[str, bytes]) -> list[Attachment]:
    return [_attachment(row, file, salts[f"file:{file.key}"]) for file in draft.files]


def _attachment(row: Event, file: StagedFile, salt: bytes) -> Attachment:
    return Attachment(
        report_id=row.report_id,
        event_id=row.pk,
        key=file.key,
        sha256=bytes.fromhex(file.sha256),
        salt=salt,
        size=file.size,
        media_type=file.media_type,
        kind=file.kind,
        name=file.name,
        # A scan of the counter is the reporter's own, whoever laid it on the glass.
        is_reporters=row.role == Role.REPORTER or row.kind == Action.SUBMIT or "on_behalf" in row.data,
        is_publishable=file.kind == "image" and file.is_publishable,
    )
