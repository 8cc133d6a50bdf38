"""The board of what is late: by office, clock and age, each number a link to the list behind it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanggap.domain import queues
from tanggap.domain.actors import NationalAdmin
from tanggap.domain.lateness import ranges
from tanggap.selectors import calendars, names, overdue
from tanggap.selectors.overdue import Line
from tanggap.services.accounts import office_day
from tanggap.web import late_board, sheets
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, narrowing


@officer_required
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Show how much is late, where, and for how long."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    is_national = isinstance(viewer, NationalAdmin)
    calendar = calendars.working_calendar(None if is_national else viewer.agency_id, calendars.current_version())
    bands = ranges(office_day(now), calendar)
    lines = overdue.board(viewer=viewer, ranges=bands)
    made = late_board.Board(lines, bands, is_national, _of_agency if is_national else _of_unit)
    known = names.current()
    if kind := sheets.asked(request):
        return sheets.give(kind, "papan-terlambat", made.headings, made.plain_rows(known), now=now)
    page = {"board": made, "rows": list(made.rows(known)), "files": sheets.links(request)}
    return render(request, "workbench/overdue.html", page)


def _of_agency(line: Line, said: Mapping[str, str]) -> str:
    return narrowing.href(said, antrean=queues.EVERYWHERE.code, instansi=str(line.place_id))


def _of_unit(line: Line, said: Mapping[str, str]) -> str:
    return narrowing.href(said, antrean=queues.OWN.code, unit=str(line.place_id))
