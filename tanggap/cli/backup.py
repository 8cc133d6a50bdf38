"""One file that holds an installation: database, attachments, keys; and a new data folder made from it."""

import datetime
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import tanggap
from tanggap.cli import binaries, postgres, prepare, record_key
from tanggap.cli import database as databases
from tanggap.cli import folder as folders
from tanggap.cli import keys as key_files
from tanggap.cli.database import Database
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import FORMAT, Folder, migration_head

MANIFEST = "manifest.json"
DUMP = "database.dump"
ATTACHMENTS = "attachments"
# Small files of the data folder that belong to the installation, where they are there.
ALONG = (key_files.NAME, record_key.NAME, "demo.json", "demo-accounts.json")
PLACES = {key_files.NAME: key_files.place, record_key.NAME: record_key.place}


def backup(folder: Folder, database: Database, target: Path, *, now: datetime.datetime) -> int:
    """Write the backup in one step; return its size in bytes. It can be made while the site serves.

    The database first, then the files: a file is written before the row that names it, and never
    removed while a row does, so every file that the dump names is there.
    """
    if target.exists():
        raise CommandError(f"{target} exists already; a backup never overwrites another file.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(prefix=".tanggap-backup-", dir=target.parent) as work:
        dump = Path(work) / DUMP
        _tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", str(dump)], database.owner_url)
        part = Path(work) / "backup.tar"
        with _private(part) as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            _add(archive, MANIFEST, json.dumps(_manifest(now), indent=2))
            archive.add(dump, DUMP)
            for name in ALONG:
                source = PLACES[name](folder) if name in PLACES else folder.path / name
                if source.exists():
                    archive.add(source, name)
            archive.add(folder.path / ATTACHMENTS, ATTACHMENTS)
        os.link(part, target)  # refuses to replace what somebody made meanwhile
    return target.stat().st_size


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _manifest(now: datetime.datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "program": tanggap.VERSION,
        "migration": migration_head(),
        "made_at": now.isoformat(timespec="seconds"),
        "keys_in_environment": bool(os.environ.get("TANGGAP_KEYS")),
    }


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _tool(name: str, arguments: list[str], url: str) -> None:
    """Run a client program of PostgreSQL; the address goes by the environment, where `ps` does not show it."""
    env = {**os.environ, "PGOPTIONS": "", "LC_ALL": "C"}
    parts = databases.libpq_environment(url)
    done = subprocess.run(
        [binaries.tool(name), *arguments],
        env={**env, **parts},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise CommandError(f"{name} failed:\n{done.stderr.strip()}")


def restore(source: Path, target: Path) -> None:
    """Make a new data folder from a backup, and bring its database up to this version.

    Raises CommandError where the folder holds something already or the file is no backup, NewerError
    where a newer version made it. What was begun is removed again when a step fails.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CommandError(f"{target} is not empty; a backup is restored into a new folder only.")
    try:
        archive = tarfile.open(source)  # noqa: SIM115 - closed below; only opening it says whether it is one
    except (OSError, tarfile.TarError) as error:
        raise CommandError(f"{source} cannot be read as a backup: {error}") from error
    with archive:
        manifest = _read_manifest(archive, source)
        folders.refuse_newer(manifest, what=f"The backup {source}")
        existed = target.exists()
        folder = folders.open_folder(target)
        try:
            _unpack(archive, folder)
            _fill(folder, manifest)
        except BaseException:
            _remove(folder, keep=existed)
            raise


def _read_manifest(archive: tarfile.TarFile, source: Path) -> dict[str, Any]:
    try:
        found = archive.extractfile(MANIFEST)
        manifest = json.loads(found.read()) if found else None
    except (KeyError, ValueError, tarfile.TarError) as error:
        raise CommandError(f"{source} is not a backup of Tanggap: it has no {MANIFEST}.") from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise CommandError(f"{source} is not a backup of Tanggap.")
    return manifest


def _unpack(archive: tarfile.TarFile, folder: Folder) -> None:
    """Put the files in place; names that lead out of the folder are refused by the filter."""
    allowed = {DUMP, *ALONG}
    for member in archive:
        if member.name in allowed or member.name == ATTACHMENTS or member.name.startswith(f"{ATTACHMENTS}/"):
            archive.extract(member, folder.path, filter="data")
    for name in allowed:
        if (folder.path / name).exists():
            (folder.path / name).chmod(0o600)
    for path in [folder.path / ATTACHMENTS, *(folder.path / ATTACHMENTS).rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def _fill(folder: Folder, manifest: dict[str, Any]) -> None:
    if not os.environ.get("TANGGAP_KEYS") and not key_files.place(folder).exists():
        where = "TANGGAP_KEYS" if manifest.get("keys_in_environment") else "TANGGAP_KEYS or TANGGAP_KEY_FILE"
        raise CommandError(f"The backup holds no keys; give those of the installation in {where}.")
    keys = key_files.load(folder)
    dump = folder.path / DUMP
    with folder.claim("restoring a backup"), databases.joined(folder) as database:
        if not prepare.is_empty(database):
            raise CommandError("The database is not empty; a backup is restored into an empty one only.")
        name = databases.name_of(database.owner_url)
        arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", name]
        _tool("pg_restore", [*arguments, str(dump)], database.owner_url)
        dump.unlink()
        prepare.forget(database)
        prepare.prepare(folder, database, keys, is_strict=True)


def _remove(folder: Folder, *, keep: bool) -> None:
    """Take away what a failed restore began, its cluster outside the folder too."""
    place = folder.read("database.json").get("place")
    if place and Path(place).is_absolute() and Path(place).parent == postgres.HIDDEN_PLACE:
        shutil.rmtree(place, ignore_errors=True)
    for path in folder.path.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not keep:
        folder.path.rmdir()
