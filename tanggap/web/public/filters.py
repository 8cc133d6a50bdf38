"""What a public list was asked for: the parameters of its address, which anyone may have written.

What is not known is left out without a word, so no address leads to an error, and a link that somebody
shared goes on working after a category or an office is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tanggap.domain.lifecycle import STATUSES, Family
from tanggap.domain.outcomes import Outcome
from tanggap.selectors import agencies, areas, categories
from tanggap.selectors.public_search import Filters, Order
from tanggap.templatetags.tanggap import named, tanggal
from tanggap.web import wording

LONGEST: Final = 200
AFTER: Final = "setelah"
_LEVELS: Final = ("wilayah", "kecamatan", "desa")

type Option = tuple[str, str]
type Group = tuple[str, Sequence[Option]]


@dataclass(frozen=True, slots=True)
class Select:
    """One list to choose from."""

    name: str
    label: str
    options: SafeString


@dataclass(slots=True)
class Asked:
    """What was asked for: `filters` for the selector, `values` for addresses, `selects` for the form."""

    lists: "_Lists"
    query: str = ""
    is_cut: bool = False  # more words were asked for than are looked for
    order: Order = Order.NEWEST
    filters: Filters = field(default_factory=Filters)
    values: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    selects: list[Select] = field(default_factory=list)
    dates: list[dict[str, str]] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)  # kept by the form, which has no field for it
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether this is more than the plain list."""
        return bool(self.values)

    def href(self, *, without: str = "", **more: str) -> str:
        """Return the address of the list with these values, one left out, others added; never of a later page."""
        values = {name: value for name, value in self.values.items() if name != without} | more
        return f"?{urlencode(values)}" if values else "?"

    @property
    def order_words(self) -> str:
        """Say in which order the list stands."""
        return str(_ORDERS[self.order][1])

    @property
    def chips(self) -> list[dict[str, str]]:
        """Return each active filter in words, with the address of the list without it."""
        return [{"label": words, "href": self.href(without=name)} for name, words in self.names.items()]


def read(data: QueryDict, load: int) -> Asked:
    """Return what an address asks for, unknown values as none; `load` is the newest load of reference data."""
    asked = Asked(lists=_lists(load, get_language() or "id"), after=data.get(AFTER, "")[:LONGEST])
    query = " ".join(data.get("q", "")[:LONGEST].replace("\0", " ").split())
    asked.is_cut = len(data.get("q", "")) > LONGEST
    if query:
        asked.query = asked.values["q"] = query
        asked.names["q"] = _("“%(words)s”") % {"words": query}
    family = _status(asked, data)
    agency_id, unit_id = _office(asked, data.get("instansi", ""))
    chosen_categories = _category(asked, data.get("kategori", ""))
    area = _area(asked, [data.get(level, "") for level in _LEVELS], load)
    classification = _one_of(asked, data, "klasifikasi", _("Klasifikasi"), _("Semua klasifikasi"), _CLASSIFICATIONS)
    outcome = _one_of(asked, data, "hasil", _("Hasil"), _("Semua hasil"), _OUTCOMES)
    since, until = _day(asked, data, "dari", _("Terbit sejak")), _day(asked, data, "sampai", _("Terbit sampai"))
    received, up_to = (_receipt(asked, data, name, words) for name, words in _RECEIPT.items())
    _order(asked, data.get("urut", ""))
    is_late = data.get("terlambat") == "1"
    if is_late:
        asked.values["terlambat"], asked.names["terlambat"] = "1", _("Terlambat")
    asked.filters = Filters(
        family=family,
        agency_id=agency_id,
        unit_id=unit_id,
        categories=chosen_categories,
        area=area,
        is_late=is_late,
        classification=classification,
        outcome=outcome,
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
        received_since=midnight(received) if received else None,
        received_until=midnight(up_to + timedelta(days=1)) if up_to else None,
    )
    return asked


def _status(asked: Asked, data: QueryDict) -> Family | None:
    """Read a family of statuses; what no published report can be is not offered."""
    public = {spec.family for spec in STATUSES.values() if spec.stays_public}
    offered = {family.value: words for family, words in wording.FAMILY.items() if family in public}
    value = data.get("status", "")
    chosen = value if value in offered else ""
    options = _Options([("", [("", _("Semua status")), *((code, str(words)) for code, words in offered.items())])])
    asked.selects.append(Select("status", _("Status"), options.choosing(chosen)))
    if not chosen:
        return None
    asked.values["status"] = chosen
    asked.names["status"] = _("Status: %(name)s") % {"name": offered[chosen]}
    return Family(chosen)


_CLASSIFICATIONS: Final = {code.value: words for code, words in wording.CLASSIFICATION.items()}
_OUTCOMES: Final = {code.value: wording.OUTCOME[code] for code in Outcome if code != Outcome.WITHDRAWN}


def _one_of(asked: Asked, data: QueryDict, name: str, label: str, every: str, offered: Mapping[str, Promise]) -> str:
    """Read one of a closed list of codes; '' for any other."""
    value = data.get(name, "")
    chosen = value if value in offered else ""
    options = _Options([("", [("", every), *((code, str(words)) for code, words in offered.items())])])
    asked.selects.append(Select(name, label, options.choosing(chosen)))
    if chosen:
        asked.values[name] = chosen
        asked.names[name] = _("%(label)s: %(name)s") % {"label": label, "name": offered[chosen]}
    return chosen


_YEARS: Final = range(2000, 2200)


def _day(asked: Asked, data: QueryDict, name: str, label: str) -> date | None:
    """Read a day as a browser sends it; None for what is none."""
    day = _read_day(asked, data, name, label)
    asked.dates.append({"name": name, "label": label, "value": day.isoformat() if day else ""})
    return day


# Days of the receipt come from the links of figures; the form has no field for them and keeps them.
_RECEIPT: Final[Mapping[str, Promise]] = {
    "diterima-dari": gettext_lazy("Diterima sejak"),
    "diterima-sampai": gettext_lazy("Diterima sampai"),
}


def _receipt(asked: Asked, data: QueryDict, name: str, label: Promise) -> date | None:
    day = _read_day(asked, data, name, str(label))
    if day:
        asked.hidden[name] = day.isoformat()
    return day


def _read_day(asked: Asked, data: QueryDict, name: str, label: str) -> date | None:
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(data.get(name, "")[:10])
    day = day if day and day.year in _YEARS else None
    if day:
        asked.values[name] = day.isoformat()
        asked.names[name] = _("%(label)s %(day)s") % {"label": label, "day": tanggal(day)}
    return day


def midnight(day: date) -> datetime:
    """Return when a day begins here."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


# How an order is said in an address, and to people.
_ORDERS: Final[Mapping[Order, tuple[str, Promise]]] = {
    Order.NEWEST: ("", gettext_lazy("Terbaru lebih dahulu")),
    Order.ANSWERED: ("jawaban", gettext_lazy("Jawaban terbaru lebih dahulu")),
    Order.SUPPORTED: ("dialami", gettext_lazy("Paling banyak dialami lebih dahulu")),
    Order.OVERDUE: ("terlambat", gettext_lazy("Paling lama terlambat lebih dahulu")),
}


def _order(asked: Asked, value: str) -> None:
    asked.order = next((order for order, (code, _words) in _ORDERS.items() if code == value), Order.NEWEST)
    code, words = _ORDERS[asked.order]
    options = _Options([("", [(code, str(words)) for code, words in _ORDERS.values()])])
    asked.selects.append(Select("urut", _("Urutan"), options.choosing(code)))
    if code:
        asked.values["urut"], asked.names["urut"] = code, str(words)


def _office(asked: Asked, value: str) -> tuple[int | None, int | None]:
    """Read an agency (`pemprov-banten`) or one of its units (`pemprov-banten/dpupr`)."""
    agency_id = unit_id = None
    name = ""
    slug, _slash, unit_slug = value[:LONGEST].replace("\0", "").partition("/")
    try:
        if slug:
            agency = agencies.by_slug(slug)
            agency_id, name = agency.pk, agency.name
        if slug and unit_slug:
            unit = agencies.unit(agency.pk, unit_slug)
            unit_id, name = unit.pk, unit.name
    except agencies.NotFoundError:
        agency_id = unit_id = None
        name = ""
    chosen = value if name else ""
    asked.selects.append(Select("instansi", _("Instansi"), asked.lists.offices.choosing(chosen, name)))
    if chosen:
        asked.values["instansi"], asked.names["instansi"] = chosen, name
    return agency_id, unit_id


def _category(asked: Asked, value: str) -> frozenset[str]:
    """Read a category; it stands for those below it too."""
    name, below = "", frozenset[str]()
    if value:
        try:
            name = named(categories.get(value[:LONGEST].replace("\0", "")))
            below = categories.with_those_below(value)
        except categories.NotFoundError:
            name = ""
    chosen = value if name else ""
    asked.selects.append(Select("kategori", _("Kategori"), asked.lists.categories.choosing(chosen, name)))
    if chosen:
        asked.values["kategori"] = chosen
        asked.names["kategori"] = _("Kategori: %(name)s") % {"name": name}
    return below


def _area(asked: Asked, codes: Sequence[str], load: int) -> str:
    """Read an area: the deepest of the given codes that lies in the one before it."""
    path = _path(codes, load)
    chosen = path[-1].code if path else ""
    # The list holds the regencies of the home province; an area elsewhere brings its own name along.
    first = path[1] if len(path) > 1 else path[0] if path else None
    regencies = asked.lists.regencies.choosing(first.code, first.name) if first else asked.lists.regencies.choosing("")
    asked.selects.append(Select("wilayah", _("Wilayah"), regencies))
    deeper = ((2, "kecamatan", _("Kecamatan"), _("Semua kecamatan")), (3, "desa", _("Desa/Kelurahan"), _("Semua desa")))
    for depth, name, label, every in deeper:
        if len(path) >= depth:
            below = _below(load, path[depth - 1].code)
            at = path[depth].code if len(path) > depth else ""
            asked.selects.append(Select(name, label, _Options([("", [("", every), *below])]).choosing(at)))
    if chosen:
        asked.values["wilayah"] = chosen
        asked.names["wilayah"] = place(area.name for area in path[1:] or path)
    return chosen


def _path(codes: Sequence[str], load: int) -> Sequence[Any]:
    deepest = ""
    for code in codes:
        if code and (not deepest or code.startswith(f"{deepest}.")):
            deepest = code[:LONGEST].replace("\0", "")
    try:
        return _areas(load, deepest) if deepest else ()
    except areas.NotFoundError:
        return ()


# Reference data: read again after each load, as the lists that every page offers are.
@lru_cache(maxsize=512)
def _areas(_load: int, code: str) -> Sequence[Any]:
    return tuple(areas.path(code))


@lru_cache(maxsize=256)
def _below(_load: int, code: str) -> Sequence[tuple[str, str]]:
    return tuple((area.code, area.name) for area in areas.children(code))


def place(names: Iterable[str]) -> str:
    """Say a place, nearest first: "Labuan, Kabupaten Pandeglang"; the names come the widest first."""
    return ", ".join(reversed(list(names)))


class _Options:
    """The options of a list, drawn once; each request only marks the one that it chose."""

    def __init__(self, groups: Sequence[Group]) -> None:
        drawn = [
            format_html('<optgroup label="{}">{}</optgroup>', heading, _drawn(options)) if heading else _drawn(options)
            for heading, options in groups
        ]
        self.html = SafeString("".join(drawn))

    def choosing(self, chosen: str, name: str = "") -> SafeString:
        """Return the options with one of them chosen; one that is not on the list is added to it."""
        if not chosen:
            return self.html
        option = format_html('<option value="{}">', chosen)
        marked = format_html('<option value="{}" selected>', chosen)
        if option in self.html:
            return SafeString(self.html.replace(option, marked))
        return SafeString(f"{self.html}{marked}{conditional_escape(name)}</option>")


def _drawn(options: Iterable[Option]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', options)


@dataclass(frozen=True, slots=True)
class _Lists:
    offices: _Options
    categories: _Options
    regencies: _Options


# Measured: to read and draw these took half of the time of a page with a search.
@lru_cache(maxsize=8)
def _lists(_load: int, _language: str) -> _Lists:
    """Return the lists that every page offers; they are read again after each load of reference data."""
    at_home = agencies.at_home()
    offices: list[Group] = [
        ("", [("", _("Semua instansi"))]),
        (_("Pemerintah daerah"), [(agency.slug, agency.name) for agency in at_home]),
    ]
    home = next((agency for agency in at_home if agency.slug == settings.HOME_AGENCY), None)
    if home is not None:
        units = [(f"{home.slug}/{unit.slug}", unit.name) for unit in agencies.units(home.pk)]
        offices.append((_("Perangkat daerah %(agency)s") % {"agency": home.short_name or home.name}, units))
    tops = sorted(((row.code, named(row)) for row in categories.tops()), key=lambda option: option[1])
    regencies = [(area.code, area.name) for area in areas.children(settings.HOME_AREA)]
    return _Lists(
        _Options(offices),
        _Options([("", [("", _("Semua kategori")), *tops])]),
        _Options([("", [("", _("Semua wilayah")), *regencies])]),
    )
