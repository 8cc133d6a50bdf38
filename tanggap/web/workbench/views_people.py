"""The people of an agency: who serves, since when, when they were last there; appointing and ending offices."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Officer, Role
from tanggap.domain.appointments import Office
from tanggap.selectors import administration, agencies, opaque
from tanggap.services import accounts
from tanggap.services.accounts import AccountError, office_day
from tanggap.web import sheets, wording, wording_organisation
from tanggap.web.actors import officer_required
from tanggap.web.workbench.forms_organisation import AppointForm
from tanggap.web.workbench.views_organisation import door, head, units_of
from tanggap.web.workbench.views_ways_in import DEEDS, offered

if TYPE_CHECKING:
    from tanggap.models import Appointment

_OFFICE = "an office of a person"


@officer_required
@require_safe
def people(request: HttpRequest, agency: str) -> HttpResponseBase:
    """List who serves in an agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    words, after = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("q", "sesudah"))
    is_idle, today = "diam" in request.GET, office_day(now)
    wanted = partial(administration.people, viewer=viewer, agency_id=found.pk, on=today, words=words, is_idle=is_idle)
    within = administration.reach(viewer=viewer, agency_id=found.pk)
    if kind := sheets.asked(request):
        pages = sheets.walk(lambda key: wanted(after=key, size=sheets.SIZE))
        rows = (row for people in pages for row in _rows(people, found.pk, today, within))
        return sheets.give(kind, f"petugas-{found.slug}", _HEADINGS, rows, now=now)
    page = wanted(after=after)
    offices = administration.offices_of(page.rows, agency_id=found.pk, on=today, within=within)
    kept = {name: value for name, value in (("q", words), ("diam", "1" if is_idle else "")) if value}
    lines = [
        {
            "person": row,
            "key": administration.person_key(row.pk),
            "offices": [_words(office) for office in offices.get(row.pk, ())],
            "last_day": row.last_day,  # type: ignore[attr-defined]  # annotated by the selector
        }
        for row in page.rows
    ]
    shown = head(viewer, found) | {
        "lines": lines,
        "words": words,
        "is_idle": is_idle,
        "files": sheets.links(request),
        "older": f"?{urlencode({**kept, 'sesudah': page.after})}" if page.after else "",
        "first": f"{request.path}?{urlencode(kept)}" if after else "",
    }
    return render(request, "organisation/people.html", shown)


_HEADINGS: Final = (lazy("Nama"), lazy("Jabatan"), lazy("Terakhir masuk"), lazy("Tidak aktif lebih dari 30 hari"))


def _rows(people: Sequence[Any], agency_id: int, today: date, within: frozenset[int] | None) -> Iterator[list[str]]:
    """Give what the page says of some people, as rows of a file."""
    offices = administration.offices_of(people, agency_id=agency_id, on=today, within=within)
    for row in people:
        held = ", ".join(str(_words(office)) for office in offices.get(row.pk, ()))
        is_idle = administration.is_idle(row.last_day, on=today)
        yield [str(row), held, row.last_day.isoformat() if row.last_day else "", _("Ya") if is_idle else _("Tidak")]


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, agency: str, key: str) -> HttpResponse:
    """Show one person and the offices, give one more, or end one."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    try:
        who = administration.person(viewer=viewer, agency_id=found.pk, key=key, on=office_day(now))
    except administration.NotFoundError as error:
        raise Http404 from error
    today, refused = office_day(now), ""
    deed = request.POST.get("tindakan", "") if request.method == "POST" else ""
    form = AppointForm(
        request.POST if deed == "angkat" else None, actor=viewer, agency_id=found.pk, units=units_of(found, viewer)
    )
    try:
        if deed == "angkat" and form.is_valid():
            slug = slug_of(found.pk, form.cleaned_data["unit"])
            role = form.cleaned_data["role"]
            accounts.appoint(actor=viewer, user_id=who.pk, role=role, agency=found.slug, unit=slug, now=now)
            messages.success(request, _("Jabatan diberikan."))
            return redirect("workbench:person", found.slug, key)
        if deed == "akhiri":
            parts = opaque.open_(_OFFICE, request.POST.get("jabatan", "")) or [0]
            accounts.end_appointment(actor=viewer, user_id=who.pk, last_day=today, now=now, office_id=parts[0])
            messages.success(request, _("Jabatan berakhir hari ini."))
            return redirect("workbench:person", found.slug, key)
    except AccountError as error:
        refused = str(wording_organisation.REFUSAL[error.reason])
    within = administration.reach(viewer=viewer, agency_id=found.pk)
    offices = administration.offices_of([who], agency_id=found.pk, on=today, within=within).get(who.pk, [])
    shown = head(viewer, found) | {
        "who": who,
        "form": form,
        "refused": refused,
        "deeds": [{"code": code, "words": DEEDS[code].title} for code in offered(viewer, who, now)],
        "key": key,
        "offices": [
            {"words": _words(row), "row": row, "key": opaque.seal(_OFFICE, [row.pk]), "may_end": _may_end(viewer, row)}
            for row in offices
        ],
    }
    return render(request, "organisation/person.html", shown, status=422 if request.method == "POST" else 200)


def _may_end(viewer: Officer, row: "Appointment") -> bool:
    """Say whether a viewer may end an office: an own one, or one that the viewer may give."""
    office = Office(row.role)
    is_own = row.user_id == viewer.user_id
    return is_own or administration.manages(viewer, office=office, agency_id=row.agency_id, unit_id=row.unit_id)


def slug_of(agency_id: int, unit_id: int | None) -> str | None:
    """Return the slug of a unit that was chosen from a list; a text that no unit has for one of somebody else."""
    if unit_id is None:
        return None
    return next((row.slug for row in agencies.units(agency_id) if row.pk == unit_id), "?")


def _words(office: "Appointment") -> Any:
    role = wording.ROLE[Role(office.role)]
    return f"{role} · {office.unit}" if office.unit else str(role)
