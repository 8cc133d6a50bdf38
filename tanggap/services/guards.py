"""The guards of the record in the database: which triggers must be there, which rights must not (ADR 0010)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tanggap.models.guard_prints import PRINTS
from tanggap.models.rights import READ, RIGHTS, Rights
from tanggap.models.triggers import TRIGGERS


def missing() -> Iterator[str]:
    """Yield the guards that are missing, off or not what this version makes, and the rights to rewrite the record."""
    with connection.cursor() as cursor:
        yield from _bent(cursor)
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        role, is_super = cursor.fetchone()
        if is_super:
            yield f"the program runs as {role}, a superuser, whom no grant binds"
            return
        cursor.execute(_HELD)
        for table, right, columns in cursor.fetchall():
            allowed = RIGHTS.get(table, READ)
            if right in _more_than(allowed, columns):
                yield f"role {role} has the right to {right} on {table}, which it does not need"


def _bent(cursor: CursorWrapper) -> Iterator[str]:
    found = stand(cursor)
    for name, table in TRIGGERS.items():
        place = f"trigger {name} on {table}"
        if place not in found:
            yield f"{place} is missing"
        elif not found[place].is_on:
            yield f"{place} is not always enabled"
    for place, said in PRINTS.items():
        if place in found and found[place].is_on and found[place].checksum != said:
            yield f"{place} was changed: it is not what this version makes"
    for place in sorted(found.keys() - PRINTS):
        yield f"{place} is none of this version"


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger on a table of ours, or the functions of one name of ours, as they stand in the database."""

    is_on: bool
    checksum: str


def stand(cursor: CursorWrapper) -> dict[str, Guard]:
    """Return the triggers and functions that stand in the database, by their place in words."""
    cursor.execute("SELECT current_setting('search_path')")
    (path,) = cursor.fetchone()
    # Where nothing is in the path every name is told with its schema: one that only looks the same is another.
    cursor.execute("SELECT set_config('search_path', '', false)")
    try:
        cursor.execute(_STAND)
        rows = cursor.fetchall()
    finally:
        if not connection.needs_rollback:
            cursor.execute("SELECT set_config('search_path', %s, false)", [path])
    return {place: Guard(is_on=is_on, checksum=_checksum(said)) for place, is_on, said in rows}


def _checksum(definition: str) -> str:
    return hashlib.sha256(definition.encode()).hexdigest()[:32]


_STAND = """
SELECT 'trigger ' || stands.tgname || ' on ' || relation.relname, stands.tgenabled = 'A', pg_get_triggerdef(stands.oid)
FROM pg_trigger AS stands JOIN pg_class AS relation ON relation.oid = stands.tgrelid
WHERE NOT stands.tgisinternal AND relation.relname LIKE 'tanggap%' AND relation.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'function ' || proname, true, string_agg(said, E'\n' ORDER BY said)
FROM (
    SELECT proname, pg_get_functiondef(oid) AS said FROM pg_proc
    WHERE proname LIKE 'tanggap%' AND prokind IN ('f', 'p') AND pronamespace = 'public'::regnamespace
) AS functions
GROUP BY proname
"""


# What the program may do with each table; to change one column is a right on the table as well.
_HELD = """
SELECT relation.relname, held.name, ARRAY(
    SELECT attname FROM pg_attribute
    WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped AND held.name = 'UPDATE'
        AND has_column_privilege(relation.oid, attnum, 'UPDATE')
    ORDER BY attnum
)
FROM pg_class AS relation
CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS held (name)
WHERE relation.relkind = 'r' AND relation.relnamespace = 'public'::regnamespace
    AND (has_table_privilege(relation.oid, held.name)
        OR held.name = 'UPDATE' AND has_any_column_privilege(relation.oid, 'UPDATE'))
ORDER BY relation.relname, held.name
"""


def _more_than(allowed: Rights, columns: Sequence[str]) -> frozenset[str]:
    """Return the rights that a role must not have, given the columns that it may change."""
    may_change = allowed.update is None or set(columns) <= allowed.update
    rest = {"INSERT": allowed.insert, "DELETE": allowed.delete, "UPDATE": may_change, "TRUNCATE": False}
    return frozenset(right for right, may in rest.items() if not may)
