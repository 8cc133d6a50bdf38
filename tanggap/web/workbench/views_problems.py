"""Problems that come again, at the desk: the unit says why and what it will do, the admin closes and sets the rule."""

from datetime import datetime
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Officer
from tanggap.domain.problems import Act
from tanggap.selectors import problems as selectors
from tanggap.services import problems
from tanggap.services.problems import ProblemError
from tanggap.web import recurring
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors

_PLACE: Final = "/meja/masalah-berulang"


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """List what comes again in the own unit or agency; an admin sets from when on."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    scope = selectors.rule_scope(viewer)
    found = selectors.rules()
    least, months = found.of(viewer.agency_id) if scope == "agency" else found.everywhere
    form = recurring.RuleForm(request.POST or None, initial={"least": least, "months": months}) if scope else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            problems.set_rule(actor=viewer, least=said["least"], months=said["months"], now=now)
            messages.success(request, _("Batas baru tersimpan. Berlaku pada penghitungan berikutnya."))
            return redirect("workbench:problems")
    page = recurring.listing(viewer, request.GET.dict(), place=_PLACE)
    page |= {"form": form, "is_for_all": scope == "all", "rule": found.of(viewer.agency_id)}
    return render(request, "workbench/problems.html", page, status=422 if request.method == "POST" else 200)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, number: int) -> HttpResponse:
    """Show a problem with its months; say why and what is done, or close it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    sight = _sight(viewer, number)
    if request.method != "POST":
        return _page(request, sight)
    if request.POST.get("tindakan") == "tutup":
        closing = recurring.CloseForm(request.POST)
        return _done(request, viewer, number, now, None, closing)
    return _done(request, viewer, number, now, recurring.PlanForm(request.POST), None)


def _done(
    request: HttpRequest,
    viewer: Officer,
    number: int,
    now: datetime,
    plan: recurring.PlanForm | None,
    closing: recurring.CloseForm | None,
) -> HttpResponse:
    form = plan or closing
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            if plan:
                given = {"cause": said["cause"], "text": said["plan"], "done_on": said["done_on"]}
                problems.plan(actor=viewer, number=number, now=now, **given)
            else:
                problems.close(actor=viewer, number=number, text=said["text"], now=now)
        except ProblemError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sebab dan rencana tersimpan.") if plan else _("Masalah ditutup."))
            return redirect("workbench:problem", number)
    return _page(request, _sight(viewer, number), plan, closing)


def _page(
    request: HttpRequest,
    sight: selectors.Sight,
    plan: forms.Form | None = None,
    closing: forms.Form | None = None,
) -> HttpResponse:
    row = sight.row
    known = {"cause": row.cause, "plan": row.plan, "done_on": row.done_on}
    page = recurring.detail(sight) | {
        "plan": (plan or recurring.PlanForm(initial=known)) if Act.PLAN in sight.may else None,
        "closing": (closing or recurring.CloseForm()) if Act.CLOSE in sight.may else None,
        "back": _PLACE,
        "faulty": plan or closing,
    }
    return render(request, "workbench/problem.html", page, status=422 if plan or closing else 200)


def _sight(viewer: Officer, number: int) -> selectors.Sight:
    try:
        return selectors.get(viewer=viewer, number=number)
    except selectors.NotFoundError as error:
        raise Http404 from error
