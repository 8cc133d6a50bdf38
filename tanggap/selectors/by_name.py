"""Find reference data by what a sheet calls it: exactly, or not at all. Public data, so no viewer is asked for.

Made once for an import, which asks the same few names thousands of times.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tanggap.domain.imports import Problem, bare
from tanggap.domain.intake import Fault
from tanggap.models import Agency, Area, Category, Unit, UnitName

type Unclear = Fault | Problem


@dataclass(frozen=True, slots=True)
class Office:
    """An agency, or a unit in it, and whether it still is."""

    agency_id: int
    unit_id: int | None = None
    is_active: bool = True


@dataclass(slots=True)
class ByName:
    """What is known by code, slug and name."""

    categories: dict[str, set[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, set[int]] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    national: int = 0  # the queue of what has no other agency
    units: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    slugs: dict[str, Office] = field(default_factory=dict)
    offices: dict[int, Office] = field(default_factory=dict)
    areas: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    area_codes: dict[str, bool] = field(default_factory=dict)

    def category(self, code: str, name: str) -> str | Unclear | None:
        """Return the code of a category: by its own code or the number of SP4N-LAPOR!, else by its name."""
        if not code and not name:
            return None
        if found := self.codes.get(bare(code)):
            return found
        return _one(self.categories.get(bare(name), set())) if name else Fault.UNKNOWN

    def agency(self, name: str) -> int | Unclear:
        """Return an agency by its name, its short name or its slug."""
        return _one(self.agencies.get(bare(name), set()))

    def office(self, agency_id: int, slug: str, name: str) -> Office | Unclear:
        """Return an office of an agency: the agency itself where nothing, or its own name, is said."""
        known = self.slugs.get(bare(slug))
        if known is not None:
            return known if known.agency_id == agency_id else Problem.OTHER_AGENCY
        if not name or agency_id in self.agencies.get(bare(name), set()):
            return Office(agency_id, None, agency_id not in self.ended)
        found = _one(self.units.get((agency_id, bare(name)), set()))
        return self.offices[found] if isinstance(found, int) else found

    def area(self, names: Sequence[str]) -> str | Unclear | None:
        """Return the code of an area by the names from the province down; what is empty ends the way."""
        code = ""
        for name in names:
            if not name:
                break
            below = self._below(code)
            found = _one(below.get(bare(name)) or below.get(bare(name).replace("kab. ", "kabupaten ")) or ())
            if found in set(Fault) | set(Problem):
                return found
            code = found
        return code or None

    def has_area(self, code: str) -> bool:
        """Say whether there is an area with this code."""
        if code not in self.area_codes:
            self.area_codes[code] = Area.objects.filter(pk=code).exists()
        return self.area_codes[code]

    def _below(self, code: str) -> dict[str, set[str]]:
        if code not in self.areas:
            rows = Area.objects.filter(parent_id=code or None).values_list("code", "name", "valid_to")
            now: dict[str, set[str]] = defaultdict(set)
            before: dict[str, set[str]] = defaultdict(set)
            for pk, name, until in rows:
                (now if until is None else before)[bare(name)].add(pk)
            self.areas[code] = {**before, **now}
        return self.areas[code]


def _one[T](found: Iterable[T]) -> T | Unclear:
    """Return the one that a name means; of two nobody guesses."""
    some = list(found)
    if len(some) > 1:
        return Problem.TWO_MEANINGS
    return some[0] if some else Fault.UNKNOWN


def read() -> ByName:
    """Read all that has a name but the areas, which are read as they are asked for."""
    made = ByName()
    _read_categories(made)
    _read_agencies(made)
    _read_units(made)
    return made


def _read_categories(made: ByName) -> None:
    active: dict[str, set[str]] = defaultdict(set)
    over: dict[str, set[str]] = defaultdict(set)
    for code, name, number, until in Category.objects.values_list("code", "name", "sp4n_id", "active_to"):
        made.codes[bare(code)] = code
        if number is not None:
            made.codes[str(number)] = code
        (active if until is None else over)[bare(name)].add(code)
    made.categories = {**over, **active}


def _read_agencies(made: ByName) -> None:
    named: dict[str, set[int]] = defaultdict(set)
    columns = ("pk", "slug", "name", "short_name", "kind", "valid_to")
    for pk, slug, name, short, kind, until in Agency.objects.values_list(*columns):
        if kind == "national" and until is None:
            made.national = pk
        made.slugs[bare(slug)] = Office(pk, None, until is None)
        for said in {bare(slug), bare(name), bare(short)} - {""}:
            named[said].add(pk)
        if until is not None:
            made.ended.add(pk)
    made.agencies = dict(named)


def _read_units(made: ByName) -> None:
    now: dict[tuple[int, str], set[int]] = defaultdict(set)
    before: dict[tuple[int, str], set[int]] = defaultdict(set)
    columns = ("pk", "agency_id", "agency__slug", "slug", "name", "short_name", "valid_to")
    for pk, agency, home, slug, name, short, until in Unit.objects.values_list(*columns):
        made.offices[pk] = made.slugs[bare(f"{home}/{slug}")] = Office(agency, pk, until is None)
        for said in {bare(name), bare(short)} - {""}:
            (now if until is None else before)[agency, said].add(pk)
    for pk, agency, name in UnitName.objects.values_list("unit_id", "unit__agency_id", "name"):
        before[agency, bare(name)].add(pk)
    made.units = {**before, **now}
