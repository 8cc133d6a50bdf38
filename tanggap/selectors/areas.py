"""Read the areas. Public reference data: everyone may know it, so no viewer is asked for."""

from collections.abc import Iterable

from django.db.models import QuerySet

from tanggap.models import Area
from tanggap.selectors import prepared


class NotFoundError(LookupError):
    """There is no area with this code."""


def get(code: str) -> Area:
    """Return an area by its code, retired or not. Raises NotFoundError."""
    try:
        return Area.objects.get(pk=code)
    except Area.DoesNotExist as error:
        raise NotFoundError(code) from error


def children(code: str | None = None) -> QuerySet[Area]:
    """Return the areas in force directly inside one, by name; without a code the provinces."""
    return Area.objects.filter(parent_id=code or None, valid_to__isnull=True).order_by("name", "code")


def path(code: str) -> list[Area]:
    """Return the area and what it lies in, province first, in one query. Raises NotFoundError.

    A code holds the codes of what it lies in (`36.01.02.2003` is in `36.01.02`), so the database
    need not be walked.
    """
    if "\0" in code:  # of which no text of the database can be
        raise NotFoundError(code)
    found = sorted(Area.objects.filter(pk__in=codes_of(code)), key=lambda area: len(area.code))
    if not found or found[-1].code != code:
        raise NotFoundError(code)
    return found


def codes_of(code: str) -> list[str]:
    """Return the code and the codes that it lies in, province first; empty for an empty code."""
    parts = code.split(".") if code else []
    return [".".join(parts[: depth + 1]) for depth in range(len(parts))]


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of areas and of all that they lie in, by code, in one query: for lists that show places."""
    wanted = {part for code in codes for part in codes_of(code)}
    asked = "SELECT code, name FROM tanggap_area WHERE code = ANY(%s)"
    return dict(prepared.fetch(asked, [sorted(wanted)])) if wanted else {}


def is_selectable(code: str, *, parent: str | None) -> bool:
    """Say whether an area in force lies directly inside another (None: is a province)."""
    return children(parent).filter(pk=code).exists()


def inside(code: str) -> list[tuple[str, str]]:
    """Return code and name of each area in force that lies in one, the widest first."""
    rows = Area.objects.filter(code__startswith=f"{code}.", valid_to__isnull=True)
    return sorted(rows.values_list("code", "name"), key=lambda row: (row[0].count("."), row[1]))


def points(code: str, level: str) -> list[tuple[str, float, float]]:
    """Return code, latitude and longitude of each area in force of a level that lies in one, where it is known."""
    rows = Area.objects.filter(code__startswith=f"{code}.", level=level, valid_to__isnull=True, latitude__isnull=False)
    known = rows.order_by("code").values_list("code", "latitude", "longitude")
    return [(code, north, east) for code, north, east in known if north is not None and east is not None]
