"""Hand a report in at /lapor: one page, four blocks, works without JavaScript, sends once however often pressed.

Looking at the form writes nothing. A random cookie of the browser and a random key of the form together
are the key of the submission: the same form sent again shows the same receipt. Another form with the words of
the report whose receipt this browser holds is asked about first.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain import intake
from tanggap.domain.citizens import FullError
from tanggap.domain.intake import IncomingReport
from tanggap.domain.limits_of_use import Bucket, Verdict
from tanggap.services import citizens, limits, submissions
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import citizens as citizens_door
from tanggap.web import errors, forms_filing, uploads
from tanggap.web.forms_filing import FilingForm
from tanggap.web.http import client_network
from tanggap.web.public import views_receipt

BROWSER: Final = "peramban"
FORM: Final = "formulir"
AGAIN: Final = "kirim_juga"
_RANDOM: Final = re.compile(r"[0-9a-f]{32}")
_BROWSER_LASTS: Final = timedelta(days=1)
# The zone that is first to see a new day: what is in the future there is in the future everywhere.
_EASTERNMOST: Final = ZoneInfo("Asia/Jayapura")
_LONG_AGO: Final = timedelta(days=30)


# Compressed here, where bytes count most and the page holds no secret; the answers to strangers, whose
# length must tell nothing, are not.
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Show the form of a report, draw it again with the next list, or take the report in."""
    if request.method != "POST":
        return _page(request, forms_filing.empty(), form_key=secrets.token_hex(16))
    now = timezone.now()  # noqa: TID251 - a door
    data = forms_filing.posted(request.POST)
    if "pilih" not in data or request.FILES:
        verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
        if not verdict.allowed:
            return _wait(request, verdict)
    form_key = _form_key(data)
    basket = uploads.take(request, data, binding=_binding(request, form_key))
    if "pilih" in data:
        form = forms_filing.again(data)
        return _page(request, form, form_key=form_key, basket=basket, is_filled=True)
    return _take(request, FilingForm(data), basket, form_key=form_key, now=now, is_review="periksa" in data)


def unproven(request: HttpRequest) -> HttpResponse | None:
    """Give a form back that came without the token of its page: filled in, with a new token, and nothing of it filed.

    For the failure of the token (`web.stale`): the cookie was cleared, or the page lay open for long. What another site
    sends in the reader's name is not shown: those would be words that the reader never typed.
    """
    if not _is_from_here(request):
        return None
    now = timezone.now()  # noqa: TID251 - a door
    verdict = limits.hit(Bucket.FILE_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        return _wait(request, verdict)
    data = forms_filing.posted(request.POST)
    form_key = _form_key(data)
    basket = uploads.take(request, data, binding=_binding(request, form_key))
    form = forms_filing.again(data)
    return _page(request, form, form_key=form_key, basket=basket, is_filled=True, is_unproven=True, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a page of ours sent the form, as far as the browser says who did."""
    origin = request.headers.get("Origin", "")
    return origin in {"", f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _wait(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    words = _("Isian Anda tidak hilang: tekan Kembali di peramban, tunggu sebentar, lalu kirim lagi.")
    return errors.too_many(request, verdict.retry_after_seconds, words)


def _form_key(data: QueryDict) -> str:
    """Return the random key of the form that was sent; a new one where it has none that we made."""
    form_key = data.get(FORM, "")
    return form_key if _RANDOM.fullmatch(form_key) else secrets.token_hex(16)


@gzip_page
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Answer the part of the form with the lists of areas, for the choices in the address."""
    form = forms_filing.again(request.GET)
    response = render(request, "filing/_place.html", {"form": form.draw()})
    patch_cache_control(response, max_age=300)
    return response


def _take(
    request: HttpRequest, form: FilingForm, basket: uploads.Basket, *, form_key: str, now: datetime, is_review: bool
) -> HttpResponse:
    """Take the report in, or show the form again with everything that is to be mended."""
    form.is_valid()
    incoming = form.incoming(basket.files)
    for trouble in basket.troubles:
        form.add_error("files", trouble)
    if form.errors or is_review:
        form.add_faults(intake.faults(incoming, today=now.astimezone(_EASTERNMOST).date()))
    if not form.errors and not is_review:
        try:
            receipt = submissions.submit(
                incoming, now=now, intake_key=_intake_key(request, form_key), before=_sent_before(request)
            )
        except submissions.FaultsError as error:
            form.add_faults(error.faults)
        except submissions.SaidBeforeError:
            # Not its receipt by itself: somebody else may write at the same telephone.
            return _page(request, form, form_key=form_key, basket=basket, is_filled=True, is_sent=True, status=409)
        else:
            is_linked = _link(request, incoming, receipt, link_hidden=form.cleaned_data["link_hidden"], now=now)
            response = redirect("public:receipt")
            has_email = bool(incoming.identity.email)
            views_receipt.hold(
                response, receipt, is_old=_is_old(incoming, now), has_email=has_email, is_linked=is_linked
            )
            return response
    status = 422 if form.errors else 200
    review = None if form.errors else incoming
    return _page(request, form, form_key=form_key, basket=basket, is_filled=True, review=review, status=status)


def _link(
    request: HttpRequest, incoming: IncomingReport, receipt: submissions.Receipt, *, link_hidden: bool, now: datetime
) -> bool:
    """Put a new report into the account of who is signed in; some only where that was ticked.

    Those are the anonymous and the secret ones, and those with another address or number: it may be somebody else who
    files, on a telephone in which an account was left open, and whoever owns the account would read who that is.

    Returns whether it is there. A form that was sent before says nothing anew: by number and code it can still be
    added.
    """
    who = citizens_door.current(request, now)
    if who is None or receipt.is_repeat:
        return False
    is_hidden = incoming.is_anonymous or incoming.is_confidential
    is_mine = who.may_be(email=incoming.identity.email, phone=incoming.identity.phone)
    if not link_hidden and (is_hidden or not is_mine):
        return False
    try:
        citizens.link(who, receipt.report_id)
    except FullError:
        messages.warning(request, _("Akun Anda sudah penuh, jadi laporan ini tidak tersambung. Simpan kodenya."))
        return False
    except citizens.GoneError:  # the report was accepted: its receipt comes all the same
        return False
    return True


def _page(
    request: HttpRequest,
    form: FilingForm,
    *,
    form_key: str,
    basket: uploads.Basket | None = None,
    is_filled: bool = False,
    is_unproven: bool = False,
    is_sent: bool = False,
    review: IncomingReport | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the form; gives the browser its cookie where it has none yet."""
    basket = basket or uploads.Basket()
    browser = _browser(request) or secrets.token_hex(16)
    now = timezone.now()  # noqa: TID251 - a door
    who = citizens_door.current(request, now)
    context: dict[str, Any] = {
        "form": form.draw(),
        "form_key": form_key,
        "citizen": who.account.address if who is not None else "",
        "basket": basket,
        "kept": basket.signed(f"{browser}:{form_key}"),
        "is_filled": is_filled,
        "is_unproven": is_unproven,
        "is_sent": is_sent,
        "counters": forms_filing.COUNTERS,
        "classification_hints": forms_filing.CLASSIFICATION_HINTS,
        "tick_all": uploads.PUBLIC_ALL in request.POST,
        "review": _summary(form, review, basket) if review else None,
    }
    response = render(request, "filing/form.html", context, status=status)
    if browser != request.COOKIES.get(BROWSER):
        response.set_cookie(
            BROWSER,
            browser,
            max_age=_BROWSER_LASTS,
            path="/lapor",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    # Not `no-store`: that would also keep the browser from giving the filled form back after "Kembali".
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _browser(request: HttpRequest) -> str:
    """Return the random cookie of this browser, or '' where there is none that we made."""
    value = request.COOKIES.get(BROWSER, "")
    return value if _RANDOM.fullmatch(value) else ""


def _binding(request: HttpRequest, form_key: str) -> str:
    return f"{_browser(request)}:{form_key}"


def _intake_key(request: HttpRequest, form_key: str) -> bytes | None:
    """Return what makes two submissions the same; without a cookie nothing does, so no stranger gets a receipt."""
    browser = _browser(request)
    return f"{browser}:{form_key}".encode() if browser else None


def _sent_before(request: HttpRequest) -> str:
    """Return the number of the report that this browser holds the receipt of, unless it is sent once more on purpose.

    Without JavaScript "Kembali" of the browser may bring a new form with the old words, and so another key.
    """
    held = views_receipt.held(request)
    return held.number if held and AGAIN not in request.POST else ""


def _is_old(incoming: IncomingReport, now: datetime) -> bool:
    """Say whether the event is longer ago than UU 25/2009 Ps 42 expects; it is taken all the same."""
    return incoming.event_date is not None and incoming.event_date < now.astimezone(_EASTERNMOST).date() - _LONG_AGO


def _summary(form: FilingForm, incoming: IncomingReport, basket: uploads.Basket) -> list[dict[str, Any]]:
    """Return what is about to be sent, in the words of the page."""
    shown = ("classification", "title", "body", "event_date", "destination", "category", "name", "email", "phone")
    rows = [{"term": form[name].label, "text": _said(form, name)} for name in shown]
    rows[3]["text"] = tanggal(incoming.event_date)
    place = ", ".join(
        filter(None, [incoming.location, *(_said(form, level) for level in reversed(forms_filing.LEVELS))])
    )
    rows.insert(4, {"term": _("Lokasi kejadian"), "text": place})
    hidden = [str(form[name].label) for name in ("is_anonymous", "is_confidential") if getattr(incoming, name)]
    rows.append({"term": _("Kerahasiaan"), "text": ", ".join(hidden) or _("Publik membaca isinya tanpa nama Anda")})
    rows.append({"term": form["files"].label, "text": ", ".join(file.name for file in basket.files)})
    return [row for row in rows if row["text"]]


def _said(form: FilingForm, name: str) -> str:
    """Return the value of a field as the page says it: the name behind a code."""
    value = form[name].value()
    choices = getattr(form.fields[name].widget, "choices", None)
    if choices is None:
        return str(value or "")
    flat = [pair for code, said in choices for pair in (said if isinstance(said, list) else [(code, said)])]
    return next((str(said) for code, said in flat if value and str(code) == value), "")
