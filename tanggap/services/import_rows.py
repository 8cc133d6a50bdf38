"""What every row of a sheet is judged with, and what a judged row is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from tanggap.domain.actors import Officer
from tanggap.domain.imports import PERSONAL, Kind, Problem, bare
from tanggap.domain.intake import Fault
from tanggap.domain.limits import NoPolicyError
from tanggap.selectors import by_name, policies
from tanggap.selectors.by_name import ByName, Office
from tanggap.services import keys

type Issue = tuple[str, Fault | Problem]  # the heading, and what is wrong under it

CATEGORY: Final = "category"
OFFICE: Final = "office"
NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows of one sheet have in common: who brings them, for which agency (None: any), and what has a name."""

    kind: Kind
    actor: Officer
    agency_id: int | None
    now: datetime
    # What an officer said that names mean which nobody here has: of categories and of offices.
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: ByName = field(default_factory=by_name.read)

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which a sheet writes its days."""
        return ZoneInfo(settings.TIME_ZONE)

    @property
    def today(self) -> date:
        """Return the day of the import."""
        return self.now.astimezone(self.zone).date()

    def category(self, code: str, name: str) -> str | Fault | Problem | None:
        """Return the category of a row: as its name says, or as an officer said that it means; '-' is none."""
        found = self.names.category(code, name)
        if isinstance(found, Fault | Problem) and (meant := self.meanings.get(CATEGORY, {}).get(bare(name))):
            return None if meant == NOTHING else self.names.category(meant, "")
        return found

    def office(self, agency_id: int, slug: str, name: str, *, must_be: bool) -> Office | Fault | Problem:
        """Return the office of a row: as its name says, or as an officer said that it means; '-' is the agency.

        One that is no more does not do where it `must_be`: somebody has to work there.
        """
        found = self.names.office(agency_id, slug, name)
        does = isinstance(found, Office) and (found.is_active or not must_be)
        if not does and (meant := self.meanings.get(OFFICE, {}).get(bare(name))):
            found = self.names.office(agency_id, "" if meant == NOTHING else meant, "")
        if isinstance(found, Office) and must_be and not (found.is_active and agency_id not in self.names.ended):
            return Problem.OFFICE_ENDED
        return found

    def has_rules(self, agency_id: int | None, on: date) -> bool:
        """Say whether time limits are known that were in force on a day."""
        try:
            policies.in_force(agency_id, on)
        except NoPolicyError:
            return False
        return True


@dataclass(slots=True)
class Reading:
    """A row while it is read: its cells by heading, and what is wrong with them."""

    cells: Mapping[str, str]
    issues: list[Issue] = field(default_factory=list)

    def take[T](self, heading: str, read: Callable[[str], T | None], code: Fault | Problem) -> T | None:
        """Return what a cell says, noting what is wrong where that is nothing."""
        found = read(self.cells[heading])
        if found is None:
            self.wrong(heading, code)
        return found

    def wrong(self, heading: str, code: Fault | Problem) -> None:
        """Note what is wrong with a cell; the first word on it counts."""
        if heading not in dict(self.issues):
            self.issues.append((heading, code))

    def sure[T](self, heading: str, found: T | Fault | Problem) -> T | None:
        """Return what was found, noting a fault where it is one."""
        if isinstance(found, Fault | Problem):
            self.wrong(heading, found)
            return None
        return found


def key_of(
    kind: Kind, agency_id: int, reference: str, cells: Mapping[str, str], *, unit_id: int | None = None
) -> bytes:
    """Return under which key a row is taken once: an office and its own reference, or else all that the row says.

    Of the person a trace of two bytes goes into it: enough to tell two letters of the same words apart, too little to
    find out by trying who wrote one, also once the identity was erased.
    """
    if not reference:
        trace = keys.row_print(_said(cells, is_personal=True))[:2]
        reference = f"row {content_of(cells).hex()} {trace.hex()}"
    elif unit_id is not None:  # each unit keeps a book of its own, and all of them begin with 1
        return f"import:{kind}:{agency_id}/{unit_id}:{reference}".encode()
    return f"import:{kind}:{agency_id}:{reference}".encode()


def content_of(cells: Mapping[str, str]) -> bytes:
    """Return the keyed hash of all that a row says but of the person."""
    return keys.row_print(_said(cells, is_personal=False))


def _said(cells: Mapping[str, str], *, is_personal: bool) -> str:
    said = {heading: cell for heading, cell in cells.items() if cell and (heading in PERSONAL) is is_personal}
    return json.dumps(said, sort_keys=True, ensure_ascii=False)
