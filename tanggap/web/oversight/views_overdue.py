"""The board of what is late for those who look after offices: a head's units, an overseer's agencies."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Head, Overseer, RegionalOverseer
from tanggap.domain.lateness import ranges
from tanggap.selectors import calendars, names, overdue
from tanggap.selectors.overdue import Line
from tanggap.services.accounts import office_day
from tanggap.web import late_board, sheets
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors, narrowing, tabs


@watcher_required
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Show how much is late, where, and for how long; whoever reads no list of reports has no board of them."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    if not isinstance(viewer, Head | RegionalOverseer | Overseer):
        raise Http404
    is_head = isinstance(viewer, Head)
    calendar = calendars.working_calendar(viewer.agency_id if is_head else None, calendars.current_version())
    bands = ranges(office_day(now), calendar)
    lines = overdue.board(viewer=viewer, ranges=bands)
    known = names.current()

    def of_agency(line: Line, said: Mapping[str, str]) -> str:
        return _href(f"/pengawasan/instansi/{known.agency(line.place_id).slug}", said)

    made = late_board.Board(lines, bands, not is_head, _of_unit if is_head else of_agency)
    if kind := sheets.asked(request):
        return sheets.give(kind, "papan-terlambat", made.headings, made.plain_rows(known), now=now)
    page = {"nav": doors.places(viewer), "board": made, "rows": list(made.rows(known)), "files": sheets.links(request)}
    return render(request, "oversight/overdue.html", page | {"is_head": is_head})


def _of_unit(line: Line, said: Mapping[str, str]) -> str:
    return _href("/pengawasan/laporan", said, unit=str(line.place_id))


def _href(path: str, said: Mapping[str, str], **more: str) -> str:
    kept = {name: value for name, value in said.items() if name != tabs.LATE}
    return narrowing.href(path, {narrowing.TAB: tabs.LATE, **kept}, **more)
