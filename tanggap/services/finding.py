"""Make reports findable on the desk, and find those of a person: for admins, by the exact contact, and written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tanggap.domain import edits, privacy
from tanggap.domain.actors import ADMINS, Officer
from tanggap.domain.case import project
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import HELD_TEXTS, PUBLIC_TEXTS, Action
from tanggap.models import DeskSearch, Event, EventText, Report
from tanggap.selectors import areas, desk_search
from tanggap.selectors.queues import Page
from tanggap.services import bulk, keys

KIND: Final = "find_person"
_BATCH: Final = 50
_MOST_LETTERS: Final = 100_000
_OF_THE_REPORTER: Final = HELD_TEXTS | {Action.SUBMIT, Action.IMPORT, Action.APPEAL}

# Keeps what `words` returns, with the `report`.
PUT: Final = """
UPDATE tanggap_desksearch SET words =
    setweight(to_tsvector('indonesian', %(title)s), 'A') || setweight(to_tsvector('simple', %(title)s), 'A')
    || setweight(to_tsvector('indonesian', %(text)s), 'B') || setweight(to_tsvector('simple', %(text)s), 'C')
    || setweight(to_tsvector('simple', %(place)s), 'C')
WHERE report_id = %(report)s
"""


class NotForYouError(Exception):
    """This role may not look for a person."""


def index(*, batch: int = _BATCH) -> int:
    """Read the reports anew that changed since they were read; returns how many. Safe to run twice, or twice at once.

    The row is locked first: an act that is on its way waits, and empties it again, so no word of before outlives it.
    """
    done = 0
    while True:
        with transaction.atomic():
            stale = DeskSearch.objects.filter(words__isnull=True).order_by("report_id")
            ids = list(stale.select_for_update(skip_locked=True).values_list("report_id", flat=True)[:batch])
            _read(ids)
        done += len(ids)
        if len(ids) < batch:
            return done


def _read(ids: Sequence[int]) -> None:
    events: dict[int, list[EventRecord]] = {}
    for row in Event.objects.filter(report_id__in=ids).order_by("report_id", "seq"):
        events.setdefault(row.report_id, []).append(row.as_record())
    texts: dict[int, dict[tuple[int, str], str]] = {}
    told = EventText.objects.filter(event__report_id__in=ids, text__isnull=False)
    for report_id, seq, field, text in told.values_list("event__report_id", "event__seq", "field", "text"):
        texts.setdefault(report_id, {})[seq, field] = text or ""
    rows = list(Report.objects.filter(pk__in=ids).values_list("pk", "title", "desk_title", "area_id"))
    places = areas.names({part for *_row, area in rows if area for part in areas.codes_of(area)})
    with connection.cursor() as cursor:
        for pk, whole, cut, area in rows:
            place = " ".join(places.get(code, "") for code in areas.codes_of(area)) if area else ""
            current = edits.current(events[pk], texts.get(pk, {}))
            cursor.execute(PUT, {"report": pk, **words(events[pk], current, (whole, cut), place)})


def words(
    events: Sequence[EventRecord], texts: Mapping[tuple[int, str], str], titles: tuple[str, str], place: str
) -> dict[str, str]:
    """Return what a unit may read of a report: without the person where the reporter is hidden.

    `titles` are the whole title and the desk's, as the row of the report has them.
    """
    facts = project(events)
    is_hidden = facts.is_anonymous or facts.is_confidential
    spans = privacy.confirmed_spans(events)
    kinds = {event.seq: Action(event.kind) for event in events}
    found = []
    for (seq, field), text in sorted(texts.items()):
        if field == "title" or kinds[seq] not in _OF_THE_REPORTER | PUBLIC_TEXTS:
            continue
        found.append(privacy.without_person(text, spans.get((seq, field))) if is_hidden else text)
    agencies = {facts.owner_agency_id, facts.offered_agency_id, *facts.former_agency_ids}
    agencies |= set(facts.supporting_agency_ids)
    offices = " ".join(desk_search.office_word(agency) for agency in agencies if agency is not None)
    return {
        "title": privacy.title_without_person(*titles) if is_hidden else titles[0],
        "text": "\n".join(found)[:_MOST_LETTERS],
        "place": f"{place} {offices} {facts.source}",
    }


def by_contact(*, actor: Officer, contact: str, reason: str, now: datetime) -> Page:
    """Return the reports of whoever has this telephone number or e-mail address, after that was written down.

    Hidden reporters are never among them. Raises NotForYouError.
    """
    if actor.role not in ADMINS:
        raise NotForYouError
    kind: keys.LookupKind = "email" if "@" in contact else "phone"
    hashed = keys.lookup_hash(kind, contact)
    bulk.log(actor=actor, kind=KIND, reason=reason, detail={"kind": kind, "hash": hashed.hex()}, now=now)
    return desk_search.by_contact(viewer=actor, kind=kind, hashed=hashed)
