"""The people of an agency: who serves, since when, when they were last there; appointing and ending offices."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Role
from tanggap.selectors import administration, agencies, opaque
from tanggap.services import accounts
from tanggap.services.accounts import AccountError, office_day
from tanggap.web import wording, wording_organisation
from tanggap.web.actors import officer_required
from tanggap.web.workbench.forms_organisation import AppointForm
from tanggap.web.workbench.views_organisation import door, units_of

if TYPE_CHECKING:
    from tanggap.models import Appointment

_OFFICE = "an office of a person"


@officer_required
@require_safe
def people(request: HttpRequest, agency: str) -> HttpResponse:
    """List who serves in an agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    words, after = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("q", "sesudah"))
    is_idle, today = "diam" in request.GET, office_day(now)
    page = administration.people(viewer=viewer, agency_id=found.pk, on=today, words=words, after=after, is_idle=is_idle)
    offices = administration.offices_of(page.rows, agency_id=found.pk, on=today)
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
    shown = {
        "agency": found,
        "lines": lines,
        "words": words,
        "is_idle": is_idle,
        "older": f"?{urlencode({**kept, 'sesudah': page.after})}" if page.after else "",
        "first": f"{request.path}?{urlencode(kept)}" if after else "",
    }
    return render(request, "organisation/people.html", shown)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, agency: str, key: str) -> HttpResponse:
    """Show one person and the offices, give one more, or end one."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    try:
        who = administration.person(viewer=viewer, agency_id=found.pk, key=key)
    except administration.NotFoundError as error:
        raise Http404 from error
    today, refused = office_day(now), ""
    deed = request.POST.get("tindakan", "") if request.method == "POST" else ""
    form = AppointForm(
        request.POST if deed == "angkat" else None, actor=viewer, agency_id=found.pk, units=units_of(found)
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
    offices = administration.offices_of([who], agency_id=found.pk, on=today).get(who.pk, [])
    shown = {
        "agency": found,
        "who": who,
        "form": form,
        "refused": refused,
        "offices": [{"words": _words(row), "row": row, "key": opaque.seal(_OFFICE, [row.pk])} for row in offices],
    }
    return render(request, "organisation/person.html", shown, status=422 if request.method == "POST" else 200)


def slug_of(agency_id: int, unit_id: int | None) -> str | None:
    """Return the slug of a unit that was chosen from a list; a text that no unit has for one of somebody else."""
    if unit_id is None:
        return None
    return next((row.slug for row in agencies.units(agency_id) if row.pk == unit_id), "?")


def _words(office: "Appointment") -> Any:
    role = wording.ROLE[Role(office.role)]
    return f"{role} · {office.unit}" if office.unit else str(role)
