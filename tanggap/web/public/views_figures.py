"""The page of an area (province, regency, district) and that of a category: its figures and its latest reports."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.selectors import agencies, areas, categories, names, public_search
from tanggap.selectors.public_search import Filters, Order, TooWideError
from tanggap.templatetags.tanggap import named
from tanggap.web.public import cards, figure_doors, scopes, spans
from tanggap.web.public.scopes import Place

_SHOWN: Final = 4  # of each list; the rest is on the list of reports


@require_safe
@figure_doors.bounded
def area(request: HttpRequest, code: str, *, now: datetime) -> HttpResponseBase:
    """Show an area, in force or not."""
    try:
        path = areas.path(code)
        place = scopes.of_path(path)
    except areas.NotFoundError as error:
        raise Http404 from error
    crumbs = [{"label": one.name, "href": f"/wilayah/{one.code}"} for one in path[:-1]]
    more = {
        "crumbs": [*crumbs, {"label": path[-1].name}],
        "governments": agencies.governments_of(code),
        "map": f"/peta?wilayah={code}",
        "is_over": path[-1].valid_to is not None,
    }
    return _page(request, place, Filters(area=code), more, now)


@require_safe
@figure_doors.bounded
def category(request: HttpRequest, code: str, *, now: datetime) -> HttpResponseBase:
    """Show a category with those below it, in force or not."""
    try:
        found = categories.get(code.replace("\0", ""))
    except categories.NotFoundError as error:
        raise Http404 from error
    place, above = scopes.of_row(found), [found.parent] if found.parent else []
    crumbs = [{"label": named(one), "href": f"/kategori/{one.code}"} for one in above]
    more = {"crumbs": [*crumbs, {"label": place.name}], "is_over": found.active_to is not None}
    below = names.current().remembered(f"below.{found.code}", "", partial(categories.with_those_below, found.code))
    return _page(request, place, Filters(categories=below), more, now)


def _page(
    request: HttpRequest, place: Place, filters: Filters, more: Mapping[str, Any], now: datetime
) -> HttpResponseBase:
    known, chosen = names.current(), figure_doors.span(request, now)
    values = urlencode(place.listed or ())
    lists = [
        {
            "title": title,
            "none": none,
            "cards": _cards(filters, order, known, now),
            "href": f"/laporan?{values}{said}",
            "feed": f"/laporan.atom?{values}{said}",
        }
        for title, none, order, said in (
            (_("Jawaban terbaru"), _("Belum ada jawaban yang terbuka untuk umum."), Order.ANSWERED, "&urut=jawaban"),
        )
    ]
    context = {
        "place": place,
        "values": values,
        "overdue": f"/laporan?{values}&urut=terlambat",
        "figures": figure_doors.drawn(place, chosen, known, is_whole=False),
        "spans": spans.links(chosen, {}),
        "lists": lists,
        "is_plain": not request.GET,
        **more,
    }
    return render(request, "public/place.html", context)


def _cards(filters: Filters, order: Order, known: names.Names, now: datetime) -> Sequence[Any]:
    """Draw the first reports of an order; none where there is no quick way to find them."""
    try:
        found = public_search.list_("", filters, "", _SHOWN, order=order, now=now)
    except TooWideError:
        return ()
    return [cards.draw(card | {"excerpt": ""}) for card in cards.cards(found.rows, known, now=now)]
