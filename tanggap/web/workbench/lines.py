"""One line of the desk's list: what a report is about, how long there is, where it lies and who has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.domain import awaited, outside, privacy
from tanggap.domain.actors import NationalAdmin, Officer, unit_of
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.intake import Urgency
from tanggap.domain.lifecycle import Family, Status
from tanggap.selectors.names import Names
from tanggap.selectors.queues import Row
from tanggap.templatetags.tanggap import icon, named, status_tone
from tanggap.web import badges, due, wording
from tanggap.web.workbench import page

PATH: Final = "/meja"
_REGENCY: Final = 5  # how long the code of a regency is: "36.01"
# Where the tab says it in fewer words, so does the line.
_SHORT: Final = {Status.ASSIGNED: wording.FAMILY[Family.ASSIGNED]}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose list it is, and what is known while it is drawn."""

    viewer: Officer
    names: Names
    places: Mapping[str, str]
    calendar: WorkingCalendar
    language: str
    now: datetime
    people: Mapping[int, str] = field(default_factory=dict)  # the names of those who work on a report
    tail: str = ""  # what the addresses end with, for the reports to be gone through in the order of this list

    @property
    def zone(self) -> str:
        """Return in which zone the viewer's agency counts days."""
        return self.names.agency(self.viewer.agency_id).timezone


# A template with its includes took a third of the time of the whole page for these (ADR 0012).
_LINE: Final = (
    '<li><input type="checkbox" class="pick" name="nomor" value="{}" aria-label="{}"><span class="due">{}</span>'
    '<span class="what"><a class="main" href="{}"><bdi>{}</bdi></a></span>'
    '<span class="marks">{}</span><span class="meta">{}<span class="mono">{}</span>{}</span></li>'
)


def draw(row: Row, desk: Desk) -> SafeString:
    """Draw one line; what is empty is left out."""
    is_hidden = row.is_anonymous or row.is_confidential
    reads = privacy.reads_listed(
        desk.viewer, is_hidden=is_hidden, status=row.status, owner_agency_id=row.owner_agency_id
    )
    urgency = wording.URGENCY[Urgency(row.urgency)] if row.urgency else ""
    facts = (
        badges.fact("building", _owner(row, desk)),
        badges.fact("user", _assignee(row, desk)),
        badges.fact("pin", _where(row, desk.places)),
        badges.fact("tag", named(desk.names.category(row.category_id)) if row.category_id else ""),
        badges.fact("eye", _("Berkadar pengawasan") if row.supervisory else ""),
        format_html_join("", '<span class="tag">#{}</span>', ((word,) for word in row.tag_words)),
    )
    return format_html(
        _LINE,
        row.number,
        _("Pilih %(number)s") % {"number": row.number},
        _due(row, desk),
        f"{PATH}/{row.number}{desk.tail}",
        page.listed_title(row, reads=reads),
        _marks(row, desk),
        format_html('<span class="urgent">{} {}</span>', icon("flag"), urgency) if urgency else "",
        row.number,
        SafeString("".join(facts)),
    )


def _due(row: Row, desk: Desk) -> SafeString | str:
    if row.due_at is None:
        return ""
    zone = desk.names.agency(row.owner_agency_id).timezone
    left = due.of_row(
        row.due_at,
        row.due_clock,
        row.owner_agency_id,
        known=desk.names,
        zone=zone,
        calendar=desk.calendar,
        now=desk.now,
    )
    return badges.due_on(*left, due.day_of(row.due_at, zone), desk.language)


def _marks(row: Row, desk: Desk) -> SafeString:
    """Draw the status, and whether the report or who wrote it is hidden, as components/status_badge.html does."""
    status = Status(row.status)
    marks = [badges.badge(status_tone(row.status), str(_SHORT.get(status) or wording.STATUS[status]))]
    if row.is_confidential:
        marks.append(badges.badge("secret", _("Rahasia")))
    if row.is_anonymous:
        marks.append(badges.badge("secret", _("Anonim"), "mask"))
    if row.is_stale:
        marks.append(badges.badge("wait", _("Tidak bergerak 14 hari kerja"), "pause"))
    if row.reopen_asked_at is not None and isinstance(desk.viewer, NationalAdmin):  # who decides about it
        days = outside.waiting_days(row.reopen_asked_at, now=desk.now, zone=desk.zone, calendar=desk.calendar)
        told = ngettext("Menunggu %(n)s hari kerja", "Menunggu %(n)s hari kerja", days) % {"n": days}
        marks.append(badges.badge("late" if days > outside.PATIENCE else "wait", told, "clock"))
    if _waits(row, desk.viewer):
        marks.append(badges.badge("soon", _("Menunggu keputusan Anda"), "check"))
    if row.member_count:
        more = ngettext("+%(n)s laporan", "+%(n)s laporan", row.member_count)
        marks.append(badges.badge("info", more % {"n": row.member_count}, "copy"))
    elif row.cluster_lead_id is not None:
        marks.append(badges.badge("calm", _("Gabungan"), "copy"))
    return SafeString(" ".join(marks))


def _waits(row: Row, viewer: Officer) -> bool:
    """Say whether something about a report waits for the word of who looks."""
    return awaited.waits_for(
        viewer,
        row.deciders,
        asked_by=row.decision_asked_by_id,
        owner_agency_id=row.owner_agency_id,
        owner_unit_id=row.owner_unit_id,
    )


def _owner(row: Row, desk: Desk) -> str:
    """Return who owns a report, where the viewer does not know that anyway."""
    if row.owner_unit_id is not None:
        return "" if row.owner_unit_id == unit_of(desk.viewer) else desk.names.unit(row.owner_unit_id).short
    return desk.names.agency(row.owner_agency_id).short if row.owner_agency_id != desk.viewer.agency_id else ""


def _assignee(row: Row, desk: Desk) -> str:
    """Return who works on a report."""
    if row.assignee_id is None:
        return ""
    return _("Anda") if row.assignee_id == desk.viewer.user_id else desk.people.get(row.assignee_id, "")


def _where(row: Row, places: Mapping[str, str]) -> str:
    """Say the place and its regency, nearest first."""
    if row.area_id is None:
        return ""
    parts = (places.get(row.area_id, ""), places.get(row.area_id[:_REGENCY], ""))
    return ", ".join(dict.fromkeys(part for part in parts if part))
