"""The counter: type a report in for a citizen, and hand over the receipt that the law asks for (UU 25/2009 Ps 44).

The receipt is shown for a quarter of an hour to the officer who typed the report in, and to nobody else.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.adapters.outbound import paper, qr
from tanggap.domain import intake, privacy
from tanggap.domain.actors import Officer
from tanggap.domain.intake import Classification, IncomingReport
from tanggap.domain.lifecycle import SUBMITTED, Status
from tanggap.domain.unsent import Unsent
from tanggap.selectors import unsent as unsent_selectors
from tanggap.selectors.duplicates import Candidate
from tanggap.services import doubles as service
from tanggap.services import submissions
from tanggap.services import unsent as unsent_service
from tanggap.services.submissions import Receipt
from tanggap.web import forms_filing, receipts, unsent, uploads, wording
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, forms_counter, outliving, page
from tanggap.web.workbench.forms_counter import CounterForm

_FORM: Final = "formulir"
_RANDOM: Final = re.compile(r"[0-9a-f]{32}")
_COOKIE: Final = "loket"
_SALT: Final = "tanggap.counter"
_PATH: Final = "/meja/loket"
_LASTS: Final = timedelta(minutes=15)


@outliving.outlives_session
@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Show the form, draw it again with the next list of areas, or take the report in."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _clerk(request, now)
    if request.method != "POST":
        first = {
            "classification": Classification.COMPLAINT.value,
            "province": settings.HOME_AREA,
            "destination": str(viewer.agency_id),
            "received_on": now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        }
        waiting = _waiting(viewer, now)
        return _page(
            request, forms_counter.empty(first), form_key=secrets.token_hex(16), viewer=viewer, waiting=waiting
        )
    data = forms_filing.posted(request.POST)
    form_key = data.get(_FORM, "")
    if not _RANDOM.fullmatch(form_key):
        form_key = secrets.token_hex(16)
    basket = uploads.take(request, data, binding=_binding(viewer, form_key))
    if "pilih" in data:
        answer = _page(request, forms_counter.again(data), form_key=form_key, viewer=viewer, basket=basket)
    else:
        answer = _take(request, CounterForm(data), basket, form_key=form_key, viewer=viewer, now=now)
    # The words are in the answer, or in a report: only now are they kept nowhere else.
    unsent_service.discard(actor=viewer, form_key=form_key)
    return answer


@officer_required
@require_safe
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Open a form that came after its session: to whom it was given, filled in, and to everybody else as a new one."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = _clerk(request, now)
    found = outliving.found(viewer, key)
    if found is None:
        messages.warning(request, _("Isian itu tidak ada lagi, atau bukan isian akun ini."))
        return redirect("workbench:counter")
    kept, data = found
    basket = uploads.take(request, data, binding=_binding(viewer, kept.form_key))
    form = forms_counter.again(data)
    return _page(request, form, form_key=kept.form_key, viewer=viewer, basket=basket, restored=kept)


def _waiting(viewer: Officer, now: datetime) -> list[dict[str, Any]]:
    """Return the forms of this officer that wait to be opened again, in case the way back to one was lost."""
    found = unsent_selectors.list_(viewer=viewer, now=now)
    return [{"key": unsent.key_of(row.pk, row.kept_at), "kept_at": row.kept_at} for row in found]


def _clerk(request: HttpRequest, now: datetime) -> Officer:
    viewer = doors.officer(request, now)
    if viewer.role not in SUBMITTED.roles:
        raise Http404
    return viewer


def _binding(viewer: Officer, form_key: str) -> str:
    return f"counter:{viewer.user_id}:{form_key}"


def _take(
    request: HttpRequest, form: CounterForm, basket: uploads.Basket, *, form_key: str, viewer: Officer, now: datetime
) -> HttpResponse:
    form.is_valid()
    incoming = form.incoming(basket.files)
    for trouble in basket.troubles:
        form.add_error("files", trouble)
    if form.cleaned_data.get("proxy") and not basket.files:
        # Who speaks for another shows the power of attorney (UU 25/2009 Ps 42).
        form.add_error("files", _("Lampirkan surat kuasa: pelapor diwakili orang lain."))
    if form.errors:
        form.add_faults(intake.faults(incoming, today=now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()))
    else:
        key = _binding(viewer, form_key).encode()
        if doubles := _doubles(form, incoming, viewer, key, now):
            return _page(request, form, form_key=form_key, viewer=viewer, basket=basket, doubles=doubles)
        try:
            receipt = submissions.submit(incoming, now=now, actor=viewer, intake_key=key)
        except submissions.FaultsError as error:
            form.add_faults(error.faults)
        else:
            if receipt.is_changed or not _is_fresh(receipt, now):
                # The key of this form stands for an earlier report: its code must not go to the next citizen.
                words = _(
                    "Formulir ini sudah terkirim sebelumnya. Isian ini belum tersimpan: periksa, lalu kirim lagi."
                )
                form.add_error(None, words)
                return _page(request, form, form_key=secrets.token_hex(16), viewer=viewer, status=409)
            response = redirect("workbench:counter_receipt")
            response.set_signed_cookie(
                _COOKIE,
                f"{viewer.user_id}.{receipt.number}",
                salt=_SALT,
                max_age=_LASTS,
                path=_PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
            return response
    return _page(request, form, form_key=form_key, viewer=viewer, basket=basket, status=422)


def _doubles(
    form: CounterForm, incoming: IncomingReport, viewer: Officer, key: bytes, now: datetime
) -> list[dict[str, Any]]:
    """Return what may be the same as what was typed in, until the officer says that it is to be kept all the same."""
    if "tetap" in form.data:
        return []
    found = service.of(incoming, actor=viewer, intake_key=key, now=now)
    own = [{"number": one.number, "typed_at": one.registered_at, "is_known": one.is_known} for one in found.filed]
    return [*(_double(one, viewer) for one in found.seen), *own]


def _double(one: Candidate, viewer: Officer) -> dict[str, Any]:
    row = one.report
    is_hidden = row.is_anonymous or row.is_confidential
    reads = privacy.reads_listed(viewer, is_hidden=is_hidden, status=row.status, owner_agency_id=row.owner_agency_id)
    return {
        "number": row.number,
        "is_known": True,
        "title": page.listed_title(row, reads=reads),
        "place": row.area.name if row.area else "",
        "received_at": row.received_at,
        "status": wording.STATUS[Status(row.status)],
        "is_same_reporter": one.is_same_reporter,
    }


def _is_fresh(receipt: Receipt, now: datetime) -> bool:
    """Say whether a report was typed in so lately that its citizen still stands at the counter."""
    return now - receipt.registered_at < _LASTS


def _page(
    request: HttpRequest,
    form: CounterForm,
    *,
    form_key: str,
    viewer: Officer,
    basket: uploads.Basket | None = None,
    status: int = 200,
    doubles: Sequence[dict[str, Any]] = (),
    waiting: Sequence[dict[str, Any]] = (),
    restored: Unsent | None = None,
) -> HttpResponse:
    basket = basket or uploads.Basket()
    context: dict[str, Any] = {
        "form": form.draw(),
        "form_key": form_key,
        "page_mark": unsent.seal(viewer.user_id, form_key, timezone.now()),  # noqa: TID251 - a door
        "waiting": waiting,
        "restored": restored,
        "basket": basket,
        "doubles": doubles,
        "kept": basket.signed(_binding(viewer, form_key)),
        "counters": forms_filing.COUNTERS,
        "classification_hints": forms_filing.CLASSIFICATION_HINTS,
    }
    return render(request, "workbench/counter.html", context, status=status)


@officer_required
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt of the report that this officer has just typed in, to be printed and handed over."""
    now = timezone.now()  # noqa: TID251 - a door
    made = _held(request, now)
    if made is None:
        return redirect("workbench:counter")
    context = {
        "receipt": made,
        "next": receipts.next_step(made),
        # Drawn by ourselves from symbols of our own alphabet: nothing in it comes from outside.
        "qr": mark_safe(qr.svg(receipts.tracking_link(made))),  # noqa: S308
        "proof_qr": mark_safe(qr.svg(receipts.proof_link(made))) if made.signed else "",  # noqa: S308
        "taken_by": str(request.user),
    }
    return _private(render(request, "workbench/counter_receipt.html", context))


@officer_required
@require_safe
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """Give the receipt as a PDF with the officer's name and a place to sign."""
    now = timezone.now()  # noqa: TID251 - a door
    made = _held(request, now)
    if made is None:
        return redirect("workbench:counter")
    sheet = receipts.sheet(made, taken_by=str(request.user))
    response = HttpResponse(paper.receipt_pdf(sheet, printed_at=now), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{made.number}.pdf"'
    return _private(response)


def _held(request: HttpRequest, now: datetime) -> Receipt | None:
    """Return the receipt that the cookie stands for; it is worth nothing in another officer's session."""
    viewer = _clerk(request, now)
    value = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_LASTS)
    user_id, _sep, number = (value or "").partition(".")
    if user_id != str(viewer.user_id):
        return None
    try:
        made = submissions.receipt_again(number)
    except LookupError:
        return None
    return made if _is_fresh(made, now) else None


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
