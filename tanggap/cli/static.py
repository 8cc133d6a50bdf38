"""Collect and compress the static files once per version of them."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT, Folder

STAMP = ".tanggap-stamp"


def mark() -> str:
    """Return a mark of the static files: ours by size and time, those of packages by the lock file."""
    digest = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for path in sorted((CHECKOUT / "tanggap" / "static").rglob("*")):
        if path.is_file():
            entry = path.stat()
            digest.update(f"{path.relative_to(CHECKOUT)}:{entry.st_size}:{entry.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def place(folder: Folder) -> Path:
    """Return where the collected files lie: each data folder has its own, so versions do not mix."""
    return Path(os.environ.get("TANGGAP_STATIC") or folder.path / "static")


def begin(folder: Folder, env: dict[str, str]) -> subprocess.Popen[bytes] | None:
    """Start collecting where that is needed; the caller goes on meanwhile and then calls `finish`."""
    stamp = place(folder) / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark():
        return None
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    place(folder).mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)


def finish(folder: Folder, collecting: subprocess.Popen[bytes] | None) -> None:
    """Wait until the files are there; raises CommandError where they could not be collected."""
    if collecting is None:
        return
    if collecting.wait() != 0:
        raise CommandError("The static files could not be collected; the reason stands above.")
    (place(folder) / STAMP).write_text(mark(), encoding="utf-8")
