"""What a citizen decides about the own account: wishes, every session, the data to take along, the end of it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.services import citizen_data, citizen_removal, citizens
from tanggap.services.citizens import SignedIn
from tanggap.web import citizens as door
from tanggap.web.actors import end_tracking
from tanggap.web.citizens import citizen_required, fresh_required
from tanggap.web.public.forms_citizen import WishesForm, first_wishes


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """Show and keep language and news."""
    account = who.account
    first = first_wishes(account.language, wants_mail=account.wants_mail)
    posted = request.POST if request.method == "POST" else None
    form = WishesForm(posted, initial=first, is_by_phone=account.is_by_phone)
    if not form.is_valid():
        context: dict[str, Any] = {"form": form, "address": account.address, "is_by_phone": account.is_by_phone}
        return render(request, "citizen/wishes.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    citizens.prefer(who, language=said["language"], wants_mail=said.get("wants_mail", account.wants_mail))
    messages.success(request, _("Pilihan Anda sudah disimpan."))
    response = redirect("public:citizen_wishes")
    door.speak(response, said["language"])
    return response


@citizen_required
@require_POST
def end_others(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """End every other session of the account."""
    changed = citizens.end_sessions(who)
    messages.success(request, _("Semua peramban lain sudah keluar dari akun Anda."))
    response = redirect("public:citizen_wishes")
    door.begin_again(request, response, changed)
    return response


@citizen_required
@fresh_required
@require_safe
def data(request: HttpRequest, who: SignedIn) -> HttpResponse:  # noqa: ARG001 - the shape of a view
    """Give everything that is kept of the citizen, as a file."""
    now = timezone.now()  # noqa: TID251 - a door
    text = json.dumps(citizen_data.collect(who, now=now), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@citizen_required
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, who: SignedIn) -> HttpResponse:
    """Ask once more, then remove the account and erase who filed its reports."""
    if request.method != "POST":
        account = who.account
        # Said to whoever comes in by a number: it must not tell whether there is such a report (`put_aside`).
        context = {"address": account.address, "count": len(account.reports), "is_by_phone": account.is_by_phone}
        return render(request, "citizen/remove.html", context)
    now = timezone.now()  # noqa: TID251 - a door
    citizen_removal.remove(who, now=now)
    end_tracking(request)
    messages.success(request, _("Akun Anda sudah dihapus, dan identitas Anda dari laporan-laporannya."))
    response = redirect("public:home")
    door.end(response, forget=True)
    return response
