"""Fold the changes of the desk's counts into the counts: the trigger writes, this job tidies (ADR 0012)."""

from django.db import connection

BATCH = 10_000

# One statement: a delta is taken and added, or neither. Locked rows are another fold's; the order of the
# counts is fixed, so that two folds at once wait for each other instead of for ever.
_FOLD = """
WITH chosen AS (
    SELECT id FROM tanggap_deskdelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
), taken AS (
    DELETE FROM tanggap_deskdelta USING chosen WHERE tanggap_deskdelta.id = chosen.id
    RETURNING capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n
), summed AS (
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, sum(n) AS n
    FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7
), added AS (
    INSERT INTO tanggap_deskcount (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n FROM summed WHERE n <> 0
    ORDER BY agency_id, capacity, unit_id NULLS FIRST, assignee_id NULLS FIRST, status, is_overdue, came_back
    ON CONFLICT (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back)
    DO UPDATE SET n = tanggap_deskcount.n + EXCLUDED.n
)
SELECT count(*) FROM taken
"""


def fold(*, batch: int = BATCH) -> int:
    """Move what changed into the counts, and return how many changes that were. Safe to run twice, or twice at once."""
    done = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FOLD, [batch])
            row = cursor.fetchone()
        moved = int(row[0]) if row else 0
        done += moved
        if moved < batch:
            return done
