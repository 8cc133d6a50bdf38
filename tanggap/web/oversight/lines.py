"""One line of a list of oversight: how long there is, what it is about where that is public, where it lies."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain.actors import Watcher
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.lifecycle import Status
from tanggap.selectors.names import Names, Office
from tanggap.selectors.oversight import Row
from tanggap.templatetags.tanggap import named, status_tone
from tanggap.web import badges, due, sheets, wording


def draw(rows: Sequence[Row], viewer: Watcher, known: Names, *, now: datetime) -> list[dict[str, Any]]:
    """Return what `oversight/_lines.html` shows of each report."""
    calendar = due.calendar_of(viewer.agency_id, known.calendar)
    places = known.places(row.area_id for row in rows if row.area_id)
    made = []
    for row in rows:
        office = _office(row, known)
        made.append(
            {
                "number": row.number,
                "title": row.title,
                "untitled": _untitled(row),
                "due": _due(row, known, calendar, now),
                "badge": badges.badge(status_tone(row.status), str(wording.STATUS[Status(row.status)])),
                "is_secret": row.is_confidential,
                "office": office.short,
                "place": _place(row, places),
                "category": _category(row, known),
            }
        )
    return made


def _due(row: Row, known: Names, calendar: WorkingCalendar, now: datetime) -> str:
    if row.due_at is None:
        return ""
    zone = known.agency(row.owner_agency_id).timezone
    left = due.of_row(
        row.due_at, row.due_clock, row.owner_agency_id, known=known, zone=zone, calendar=calendar, now=now
    )
    return badges.due_on(*left, due.day_of(row.due_at, zone), get_language() or "id")


HEADINGS: Final = (
    *(lazy("Nomor laporan"), lazy("Judul"), lazy("Status"), lazy("Tenggat"), lazy("Instansi"), lazy("Unit")),
    *(lazy("Kategori"), lazy("Wilayah")),
)


def plain(rows: Sequence[Row], known: Names) -> Iterator[list[Any]]:
    """Give what the list says of each report as a row of a file."""
    places = known.places(row.area_id for row in rows if row.area_id)
    for row in rows:
        agency = known.agency(row.owner_agency_id)
        unit = known.unit(row.owner_unit_id).name if row.owner_unit_id else ""
        due_on = sheets.day(row.due_at, ZoneInfo(agency.timezone))
        status = wording.STATUS[Status(row.status)]
        yield [
            row.number,
            row.title or _untitled(row),
            status,
            due_on,
            agency.name,
            unit,
            _category(row, known),
            _place(row, places),
        ]


def _untitled(row: Row) -> str:
    return _("Laporan rahasia") if row.is_confidential else _("Judul belum atau tidak tampil ke publik")


def _office(row: Row, known: Names) -> Office:
    return known.unit(row.owner_unit_id) if row.owner_unit_id else known.agency(row.owner_agency_id)


def _category(row: Row, known: Names) -> str:
    return named(known.category(row.category_id)) if row.category_id and not row.is_confidential else ""


def _place(row: Row, places: Mapping[str, str]) -> str:
    return places.get(row.area_id[:5], "") if row.area_id and not row.is_confidential else ""
