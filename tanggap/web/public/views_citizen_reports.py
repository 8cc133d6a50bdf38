"""The reports of an account: the own ones, adding an earlier one by number and code, the ones that are followed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.domain import references
from tanggap.domain.actors import Reporter
from tanggap.domain.citizens import FullError
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.lifecycle import Status
from tanggap.selectors import calendars, citizen_reports, names
from tanggap.selectors.citizen_reports import Line
from tanggap.selectors.names import Names
from tanggap.services import citizens
from tanggap.services.citizens import SignedIn
from tanggap.web import due, wording
from tanggap.web.actors import end_tracking, grant_tracking
from tanggap.web.citizens import citizen_required
from tanggap.web.forms_filing import posted
from tanggap.web.public.forms_tracking import TrackForm
from tanggap.web.public.recognising import recognised


@citizen_required
@require_safe
def home(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """List the own reports, the newest first, each with where it stands and until when."""
    now = timezone.now()  # noqa: TID251 - a door
    after = request.GET.get("sesudah", "")
    found = citizen_reports.listed(viewer=who.reporters(), after=after)
    known = names.current()
    context = {
        "address": who.account.address,
        "is_by_phone": who.account.is_by_phone,
        "lines": [_line(row, known, now) for row in found.rows],
        "older": f"?sesudah={found.older}" if found.older else "",
        "first": "?" if after else "",
    }
    return render(request, "citizen/home.html", context)


@citizen_required
@require_POST
def open_(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """Open an own report on the page of tracking, with the rights of its reporter; to anybody else there is none."""
    now = timezone.now()  # noqa: TID251 - a door
    found = _own(request, who)
    grant_tracking(request, found.report_id, now)
    return redirect("public:tracked")


def _own(request: HttpRequest, who: SignedIn) -> Reporter:
    """Return the capability for the own report whose number was sent; any other is unknown."""
    number = references.parse(request.POST.get("number", "")) or ""
    found = citizen_reports.by_number(viewer=who.reporters(), number=number)
    if found is None:
        raise Http404
    return found


@citizen_required
@require_POST
def release(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """Take a report out of the account; nothing of the report changes."""
    found = _own(request, who)
    citizens.unlink(who, found.report_id)
    end_tracking(request)
    messages.success(request, _("Laporan dilepas dari akun Anda. Dengan nomor dan kode pelacakan tetap dapat dibuka."))
    return redirect("public:citizen_home")


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """Add an earlier report to the account by its number and its code; wrong ones are counted as on tracking."""
    form = TrackForm(posted(request.POST)) if request.method == "POST" else TrackForm()
    if not form.is_valid():
        return render(request, "citizen/claim.html", {"form": form}, status=422 if form.is_bound else 200)
    now = timezone.now()  # noqa: TID251 - a door
    found = recognised(request, form, now)
    if isinstance(found, HttpResponse):
        return found
    try:
        citizens.link(who, found.report_id)
    except FullError:
        form.add_error(None, _("Akun ini sudah penuh. Lepaskan dahulu satu laporan lama."))
        return render(request, "citizen/claim.html", {"form": form}, status=422)
    messages.success(request, _("Laporan sudah ada di Laporan saya."))
    return redirect("public:citizen_home")


@citizen_required
@require_safe
def followed(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """List the public reports that are followed; what is public no longer is not there."""
    rows = citizen_reports.followed(who.account.follows)
    lines = [{"row": row, "status": wording.STATUS[Status(row.status)]} for row in rows]
    return render(request, "citizen/followed.html", {"lines": lines, "is_by_phone": who.account.is_by_phone})


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, who: SignedIn, number: str) -> HttpResponse:
    """Ask whether to follow a public report, or to stop; what is not public is unknown."""
    parsed = references.parse(number) or ""
    report_id = citizen_reports.public_id(parsed)
    if report_id is None:
        raise Http404
    is_followed = report_id in who.account.follows
    context: dict[str, Any] = {
        "number": parsed,
        "is_followed": is_followed,
        "is_by_phone": who.account.is_by_phone,
    }
    if request.method != "POST":
        return render(request, "citizen/follow.html", context)
    if "berhenti" in request.POST:
        citizens.unfollow(who, report_id)
    else:
        try:
            citizens.follow(who, report_id)
        except FullError:
            return render(request, "citizen/follow.html", {**context, "is_full": True}, status=422)
    return redirect("public:citizen_followed")


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, who: SignedIn, number: str) -> HttpResponse:
    """Ask whether to say that one lives with this, too, or to take that back; what is not public is unknown."""
    parsed = references.parse(number) or ""
    report_id = citizen_reports.public_id(parsed)
    if report_id is None:
        raise Http404
    context: dict[str, Any] = {"number": parsed, "is_supported": report_id in who.account.supports}
    if request.method != "POST":
        return render(request, "citizen/support.html", context)
    if "batal" in request.POST:
        citizens.take_back(who, report_id)
        messages.success(request, _("Anda tidak lagi terhitung pada laporan ini."))
    else:
        try:
            citizens.support(who, report_id)
        except FullError:
            return render(request, "citizen/support.html", {**context, "is_full": True}, status=422)
        messages.success(request, _("Anda terhitung. Siapa Anda tidak dapat dilihat siapa pun."))
    return redirect("public:report", parsed)


def _line(row: Line, known: Names, now: datetime) -> dict[str, Any]:
    """Return an own report in words: whose turn it is, and until when."""
    made: dict[str, Any] = {"row": row, "status": wording.STATUS[Status(row.status)]}
    if row.due_at is None:
        return made
    if CLOCKS[Clock(row.due_clock)].is_reporters:
        return made | {"yours_until": due.day_of(row.due_at, row.zone)}
    calendar = calendars.working_calendar(row.agency_id, known.calendar)
    left = due.of_row(row.due_at, row.due_clock, row.agency_id, known=known, zone=row.zone, calendar=calendar, now=now)
    return made | {"left": left, "day": due.day_of(row.due_at, row.zone)}
