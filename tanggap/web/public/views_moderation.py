"""The public log of moderation: what was hidden, redacted or archived, when, where and why (REQ-40)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from tanggap.domain.comments import Ground
from tanggap.domain.limits_of_use import Bucket
from tanggap.domain.moderation import Counted, Moderation, Reason
from tanggap.domain.outcomes import ArchiveReason
from tanggap.selectors import agencies, moderation, names
from tanggap.selectors.moderation import Row
from tanggap.selectors.names import Names
from tanggap.services import limits
from tanggap.web import errors, sheets, wording, wording_comments, wording_moderation
from tanggap.web.http import client_network

_YEARS: Final = range(2000, 2200)
_HEADINGS: Final = (
    gettext_lazy("Tanggal"),
    pgettext_lazy("daftar", "Instansi"),
    gettext_lazy("Yang dilakukan"),
    gettext_lazy("Golongan alasan"),
    gettext_lazy("Nomor laporan"),
)


@require_safe
def log(request: HttpRequest) -> HttpResponseBase:
    """List acts of moderation, newest first, of one month or agency or of all, as a page or as a file."""
    now = timezone.now()  # noqa: TID251 - a door
    known, month = names.current(), _month(request.GET.get("bulan", ""))
    slug, agency_id = _agency(request.GET.get("instansi", ""))
    after = request.GET.get("setelah", "")[:400]
    if kind := sheets.asked(request):
        verdict = limits.hit(Bucket.SEARCH_CLIENT, client_network(request), now=now)
        if not verdict.allowed:
            return errors.too_many(request, verdict.retry_after_seconds)
        pages = sheets.walk(lambda key: moderation.list_(month=month, agency_id=agency_id, after=key, size=sheets.SIZE))
        rows = (list(_cells(row, known)) for some in pages for row in some)
        return sheets.give(kind, "catatan-moderasi", _HEADINGS, rows, now=now)
    page = moderation.list_(month=month, agency_id=agency_id, after=after)
    said = {"bulan": f"{month:%Y-%m}"} if month else {}
    said |= {"instansi": slug} if slug else {}
    counted = moderation.counts(month, agency_id) if month else []
    context = {
        "headings": _HEADINGS,
        "lines": [_line(row, known) for row in page.rows],
        "month": month,
        "is_over": month is not None and month < timezone.localdate(now).replace(day=1),
        "counts": [_count(one, known) for one in counted],
        "agency": slug,
        "agencies": [(agency.slug, agency.name) for agency in agencies.active()],
        "files": sheets.links(request),
        "clear": "?" if said else "",
        "older": f"?{urlencode({**said, 'setelah': page.after})}" if page.after else "",
        "first": f"?{urlencode(said)}" if after else "",
    }
    return render(request, "public/moderation.html", context)


def _month(value: str) -> date | None:
    """Read a month ("2026-07"); None for what is none."""
    try:
        found = date.fromisoformat(f"{value[:7]}-01")
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _agency(slug: str) -> tuple[str, int | None]:
    try:
        return slug, agencies.by_slug(slug[:100].replace("\0", "")).pk if slug else None
    except agencies.NotFoundError:
        return "", None


def _reason(row: Row) -> str:
    if row.kind == Moderation.ARCHIVED:
        return str(wording.ARCHIVE_REASON[ArchiveReason(row.reason)])
    if row.kind == Moderation.COMMENT_HIDDEN:
        return str(wording_comments.GROUND[Ground(row.reason)])
    return str(wording_moderation.REASON[Reason(row.reason)])


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _line(row: Row, known: Names) -> dict[str, Any]:
    return {
        "day": _day(row.at),
        "agency": known.agency(row.agency_id),
        "what": wording_moderation.MODERATION[row.kind],
        "reason": _reason(row),
        "number": row.number,
    }


def _cells(row: Row, known: Names) -> Iterator[str]:
    line = _line(row, known)
    yield from (line["day"].isoformat(), line["agency"].name, str(line["what"]), line["reason"], row.number)


def _count(one: Counted, known: Names) -> dict[str, Any]:
    office = known.agency(one.agency_id).name if one.agency_id else _("Beberapa instansi bersama-sama")
    return {"agency": office, "what": wording_moderation.UNSEEN[one.kind], "count": one.count}
