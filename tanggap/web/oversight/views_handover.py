"""What reporters have handed over to the Ombudsman: the list, and the file of each."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.adapters.scanning import staging
from tanggap.domain.actors import Ombudsman
from tanggap.domain.handover import parts
from tanggap.domain.lifecycle import Action, Status
from tanggap.selectors import names, oversight
from tanggap.selectors import reports as report_selectors
from tanggap.services import handovers, reports
from tanggap.web import sheets, wording, wording_handover
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import deeds, doors, views_report

_PIECE = 2**16
_ACTS: Final = (Action.ACCEPT_HANDOVER, Action.DECLINE_HANDOVER, Action.ASK_REOPEN)


def listed(request: HttpRequest, viewer: Ombudsman, now: datetime) -> HttpResponseBase:
    """Show what was handed over, the newest first."""
    if kind := sheets.asked(request):
        pages = sheets.walk(lambda key: oversight.handed_over(viewer=viewer, after=key, size=sheets.SIZE))
        return sheets.give(kind, "diserahkan", _HEADINGS, (row for some in pages for row in _plain(some)), now=now)
    after = request.GET.get("sesudah", "").replace("\x00", "")
    found, known = oversight.handed_over(viewer=viewer, after=after), names.current()
    rows = [
        {
            "number": row.number,
            "agency": known.agency(row.owner_agency_id).name,
            "status": wording.STATUS[Status(row.status)],
            "code": row.status,
            "moment": row.handed_over_at,
            "is_accepted": row.handover_accepted_at is not None,
        }
        for row in found.rows
    ]
    context = {
        "nav": doors.places(viewer),
        "rows": rows,
        "files": sheets.links(request),
        "older": f"?sesudah={found.after}" if found.after else "",
        "first": "/pengawasan" if after else "",
    }
    return render(request, "oversight/handovers.html", context)


_HEADINGS: Final = (lazy("Nomor laporan"), lazy("Instansi"), lazy("Status"), lazy("Diserahkan"))


def _plain(rows: Sequence[oversight.Handed]) -> Iterator[list[Any]]:
    known = names.current()
    for row in rows:
        agency = known.agency(row.owner_agency_id).name
        yield [row.number, agency, wording.STATUS[Status(row.status)], sheets.day(row.handed_over_at)]


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the reporter agreed to hand over and who has taken it; accept or decline it, or ask to open it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _ombudsman(request)
    try:
        sight = oversight.get(viewer=viewer, number=doors.number_of(number), now=now)
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    tried, status = None, 200
    if request.method == "POST":
        tried = deeds.asked(request, _ACTS)
        status = deeds.carry_out(request, viewer, sight.report.number, tried, now=now)
        if status == 302:
            is_gone = tried.action == Action.DECLINE_HANDOVER
            return redirect("oversight:board") if is_gone else redirect("oversight:handover", sight.report.number)
    given = parts(sight.case.facts.handed_over)
    seen, holder = sight.report.event_count, sight.owner
    shown = deeds.offered(viewer, sight.case, _ACTS, tried=tried, seen=seen, holder=holder)
    is_shown = any(one.form is tried for one in shown)
    context = {
        "deeds": shown,
        "tried": tried,
        "kept_words": "" if tried is None or is_shown else tried["text"].value(),
        "asked": [views_report.line(sight, event) for event in reversed(sight.events) if event.seq in sight.asked],
        "nav": doors.places(viewer),
        "report": sight.report,
        "status": wording.STATUS[Status(sight.report.status)],
        "given": [words for part, words in wording_handover.PART.items() if part in given],
        "kept": [words for part, words in wording_handover.PART.items() if part not in given],
        "taken": [event for event in reversed(sight.events) if event.kind == Action.OPEN_HANDOVER],
    }
    return render(request, "oversight/handover.html", context, status=status)


@watcher_required
@require_POST
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give the hand-over file. Posted: that it was taken is written down and shown to the reporter."""
    now = timezone.now()  # noqa: TID251 - a door
    wanted = doors.number_of(number)
    try:
        made = handovers.build(actor=_ombudsman(request), number=wanted, now=now, read_file=_read)
    except (report_selectors.NotFoundError, reports.NotAllowedError) as error:
        raise Http404 from error
    response = FileResponse(made, as_attachment=True, filename=f"{wanted}.zip", content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _ombudsman(request: HttpRequest) -> Ombudsman:
    viewer = doors.watcher(request, timezone.now())  # noqa: TID251 - a door
    if not isinstance(viewer, Ombudsman):
        raise Http404
    return viewer


def _read(key: str) -> Iterator[bytes]:
    with staging.open_for_reading(settings.ATTACHMENTS_DIR, key) as stored:
        while piece := stored.read(_PIECE):
            yield piece
