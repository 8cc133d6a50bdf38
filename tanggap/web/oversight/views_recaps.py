"""Recaps for those who look after agencies, and for the head of one: have one made, fetch its files."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.actors import Head, Overseer, RegionalOverseer, Watcher
from tanggap.services.accounts import office_day
from tanggap.web import recapping
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors


@watcher_required
@require_http_methods(["GET", "HEAD", "POST"])
def recaps(request: HttpRequest) -> HttpResponse:
    """List the recaps of the agencies that one looks after, and have one made."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _watcher(request, now)
    form = recapping.RecapForm(viewer, office_day(now), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("oversight:recap", recapping.begin(viewer, form, now))
    page = {"nav": doors.places(viewer), **recapping.listed(viewer, form)}
    return render(request, "oversight/recaps.html", page, status=422 if form.is_bound else 200)


@watcher_required
@require_safe
def recap(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a recap is, and its files."""
    viewer = _watcher(request, timezone.now())  # noqa: TID251 - a door
    page = {"nav": doors.places(viewer), **recapping.shown(viewer, key)}
    return render(request, "oversight/recap.html", page)


@watcher_required
@require_safe
def file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Give a file of a recap."""
    return recapping.file(_watcher(request, timezone.now()), key, kind)  # noqa: TID251 - a door


def _watcher(request: HttpRequest, now: datetime) -> Watcher:
    viewer = doors.watcher(request, now)
    match viewer:
        case Head(unit_id=None) | RegionalOverseer() | Overseer():
            return viewer
        case _:
            raise Http404
