"""Parquet is written in a bounded piece of memory, however large the table and however wide its rows."""

import duckdb

from tanggap.adapters import open_data
from tanggap.domain.open_data import Column, Resource, Type

ROWS = 80_000
WIDE = "x" * 2_000


COLUMNS = tuple(Column(name, kind, True, {}) for name, kind in (("id", Type.INTEGER), ("data", Type.OBJECT)))


def test_a_table_of_wide_rows_that_is_larger_than_the_memory_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(open_data, "_MEMORY", "150MB")
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "events.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("id,data\r\n")
        file.writelines(f'{row},"{{""{row}"": ""{WIDE}""}}"\r\n' for row in range(ROWS))
    with open_data._reader(tmp_path) as reader:
        written = open_data._parquet(tmp_path, Resource("events", {}, COLUMNS), reader)
    found = duckdb.sql(f"SELECT count(*), max(id), max(length(data)) FROM '{tmp_path / written.path}'").fetchall()
    assert found == [(ROWS, ROWS - 1, len(WIDE) + len(f'{{"{ROWS - 1}": ""}}'))]
