"""Export the list that an address says: at once when it is short, by a job with a page of its own when it is long."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.adapters import exports as files
from tanggap.domain.actors import Officer
from tanggap.domain.exports import HEADINGS, KEPT, MOST_AT_ONCE, Format, Layout
from tanggap.selectors import bulk as jobs
from tanggap.selectors import narrowing
from tanggap.services import bulk, exports
from tanggap.web import sheets
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors
from tanggap.web.workbench.forms_export import ExportForm
from tanggap.web.workbench.narrowing import href

_MOST_COUNTED = 100_000


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask how the list is wanted, and give it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    said = narrowing.known(request.GET)
    filters = narrowing.read(said, viewer.role)
    count = exports.count(viewer=viewer, filters=filters, most=_MOST_COUNTED)
    form = ExportForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        return _give(viewer, form, said, count, now)
    page = {
        "form": form,
        "count": min(count, _MOST_COUNTED),
        "is_more": count > _MOST_COUNTED,
        "back": href(said),
        "jobs": [_shown(job, now) for job in jobs.latest(viewer=viewer, kind=exports.KIND)],
    }
    return render(request, "workbench/export.html", page, status=422 if form.is_bound else 200)


def _give(viewer: Officer, form: ExportForm, said: dict[str, str], count: int, now: datetime) -> HttpResponseBase:
    layout, kind = Layout(form.cleaned_data["kolom"]), Format(form.cleaned_data["bentuk"])
    asked = {"list": said, "layout": layout.value, "format": kind.value, "reason": form.reason}
    if form.reason or count > MOST_AT_ONCE:
        if form.reason:
            exports.log_names(actor=viewer, reason=form.reason, asked={"list": said, "count": count}, now=now)
        job = bulk.start(actor=viewer, kind=exports.KIND, asked=asked, total=count, now=now)
        return redirect("workbench:job", job.key)
    filters = narrowing.read(said, viewer.role)
    rows = (line.cells(layout) for line in exports.lines(actor=viewer, filters=filters, now=now))
    return sheets.give(kind, f"laporan-{layout.value}", HEADINGS[layout], rows, now=now)


@officer_required
@require_safe
def job(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a job is, and where its file lies."""
    now = timezone.now()  # noqa: TID251 - a door
    found = _job(request, key, now)
    page = {"job": _shown(found, now), "back": href(found.asked.get("list", {}))}
    return render(request, "workbench/job.html", page)


@officer_required
@require_safe
def job_file(request: HttpRequest, key: str) -> FileResponse:
    """Give the file of a job that is done to who asked for it, for a day."""
    now = timezone.now()  # noqa: TID251 - a door
    found = _job(request, key, now)
    if not _shown(found, now)["is_there"]:
        raise Http404
    try:
        file = files.open_(settings.EXPORTS_DIR, found.key)
    except FileNotFoundError as error:
        raise Http404 from error
    asked = found.asked
    return sheets.answer(file, Format(asked["format"]), f"laporan-{asked['layout']}", found.created_at)


def _job(request: HttpRequest, key: str, now: datetime) -> jobs.Job:
    try:
        return jobs.get(viewer=doors.officer(request, now), key=key)
    except jobs.NotFoundError as error:
        raise Http404 from error


def _shown(job: jobs.Job, now: datetime) -> dict[str, Any]:
    until = job.finished_at + KEPT if job.finished_at else None
    return {
        "key": job.key,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "created_at": job.created_at,
        "until": until,
        "is_there": job.state == "done" and until is not None and now < until,
    }
