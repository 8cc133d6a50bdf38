"""A published report as a card shows it: where it stands, who has it, by when, how it ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.lifecycle import Status
from tanggap.domain.outcomes import Outcome
from tanggap.selectors import areas, calendars
from tanggap.selectors.names import Names
from tanggap.selectors.publications import Row
from tanggap.templatetags.tanggap import named, status_tone, tanggal_pendek, when
from tanggap.web import badges, due, wording
from tanggap.web.public.filters import place

if TYPE_CHECKING:
    from tanggap.models import Publication

type Card = dict[str, Any]  # the parameters of components/report_card.html


def cards(rows: Sequence[Row], known: Names, *, now: datetime) -> list[Card]:
    """Return the cards of published reports, with the names that are known; the new ones come in one query."""
    places = known.places(row.area_id for row in rows if row.area_id)
    return [_card(row, known, places, now) for row in rows]


def _card(row: Row, known: Names, places: Mapping[str, str], now: datetime) -> Card:
    agency = known.agency(row.agency_id)
    return {
        "href": f"/laporan/{row.number}",
        "title": row.title,
        "number": row.number,
        "code": row.status,
        "status": str(wording.RETURNED if row.is_returned else wording.STATUS[Status(row.status)]),
        **_left(row, known, agency.timezone, now),
        "outcome": outcome(row.outcome),
        "extended": str(wording.EXTENDED) if row.is_extended and row.is_open else "",
        "excerpt": row.excerpt,
        "agency": known.unit(row.unit_id).name if row.unit_id else agency.name,
        "area": _where(row.area_id, places),
        "category": named(known.category(row.category_id)) if row.category_id else "",
        "filed": row.received_at.astimezone(ZoneInfo(agency.timezone)).date(),
        "answered": row.answered_at,
        "supported": supported(row.support_count),
    }


def office(publication: "Publication") -> str:
    """Return the name of the office that owns a report."""
    return publication.unit.name if publication.unit else publication.agency.name


def _left(row: Row, known: Names, zone: str, now: datetime) -> Card:
    """Return the days left to the office, below 0 when it is late; None when it is not the office's turn."""
    if not row.is_open or row.due_at is None or CLOCKS[Clock(row.due_clock)].is_reporters:
        return {"left": None}
    calendar = calendars.working_calendar(row.agency_id, known.calendar)
    left = due.of_row(row.due_at, row.due_clock, row.agency_id, known=known, zone=zone, calendar=calendar, now=now)
    return {"left": left.days, "by_calendar": left.by_calendar}


def supported(count: int) -> str:
    """Return how many say that they live with what a report tells, in words; '' for nobody."""
    said = ngettext("%(n)s orang juga mengalami ini", "%(n)s orang juga mengalami ini", count)
    return said % {"n": number_format(count, use_l10n=True, force_grouping=True)} if count else ""


def outcome(code: str) -> str:
    """Return the words of an outcome; '' for none."""
    return str(wording.OUTCOME[Outcome(code)]) if code else ""


def _where(code: str | None, names: Mapping[str, str]) -> str:
    """Say district and regency of a place, nearest first."""
    parts = areas.codes_of(code) if code else []
    return place(names[part] for part in (parts[1:3] or parts) if part in names)


# Measured: a template with its badges included took three times as long for a page of these as everything
# else on it together. A test holds what is drawn here equal to the component.
_CARD: Final = (
    '<article class="card report"><p class="row tight">{}{}{}{}</p>'
    '<h3><a href="{}">{}</a></h3>{}<p class="meta">{}</p></article>'
)


def draw(card: Card) -> SafeString:
    """Draw one card as `components/report_card.html` does; what is empty is left out."""
    left, language = card.get("left"), get_language() or "id"
    meta = [
        badges.fact("building", card.get("agency")),
        badges.fact("pin", card.get("area")),
        badges.fact("tag", card.get("category")),
        badges.fact("calendar", when(card.get("filed"), "short")),
        badges.fact("reply", f"{_('dijawab')} {tanggal_pendek(card['answered'])}" if card.get("answered") else ""),
        badges.fact("user", card.get("supported")),
        format_html('<span class="mono">{}</span>', card["number"]) if card.get("number") else "",
    ]
    return format_html(
        _CARD,
        badges.badge(status_tone(card["code"]), card["status"]),
        "" if left is None else badges.due(left, card.get("by_calendar", False), language),
        badges.badge("wait", card["extended"]) if card.get("extended") else "",
        badges.badge("done", card["outcome"]) if card.get("outcome") else "",
        card["href"],
        card["title"],
        format_html('<p class="excerpt">{}</p>', card["excerpt"]) if card.get("excerpt") else "",
        SafeString("".join(meta)),
    )
