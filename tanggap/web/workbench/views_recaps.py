"""Recaps at the desk of an admin: have one made, fetch its files, publish it."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import AgencyAdmin, NationalAdmin
from tanggap.services import recaps as services
from tanggap.services.accounts import office_day
from tanggap.web import recapping
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def recaps(request: HttpRequest) -> HttpResponse:
    """List the recaps of the own agency, and have one made."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _admin(request, now)
    form = recapping.RecapForm(viewer, office_day(now), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("workbench:recap", recapping.begin(viewer, form, now))
    page = recapping.listed(viewer, form)
    return render(request, "workbench/recaps.html", page, status=422 if form.is_bound else 200)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def recap(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a recap is, and its files; let everybody read it."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _admin(request, now)
    if request.method != "POST":
        return render(request, "workbench/recap.html", recapping.shown(viewer, key))
    try:
        services.publish(actor=viewer, recap_id=recapping.get(viewer, key).pk, now=now)
    except services.NotAllowedError as error:
        raise Http404 from error
    messages.success(request, _("Rekap terbit. Siapa pun dapat membacanya."))
    return redirect("workbench:recap", key)


@officer_required
@require_safe
def file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Give a file of a recap."""
    return recapping.file(_admin(request, timezone.now()), key, kind)  # noqa: TID251 - a door


def _admin(request: HttpRequest, now: datetime) -> AgencyAdmin | NationalAdmin:
    viewer = doors.officer(request, now)
    if not isinstance(viewer, AgencyAdmin | NationalAdmin):
        raise Http404
    return viewer
