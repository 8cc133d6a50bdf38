"""The names of reference data, remembered until a load changes them: lists show hundreds of them a second.

Measured: asking for them with each public list took longer than finding its reports (ADR 0011).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from tanggap.models import Agency, Area, Category, Unit
from tanggap.selectors.areas import codes_of

# A change of the organisation counts as a load does: both only ever grow, and so does their sum.
_VERSIONS = """
SELECT coalesce((SELECT max(id) FROM tanggap_referenceload), 0)
     + coalesce((SELECT max(id) FROM tanggap_administrationentry), 0),
       (SELECT max(id) FROM tanggap_calendarversion)
"""


@dataclass(frozen=True, slots=True)
class Office:
    """An agency or a unit, as a list names it."""

    name: str
    slug: str
    short_name: str
    timezone: str = ""

    @property
    def short(self) -> str:
        """Return the short name, where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Named:
    """A category in both languages; `name_en` may be empty."""

    name: str
    name_en: str


@dataclass(slots=True)
class _Memory:
    agencies: dict[Any, Office] = field(default_factory=dict)
    units: dict[Any, Office] = field(default_factory=dict)
    categories: dict[Any, Named] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    lists: dict[tuple[str, str], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What is known under one load of reference data; what is not known yet is read when it is asked for."""

    load: int
    calendar: int
    memory: _Memory

    def remembered[T](self, what: str, language: str, make: Callable[[], T]) -> T:
        """Return what was made of the reference data before, in a language, or make it now."""
        known = self.memory.lists
        if (what, language) not in known:
            known[what, language] = make()
        made: T = known[what, language]
        return made

    def agency(self, agency_id: int) -> Office:
        """Return an agency. Raises KeyError for an unknown one, as the others do."""
        return _of(self.memory.agencies, agency_id, Agency, Office, "name", "slug", "short_name", "timezone")

    def unit(self, unit_id: int) -> Office:
        """Return a unit."""
        return _of(self.memory.units, unit_id, Unit, Office, "name", "slug", "short_name")

    def category(self, code: str) -> Named:
        """Return a category."""
        return _of(self.memory.categories, code, Category, Named, "name", "name_en")

    def places(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the names of areas and of what they lie in, by code; at most one query."""
        wanted = {part for code in codes for part in codes_of(code)}
        known = self.memory.areas
        if missing := wanted - known.keys():
            known.update(Area.objects.filter(pk__in=missing).values_list("code", "name"))
        return {code: known[code] for code in wanted if code in known}


def current() -> Names:
    """Return the names of the newest load, and the number of the newest calendar, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS)
        load, calendar = cursor.fetchone()
    # Clones of one database count their loads alike.
    return Names(load or 0, calendar or 0, _memory(str(connection.settings_dict["NAME"]), load or 0))


@lru_cache(maxsize=4)
def _memory(_database: str, _load: int) -> _Memory:
    return _Memory()


def _of[T](known: dict[Any, T], key: Any, model: type[Model], made: type[T], *columns: str) -> T:
    """Return what is known under a key; the first question reads the whole table, which is short."""
    if key not in known:
        rows = model._default_manager.all()
        chosen = rows.filter(pk=key) if known else rows
        known.update((row[0], made(*row[1:])) for row in chosen.values_list("pk", *columns))
    return known[key]
