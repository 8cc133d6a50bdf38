"""A form of the tracking page that comes after its two hours: number and code are asked again, nothing is lost.

What was typed waits in the page that asks, in hidden fields: the server stores no word of whoever shows no code. With
the code the form is taken as if the two hours had not been over. Files cannot wait in a page; they are asked for again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tanggap.web import uploads
from tanggap.web.actors import grant_tracking, tracked_report
from tanggap.web.forms_filing import posted
from tanggap.web.public.forms_tracking import TrackForm
from tanggap.web.public.recognising import recognised

_CODE: Final = "token"
_FILES_LOST: Final = "lampiran_hilang"


def opened_again(request: HttpRequest, names: Iterable[str], now: datetime) -> HttpResponse | None:
    """Return None where the report is open, or the number and code that came with a form open it; else the page that
    asks for them. `names`: the fields of the form, which wait in that page.
    """
    if tracked_report(request, now) is not None:
        return None
    if _CODE not in request.POST:
        return _door(request, TrackForm(), names, status=403)
    form = TrackForm(posted(request.POST))
    if not form.is_valid():
        return _door(request, form, names, status=422)
    found = recognised(request, form, now)
    if isinstance(found, HttpResponse):
        if found.status_code != 404:
            return found
        form.add_error(None, _("Nomor dan kode ini tidak membuka laporan. Periksa keduanya pada tanda terima Anda."))
        return _door(request, form, names, status=404)
    grant_tracking(request, found.report_id, now)
    return None


def files_lost(request: HttpRequest) -> tuple[str, ...]:
    """Return what is to be said of files that came with the form before the code was shown again."""
    return (_("Lampiran tidak ikut tersimpan. Pilih lagi, lalu kirim."),) if _FILES_LOST in request.POST else ()


def _door(request: HttpRequest, form: TrackForm, names: Iterable[str], *, status: int) -> HttpResponse:
    kept = _kept(request, names)
    response = render(
        request, "tracking/door.html", {"form": form, "action": request.path, "kept": kept}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def _kept(request: HttpRequest, names: Iterable[str]) -> Sequence[tuple[str, str]]:
    data = posted(request.POST)
    kept = [(name, value) for name in names if name != uploads.FIELD for value in data.getlist(name)]
    if request.FILES or data.get(uploads.KEPT) or _FILES_LOST in data:
        kept.append((_FILES_LOST, "1"))
    return kept
