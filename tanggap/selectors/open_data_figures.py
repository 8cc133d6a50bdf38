"""The tables of open data that are computed: figures, ranks, what agencies are judged by, and what rows cannot tell."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import connection

from tanggap.domain import case_facts, rollups
from tanggap.domain.figures import Figure, Silence
from tanggap.domain.indicators import UNTOLD, Indicator, Kind, Population
from tanggap.domain.open_data import Scope
from tanggap.domain.periods import LAST, Period
from tanggap.domain.rollups import Cell, Tally, add
from tanggap.models import Agency, Unit
from tanggap.selectors import formulas, indicators, standing
from tanggap.selectors.indicators import Row as Compared

# Of these every month and year is told, of the others years.
MONTHLY: Final = ("nation", "province", "agency", "unit")
KINDS: Final = (*MONTHLY, "regency", "district", "category", "channel", "classification")
_MONTH: Final = 7  # letters
_YEAR: Final = 4
_BATCH: Final = 2_000
COMPUTED: Final = frozenset({"indicators", "rest", "standings", "rankings"})

type Row = Sequence[Any]

_CELLS: Final = """
SELECT kind, place, period, tally FROM tanggap_indicatorcell
WHERE kind = ANY(%s) AND length(period) = 7 AND (%s::text IS NULL OR period = %s)
    AND (%s::text[] IS NULL OR (kind, place) IN (SELECT * FROM unnest(%s::text[], %s::text[])))
ORDER BY array_position(%s, kind), place COLLATE "C", period
"""
# Not secret, and not public or a stub; or public, with something that rows do not tell, or public since a moment ago.
_REST: Final = """
SELECT fact.facts, publication.is_stub IS FALSE
FROM tanggap_indicatorfact AS fact LEFT JOIN tanggap_publication AS publication USING (report_id)
WHERE NOT fact.is_secret AND (publication.is_stub IS NOT FALSE OR fact.facts ?| %(untold)s
        OR NOT fact.facts ? 'was_public')
    AND (%(first)s::date IS NULL OR fact.received_on BETWEEN %(first)s AND %(last)s)
    AND (%(agency)s::bigint IS NULL OR ARRAY[fact.facts ->> 'received_agency', fact.facts ->> 'verify_agency',
        fact.facts ->> 'followup_agency', fact.facts ->> 'resolve_agency', fact.facts ->> 'now_agency']
        @> ARRAY[%(agency)s::text])
"""


class Figures:
    """What is computed for one package."""

    def __init__(self, scope: Scope, on: date) -> None:
        self.scope, self.on = scope, on
        self.places = _places(scope)
        spans = [] if scope.month else [Period.months_of_last(on, days) for days in LAST]
        self.windows = {span.of_months: frozenset(span.months()) for span in spans}

    def indicators(self) -> Iterator[Row]:
        """Yield every published figure that has a case."""
        asked = [
            one
            for one in formulas.newest().values()
            if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE
        ]
        for (kind, place), rows in groupby(self._cells(), key=lambda row: (row[0], row[1])):
            for period, tally in self._by_period(kind, rows):
                counted = _by_measure(tally)
                for one in asked:
                    # What a formula does not ask for is not shown to it: a sum has hundreds of values.
                    if own := counted.get(one.of_key):
                        both = own | counted.get(one.numerator_key, {})
                        figure = rollups.figure(one, both, on=self.on, kind=kind)
                        if figure.silence != Silence.UNTOLD:
                            yield _told(kind, place, period, one, figure)
        yield from self._of_agencies()

    def _by_period(self, kind: str, rows: Iterable[tuple[str, str, str, Tally]]) -> Iterator[tuple[str, Tally]]:
        """Yield the sums of each month, after those of a year the year's, and last those of the windows."""
        windows: dict[str, Tally] = {}
        for year, months in groupby(rows, key=lambda row: row[2][:_YEAR]):
            whole: Tally = {}
            for _kind, _place, month, tally in months:
                add(whole, tally)
                for name in (name for name, touched in self.windows.items() if month in touched):
                    add(windows.setdefault(name, {}), tally)
                if kind in MONTHLY or self.scope.month:
                    yield month, tally
            if not self.scope.month:
                yield year, whole
        yield from windows.items()

    def _cells(self) -> Iterator[tuple[str, str, str, Tally]]:
        kinds = list(KINDS if not self.places else sorted({kind for kind, _place in self.places}))
        places = list(zip(*self.places, strict=True)) if self.places else [None, None]
        month = self.scope.month or None
        asked = [
            kinds,
            month,
            month,
            places[0] and list(places[0]),
            *(part and list(part) for part in places),
            list(KINDS),
        ]
        with connection.chunked_cursor() as cursor:
            cursor.execute(_CELLS, asked)
            for kind, place, period, tally in cursor:
                yield kind, place, period, json.loads(tally)

    def rest(self) -> Iterator[Row]:
        """Yield what the published sums count beyond the rows of facts."""
        found: dict[Cell, Tally] = {}
        measures = formulas.measures()
        days = self.scope.days
        asked = {
            "untold": list(UNTOLD),
            "first": days.first if days else None,
            "last": days.last if days else None,
            "agency": self.scope.agency_id,
        }
        with connection.chunked_cursor() as cursor:
            cursor.execute(_REST, asked)
            for facts, is_told in cursor:
                row = case_facts.restored(json.loads(facts)).as_row()
                self._add(found, row, measures)
                if is_told:
                    # Whoever reads the row counts it as one that is public, and takes what it does not tell for false.
                    self._add(found, {**row, **dict.fromkeys(UNTOLD, False), "was_public": True}, measures, times=-1)
        for (kind, place, period), tally in sorted(found.items()):
            if tally:
                yield kind, place, period, tally

    def _add(self, found: dict[Cell, Tally], row: dict[str, Any], measures: rollups.Measures, times: int = 1) -> None:
        for cell, tally in rollups.cells(row, measures):
            if cell[0] in KINDS and len(cell[2]) == _MONTH and self._is_mine(cell):
                add(found.setdefault(cell, {}), tally, times)

    def _is_mine(self, cell: Cell) -> bool:
        return not self.places or (cell[0], cell[1]) in self.places

    def standings(self) -> Iterator[Row]:
        """Yield how every agency stands at the end of each period."""
        ids = self._agencies()
        for period in self._periods():
            on = self._last_day(period)
            for one in standing.of(ids, on):
                row = one.row
                yield period, on, one.agency_id, row["kind"], row["area"], row["has_decree"], row["was_active"]

    def rankings(self) -> Iterator[Row]:
        """Yield the rank of each agency among those of its kind, by time kept and by the proposed index."""
        if self.scope.agency:
            return
        kinds: dict[str, list[int]] = {}
        for pk, kind in Agency.objects.exclude(kind="national").order_by("pk").values_list("pk", "kind"):
            kinds.setdefault(kind, []).append(pk)
        for period in self._periods():
            for kind, ids in sorted(kinds.items()):
                code = indicators.ORDER[0]
                rows = indicators.comparison("agency", map(str, ids), Period.named(period), [code])
                rows = [row for row in rows if row.figures["volume"].n]
                yield from self._ranked(kind, rows, period)
                yield from self._indexed(kind, [int(row.place) for row in rows], period)

    def _ranked(self, kind: str, rows: Iterable[Compared], period: str) -> Iterator[Row]:
        code = indicators.ORDER[0]
        formula = formulas.newest()[code]
        for row in rows:
            figure = row.figures[code]
            if figure.n:
                yield kind, period, code, formula.version, row.place, figure.n, figure.shown, row.rank, *[None] * 4

    def _indexed(self, kind: str, ids: Sequence[int], period: str) -> Iterator[Row]:
        if not ids:
            return
        (formula,) = (one for one in formulas.newest().values() if one.kind == Kind.COMPOSITE)
        found, moved = indicators.index(ids, Period.named(period), self._last_day(period))
        for agency, one in found.items():
            if one.figure.value is None:
                continue
            shares = [[share.code, _fraction(share.value), _fraction(share.weight)] for share in one.shares]
            place = moved[agency]
            grade = one.grade.names["id"] if one.grade else None
            yield (kind, period, formula.code, formula.version, agency, one.figure.n, one.figure.shown, place.rank,
                   place.best, place.worst, grade, shares)  # fmt: skip

    def _of_agencies(self) -> Iterator[Row]:
        if self.scope.agency:
            return
        ids = self._agencies()
        for period in self._periods():
            for code, figure in indicators.of_agencies(ids, self._last_day(period)).items():
                if figure.n:
                    yield _told("nation", "", period, formulas.newest()[code], figure)

    def _agencies(self) -> list[int]:
        rows = Agency.objects.exclude(kind="national").order_by("pk")
        own = self.scope.agency_id
        return list((rows if own is None else rows.filter(pk=own)).values_list("pk", flat=True))

    def _periods(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT period FROM tanggap_indicatorcell WHERE kind = 'nation' AND length(period) = 7"
                " AND (%s::text IS NULL OR period = %s) ORDER BY 1",
                [self.scope.month or None] * 2,
            )
            months = [row[0] for row in cursor.fetchall()]
        if self.scope.month:
            return months
        known = [name for name, touched in self.windows.items() if not touched.isdisjoint(months)]
        return months + sorted({month[:_YEAR] for month in months}) + known

    def _last_day(self, period: str) -> date:
        return min(Period.named(period).last, self.on)


def _places(scope: Scope) -> frozenset[tuple[str, str]]:
    """Return the places of which the figures go out; nothing for all of them."""
    if scope.agency_id is None:
        return frozenset()
    units = Unit.objects.filter(agency_id=scope.agency_id).values_list("pk", flat=True)
    return frozenset({("agency", str(scope.agency_id)), *(("unit", str(pk)) for pk in units)})


def _by_measure(tally: Tally) -> dict[str, Tally]:
    """Return what was counted, by the key of its measure."""
    found: dict[str, Tally] = {}
    for name, times in tally.items():
        found.setdefault(name.partition(":")[0], {})[name] = times
    return found


def _told(kind: str, place: str, period: str, one: Indicator, figure: Figure) -> Row:
    denominator = figure.n if one.numerator is not None else None
    silence = figure.silence.value if figure.silence else None
    spread = [list(pair) for pair in figure.spread] or None
    return (kind, place, period, one.code, one.version, figure.n, figure.numerator, denominator, figure.shown, silence,
            figure.low, figure.high, spread)  # fmt: skip


def _fraction(value: Any) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"
