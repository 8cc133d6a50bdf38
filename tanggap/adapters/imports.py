"""Where the sheets of imports lie while they are worked on: read once by a confined process, then only as plain rows.

They hold names and addresses, so they are readable by this account alone, stand in no backup, and are swept away.
"""

import errno
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tanggap.adapters.scanning import confinement
from tanggap.domain.attachments import Refusal
from tanggap.domain.imports import SheetError, SheetFault, SheetRow

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_CAME: Final = ".came"
_PROGRAM: Final = "tanggap.adapters.scanning.sheets"
_FAULTS: Final = {Refusal.NO_ROOM.value: SheetFault.NO_ROOM, Refusal.INFLATES.value: SheetFault.INFLATES}


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet that was read: under which key, how many rows with its headings, and in which encoding it came."""

    key: str
    count: int
    encoding: str


def take_in(folder: Path, chunks: Iterable[bytes], *, most_bytes: int, most_rows: int, least_free: int) -> Taken:
    """Take a sheet from a stranger and read it; raises SheetError, and then nothing of it is left."""
    key, _size = keep(folder, chunks, most_bytes=most_bytes, least_free=least_free)
    return read(folder, key, most_rows=most_rows)


def keep(folder: Path, chunks: Iterable[bytes], *, most_bytes: int, least_free: int) -> tuple[str, int]:
    """Lay a sheet down unread; return its key and size. Raises SheetError, and then nothing of it is left."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_hex(16)
    came = folder / f"{key}{_CAME}"
    try:
        _make_sure_of(folder, least_free)
        return key, _keep(came, chunks, most_bytes)
    except BaseException as error:
        came.unlink(missing_ok=True)
        _if_full(error)
        raise


def read(folder: Path, key: str, *, most_rows: int, patience: int = 60) -> Taken:
    """Read a sheet that was laid down; raises SheetError, and then nothing of it is left, or FileNotFoundError.

    `patience`: for how many seconds one waits for it, as other work goes on.
    """
    target = _path(folder, key)
    came = target.with_name(f"{key}{_CAME}")
    target.unlink(missing_ok=True)  # what a reading that died has left
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        said = _read(came, target, most_rows, patience)
    except SheetError:
        remove(folder, key)
        raise
    came.unlink()
    return Taken(key, said["rows"], said["encoding"])


def is_unread(folder: Path, key: str) -> bool:
    """Say whether a sheet was laid down and not read yet."""
    return _path(folder, key).with_name(f"{key}{_CAME}").exists()


def _if_full(error: BaseException) -> None:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        raise SheetError(SheetFault.NO_ROOM) from error


def _make_sure_of(folder: Path, least_free: int) -> None:
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < least_free:
        raise SheetError(SheetFault.NO_ROOM)


def _read(came: Path, target: Path, most_rows: int, patience: int) -> confinement.Answer:
    said = confinement.run(_PROGRAM, str(most_rows), came, target, patience=patience)
    if fault := said.get("fault"):
        raise SheetError(SheetFault(fault))
    if refused := said.get("refused"):
        raise SheetError(_FAULTS.get(refused, SheetFault.BROKEN))
    return said


def _keep(path: Path, chunks: Iterable[bytes], most: int) -> int:
    taken = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        for chunk in chunks:
            taken += len(chunk)
            if taken > most:
                raise SheetError(SheetFault.TOO_LARGE)
            file.write(chunk)
    if not taken:
        raise SheetError(SheetFault.EMPTY)
    return taken


def rows(folder: Path, key: str) -> Iterator[SheetRow]:
    """Yield the rows of a sheet in their order; raises FileNotFoundError."""
    with _path(folder, key).open("rb") as file:
        place = 0
        for line in file:
            yield _row(line, place)
            place += len(line)


@contextmanager
def reader(folder: Path, key: str) -> Iterator[Callable[[int], SheetRow]]:
    """Open a sheet to read single rows of it; raises FileNotFoundError."""
    with _path(folder, key).open("rb") as file:

        def read(place: int) -> SheetRow:
            file.seek(place)
            return _row(file.readline(), place)

        yield read


def is_there(folder: Path, key: str) -> bool:
    """Say whether a sheet was read and not swept away yet."""
    return _path(folder, key).exists() and not is_unread(folder, key)


def remove(folder: Path, key: str) -> None:
    """Remove a sheet of which nothing is taken."""
    for path in (_path(folder, key), _path(folder, key).with_name(f"{key}{_CAME}")):
        path.unlink(missing_ok=True)


def sweep(folder: Path, *, older_than: datetime) -> int:
    """Remove what came before; returns how many sheets those were."""
    gone = 0
    for path in folder.glob("*") if folder.exists() else ():
        if path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _row(line: bytes, place: int) -> SheetRow:
    number, *cells = json.loads(line)
    return SheetRow(number, place, tuple(cells))


def _path(folder: Path, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise FileNotFoundError(key)
    return folder / key
