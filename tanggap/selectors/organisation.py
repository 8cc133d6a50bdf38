"""Paths in the tree of units, who stands above and what lies below; and which agencies an agency oversees."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q

from tanggap.domain.reference_rows import UnitKind
from tanggap.models import OversightEdge, Unit

# The ids of units and of every unit above them, and of units and all that lie below them.
ABOVE = """
WITH RECURSIVE path AS (
    SELECT id, parent_id FROM tanggap_unit WHERE id = ANY(%s)
    UNION SELECT u.id, u.parent_id FROM tanggap_unit u JOIN path ON u.id = path.parent_id
) SELECT id FROM path
"""
BELOW = """
WITH RECURSIVE tree AS (
    SELECT id FROM tanggap_unit WHERE id = ANY(%s)
    UNION SELECT u.id FROM tanggap_unit u JOIN tree ON u.parent_id = tree.id
) SELECT id FROM tree
"""

# The ids of the agencies in whose place an agency may verify on a day: a province does so for its regencies and cities
# (UU 23/2014 Ps 91, ADR 0039). A ministry looks after all of them and knows the work of none. An edge counts from its
# first day to its last.
VERIFIED_FOR = """
SELECT edge.overseen_id FROM tanggap_oversightedge AS edge
JOIN tanggap_agency AS overseer ON overseer.id = edge.overseer_id AND overseer.kind = 'province'
JOIN tanggap_agency AS overseen ON overseen.id = edge.overseen_id AND overseen.kind IN ('regency', 'city')
WHERE edge.overseer_id = {agency} AND edge.valid_from <= {on} AND (edge.valid_to IS NULL OR edge.valid_to >= {on})
  AND overseen.valid_to IS NULL
"""


def unit_path(unit_id: int | None) -> frozenset[int]:
    """Return a unit and every unit above it; empty for None."""
    if unit_id is None:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [[unit_id]])
        return frozenset(row[0] for row in cursor.fetchall())


def ppid_of(agency_id: int | None) -> int | None:
    """Return the unit that is the PPID of an agency: the first that is marked so, or None."""
    if agency_id is None:
        return None
    rows = Unit.objects.filter(agency_id=agency_id, kind=UnitKind.PPID.value, valid_to=None)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def units_below(unit_ids: Iterable[int]) -> frozenset[int]:
    """Return the units and every unit below them."""
    wanted = list(unit_ids)
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [wanted])
        return frozenset(row[0] for row in cursor.fetchall())


def overseen_by(agency_id: int, on: date) -> frozenset[int]:
    """Return the agencies that an agency oversees on a day: edges, not the road on which reports are assigned.

    An edge gives no sight before its first day, and none after its last.
    """
    begun = OversightEdge.objects.filter(overseer_id=agency_id, valid_from__lte=on)
    lasts = Q(valid_to=None) | Q(valid_to__gte=on)
    edges = begun.filter(lasts, overseen__valid_to=None)
    return frozenset(edges.values_list("overseen_id", flat=True))
