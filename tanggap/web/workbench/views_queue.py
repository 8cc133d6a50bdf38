"""The desk: what an officer owes, by due date and urgency, with tabs that are read from counters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, unit_of
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.intake import Urgency
from tanggap.domain.lifecycle import Family, Status
from tanggap.selectors import areas, counters, reports
from tanggap.selectors.reports import Filters, Scope
from tanggap.web import due, wording
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, lists, page
from tanggap.web.workbench.widgets import options_of

PATH: Final = "/meja"
_MOST_DIGITS: Final = 9
_REGENCY: Final = 5  # how long the code of a regency is: "36.01"


@dataclass(frozen=True, slots=True)
class Line:
    """One report of the list."""

    report: Any
    href: str
    title: str
    status: Promise
    urgency: Promise | str
    left: int | None
    due_on: date | None
    owner: str
    where: str


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: its parameter, its choices, and the one that is set."""

    name: str
    label: str
    options: list[tuple[str, Any]]
    value: str

    @property
    def drawn(self) -> SafeString:
        """Return the options as they stand in the page: a template would take longer for them than for the list."""
        return options_of(self.options, {self.value})

    @property
    def words(self) -> str:
        """Return the words of what is set, for its chip; '' when nothing or something unknown is set."""
        return next((str(words) for code, words in self.options if code == self.value), "") if self.value else ""


@officer_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the desk. Everything that narrows it stands in the address."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    asked = request.GET
    filters = _filters(asked, viewer)
    found = reports.list_(viewer=viewer, filters=filters, after=asked.get("sesudah", "").replace("\x00", ""))
    numbers = counters.desk(viewer, scope=filters.scope)
    selects = list(_selects(asked, viewer))
    regencies = dict(selects[-1].options)
    calendar = due.current_calendar(None if isinstance(viewer, NationalAdmin) else viewer.agency_id)
    return render(
        request,
        "workbench/queue.html",
        {
            "lines": [_line(row, viewer, calendar, regencies, now) for row in found.rows],
            "tabs": list(_tabs(asked, viewer, filters, numbers)),
            "heading": _heading(filters),
            "scopes": list(_scopes(asked, viewer, filters)),
            "selects": selects,
            "chips": [
                {"label": f"{select.label}: {select.words}", "href": _href(asked, **{select.name: ""})}
                for select in selects
                if select.words
            ],
            "clear": _href(asked, **{select.name: "" for select in selects}),
            "kept": [(name, asked[name]) for name in ("keluarga", "terlambat", "cakupan") if asked.get(name)],
            "older": _href(asked, sesudah=found.after) if found.after else "",
            "first": _href(asked) if asked.get("sesudah") else "",
            "is_filtered": any(select.words for select in selects),
        },
    )


def _filters(asked: QueryDict, viewer: Officer) -> Filters:
    """Read what narrows the list; what does not parse narrows nothing."""
    family = next((one for one in Family if one.value == asked.get("keluarga")), None)
    is_overdue = bool(asked.get("terlambat"))
    scope = _scope(asked.get("cakupan", ""), viewer)
    unit = asked.get("unit", "")
    return Filters(
        family=family,
        is_overdue=is_overdue,
        owes_me=family is None and not is_overdue and scope == Scope.OWN,
        category=asked.get("kategori", "").replace("\x00", ""),
        classification=asked.get("klasifikasi", "").replace("\x00", ""),
        unit_id=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) <= _MOST_DIGITS else None,
        area=asked.get("wilayah", "").replace("\x00", ""),
        scope=scope,
    )


def _scope(asked: str, viewer: Officer) -> Scope:
    match viewer:
        case NationalAdmin() if asked == "semua":
            return Scope.ALL
        case InternalAuditor() if asked == "pengawasan":
            return Scope.SUPERVISORY
        case _:
            return Scope.OWN


def _href(asked: QueryDict, **changes: str) -> str:
    """Return the address of the list with some parameters changed, from its first page on."""
    kept = {name: str(value) for name, value in asked.items() if name != "sesudah"} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{PATH}?{query}" if query else PATH


def _tabs(asked: QueryDict, viewer: Officer, filters: Filters, numbers: counters.Numbers) -> Iterator[dict[str, Any]]:
    """Give what I owe, what is late, and the six families with their counts."""
    if filters.scope == Scope.OWN:
        yield {
            "label": _("Perlu saya kerjakan"),
            "href": _href(asked, keluarga="", terlambat=""),
            "current": filters.owes_me,
            "count": numbers.owed,
            "icon": "inbox",
        }
    has_counts = filters.scope != Scope.SUPERVISORY  # the counters know units, not supervision
    yield {
        "label": _("Terlambat"),
        "href": _href(asked, keluarga="", terlambat="1"),
        "current": filters.is_overdue and filters.family is None,
        "count": numbers.overdue if has_counts else None,
        "icon": "alert",
        "late": has_counts and numbers.overdue > 0,
    }
    if filters.scope != Scope.OWN:
        yield {
            "label": _("Semua yang terbuka"),
            "href": _href(asked, keluarga="", terlambat=""),
            "current": filters.family is None and not filters.is_overdue,
            "count": None,
            "icon": "file",
        }
    for family, icon in _FAMILIES.items():
        if family == Family.UNVERIFIED and isinstance(viewer, LiaisonOfficer | InternalAuditor):
            continue  # what nobody verified has no unit
        yield {
            "label": wording.FAMILY[family],
            "href": _href(asked, keluarga=family.value, terlambat=""),
            "current": filters.family == family,
            "count": numbers.families[family] if has_counts else None,
            "icon": icon,
        }


_FAMILIES: Final = {
    Family.UNVERIFIED: "inbox",
    Family.ASSIGNED: "send",
    Family.IN_PROGRESS: "progress",
    Family.PENDING: "pause",
    Family.CLOSED: "check",
    Family.ARCHIVED: "archive",
}


def _heading(filters: Filters) -> str | Promise:
    if filters.is_overdue:
        return _("Terlambat")
    if filters.family is not None:
        return wording.FAMILY[filters.family]
    return _("Perlu saya kerjakan") if filters.owes_me else _("Semua yang terbuka")


def _scopes(asked: QueryDict, viewer: Officer, filters: Filters) -> Iterator[dict[str, Any]]:
    """Give the ways to widen the desk, to those who have one."""
    match viewer:
        case NationalAdmin():
            rows = (("", Scope.OWN, _("Antrean nasional")), ("semua", Scope.ALL, _("Semua instansi")))
        case InternalAuditor():
            rows = (("", Scope.OWN, _("Unit saya")), ("pengawasan", Scope.SUPERVISORY, _("Berkadar pengawasan")))
        case _:
            return
    for code, scope, label in rows:
        yield {"label": label, "href": _href(asked, cakupan=code), "current": filters.scope == scope, "count": None}


def _selects(asked: QueryDict, viewer: Officer) -> Iterator[Select]:
    """Give the filters; the last one is the area, whose names the lines use too."""

    def of(name: str, label: str, options: list[tuple[str, Any]]) -> Select:
        return Select(name, label, options, asked.get(name, ""))

    yield of("kategori", _("Kategori"), list(lists.of_top_categories()))
    codes = [(code.value, words) for code, words in wording.CLASSIFICATION.items()]
    yield of("klasifikasi", _("Klasifikasi"), codes)
    if not isinstance(viewer, NationalAdmin):
        yield of("unit", _("Unit"), list(lists.of_own_units(viewer)))
    rows = [(area.code, area.name) for area in areas.children(settings.HOME_AREA)]
    yield of("wilayah", _("Wilayah"), rows)


# Where the tab says it in fewer words, so does the line.
_SHORT: Final = {Status.ASSIGNED: wording.FAMILY[Family.ASSIGNED]}


def _line(row: Any, viewer: Officer, calendar: WorkingCalendar, regencies: dict[str, Any], now: datetime) -> Line:
    is_hidden = row.is_anonymous or row.is_confidential
    # Before verification nobody has marked anything, and the admin is the one who must.
    reads = not is_hidden or isinstance(viewer, AgencyAdmin | NationalAdmin)
    left = due_on = None
    if row.due_at is not None:
        zone = row.owner_agency.timezone
        left, due_on = due.days_left(row.due_at, zone=zone, calendar=calendar, now=now), due.day_of(row.due_at, zone)
    return Line(
        report=row,
        href=f"{PATH}/{row.number}",
        title=page.listed_title(row, reads=reads),
        status=_SHORT.get(Status(row.status)) or wording.STATUS[Status(row.status)],
        urgency=wording.URGENCY[Urgency(row.urgency)] if row.urgency else "",
        left=left,
        due_on=due_on,
        owner=_owner(row, viewer),
        where=_where(row, regencies),
    )


def _owner(row: Any, viewer: Officer) -> str:
    """Return who owns a report, where the viewer does not know that anyway."""
    if row.owner_unit is not None:
        return "" if row.owner_unit_id == unit_of(viewer) else str(row.owner_unit)
    return str(row.owner_agency) if row.owner_agency_id != viewer.agency_id else ""


def _where(row: Any, regencies: dict[str, Any]) -> str:
    if row.area is None:
        return ""
    regency = str(regencies.get(row.area_id[:_REGENCY], ""))
    return ", ".join(dict.fromkeys(part for part in (row.area.name, regency) if part))
