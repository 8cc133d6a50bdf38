"""Programs of the operator that are run for us: what they get to know of where they run."""

import os
from typing import Final

# Of our own environment, with its keys and addresses, a program gets what any program needs, and no more.
_PASSED: Final = ("PATH", "HOME", "LANG", "TZ", "TMPDIR")


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a program: what any needs, and what this one is told."""
    return {name: os.environ[name] for name in _PASSED if name in os.environ} | more
