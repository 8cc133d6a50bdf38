"""One line of a list of oversight: how long there is, what it is about where that is public, where it lies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.domain.actors import Watcher
from tanggap.domain.lifecycle import Status
from tanggap.selectors.names import Names
from tanggap.selectors.oversight import Row
from tanggap.templatetags.tanggap import named, status_tone
from tanggap.web import badges, due, wording


def draw(rows: Sequence[Row], viewer: Watcher, known: Names, *, now: datetime) -> list[dict[str, Any]]:
    """Return what `oversight/_lines.html` shows of each report."""
    calendar = due.calendar_of(viewer.agency_id, known.calendar)
    places = known.places(row.area_id for row in rows if row.area_id)
    language = get_language() or "id"
    made = []
    for row in rows:
        zone = known.agency(row.owner_agency_id).timezone
        left = due.days_left(row.due_at, zone=zone, calendar=calendar, now=now) if row.due_at else None
        office = known.unit(row.owner_unit_id) if row.owner_unit_id else known.agency(row.owner_agency_id)
        made.append(
            {
                "number": row.number,
                "title": row.title,
                "untitled": _("Laporan rahasia")
                if row.is_confidential
                else _("Judul belum atau tidak tampil ke publik"),
                "due": badges.due_on(left, due.day_of(row.due_at, zone), language) if row.due_at else "",
                "badge": badges.badge(status_tone(row.status), str(wording.STATUS[Status(row.status)])),
                "is_secret": row.is_confidential,
                "office": office.short,
                "place": places.get(row.area_id[:5], "") if row.area_id and not row.is_confidential else "",
                "category": named(known.category(row.category_id))
                if row.category_id and not row.is_confidential
                else "",
            }
        )
    return made
