"""Where one is signed in: see it, end one session, end all others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.selectors import devices as device_selectors
from tanggap.services import devices
from tanggap.web import actors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """List the sessions of the signed-in person, or end some of them."""
    now, user_id = timezone.now(), int(request.user.pk or 0)  # noqa: TID251 - a door
    actors.follow_session(request, now)
    key = str(request.session.session_key)
    if request.method == "POST":
        if "lain" in request.POST:
            devices.end_others(user_id=user_id, but=key)
            messages.success(request, _("Semua sesi lain sudah diakhiri."))
        elif devices.end(user_id=user_id, device_id=device_selectors.id_of(request.POST.get("sesi", ""))):
            messages.success(request, _("Sesi itu sudah diakhiri."))
        else:
            raise Http404
        return redirect("account_devices")
    rows = device_selectors.of(user_id, now=now)
    lines = [{"row": row, "key": device_selectors.key(row), "is_current": row.session_key == key} for row in rows]
    return render(
        request, "account/devices.html", {"lines": lines, "others": any(row.session_key != key for row in rows)}
    )
