"""Where the files of exports lie until they are fetched: one for each job, readable by this account alone."""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_UNFINISHED: Final = ".part"


def create(folder: Path, key: str) -> BinaryIO:
    """Return a new file for a job, in place of what an earlier try has left."""
    folder.mkdir(mode=0o700, exist_ok=True)
    path = _path(folder, key + _UNFINISHED, key)
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def finish(folder: Path, key: str) -> None:
    """Let a file that was written be fetched."""
    _path(folder, key + _UNFINISHED, key).rename(_path(folder, key, key))


def open_(folder: Path, key: str) -> BinaryIO:
    """Return a finished file; raises FileNotFoundError."""
    return _path(folder, key, key).open("rb")


def sweep(folder: Path, *, older_than: datetime) -> int:
    """Remove what was written before; returns how many files those were."""
    gone = 0
    for path in folder.glob("*") if folder.exists() else ():
        if path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _path(folder: Path, name: str, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise FileNotFoundError(key)
    return folder / name
