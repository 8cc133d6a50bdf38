"""Load agencies, the units inside them and the oversight between them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tanggap.domain.reference import Change
from tanggap.domain.reference_rows import AgencyRow, OversightRow, UnitRow
from tanggap.models import Agency, OversightEdge, Unit
from tanggap.services.upserts import Table, bring_up_to_date, is_edited

_AGENCY = (
    "slug",
    "name",
    "short_name",
    "kind",
    "timezone",
    "address",
    "responsible_office",
    "website",
    "is_synthetic",
    "source",
    "valid_from",
    "valid_to",
)
_UNIT = ("slug", "name", "short_name", "kind", "website", "is_synthetic", "source", "valid_from", "valid_to")


def _columns(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def load_agencies(rows: Iterable[AgencyRow], *, today: date) -> Change:
    """Bring the agencies up to the file. Must run inside a transaction, after the areas."""
    table = Table("agencies", Agency, {agency.slug: agency for agency in Agency.objects.all()}, ends="valid_to")
    wanted = {row.slug: {**_columns(row, _AGENCY), "area_id": row.area or None} for row in rows}
    return bring_up_to_date(table, wanted, today=today)


def load_units(rows: Iterable[UnitRow], *, today: date) -> Change:
    """Bring the assignment trees up to the file: the units first, then which stands below which."""
    rows = list(rows)
    agency_ids = dict(Agency.objects.values_list("slug", "pk"))
    wanted = {
        (agency_ids[row.agency], row.slug): {**_columns(row, _UNIT), "agency_id": agency_ids[row.agency]}
        for row in rows
    }
    change = bring_up_to_date(Table("units", Unit, _units(), ends="valid_to"), wanted, today=today)
    return _hang(rows, agency_ids, change)


def _units() -> dict[tuple[int, str], Unit]:
    return {(unit.agency_id, unit.slug): unit for unit in Unit.objects.all()}


def _hang(rows: Iterable[UnitRow], agency_ids: dict[str, int], change: Change) -> Change:
    units = _units()
    moved = []
    for row in rows:
        unit = units[agency_ids[row.agency], row.slug]
        parent = units[agency_ids[row.agency], row.parent].pk if row.parent else None
        if unit.parent_id != parent and not is_edited(unit):
            unit.parent_id = parent
            moved.append(unit)
    if moved:
        Unit.objects.bulk_update(moved, ["parent"])
    if change.added or not moved:
        return change
    return Change(
        change.noun,
        added=change.added,
        changed=change.changed + len(moved),
        retired=change.retired,
        unchanged=change.unchanged - len(moved),
        kept=change.kept,
    )


def load_oversight(rows: Iterable[OversightRow], *, today: date) -> Change:
    """Bring the oversight edges up to the file."""
    agency_ids = dict(Agency.objects.values_list("slug", "pk"))
    edges = {(edge.overseer_id, edge.overseen_id, edge.valid_from): edge for edge in OversightEdge.objects.all()}
    wanted = {}
    for row in rows:
        pair = agency_ids[row.overseer], agency_ids[row.overseen]
        wanted[*pair, row.valid_from] = {
            "overseer_id": pair[0],
            "overseen_id": pair[1],
            **_columns(row, ("basis", "valid_from", "valid_to")),
        }
    return bring_up_to_date(Table("oversight", OversightEdge, edges, ends="valid_to"), wanted, today=today)
