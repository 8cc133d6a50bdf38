"""One report for those who look: where it stands, as much of its words as the viewer reads, and what may be said."""

from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Head
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status, Visibility
from tanggap.domain.privacy import Reading
from tanggap.selectors import oversight
from tanggap.selectors import reports as report_selectors
from tanggap.selectors.oversight import Sight
from tanggap.services import deadlines
from tanggap.templatetags.tanggap import named, waktu
from tanggap.web import due, explanations, wording, wording_events
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import deeds, doors

# What may be said on this page; which of it, and to whom, the life cycle decides.
_ACTS: Final = (Action.NUDGE, Action.ASK_REOPEN)
# What only concerns the record itself, or who looked: it says nothing of how the work goes.
_LEFT_OUT: Final = frozenset({Action.CONFIRM_TEXT, Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.RECOMPUTE})


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report, nudge the office that has it, or ask for it to be opened again."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    try:
        sight = oversight.get(viewer=viewer, number=doors.number_of(number), now=now)
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    tried, status = None, 200
    if request.method == "POST":
        tried = deeds.asked(request, _ACTS)
        status = deeds.carry_out(request, viewer, sight.report.number, tried, now=now)
        if status == 302:
            return redirect("oversight:report", sight.report.number)
    seen, holder = sight.report.event_count, sight.owner
    shown = deeds.offered(viewer, sight.case, _ACTS, tried=tried, seen=seen, holder=holder)
    is_shown = any(one.form is tried for one in shown)
    context = _context(sight, now) | {
        "timeline": timeline(sight, is_own=isinstance(viewer, Head)),
        "nav": doors.places(viewer),
        "deeds": shown,
        "tried": tried,
        "kept_words": "" if tried is None or is_shown else tried["text"].value(),
    }
    return render(request, "oversight/report.html", context, status=status)


def _context(sight: Sight, now: datetime) -> dict[str, Any]:
    report = sight.report
    runs = deadlines.compute(sight.events)
    zone = report.owner_agency.timezone
    return {
        "report": report,
        "title": sight.title,
        "words": sight.words,
        "is_standing": sight.reading == Reading.STANDING,
        "is_public": sight.reading == Reading.PUBLIC or report.is_published,
        "status": wording.STATUS[Status(report.status)],
        "left": due.of_report(report, runs, now=now),
        "due_on": due.day_of(report.due_at, zone) if report.due_at else None,
        "facts": _facts(sight),
        "clocks": explanations.explain_runs(runs, get_language() or "id", now=now),
    }


def _facts(sight: Sight) -> list[dict[str, Any]]:
    report = sight.report
    rows = [
        (_("Instansi"), report.owner_agency.name),
        (_("Unit"), report.owner_unit.name if report.owner_unit else ""),
        (_("Diterima"), waktu(report.received_at, report.owner_agency.timezone)),
        (_("Kategori"), "" if report.is_confidential else named(report.category)),
        (_("Patokan"), sight.words.get("location", "")),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def timeline(sight: Sight, *, is_own: bool) -> list[dict[str, Any]]:
    """Return what happened, newest first: to a head all that concerns the work, to an overseer what is public.

    And what the own office asked of the national admin, with what came of it.
    """
    shown = [
        event
        for event in sight.events
        if event.kind not in _LEFT_OUT
        and (is_own or event.visibility == Visibility.PUBLIC or event.kind == Action.NUDGE or event.seq in sight.asked)
    ]
    return [line(sight, event) for event in reversed(shown)]


def line(sight: Sight, event: EventRecord) -> dict[str, Any]:
    """Return one event in words, with as much of its text as the viewer reads."""
    owner = event.data.get("owner") or {}
    office = sight.office(event.agency_id, event.unit_id)
    words = {
        "office": office,
        "offer": sight.office(event.data.get("offer"), None),
        "in_place_of": sight.office(event.data.get("in_place_of"), None),
        "owner": sight.office(owner.get("agency"), owner.get("unit")) or sight.owner,
        "role": event.role,
        "on_behalf": wording_events.on_behalf(event),
    }
    is_officers = event.role not in {"reporter", "system"}
    return {
        "what": wording_events.told(Action(event.kind), words),
        "moment": event.acted_at,
        "by": office if is_officers else "",
        "text": sight.said.get(event.seq, ""),
        "tone": "calm" if is_officers else "wait",
        "zone": sight.report.owner_agency.timezone,
    }
