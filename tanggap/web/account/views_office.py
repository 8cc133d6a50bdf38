"""In which office one acts, and the second factor without which an admin does nothing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.web import actors

_DESK = "/meja"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Ask in which office the person acts, and remember it for this session."""
    now = timezone.now()  # noqa: TID251 - a door
    if not actors.offices_of(request, now):
        raise Http404
    given = request.POST.get("next", "") if request.method == "POST" else request.GET.get("next", "")
    back = given if _is_ours(given) else _DESK
    if request.method == "POST" and actors.act_as(request, request.POST.get("office", ""), now):
        return redirect(back)
    is_wrong = request.method == "POST"
    page = {"offered": actors.seats(request, now), "back": back, "is_wrong": is_wrong}
    return render(request, "account/office.html", page, status=422 if is_wrong else 200)


@login_required
@require_safe
def factor(request: HttpRequest) -> HttpResponse:
    """Say to an admin without a second factor what has to be done first, and why; ask for one that there is."""
    now = timezone.now()  # noqa: TID251 - a door
    offices = actors.offices_of(request, now)
    if not offices:
        raise Http404
    if offices[0].has_factor:
        given = request.GET.get("next", "")
        back = given if _is_ours(given) else _DESK
        asked = f"{resolve_url('mfa_reauthenticate')}?{urlencode({'next': back})}"
        return redirect(back if actors.passed_factor(request) else asked)
    return render(request, "account/factor.html", {"others": len(offices) > 1})


def _is_ours(path: str) -> bool:
    """Say whether a way back leads to a page of this site."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
