"""The receipt at /lapor/tanda-terima: number, tracking code, what comes next and by which date; page, paper, PDF.

Which receipt a browser may see stands in a signed cookie that holds the number alone, for one hour and for
/lapor only. The tracking code is derived again here: it never stands in a path, a query, a cookie or a log.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tanggap.adapters.outbound import paper, qr
from tanggap.services import submissions
from tanggap.services.submissions import Receipt
from tanggap.web import receipts
from tanggap.web.public import steps

COOKIE: Final = "tanda_terima"
_SALT: Final = "tanggap.receipt"
_LASTS: Final = timedelta(hours=1)
_PATH: Final = "/lapor"
_REPEAT, _CHANGED, _OLD, _EMAIL, _LINKED = "r", "c", "o", "e", "l"


@dataclass(frozen=True, slots=True)
class Held:
    """What the cookie of a receipt says."""

    number: str
    is_repeat: bool  # this form had been sent before
    is_changed: bool  # and something else stood in it then
    is_old: bool  # the event was longer ago than the law expects
    has_email: bool
    is_linked: bool  # it stands in the account of who sent it


def hold(response: HttpResponse, receipt: Receipt, *, is_old: bool, has_email: bool, is_linked: bool) -> None:
    """Let this browser see the receipt for an hour."""
    marks = {_REPEAT: receipt.is_repeat, _CHANGED: receipt.is_changed, _OLD: is_old, _EMAIL: has_email}
    marks[_LINKED] = is_linked
    value = f"{receipt.number}.{''.join(mark for mark, is_set in marks.items() if is_set)}"
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=_SALT,
        max_age=_LASTS,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def held(request: HttpRequest) -> Held | None:
    """Return what the cookie says, or None when there is none, it is too old or not ours."""
    value = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=_LASTS)
    if not value:
        return None
    number, _dot, marks = value.partition(".")
    return Held(
        number,
        is_repeat=_REPEAT in marks,
        is_changed=_CHANGED in marks,
        is_old=_OLD in marks,
        has_email=_EMAIL in marks,
        is_linked=_LINKED in marks,
    )


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt of the report that this browser has just sent."""
    found = _found(request)
    if found is None:
        return redirect("public:track")
    known, made = found
    now = timezone.now()  # noqa: TID251 - a door
    context: dict[str, Any] = {
        "receipt": made,
        "held": known,
        # Drawn by ourselves from symbols of our own alphabet: nothing in it comes from outside.
        "next": receipts.next_step(made),
        "qr": mark_safe(qr.svg(receipts.tracking_link(made))),  # noqa: S308
        "proof_qr": mark_safe(qr.svg(receipts.proof_link(made))) if made.signed else "",  # noqa: S308
        "steps": steps.five_steps(steps.limits_here(now))[1:],
    }
    return _private(render(request, "filing/receipt.html", context))


@require_safe
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """Give the receipt as a PDF with the QR code, to keep or to print."""
    found = _found(request)
    if found is None:
        return redirect("public:track")
    _known, made = found
    now = timezone.now()  # noqa: TID251 - a door
    response = HttpResponse(paper.receipt_pdf(receipts.sheet(made), printed_at=now), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{made.number}.pdf"'
    return _private(response)


def _found(request: HttpRequest) -> tuple[Held, Receipt] | None:
    known = held(request)
    if known is None:
        return None
    try:
        return known, submissions.receipt_again(known.number)
    except LookupError:
        return None


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
