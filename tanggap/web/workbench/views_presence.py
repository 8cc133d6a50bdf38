"""The page of a report says that it is open, and hears who else is there and whether something has changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tanggap.selectors import presence as selector
from tanggap.services import presence
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, history, walks

_MOST_DIGITS = 9


@officer_required
@require_POST
def beat(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the officer is still there; answer who else is, and what happened since the page was made.

    It never touches the form: what is typed stays, and whoever sends it is shown the change before anything is done.
    """
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now, also_in_place=True)
    report = desk.dossier.report
    presence.beat(actor=desk.viewer, report=report, now=now)
    seen = request.POST.get("seen", "")
    since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= _MOST_DIGITS else report.event_count
    context = {
        "others": selector.others(viewer=desk.viewer, report=report, now=now),
        "zone": report.owner_agency.timezone,
        "changes": history.entries(desk, after=since),
        "report": report,
        "walk": walks.of(request, desk),
    }
    return render(request, "workbench/_presence.html", context)
