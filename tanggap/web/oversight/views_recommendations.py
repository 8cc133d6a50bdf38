"""Recommendations for those who look: an evaluator gives, returns and accepts them; the others read."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Watcher
from tanggap.domain.assessments import PUBLIC, Side, State
from tanggap.selectors import agencies, assessments
from tanggap.selectors import recommendations as selectors
from tanggap.selectors.assessments import Sight as Assessed
from tanggap.services import recommendations
from tanggap.services.accounts import office_day
from tanggap.services.recommendations import RecommendationError
from tanggap.web import recommending, wording_assessment
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.forms_recommendation import GiveForm
from tanggap.web.oversight.views_assessments import reader

_PLACE: Final = "/pengawasan/penilaian/rekomendasi"


@watcher_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the recommendations to agencies that one looks after, the earliest due date first."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = reader(request, now)
    page = recommending.listing(viewer, request.GET.dict(), place=_PLACE, today=office_day(now))
    return render(request, "oversight/recommendations.html", page | {"nav": doors.places(viewer)})


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def given(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """List what was recommended with an assessment, and recommend more."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = reader(request, now)
    sight = _assessed(viewer, number, slug, now)
    may_give = sight.side == Side.EVALUATOR and State(sight.assessment.state) in PUBLIC
    units = list(agencies.units(sight.assessment.agency_id)) if may_give else []
    form = GiveForm(sight, units, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST":
        if not may_give:
            raise Http404
        if form.is_valid():
            try:
                recommendations.give(actor=viewer, assessment_id=sight.assessment.pk, said=form.said(), now=now)
            except RecommendationError as error:
                form.refuse(error)
            else:
                messages.success(request, _("Rekomendasi diberikan dan terbuka untuk umum."))
                return redirect("oversight:recommended", number, slug)
    row = sight.assessment
    found = selectors.of_assessment(viewer=viewer, assessment_id=row.pk)
    page = {
        "nav": doors.places(viewer),
        "agency": row.agency,
        "name": wording_assessment.spoken(sight.form.names),
        "year": row.round.year,
        "back": f"/pengawasan/penilaian/{number}/{slug}",
        "rows": [recommending.line(one, place=_PLACE, today=office_day(now)) for one in found],
        "form": form if may_give else None,
    }
    return render(request, "oversight/recommended.html", page, status=422 if request.method == "POST" else 200)


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Show a recommendation with all that was done; accept, return, extend or withdraw it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = reader(request, now)
    sight = recommending.get(viewer, number)
    if request.method != "POST":
        return _page(request, viewer, sight, now)
    act, _label, done = recommending.deed(request.POST.get("tindakan", ""))
    form = _form(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            recommendations.act(actor=viewer, number=number, act=act, text=said["text"], due_on=said["due_on"], now=now)
        except RecommendationError as error:
            form.refuse(error)
        else:
            messages.success(request, str(done))
            return redirect("oversight:recommendation", number)
    return _page(request, viewer, recommending.get(viewer, number), now, form)


def _form(*posted: Any) -> recommending.ActForm:
    field = recommending.day_field(lazy("Tenggat baru"), lazy("Hanya untuk mengundurkan tenggat."), required=False)
    return recommending.ActForm(*posted, beside="due_on", field=field)


def _page(
    request: HttpRequest,
    viewer: Watcher,
    sight: selectors.Sight,
    now: datetime,
    form: recommending.ActForm | None = None,
) -> HttpResponse:
    page: dict[str, Any] = {
        "nav": doors.places(viewer),
        **recommending.detail(viewer, sight, place=_PLACE, today=office_day(now)),
        "form": form or _form(),
    }
    return render(request, "oversight/recommendation.html", page, status=422 if form else 200)


@watcher_required
@require_safe
def file(request: HttpRequest, number: int, key: str) -> HttpResponseBase:
    """Give a file that an agency gave as evidence."""
    return recommending.file(reader(request, timezone.now()), number, key)  # noqa: TID251 - a door


def _assessed(viewer: Watcher, number: int, slug: str, now: datetime) -> Assessed:
    try:
        agency_id = agencies.by_slug(slug).pk
        return assessments.get(viewer=viewer, round_id=number, agency_id=agency_id, now=now, on=office_day(now))
    except (agencies.NotFoundError, assessments.NotFoundError) as error:
        raise Http404 from error
