"""The files of an open-data package: written beside their place, described, and put there in one step.

CSV as RFC 4180 has it, line by line, hashed as it is written; Parquet made of it by DuckDB, which reads and writes in a
stream and in a bounded piece of memory. A build that is killed leaves a folder of its own, which the next one removes.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO, Final

import duckdb

from tanggap.domain import open_data
from tanggap.domain.open_data import About, Resource, Table, Type, Written

_PART: Final = ".part"
_OLD: Final = ".old"
_END: Final = b"\r\n"
_CHUNK: Final = 1 << 20
_LINES: Final = 500
_MEMORY: Final = "256MB"
_ROWS: Final = 16_384  # of a group in a Parquet file, which is kept whole in memory
# Bytes of a line: the figures of a place, or a header, have some thousands. The reader keeps many times as much.
_LONGEST: Final = 1_000_000
_TYPES: Final = {
    Type.STRING: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.OBJECT: "VARCHAR",
    Type.ARRAY: "VARCHAR",
}


class NotOursError(Exception):
    """The folder holds something that is no package: it is not replaced."""


def build(
    target: Path,
    about: About,
    tables: Iterable[Table],
    *,
    texts: dict[str, str],
    sign: Callable[[str], dict[str, Any]],
    is_packed: bool = False,
) -> dict[str, Any]:
    """Write a package and put it in the place of the one before; return its description.

    `texts` are files that are written as they are; `sign` gets the SHA-256 of the description; `is_packed`: all of it
    is there as one file, too. Raises NotOursError.
    """
    part = _begun(target)
    known: dict[str, Resource] = {}
    files: list[Written] = []
    # Parquet is made of a table while the next one is read: the database and this process have a core each.
    with _reader(part) as reader, ThreadPoolExecutor(1) as beside:
        packed = []
        for table in tables:
            known[table.resource.name] = table.resource
            files += _table(part, table)
            packed.append(beside.submit(_parquet, part, table.resource, reader))
        files += [one.result() for one in packed]
    files.append(_csv(part, "kamus.csv", open_data.DICTIONARY_HEAD, open_data.dictionary(known.values())))
    files += [_text(part, path, text) for path, text in texts.items()]
    content = open_data.described(about, known, files)
    described = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    made = _text(part, open_data.DESCRIPTION, described)
    _text(part, open_data.SIGNATURE, json.dumps(sign(made.sha256), indent=1) + "\n")
    if is_packed:
        _pack(part, target, content)
    _put(part, target)
    return content


def is_package(folder: Path) -> bool:
    """Say whether a folder holds a package of ours, of whatever version."""
    try:
        content = json.loads((folder / open_data.DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "tanggap" in content


def _begun(target: Path) -> Path:
    if target.exists() and not is_package(target) and (not target.is_dir() or any(target.iterdir())):
        raise NotOursError(target)
    part, old = (target.with_name(target.name + ending) for ending in (_PART, _OLD))
    if old.exists() and not target.exists():
        old.rename(target)  # a build was killed between its last two steps
    shutil.rmtree(part, ignore_errors=True)
    for folder in ("data", "lines"):
        (part / folder).mkdir(parents=True)
    return part


def archive_of(target: Path) -> Path:
    """Return where the one file of a package lies: beside its folder, whose description names all that is in it."""
    return target.with_name(f"{target.name}.zip")


def _pack(part: Path, target: Path, content: dict[str, Any]) -> None:
    packed = target.with_name(f"{target.name}.zip{_PART}")
    paths = (open_data.DESCRIPTION, open_data.SIGNATURE, *(one["path"] for one in content["resources"]))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for path in paths:
            # What is packed already stays as it is.
            kind = zipfile.ZIP_STORED if path.endswith(".parquet") else zipfile.ZIP_DEFLATED
            archive.write(part / path, path, kind)
    packed.replace(archive_of(target))


def _put(part: Path, target: Path) -> None:
    old = target.with_name(target.name + _OLD)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _reader(part: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open what reads CSV and writes Parquet: in a bounded piece of memory, spilling beside the package."""
    spill = part.with_name(part.name + ".duckdb")
    config: dict[str, Any] = {"memory_limit": _MEMORY, "threads": 1, "temp_directory": str(spill)}
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _table(part: Path, table: Table) -> list[Written]:
    name = table.resource.name
    marks = f"lines/{name}.txt"
    with (part / marks).open("wb", buffering=_CHUNK) as file:
        file.write(open_data.mark(open_data.line(table.resource.head)))
        text = _csv(part, f"data/{name}.csv", table.resource.head, table.lines, file)
    return [text, _known(part, marks)]


def _csv(part: Path, path: str, head: Iterable[str], lines: Iterable[bytes], marks: BinaryIO | None = None) -> Written:
    """Write a table line by line, and a mark of each to `marks`: by them a line is found that was changed later."""
    first = open_data.line(head) + _END
    digest, size, rows = hashlib.sha256(first), len(first), 0
    with (part / path).open("wb", buffering=_CHUNK) as file:
        file.write(first)
        # Some hundred lines at a time: to hash and write each for itself takes half as long again.
        for some in batched(lines, _LINES):
            if marks is not None:
                marks.write(b"".join(map(open_data.mark, some)))
            whole = _END.join(some) + _END
            digest.update(whole)
            size += file.write(whole)
            rows += len(some)
        file.flush()
        os.fsync(file.fileno())
    return Written(path, size, digest.hexdigest(), rows)


def _parquet(part: Path, resource: Resource, reader: duckdb.DuckDBPyConnection) -> Written:
    path = f"data/{resource.name}.parquet"
    types = {column.name: _TYPES[column.type] for column in resource.columns}
    source, target = (str(part / f"data/{resource.name}.{ending}") for ending in ("csv", "parquet"))
    reader.execute(
        "COPY (SELECT * FROM read_csv("  # noqa: S608 - no text of a stranger
        f"{_literal(source)}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" nullstr = '', allow_quoted_nulls = false, max_line_size = {_LONGEST}, columns = {types!r}))"
        f" TO {_literal(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})"
    )
    return _known(part, path)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _text(part: Path, path: str, text: str) -> Written:
    (part / path).write_text(text, encoding="utf-8")
    return _known(part, path)


def _known(part: Path, path: str) -> Written:
    with (part / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return Written(path, (part / path).stat().st_size, digest)
