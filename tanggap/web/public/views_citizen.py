"""Come into an account and leave it: an address or a mobile number, a code, no password.

An account is made at the first code. The answer to an address or number is the same whether it has an account: nobody
looks before the code was right.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.adapters.outbound import sms
from tanggap.domain.citizens import is_number
from tanggap.domain.limits_of_use import Verdict
from tanggap.services import citizen_codes, citizens
from tanggap.web import citizens as door
from tanggap.web import errors
from tanggap.web.actors import end_tracking
from tanggap.web.forms_filing import posted
from tanggap.web.http import client_network
from tanggap.web.public.forms_citizen import CodeForm, EnterForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for an address or a number, and let a code be sent to it."""
    now = timezone.now()  # noqa: TID251 - a door
    onward = door.place_after(request.GET.get("lanjut"))
    is_in = door.current(request, now) is not None
    is_again = is_in and door.AGAIN in request.GET
    if request.method != "POST" and is_in and not is_again:
        return redirect(onward)
    given = posted(request.POST) if request.method == "POST" else None
    form = EnterForm(given, takes_numbers=sms.gateway() is not None)
    made = _ask(request, form, now) if form.is_valid() else None
    if made is None:
        context = {"form": form, "is_again": is_again}
        return render(request, "citizen/enter.html", context, status=422 if form.is_bound else 200)
    if isinstance(made, Verdict):
        return errors.too_many(request, made.retry_after_seconds)
    query = urlencode({"lanjut": onward, **({"ingat": "1"} if form.cleaned_data["ingat"] else {})})
    response = redirect(f"{reverse('public:citizen_code')}?{query}")
    door.set_cookie(response, door.ASKED, made, path=door.HOME, max_age=citizen_codes.GOOD_FOR)
    return response


def _ask(request: HttpRequest, form: EnterForm, now: datetime) -> str | Verdict | None:
    """Let a code be sent; None where the form says why not."""
    try:
        return citizen_codes.ask(
            form.cleaned_data["kontak"],
            language=_language(),
            client=client_network(request),
            known=request.COOKIES.get(door.KNOWN, ""),
            now=now,
        )
    except citizen_codes.ExhaustedError:
        form.add_error("kontak", _("Jatah SMS situs ini untuk hari ini habis. Pakai surel, atau coba lagi besok."))
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent, and sign in."""
    now = timezone.now()  # noqa: TID251 - a door
    asked = citizen_codes.asked(request.COOKIES.get(door.ASKED, ""))
    if asked is None:
        return redirect("public:citizen_enter")
    form = CodeForm(posted(request.POST)) if request.method == "POST" else CodeForm()
    # Also for who is signed in, and was asked for a new code: back to the address, and from there to where one was.
    onward = door.place_after(request.GET.get("lanjut"))
    anew = f"{reverse('public:citizen_enter')}?{urlencode({'lanjut': onward, door.AGAIN: '1'})}"
    by_phone = is_number(asked.address)
    context: dict[str, Any] = {"form": form, "address": asked.address, "is_by_phone": by_phone, "anew": anew}
    if not form.is_valid():
        return render(request, "citizen/code.html", context, status=422 if form.is_bound else 200)
    answer = citizen_codes.is_right(asked, form.cleaned_data["kode"], client=client_network(request), now=now)
    if isinstance(answer, Verdict):
        return errors.too_many(request, answer.retry_after_seconds)
    if not answer:
        form.add_error("kode", _("Kode salah atau tidak berlaku lagi. Lihat pesan terbaru, atau minta kode baru."))
        return render(request, "citizen/code.html", context, status=422)
    is_known = citizen_codes.is_known(asked.address, request.COOKIES.get(door.KNOWN, ""))
    who = citizens.enter(asked.address, language=_language(), is_known=is_known, now=now)
    response = redirect(onward)
    door.begin(response, who, is_kept=request.GET.get("ingat") == "1", now=now)
    return response


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign this browser out, and out of the report that it had open."""
    end_tracking(request)
    response = redirect("public:citizen_enter")
    door.end(response)
    return response


def _language() -> str:
    return (get_language() or "id")[:2]
