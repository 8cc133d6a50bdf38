"""What the map shows: places with their points and how many published reports they have; everyone may know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tanggap.models import Area, MapCount


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map; without a point it stands in the list alone."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    published: int
    open: int
    late: int

    @property
    def share(self) -> float:
        """Return the share of the open reports that are late; 0 where none is open."""
        return self.late / self.open if self.open else 0.0


def places(inside: str, level: str) -> Sequence[Place]:
    """Return the places of a level (district, village) in an area that have reports, most open ones first."""
    counts = {row.code: row for row in MapCount.objects.filter(code__startswith=f"{inside}.", level=level)}
    areas = Area.objects.filter(pk__in=counts).values_list("code", "name", "latitude", "longitude")
    found = [
        Place(code, name, north, east, counts[code].published, counts[code].open, counts[code].late)
        for code, name, north, east in areas
    ]
    return sorted(found, key=lambda place: (-place.open, -place.late, place.name, place.code))


def counted_at() -> datetime | None:
    """Return when the places were counted last; None before the first time."""
    return MapCount.objects.values_list("counted_at", flat=True).first()
