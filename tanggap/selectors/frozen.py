"""Read what was published of a closed period, every version of it. Everyone may know it, so no viewer is asked for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from tanggap.domain import frozen
from tanggap.models import FrozenPeriod


class NotFoundError(LookupError):
    """The period was not closed, or has no such version."""


def versions(period: str) -> QuerySet[FrozenPeriod]:
    """Return the versions of a closed month or year, the newest first; none where it is not closed."""
    return FrozenPeriod.objects.filter(period=period).order_by("-version")


def figures(period: str, kind: str, place: str, *, version: int | None = None) -> dict[str, Any]:
    """Return the figures of a place as they were printed, by code; of the newest version where none is named.

    Raises NotFoundError for a period that is not closed, and for a place that had no report in it.
    """
    found = versions(period) if version is None else versions(period).filter(version=version)
    row = found.first()
    kept = row.figures.filter(kind=kind, place=place).first() if row is not None else None
    if kept is None:
        raise NotFoundError(period)
    told: dict[str, Any] = kept.figures
    return told


def newest(periods: Sequence[str]) -> list[FrozenPeriod]:
    """Return the newest version of each of some periods that are closed, in their order."""
    rows = FrozenPeriod.objects.filter(period__in=periods).order_by("period", "-version")
    return list(rows.distinct("period"))


def of_places(row: FrozenPeriod, kind: str, places: Sequence[str]) -> list[dict[str, Any]]:
    """Return the figures of those of some places that had reports in a closed period."""
    return list(row.figures.filter(kind=kind, place__in=places).order_by("place").values_list("figures", flat=True))


def is_intact(row: FrozenPeriod) -> bool:
    """Say whether what is kept of a version still has its checksum."""
    places = frozen.in_order(row.figures.values_list("kind", "place", "figures"))
    found = frozen.checksum(row.period, row.version, closed_at=row.closed_at, formulas=row.formulas, places=places)
    return found == row.checksum
