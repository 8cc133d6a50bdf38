"""One report for those who look: where it stands, as much of its words as the viewer reads, and the nudge."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Head, RegionalOverseer
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status, Visibility
from tanggap.domain.moves import Move
from tanggap.domain.policy import Allowed, Reason, decide
from tanggap.domain.privacy import Reading
from tanggap.selectors import oversight
from tanggap.selectors import reports as report_selectors
from tanggap.selectors.oversight import Sight
from tanggap.services import deadlines, reports
from tanggap.services.moves import MoveError
from tanggap.templatetags.tanggap import named, waktu
from tanggap.web import due, explanations, wording, wording_events, wording_refusals
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors

# What only concerns the record itself, or who looked: it says nothing of how the work goes.
_LEFT_OUT: Final = frozenset({Action.CONFIRM_TEXT, Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.RECOMPUTE})


class NudgeForm(forms.Form):
    """What the agency is told, and how many events the overseer saw."""

    use_required_attribute = False

    text = forms.CharField(
        label=lazy("Isi teguran"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("Dibaca admin dan unit yang memegang laporan, bukan pelapor atau publik."),
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report, or nudge the agency that has it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    try:
        sight = oversight.get(viewer=viewer, number=doors.number_of(number), now=now)
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    if request.method == "POST" and not isinstance(viewer, Head | RegionalOverseer):
        return HttpResponseNotAllowed(["GET", "HEAD"])  # nobody else of those who look does anything
    may_nudge = isinstance(decide(Action.NUDGE, actor=viewer, case=sight.case), Allowed)
    form = NudgeForm(request.POST or None, initial={"seen": sight.report.event_count}, auto_id="%s")
    status = 200
    if request.method == "POST":
        status = _nudge(request, form, sight, now)
        if status == 302:
            return redirect("oversight:report", sight.report.number)
    context = _context(sight, now) | {
        "timeline": _timeline(sight, is_own=isinstance(viewer, Head)),
        "nav": doors.places(viewer),
        "form": form if may_nudge else None,
        "holder": sight.owner,
        "tried": form,
    }
    return render(request, "oversight/report.html", context, status=status)


def _nudge(request: HttpRequest, form: NudgeForm, sight: Sight, now: datetime) -> int:
    """Carry the nudge out; returns 302 when it is done, else the status to answer, with the reason on the form."""
    viewer = doors.watcher(request, now)
    if not form.is_valid():
        return 422
    move = Move(text=form.cleaned_data["text"])
    try:
        reports.act(
            actor=viewer, number=sight.report.number, action=Action.NUDGE, move=move, now=now,
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    except MoveError as error:
        form.add_error("text", str(wording.FAULT[error.fault]))
        return 422
    except reports.NotAllowedError as error:
        is_missing = error.reason == Reason.MISSING_TEXT
        form.add_error("text" if is_missing else None, str(wording_refusals.REFUSAL[error.reason]))
        return 422 if is_missing else 409
    messages.success(request, _("%(number)s: teguran tercatat dan dikirim.") % {"number": sight.report.number})
    return 302


def _context(sight: Sight, now: datetime) -> dict[str, Any]:
    report = sight.report
    runs = deadlines.compute(sight.events)
    calendar = due.current_calendar(report.owner_agency_id)
    zone = report.owner_agency.timezone
    return {
        "report": report,
        "title": sight.title,
        "words": sight.words,
        "is_standing": sight.reading == Reading.STANDING,
        "is_public": sight.reading == Reading.PUBLIC or report.is_published,
        "status": wording.STATUS[Status(report.status)],
        "left": due.days_left(report.due_at, zone=zone, calendar=calendar, now=now) if report.due_at else None,
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


def _timeline(sight: Sight, *, is_own: bool) -> list[dict[str, Any]]:
    """Return what happened, newest first: to a head all that concerns the work, to an overseer what is public."""
    shown = [
        event
        for event in sight.events
        if event.kind not in _LEFT_OUT
        and (is_own or event.visibility == Visibility.PUBLIC or event.kind == Action.NUDGE)
    ]
    return [_line(sight, event) for event in reversed(shown)]


def _line(sight: Sight, event: EventRecord) -> dict[str, Any]:
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
