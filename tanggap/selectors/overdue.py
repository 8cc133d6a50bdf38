"""What is late, by clock, office and age: counted over the index of late reports alone, within what the viewer sees."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from tanggap.domain import queues
from tanggap.domain.actors import (
    AgencyAdmin,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Officer,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    UnitAdmin,
    Watcher,
)
from tanggap.domain.clocks import Clock
from tanggap.domain.lateness import Range
from tanggap.models import Report
from tanggap.selectors import oversight
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import NO_UNIT, Filters


@dataclass(frozen=True, slots=True)
class Line:
    """The late reports of one place under one clock: of an agency, or of a unit (NO_UNIT: what no unit has)."""

    place_id: int
    clock: Clock
    counts: tuple[int, ...]  # by band

    @property
    def total(self) -> int:
        """Return how many there are of all ages."""
        return sum(self.counts)


def is_of_agencies(viewer: Officer | Watcher) -> bool:
    """Say whether a viewer looks after agencies; others look after the units of one."""
    return isinstance(viewer, NationalAdmin | RegionalOverseer | Overseer)


def board(*, viewer: Officer | Watcher, ranges: tuple[Range, ...]) -> list[Line]:
    """Return the lines of the board, the fullest first. The rows are those of the list behind each number."""
    place = "owner_agency_id" if is_of_agencies(viewer) else Coalesce("owner_unit_id", NO_UNIT)
    counts = {f"n{at}": Count("pk", filter=lists.due_between(one.since, one.until)) for at, one in enumerate(ranges)}
    found = _late(viewer).order_by().values_list(place, "due_clock").annotate(**counts)
    lines = [Line(place_id, Clock(clock), tuple(numbers)) for place_id, clock, *numbers in found]
    return sorted(lines, key=lambda line: (-line.total, line.place_id, line.clock.value))


_OF_WATCHER: Final = oversight.Filters(is_overdue=True)


def _late(viewer: Officer | Watcher) -> QuerySet[Report]:
    """Return the late reports that a viewer's list holds: of secret ones only who has their office sees a number."""
    match viewer:
        case NationalAdmin():
            return lists.rows_of(viewer, Filters(queue=queues.EVERYWHERE, is_overdue=True))
        case AgencyAdmin() | UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            return lists.rows_of(viewer, Filters(queue=queues.OWN, is_overdue=True))
        case Head() | RegionalOverseer() | Overseer():
            return oversight.rows_of(viewer, _OF_WATCHER)
        case Evaluator() | Ombudsman():
            return Report.objects.none()
