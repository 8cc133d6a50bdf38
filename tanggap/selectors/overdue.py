"""What is late, by clock, office and age: counted over the index of late reports alone, within what the viewer sees."""

from dataclasses import dataclass

from django.db.models import Count

from tanggap.domain import queues
from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.domain.clocks import Clock
from tanggap.domain.lateness import Range
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters


@dataclass(frozen=True, slots=True)
class Line:
    """The late reports of one place under one clock: an agency for a national admin, else a unit (None: no unit)."""

    place_id: int | None
    clock: Clock
    counts: tuple[int, ...]  # by band

    @property
    def total(self) -> int:
        """Return how many there are of all ages."""
        return sum(self.counts)


def board(*, viewer: Officer, ranges: tuple[Range, ...]) -> list[Line]:
    """Return the lines of the board, the fullest first. The rows are those of the list behind each number."""
    is_national = isinstance(viewer, NationalAdmin)
    place = "owner_agency_id" if is_national else "owner_unit_id"
    queue = queues.EVERYWHERE if is_national else queues.OWN
    rows = lists.rows_of(viewer, Filters(queue=queue, is_overdue=True))
    counts = {
        f"n{place_}": Count("pk", filter=lists.due_between(one.since, one.until)) for place_, one in enumerate(ranges)
    }
    found = rows.order_by().values_list(place, "due_clock").annotate(**counts)
    lines = [Line(place_id, Clock(clock), tuple(numbers)) for place_id, clock, *numbers in found]
    return sorted(lines, key=lambda line: (-line.total, line.place_id or 0, line.clock.value))
