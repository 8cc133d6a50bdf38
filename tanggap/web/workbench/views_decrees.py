"""The register of appointment decrees of an agency, and who none of them covers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Officer
from tanggap.domain.exports import MOST_IN_A_PAGE, Format
from tanggap.selectors import administration
from tanggap.services import decrees
from tanggap.services.accounts import office_day
from tanggap.services.organisation import OrganisationError
from tanggap.web import files, sheets, uploads
from tanggap.web.actors import officer_required
from tanggap.web.workbench.forms_organisation import DecreeForm
from tanggap.web.workbench.views_organisation import door, fault_words, units_of

if TYPE_CHECKING:
    from tanggap.models import Agency, Decree


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, agency: str) -> HttpResponseBase:
    """List the decrees, enter one, or withdraw one."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    today = office_day(now)
    if request.POST.get("tindakan") == "cabut":
        return _withdraw(request, agency, request.POST.get("sk", ""))
    if kind := sheets.asked(request):
        return _file(kind, viewer, found, now, is_without="tampil" in request.GET)
    people = administration.people(viewer=viewer, agency_id=found.pk, on=today).rows
    options = [(str(row.pk), str(row)) for row in people]
    form = DecreeForm(request.POST or None, request.FILES or None, units=units_of(found, viewer), people=options)
    if request.method == "POST" and form.is_valid():
        basket = uploads.take(request, request.POST, binding=f"sk:{found.pk}:{viewer.user_id}")
        said = {name: value for name, value in form.cleaned_data.items() if name != "files"}
        for trouble in basket.troubles:
            form.add_error("files", trouble)
        if not basket.troubles:
            file = basket.files[0] if basket.files else None
            new = decrees.NewDecree(**said)
            try:
                decrees.enter(actor=viewer, agency_id=found.pk, said=new, now=now, file=file)
            except OrganisationError as error:
                form.add_error(None, fault_words(error))
            else:
                messages.success(request, _("SK tercatat."))
                return redirect("workbench:decrees", found.slug)
    rows = administration.decrees(viewer=viewer, agency_id=found.pk)
    shown = {
        "agency": found,
        "form": form,
        "decrees": rows,
        "today": today,
        "files": sheets.links(request),
        "files_without": [{**one, "href": f"{one['href']}&tampil=tanpa"} for one in sheets.links(request)],
        "uncovered": administration.units_without_decree(found.pk, on=today),
        "expiring": {row.pk for row in administration.expiring(found.pk, on=today)},
    }
    return render(request, "organisation/decrees.html", shown, status=422 if request.method == "POST" else 200)


_HEADINGS: Final = (
    *(lazy("Nomor SK"), lazy("Tanggal SK"), lazy("Penanda tangan"), lazy("Berlaku sejak"), lazy("Berlaku sampai")),
    *(lazy("Dicabut"), lazy("Berlaku hari ini"), lazy("Mencakup")),
)


def _file(kind: Format, viewer: Officer, agency: "Agency", now: datetime, *, is_without: bool) -> HttpResponseBase:
    """Give the register as a file, or the units that no decree in force covers."""
    today = office_day(now)
    if is_without:
        units = administration.units_without_decree(agency.pk, on=today)
        return sheets.give(kind, f"tanpa-sk-{agency.slug}", [_("Unit")], ([row.name] for row in units), now=now)
    found = administration.decrees(viewer=viewer, agency_id=agency.pk, size=MOST_IN_A_PAGE + 1)
    return sheets.give(kind, f"sk-{agency.slug}", _HEADINGS, (_row(row, today) for row in found), now=now)


def _row(row: "Decree", today: date) -> list[str]:
    whole = [_("Seluruh instansi")] if row.covers_agency else []
    covers = [*whole, *(str(cover.unit or cover.user) for cover in row.covers.all())]
    is_valid = row.withdrawn_at is None and row.valid_from <= today <= (row.valid_to or date.max)
    days = [day.isoformat() if day else "" for day in (row.valid_from, row.valid_to)]
    return [
        *(row.number, row.issued_on.isoformat(), row.signer, *days, sheets.day(row.withdrawn_at)),
        *(_("Ya") if is_valid else _("Tidak"), ", ".join(covers)),
    ]


def _withdraw(request: HttpRequest, agency: str, number: str) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    try:
        row: Any = administration.decree(viewer=viewer, agency_id=found.pk, number=_whole(number))
        decrees.withdraw(actor=viewer, decree_id=row.pk, now=now)
    except (administration.NotFoundError, OrganisationError) as error:
        raise Http404 from error
    messages.success(request, _("SK dicabut."))
    return redirect("workbench:decrees", found.slug)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@officer_required
@require_safe
def file(request: HttpRequest, agency: str, decree: int) -> HttpResponseBase:
    """Give the scan of a decree."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now)
    try:
        row = administration.decree(viewer=viewer, agency_id=found.pk, number=decree)
    except administration.NotFoundError as error:
        raise Http404 from error
    if not row.file_key:
        raise Http404
    return files.serve(key=row.file_key, media_type=row.file_type, name=row.file_name)
