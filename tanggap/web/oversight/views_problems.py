"""Problems that come again, for those who look after the office: they read cause, plan and what was measured."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanggap.selectors import problems as selectors
from tanggap.web import recurring
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.views_assessments import reader

_PLACE: Final = "/pengawasan/masalah-berulang"


@watcher_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List what comes again in the offices that one looks after."""
    viewer = reader(request, timezone.now())  # noqa: TID251 - a door
    page = recurring.listing(viewer, request.GET.dict(), place=_PLACE)
    return render(request, "oversight/problems.html", page | {"nav": doors.places(viewer)})


@watcher_required
@require_safe
def problem(request: HttpRequest, number: int) -> HttpResponse:
    """Show a problem with cause, plan, and its months before and after."""
    viewer = reader(request, timezone.now())  # noqa: TID251 - a door
    try:
        sight = selectors.get(viewer=viewer, number=number)
    except selectors.NotFoundError as error:
        raise Http404 from error
    page = recurring.detail(sight) | {"nav": doors.places(viewer), "back": _PLACE}
    return render(request, "oversight/problem.html", page)
