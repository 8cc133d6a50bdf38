"""Lists of reports for those who look: a head's own, and those of an agency that is overseen."""

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Head, Watcher
from tanggap.selectors import names, oversight, overview
from tanggap.selectors.overview import Standing
from tanggap.web import sheets
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors, lines, narrowing, tabs, views_bulk
from tanggap.web.oversight.views_figures import is_overseen


@watcher_required
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """Show a head the reports of the own office."""
    viewer = doors.watcher(request, timezone.now())  # noqa: TID251 - a door
    if not isinstance(viewer, Head):
        raise Http404
    counts = overview.totals(overview.board(viewer=viewer))
    return _list(request, viewer, "/pengawasan/laporan", counts, office="")


@watcher_required
@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show an overseer the reports of one agency that are not secret."""
    viewer = doors.watcher(request, timezone.now())  # noqa: TID251 - a door
    agency_id = is_overseen(viewer, slug)
    standing = next((row for row in overview.board(viewer=viewer) if row.office_id == agency_id), Standing(agency_id))
    name = names.current().agency(agency_id).name
    return _list(request, viewer, f"/pengawasan/instansi/{slug}", standing, office=name, agency_id=agency_id)


def _list(
    request: HttpRequest, viewer: Watcher, path: str, counts: Standing, *, office: str, agency_id: int | None = None
) -> HttpResponseBase:
    now = timezone.now()  # noqa: TID251 - a door
    said, current, known = narrowing.known(request.GET), tabs.asked(request.GET), names.current()
    filters = narrowing.read(said, agency_id=agency_id)
    page_of = partial(oversight.list_, viewer=viewer, filters=filters)
    count = partial(oversight.count, viewer=viewer, filters=filters)
    if kind := sheets.asked(request):
        pages = sheets.walk(lambda key: page_of(after=key, size=sheets.SIZE))
        rows = (row for some in pages for row in lines.plain(some, known))
        return sheets.give(kind, "laporan", lines.HEADINGS, rows, now=now, count=count)
    after = request.GET.get("sesudah", "").replace("\x00", "")
    found = page_of(after=after)
    start, slug = narrowing.href(path, said), known.agency(agency_id).slug if agency_id else ""
    context = {
        "nav": doors.places(viewer),
        "office": office,
        "heading": tabs.heading(current),
        "tabs": tabs.of_list(path, current, counts),
        "lines": lines.draw(found.rows, viewer, known, now=now),
        "chips": list(narrowing.chips(path, said, known)),
        "clear": narrowing.href(path, {narrowing.TAB: current}),
        "files": sheets.links(request),
        "cut_off": sheets.beside(counts.total, count),
        "bulk": narrowing.href(views_bulk.PATH, said, instansi=slug) if views_bulk.may_nudge(viewer) else "",
        "older": narrowing.href(path, said, sesudah=found.after) if found.after else "",
        "first": start if after else "",
    }
    return render(request, "oversight/list.html", context)
