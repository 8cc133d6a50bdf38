"""One deed to many reports: choose them in a list, see what would happen, let it be done, read what became of each."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.domain import bulk as deeds
from tanggap.domain import privacy, references
from tanggap.domain.actors import Officer
from tanggap.domain.bulk import Kind
from tanggap.selectors import bulk as jobs
from tanggap.selectors import clusters, narrowing, queues
from tanggap.services import bulk_acts
from tanggap.services.accounts import office_day
from tanggap.web import wording_bulk
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, page
from tanggap.web.workbench.forms_bulk import CODES, BulkForm
from tanggap.web.workbench.narrowing import href


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show what would happen to the chosen reports, or start it."""
    if request.method != "POST":
        # Whoever had to sign in again comes back without what was chosen.
        return redirect("workbench:queue")
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    kind = CODES.get(request.POST.get("massal", ""))
    if kind is None or kind not in deeds.of(viewer.role):
        raise Http404
    said = narrowing.known(request.GET)
    numbers = _numbers(request, viewer, said)
    is_sent = "kirim" in request.POST
    leads = _leads(viewer, kind, numbers)
    typed = request.POST if is_sent or "lead" in request.POST else None
    form = BulkForm(typed, kind=kind, viewer=viewer, leads=leads, today=office_day(now))
    if is_sent and leads and numbers == [leads[0][0]]:
        form.add_error("lead", _("Pilih paling sedikit dua laporan."))
    if is_sent and numbers and form.is_valid():
        job = bulk_acts.start(actor=viewer, kind=kind, numbers=numbers, asked=form.asked(), now=now)
        return redirect("workbench:bulk_job", job.key)
    asked = form.asked() if typed and form.is_valid() else {"lead": leads[0][0]} if leads else {}
    is_leaderless = kind == Kind.MERGE and not leads
    found = bulk_acts.judge(viewer=viewer, kind=kind, numbers=numbers, asked=asked, now=now)
    # A report that the officer may not know of is not spoken of in a preview.
    judged = [one for one in found if one.reason != bulk_acts.NOT_FOUND]
    return render(
        request,
        "workbench/bulk.html",
        {
            "title": wording_bulk.DEEDS[kind],
            "code": request.POST["massal"],
            "form": form,
            "numbers": numbers,
            "judged": [_line(one, viewer, kind) for one in judged],
            "fitting": 0 if is_leaderless else sum(_fits(one, asked) for one in judged),
            "is_leaderless": is_leaderless,
            "unjudged": len(numbers) - len(found),
            "back": href(said),
            "here": href(said, path="/meja/massal"),
            "most": deeds.MOST,
        },
        status=422 if is_sent or not numbers else 200,
    )


def _leads(viewer: Officer, kind: Kind, numbers: list[str]) -> list[tuple[str, str]]:
    """Return which of the chosen reports can lead the others, with their titles as this officer reads them."""
    if kind != Kind.MERGE:
        return []
    found = []
    for row in clusters.leads_among(viewer=viewer, numbers=numbers):
        is_hidden = row.is_anonymous or row.is_confidential
        reads = privacy.reads_listed(
            viewer, is_hidden=is_hidden, status=row.status, owner_agency_id=row.owner_agency_id
        )
        found.append((row.number, f"{row.number} {page.listed_title(row, reads=reads)}"))
    return found


def _numbers(request: HttpRequest, viewer: Officer, said: dict[str, str]) -> list[str]:
    """Return the chosen reports, or with "all of this list" the first thousand of it."""
    if request.POST.get("semua"):
        filters = narrowing.read(said, viewer.role)
        rows = queues.ordered(queues.rows_of(viewer, filters), filters)
        return list(rows.values_list("number", flat=True)[: deeds.MOST])
    # One field holds them all when the preview sends them on: a thousand fields are more than a form may have.
    said_numbers = " ".join(request.POST.getlist("nomor")).split()
    parsed = (references.parse(text) for text in said_numbers[: deeds.MOST])
    return list(dict.fromkeys(number for number in parsed if number is not None))


def _fits(one: bulk_acts.Judged, asked: dict[str, Any]) -> bool:
    return not wording_bulk.against(one.reason) and one.number != asked.get("lead")


def _line(one: bulk_acts.Judged, viewer: Officer, kind: Kind) -> dict[str, Any]:
    reads = privacy.reads_listed(
        viewer, is_hidden=one.is_hidden, status=one.status, owner_agency_id=one.owner_agency_id
    )
    return {
        "number": one.number,
        "title": page.listed_title(one, reads=reads),
        "is_confidential": one.is_confidential,
        "reason": wording_bulk.refused(wording_bulk.against(one.reason), kind),
    }


@officer_required
@require_safe
def job(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a job is and what became of each report."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = _job(request, key, now)
    page = wording_bulk.told(found, wording_bulk.lines_of(found, jobs.lines(viewer=viewer, job=found)))
    page |= {"is_undo": found.kind == bulk_acts.UNDO, "may_undo": bulk_acts.may_undo(found) and page["left"] > 0}
    return render(request, "workbench/bulk_job.html", page)


@officer_required
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what a job did, as far as the life cycle allows."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = _job(request, key, now)
    try:
        made = bulk_acts.undo(actor=viewer, key=found.key, now=now, note=str(wording_bulk.NOTE_OF_UNDOING))
    except bulk_acts.NotForYouError as error:
        raise Http404 from error
    return redirect("workbench:bulk_job", made.key)


def _job(request: HttpRequest, key: str, now: datetime) -> tuple[Officer, jobs.Job]:
    viewer = doors.officer(request, now)
    try:
        found = jobs.get(viewer=viewer, key=key)
    except jobs.NotFoundError as error:
        raise Http404 from error
    if found.kind not in {bulk_acts.ACT, bulk_acts.UNDO}:
        raise Http404
    return viewer, found
