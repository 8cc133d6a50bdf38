"""The map: one symbol for each district, or each village of a district, and the same as a list beside it.

It is drawn by the server and works without JavaScript and without tiles: a symbol is a link to its place. With
JavaScript Leaflet makes it move. Its size says how many reports are open, its colour and its edge how many of them
are late.
"""

import math
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from tanggap.selectors import areas, maps, publications
from tanggap.selectors.maps import Place
from tanggap.templatetags.tanggap import persen

_WIDTH: Final = 1000
_EDGE: Final = 40
_LARGEST, _SMALLEST = 34, 7
_MANY_LATE: Final = 0.2


def _policy() -> dict[str, Any]:
    """Return the policy of this page: pictures from the host of the tiles, too, where the operator has named one."""
    if not settings.MAP_TILES:
        return dict(settings.SECURE_CSP)
    host = urlsplit(settings.MAP_TILES)
    return {**settings.SECURE_CSP, "img-src": [CSP.SELF, "data:", f"{host.scheme}://{host.netloc}"]}


@csp_override(_policy())
@require_safe
def map_(request: HttpRequest) -> HttpResponse:
    """Show the districts at home, those of one regency, or the villages of one district (`wilayah`)."""
    path = _path(request.GET.get("wilayah", ""))
    inside, level = path[-1].code, "village" if path[-1].level == "district" else "district"
    found = maps.places(inside, level)
    rows = [_row(place, level) for place in found]
    counted_at = maps.counted_at()
    context = {
        "rows": rows,
        "marks": _marks(found, rows),
        "height": _height(found),
        "is_village": level == "village",
        "place": path[-1].name,
        "crumbs": _crumbs(path),
        "regencies": areas.children(settings.HOME_AREA) if len(path) == 1 else [],
        "counted_at": counted_at,
        # A place without a row has no reports only once they were counted.
        "is_uncounted": counted_at is None and publications.live().exists(),
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }
    return render(request, "public/map.html", context)


def _path(code: str) -> list[Any]:
    """Return the place that is asked for and what it lies in, from home on; home for anything else."""
    home = areas.path(settings.HOME_AREA)
    known = code[:20].replace("\0", "")
    if known.startswith(f"{settings.HOME_AREA}.") and known.count(".") <= _DEEPEST:
        try:
            return home + areas.path(known)[len(home) :]
        except areas.NotFoundError:
            return home
    return home


_DEEPEST: Final = 2  # dots in the code of a district


def _crumbs(path: Sequence[Any]) -> list[dict[str, str]]:
    above = [{"label": _("Peta"), "href": "/peta"}]
    above += [{"label": area.name, "href": f"/peta?wilayah={area.code}"} for area in path[1:-1]]
    return [*above, {"label": path[-1].name}] if len(path) > 1 else []


def _row(place: Place, level: str) -> dict[str, Any]:
    tone = "done" if not place.late else "soon" if place.share < _MANY_LATE else "late"
    list_ = f"/laporan?wilayah={place.code}"
    return {
        "place": place,
        "latitude": "" if place.latitude is None else f"{place.latitude:.5f}",
        "longitude": "" if place.longitude is None else f"{place.longitude:.5f}",
        "tone": tone,
        "share": persen(place.share),
        "href": list_ if level == "village" else f"/peta?wilayah={place.code}",
        "list": list_,
        "said": _("%(name)s: %(open)s laporan sedang ditangani, %(late)s terlambat")
        % {"name": place.name, "open": place.open, "late": place.late},
    }


def _pointed(found: Sequence[Place]) -> list[Place]:
    return [place for place in found if place.latitude is not None and place.longitude is not None]


def _bounds(found: Sequence[Place]) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the places, never without any width."""
    east = [place.longitude or 0.0 for place in found]
    north = [place.latitude or 0.0 for place in found]
    return min(east), max(max(east), min(east) + 0.01), min(north), max(max(north), min(north) + 0.01)


def _scale(found: Sequence[Place]) -> tuple[float, float]:
    """Return how many units of the drawing a degree to the east and one to the north are."""
    west, east, south, north = _bounds(found)
    across = (_WIDTH - 2 * _EDGE) / (east - west)
    return across, across / math.cos(math.radians((south + north) / 2))


def _height(found: Sequence[Place]) -> int:
    pointed = _pointed(found)
    if not pointed:
        return 0
    _west, _east, south, north = _bounds(pointed)
    return round((north - south) * _scale(pointed)[1]) + 2 * _EDGE


def _marks(found: Sequence[Place], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the symbols, the largest first, so that a small one lies on a large one."""
    pointed = _pointed(found)
    if not pointed:
        return []
    west, _east, _south, north = _bounds(pointed)
    across, up = _scale(pointed)
    most = max(place.open for place in pointed) or 1
    return [
        {
            # As texts: a number would be drawn with a comma in Indonesian.
            "x": f"{_EDGE + ((row['place'].longitude or 0.0) - west) * across:.1f}",
            "y": f"{_EDGE + (north - (row['place'].latitude or 0.0)) * up:.1f}",
            "r": f"{_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(row['place'].open / most):.1f}",
            "row": row,
        }
        for row in rows
        if row["latitude"]
    ]
