"""What the facts of one report add to the counts of each place and month: sums alone, so that they can be taken back.

A tally maps the key of a measure to how many reports met it (`a1b2c3`), or to how many had which value of a column
(`a1b2c3:17`). Pages read sums of tallies and never a report; every figure is computed from them, exactly.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tanggap.domain import figures
from tanggap.domain.case_facts import Stage
from tanggap.domain.conditions import Row, Test, compiled
from tanggap.domain.figures import Figure
from tanggap.domain.indicators import Indicator, Kind, Population, asks_untold, measure

type Tally = dict[str, int]
type Cell = tuple[str, str, str]  # (kind of place, its id, month `2026-11` or day `2026-11-05`)

NATION: Final = "nation"
_PARTS_OF_AN_AREA: Final = ("province", "regency", "district")


@dataclass(frozen=True, slots=True)
class _Measure:
    key: str
    test: Test | None  # beyond that of its group
    value: str
    is_crossed: bool


@dataclass(slots=True)
class _Group:
    """What is counted of the reports that meet one condition: asked once for all of it."""

    test: Test
    measures: dict[str, _Measure] = field(default_factory=dict)

    def add(self, key: str, test: Test | None, value: str, *, is_crossed: bool) -> None:
        known = self.measures.get(key)
        self.measures[key] = _Measure(key, test, value, is_crossed or (known is not None and known.is_crossed))


class Measures:
    """All that some formulas count, each thing once."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self._by_stage: dict[Stage, dict[str, _Group]] = {}
        self.of_nation: set[str] = set()  # keys of what is counted of no smaller place
        for one in indicators:
            if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE:
                self._add(one)

    def _add(self, one: Indicator) -> None:
        groups = self._by_stage.setdefault(one.stage, {})
        group = groups.setdefault(measure(one.stage, one.of), _Group(compiled(one.of)))
        group.add(one.of_key, None, one.value, is_crossed=one.is_crossed)
        if one.numerator is not None:
            group.add(one.numerator_key, compiled(one.numerator), "", is_crossed=one.is_crossed)
            if one.is_of_nation:
                self.of_nation.add(one.numerator_key)
        if asks_untold(one.of):
            self.of_nation.add(one.of_key)

    @property
    def keys(self) -> list[str]:
        """Return the keys of all measures."""
        groups = (group for groups in self._by_stage.values() for group in groups.values())
        return [key for group in groups for key in group.measures]

    def tallies(self, row: Row) -> tuple[dict[Stage, Tally], dict[Stage, Tally]]:
        """Return what one report adds, by stage: everything, and what is counted by two places at once."""
        whole: dict[Stage, Tally] = {}
        crossed: dict[Stage, Tally] = {}
        for stage, groups in self._by_stage.items():
            found, both = whole.setdefault(stage, {}), crossed.setdefault(stage, {})
            for group in groups.values():
                if group.test(row):
                    _count(group.measures.values(), row, found, both)
        return whole, crossed

    def of_places(self, staged: "_Staged") -> "_Staged":
        """Return tallies without what is told of the nation alone."""
        if all(self.of_nation.isdisjoint(tally) for tally in staged.values()):
            return staged
        return {
            stage: {key: n for key, n in tally.items() if key not in self.of_nation} for stage, tally in staged.items()
        }


def _count(measures: Iterable[_Measure], row: Row, found: Tally, both: Tally) -> None:
    for one in measures:
        if one.test is not None and not one.test(row):
            continue
        key = one.key
        if one.value:
            value = row.get(one.value)
            if value is None:
                continue
            key = f"{key}:{value}"
        found[key] = 1
        if one.is_crossed:
            both[key] = 1


type _Staged = Mapping[Stage, Mapping[str, int]]
type Parts = Iterator[tuple[Cell, Mapping[str, int]]]


def cells(row: Row, measures: Measures) -> Parts:
    """Yield what one report adds to which place, by month; for the nation and for agencies also by day.

    What was never public counts for the nation and for agencies alone: the sums of a district, a category and a
    channel would fit together to the report that it is (ADR 0076).
    """
    return _laid_out(row, *measures.tallies(row), measures)


def secret_cells(row: Row, measures: Measures) -> Parts:
    """Yield what a secret report adds to the exact counts: by agency, unit and month, and nothing that tells more."""
    return _laid_out_secretly(row, measures.tallies(row)[0], measures)


def moved(before: Row, after: Row, measures: Measures) -> Parts | None:
    """Yield what a report adds now beyond what it added before; None where it counts for other places now.

    Both are secret, or neither is.
    """
    if any(before.get(name) != after.get(name) for name in _WHERE):
        return None
    (old, old_crossed), (new, new_crossed) = measures.tallies(before), measures.tallies(after)
    if after["is_secret"]:
        return _laid_out_secretly(after, _between(old, new), measures)
    return _laid_out(after, _between(old, new), _between(old_crossed, new_crossed), measures)


# All that says which places a report counts for.
_WHERE: Final = (
    *("received_on", "channel", "classification", "category", "area", "is_secret", "was_public"),
    *(f"{stage}_{office}" for stage in Stage for office in ("agency", "unit")),
)


def _between(old: _Staged, new: _Staged) -> dict[Stage, Tally]:
    found: dict[Stage, Tally] = {}
    for stage, tally in new.items():
        found[stage] = dict(tally)
        add(found[stage], old[stage], -1)
    return found


def _laid_out(row: Row, whole: _Staged, crossed: _Staged, measures: Measures) -> Parts:
    day = row["received_on"]
    month = day[:7]
    everything = _merged(whole.values())
    yield (NATION, "", month), everything
    yield (NATION, "", day), everything
    whole, crossed = measures.of_places(whole), measures.of_places(crossed)
    yield from _offices(row, whole, crossed)
    if row["was_public"]:
        everything, shared = _merged(whole.values()), _merged(crossed.values())
        for kind, place in _places(row):
            yield (kind, place, month), everything
        for kind, place in _regencies(row):
            yield (kind, place, month), shared


def _offices(row: Row, whole: _Staged, crossed: _Staged) -> Parts:
    day, is_told = row["received_on"], row["was_public"]
    month, crossings = day[:7], list(_crossings(row))
    for stage, tally in whole.items():
        if not tally:
            continue
        agency, unit = row.get(f"{stage}_agency"), row.get(f"{stage}_unit")
        yield ("agency", str(agency), month), tally
        yield ("agency", str(agency), day), tally
        if is_told and unit is not None:
            yield ("unit", str(unit), month), tally
        if is_told and (both := crossed[stage]):
            for kind, other in crossings:
                yield (f"agency_{kind}", f"{agency}/{other}", month), both


def _laid_out_secretly(row: Row, whole: _Staged, measures: Measures) -> Parts:
    month = row["received_on"][:7]
    yield (NATION, "", month), _merged(whole.values())
    for stage, tally in measures.of_places(whole).items():
        yield ("agency", str(row.get(f"{stage}_agency")), month), tally
        if (unit := row.get(f"{stage}_unit")) is not None:
            yield ("unit", str(unit), month), tally


def _places(row: Row) -> Iterator[tuple[str, str]]:
    yield "channel", row["channel"]
    yield "classification", row["classification"]
    if category := row.get("category"):
        yield "category", category
        if (top := _top(category)) != category:
            yield "category", top
    yield from zip(_PARTS_OF_AN_AREA, _areas(row), strict=False)


def _crossings(row: Row) -> Iterator[tuple[str, str]]:
    yield "channel", row["channel"]
    yield "classification", row["classification"]
    if category := row.get("category"):
        yield "category", _top(category)


def _regencies(row: Row) -> Iterator[tuple[str, str]]:
    areas, category = _areas(row), row.get("category")
    if len(areas) > 1 and category:
        yield "regency_category", f"{areas[1]}/{_top(category)}"


def _top(category: str) -> str:
    return category.partition(".")[0]


def _areas(row: Row) -> list[str]:
    parts = (row.get("area") or "").split(".")
    found = [".".join(parts[: depth + 1]) for depth in range(min(len(parts), len(_PARTS_OF_AN_AREA)))]
    return [code for code in found if code]


def _merged(tallies: Iterable[Mapping[str, int]]) -> Tally:
    found: Tally = {}
    for tally in tallies:
        found |= tally  # a measure belongs to one stage, so nothing is lost
    return found


def add(into: Tally, tally: Mapping[str, int], times: int = 1) -> None:
    """Add a tally to another one, so many times; what comes to nothing is dropped."""
    for key, number in tally.items():
        total = into.get(key, 0) + times * number
        if total:
            into[key] = total
        else:
            into.pop(key, None)


def summed(tallies: Iterable[Mapping[str, int]]) -> Tally:
    """Return the sum of tallies."""
    found: Tally = {}
    for tally in tallies:
        add(found, tally)
    return found


def figure(indicator: Indicator, tally: Mapping[str, int], *, on: date, kind: str = NATION) -> Figure:
    """Evaluate a formula on the summed counts of a kind of place.

    Raises ValueError for a composite or one that counts agencies.
    """
    if indicator.population != Population.REPORTS or indicator.kind == Kind.COMPOSITE:
        raise ValueError(f"{indicator.key} is not computed from counts of reports.")
    if indicator.is_of_nation and kind != NATION:
        return figures.untold(indicator)
    key = indicator.of_key
    if indicator.kind == Kind.COUNT:
        return figures.count(indicator, tally.get(key, 0))
    if indicator.numerator is not None:
        return figures.ratio(indicator, tally.get(indicator.numerator_key, 0), tally.get(key, 0))
    start = f"{key}:"
    spread = {name[len(start) :]: number for name, number in tally.items() if name.startswith(start)}
    return figures.of_spread(indicator, spread, on=on)
