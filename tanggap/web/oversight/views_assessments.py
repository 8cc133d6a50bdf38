"""Rounds of assessment for those who look: an evaluator opens, scores, tells and decides; the others read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Evaluator, Ombudsman, Watcher
from tanggap.domain.assessment_forms import Grade
from tanggap.domain.assessments import State, is_not_sent
from tanggap.selectors import assessment_results
from tanggap.selectors import assessments as selectors
from tanggap.services import assessment_rounds
from tanggap.services.accounts import office_day
from tanggap.services.assessments import AssessmentError
from tanggap.templatetags.tanggap import angka
from tanggap.web import assessing, sheets
from tanggap.web import wording_assessment as wording
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.forms_assessment import ExtendForm, RoundForm

if TYPE_CHECKING:
    from tanggap.models import Assessment, AssessmentRound

ROWS: Final = 50
_PLACE: Final = "/pengawasan/penilaian"
_NOT_SENT: Final = "tidak-mengirim"


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds, or open one; a head is shown those of the own agency."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, today = reader(request, now), office_day(now)
    form = RoundForm(request.POST or None, viewer=viewer, today=today) if isinstance(viewer, Evaluator) else None
    if request.method == "POST":
        if form is None or not isinstance(viewer, Evaluator):
            raise Http404
        if form.is_valid():
            try:
                made = assessment_rounds.open_(actor=viewer, said=form.said(viewer), now=now)
            except AssessmentError as error:
                form.refuse(error)
            else:
                messages.success(request, _("Putaran dibuka. Instansi dapat mulai mengisi."))
                return redirect("oversight:assessment_round", made.pk)
    page = {
        "nav": doors.places(viewer),
        "rows": [_round(one, viewer, today) for one in selectors.rounds(viewer=viewer)],
        "form": form,
    }
    return render(request, "oversight/assessments.html", page, status=422 if request.method == "POST" else 200)


def _round(one: selectors.RoundStanding, viewer: Watcher, today: date) -> dict[str, Any]:
    form, row = assessment_results.form_of(one.round), one.round
    late = one.states.get(State.DRAFT, 0) if is_not_sent(State.DRAFT, row.due_on, today=today) else 0
    counts = [(wording.STATE[state], one.states.get(state, 0)) for state in State if state != State.DRAFT or not late]
    counts += [(wording.NOT_SENT, late)] if late else []
    return {
        "href": f"{_PLACE}/{row.pk}",
        "name": wording.spoken(form.names),
        "year": row.year,
        "body": row.body.name,
        "due_on": row.due_on,
        "closed_at": row.closed_at,
        "count": one.count,
        "counts": [f"{words}: {angka(n)}" for words, n in counts if n],
        "is_own": row.body_id == viewer.agency_id,
    }


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show how the agencies of a round stand, as a page and as a file; extend or close it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, today = reader(request, now), office_day(now)
    found = _found(viewer, number)
    if request.method == "POST":
        return _change(request, viewer, found, now)
    return _shown(request, viewer, found, today, now)


def _change(request: HttpRequest, viewer: Watcher, found: "AssessmentRound", now: datetime) -> HttpResponseBase:
    form = ExtendForm(request.POST, initial={"due_on": found.due_on})
    is_closing = request.POST.get("tindakan") == "tutup"
    if not is_closing and not form.is_valid():
        return _shown(request, viewer, found, office_day(now), now, form)
    try:
        if is_closing:
            assessment_rounds.close(actor=viewer, round_id=found.pk, now=now)
        else:
            due_on = form.cleaned_data["due_on"]
            assessment_rounds.extend(actor=viewer, round_id=found.pk, due_on=due_on, now=now)
    except AssessmentError as error:
        form.is_valid()
        form.add_error(None if is_closing else "due_on", str(wording.FAULT[error.fault]))
        return _shown(request, viewer, found, office_day(now), now, form)
    messages.success(request, _("Putaran ditutup.") if is_closing else _("Batas kirim diundur."))
    return redirect("oversight:assessment_round", found.pk)


def _shown(
    request: HttpRequest,
    viewer: Watcher,
    found: "AssessmentRound",
    today: date,
    now: datetime,
    form: ExtendForm | None = None,
) -> HttpResponseBase:
    every = selectors.of_round(viewer=viewer, round_id=found.pk)
    only = request.GET.get("lihat", "")
    rows = [row for row in every if not only or _code(row, today) == only]
    columns = _columns(found)
    if kind := sheets.asked(request):
        headings = [column["label"] for column in columns]
        plain = ([row.agency.name, *_cells(row, today)] for row in rows)
        return sheets.give(kind, f"penilaian-{found.year}", headings, plain, now=now)
    page = _page_number(request.GET.get("halaman", ""))
    first = (page - 1) * ROWS
    shown = rows[first : first + ROWS]
    if page > 1 and not shown:
        raise Http404
    is_own = isinstance(viewer, Evaluator) and viewer.agency_id == found.body_id
    kept = f"&lihat={only}" if only and rows else ""
    context = {
        "nav": doors.places(viewer),
        "round": found,
        "name": wording.spoken(assessment_results.form_of(found).names),
        "columns": columns,
        "rows": [[_link(row), *_cells(row, today)] for row in shown],
        "tabs": _tabs(every, only, today),
        "files": sheets.links(request),
        "older": f"?halaman={page + 1}{kept}" if len(rows) > first + ROWS else "",
        "newer": f"?halaman={page - 1}{kept}" if page > 1 else "",
        "form": (form or ExtendForm(initial={"due_on": found.due_on})) if is_own and not found.closed_at else None,
    }
    return render(request, "oversight/assessment_round.html", context, status=422 if form else 200)


def _code(row: "Assessment", today: date) -> str:
    state = State(row.state)
    return _NOT_SENT if is_not_sent(state, row.round.due_on, today=today) else state.value


def _tabs(rows: Sequence["Assessment"], only: str, today: date) -> list[dict[str, Any]]:
    counts = Counter(_code(row, today) for row in rows)
    labels = {state.value: str(words) for state, words in wording.STATE.items()} | {_NOT_SENT: str(wording.NOT_SENT)}
    tabs = [{"label": _("Semua"), "href": "?", "count": len(rows), "current": not only}]
    return tabs + [
        {"label": words, "href": f"?lihat={code}", "count": counts[code], "current": code == only}
        for code, words in labels.items()
        if counts[code]
    ]


def _columns(found: "AssessmentRound") -> list[dict[str, Any]]:
    aspects = [wording.spoken(aspect.names) for aspect in assessment_results.form_of(found).aspects]
    labels = [(_("Instansi"), 0), (_("Keadaan"), 0), (_("Dikirim"), 0), (_("Nilai"), 1), (_("Predikat"), 0)]
    return [{"label": label, "number": bool(n)} for label, n in (*labels, *((name, 1) for name in aspects))]


def _cells(row: "Assessment", today: date) -> list[str]:
    form = assessment_results.form_of(row.round)
    return [
        assessing.state(State(row.state), row.round.due_on, today=today),
        sheets.day(row.submitted_at),
        assessing.number(row.total),
        str(wording.GRADE[Grade(row.grade)]) if row.grade else "–",
        *(assessing.number(row.aspects.get(aspect.code)) for aspect in form.aspects),
    ]


def _link(row: "Assessment") -> str:
    return format_html('<a href="{}/{}/{}">{}</a>', _PLACE, row.round_id, row.agency.slug, row.agency.name)


def _page_number(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 3 else 1


def reader(request: HttpRequest, now: datetime) -> Watcher:
    """Return who looks; the Ombudsman reads results where everybody does."""
    viewer = doors.watcher(request, now)
    if isinstance(viewer, Ombudsman):
        raise Http404
    return viewer


def _found(viewer: Watcher, number: int) -> "AssessmentRound":
    try:
        return selectors.round_(viewer=viewer, round_id=number)
    except selectors.NotFoundError as error:
        raise Http404 from error
