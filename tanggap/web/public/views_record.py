"""The record that cannot be bent, for everyone: /catatan, its checkpoints, proofs, feed, and the check of a receipt.

Everything here is the same for whoever asks, and nothing names a report but the receipt that somebody brings along.
"""

import re
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.domain.checkpoints import LONGEST_RECEIPT, fingerprint, published
from tanggap.domain.limits_of_use import Bucket
from tanggap.selectors import record
from tanggap.selectors.record import Signed
from tanggap.services import limits, signed_receipts
from tanggap.services.signed_receipts import Finding, Verdict
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import errors
from tanggap.web.http import client_network
from tanggap.web.public.evidence import evidence_file

_JSON: Final = "application/json; charset=utf-8"
_ON_PAGE: Final = 31
_IN_FEED: Final = 100
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_FOR_EVER: Final = 31_536_000


@require_safe
def about_record(request: HttpRequest) -> HttpResponse:
    """Say what the record proves and what it does not, and list its checkpoints and keys."""
    below = _whole(request.GET.get("sebelum", ""))
    found = record.list_(most=_ON_PAGE + 1, below=below)
    shown = found[:_ON_PAGE]
    context = {
        "latest": record.latest(),
        "checkpoints": shown,
        "is_first": below is None,
        "older": f"?sebelum={shown[-1].size}" if len(found) > _ON_PAGE else "",
        "keys": [(row.key, fingerprint(bytes(row.public)), row.since) for row in reversed(record.all_keys())],
    }
    return render(request, "record/record.html", context)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the newest checkpoint."""
    found = record.latest()
    if found is None:
        raise Http404
    return _json(found.value(), lasts=300)


@require_safe
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:  # noqa: ARG001
    """Give a checkpoint: the same bytes for ever."""
    try:
        return _json(record.get(size).value(), lasts=_FOR_EVER)
    except record.NotFoundError as error:
        raise Http404 from error


@require_safe
def stamp(request: HttpRequest, size: int) -> HttpResponse:  # noqa: ARG001
    """Give the time stamp of a checkpoint as the authority gave it (RFC 3161)."""
    try:
        response = HttpResponse(record.stamp_of(size), content_type="application/timestamp-reply")
    except record.NotFoundError as error:
        raise Http404 from error
    patch_cache_control(response, public=True, max_age=_FOR_EVER, immutable=True)
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the statements of all keys, the oldest first."""
    return _json({"keys": record.keys_value()}, lasts=300)


@require_safe
def inclusion(request: HttpRequest) -> HttpResponse:
    """Prove that a leaf is in a checkpoint: `?indeks=&ukuran=`."""
    if (slow := _too_often(request)) is not None:
        return slow
    index, size = _whole(request.GET.get("indeks", "")), _whole(request.GET.get("ukuran", ""))
    if index is None or size is None:
        return _refused(_("Isi indeks dan ukuran dengan bilangan bulat."))
    try:
        path = record.inclusion(index=index, size=size)
    except record.NotFoundError as error:
        raise Http404 from error
    return _json(record.inclusion_value(index, size, path), lasts=_FOR_EVER)


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Prove that a checkpoint goes on from an earlier one: `?dari=&ke=`."""
    if (slow := _too_often(request)) is not None:
        return slow
    old, new = _whole(request.GET.get("dari", "")), _whole(request.GET.get("ke", ""))
    if old is None or new is None or old > new:
        return _refused(_("Isi dari dan ke dengan ukuran dua titik periksa, yang lebih kecil dahulu."))
    try:
        proof = record.consistency(old=old, new=new)
    except record.NotFoundError as error:
        raise Http404 from error
    return _json(record.consistency_value(old, new, proof), lasts=_FOR_EVER)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the newest checkpoints as an Atom feed: whoever subscribes keeps them."""
    address = settings.PUBLIC_URL + reverse("public:record")
    made = Atom1Feed(
        title=_("Titik periksa catatan %(site)s") % {"site": settings.SITE_NAME},
        link=address,
        description="",
        feed_url=settings.PUBLIC_URL + reverse("public:record_feed"),
        author_name=settings.HOME_NAME,
    )
    for signed in record.list_(most=_IN_FEED):
        link = settings.PUBLIC_URL + reverse("public:record_checkpoint", args=[signed.size])
        made.add_item(
            title=_title(signed),
            link=link,
            unique_id=link,
            description=published(signed.value()).decode(),
            pubdate=signed.made_at,
            updateddate=signed.made_at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=300)
    return response


class ReceiptForm(forms.Form):
    """The text of a receipt."""

    teks = forms.CharField(
        label=gettext_lazy("Teks tanda terima"),
        help_text=gettext_lazy("Dimulai dengan TR1. Ada di dekat kode QR kedua pada tanda terima Anda."),
        max_length=LONGEST_RECEIPT,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false", "class": "mono"}),
        error_messages={
            "required": gettext_lazy("Tempelkan teks tanda terima."),
            "max_length": gettext_lazy("Ini lebih panjang daripada tanda terima. Tempelkan teksnya saja."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Check a receipt that somebody pastes, and give its evidence as a file for later."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    finding: Finding | None = None
    if form.is_bound:
        if (slow := _too_often(request)) is not None:
            return slow
        finding = _checked(form)
        if finding is not None and "unduh" in request.POST and (value := signed_receipts.evidence(finding)):
            return evidence_file(value)
    context: dict[str, Any] = {"form": form, "finding": finding, "tone": _TONES.get(finding.verdict) if finding else ""}
    response = render(request, "record/receipt.html", context, status=422 if form.errors else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


_TONES: Final = {
    Verdict.UNKNOWN_KEY: "late",
    Verdict.FORGED: "late",
    Verdict.GONE: "late",
    Verdict.WAITING: "good",
    Verdict.COVERED: "good",
}


def _checked(form: ReceiptForm) -> Finding | None:
    """Return what the receipt is worth, or None after telling the form why it cannot be read."""
    if not form.is_valid():
        return None
    finding = signed_receipts.check(form.cleaned_data["teks"])
    if finding.verdict is Verdict.MALFORMED:
        form.add_error(
            "teks", _("Teks ini tidak lengkap atau salah salin. Tempelkan seluruh teks, dari TR1 sampai akhir.")
        )
        return None
    return finding


def _title(signed: Signed) -> str:
    words = _("Titik periksa %(date)s: %(size)s entri")
    return words % {"date": tanggal(signed.made_at), "size": signed.size}


def _whole(text: str) -> int | None:
    """Return a number that an address holds, or None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def _too_often(request: HttpRequest) -> HttpResponse | None:
    now = timezone.now()  # noqa: TID251 - a door
    verdict = limits.hit(Bucket.RECORD_CLIENT, client_network(request), now=now)
    return None if verdict.allowed else errors.too_many(request, verdict.retry_after_seconds)


def _json(value: object, *, lasts: int) -> HttpResponse:
    response = HttpResponse(published(value), content_type=_JSON)
    patch_cache_control(response, public=True, max_age=lasts, immutable=lasts == _FOR_EVER)
    return response


def _refused(words: str) -> HttpResponse:
    return HttpResponse(published({"error": words}), content_type=_JSON, status=422)
