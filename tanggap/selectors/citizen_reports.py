"""The reports of a citizen's account: the own with the capability of each one's reporter, the followed as the public.

What is no longer public is not followed any more, as far as anybody can see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action
from tanggap.models import Event, Publication, Report
from tanggap.selectors import filed_words, opaque, publications

PAGE: Final = 20
_KEY: Final = "key of the own reports"


@dataclass(frozen=True, slots=True)
class Line:
    """One own report as the list shows it."""

    report_id: int
    number: str
    title: str
    status: str
    is_anonymous: bool
    is_confidential: bool
    received_at: datetime
    due_at: datetime | None
    due_clock: str
    agency_id: int
    zone: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of own reports, the newest first, and the key of the next one ('' for none)."""

    rows: tuple[Line, ...]
    older: str


def listed(*, viewer: Sequence[Reporter], after: str = "") -> Lines:
    """Return a page of the reports whose capabilities the viewer holds."""
    ids = sorted((one.report_id for one in viewer), reverse=True)
    parts = opaque.open_(_KEY, after) if after else None
    if parts is not None:
        ids = [one for one in ids if one < parts[0]]
    found = Report.objects.filter(pk__in=ids[:PAGE]).select_related("owner_agency").order_by("-pk")
    older = opaque.seal(_KEY, [ids[PAGE - 1]]) if len(ids) > PAGE else ""
    return Lines(tuple(_line(row) for row in found), older)


def by_number(*, viewer: Sequence[Reporter], number: str) -> Reporter | None:
    """Return the capability for the report with a number, or None where the viewer holds none for it."""
    ids = {one.report_id: one for one in viewer}
    found = Report.objects.filter(number=number, pk__in=ids).values_list("pk", flat=True).first()
    return ids[found] if found is not None else None


def followed(ids: Sequence[int]) -> list[Publication]:
    """Return the public reports among these, the latest follow first."""
    rows = {row.report_id: row for row in publications.live().filter(report_id__in=ids).defer("search", "answers")}
    return [rows[one] for one in reversed(ids) if one in rows]


def public_id(number: str) -> int | None:
    """Return the report behind a public page that can be followed, or None."""
    return publications.live().filter(number=number).values_list("report_id", flat=True).first()


def is_public(report_id: int) -> bool:
    """Say whether a report can be read by everybody now."""
    return publications.live().filter(report_id=report_id).exists()


def filed(*, viewer: Sequence[Reporter]) -> dict[int, dict[str, Any]]:
    """Return the own reports as they were handed in, and where they stand, by their key."""
    ids = [one.report_id for one in viewer]
    words = filed_words.of(ids)
    told = Q(seq=1) | Q(kind=Action.EDIT.value)
    codes: dict[int, dict[str, Any]] = {}
    rows = Event.objects.filter(told, report_id__in=ids).order_by("seq")
    for report_id, data in rows.values_list("report_id", "data"):
        codes.setdefault(report_id, {}).update(data)
    return {row.pk: _as_filed(row, words.get(row.pk, {}), codes[row.pk]) for row in Report.objects.filter(pk__in=ids)}


_CODES: Final = ("classification", "category", "urgency", "area", "event_date", "anonymous", "confidential")


def _as_filed(row: Report, words: dict[str, str], codes: dict[str, Any]) -> dict[str, Any]:
    said = {name: codes.get(name) for name in _CODES}
    moments = {name: getattr(row, name) for name in ("received_at", "registered_at", "closed_at")}
    dates = {name: at and at.isoformat() for name, at in moments.items()}
    return {"number": row.number, "status": row.status, "outcome": row.outcome, **dates, **said, **words}


def _line(row: Report) -> Line:
    return Line(
        report_id=row.pk,
        number=row.number,
        title=row.title,
        status=row.status,
        is_anonymous=row.is_anonymous,
        is_confidential=row.is_confidential,
        received_at=row.received_at,
        due_at=row.due_at,
        due_clock=row.due_clock,
        agency_id=row.owner_agency_id,
        zone=row.owner_agency.timezone,
    )
