"""The confined process that decodes what strangers send: bounded in memory and time, alone with one file.

`images` and `pdfs` are run as programs (`python -m tanggap.adapters.scanning.images TYPE SOURCE TARGET THUMBNAIL`)
and print one line of JSON. When such a process dies, whatever of, the file is refused; the server goes on.
"""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tanggap.domain.attachments import LARGEST_OF_ALL, Refusal

MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = 30
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ROOT: Final = Path(__file__).resolve().parents[3]

Answer = dict[str, Any]
"""What a confined process says: `refused`, or `media_type` with `width` and `height`."""


def _confine(seconds: int) -> None:
    """Give up, for good, more memory and time than any honest file needs; no core is written."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 2 * LARGEST_OF_ALL),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))


def main(clean: Callable[..., Answer | Refusal], *, seconds: int = SECONDS) -> None:
    """Be the confined process: clean the file that the command line names, and say what came of it."""
    _confine(seconds)
    try:
        said = clean(sys.argv[1], *map(Path, sys.argv[2:]))
    except MemoryError:
        said = Refusal.INFLATES
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        said = Refusal.NO_ROOM
    sys.stdout.write(json.dumps({"refused": said.value} if isinstance(said, Refusal) else said))


def run(module: str, what: str, *paths: Path, patience: int = 2 * SECONDS) -> Answer:
    """Run a module as the confined process and return what it said; one that died says why by the way it died."""
    command = [sys.executable, "-m", module, what, *map(str, paths)]
    # Nothing of our environment (keys, database address) is handed to a process that reads hostile bytes.
    environment = {"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": Refusal.INFLATES}
    if done.returncode == 0:
        said: Answer = json.loads(done.stdout)
        return said
    ended_by_limit = done.returncode in {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}
    return {"refused": Refusal.INFLATES if ended_by_limit else Refusal.BROKEN}
