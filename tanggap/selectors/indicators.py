"""Read the published figures: from sums by place and month, a constant number of questions, never a report (ADR 0057).

Everyone may know them, so no viewer is asked for. Secret reports are in none of these figures; how many there were is
told apart, in counts that are large enough. What an evaluator sees exactly is `selectors.exact_indicators`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from tanggap.domain import composite, figures, rollups
from tanggap.domain.composite import Index, Sensitivity
from tanggap.domain.figures import Figure, Placed
from tanggap.domain.indicators import Indicator, Kind, Population
from tanggap.domain.periods import Period
from tanggap.domain.rollups import NATION, Tally, add
from tanggap.models import IndicatorCell, IndicatorState, SecretCount
from tanggap.selectors import formulas, standing

# Of these places sums are kept by day; of all others a period is the whole months that it touches.
BY_DAY: Final = frozenset({NATION, "agency"})
# The order of a comparison: on time first, then what reporters say; never by few complaints.
ORDER: Final = ("sla_rate", "satisfaction")
# How many reports of a period make agencies alike in size: from so many on.
BANDS: Final = (0, 30, 300, 3_000)
_RATINGS: Final = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are told of: the nation, or one or more places of a kind taken together.

    Kinds: nation, agency, unit, province, regency, district, category, channel, classification, and two at once
    (`agency_category`, `agency_channel`, `agency_classification`, `regency_category`: `12/jalan`), which know only
    the formulas that are marked `crossed`.
    """

    kind: str = NATION
    places: tuple[str, ...] = ("",)

    @property
    def has_days(self) -> bool:
        """Say whether sums are kept by day."""
        return self.kind in BY_DAY


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a comparison: its figures, its place in the order (None: too few cases), its band of volume."""

    place: str
    figures: Mapping[str, Figure]
    rank: int | None
    band: int


def computed_at() -> datetime | None:
    """Return when the sums were brought up to date last; None before the first time."""
    return IndicatorState.objects.values_list("computed_at", flat=True).first()


def covered(scope: Scope, period: Period) -> Period:
    """Return the days that the figures of a scope are told for when a period is asked for."""
    return period if scope.has_days else period.whole()


def told(scope: Scope, period: Period, codes: Iterable[str], *, on: date | None = None) -> dict[str, Figure]:
    """Return the figures of a scope in a period, by code. `on` is the day from which ages are counted (default: the
    day on which the sums were computed). Raises KeyError for an unknown code.
    """
    tally = rollups.summed(_tallies(scope, period.keys(has_days=scope.has_days)).values())
    return _evaluated(tally, codes, on or _today(), scope.kind)


def series(scope: Scope, period: Period, codes: Iterable[str]) -> dict[str, dict[str, Figure]]:
    """Return the figures of each month that a period touches, by month and code; a month without reports is there."""
    found, wanted, on = _tallies(scope, period.months()), list(codes), _today()
    return {month: _evaluated(found.get(month, {}), wanted, on, scope.kind) for month in period.months()}


def beside(kind: str, places: Iterable[str], period: Period, codes: Iterable[str]) -> dict[str, dict[str, Figure]]:
    """Return the figures of some places, each for itself, by place and code: any formula, for few places."""
    wanted, on = list(codes), _today()
    keys = period.keys(has_days=kind in BY_DAY)
    found = _by_place(kind, list(places), keys)
    return {place: _evaluated(rollups.summed(months.values()), wanted, on, kind) for place, months in found.items()}


def series_beside(
    kind: str, places: Iterable[str], period: Period, codes: Iterable[str]
) -> dict[str, dict[str, dict[str, Figure]]]:
    """Return the figures of each month of some places, by place, month and code."""
    wanted, on, months = list(codes), _today(), period.months()
    found = _by_place(kind, list(places), months)
    return {
        place: {month: _evaluated(known.get(month, {}), wanted, on, kind) for month in months}
        for place, known in found.items()
    }


def daily(scope: Scope, period: Period, codes: Iterable[str]) -> dict[str, dict[str, Figure]]:
    """Return the figures of each day of a period, by day and code: of the nation and of agencies alone."""
    days = [
        (period.first + timedelta(days=place)).isoformat() for place in range((period.last - period.first).days + 1)
    ]
    found, wanted, on = _tallies(scope, days), list(codes), _today()
    return {day: _evaluated(found.get(day, {}), wanted, on, scope.kind) for day in days}


def seen(kind: str, period: Period) -> list[str]:
    """Return the places of a kind (channel, classification) that have reports in the months of a period, by code."""
    rows = IndicatorCell.objects.filter(kind=kind, period__in=period.months())
    return sorted(rows.values_list("place", flat=True).distinct())


def comparison(kind: str, places: Iterable[str], period: Period, codes: Iterable[str]) -> list[Row]:
    """Return places of one kind with their figures, ranked by the first of ORDER, equals by the second.

    Whoever asks gives places that are alike: provinces, regencies, cities, units of a kind. What has too few cases
    comes after the others and has no rank (REQ-38). Only counts, ratios and the mean of ratings can be compared.
    """
    asked = formulas.newest()
    wanted = {code: asked[code] for code in dict.fromkeys((*codes, *ORDER, "volume"))}
    keys = period.keys(has_days=kind in BY_DAY)
    counted = _compared(kind, sorted(set(places)), keys, wanted.values())
    on = _today()
    rows = {
        place: {code: rollups.figure(one, tally, on=on, kind=kind) for code, one in wanted.items()}
        for place, tally in counted.items()
    }
    first, second = (asked[code] for code in ORDER)
    by_second = figures.ranked(second, [(place, row[second.code]) for place, row in rows.items()])
    placed = figures.ranked(first, [(one.key, rows[one.key][first.code]) for one in by_second])
    return [Row(one.key, rows[one.key], one.rank, _band(rows[one.key]["volume"].n)) for one in placed]


def in_bands(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Return the rows of a comparison by their band of volume, the largest first, each band with its own ranks."""
    first, second = (formulas.newest()[code] for code in ORDER)
    found = []
    for band in sorted({row.band for row in rows}, reverse=True):
        alike = {row.place: row for row in rows if row.band == band}
        by_second = figures.ranked(second, [(place, row.figures[second.code]) for place, row in alike.items()])
        placed = figures.ranked(first, [(one.key, alike[one.key].figures[first.code]) for one in by_second])
        found.append((band, [replace(alike[one.key], rank=one.rank) for one in placed]))
    return found


def ranked(code: str, rows: Iterable[Row]) -> list[Placed[str]]:
    """Return the rows of a comparison in the order of another formula."""
    return figures.ranked(formulas.newest()[code], [(row.place, row.figures[code]) for row in rows])


def of_agencies(ids: Iterable[int], on: date) -> dict[str, Figure]:
    """Return the figures over some agencies on a day: who has a valid decree, whose admins were there."""
    rows = [standing.row for standing in standing.of(ids, on)]
    return {
        code: figures.from_rows(one, rows, on=on)
        for code, one in formulas.newest().items()
        if one.population == Population.AGENCIES
    }


def index(ids: Iterable[int], period: Period, on: date) -> tuple[dict[int, Index], dict[int, Sensitivity]]:
    """Return the proposed index of agencies in a period, and how far each rank hangs on the weights."""
    asked = formulas.newest()
    (formula,) = (one for one in asked.values() if one.kind == Kind.COMPOSITE)
    wanted = [part.code for part in formula.parts if asked[part.code].population == Population.REPORTS]
    standings = {one.agency_id: one.row for one in standing.of(ids, on)}
    rows = {row.place: row.figures for row in comparison("agency", map(str, standings), period, wanted)}
    found: dict[int, Index] = {}
    for agency_id, row in standings.items():
        known = dict(rows[str(agency_id)])
        for part in formula.parts:
            if asked[part.code].population == Population.AGENCIES:
                known[part.code] = figures.from_rows(asked[part.code], [row], on=on)
        found[agency_id] = composite.of(formula, known)
    return found, composite.sensitivity(formula, found)


def secret_counts(kind: str, places: Iterable[str], period: Period) -> dict[str, dict[str, int]]:
    """Return how many secret reports of a period are told of places (agency, province, nation), by place and family.

    Of months that are closed, and in counts of five or more only; smaller ones are in those one tier up.
    """
    rows = SecretCount.objects.filter(kind=kind, place__in=list(places), period__in=period.months())
    found: dict[str, dict[str, int]] = {}
    for place, family, n in rows.values_list("place", "family", "n"):
        add(found.setdefault(place, {}), {family: n})
    return found


def _evaluated(tally: Mapping[str, int], codes: Iterable[str], on: date, kind: str) -> dict[str, Figure]:
    asked = formulas.newest()
    return {code: rollups.figure(asked[code], tally, on=on, kind=kind) for code in codes}


def _today() -> date:
    """Return the day on which the sums were computed: ages and lateness are those of that moment."""
    moment = computed_at()
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if moment else date.min


_TALLIES: Final = (
    "SELECT period, tally FROM tanggap_indicatorcell WHERE kind = %s AND place = ANY(%s) AND period = ANY(%s)"
)


def _tallies(scope: Scope, keys: Sequence[str]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [scope.kind, list(scope.places), list(keys)])
        for period, tally in cursor.fetchall():
            add(found.setdefault(period, {}), json.loads(tally))
    return found


_BY_PLACE: Final = (
    "SELECT place, period, tally FROM tanggap_indicatorcell WHERE kind = %s AND place = ANY(%s) AND period = ANY(%s)"
)


def _by_place(kind: str, places: Sequence[str], keys: Sequence[str]) -> dict[str, dict[str, Tally]]:
    found: dict[str, dict[str, Tally]] = {place: {} for place in places}
    with connection.cursor() as cursor:
        cursor.execute(_BY_PLACE, [kind, list(places), list(keys)])
        for place, period, tally in cursor.fetchall():
            found[place][period] = json.loads(tally)
    return found


def _compared(kind: str, places: Sequence[str], keys: Sequence[str], wanted: Iterable[Indicator]) -> dict[str, Tally]:
    """Return what some formulas count of many places: the database adds up the few measures that are asked for."""
    measures = sorted({name for one in wanted for name in _measures(one)})
    sums = ", ".join("sum((tally ->> %s)::bigint)" for _name in measures)
    found: dict[str, Tally] = {place: {} for place in places}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, {sums} FROM tanggap_indicatorcell"  # noqa: S608 - placeholders alone
            " WHERE kind = %s AND period = ANY(%s) AND place = ANY(%s) GROUP BY place",
            [*measures, kind, list(keys), list(places)],
        )
        for place, *numbers in cursor.fetchall():
            found[place] = {name: int(n) for name, n in zip(measures, numbers, strict=True) if n}
    return found


def _measures(one: Indicator) -> list[str]:
    if one.numerator is not None:
        return [one.of_key, one.numerator_key]
    if one.kind == Kind.COUNT:
        return [one.of_key]
    if one.value == "rating":
        return [f"{one.of_key}:{rating}" for rating in _RATINGS]
    raise ValueError(f"{one.key} is not compared between places: read it of each place.")


def _band(volume: int) -> int:
    return max(bound for bound in BANDS if bound <= volume)
