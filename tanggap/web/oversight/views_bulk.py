"""A nudge to many late reports: chosen in a list, seen before it is sent, with a line for each of what became of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain import bulk as deeds
from tanggap.domain import references
from tanggap.domain.actors import Head, RegionalOverseer, Watcher
from tanggap.domain.bulk import Kind
from tanggap.domain.intake import EXTRA_MOST, clean
from tanggap.selectors import bulk as jobs
from tanggap.selectors import oversight, publications
from tanggap.services import bulk_acts
from tanggap.web import wording_bulk
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors, narrowing
from tanggap.web.oversight.views_figures import is_overseen

PATH = "/pengawasan/massal"


class NudgeForm(forms.Form):
    """What all of them are told."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Isi teguran"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sama untuk semua laporan yang dipilih. Dibaca admin dan unit yang memegangnya."),
    )

    def clean_text(self) -> str:
        """Say what is missing."""
        text = clean(self.cleaned_data["text"])
        if not 0 < len(text) <= EXTRA_MOST:
            raise forms.ValidationError(_("Tulis isi teguran."))
        return text


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show which of the chosen reports would be nudged, or nudge them."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    if viewer.role not in deeds.DEEDS[Kind.NUDGE].roles:
        raise Http404
    if request.method != "POST":
        return redirect("oversight:board")  # as after signing in again
    said, back, rows = _list(request, viewer)
    numbers = _numbers(request, viewer, rows)
    is_sent = "kirim" in request.POST
    form = NudgeForm(request.POST if is_sent else None, auto_id="%s")
    if is_sent and numbers and form.is_valid():
        asked = {"text": form.cleaned_data["text"]}
        job = bulk_acts.start(actor=viewer, kind=Kind.NUDGE, numbers=numbers, asked=asked, now=now)
        return redirect("oversight:bulk_job", job.key)
    found = bulk_acts.judge(viewer=viewer, kind=Kind.NUDGE, numbers=numbers, asked={}, now=now)
    # A report that the viewer may not know of is not spoken of in a preview.
    judged = [one for one in found if one.reason != bulk_acts.NOT_FOUND]
    titles = publications.titles(one.number for one in judged)
    lines = [_line(one, titles.get(one.number, "")) for one in judged]
    page = {
        "nav": doors.places(viewer),
        "form": form,
        "numbers": numbers,
        "lines": lines,
        "fitting": sum(not line["reason"] for line in lines),
        "unjudged": len(numbers) - len(found),
        "back": back,
        "here": narrowing.href(PATH, said),
    }
    return render(request, "oversight/bulk.html", page, status=422 if is_sent or not numbers else 200)


def _list(request: HttpRequest, viewer: Watcher) -> tuple[dict[str, str], str, oversight.Filters]:
    """Return the list that something was chosen in: as an address says it, its own address, and its filters."""
    said, slug = narrowing.known(request.GET), request.GET.get("instansi", "")
    if isinstance(viewer, Head):
        return said, narrowing.href("/pengawasan/laporan", said), narrowing.read(said, agency_id=None)
    agency_id = is_overseen(viewer, slug)
    back = narrowing.href(f"/pengawasan/instansi/{slug}", said)
    return {**said, "instansi": slug}, back, narrowing.read(said, agency_id=agency_id)


def _numbers(request: HttpRequest, viewer: Watcher, filters: oversight.Filters) -> list[str]:
    """Return the chosen reports, or with "all of this list" the first thousand of it."""
    if request.POST.get("semua"):
        page = oversight.list_(viewer=viewer, filters=filters, size=deeds.MOST)
        return [row.number for row in page.rows]
    typed = " ".join(request.POST.getlist("nomor")).split()
    parsed = (references.parse(text) for text in typed[: deeds.MOST])
    return list(dict.fromkeys(number for number in parsed if number is not None))


def _line(one: bulk_acts.Judged, title: str) -> dict[str, Any]:
    reason = wording_bulk.refused(wording_bulk.against(one.reason), Kind.NUDGE)
    return {"number": one.number, "title": title, "reason": reason}


@watcher_required
@require_safe
def job(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a job is and what became of each report."""
    viewer, found = _job(request, key, timezone.now())  # noqa: TID251 - a door
    lines = wording_bulk.lines_of(found, jobs.lines(viewer=viewer, job=found))
    return render(request, "oversight/bulk_job.html", {"nav": doors.places(viewer), **wording_bulk.told(found, lines)})


def _job(request: HttpRequest, key: str, now: datetime) -> tuple[Watcher, jobs.Job]:
    viewer = doors.watcher(request, now)
    try:
        found = jobs.get(viewer=viewer, key=key)
    except jobs.NotFoundError as error:
        raise Http404 from error
    return viewer, found


def may_nudge(viewer: Watcher) -> bool:
    """Say whether lists are shown with boxes to choose reports in."""
    return isinstance(viewer, Head | RegionalOverseer)
