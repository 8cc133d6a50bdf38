"""The guards of the record in the database: which triggers must be there, which rights must not (ADR 0010)."""

from collections.abc import Iterator, Sequence

from django.db import connection

from tanggap.models.rights import READ, RIGHTS, Rights
from tanggap.models.triggers import TRIGGERS


def missing() -> Iterator[str]:
    """Yield the triggers that are missing or not always enabled, and the rights to rewrite the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgrelid::regclass::text, tgenabled FROM pg_trigger WHERE NOT tgisinternal")
        found = {name: (table, enabled) for name, table, enabled in cursor.fetchall()}
        for name, table in TRIGGERS.items():
            if found.get(name, ("", ""))[0] != table:
                yield f"trigger {name} on {table} is missing"
            elif found[name][1] != "A":
                yield f"trigger {name} on {table} is not always enabled"
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
