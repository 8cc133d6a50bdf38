"""Lists of reports for those who look: a head's own, and those of an agency that is overseen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Head, Watcher
from tanggap.domain.lifecycle import Family
from tanggap.selectors import names, oversight, overview
from tanggap.selectors.overview import Standing
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors, lines, tabs
from tanggap.web.oversight.views_figures import is_overseen


@watcher_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show a head the reports of the own office."""
    viewer = doors.watcher(request, timezone.now())  # noqa: TID251 - a door
    if not isinstance(viewer, Head):
        raise Http404
    counts = overview.totals(overview.board(viewer=viewer))
    return _list(request, viewer, "/pengawasan/laporan", counts, office="")


@watcher_required
@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an overseer the reports of one agency that are not secret."""
    viewer = doors.watcher(request, timezone.now())  # noqa: TID251 - a door
    agency_id = is_overseen(viewer, slug)
    standing = next((row for row in overview.board(viewer=viewer) if row.office_id == agency_id), Standing(agency_id))
    name = names.current().agency(agency_id).name
    return _list(request, viewer, f"/pengawasan/instansi/{slug}", standing, office=name, agency_id=agency_id)


def _list(
    request: HttpRequest, viewer: Watcher, path: str, counts: Standing, *, office: str, agency_id: int | None = None
) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - a door
    current = tabs.asked(request.GET)
    filters = oversight.Filters(
        agency_id=agency_id,
        family=next((family for family in Family if family.value == current), None),
        is_overdue=current == tabs.LATE,
        is_returned=current == tabs.RETURNED,
    )
    after = request.GET.get("sesudah", "").replace("\x00", "")
    found = oversight.list_(viewer=viewer, filters=filters, after=after)
    start = f"{path}?lihat={current}" if current else path
    context = {
        "nav": doors.places(viewer),
        "office": office,
        "heading": tabs.heading(current),
        "tabs": tabs.of_list(path, current, counts),
        "lines": lines.draw(found.rows, viewer, names.current(), now=now),
        "older": f"{start}{'&' if current else '?'}sesudah={found.after}" if found.after else "",
        "first": start if after else "",
    }
    return render(request, "oversight/list.html", context)
