"""Read settings from the environment, and say plainly what is wrong with one.

Every setting of the product comes from an environment variable; this module is the only
one that reads them, so that a wrong value fails at the start and names itself.
"""

import os
import re
from pathlib import Path


class SettingError(Exception):
    """A setting of the environment cannot be used; the text says which and why."""


def text(name: str, *, default: str | None = None) -> str:
    """Return the setting as it stands, or the default; an absent one without a default is an error."""
    value = os.environ.get(name, default)
    if value is None:
        raise SettingError(f"{name} must be set.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting: 'true' or 'false', nothing else."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value not in {"true", "false"}:
        raise SettingError(f"{name} must be 'true' or 'false', not {value!r}.")
    return value == "true"


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number that is not smaller than `least`."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.isdecimal() or int(value) < least:
        raise SettingError(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def choice(name: str, *, default: str, allowed: tuple[str, ...]) -> str:
    """Return one of a few words."""
    value = os.environ.get(name) or default
    if value not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def words(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated list without empty parts."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [part.strip() for part in value.split(",") if part.strip()]


def countries(name: str, *, default: tuple[str, ...]) -> list[str]:
    """Return a comma-separated list of at least one country, each as the two letters of ISO 3166."""
    found = words(name, default=default)
    wrong = [word for word in found if not re.fullmatch("[A-Z]{2}", word)]
    if wrong or not found:
        raise SettingError(f"{name} must name countries by two capital letters, such as ID or ID,MY, not {wrong}.")
    return found


def path(name: str, *, default: Path) -> Path:
    """Return an absolute path."""
    return Path(os.environ.get(name) or default).absolute()
