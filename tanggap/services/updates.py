"""Change columns of known rows by statements that each connection plans once: most of what an act changes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from tanggap.selectors import prepared


def rows(model: type[Model], keys: Sequence[int], values: Mapping[str, Any], *, by: str = "id") -> int:
    """Give the rows whose column `by` is one of some keys these values, by name; returns how many there were.

    As `QuerySet.update` does: nothing but the columns that are named is written. Raises what the database raises.
    """
    statement, fields = _statement(model, tuple(values), by)
    written = [field.get_db_prep_save(values[name], connection) for name, field in zip(values, fields, strict=True)]
    return prepared.run(statement, [*written, list(keys)])


@lru_cache(maxsize=1024)
def _statement(model: type[Model], names: tuple[str, ...], by: str) -> "tuple[str, tuple[Field[Any, Any], ...]]":
    """Return the statement for some columns of a table, and what knows how to write their values."""
    known = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    fields = tuple(known[name] for name in names)
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    # The names are those of our own tables; what comes from outside is a parameter.
    return f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(by)} = ANY(%s)", fields  # noqa: S608 - names of the model
