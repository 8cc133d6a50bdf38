"""Statements that each connection to the database reads and plans once, for the few that every act asks.

Measured on `./run simulate` (ADR 0055): to put such a statement together, to read and to plan it took longer
than to answer it. What comes back is never kept: only the words of the question are.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import FETCH_ONE, Model, QuerySet
from django.db.models.query import get_related_populators

from tanggap.selectors import patterns

# What each connection to the database has prepared; it forgets that when it is closed, and not before.
_ready: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def fetch(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that answer a statement of our own with `%s` for each value, as a cursor would.

    The text has to be one of few, for each is kept: values are parameters. Raises what the database raises.
    """
    with connection.cursor() as cursor:
        _execute(cursor, statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _fetch_anew(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
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


@dataclass(frozen=True, slots=True)
class Kept[Row: Model]:
    """A query that was put together once: its statement, its values, and how rows of several tables become models."""

    model: type[Row]
    statement: str
    params: tuple[Any, ...]
    names: Sequence[str]
    converters: Sequence[tuple[int, "_Convert"]]
    related: Sequence[Any]
    annotated: Mapping[str, int]
    is_planned: bool

    def rows(self, places: patterns.Places) -> list[Row]:
        """Return what the query finds; `places` gives what stands in the place of some of its parameters."""
        made = []
        asked = fetch if self.is_planned else _fetch_anew
        for row in asked(self.statement, [patterns.given(places, param) for param in self.params]):
            read = list(row)
            for place, convert in self.converters:
                read[place] = convert(read[place])
            found = self.model.from_db(connection.alias, self.names, read[: len(self.names)])
            for populator in self.related:
                populator.populate(read, found)
            for name, place in self.annotated.items():
                setattr(found, name, read[place])
            made.append(found)
        return made


def keep[Row: Model](asked: QuerySet[Row], *, is_planned: bool = True) -> Kept[Row]:
    """Keep a query for whole rows, with those of other tables that `select_related` names.

    `is_planned`: one plan serves for all values, as it does for one row of a number. Else only the words are kept.
    """
    compiler: Any = asked.query.get_compiler(connection.alias)
    statement, params = compiler.as_sql()
    select, info = compiler.select, compiler.klass_info
    places = info["select_fields"]
    if places != list(range(len(places))):
        raise ValueError("Only whole rows are kept, their columns first.")
    converters = compiler.get_converters([column for column, *_ in select])
    return Kept(
        model=asked.model,
        statement=statement,
        params=tuple(params),
        names=[select[place][0].target.attname for place in places],
        converters=[
            (place, _bound(convert, column)) for place, (found, column) in converters.items() for convert in found
        ],
        related=get_related_populators(info, select, connection.alias, FETCH_ONE),
        annotated=dict(compiler.annotation_col_map or {}),
        is_planned=is_planned,
    )


@dataclass(frozen=True, slots=True)
class KeptValues:
    """A query for some values of each row that was put together once; asked for as `Kept` is."""

    statement: str
    params: tuple[Any, ...]
    converters: Sequence[tuple[int, "_Convert"]]

    def rows(self, places: patterns.Places) -> list[tuple[Any, ...]]:
        """Return what the query finds; `places` gives what stands in the place of some of its parameters."""
        found = fetch(self.statement, [patterns.given(places, param) for param in self.params])
        if not self.converters:
            return found
        made = []
        for row in found:
            read = list(row)
            for place, convert in self.converters:
                read[place] = convert(read[place])
            made.append(tuple(read))
        return made


def keep_values(asked: QuerySet[Any, tuple[Any, ...]]) -> KeptValues:
    """Keep a query of `values_list`, for which one plan serves whatever the values are."""
    compiler: Any = asked.query.get_compiler(connection.alias)
    statement, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    bound = [(place, _bound(convert, column)) for place, (found, column) in converters.items() for convert in found]
    return KeptValues(statement, tuple(params), bound)


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
    if any("%" in part for part in (first, *others)):
        raise ValueError(f"No %s, so it would be prepared as it stands here, doubled or not: {statement}")
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
