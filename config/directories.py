"""Read the directories of agencies from the JSON that the operator wrote; a mistake in it stops the start."""

import json
from pathlib import Path
from typing import Any

from config.env import SettingError
from tanggap.domain.directories import Directory

_WORDS = ("key", "agency", "name", "issuer", "client_id", "claim")


def read(text: str, file: str) -> tuple[Directory, ...]:
    """Return the directories that a setting holds, or the file that another setting names; none when both are empty."""
    source = "TANGGAP_DIRECTORIES" if text else "TANGGAP_DIRECTORIES_FILE"
    if not text and not file:
        return ()
    try:
        rows = json.loads(text or Path(file).read_text(encoding="utf-8"))
        found = {one.key: one for one in map(_directory, rows)}
    except OSError as error:
        raise SettingError(f"{source} names a file that cannot be read: {error.filename}.") from None
    except json.JSONDecodeError as error:
        raise SettingError(f"{source} is no JSON: {error.msg} in line {error.lineno}.") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise SettingError(f"{source} cannot be used: {error}.") from None
    if len(found) < len(rows):
        raise SettingError(f"{source} cannot be used: two directories have the same key.")
    return tuple(found.values())


def _directory(row: dict[str, Any]) -> Directory:
    """Return one directory; its secret stands in the row or in a file of its own. Errors: ValueError, OSError."""
    more = row.keys() - {*_WORDS, "secret", "secret_file", "trusts_factor"}
    if more:
        raise ValueError(f"{', '.join(sorted(more))} is no word of a directory")
    words = {word: str(row.get(word, "")) for word in _WORDS if word in row or word != "claim"}
    trusts = row.get("trusts_factor", False)
    if not isinstance(trusts, bool):
        raise TypeError("'trusts_factor' must be true or false")
    secret = str(row.get("secret", ""))
    if not secret and "secret_file" in row:
        secret = Path(str(row["secret_file"])).read_text(encoding="utf-8").strip()
    return Directory(**words, secret=secret, trusts_factor=trusts)
