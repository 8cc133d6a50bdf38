"""The figures of one place over some days, as a page shows them and a file gives them: from sums, never from reports.

What was drawn is remembered until the sums are brought up to date again: everyone sees the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain import figures
from tanggap.domain.figures import Figure
from tanggap.domain.indicators import Indicator, Kind, Population
from tanggap.domain.lifecycle import STATUSES, Family
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.domain.periods import Period
from tanggap.selectors import formulas, indicators
from tanggap.templatetags.tanggap import angka, bulan, bulan_pendek, persen
from tanggap.web import wording
from tanggap.web import wording_figures as said
from tanggap.web.public import charts
from tanggap.web.public.scopes import NAME, Place
from tanggap.web.public.spans import Span
from tanggap.web.wording_assessment import spoken

HEADLINE: Final = (
    *("volume", "sla_rate", "resolve_median", "first_response_median"),
    *("verify_median", "overdue_open", "satisfaction", "solved_yes"),
)
CARD: Final = ("volume", "overdue_open", "sla_rate", "resolve_median")
FOLLOWED_UP: Final = ("followup_rate_v1", "followup_rate_v3", "followup_rate_v2")
SERIES: Final = ("volume", "sla_rate", "resolve_median", "verify_ontime", "first_response_median", "satisfaction")
SPREADS: Final = {
    "keadaan": "status_distribution",
    "hasil": "outcome_distribution",
    "hari": "resolve_distribution",
    "tindak-lanjut": "first_response_distribution",
    "nilai": "rating_distribution",
    "arsip": "archive_reasons",
}
# Working days within which one is late for nothing yet: the limits of Permen PANRB 62/2018, and what lies between.
_DAYS: Final = ((0, 5), (6, 14), (15, 30), (31, 60), (61, None))
_RANGES: Final = {"hari", "tindak-lanjut"}
# Fewer reports than this say nothing of an office: no rate is shown.
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a distribution: what, how many, its share of all, and the reports behind it where they are public."""

    code: str
    label: str
    n: int
    part: float
    href: str = ""

    @property
    def bar(self) -> Any:
        """Return the share as a bar."""
        return charts.bar(self.part)

    @property
    def share(self) -> str:
        """Return the share in words."""
        return persen(self.part, 1)


def codes() -> list[str]:
    """Return every formula that is computed of reports."""
    return [
        code
        for code, one in formulas.newest().items()
        if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE
    ]


def listed(place: Place, period: Period, **more: str) -> str:
    """Return the list of the published reports behind a figure; '' where no list can be narrowed so."""
    if place.listed is None:
        return ""
    days = {"diterima-dari": period.first.isoformat(), "diterima-sampai": period.last.isoformat()}
    return f"{reverse('public:reports')}?{urlencode({**dict(place.listed), **more, **days})}"


def csv(name: str, place: Place, span: Span, **more: str) -> str:
    """Return the address of a file with the same parameters."""
    values = {NAME: place.code} if place.code else {}
    return f"{reverse(f'public:{name}')}?{urlencode({**values, **dict(span.values), **more})}"


def card(figure: Figure) -> dict[str, Any]:
    """Return a figure as it is told: its name, number, cases, interval and formula."""
    formula = formulas.newest()[figure.code]
    return {
        "name": spoken(formula.names),
        "value": said.value(figure),
        "number": said.number(figure),
        "unit": said.UNIT[figure.unit],
        "is_known": figure.shown is not None,
        "standing": said.standing(figure),
        "interval": said.interval(figure),
        "whisker": charts.whisker(figure.low, figure.shown, figure.high),
        "key": figure.key,
        "href": reverse("public:formula", args=[figure.code]),
        "definition": spoken(formula.definitions),
        "source": formula.source,
        "is_high": formula.warning is not None and figure.shown is not None and figure.shown > formula.warning,
    }


def lines(name: str, figure: Figure, place: Place, period: Period) -> list[Line]:
    """Return the lines of a distribution in the order in which they are read, each with the reports behind it."""
    found = dict(figure.spread)
    total = sum(found.values()) or 1
    if name in _RANGES:
        rows = [(code, words, sum(found.get(str(day), 0) for day in days)) for code, words, days in _ranges(found)]
    else:
        rows = [(code, words, found.get(code, 0)) for code, words in _words(name, found)]
    return [
        Line(code, words, n, n / total, listed(place, period, **more) if (more := _narrowed(name, code)) and n else "")
        for code, words, n in rows
    ]


def _ranges(found: Mapping[str, int]) -> Iterator[tuple[str, str, range]]:
    longest = max((int(day) for day in found), default=0)
    for first, last in _DAYS:
        if last is None:
            yield f"{first}+", _("lebih dari %(days)s hari kerja") % {"days": first - 1}, range(first, longest + 1)
        else:
            words = _("%(first)s sampai %(last)s hari kerja") % {"first": first, "last": last}
            yield f"{first}-{last}", words, range(first, last + 1)


def _words(name: str, found: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    match name:
        case "keadaan":
            return [(code.value, str(words)) for code, words in wording.FAMILY.items()]
        case "hasil":
            known = {code.value: str(words) for code, words in wording.OUTCOME.items()}
        case "arsip":
            known = {code.value: str(words) for code, words in wording.ARCHIVE_REASON.items()}
        case _:
            return [(code, str(words)) for code, words in said.RATING.items()]
    ordered = sorted(found, key=lambda code: -found[code])
    return [(code, known.get(code, str(said.NOT_KNOWN))) for code in ordered]


# Of those without an office only what was returned is public, so their number has no list.
_PUBLIC: Final = {spec.family.value for spec in STATUSES.values() if spec.stays_public} - {Family.UNVERIFIED.value}
_OUTCOMES: Final = {code.value for code in Outcome if code != Outcome.WITHDRAWN}


def _narrowed(name: str, code: str) -> dict[str, str]:
    """Return what narrows the list of reports to a line; nothing where no list can say it."""
    if name == "keadaan" and code in _PUBLIC:
        return {"status": code}
    if name == "hasil" and code in _OUTCOMES:
        return {"hasil": code}
    return {}


_DRAWN: Final = {"volume": charts.columns}
_OF_A_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Chart:
    """One formula month by month: a picture, and the same as a table."""

    name: str
    unit: Any
    key: str
    href: str
    picture: Any
    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[Sequence[str]]


def monthly(found: Mapping[str, Mapping[str, Figure]], wanted: Iterable[str] = SERIES) -> list[Chart]:
    """Return formulas month by month, each drawn small."""
    return [_chart(formulas.newest()[code], {month: row[code] for month, row in found.items()}) for code in wanted]


def _chart(formula: Indicator, found: Mapping[str, Figure]) -> Chart:
    days = {month: date.fromisoformat(f"{month}-01") for month in found}
    points = [
        charts.Point(bulan_pendek(days[month]), one.shown, said.number(one), one.low, one.high)
        for month, one in found.items()
    ]
    name = spoken(formula.names)
    words = f"{name}, {said.UNIT[formula.unit]}: {bulan(min(days.values()))} – {bulan(max(days.values()))}"
    draw = _DRAWN.get(formula.code)
    if draw is not None:
        picture = draw(words, points)
    else:
        picture = charts.line(words, points, Decimal(_OF_A_HUNDRED) if formula.kind == Kind.RATIO else None)
    has_interval = formula.kind == Kind.RATIO
    heads = [_("Bulan"), f"{name} ({said.UNIT[formula.unit]})", *([_("Selang 95 %")] if has_interval else []), "n"]
    rows = [
        [bulan(days[month]), said.number(one), *([said.interval(one)] if has_interval else []), angka(one.n)]
        for month, one in found.items()
    ]
    columns = [{"label": head, "number": at > 0} for at, head in enumerate(heads)]
    href = reverse("public:formula", args=[formula.code])
    return Chart(name, said.UNIT[formula.unit], formula.key, href, picture, columns, rows)


_STANDING: Final = {code.value: words for code, words in wording.FAMILY.items()}


def per_heads(place: Place, volume: int) -> str:
    """Return how many reports come to 10,000 inhabitants of an area, in words; '' where that is not known."""
    shown = figures.per_heads(volume, place.population)
    if shown is None:
        return ""
    words = {"number": angka(float(shown), figures.PLACES), "population": angka(place.population)}
    return _("%(number)s laporan per 10.000 penduduk (penduduk: %(population)s).") % words


def secret(place: Place, period: Period) -> list[tuple[str, int]]:
    """Return how many secret reports of closed months are told of a place, by standing."""
    if place.scope.kind not in {"nation", "agency", "province"}:
        return []
    found = indicators.secret_counts(place.scope.kind, place.scope.places, period)
    counts = found.get(place.scope.places[0], {})
    return [(str(words), counts[code]) for code, words in _STANDING.items() if code in counts]


def whole(place: Place, chosen: Span, *, is_whole: bool) -> dict[str, Any]:
    """Return all that a page tells of a place but its breakdowns, which are another module's."""
    covered = indicators.covered(place.scope, chosen.period)
    found = indicators.told(place.scope, chosen.period, codes())
    cards = {code: card(figure) for code, figure in found.items()}
    spreads = {name: lines(name, found[code], place, covered) for name, code in SPREADS.items()}
    volume = found["volume"].n
    return {
        "place": place,
        "chosen": chosen,
        "covered": covered,
        "volume": volume,
        "is_enough": volume >= FEWEST,
        "headline": [cards[code] for code in HEADLINE],
        "per_heads": per_heads(place, volume),
        "followed": [cards[code] for code in FOLLOWED_UP],
        "spreads": {name: [line for line in found if line.n or name == "keadaan"] for name, found in spreads.items()},
        "heads": {name: cards[code] for name, code in SPREADS.items()},
        "charts": monthly(indicators.series(place.scope, chosen.year, SERIES)),
        "every": list(cards.values()) if is_whole else [],
        "secret": secret(place, chosen.period),
        "list": listed(place, covered),
        "files": {name: csv("statistics_csv", place, chosen, bagian=name) for name in FILES},
        "cases": csv("cases", place, chosen) if place.listed is not None else "",
        "more": "" if is_whole else csv("statistics", place, chosen),
    }


def few(place: Place, chosen: Span) -> list[dict[str, Any]]:
    """Return what a card tells of a place; nothing where there is too little to tell."""
    found = indicators.told(place.scope, chosen.period, CARD)
    return [card(found[code]) for code in CARD] if found["volume"].n >= FEWEST else []


# What a file can be asked for, beside the breakdowns: every formula, the months, and the distributions.
FILES: Final = ("angka", "bulan", *SPREADS)

# The columns of a file of figures; one row says all about itself.
HEADINGS: Final = (
    *(lazy("Cakupan"), lazy("Dari"), lazy("Sampai"), lazy("Rumus"), lazy("Versi"), lazy("Nama"), lazy("Satuan")),
    *(lazy("Nilai"), lazy("Pembilang"), "n", lazy("Batas bawah 95 %"), lazy("Batas atas 95 %")),
    lazy("Tanpa angka karena"),
)


def row(place: str, period: Period, figure: Figure) -> list[Any]:
    """Return a figure as a row of a file, with a full stop in its numbers."""
    formula = formulas.newest()[figure.code]
    numbers = [figure.shown, figure.numerator, figure.n, figure.low, figure.high]
    return [
        *(place, period.first.isoformat(), period.last.isoformat(), figure.code, figure.version),
        *(spoken(formula.names), str(said.UNIT[figure.unit])),
        *("" if one is None else one if isinstance(one, int) else str(one) for one in numbers),
        said.standing(figure) if figure.silence else "",
    ]


def names_of(name: str) -> Mapping[str, str]:
    """Return the words of the codes of a distribution, for a file."""
    every: dict[str, Mapping[Any, Any]] = {
        "keadaan": {code: wording.FAMILY[code] for code in Family},
        "hasil": {code: wording.OUTCOME[code] for code in Outcome},
        "arsip": {code: wording.ARCHIVE_REASON[code] for code in ArchiveReason},
    }
    return {code.value: str(words) for code, words in every.get(name, {}).items()}
