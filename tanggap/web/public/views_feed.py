"""Every list of published reports as an Atom feed (RFC 4287): the same address with the same filters.

What the list shows is all that is in it, redacted already. It has a mark of its bytes (ETag) and no date of change:
when a report is made secret the feed gets older, and a reader that asks by date would keep what is gone.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.limits_of_use import Bucket
from tanggap.selectors import names, public_search
from tanggap.selectors.public_search import Order
from tanggap.services import limits
from tanggap.web import errors
from tanggap.web.http import client_network
from tanggap.web.public import cards, filters

_ATOM: Final = "application/atom+xml; charset=utf-8"
_SIZE: Final = 25
# What XML cannot hold, however it is written.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the first page of a list as a feed; one that is too wide has none (422)."""
    now = timezone.now()  # noqa: TID251 - a door
    known = names.current()
    asked = filters.read(request.GET, known.load)
    verdict = limits.hit(Bucket.SEARCH_CLIENT, client_network(request), now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    try:
        page = public_search.list_(asked.query, asked.filters, "", _SIZE, order=asked.order, now=now)
    except public_search.TooWideError:
        return HttpResponse(_("Pencarian ini terlalu luas."), status=422, content_type="text/plain; charset=utf-8")
    shown = cards.cards(page.rows, known, now=now)
    entries = [_entry(card, row, asked.order) for card, row in zip(shown, page.rows, strict=True)]
    said = asked.href().removeprefix("?")
    path = reverse("public:feed")
    context = {
        "title": _clean(" · ".join([settings.SITE_NAME, _("Laporan publik"), *asked.names.values()])),
        "language": get_language() or "id",
        "here": _address(f"{path}?{said}" if said else path),
        "page": _address(f"/laporan?{said}" if said else "/laporan"),
        "updated": max((entry["updated"] for entry in entries), default=_NEVER),
        "entries": entries,
    }
    return render(request, "public/feed.xml", context, content_type=_ATOM)


_NEVER: Final = "2020-01-01T00:00:00+00:00"  # a feed must say a moment, and one without entries has none


def _entry(card: Mapping[str, Any], row: Any, order: Order) -> dict[str, Any]:
    """Return an entry; an answer is one of its own, so that whoever read the report is shown that it came."""
    is_answer = order == Order.ANSWERED
    link = _address(card["href"])
    changed: datetime = row.answered_at if is_answer else row.published_at
    return {
        "id": f"{link}#jawaban" if is_answer else link,
        "link": link,
        "title": _clean(_("Dijawab: %(title)s") % {"title": card["title"]} if is_answer else card["title"]),
        "updated": changed.isoformat(timespec="seconds"),
        "published": row.published_at.isoformat(timespec="seconds"),
        "author": _clean(card["agency"]),
        "category": _clean(card["category"]),
        "term": row.category_id or "",
        "summary": _clean(" · ".join(filter(None, [card["status"], card["outcome"], card["area"], card["excerpt"]]))),
    }


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _clean(text: str) -> str:
    return _NO_XML.sub(" ", text)
