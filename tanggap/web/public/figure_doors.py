"""What the pages of figures have in common: a bounded cost, a clear answer to a bad address, and what was drawn before.

The figures of a place are drawn once until the sums are brought up to date again: everyone sees the same.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tanggap.domain.limits_of_use import Bucket
from tanggap.selectors import indicators
from tanggap.selectors.names import Names
from tanggap.services import limits
from tanggap.web import errors
from tanggap.web.http import client_network
from tanggap.web.public import breakdowns, spans, telling
from tanggap.web.public.scopes import Place
from tanggap.web.public.spans import BadAddressError, Span

# On the page of a place so many breakdowns are shown; the statistics have all of them.
_PARTS: Final = 2

type View = Callable[..., HttpResponseBase]


def bounded(view: View) -> View:
    """Hand the moment on, count what asks for more than the plain page, and refuse what an address cannot mean."""
    return _bounded(view, lambda request: Bucket.SEARCH_CLIENT if request.GET else None)


def bounded_file(view: View) -> View:
    """Do the same for a file, and count each: it may have 20,000 rows, and none is remembered."""
    return _bounded(view, lambda _request: Bucket.FIGURE_FILE_CLIENT)


def _bounded(view: View, bucket_of: Callable[[HttpRequest], Bucket | None]) -> View:
    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = timezone.now()  # noqa: TID251 - a door
        if bucket := bucket_of(request):
            verdict = limits.hit(bucket, client_network(request), now=now)
            if not verdict.allowed:
                return errors.too_many(request, verdict.retry_after_seconds)
        try:
            return view(request, *args, now=now, **kwargs)
        except BadAddressError as error:
            return render(request, "public/figures_refused.html", {"why": str(error)}, status=400)

    return counted


def span(request: HttpRequest, now: datetime) -> Span:
    """Return the days that an address asks for. Raises BadAddressError."""
    return spans.read(request.GET, timezone.localdate(now))


def day(moment: datetime) -> date:
    """Return the calendar day of a moment here."""
    return timezone.localdate(moment)


def where(known: Names) -> tuple[str, int, str]:
    """Return what everything that is drawn hangs on: the database, its reference data, the language."""
    return str(connection.settings_dict["NAME"]), known.load, get_language() or "id"


def drawn(place: Place, chosen: Span, known: Names, *, is_whole: bool) -> SafeString:
    """Return the figures of a place; `is_whole` with every formula, else as the page of an office shows them."""
    return _drawn(where(known), indicators.computed_at(), place, chosen, is_whole)


@lru_cache(maxsize=128)
def _drawn(
    _where: tuple[str, int, str], computed_at: datetime | None, place: Place, chosen: Span, is_whole: bool
) -> SafeString:
    context: dict[str, Any] = {"computed_at": computed_at}
    if computed_at is not None:
        context |= telling.whole(place, chosen, is_whole=is_whole)
        found = breakdowns.every(place, chosen)
        context["breakdowns"] = list(found if is_whole else islice(found, _PARTS))
    return render_to_string("public/_figures.html", context)


def few(place: Place, chosen: Span, known: Names) -> tuple[datetime | None, list[dict[str, Any]]]:
    """Return when the sums were brought up to date, and the figures of a place that fit on a card."""
    computed_at = indicators.computed_at()
    return computed_at, _few(where(known), computed_at, place, chosen) if computed_at else []


@lru_cache(maxsize=1024)
def _few(_where: tuple[str, int, str], _computed_at: datetime, place: Place, chosen: Span) -> list[dict[str, Any]]:
    return telling.few(place, chosen)
