"""Insert the rows of several tables in one go: one round trip to the database instead of one for each table.

Measured on handing in a report, which writes to eight tables: half of its time went into binding values and
waiting, not into the work (`bench/RESULTS.md`). So the rows travel as one JSON text for each table, to statements
that each connection prepares once: planning them anew took the database a third of its time.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Model

from tanggap.selectors import prepared

# What each connection to the database has prepared; it forgets that when it is closed, and not before.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def together(groups: Iterable[Sequence[Model]]) -> None:
    """Insert groups of new rows, each of one table, in this order and in the transaction that is open.

    A row has its key already where another one points at it; other keys are given by the database and are
    not read back. Raises what the database raises.
    """
    wanted: list[tuple[str, str]] = []
    params = []
    for rows in groups:
        if rows:
            name, statement, names = _parts(type(rows[0]), rows[0].pk is not None)
            wanted.append((name, statement))
            params.append(json.dumps(_values(rows, names), default=_written, ensure_ascii=False))
    if not wanted:
        return
    with connection.cursor() as cursor:
        ready = _prepared.setdefault(connection.connection, set())
        if new := {name: statement for name, statement in wanted if name not in ready}:
            cursor.execute("; ".join(f"PREPARE {name} (json) AS {statement}" for name, statement in new.items()))
            ready.update(new)
        cursor.execute("; ".join(f"EXECUTE {name} (%s)" for name, _statement in wanted), params)


def with_keys(rows: Sequence[Model]) -> None:
    """Insert new rows of one table in their order, and give each the key that the database drew for it."""
    if rows:
        _name, statement, names = _parts(type(rows[0]), has_key=False)
        values = json.dumps(_values(rows, names), default=_written, ensure_ascii=False)
        key = connection.ops.quote_name(str(type(rows[0])._meta.pk.column))
        found = prepared.fetch(f"{statement.replace('$1', '%s')} RETURNING {key}", [values])
        for row, (pk,) in zip(rows, found, strict=True):
            row.pk = pk


def _values(rows: Sequence[Model], names: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{column: getattr(row, name) for column, name in names} for row in rows]


@cache
def _parts(model: type[Model], has_key: bool) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return name and text of the statement for a table, and its columns with the names of their values."""
    known = model._meta.local_concrete_fields
    fields = [field for field in known if not field.generated and (has_key or not field.primary_key)]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    # The names are those of our own tables; what comes from outside is a parameter.
    statement = (
        f"INSERT INTO {table} ({columns}) "  # noqa: S608 - names of the model
        f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, $1)"
    )
    name = connection.ops.quote_name(f"insert_{model._meta.db_table}{'_with_key' if has_key else ''}")
    return name, statement, tuple((str(field.column), field.attname) for field in fields)


def _written(value: Any) -> str:
    """Write what JSON does not know as PostgreSQL reads it."""
    match value:
        case bytes():
            return f"\\x{value.hex()}"
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} has no written form here.")
