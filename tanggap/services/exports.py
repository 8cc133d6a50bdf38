"""The lines of an export, report by report: nothing in them that whoever asks may not read, and never all in memory.

Names of reporters are looked up only where a reason was typed: each is a look of its own in the chain of its report
(OPEN_IDENTITY), which the reporter reads. A hidden identity is never among them. Without a reason the words of every
report leave without persons: as the public reads them once they were checked, before that without all that a finder
sees (UU 27/2022 Art. 16; D1.9, export without personal data).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from tanggap.domain import privacy, sp4n
from tanggap.domain.actors import Officer
from tanggap.domain.exports import MAY_NAME, Line
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.models import Category, Event, Report
from tanggap.selectors import accounts, filed_words, names, queues
from tanggap.selectors.names import Names
from tanggap.selectors.queues import Filters
from tanggap.services import bulk, redaction, reports, vault
from tanggap.services.reports import NotAllowedError

KIND: Final = "export"
_BATCH: Final = 200
_BODY: Final = (1, "body")
_CHECKING: Final = frozenset({Action.VERIFY_AND_ASSIGN.value, Action.MANAGE_SELF.value})
# A part comes with what was hidden before its whole was divided.
_MARKING: Final = _CHECKING | {Action.SUBMIT.value, Action.REDACT.value}


class NotForYouError(Exception):
    """This role may not have names in an export."""


def count(*, viewer: Officer, filters: Filters, most: int) -> int:
    """Return how many lines an export would have; it is not counted further than `most` + 1."""
    return queues.rows_of(viewer, filters)[: most + 1].count()


def log_names(*, actor: Officer, reason: str, asked: Mapping[str, Any], now: datetime) -> None:
    """Write down that names are about to leave the house, why and with which list. Raises NotForYouError."""
    if actor.role not in MAY_NAME:
        raise NotForYouError
    bulk.log(actor=actor, kind=KIND, reason=reason, detail=asked, now=now)


def lines(*, actor: Officer, filters: Filters, reason: str = "", now: datetime) -> Iterator[Line]:
    """Yield the lines of a list in its order, read with a cursor of the server. With a `reason` there are names.

    Not inside a transaction: each look at an identity is one of its own.
    """
    if reason and actor.role not in MAY_NAME:
        raise NotForYouError
    known = names.current()
    ids = dict(Category.objects.values_list("pk", "sp4n_id"))
    found = queues.ordered(queues.rows_of(actor, filters), filters)
    for some in batched(_read(found), _BATCH):
        told = _Told.of(some, known, ids)
        for row in some:
            name = _name(row, actor, reason, now) if reason else ""
            yield _line(row, told, name, is_for_a_reason=bool(reason))


def _read(found: QuerySet[Report]) -> Iterator[Report]:
    return found.only(*_COLUMNS).iterator(chunk_size=_BATCH)


_COLUMNS: Final = (
    *(
        "number",
        "title",
        "desk_title",
        "channel",
        "received_at",
        "registered_at",
        "status",
        "closing",
        "archive_reason",
    ),
    "classification",
    *("supervisory", "category_id", "area_id", "owner_agency_id", "owner_unit_id", "assignee_id", "is_anonymous"),
    *("is_confidential", "due_at", "is_overdue", "reopen_count", "rating"),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is read for a batch of reports at once."""

    names: Names
    sp4n_ids: Mapping[str, int | None]
    bodies: Mapping[int, str]
    marked: Mapping[int, privacy.Spans]  # by officers, in the body
    checked: frozenset[int]  # which of them somebody has verified
    places: Mapping[str, str]
    people: Mapping[int, str]

    @classmethod
    def of(cls, rows: Sequence[Report], known: Names, ids: Mapping[str, int | None]) -> "_Told":
        keys = [row.pk for row in rows]
        marks: dict[int, list[EventRecord]] = {}
        for row in Event.objects.filter(report_id__in=keys, kind__in=_MARKING).order_by("report_id", "seq"):
            marks.setdefault(row.report_id, []).append(row.as_record())
        return cls(
            names=known,
            sp4n_ids=ids,
            bodies={pk: words.get("body", "") for pk, words in filed_words.of(keys, ("body",)).items()},
            marked={report_id: _marked(events) for report_id, events in marks.items()},
            checked=frozenset(pk for pk, events in marks.items() if any(event.kind in _CHECKING for event in events)),
            places=known.places(row.area_id for row in rows if row.area_id),
            people=accounts.names_of(row.assignee_id for row in rows if row.assignee_id),
        )


def _marked(events: Sequence[EventRecord]) -> privacy.Spans:
    """Return what officers marked in a body, also of one that nobody has verified: a part, or a copy of another."""
    confirmed = privacy.confirmed_spans(events).get(_BODY, ())
    later = [spans for event in events for seq, field, spans in event.data.get("redacted", ()) if (seq, field) == _BODY]
    return (*confirmed, *(span for spans in later for span in privacy.to_spans(spans)))


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a report's own words leaves the house."""

    title: str
    first_body: str
    last_body: str

    @classmethod
    def of(cls, row: Report, told: _Told, *, is_for_a_reason: bool) -> "_Words":
        """Return them whole where a reason was written down and the reporter is open, else without persons."""
        body, marked = told.bodies.get(row.pk, ""), told.marked.get(row.pk, ())
        is_hidden = row.is_anonymous or row.is_confidential
        if is_for_a_reason and not is_hidden:
            return cls(row.title, body, redaction.mask(body, marked))
        title = row.desk_title or row.title
        if row.pk not in told.checked:
            title = redaction.mask(title, redaction.find(title))
            marked = (*marked, *redaction.find(body))
        elif is_hidden:  # nothing leaves that points to the person, not even what an officer left in a title
            title = privacy.without_person(title)
        cut = redaction.mask(body, marked)
        return cls(title, cut, cut)


def _line(row: Report, told: _Told, name: str, *, is_for_a_reason: bool) -> Line:
    zone = ZoneInfo(settings.TIME_ZONE)
    received = row.received_at.astimezone(zone)
    is_hidden = row.is_anonymous or row.is_confidential
    words = _Words.of(row, told, is_for_a_reason=is_for_a_reason)
    agency = told.names.agency(row.owner_agency_id)
    unit = told.names.unit(row.owner_unit_id) if row.owner_unit_id is not None else None
    return Line(
        number=row.number,
        date=received.strftime(sp4n.DATE_FORMAT),
        time=received.strftime(sp4n.TIME_FORMAT),
        registered=row.registered_at.astimezone(zone).strftime(f"{sp4n.DATE_FORMAT} {sp4n.TIME_FORMAT}"),
        reporter=sp4n.ANONYMOUS_NAME if is_hidden else name,
        classification=sp4n.classification(row.classification, supervisory=row.supervisory),
        category_id=_category_id(row.category_id, told),
        category=told.names.category(row.category_id).name if row.category_id else "",
        title=words.title,
        first_body=words.first_body,
        last_body=words.last_body,
        secrecy=sp4n.secrecy(is_anonymous=row.is_anonymous, is_confidential=row.is_confidential),
        source=sp4n.source(row.channel, agency.slug),
        agency=agency.name,
        office_id=f"{agency.slug}/{unit.slug}" if unit else agency.slug,
        office=unit.name if unit else agency.name,
        unit=unit.name if unit else "",
        status=sp4n.status(row.status, row.closing),
        reason=sp4n.reason(row.status, row.archive_reason, row.closing),
        places=_places(row.area_id, told.places),
        assignee=told.people.get(row.assignee_id or 0, ""),
        due=row.due_at.astimezone(zone).strftime(sp4n.DATE_FORMAT) if row.due_at else "",
        is_overdue=row.is_overdue,
        reopened=row.reopen_count,
        rating=row.rating,
    )


def _category_id(code: str | None, told: _Told) -> str:
    """Return the number of SP4N-LAPOR! for a category where it is known, else our code, which reads back the same."""
    if code is None:
        return ""
    return str(told.sp4n_ids.get(code) or code)


# How long the codes of a province, a regency, a district and a village are.
_LEVELS: Final = (2, 5, 8, 13)


def _places(area: str | None, places: Mapping[str, str]) -> tuple[str, str, str, str]:
    code = area or ""
    found = [places.get(code[:length], "") if len(code) >= length else "" for length in _LEVELS]
    return found[0], found[1], found[2], found[3]


def _name(row: Report, actor: Officer, reason: str, now: datetime) -> str:
    """Return the name of an open reporter, after the look was written into the chain."""
    if row.is_anonymous or row.is_confidential:
        return ""
    try:
        return reports.open_identity(actor=actor, number=row.number, reason=reason, now=now).name
    except (NotAllowedError, vault.NothingSealedError):
        return ""
