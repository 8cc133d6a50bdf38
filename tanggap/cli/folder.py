"""The data folder: everything of one installation that is not in the checkout.

DIR/version.json        which version of Tanggap wrote it
DIR/owner.lock          held by the `./run` that serves it; holds its pid
DIR/keys.json           the keys of the vault and of the site, mode 0600
DIR/record-key.json     the key that signs checkpoints and receipts, mode 0600
DIR/database.json       where the embedded PostgreSQL lives
DIR/attachments/        the files of reports
DIR/mail/               letters, where they are written to files instead of sent
DIR/demo.json           whether this folder plays the demo, and how far it is
DIR/demo-accounts.json  sign-ins of the demo
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tanggap
from tanggap.cli.errors import CommandError

CHECKOUT = Path(__file__).resolve().parent.parent.parent

# Counts the layouts of the data folder, not the releases: a higher one than ours cannot be understood.
FORMAT = 1


class OwnedError(CommandError):
    """Another process serves this data folder."""


class NewerError(CommandError):
    """The data folder or database was written by a newer version than this one."""


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; at no moment can another account read it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def migration_head() -> int:
    """Return the number of the newest migration in this checkout; 0 where there is none."""
    names = (CHECKOUT / "tanggap" / "migrations").glob("[0-9][0-9][0-9][0-9]_*.py")
    return max((migration_number(path.stem) for path in names), default=0)


def migration_number(name: str) -> int:
    """Return the number that the name of a migration starts with; 0 where there is none."""
    found = re.match(r"\d+", name)
    return int(found[0]) if found else 0


@dataclass(frozen=True)
class Folder:
    """One data folder. Make it with `open_folder`."""

    path: Path
    is_new: bool

    def read(self, name: str) -> dict[str, Any]:
        """Return what one of the small JSON files says; nothing where it is not there."""
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise CommandError(f"{self.path / name} is not valid JSON: {error}") from error
        if not isinstance(found, dict):
            raise CommandError(f"{self.path / name} must hold a JSON object.")
        return found

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Write one of the small JSON files."""
        write_private(self.path / name, json.dumps(content, indent=2) + "\n")

    def stamp(self) -> None:
        """Record which version wrote this folder; called once its database is up to date."""
        wanted = {"format": FORMAT, "program": tanggap.VERSION, "migration": migration_head()}
        if self.read("version.json") != wanted:
            self.write("version.json", wanted)

    @contextmanager
    def claim(self, doing: str) -> Iterator[None]:
        """Own the folder as long as the block lasts; the lock dies with the process, even on kill -9.

        Raises OwnedError, saying who does what with it, where somebody else owns it.
        """
        with (self.path / "owner.lock").open("a+", encoding="utf-8") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                held.seek(0)
                who = held.read().strip() or "another process"
                raise OwnedError(
                    f"The data folder {self.path} is in use by {who}.\n"
                    "Stop that one first (Ctrl-C there), or use another folder: ./run --data DIR"
                ) from error
            held.truncate(0)
            held.write(f"process {os.getpid()} ({doing})")
            held.flush()
            yield
            held.truncate(0)

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Hold a lock of this folder for a short piece of work, waiting for it."""
        with (self.path / name).open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def resolve(option: str | None) -> Path:
    """Return the data folder that was asked for: the option, TANGGAP_DATA, or `var` in the checkout."""
    chosen = option or os.environ.get("TANGGAP_DATA") or CHECKOUT / "var"
    return Path(chosen).expanduser().absolute()


def open_folder(path: Path) -> Folder:
    """Open a data folder, making it when missing.

    Raises NewerError where a newer version wrote it, CommandError where it cannot be made.
    """
    try:
        if not path.exists():
            path.mkdir(parents=True)
            # As root the database runs as another account, which must be able to pass through.
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        # Django would make the folder of letters (TANGGAP_MAIL=file) readable by every account.
        for private in ("attachments", "mail"):
            (path / private).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The data folder {path} cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise CommandError(f"The data folder {path} cannot be written by this account.")
    folder = Folder(path, is_new=not (path / "version.json").exists())
    refuse_newer(folder.read("version.json"), what=f"The data folder {path}")
    return folder


def refuse_newer(version: dict[str, Any], *, what: str) -> None:
    """Raise NewerError where the version was written by a newer program than this one."""
    if version.get("format", 0) > FORMAT or version.get("migration", 0) > migration_head():
        raise NewerError(
            f"{what} was written by a newer version of Tanggap ({version.get('program', 'unknown')}; "
            f"this is {tanggap.VERSION}). Nothing was changed. Use that version, or restore a backup made by this one."
        )
