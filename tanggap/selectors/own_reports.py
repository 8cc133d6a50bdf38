"""A report as its own reporter reads it: the whole road, every clock, and who opened the identity."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tanggap.domain import edits, hiding
from tanggap.domain.actors import Reporter
from tanggap.domain.case import Case, Projection
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import INTERNAL_TEXTS, Action, Visibility
from tanggap.models import Agency, Attachment, Event, EventText, Identity, Report, Unit
from tanggap.selectors import reports

OPENINGS = frozenset({Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.OPEN_HANDOVER})


class NotFoundError(LookupError):
    """There is no such file of this report."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the report, as its reporter may open it."""

    key: str
    name: str
    size: int
    kind: str
    media_type: str
    is_publishable: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with what the reporter may read of it."""

    event: EventRecord
    office: str  # who acted; '' for the reporter and the system
    owner: str  # who owns the report from then on, where that changed
    offer: str  # whom it was offered to, or who was asked to support
    in_place_of: str  # the agency that was late with what another one did
    proposed: str  # whose it is, in the eyes of who declined it
    text: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One report with everything that its reporter may know, oldest event first."""

    report: Report
    events: list[EventRecord]  # the whole chain, for clocks; `entries` is what may be shown
    case: Case
    entries: tuple[Entry, ...]
    openings: tuple[Entry, ...]
    words: dict[str, str]  # the reporter's own fields: title, body, location, solution, loss
    owner: str
    relatives: tuple[tuple[str, str, str], ...]  # number, title, status: its parts, or the whole that it is a part of
    is_unconfirmed: bool  # there is an e-mail address, and nobody has opened the link in the mail

    @property
    def facts(self) -> Projection:
        """Return what the events add up to."""
        return self.case.facts


def get(*, viewer: Reporter, now: datetime) -> OwnReport:
    """Return the report of a capability; raises reports.NotFoundError."""
    report = reports.own(viewer=viewer)
    events = reports.events_of(report.pk)
    case = reports.case_of(report, now=now, events=events)
    gone = hiding.hidden_files(events)
    files: dict[int, list[File]] = {}
    for row in Attachment.objects.filter(report_id=report.pk, erased_at=None).select_related("event").order_by("pk"):
        file = _file(row)
        files.setdefault(row.event.seq, []).append(replace(file, is_publishable=False) if file.key in gone else file)
    rows = EventText.objects.filter(event__report_id=report.pk).values_list("event__seq", "field", "text")
    texts = {place: text or "" for place, text in edits.current(events, {(s, f): t for s, f, t in rows}).items()}
    agencies, units = _names(events)
    offices = _Offices(agencies, units)
    entries = tuple(_entry(event, offices, texts, files) for event in events if _may_read(event))
    return OwnReport(
        report=report,
        events=events,
        case=case,
        entries=tuple(entry for entry in entries if entry.event.kind not in OPENINGS),
        openings=tuple(entry for entry in entries if entry.event.kind in OPENINGS),
        words={field: text for (seq, field), text in texts.items() if seq == 1 and text},
        owner=offices.name(case.facts.owner_agency_id, case.facts.owner_unit_id),
        relatives=_relatives(case.facts),
        is_unconfirmed=Identity.objects.filter(
            report_id=report.pk, has_email=True, email_confirmed_at=None, erased_at=None
        ).exists(),
    )


def file(*, viewer: Reporter, key: str) -> File:
    """Return a file that the reporter sent or was sent; raises NotFoundError."""
    found = (
        Attachment.objects.filter(report_id=viewer.report_id, key=key, erased_at=None).select_related("event").first()
    )
    if found is None or not (_may_read(found.event.as_record()) or _was_released(found.event)):
        raise NotFoundError(key)
    return _file(found)


def _was_released(event: Event) -> bool:
    """Say whether a held answer went out: then its files are the reporter's to read."""
    answers = Event.objects.filter(report_id=event.report_id, kind=Action.ANSWER.value)
    return answers.filter(data__releases=event.seq).exists()


def _file(row: Attachment) -> File:
    return File(row.key, row.name, row.size, row.kind, row.media_type, row.is_publishable)


@dataclass(frozen=True, slots=True)
class _Offices:
    agencies: dict[int, str]
    units: dict[int, str]

    def name(self, agency_id: int | None, unit_id: int | None) -> str:
        """Return the name of the unit, else of the agency, else ''."""
        if unit_id is not None:
            return self.units.get(unit_id, "")
        return self.agencies.get(agency_id, "") if agency_id is not None else ""


def _relatives(facts: Projection) -> tuple[tuple[str, str, str], ...]:
    numbers = facts.parts or ((facts.part_of,) if facts.part_of else ())
    rows = Report.objects.filter(number__in=numbers).order_by("pk") if numbers else Report.objects.none()
    return tuple(rows.values_list("number", "title", "status"))


def _may_read(event: EventRecord) -> bool:
    return event.visibility != Visibility.INTERNAL


def _entry(
    event: EventRecord,
    offices: _Offices,
    texts: dict[tuple[int, str], str],
    files: dict[int, list[File]],
) -> Entry:
    owner, helps = event.data.get("owner") or {}, event.data.get("supporter") or {}
    return Entry(
        event=event,
        office=offices.name(event.agency_id, event.unit_id),
        owner=offices.name(owner.get("agency"), owner.get("unit")),
        offer=offices.name(event.data.get("offer") or helps.get("agency"), helps.get("unit")),
        in_place_of=offices.name(event.data.get("in_place_of"), None),
        proposed=offices.name(event.data.get("proposed"), None),
        text="" if event.kind in INTERNAL_TEXTS else texts.get((event.seq, "text"), ""),
        files=(*files.get(event.seq, ()), *files.get(event.data.get("releases", 0), ())),
    )


def _names(events: Iterable[EventRecord]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the full names of every agency and unit in a chain, in two queries."""
    events = list(events)
    owners = [event.data.get(name) or {} for event in events for name in ("owner", "supporter")]
    agencies = _known({event.agency_id for event in events} | {owner.get("agency") for owner in owners})
    agencies |= _known(event.data.get(name) for event in events for name in ("offer", "proposed", "in_place_of"))
    units = _known({event.unit_id for event in events} | {owner.get("unit") for owner in owners})
    return (
        dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "name")),
        dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")),
    )


def _known(ids: Iterable[int | None]) -> set[int]:
    return {pk for pk in ids if pk is not None}
