"""The desk: what an officer owes, by due date and urgency, with tabs that are read from counters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, UnitAdmin
from tanggap.domain.lifecycle import Family
from tanggap.selectors import counters, names, reports
from tanggap.selectors.reports import Filters, Scope
from tanggap.web import due, wording
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, lines, lists
from tanggap.web.workbench.widgets import options_of

_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: its list of choices, and the one that is set."""

    choices: lists.Choices
    value: str

    @property
    def drawn(self) -> SafeString:
        """Return the options as they stand in the page."""
        return options_of(self.choices.options, {self.value}) if self.words else self.choices.drawn

    @property
    def words(self) -> str:
        """Return the words of what is set, for its chip; '' when nothing or something unknown is set."""
        return next((words for code, words in self.choices.options if code == self.value), "") if self.value else ""


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
    known = names.current()
    language = get_language() or "id"
    selects = [Select(made, asked.get(made.name, "")) for made in lists.of_filters(viewer, known.load, language)]
    calendar = due.calendar_of(None if isinstance(viewer, NationalAdmin) else viewer.agency_id, known.calendar)
    places = known.places(row.area_id for row in found.rows if row.area_id)
    desk = lines.Desk(viewer, known, places, calendar, language, now)
    return render(
        request,
        "workbench/queue.html",
        {
            "lines": [lines.draw(row, desk) for row in found.rows],
            "tabs": list(_tabs(asked, viewer, filters, numbers)),
            "heading": _heading(filters),
            "scopes": list(_scopes(asked, viewer, filters)),
            "selects": selects,
            "chips": [
                {
                    "label": f"{select.choices.label}: {select.words}",
                    "href": _href(asked, **{select.choices.name: ""}),
                }
                for select in selects
                if select.words
            ],
            "clear": _href(asked, **{select.choices.name: "" for select in selects}),
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
        case AgencyAdmin() | NationalAdmin() if asked == "pelimpahan":
            return Scope.OFFERED
        case AgencyAdmin() if asked == "dilimpahkan":
            return Scope.FORMER
        case _:
            return Scope.OWN


def _href(asked: QueryDict, **changes: str) -> str:
    """Return the address of the list with some parameters changed, from its first page on."""
    kept = {name: str(value) for name, value in asked.items() if name != "sesudah"} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{lines.PATH}?{query}" if query else lines.PATH


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
    # The counters know agencies and units, not supervision and transfers.
    has_counts = filters.scope in {Scope.OWN, Scope.ALL}
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
        if family == Family.UNVERIFIED and isinstance(viewer, UnitAdmin | LiaisonOfficer | InternalAuditor):
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
    rows: tuple[tuple[str, Scope, str], ...]
    match viewer:
        case NationalAdmin():
            rows = (
                ("", Scope.OWN, _("Antrean nasional")),
                ("semua", Scope.ALL, _("Semua instansi")),
                ("pelimpahan", Scope.OFFERED, _("Menunggu penetapan")),
            )
        case AgencyAdmin():
            rows = (
                ("", Scope.OWN, _("Instansi saya")),
                ("pelimpahan", Scope.OFFERED, _("Dilimpahkan kepada kami")),
                ("dilimpahkan", Scope.FORMER, _("Pernah kami pegang")),
            )
        case InternalAuditor():
            rows = (("", Scope.OWN, _("Unit saya")), ("pengawasan", Scope.SUPERVISORY, _("Berkadar pengawasan")))
        case _:
            return
    for code, scope, label in rows:
        yield {"label": label, "href": _href(asked, cakupan=code), "current": filters.scope == scope, "count": None}
