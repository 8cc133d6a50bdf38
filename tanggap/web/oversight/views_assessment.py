"""The assessment of one agency: an evaluator scores it and tells the result; those who look after the agency read."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Watcher
from tanggap.domain.assessments import Act, State, decide
from tanggap.selectors import agencies
from tanggap.selectors import assessments as selectors
from tanggap.selectors.assessments import Sight
from tanggap.services import assessments
from tanggap.services.accounts import office_day
from tanggap.services.assessments import AssessmentError
from tanggap.web import assessing, files
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.views_assessments import reader

# What the buttons of the form do, and what is said when it is done.
_DEEDS: Final[dict[str, tuple[Act, Promise]]] = {
    "nilai": (Act.SCORE, _("Nilai tersimpan. Belum disampaikan.")),
    "sampaikan": (Act.TELL, _("Hasil disampaikan kepada instansi dan terbuka untuk umum.")),
    "putuskan": (Act.DECIDE, _("Keberatan diputus. Hasilnya terbuka untuk umum.")),
}


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Show the form of an agency with its evidence; save scores, tell the result, decide about an objection."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = reader(request, now)
    sight = _sight(viewer, number, slug, now)
    if request.method != "POST":
        return _page(request, viewer, sight, now)
    deed = _DEEDS.get(request.POST.get("tindakan", ""))
    if deed is None:
        raise Http404
    form = _form(sight, request)
    if form.is_valid():
        try:
            _do(viewer, sight, form, deed[0], now)
        except AssessmentError as error:
            form.refuse(error)
            sight = _sight(viewer, number, slug, now)
        else:
            messages.success(request, str(deed[1]))
            return redirect("oversight:assessment", number, slug)
    return _page(request, viewer, sight, now, form)


def _do(viewer: Watcher, sight: Sight, form: assessing.AnswersForm, act: Act, now: datetime) -> None:
    """Do what was asked; before a result is told, the scores are saved. Errors: AssessmentError."""
    who: dict[str, Any] = {"actor": viewer, "assessment_id": sight.assessment.pk, "now": now}
    said, answers = form.cleaned_data, form.answers()
    if act == Act.DECIDE:
        assessments.act(act=act, answers=answers, text=said["text"], seen=said["seen"], **who)
        return
    saved = assessments.act(act=Act.SCORE, answers=answers, seen=said["seen"], **who)
    form.set_seen(saved.act_count)
    if act == Act.TELL:
        assessments.act(act=act, text=said["text"], **who)


def _form(sight: Sight, request: HttpRequest | None = None) -> assessing.AnswersForm:
    is_objection = sight.standing.state == State.OBJECTED
    return assessing.AnswersForm(
        sight.form,
        sight.scores,
        request.POST if request else None,
        text_label=_("Keputusan atas keberatan, dengan alasannya")
        if is_objection
        else _("Catatan umum untuk instansi"),
        initial={"seen": sight.assessment.act_count},
    )


def _page(
    request: HttpRequest, viewer: Watcher, sight: Sight, now: datetime, form: assessing.AnswersForm | None = None
) -> HttpResponse:
    today, row = office_day(now), sight.assessment
    acts = [
        act for act in (Act.SCORE, Act.TELL, Act.DECIDE) if decide(act, viewer, sight.standing, today=today) is None
    ]
    place = f"/pengawasan/penilaian/{row.round_id}"
    shown = form or _form(sight)
    page = assessing.heading(sight) | {
        "nav": doors.places(viewer),
        "state": assessing.state(State(row.state), sight.standing.due_on, today=today),
        "is_draft": State(row.state) == State.DRAFT and not sight.own,
        "parts": assessing.parts(sight, shown if acts else None, file_href=f"{place}/{row.agency.slug}/berkas"),
        "history": assessing.history(sight),
        "form": shown,
        "may_score": Act.SCORE in acts,
        "may_decide": Act.DECIDE in acts,
        "back": place,
        "recommended": f"{place}/{row.agency.slug}/rekomendasi",
    }
    return render(request, "oversight/assessment.html", page, status=200 if form is None else 422)


@watcher_required
@require_safe
def file(request: HttpRequest, number: int, slug: str, key: str) -> HttpResponseBase:
    """Give a file of an assessment."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = reader(request, now)
    try:
        row = selectors.file(viewer=viewer, round_id=number, agency_id=agencies.by_slug(slug).pk, key=key)
    except (agencies.NotFoundError, selectors.NotFoundError) as error:
        raise Http404 from error
    return files.serve(key=row.key, media_type=row.media_type, name=row.name)


def _sight(viewer: Watcher, number: int, slug: str, now: datetime) -> Sight:
    try:
        agency_id = agencies.by_slug(slug).pk
        return selectors.get(viewer=viewer, round_id=number, agency_id=agency_id, now=now, on=office_day(now))
    except (agencies.NotFoundError, selectors.NotFoundError) as error:
        raise Http404 from error
