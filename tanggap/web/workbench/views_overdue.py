"""The board of what is late: by office, clock and age, each number a link to the list behind it."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain import queues
from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.domain.lateness import Range, ranges
from tanggap.selectors import calendars, names, overdue
from tanggap.selectors.overdue import Line
from tanggap.services.accounts import office_day
from tanggap.web import wording, wording_duty
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, narrowing

# A national board of the worst is read; one of five hundred agencies is not.
MOST_LINES: Final = 200


@officer_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show how much is late, where, and for how long."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    is_national = isinstance(viewer, NationalAdmin)
    calendar = calendars.working_calendar(None if is_national else viewer.agency_id, calendars.current_version())
    bands = ranges(office_day(now), calendar)
    lines = overdue.board(viewer=viewer, ranges=bands)
    columns: list[dict[str, Any]] = [
        {"label": _("Instansi") if is_national else _("Unit")},
        {"label": _("Batas waktu")},
    ]
    columns += [{"label": wording_duty.BAND[one.band], "number": True} for one in bands]
    columns.append({"label": _("Jumlah"), "number": True})
    return render(
        request,
        "workbench/overdue.html",
        {
            "columns": columns,
            "rows": list(_rows(viewer, lines[:MOST_LINES], bands)),
            "total": sum(line.total for line in lines),
            "is_cut": len(lines) > MOST_LINES,
        },
    )


def _rows(viewer: Officer, lines: list[Line], bands: tuple[Range, ...]) -> Iterator[list[Any]]:
    known = names.current()
    find = known.agency if isinstance(viewer, NationalAdmin) else known.unit
    for line in lines:
        office = find(line.place_id) if line.place_id is not None else None
        place = (office.short_name or office.name) if office else _("Belum ada unit")
        cells = [_cell(viewer, line, n, one) for n, one in zip(line.counts, bands, strict=True)]
        yield [place, wording.CLOCK[line.clock], *cells, line.total]


def _cell(viewer: Officer, line: Line, n: int, one: Range) -> Any:
    """Return a number, with the way to its list; what no unit has stands among what the admin has to do."""
    if n == 0 or line.place_id is None:
        return n
    is_national = isinstance(viewer, NationalAdmin)
    address = narrowing.href(
        {},
        antrean=queues.EVERYWHERE.code if is_national else queues.OWN.code,
        terlambat="1",
        tenggat=line.clock.value,
        **{"instansi" if is_national else "unit": str(line.place_id)},
        **{"jatuh-dari": one.since.isoformat() if one.since else "", "jatuh-sampai": one.until.isoformat()},
    )
    return format_html('<a href="{}">{}</a>', address, n)
