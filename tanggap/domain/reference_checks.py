"""What rows of reference data must say of each other: known parents, no doubles, no circles, at most fifteen groups."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tanggap.domain.reference import BadRowsError, Problem
from tanggap.domain.reference_rows import (
    GOVERNMENTS,
    AgencyKind,
    AgencyRow,
    AreaRow,
    Authority,
    CategoryRow,
    DayRow,
    GroupRow,
    LimitRow,
    OversightRow,
    PointRow,
    PolicyRow,
    RoutingRow,
    Row,
    UnitRow,
)

MOST_GROUPS = 15  # a citizen reads them all before choosing

FILES: dict[str, type[Row]] = {
    "area_points.csv": PointRow,
    "agencies.csv": AgencyRow,
    "units.csv": UnitRow,
    "oversight.csv": OversightRow,
    "category_groups.csv": GroupRow,
    "categories.csv": CategoryRow,
    "policies.csv": PolicyRow,
    "time_limits.csv": LimitRow,
    "holidays.csv": DayRow,
    "routing_rules.csv": RoutingRow,
}


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data, read and not yet loaded."""

    code_book: str
    areas: tuple[AreaRow, ...]
    points: tuple[PointRow, ...]
    agencies: tuple[AgencyRow, ...]
    units: tuple[UnitRow, ...]
    oversight: tuple[OversightRow, ...]
    groups: tuple[GroupRow, ...]
    categories: tuple[CategoryRow, ...]
    policies: tuple[PolicyRow, ...]
    limits: tuple[LimitRow, ...]
    days: tuple[DayRow, ...]
    rules: tuple[RoutingRow, ...] = ()


def check(reference: Reference) -> None:
    """Raise BadRowsError naming every row that contradicts another one."""
    problems = [*_areas(reference), *_organisation(reference), *_categories(reference), *_policies(reference)]
    problems += _routing(reference)
    problems += _doubles("holidays.csv", reference.days, lambda row: row.day)
    if problems:
        raise BadRowsError(problems)


def _doubles[R: Row](file: str, rows: Iterable[R], key: Callable[[R], object]) -> Iterator[Problem]:
    seen: dict[object, int] = {}
    for row in rows:
        if (first := seen.setdefault(key(row), row.line)) != row.line:
            yield Problem(file, row.line, f"the same as line {first}")


def _period(file: str, row: Row, begin: date, end: date | None) -> Iterator[Problem]:
    if end is not None and end < begin:
        yield Problem(file, row.line, f"ends on {end}, before it begins on {begin}")


def _circles(parents: Mapping[str, str]) -> set[str]:
    """Return the keys that reach themselves by their parents."""
    caught = set()
    for key in parents:
        walked = {key}
        above = parents[key]
        while above in parents and above not in walked:
            walked.add(above)
            above = parents[above]
        if above == key:
            caught.add(key)
    return caught


def _areas(reference: Reference) -> Iterator[Problem]:
    known = {area.code for area in reference.areas}
    counted = Counter(area.code for area in reference.areas)
    # The code book is a library's: it has no lines, so its rows are named by their place.
    for place, area in enumerate(reference.areas, 1):
        if counted[area.code] > 1:
            yield Problem("areas", place, f"{area.code} stands {counted[area.code]} times")
        if area.parent and area.parent not in known:
            yield Problem("areas", place, f"{area.code} lies in the unknown area {area.parent}")
    yield from _doubles("area_points.csv", reference.points, lambda row: row.code)
    for point in reference.points:
        if point.code not in known:
            yield Problem("area_points.csv", point.line, f"the area {point.code} is not known")


def _organisation(reference: Reference) -> Iterator[Problem]:
    agencies = {row.slug for row in reference.agencies}
    yield from _agencies(reference)
    yield from _units(reference, agencies)
    yield from _oversight(reference, agencies)


def _agencies(reference: Reference) -> Iterator[Problem]:
    areas = {area.code for area in reference.areas}
    yield from _doubles("agencies.csv", reference.agencies, lambda row: row.slug)
    for row in reference.agencies:
        yield from _period("agencies.csv", row, row.valid_from, row.valid_to)
        if row.area and row.area not in areas:
            yield Problem("agencies.csv", row.line, f"the area {row.area} is not known")
        if (row.kind in GOVERNMENTS) != bool(row.area):
            yield Problem("agencies.csv", row.line, "a government has an area, and only a government")
    national = [row for row in reference.agencies if row.kind == AgencyKind.NATIONAL and row.valid_to is None]
    if len(national) != 1:
        line = national[1].line if national else 1
        yield Problem("agencies.csv", line, f"there must be one national queue, not {len(national)}")


def _oversight(reference: Reference, agencies: set[str]) -> Iterator[Problem]:
    yield from _doubles("oversight.csv", reference.oversight, lambda row: (row.overseer, row.overseen, row.valid_from))
    for edge in reference.oversight:
        yield from _period("oversight.csv", edge, edge.valid_from, edge.valid_to)
        for slug in (edge.overseer, edge.overseen):
            if slug not in agencies:
                yield Problem("oversight.csv", edge.line, f"the agency {slug} is not known")
        if edge.overseer == edge.overseen:
            yield Problem("oversight.csv", edge.line, f"{edge.overseer} cannot oversee itself")


def _units(reference: Reference, agencies: set[str]) -> Iterator[Problem]:
    yield from _doubles("units.csv", reference.units, lambda row: (row.agency, row.slug))
    own = {f"{row.agency}/{row.slug}" for row in reference.units}
    parents = {f"{row.agency}/{row.slug}": f"{row.agency}/{row.parent}" for row in reference.units if row.parent}
    circles = _circles(parents)
    for row in reference.units:
        yield from _period("units.csv", row, row.valid_from, row.valid_to)
        if row.agency not in agencies:
            yield Problem("units.csv", row.line, f"the agency {row.agency} is not known")
        if row.parent and f"{row.agency}/{row.parent}" not in own:
            yield Problem("units.csv", row.line, f"{row.agency} has no unit {row.parent}")
        if f"{row.agency}/{row.slug}" in circles:
            yield Problem("units.csv", row.line, "stands below itself")


def _categories(reference: Reference) -> Iterator[Problem]:
    groups = {row.code for row in reference.groups}
    known = {row.code for row in reference.categories}
    yield from _doubles("category_groups.csv", reference.groups, lambda row: row.code)
    for extra in reference.groups[MOST_GROUPS:]:
        yield Problem("category_groups.csv", extra.line, f"at most {MOST_GROUPS} groups, or nobody reads them")
    yield from _doubles("categories.csv", reference.categories, lambda row: row.code)
    yield from _doubles("categories.csv", reference.categories, lambda row: (row.parent, row.name.casefold()))
    circles = _circles({row.code: row.parent for row in reference.categories if row.parent})
    for row in reference.categories:
        yield from _period("categories.csv", row, row.active_from, row.active_to)
        if row.parent and row.parent not in known:
            yield Problem("categories.csv", row.line, f"the category {row.parent} is not known")
        if row.group not in groups:
            yield Problem("categories.csv", row.line, f"the group {row.group} is not known")
        if row.code in circles:
            yield Problem("categories.csv", row.line, "stands below itself")
        if not row.parent and not row.name_en:
            yield Problem("categories.csv", row.line, "a top-level category needs an English name")


def _policies(reference: Reference) -> Iterator[Problem]:
    agencies = {row.slug for row in reference.agencies}
    known = {row.code: row for row in reference.policies}
    yield from _doubles("policies.csv", reference.policies, lambda row: row.code)
    circles = _circles({row.code: row.inherits for row in reference.policies if row.inherits})
    for row in reference.policies:
        yield from _period("policies.csv", row, row.valid_from, row.valid_to)
        if row.agency and row.agency not in agencies:
            yield Problem("policies.csv", row.line, f"the agency {row.agency} is not known")
        if row.inherits and row.inherits not in known:
            yield Problem("policies.csv", row.line, f"the policy {row.inherits} is not known")
        if row.code in circles:
            yield Problem("policies.csv", row.line, "inherits from itself")
    yield from _overlaps(reference.policies)
    yield from _doubles(
        "time_limits.csv",
        reference.limits,
        lambda row: (row.policy, row.clock, row.classification, row.supervisory),
    )
    for limit in reference.limits:
        if limit.policy not in known:
            yield Problem("time_limits.csv", limit.line, f"the policy {limit.policy} is not known")


def _overlaps(policies: Iterable[PolicyRow]) -> Iterator[Problem]:
    """Yield the policies of one scope that are in force on the same day: then nobody knows which counts."""
    ordered = sorted(policies, key=lambda row: (row.agency, row.valid_from))
    for before, after in pairwise(ordered):
        same_scope = before.agency == after.agency
        if same_scope and (before.valid_to is None or before.valid_to >= after.valid_from):
            yield Problem("policies.csv", after.line, f"begins before {before.code} has ended")


def _routing(reference: Reference) -> Iterator[Problem]:
    agencies = {row.slug for row in reference.agencies}
    units = {row.slug for row in reference.units}
    categories = {row.code for row in reference.categories}
    file = "routing_rules.csv"
    yield from _doubles(file, reference.rules, lambda row: row.code)
    for row in reference.rules:
        yield from _period(file, row, row.valid_from, row.valid_to)
        if row.category not in categories:
            yield Problem(file, row.line, f"the category {row.category} is not known")
        if row.agency and row.agency not in agencies:
            yield Problem(file, row.line, f"the agency {row.agency} is not known")
        if bool(row.agency) != (row.authority == Authority.NATIONAL):
            yield Problem(file, row.line, "what is national names its agency, and nothing else does")
        for unit in filter(None, (row.province_unit, row.regency_unit)):
            if unit not in units:
                yield Problem(file, row.line, f"no agency has a unit {unit}")
