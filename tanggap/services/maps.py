"""Count published reports by place for the map, so that no visitor has them counted."""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tanggap.domain.clocks import CLOCKS

# What `selectors.publications.late` says, in one look at all.
_COUNT: Final = """
WITH village AS (
    SELECT area_id, count(*) AS published, count(*) FILTER (WHERE is_open) AS open,
           count(*) FILTER (WHERE is_open AND due_at < %(now)s AND due_clock <> ALL(%(reporters)s)) AS late
    FROM tanggap_publication WHERE NOT is_stub AND area_id IS NOT NULL GROUP BY area_id
), place AS (
    SELECT area_id AS code, published, open, late FROM village
    UNION ALL
    SELECT array_to_string((string_to_array(area_id, '.'))[:3], '.'), published, open, late
    FROM village WHERE area_id LIKE '%%.%%.%%.%%'
)
INSERT INTO tanggap_mapcount (code, level, published, open, late, counted_at)
SELECT p.code, a.level, sum(p.published), sum(p.open), sum(p.late), %(now)s
FROM place p JOIN tanggap_area a ON a.code = p.code
WHERE a.level IN ('district', 'village') GROUP BY p.code, a.level
"""


@transaction.atomic
def count(*, now: datetime) -> int:
    """Count all places anew; return how many have reports. Visitors see the old counts until the new ones are whole."""
    reporters = [clock.value for clock, rule in CLOCKS.items() if rule.is_reporters]
    with connection.cursor() as cursor:
        # Two rounds at once would each insert the same places.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tanggap.maps.count'))")
        cursor.execute("DELETE FROM tanggap_mapcount")
        cursor.execute(_COUNT, {"now": now, "reporters": reporters})
        return int(cursor.rowcount)
