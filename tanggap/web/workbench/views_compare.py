"""A report and one that may be about the same, side by side, to be merged or left as they are (DOMAIN 5.8)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.bulk import Kind
from tanggap.domain.clusters import waits_for_verification
from tanggap.selectors import duplicates, names, reports
from tanggap.selectors.duplicates import Side
from tanggap.services import clusters, doubles
from tanggap.web import wording_bulk
from tanggap.web.actors import officer_required
from tanggap.web.workbench import comparing, doors, walks
from tanggap.web.workbench.forms import Desk
from tanggap.web.workbench.together import TogetherForm


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Show two reports beside each other; whoever may not know of one of them is not told that there is any."""
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now)
    try:
        one, two = duplicates.pair(viewer=desk.viewer, report=desk.dossier.report, number=doors.number_of(other))
    except reports.NotFoundError as error:
        raise Http404 from error
    if request.method == "POST":
        return _keep(request, desk, two.report.number, now)
    page = comparing.part(desk, one, two, names.current())
    page["is_apart"] = duplicates.are_told_apart(viewer=desk.viewer, one=one.report, two=two.report)
    page |= {"report": one.report, "other": two.report, "merge": _merge(desk, one, two, now)}
    page["walk"] = walks.of(request, desk)
    return render(request, "workbench/compare.html", page)


def _keep(request: HttpRequest, desk: Desk, other: str, now: datetime) -> HttpResponse:
    """Keep that they are about two matters, or take that back."""
    here = desk.dossier.report.number
    if request.POST.get("tindakan") == "sarankan":
        doubles.suggest_again(actor=desk.viewer, number=here, other=other)
        messages.success(request, _("Laporan ini disarankan lagi sebagai serupa."))
        return redirect(f"{resolve_url('workbench:compare', here, other)}{walks.of(request, desk).tail}")
    doubles.tell_apart(actor=desk.viewer, number=here, other=other, now=now)
    messages.success(request, _("%(number)s tidak disarankan lagi untuk laporan ini.") % {"number": other})
    return redirect(walks.of(request, desk).here())


def _merge(desk: Desk, one: Side, two: Side, now: datetime) -> dict[str, Any]:
    """Say which of the two can lead the other, by the guards of the merge itself; else why neither can."""
    against = None
    for lead, member in ((one.report, two.report), (two.report, one.report)):
        reason = clusters.why_not(actor=desk.viewer, lead=lead, member=member, now=now, is_checked=True)
        if reason is None:
            asks = waits_for_verification(member.status)
            form = TogetherForm(auto_id="banding_%s") if asks else None
            return {"lead": lead.number, "is_here": lead is one.report, "form": form}
        against = against or reason
    return {"refused": wording_bulk.refused(against or "", Kind.MERGE)}
