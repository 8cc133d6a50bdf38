"""The parts of a figure: by category, area, channel, classification or unit, each with its volume and its rates.

Of two places at once, and of all but the nation and agencies, whole months are told; the page says which days they are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from tanggap.domain.intake import Classification
from tanggap.domain.periods import Period
from tanggap.selectors import agencies, areas, categories, indicators
from tanggap.selectors.indicators import Scope
from tanggap.templatetags.tanggap import named
from tanggap.web import wording
from tanggap.web import wording_figures as said
from tanggap.web.public import charts, telling
from tanggap.web.public.scopes import Place
from tanggap.web.public.spans import Span

CODES: Final = ("volume", "sla_rate", "completion_rate", "overdue_open")
_SHOWN: Final = 8

type Named = Mapping[str, str]  # the places of a kind with their names, in the order of the reference data


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a breakdown: its name, its figures as they are told, the reports behind it, its own page."""

    name: str
    bar: Any
    cells: tuple[str, ...]
    href: str
    page: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown: what by, over which days, and the largest of its parts; `left` have their place in the file."""

    code: str
    title: Promise
    period: Period
    parts: list[Part]
    left: int
    file: str


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to divide: the kind of cells, the names of the places, what narrows the list of reports, a page."""

    kind: str
    title: Promise
    names: Callable[[Place], Named]
    narrowed: str = ""
    page: str = ""


def _tops(_place: Place) -> Named:
    return {one.code: named(one) for one in categories.tops()}


def _below(place: Place) -> Named:
    code = place.scope.places[0]
    found = [one for one in categories.active() if one.parent_id == code]
    return {one.code: named(one) for one in found}


def _regencies_at_home(_place: Place) -> Named:
    return {one.code: one.name for one in areas.children(settings.HOME_AREA)}


def _provinces(_place: Place) -> Named:
    return {one.code: one.name for one in areas.children()}


def _inside(place: Place) -> Named:
    return {one.code: one.name for one in areas.children(place.scope.places[0])}


def _channels(_place: Place) -> Named:
    return {code.value: str(words) for code, words in wording.CHANNEL.items()}


def _classifications(_place: Place) -> Named:
    return {code.value: str(wording.CLASSIFICATION[code]) for code in Classification}


def _units(place: Place) -> Named:
    return {str(one.pk): one.name for one in agencies.units(int(place.scope.places[0]))}


_CATEGORY, _CHANNEL, _KIND = lazy("Menurut kategori"), lazy("Menurut kanal"), lazy("Menurut klasifikasi")
_AREA: Final = lazy("Menurut wilayah")
_ALL_CATEGORIES: Final = _Way("category", _CATEGORY, _tops, "kategori", "/kategori/")
_WAYS: Final[Mapping[str, Mapping[str, _Way]]] = {
    "nation": {
        "kategori": _ALL_CATEGORIES,
        "wilayah": _Way("regency", lazy("Menurut kabupaten dan kota"), _regencies_at_home, "wilayah", "/wilayah/"),
        "provinsi": _Way("province", lazy("Menurut provinsi"), _provinces, "wilayah", "/wilayah/"),
        "kanal": _Way("channel", _CHANNEL, _channels),
        "klasifikasi": _Way("classification", _KIND, _classifications, "klasifikasi"),
    },
    "agency": {
        "unit": _Way("unit", lazy("Menurut perangkat daerah atau unit"), _units),
        "kategori": _Way("agency_category", _CATEGORY, _tops, "kategori"),
        "kanal": _Way("agency_channel", _CHANNEL, _channels),
        "klasifikasi": _Way("agency_classification", _KIND, _classifications, "klasifikasi"),
    },
    "province": {"wilayah": _Way("regency", _AREA, _inside, "wilayah", "/wilayah/")},
    "regency": {
        "kategori": _Way("regency_category", _CATEGORY, _tops, "kategori"),
        "wilayah": _Way("district", _AREA, _inside, "wilayah", "/wilayah/"),
    },
    "category": {"kategori": _Way("category", lazy("Menurut bagian kategori"), _below, "kategori", "/kategori/")},
}
HEAD: Final = pgettext_lazy("rincian", "Bagian")


def names(place: Place) -> list[str]:
    """Return the ways in which a place can be divided, as an address says them."""
    return list(_WAYS.get(place.scope.kind, {}))


def rows(place: Place, period: Period, name: str) -> tuple[Period, list[tuple[str, str, indicators.Row]]]:
    """Return a breakdown: the days that it is told of, and each part with its code, name and figures, largest first.

    Raises KeyError for a way in which this place is not divided.
    """
    way = _WAYS[place.scope.kind][name]
    known = way.names(place)
    keys = {_key(way, place, code): code for code in known}
    found = indicators.comparison(way.kind, keys, period, CODES)
    told = [(keys[row.place], known[keys[row.place]], row) for row in found if row.figures["volume"].n]
    told.sort(key=lambda one: -one[2].figures["volume"].n)
    return indicators.covered(Scope(way.kind), period), told


def _key(way: _Way, place: Place, code: str) -> str:
    return f"{place.scope.places[0]}/{code}" if "_" in way.kind else code


def every(place: Place, chosen: Span) -> Iterable[Breakdown]:
    """Yield every breakdown of a place that has any parts."""
    for name, way in _WAYS.get(place.scope.kind, {}).items():
        covered, found = rows(place, chosen.period, name)
        if found:
            most = max(row.figures["volume"].n for _code, _name, row in found)
            slugs = _slugs(place) if name == "unit" else {}
            parts = [_part(way, place, covered, one, most, slugs) for one in found[:_SHOWN]]
            file = telling.csv("statistics_csv", place, chosen, bagian=name)
            yield Breakdown(name, way.title, covered, parts, len(found) - len(parts), file)


def _slugs(place: Place) -> Mapping[str, str]:
    """Return where the units of an agency have their page."""
    return {str(one.pk): f"{place.page.removeprefix('/instansi/')}/{one.slug}"
            for one in agencies.units(int(place.scope.places[0]))}  # fmt: skip


def _part(
    way: _Way, place: Place, period: Period, one: tuple[str, str, indicators.Row], most: int, slugs: Mapping[str, str]
) -> Part:
    code, name, row = one
    told = row.figures
    cells = (
        said.number(told["volume"]),
        said.value(told["sla_rate"]),
        said.interval(told["sla_rate"]),
        said.value(told["completion_rate"]),
        said.number(told["overdue_open"]),
    )
    slug = slugs.get(code, "")
    more = {"instansi": slug} if slug else {way.narrowed: code} if way.narrowed else None
    page = f"/instansi/{slug}" if slug else f"{way.page}{code}" if way.page else ""
    href = telling.listed(place, period, **more) if more else ""
    return Part(name, charts.bar(told["volume"].n / most), cells, href, page)
