"""The file of the data folder that says whether this installation is a demonstration, and whether it still grows."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

NAME: Final = "demo.json"
GROWING: Final = "growing"
COMPLETE: Final = "complete"


def read(folder: Path) -> dict[str, Any]:
    """Return what the file says; nothing where there is none. Raises ValueError for what is no JSON object."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def write(folder: Path, content: dict[str, Any]) -> None:
    """Replace the file in one step."""
    part = folder / f".{NAME}.{os.getpid()}"
    part.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    part.replace(folder / NAME)


def is_growing(folder: Path) -> bool:
    """Say whether demo data are being made; asked for every page, so the file is read only when it changed."""
    path = folder / NAME
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return False
    return _is_growing(path, changed)


@lru_cache(maxsize=4)
def _is_growing(path: Path, changed: int) -> bool:  # noqa: ARG001 - a changed file is a new question
    try:
        return read(path.parent).get("state") == GROWING
    except (OSError, ValueError, AttributeError):
        return False  # the notice is no reason for a page to fail
