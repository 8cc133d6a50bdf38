"""Verifying in the place of a late agency, on the desk: what the page says, and what when somebody was first."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tanggap.domain.actors import Officer
from tanggap.domain.intake import clean
from tanggap.domain.standing_in import IN_PLACE
from tanggap.selectors import dossiers, reports
from tanggap.web import wording
from tanggap.web.workbench import doors, drafts, walks
from tanggap.web.workbench.forms import Desk


def notice(desk: Desk) -> dict[str, Any] | None:
    """Return what tells an admin in whose place this is done; None on the pages of the own agency."""
    if not desk.dossier.is_in_place:
        return None
    agency = desk.dossier.report.owner_agency.name
    return {
        "title": _("Anda menggantikan %(agency)s") % {"agency": agency},
        "text": _(
            "Batas waktu verifikasinya lewat. Anda dapat memverifikasi laporan ini dan meneruskannya ke unit di sana. "
            "Laporan tetap milik %(agency)s. Riwayat dan halaman publik menyebut siapa yang menggantikan siapa."
        )
        % {"agency": agency},
    }


def was_open(request: HttpRequest, number: str, now: datetime) -> bool:
    """Say whether the form comes from a page that we gave to this very officer: the mark of the page shows it."""
    opened = drafts.opened(request)
    officer = doors.officer(request, now)
    is_theirs = opened is not None and (opened.user_id, opened.number) == (officer.user_id, doors.number_of(number))
    return is_theirs and opened is not None and opened.is_fresh(now)


def moved_on(request: HttpRequest, number: str, now: datetime) -> HttpResponse:
    """Answer whoever was shown a report in another agency's place that it moved on, with the words that were typed.

    For who has shown to have had the page open. Raises Http404 where even that must not be said: it is secret now, say.
    """
    officer = doors.officer(request, now)
    found = reports.seen_in_place(viewer=officer, number=doors.number_of(number))
    if found is None:
        raise Http404
    if _is_own(officer, found.pk, request.POST):
        words = {"number": found.number, "deed": wording.ACTION[next(iter(IN_PLACE))]}
        messages.success(request, _("%(number)s: %(deed)s tercatat.") % words)
        return redirect(walks.list_of(request, officer))
    page = {"number": found.number, "agency": found.owner_agency.name, "typed": request.POST.get("text", "")}
    return render(request, "workbench/moved_on.html", page, status=409)


def _is_own(officer: Officer, report_id: int, sent: Any) -> bool:
    """Say whether the very deed was done by this officer: sent twice on a bad line."""
    last = next((event for event in reversed(reports.events_of(report_id)) if event.kind in IN_PLACE), None)
    if last is None or last.user_id != officer.user_id or sent.get("tindakan") not in IN_PLACE:
        return False
    return dossiers.words_of(report_id, last.seq) == clean(sent.get("text", ""))
