"""Who is there: the roster of an agency, and the leave that officers enter for themselves or an admin for them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.domain.actors import AgencyAdmin, LiaisonOfficer, NationalAdmin, Officer, Role
from tanggap.selectors import duty as duty_selectors
from tanggap.selectors.duty import Line, Roster
from tanggap.services import duty
from tanggap.services.accounts import office_day
from tanggap.templatetags.tanggap import tanggal_pendek
from tanggap.web import wording, wording_duty
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors
from tanggap.web.workbench.forms_duty import LeaveForm

if TYPE_CHECKING:
    from tanggap.models import Absence


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Show who is there and who is away, or write an absence down."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, today = doors.officer(request, now), office_day(now)
    if request.method != "POST":
        return _page(request, viewer, LeaveForm(viewer=viewer, on=today), today)
    form = LeaveForm(request.POST, viewer=viewer, on=today)
    if form.is_valid() and _entered(form, viewer, now):
        messages.success(request, _("Cuti tercatat."))
        return redirect("workbench:duty")
    return _page(request, viewer, form, today, status=422)


def _entered(form: LeaveForm, viewer: Officer, now: datetime) -> bool:
    """Write down what a form says; False, with the mistake in the form, where it cannot be."""
    said = form.cleaned_data
    try:
        duty.enter_absence(
            actor=viewer,
            user_id=said.get("person") or viewer.user_id,
            first_day=said["first_day"],
            last_day=said["last_day"],
            deputy_id=said.get("deputy"),
            now=now,
        )
    except duty.LeaveError as error:
        form.add_error(wording_duty.FIELD[error.fault], str(wording_duty.LEAVE_FAULT[error.fault]))
        return False
    except duty.NotAllowedError:
        form.add_error(
            "person" if "person" in form.fields else None, _("Pilih orang dari kantor Anda, di bawah jabatan Anda.")
        )
        return False
    return True


@officer_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Take an absence back."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    try:
        found = duty_selectors.by_key(viewer=viewer, text=request.POST.get("cuti", ""))
        duty.end_absence(actor=viewer, absence_id=found.pk, now=now)
    except (duty_selectors.NotFoundError, duty.NotAllowedError) as error:
        raise Http404 from error
    messages.success(request, _("Cuti dibatalkan."))
    return redirect("workbench:duty")


def _page(request: HttpRequest, viewer: Officer, form: LeaveForm, today: date, *, status: int = 200) -> HttpResponse:
    is_admin = isinstance(viewer, AgencyAdmin | NationalAdmin)
    looks_after = is_admin or isinstance(viewer, LiaisonOfficer)
    known = duty_selectors.roster(viewer=viewer, on=today)
    absences = duty_selectors.list_(viewer=viewer, on=today, whole_agency=looks_after)
    may_end = duty_selectors.ended_by(viewer=viewer, on=today)
    return render(
        request,
        "workbench/duty.html",
        {
            "form": form,
            "is_admin": is_admin,
            "looks_after": looks_after,
            "absences": [_absence(row, may_end) for row in absences],
            "columns": [{"label": _("Jabatan")}, {"label": _("Hadir")}, {"label": _("Tidak hadir")}],
            "rows": list(_rows(known)),
            "vacant": sum(line.duty.is_vacant for line in known.lines),
        },
        status=status,
    )


def _absence(row: "Absence", may_end: Callable[[int], bool]) -> dict[str, Any]:
    return {"row": row, "key": duty_selectors.key(row), "may_end": may_end(row.user_id)}


def _rows(known: Roster) -> Iterator[list[Any]]:
    """Give each post with who is there and who is not; what nobody holds or attends says so."""
    for line in known.lines:
        yield [_post(line), _there(line, known.names), _away(line, known)]


def _post(line: Line) -> str:
    role = str(wording.ROLE[Role(line.role.value)])
    return f"{line.unit.name} ({role})" if line.unit else role


def _there(line: Line, names: dict[int, str]) -> str:
    deputies = (user_id for user_id in line.duty.deputies if user_id not in line.duty.present)
    found = [names[user_id] for user_id in line.duty.present]
    found += [_("%(deputy)s (wakil)") % {"deputy": names[deputy]} for deputy in deputies]
    if found:
        return ", ".join(found)
    return _("Kosong: belum ada petugas") if line.duty.is_vacant else _("Tidak ada yang hadir")


def _away(line: Line, known: Roster) -> str:
    gone = (*(absent for absent, _deputy in line.duty.standing_in), *line.duty.without)
    return ", ".join(
        _("%(name)s, cuti sampai %(day)s")
        % {"name": known.names[user_id], "day": tanggal_pendek(known.until.get(user_id))}
        for user_id in gone
    )
