"""Notes among officers: written on the page of a report; where one is mentioned, on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.domain import privacy
from tanggap.domain.actors import Officer
from tanggap.domain.notes import Audience
from tanggap.selectors import notes as selector
from tanggap.selectors import reports
from tanggap.services import notes as service
from tanggap.web.actors import officer_required
from tanggap.web.workbench import attempts, doors, page, walks
from tanggap.web.workbench.forms_note import FLAW, NoteForm


@officer_required
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note; what is wrong with it is said on the page of the report, with all that was typed."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now)
    form = NoteForm(request.POST, prefix="catatan", auto_id="%s")
    if form.is_valid():
        text, audience = form.cleaned_data["text"], Audience(form.cleaned_data["audience"])
        try:
            service.write(actor=desk.viewer, number=desk.dossier.report.number, text=text, audience=audience, now=now)
        except reports.NotFoundError as error:
            raise Http404 from error
        except service.NoteError as error:
            names = ", ".join(f"@{name}" for name in error.names)
            form.add_error("text", str(FLAW[error.flaw]) % {"names": names})
    if not form.errors:
        messages.success(request, _("Catatan tersimpan."))
        return redirect(f"{walks.of(request, desk).here()}#catatan")
    attempt = attempts.first(desk, request.GET)
    return page.answer(request, desk, attempt, now=now, status=422, beside_form=("note_form", form))


@officer_required
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """List where the officer is mentioned: first what was not read yet, the newest first."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    after = request.GET.get("sesudah", "").replace("\x00", "")
    found = selector.list_(viewer=viewer, after=after)
    context = {
        "rows": [(row, _title(viewer, row.note.report), selector.reads(viewer, row.note)) for row in found.rows],
        "older": f"?sesudah={found.after}" if found.after else "",
        "first": resolve_url("workbench:mentions") if after else "",
    }
    return render(request, "workbench/mentions.html", context)


def _title(viewer: Officer, report: Any) -> str:
    is_hidden = report.is_anonymous or report.is_confidential
    reads = privacy.reads_listed(
        viewer, is_hidden=is_hidden, status=report.status, owner_agency_id=report.owner_agency_id
    )
    return page.listed_title(report, reads=reads)
