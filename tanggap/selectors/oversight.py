"""Reports as those read them who only look: lists, and one report with as much of it as the viewer reads.

What is not read is not fetched into the answer: a page cannot show by mistake what is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from tanggap.domain import privacy
from tanggap.domain.actors import Ombudsman, Watcher
from tanggap.domain.case import Case
from tanggap.domain.clocks import Clock
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import OPEN, PUBLIC_TEXTS, STATUSES, Action, Family
from tanggap.domain.privacy import Reading
from tanggap.models import Agency, EventText, Report, Unit
from tanggap.selectors import filed_words, opaque, publications, reports
from tanggap.selectors.queues import NO_UNIT, due_between

PAGE: Final = 25
_DECIDING: Final = frozenset({Action.REFUSE_REOPEN, Action.REOPEN})
_ASKING: Final = _DECIDING | {Action.ASK_REOPEN}
# Why it was opened again stands in the words that the office and the reporter read; an overseer reads the deed.
_ANSWERED_IN_WORDS: Final = (Action.ASK_REOPEN.value, Action.REFUSE_REOPEN.value)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; empty values narrow nothing."""

    agency_id: int | None = None
    family: Family | None = None
    is_overdue: bool = False
    is_returned: bool = False  # an office has said that it is not its own
    unit_id: int | None = None  # NO_UNIT: without one
    clock: Clock | None = None  # the one that runs out first
    due_since: date | None = None
    due_until: date | None = None


class Row(NamedTuple):
    """What a list shows of a report; `title` is the published one, and '' where there is none."""

    pk: int
    number: str
    status: str
    urgency: str
    urgency_rank: int
    due_at: datetime | None
    owner_agency_id: int
    owner_unit_id: int | None
    category_id: str | None
    area_id: str | None
    is_confidential: bool
    last_acted_at: datetime
    due_clock: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` is the key to the next one, '' when there is nothing more."""

    rows: Sequence[Row]
    after: str


def list_(*, viewer: Watcher, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """Return a page: open reports by due date and urgency, what is over by the newest act.

    `after` is the key that the page before gave; a key that was not given is as none.
    """
    is_over, rows = _is_over(filters), _listed(viewer, filters)
    key = opaque.open_(_KEY, after)
    if is_over:
        rows = rows.order_by("-last_acted_at", "-id")
        if key:
            rows = rows.filter(TupleLessThan(Tuple("last_acted_at", "id"), (datetime.fromisoformat(key[0]), key[2])))
    else:
        rows = rows.order_by("due_at", "urgency_rank", "id")
        if key:
            place = (datetime.fromisoformat(key[0]), key[1], key[2])
            rows = rows.filter(TupleGreaterThan(Tuple("due_at", "urgency_rank", "id"), place))
    found = [Row(*values) for values in rows.values_list(*Row._fields[:-1])[: size + 1]]
    titles = publications.titles(row.number for row in found[:size])
    shown = [row._replace(title=titles.get(row.number, "")) for row in found[:size]]
    return Page(shown, _write_key(found[size - 1], is_over=is_over) if len(found) > size else "")


def count(*, viewer: Watcher, filters: Filters) -> int:
    """Return how many reports `list_` lists, on all its pages."""
    return _listed(viewer, filters).count()


def _is_over(filters: Filters) -> bool:
    of_family = {status for status, spec in STATUSES.items() if spec.family == filters.family}
    return filters.family is not None and not of_family & OPEN


def _listed(viewer: Watcher, filters: Filters) -> QuerySet[Report]:
    rows = rows_of(viewer, filters)
    return rows if _is_over(filters) else rows.filter(status__in=OPEN)


def rows_of(viewer: Watcher, filters: Filters) -> QuerySet[Report]:
    """Return the reports of a list, in no order, for who counts them."""
    return reports.watched(viewer=viewer).filter(_narrowed(filters))


def _narrowed(filters: Filters) -> Q:
    narrowed = due_between(filters.due_since, filters.due_until)
    if filters.agency_id is not None:
        narrowed &= Q(owner_agency_id=filters.agency_id)
    if filters.family is not None:
        narrowed &= Q(status__in=[s.value for s, spec in STATUSES.items() if spec.family == filters.family])
    if filters.is_overdue:
        narrowed &= Q(is_overdue=True)
    if filters.is_returned:
        narrowed &= Q(return_count__gt=0)
    if filters.unit_id is not None:
        narrowed &= Q(owner_unit_id=None) if filters.unit_id == NO_UNIT else Q(owner_unit_id=filters.unit_id)
    if filters.clock is not None:
        narrowed &= Q(due_clock=filters.clock.value)
    return narrowed


# Sealed, as the keys of the desk are: the primary key counts the reports that the viewer may not know of.
_KEY: Final = "key of the list of oversight"


def _write_key(row: Row, *, is_over: bool) -> str:
    at = row.last_acted_at if is_over or row.due_at is None else row.due_at
    return opaque.seal(_KEY, [at.isoformat(), row.urgency_rank, row.pk])


class Handed(NamedTuple):
    """What the list of the Ombudsman shows of a report."""

    pk: int
    number: str
    status: str
    owner_agency_id: int
    handed_over_at: datetime
    handover_accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandedPage:
    """One page of what was handed over."""

    rows: Sequence[Handed]
    after: str


def handed_over(*, viewer: Ombudsman, after: str = "", size: int = PAGE) -> HandedPage:
    """Return what reporters have handed over and not taken back, the newest first."""
    rows = reports.watched(viewer=viewer).order_by("-handed_over_at", "-id")
    if key := opaque.open_(_KEY, after):
        rows = rows.filter(TupleLessThan(Tuple("handed_over_at", "id"), (datetime.fromisoformat(key[0]), key[2])))
    found = [Handed(*values) for values in rows.values_list(*Handed._fields)[: size + 1]]
    last = found[size - 1] if len(found) > size else None
    return HandedPage(found[:size], opaque.seal(_KEY, [last.handed_over_at.isoformat(), 0, last.pk]) if last else "")


@dataclass(frozen=True, slots=True)
class Sight:
    """One report as a watcher may know it: the texts that are not read are not in it."""

    report: Report
    events: Sequence[EventRecord]
    case: Case
    reading: Reading
    title: str
    words: dict[str, str]  # body and location of the report
    said: dict[int, str]  # what offices said, by the seq of their act
    agencies: dict[int, str]
    units: dict[int, str]
    asked: frozenset[int] = frozenset()  # the acts by which the own office asked to open it again, and what came of it

    @property
    def owner(self) -> str:
        """Return the name of the office that has the report now."""
        return self.office(self.report.owner_agency_id, self.report.owner_unit_id)

    def office(self, agency_id: int | None, unit_id: int | None) -> str:
        """Return the name of an office: the unit, else the agency, else nothing."""
        if unit_id is not None:
            return self.units.get(unit_id, "")
        return self.agencies.get(agency_id, "") if agency_id is not None else ""


def get(*, viewer: Watcher, number: str, now: datetime) -> Sight:
    """Return a report as a watcher reads it; raises reports.NotFoundError alike for unknown and forbidden."""
    report = reports.get(viewer=viewer, number=number)
    events = reports.events_of(report.pk)
    case = reports.case_of(report, now=now, events=events)
    level = privacy.reading(viewer, case)
    sight = Sight(
        report=report,
        events=events,
        case=case,
        reading=level,
        title="",
        words={},
        said={},
        agencies=_names(Agency, events, "agency"),
        units=_names(Unit, events, "unit"),
    )
    match level:
        case Reading.MASKED:
            sight = _masked(sight)
        case Reading.PUBLIC:
            sight = _public(sight)
        case Reading.STANDING:
            pass
    return _asked(sight, viewer)


def _asked(sight: Sight, viewer: Watcher) -> Sight:
    """Add what the viewer's office asked of the national admin, and the answer: read by no other office that looks.

    That somebody else asked may tell what the viewer does not know: that the report was handed to the Ombudsman.
    """
    found, is_own = set(), False
    for event in sight.events:
        if event.kind == Action.ASK_REOPEN:
            is_own = event.agency_id == viewer.agency_id and event.role == viewer.role
        if is_own and event.kind in _ASKING:
            found.add(event.seq)
        is_own = is_own and event.kind not in _DECIDING
    if not found:
        return sight
    rows = EventText.objects.filter(event__report_id=sight.report.pk, event__seq__in=found, field="text")
    texts = rows.filter(text__isnull=False, event__kind__in=_ANSWERED_IN_WORDS).values_list("event__seq", "text")
    said = sight.said | {seq: privacy.without_person(text or "") for seq, text in texts}
    return replace(sight, said=said, asked=frozenset(found))


def _public(sight: Sight) -> Sight:
    published = publications.get(sight.report.number)
    words = {"body": published.body, "location": published.location}
    said = {entry["seq"]: entry["text"] for entry in published.timeline if entry["text"]}
    return replace(sight, title=published.title, words=words, said=said)


def _masked(sight: Sight) -> Sight:
    spans = privacy.confirmed_spans(sight.events)
    spoken = {event.seq for event in sight.events if event.kind in PUBLIC_TEXTS}
    rows = EventText.objects.filter(
        event__seq__in=spoken, field="text", event__report_id=sight.report.pk, text__isnull=False
    )
    said = {
        seq: privacy.without_person(text or "", spans.get((seq, "text")))
        for seq, text in rows.values_list("event__seq", "text")
    }
    filed = filed_words.of([sight.report.pk], ("body", "location")).get(sight.report.pk, {})
    words = {name: privacy.without_person(text, spans.get((1, name))) for name, text in filed.items()}
    title = privacy.title_without_person(sight.report.title, sight.report.desk_title)
    return replace(sight, title=title, words=words, said=said)


def _names(model: type[Agency | Unit], events: Sequence[EventRecord], kind: str) -> dict[int, str]:
    found: set[Any] = {getattr(event, f"{kind}_id") for event in events}
    found |= {(event.data.get("owner") or {}).get(kind) for event in events}
    if kind == "agency":
        found |= {
            event.data.get(name) for event in events for name in ("suggested", "destination", "offer", "in_place_of")
        }
    rows = model.objects.filter(pk__in=found - {None}).only("name", "short_name")
    return {row.pk: str(row) for row in rows}
