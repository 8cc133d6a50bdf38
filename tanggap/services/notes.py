"""Write notes among officers, tell those who are mentioned, and note who has looked."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models.functions import Lower

from tanggap.domain.actors import Officer, unit_of
from tanggap.domain.intake import clean
from tanggap.domain.notes import LONGEST, MOST_MENTIONS, Audience, mentioned
from tanggap.domain.notices import Notice
from tanggap.models import Mention, Note, Report, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import notes, reports
from tanggap.services import accounts, messages


class Flaw(StrEnum):
    """What is wrong with a note that is handed in."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_TO_BE_MENTIONED = "not_to_be_mentioned"


class NoteError(Exception):
    """A note cannot be written; `names` are those who may not read it, as they were typed."""

    def __init__(self, flaw: Flaw, names: tuple[str, ...] = ()) -> None:
        super().__init__(f"{flaw} {' '.join(names)}".strip())
        self.flaw, self.names = flaw, names


@transaction.atomic
def write(*, actor: Officer, number: str, text: str, audience: Audience, now: datetime) -> Note:
    """Write a note and tell whom it mentions. Raises reports.NotFoundError, and NoteError with nothing written.

    An unknown name and somebody who may not know of the report, or not read this note, are refused alike.
    """
    report = reports.get(viewer=actor, number=number)
    text = clean(text)
    if not text:
        raise NoteError(Flaw.MISSING)
    if len(text) > LONGEST:
        raise NoteError(Flaw.TOO_LONG)
    note = Note(
        report=report,
        user_id=actor.user_id,
        agency_id=actor.agency_id,
        unit_id=unit_of(actor),
        audience=audience.value,
        text=text,
        created_at=now,
    )
    people = _people(note, mentioned(text), now=now)
    note.save(force_insert=True)
    Mention.objects.bulk_create(Mention(note=note, user_id=user_id) for user_id in people)
    messages.owe_to(report, [user_id for user_id in people if user_id != actor.user_id], Notice.MENTIONED, now=now)
    return note


def _people(note: Note, names: tuple[str, ...], *, now: datetime) -> list[int]:
    """Return the accounts behind the names; raises NoteError for those who may not read the note."""
    if len(names) > MOST_MENTIONS:
        raise NoteError(Flaw.TOO_MANY)
    found = User.objects.annotate(low=Lower("username")).filter(low__in=names).values_list("low", "pk")
    known = dict(found) if names else {}
    refused = tuple(name for name in names if name not in known or not _may_read(known[name], note, now=now))
    if refused:
        raise NoteError(Flaw.NOT_TO_BE_MENTIONED, refused)
    return [known[name] for name in names]


def _may_read(user_id: int, note: Note, *, now: datetime) -> bool:
    return any(
        _knows(officer, note.report) and notes.reads(officer, note)
        for officer in account_selectors.working_officers_of(user_id, accounts.office_day(now))
    )


def _knows(officer: Officer, report: Report) -> bool:
    return reports.visible(viewer=officer).filter(pk=report.pk).exists()


def have_read(*, actor: Officer, report: Report, now: datetime) -> int:
    """Note that the actor has opened a report: what mentions the actor there is read; returns how many."""
    return Mention.objects.filter(user_id=actor.user_id, note__report=report, read_at=None).update(read_at=now)
