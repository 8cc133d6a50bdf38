"""The folder from which the site gives open data: a package under each name, and one list of what is there.

Pages read the list, and files are given as they lie: nothing is looked up or counted while somebody waits.
"""

import fcntl
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from tanggap.adapters.open_data import archive_of
from tanggap.domain.open_data import ARCHIVE

_LIST: Final = "list.json"
_LOCK: Final = ".lock"
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH: Final = re.compile(
    r"(data/[a-z0-9_]+\.(csv|parquet)|lines/[a-z0-9_]+\.txt|kamus\.csv"
    rf"|(datapackage|signature|formulas|checkpoints|keys)\.json|{re.escape(ARCHIVE)})"
)


class IsBusyError(Exception):
    """Somebody else makes packages here now."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A package that can be fetched."""

    name: str
    month: str
    agency_id: int | None
    made_at: datetime
    archive_bytes: int
    reports: int
    files: tuple[tuple[str, int], ...]  # path and size of each table as CSV


def listed(root: Path) -> tuple[Shelved, ...]:
    """Return what is there; read anew only when the list has changed."""
    path = root / _LIST
    try:
        return _listed(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        return ()


@lru_cache(maxsize=4)
def _listed(path: Path, _changed: int) -> tuple[Shelved, ...]:
    return tuple(_shelved(name, row) for name, row in sorted(json.loads(path.read_text(encoding="utf-8")).items()))


def _shelved(name: str, row: Mapping[str, Any]) -> Shelved:
    files = tuple((path, size) for path, size in row["files"])
    at = datetime.fromisoformat(row["made_at"])
    return Shelved(name, row["month"], row["agency"], at, row["archive"], row["reports"], files)


def put_on_list(root: Path, name: str, content: Mapping[str, Any]) -> None:
    """Put a package that was built on the list; `content` is its description."""
    known = _read(root)
    tables = [one for one in content["resources"] if one["type"] == "table"]
    known[name] = {
        "month": content["tanggap"]["month"] or "",
        "agency": content["tanggap"]["agency"],
        "made_at": content["created"],
        "archive": archive_of(root / name).stat().st_size,
        "reports": next((one["rows"] for one in tables if one["name"] == "reports"), 0),
        "files": [[one["path"], one["bytes"]] for one in tables],
    }
    _write(root, known)


def _read(root: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((root / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def drop(root: Path, name: str) -> None:
    """Take a package away: there is no such month or agency any more."""
    known = _read(root)
    known.pop(name, None)
    _write(root, known)
    if _NAME.fullmatch(name):
        shutil.rmtree(root / name, ignore_errors=True)
        archive_of(root / name).unlink(missing_ok=True)


def _write(root: Path, known: Mapping[str, Any]) -> None:
    part = root / f".{_LIST}"
    part.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    part.replace(root / _LIST)


def open_(root: Path, name: str, path: str) -> BinaryIO:
    """Return a file of a package; raises FileNotFoundError for all that is none."""
    if not (_NAME.fullmatch(name) and _PATH.fullmatch(path)):
        raise FileNotFoundError(path)
    return (archive_of(root / name) if path == ARCHIVE else root / name / path).open("rb")


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only one who makes packages here. Raises IsBusyError."""
    root.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (root / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IsBusyError from error
        yield
