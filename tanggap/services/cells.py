"""Write sums of counts: many cells in a few statements. The caller holds the lock of the indicators."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection

from tanggap.domain.rollups import Cell, Tally, add

OPEN: Final = "tanggap_indicatorcell"
SECRET: Final = "tanggap_secretcell"  # noqa: S105 - a table
_KEYS: Final = "unnest(%s::text[], %s::text[], %s::text[])"
_BATCH: Final = 5_000


def change(table: str, deltas: Mapping[Cell, Mapping[str, int]]) -> None:
    """Add deltas to the cells of a table; a cell that comes to nothing goes."""
    wanted = [cell for cell, tally in deltas.items() if tally]
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        found = read(table, some)
        for cell in some:
            add(found.setdefault(cell, {}), deltas[cell])
        put(table, {cell: tally for cell, tally in found.items() if tally})
        _remove(table, [cell for cell, tally in found.items() if not tally])


def read(table: str, cells: Sequence[Cell]) -> dict[Cell, Tally]:
    """Return the tallies of the cells that there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT cell.kind, cell.place, cell.period, cell.tally FROM {_KEYS} AS asked (kind, place, period)"  # noqa: S608 - one of two tables
            f" JOIN {table} AS cell USING (kind, place, period)",
            _columns(cells),
        )
        return {(kind, place, period): json.loads(tally) for kind, place, period, tally in cursor.fetchall()}


def put(table: str, cells: Mapping[Cell, Mapping[str, int]]) -> None:
    """Store tallies as they are."""
    if not cells:
        return
    rows = [
        {"kind": kind, "place": place, "period": period, "tally": tally}
        for (kind, place, period), tally in cells.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (kind, place, period, tally)"  # noqa: S608 - one of two tables
            " SELECT kind, place, period, tally"
            " FROM json_to_recordset(%s) AS made (kind text, place text, period text, tally jsonb)"
            " ON CONFLICT (kind, place, period) DO UPDATE SET tally = EXCLUDED.tally",
            [json.dumps(rows, separators=(",", ":"))],
        )


def _remove(table: str, cells: Sequence[Cell]) -> None:
    if cells:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {table} AS cell USING {_KEYS} AS gone (kind, place, period)"  # noqa: S608 - one of two tables
                " WHERE (cell.kind, cell.place, cell.period) = (gone.kind, gone.place, gone.period)",
                _columns(cells),
            )


def of_month(table: str, month: str) -> dict[Cell, Tally]:
    """Return all cells of a month and of its days."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, place, period, tally FROM {table} WHERE left(period, 7) = %s",  # noqa: S608 - one of two tables
            [month],
        )
        return {(kind, place, period): json.loads(tally) for kind, place, period, tally in cursor.fetchall()}


def replace_month(table: str, month: str, cells: Mapping[Cell, Tally]) -> None:
    """Let the cells of a month and of its days be these."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE left(period, 7) = %s", [month])  # noqa: S608 - one of two tables
    wanted = list(cells.items())
    for start in range(0, len(wanted), _BATCH):
        put(table, dict(wanted[start : start + _BATCH]))


def _columns(cells: Sequence[Cell]) -> list[list[str]]:
    return [list(column) for column in zip(*cells, strict=True)] if cells else [[], [], []]
