"""Statements that each connection to the database reads and plans once, for the few that every act asks.

Measured on `./run simulate` (ADR 0055): to put such a statement together, to read and to plan it took longer
than to answer it. What comes back is never kept: only the words of the question are.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Model, QuerySet

# What each connection to the database has prepared; it forgets that when it is closed, and not before.
_ready: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()

type Question = tuple[str, tuple[Any, ...]]


def fetch(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that answer a statement of our own with `%s` for each value, as a cursor would.

    The text has to be one of few, for each is kept: values are parameters. Raises what the database raises.
    """
    with connection.cursor() as cursor:
        _execute(cursor, statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def run(statement: str, params: Sequence[Any] = ()) -> int:
    """Carry out a statement that answers nothing, as `fetch` does; returns how many rows it touched."""
    with connection.cursor() as cursor:
        _execute(cursor, statement, params)
        touched: int = cursor.rowcount
    return touched


def rows[Row: Model](model: type[Row], statement: str, params: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a table for a statement that asks for all their columns (`columns_of`), in their order."""
    names, converters = _reading(model)
    made = []
    for values in fetch(statement, params):
        read = list(values)
        for place, convert in converters:
            read[place] = convert(read[place])
        made.append(model.from_db(connection.alias, names, read))
    return made


def question(asked: QuerySet[Any]) -> Question:
    """Return statement and values of a query, for `rows`: a door that asks it again spares putting it together."""
    statement, params = asked.query.get_compiler(connection.alias).as_sql()
    return statement, tuple(params)


@cache
def columns_of(model: type[Model]) -> str:
    """Return all columns of a table as `rows` reads them."""
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)


def _execute(cursor: Any, statement: str, params: Sequence[Any]) -> None:
    name, text, call = _named(statement)
    ready = _ready.setdefault(connection.connection, set())
    if name not in ready:
        # Beside the cursor of Django: what a connection prepares is no question of whoever asks first.
        with connection.wrap_database_errors:
            cursor.cursor.execute(f"PREPARE {name} AS {text}")
        ready.add(name)
    cursor.execute(call, params)


@lru_cache(maxsize=2048)
def _named(statement: str) -> tuple[str, str, str]:
    """Return the name of a statement, its text as it is prepared, and how it is called."""
    first, *others = statement.split("%s")
    text = first + "".join(f"${place}{part}" for place, part in enumerate(others, 1))
    name = f"asked_{hashlib.sha256(statement.encode()).hexdigest()[:24]}"
    values = f" ({', '.join(['%s'] * len(others))})" if others else ""
    return name, text, f"EXECUTE {name}{values}"


type _Convert = Callable[[Any], Any]


@cache
def _reading(model: type[Model]) -> tuple[list[str], tuple[tuple[int, _Convert], ...]]:
    """Return the names of a table's columns, and what makes a value of what the database says, where it is not that."""
    fields = model._meta.concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    found = (
        (place, _bound(convert, column))
        for place, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    )
    return [field.attname for field in fields], tuple(found)


def _bound(convert: Callable[[Any, Any, Any], Any], column: Any) -> _Convert:
    return lambda value: convert(value, column, connection)
