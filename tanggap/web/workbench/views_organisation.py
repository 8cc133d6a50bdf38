"""The editor of the organisation: the tree of units, the contact data of an agency, and the log of all changes."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import LiaisonOfficer, NationalAdmin, Officer, Role
from tanggap.domain.memos import MemoMode
from tanggap.domain.organisation import Change, Fault
from tanggap.selectors import administration, agencies
from tanggap.services import organisation
from tanggap.services.accounts import office_day
from tanggap.services.organisation import OrganisationError
from tanggap.templatetags.tanggap import tanggal_pendek
from tanggap.web import sheets, wording, wording_organisation
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, lists
from tanggap.web.workbench.forms_organisation import TOP, ContactForm, DissolveForm, MoveForm, NewUnitForm, RenameForm

if TYPE_CHECKING:
    from tanggap.models import AccessLog, AdministrationEntry, Agency, Unit

# Beside which field a refusal is said; the others stand above the form.
_FIELD = {
    Fault.NAME_MISSING: "name",
    Fault.NAME_TAKEN: "name",
    Fault.UNKNOWN_PARENT: "parent",
    Fault.IN_A_CIRCLE: "parent",
    Fault.UNKNOWN_KIND: "kind",
}
# Older entries hold how many open reports a unit had: a number that counts what a reader may be named in.
_UNTOLD = "open_reports"
# Said after what a thing is called, and as days.
_DAYS = {"from": lazy("mulai"), "to": lazy("sampai")}


@officer_required
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Lead an admin or a liaison officer to the own agency; let the national admin choose one, see who lacks what."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    try:
        own = administration.home(viewer=viewer)
    except administration.NotFoundError as error:
        raise Http404 from error
    if not isinstance(viewer, NationalAdmin):
        return redirect("workbench:organisation", own.slug)
    only, words = request.GET.get("tampil", ""), request.GET.get("q", "").replace("\x00", "").strip()
    standings = administration.standings(viewer=viewer, on=office_day(now), only=only)
    if kind := sheets.asked(request):
        rows = (_standing(row) for row in standings)
        return sheets.give(kind, "keterhubungan-keaktifan", _STANDINGS, rows, now=now)
    page = {
        "own": own,
        "only": only,
        "words": words,
        "found": administration.agencies(viewer=viewer, words=words) if words else [],
        "standings": standings,
        "files": sheets.links(request),
        "expiring": administration.expiring(None, on=office_day(now)),
    }
    return render(request, "organisation/home.html", page)


_STANDINGS: Final = (
    *(lazy("Instansi"), lazy("SK berlaku"), lazy("Admin terakhir masuk"), lazy("Tidak aktif lebih dari 30 hari")),
    lazy("Ada petugas"),
)


def _standing(row: administration.Standing) -> list[str]:
    said = {True: _("Ya"), False: _("Tidak")}
    last_day = row.last_day.isoformat() if row.last_day else ""
    return [row.agency.name, said[row.has_decree], last_day, said[row.is_idle], said[row.has_officers]]


@officer_required
@require_safe
def tree(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the units of an agency with their dates, reports and officers."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    with_ended = "semua" in request.GET
    nodes = administration.tree(found.pk, viewer=viewer, on=office_day(now), with_ended=with_ended)
    return render(request, "organisation/tree.html", head(viewer, found) | {"nodes": nodes, "with_ended": with_ended})


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, agency: str) -> HttpResponse:
    """Change the contact data of an agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    form = ContactForm(request.POST or None, initial={name: getattr(found, name) for name in organisation.CONTACT})
    if request.method == "POST" and form.is_valid():
        done = _try(
            form,
            lambda: organisation.change_contact(actor=viewer, agency_id=found.pk, values=form.cleaned_data, now=now),
        )
        if done:
            messages.success(request, _("Kontak instansi tersimpan."))
            return redirect("workbench:organisation", found.slug)
    return _page(request, "organisation/contact.html", {"agency": found, "form": form})


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest, agency: str) -> HttpResponse:
    """Add a unit."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    form = NewUnitForm(
        request.POST or None,
        parents=parents_of(found, viewer),
        kinds=organisation.kinds_for(viewer),
        initial={"valid_from": office_day(now)},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        values = {
            "name": said["name"],
            "short_name": said["short_name"],
            "kind": said["kind"],
            "parent_id": said["parent"],
            "valid_from": said["valid_from"],
        }
        if _try(form, lambda: organisation.add_unit(actor=viewer, agency_id=found.pk, now=now, **values)):
            messages.success(request, _("Unit ditambahkan."))
            return redirect("workbench:organisation", found.slug)
    return _page(request, "organisation/new_unit.html", head(viewer, found) | {"form": form})


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, agency: str, unit: str) -> HttpResponse:
    """Show one unit, and rename, move or dissolve it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    try:
        row = agencies.unit(found.pk, unit)
    except agencies.NotFoundError as error:
        raise Http404 from error
    within = administration.reach(viewer=viewer, agency_id=found.pk)
    if within is not None and row.pk not in within:
        raise Http404
    deed = request.POST.get("tindakan", "") if request.method == "POST" else ""
    forms = _unit_forms(request, deed, viewer, found, row, office_day(now))
    if deed in forms and forms[deed].is_valid() and _done(deed, forms[deed], viewer, row, now):
        messages.success(request, str(_SAID[deed]()))
        return redirect("workbench:organisation", found.slug)
    left = administration.open_reports(row.pk, viewer=viewer)
    shown = head(viewer, found) | {"may_edit": within is None or row.pk != viewer.unit_id}  # type: ignore[union-attr]
    shown |= {"unit": row, "former": list(row.former_names.order_by("-valid_to")), "left": left}
    shown |= {"rename": forms["nama"], "move": forms["pindah"], "dissolve": forms["bubar"], "tried": forms.get(deed)}
    return _page(request, "organisation/unit.html", shown)


@officer_required
@require_safe
def log(request: HttpRequest, agency: str) -> HttpResponse:
    """Show who changed what in an agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    after = request.GET.get("sesudah", "").replace("\x00", "")
    page = administration.entries(viewer=viewer, agency_id=found.pk, after=after)
    shown = {
        "agency": found,
        "lines": [_line(entry) for entry in page.rows],
        "older": f"?sesudah={page.after}" if page.after else "",
        "first": request.path if after else "",
    }
    return render(request, "organisation/log.html", shown)


@officer_required
@require_safe
def accesses(request: HttpRequest, agency: str) -> HttpResponse:
    """Show who of an agency looked at personal data beyond one report, and why."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    after = request.GET.get("sesudah", "").replace("\x00", "")
    page = administration.accesses(viewer=viewer, agency_id=found.pk, after=after)
    shown = {
        "agency": found,
        "is_whole": isinstance(viewer, NationalAdmin),
        "lines": [_access(entry) for entry in page.rows],
        "older": f"?sesudah={page.after}" if page.after else "",
        "first": request.path if after else "",
    }
    return render(request, "organisation/accesses.html", shown)


def door(request: HttpRequest, slug: str, now: datetime, *, in_part: bool = False) -> tuple[Officer, "Agency"]:
    """Return who edits and which agency; Http404 alike for an unknown agency and for one of somebody else.

    `in_part`: a page that shows a liaison officer the own unit and those below it.
    """
    viewer = doors.officer(request, now)
    try:
        return viewer, administration.agency(viewer=viewer, slug=slug, in_part=in_part)
    except administration.NotFoundError as error:
        raise Http404 from error


def head(viewer: Officer, agency: "Agency") -> dict[str, Any]:
    """Return what the head of a page of the editor needs: a liaison officer has a part of its tabs."""
    return {"agency": agency, "in_part": isinstance(viewer, LiaisonOfficer)}


def units_of(agency: "Agency", viewer: Officer, *, but: int | None = None) -> list[tuple[str, str]]:
    """Return the units of an agency that a viewer edits or appoints in, each below the one it belongs to."""
    within = administration.reach(viewer=viewer, agency_id=agency.pk)
    rows = [row for row in agencies.units(agency.pk) if within is None or row.pk in within]
    return [option for option in lists.indented(rows) if option[0] != str(but)]


def parents_of(agency: "Agency", viewer: Officer, *, but: int | None = None) -> list[tuple[str, str]]:
    """Return below what a viewer may put a unit: an admin below the agency itself, too."""
    top = [] if isinstance(viewer, LiaisonOfficer) else [("", str(TOP))]
    return [*top, *units_of(agency, viewer, but=but)]


def _unit_forms(
    request: HttpRequest, deed: str, viewer: Officer, agency: "Agency", row: "Unit", today: date
) -> dict[str, Form]:
    def data(name: str) -> Any:
        return request.POST if deed == name else None

    names = {"name": row.name, "short_name": row.short_name, "first_day": today}
    return {
        "nama": RenameForm(data("nama"), initial=names, prefix="nama"),
        "pindah": MoveForm(
            data("pindah"),
            parents=parents_of(agency, viewer, but=row.pk),
            initial={"parent": row.parent_id or ""},
            prefix="pindah",
        ),
        "bubar": DissolveForm(data("bubar"), initial={"last_day": today}, prefix="bubar"),
    }


_SAID: dict[str, Callable[[], str]] = {
    "nama": lambda: _("Nama unit diganti."),
    "pindah": lambda: _("Unit dipindahkan."),
    "bubar": lambda: _("Unit dibubarkan. Laporan terbukanya diserahkan dalam beberapa menit."),
}


def _done(deed: str, form: Form, viewer: Officer, row: "Unit", now: datetime) -> bool:
    said = form.cleaned_data
    of_unit: dict[str, Any] = {"actor": viewer, "unit_id": row.pk, "now": now}
    match deed:
        case "nama":
            return _try(form, lambda: organisation.rename_unit(**of_unit, **said))
        case "pindah":
            return _try(form, lambda: organisation.move_unit(**of_unit, parent_id=said["parent"]))
        case _:
            return _try(form, lambda: organisation.dissolve_unit(**of_unit, **said))


def _try(form: Form, change: Callable[[], object]) -> bool:
    """Make a change; False, with the reason in the form, where it is refused."""
    try:
        change()
    except OrganisationError as error:
        field = _FIELD.get(error.fault)
        form.add_error(field if field in form.fields else None, fault_words(error))
        return False
    return True


def fault_words(error: OrganisationError) -> str:
    """Say why a change of the organisation was refused, with the number that stands in the way."""
    words = str(wording_organisation.FAULT[error.fault])
    if error.fault is Fault.HAS_OPEN_REPORTS:
        found = ngettext("%(n)s laporan terbuka.", "%(n)s laporan terbuka.", error.count) % {"n": error.count}
        return f"{found} {words}"
    return words


def _line(entry: "AdministrationEntry") -> dict[str, Any]:
    """Return one entry in words."""
    return {
        "at": entry.at,
        "what": wording_organisation.CHANGE[Change(entry.kind)],
        "who": entry.by or wording.ROLE[Role(entry.role)],
        "about": [thing for thing in (entry.unit, entry.subject) if thing is not None],
        "changes": list(_changes(entry)),
    }


def _access(entry: "AccessLog") -> dict[str, Any]:
    """Return one look in words; what exactly was looked for stays in the log."""
    return {
        "at": entry.at,
        "what": wording_organisation.ACCESS[entry.kind],
        "who": entry.user,
        "office": wording.ROLE[Role(entry.role)],
        "unit": entry.unit,
        "reason": entry.reason,
    }


def _changes(entry: "AdministrationEntry") -> Iterator[str]:
    """Say what was changed: what a thing is called, then its days; what is empty says nothing."""
    told = (entry.before | entry.after).keys() - {_UNTOLD} - _DAYS.keys()
    for key in (*(key for key in entry.before | entry.after if key in told), *_DAYS):
        before, after = (_value(key, values.get(key)) for values in (entry.before, entry.after))
        if key in entry.before and key in entry.after:
            yield f"{before or '–'} → {after or '–'}"
        elif before or after:
            yield before or after


def _value(key: str, value: Any) -> str:
    if key == "is_active":
        return _("dibuka kembali") if value else _("dikunci")
    if not value:
        return ""
    if key in _DAYS:
        return f"{_DAYS[key]} {tanggal_pendek(date.fromisoformat(value))}"
    if key == "mode":
        return str(wording_organisation.MEMO_MODE[MemoMode(value)])
    return str(wording.ROLE[Role(value)]) if key == "role" else str(value)


def _page(request: HttpRequest, template: str, page: dict[str, Any]) -> HttpResponse:
    return render(request, template, page, status=422 if request.method == "POST" else 200)
