"""Everything that an officer's page needs of one report: its row, chain, texts, files and names, behind the wall."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final

from tanggap.domain import edits
from tanggap.domain.actors import Officer
from tanggap.domain.case import Case, Projection
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import HELD_TEXTS, Action
from tanggap.domain.standing_in import stands_in
from tanggap.models import Attachment, EventText, Report
from tanggap.selectors import accounts, prepared, reports


class NotFoundError(LookupError):
    """There is no such file of this report."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One report as an officer may know it. Texts are the words as they came: `domain.privacy` says who reads them."""

    report: Report
    events: list[EventRecord]
    case: Case
    texts: dict[tuple[int, str], str | None]  # (seq of the event, field); None when erased
    files: dict[int, list[Attachment]]  # by seq of the event that brought them
    agencies: dict[int, str]
    units: dict[int, str]
    people: dict[int, str]
    versions: list[edits.Version] = field(default_factory=list)  # the report's words before each edit of the reporter
    is_in_place: bool = False  # read by who may verify in the place of its agency, and for that alone

    @property
    def facts(self) -> Projection:
        """Return what the events add up to."""
        return self.case.facts

    @property
    def owner(self) -> str:
        """Return the name of the office that has the report now."""
        return self.office(self.report.owner_agency_id, self.report.owner_unit_id)

    def office(self, agency_id: int | None, unit_id: int | None) -> str:
        """Return the name of an office: the unit, else the agency, else nothing."""
        if unit_id is not None:
            return self.units.get(unit_id, "")
        return self.agencies.get(agency_id, "") if agency_id is not None else ""

    def held(self) -> list[EventRecord]:
        """Return the later texts of the reporter that no officer has checked yet, oldest first."""
        checked = {event.data["refers_to"] for event in self.events if event.kind == Action.CONFIRM_TEXT}
        return [
            event
            for event in self.events
            if event.kind in HELD_TEXTS and event.seq not in checked and self.texts.get((event.seq, "text"))
        ]


def get(*, viewer: Officer, number: str, now: datetime, also_in_place: bool = False) -> Dossier:
    """Return the dossier of a report; raises reports.NotFoundError alike for unknown and forbidden."""
    is_in_place = False
    try:
        report = reports.get(viewer=viewer, number=number)
    except reports.NotFoundError:
        if not also_in_place:
            raise
        report, is_in_place = reports.get(viewer=viewer, number=number, also_in_place=True), True
    events = reports.events_of(report.pk)
    facts_case = reports.case_of(report, now=now, events=events)
    if is_in_place and not stands_in(viewer, facts_case):
        raise reports.NotFoundError(number)
    files: dict[int, list[Attachment]] = {}
    for file in _files().rows({_REPORT: report.pk}):
        files.setdefault(file.event.seq, []).append(file)
    stored = {(seq, field): text for seq, field, text in prepared.fetch(_TEXTS, [report.pk])}
    named = facts_case.facts
    return Dossier(
        report=report,
        events=events,
        case=facts_case,
        texts=edits.current(events, stored),
        versions=edits.versions(events, stored),
        files=files,
        agencies=_names(_AGENCIES, _agencies(events)),
        units=_names(_UNITS, _units(events) | named.named_unit_ids),
        people=accounts.names_of(_people(events) | named.named_user_ids),
        is_in_place=is_in_place,
    )


_REPORT: Final = -1  # stands for a report until it is known which
_TEXTS: Final = """
SELECT event.seq, words.field, words.text FROM tanggap_event event
JOIN tanggap_eventtext words ON words.event_id = event.id WHERE event.report_id = %s
"""
_AGENCIES: Final = "SELECT id, coalesce(nullif(short_name, ''), name) FROM tanggap_agency WHERE id = ANY(%s)"
_UNITS: Final = "SELECT id, coalesce(nullif(short_name, ''), name) FROM tanggap_unit WHERE id = ANY(%s)"


@cache
def _files() -> prepared.Kept[Attachment]:
    files = Attachment.objects.filter(report_id=_REPORT, erased_at=None)
    return prepared.keep(files.select_related("event").order_by("pk"))


def file(*, viewer: Officer, number: str, key: str) -> Attachment:
    """Return a file of a report; raises reports.NotFoundError for the report, NotFoundError for the file."""
    report = reports.get(viewer=viewer, number=number, also_in_place=True)
    files = Attachment.objects.filter(report_id=report.pk, key=key, erased_at=None).select_related("event")
    found = files.first()
    if found is None:
        raise NotFoundError(key)
    return found


def words_of(report_id: int, seq: int) -> str:
    """Return the words of an act, for whoever wrote them; '' where there are none any more."""
    found = EventText.objects.filter(event__report_id=report_id, event__seq=seq, field="text")
    return found.values_list("text", flat=True).first() or ""


def own_act(*, viewer: Officer, number: str, seen: int) -> tuple[str, str] | None:
    """Return kind and words of the first act on a report since a page saw so many events, if it is the viewer's own.

    For whoever has shown to have had that page, wherever the report is now: what one did oneself is no news. None for
    everything else. That somebody was told of a lateness is no act.
    """
    report_id = Report.objects.filter(number=number).values_list("pk", flat=True).first()
    since = reports.events_of(report_id)[seen:] if report_id is not None else []
    first = next((event for event in since if event.kind != Action.ESCALATE), None)
    if report_id is None or first is None or first.user_id != viewer.user_id:
        return None
    return first.kind, words_of(report_id, first.seq)


# What an event calls another agency by: proposed, offered the report, or late, so that somebody else acted.
_OTHERS: Final = ("suggested", "proposed", "destination", "offer", "in_place_of")


def _agencies(events: Iterable[EventRecord]) -> set[int]:
    found = {event.agency_id for event in events}
    found |= {(event.data.get(name) or {}).get("agency") for event in events for name in ("owner", "supporter")}
    found |= {event.data.get(name) for event in events for name in _OTHERS}
    return {pk for pk in found if pk is not None}


def _units(events: Iterable[EventRecord]) -> set[int]:
    found = {event.unit_id for event in events}
    found |= {(event.data.get(name) or {}).get("unit") for event in events for name in ("owner", "supporter")}
    return {pk for pk in found if pk is not None}


def _names(asked: str, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    return dict(prepared.fetch(asked, [wanted])) if wanted else {}


def _people(events: Iterable[EventRecord]) -> set[int]:
    found = {event.user_id for event in events} | {event.data.get("assignee") for event in events}
    return {pk for pk in found if pk is not None}
