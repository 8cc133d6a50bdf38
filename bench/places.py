"""Where the bench runs: a prepared database that is copied for each measurement, and the site as `./run` starts it."""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tanggap.cli import database as databases
from tanggap.cli import folder as folders
from tanggap.cli import keys as key_files
from tanggap.cli import postgres, prepare, serve, static
from tanggap.cli.database import Database
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder
from tanggap.services.keys import KeyRing

WORKERS, THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder with a prepared database that nobody else uses."""

    folder: Folder
    database: Database
    keys: KeyRing
    is_quick: bool = False  # one server worker, and static files as they lie: all else takes longer than the run

    def address(self, name: str = "") -> str:
        """Return the address of a database of the server: a superuser's where there is one, else the owner's."""
        server = self.database.server
        url = server.url(postgres.SUPERUSER) if server else self.database.owner_url
        return make_conninfo(**{**conninfo_to_dict(url), "dbname": name or self.name}) if name else url

    @property
    def name(self) -> str:
        """Return the name of the prepared database."""
        return databases.name_of(self.database.owner_url)

    def environment(self, name: str = "") -> dict[str, str]:
        """Return the settings for the application's role on a database of the server."""
        made = databases.environment(self.folder, self.database, self.keys)
        made.pop("TANGGAP_POOL", None)  # what `./run` chooses
        if name:
            made["DATABASE_URL"] = make_conninfo(**{**conninfo_to_dict(self.database.app_url), "dbname": name})
        made.update(
            DJANGO_SETTINGS_MODULE="bench.settings",
            PYTHONPATH=str(folders.CHECKOUT),
            TANGGAP_LIMIT_FACTOR="1000000",
            TANGGAP_MAIL="file",
            TANGGAP_OPEN_DATA="false",  # measured by itself
            TANGGAP_MAIL_DIR=str(self.folder.path / "mail"),
        )
        return made

    @property
    def is_filled(self) -> bool:
        """Say whether the prepared database holds reports."""
        with psycopg.connect(self.address()) as connection:
            return connection.execute("SELECT 1 FROM tanggap_report LIMIT 1").fetchone() is not None

    @property
    def empty(self) -> str:
        """Return the name of the database without reports: the prepared one, or what `keep_empty` kept of it."""
        return f"{self.name}_empty" if self.is_filled else self.name

    @property
    def has_empty(self) -> bool:
        """Say whether there is a database without reports to be copied."""
        with psycopg.connect(self.address("postgres")) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.empty])
            return known.fetchone() is not None

    def keep_empty(self) -> None:
        """Keep a copy of the prepared database for good, before it is filled."""
        self._make(f"{self.name}_empty")

    def _make(self, made: str) -> None:
        if not self.has_empty:
            raise CommandError(
                f"The database {self.name} holds reports and has no {self.empty} beside it. "
                "Use a new folder, or one that `./run bench load` filled."
            )
        owner = conninfo_to_dict(self.database.owner_url).get("user")
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(made), sql.Identifier(self.empty))
        if owner:
            create += sql.SQL(" OWNER {}").format(sql.Identifier(str(owner)))
        self._drop(made)
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(create)

    def _drop(self, made: str) -> None:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(made))
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(drop)

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        """Have a copy of the empty database under a name, as long as the block lasts."""
        made = f"{self.name}_{name}_{os.getpid()}"
        self._make(made)
        try:
            yield made
        finally:
            self._drop(made)

    @contextmanager
    def site(self, name: str) -> Iterator[int]:
        """Serve a database as `./run` does, and yield the port."""
        options, (server, _worker) = self.children(name)
        site = serve.Site(self.folder, self.database, [server], None)
        try:
            server.start()
            serve.wait_until_ready(server, options, Event())
            yield options.port
        finally:
            site.stop()

    @contextmanager
    def worker(self, name: str) -> Iterator[int]:
        """Have the job worker of `./run` at work on a database, and yield its process."""
        _options, (_server, worker) = self.children(name)
        site = serve.Site(self.folder, self.database, [worker], None)
        try:
            worker.start()
            yield worker.process.pid if worker.process else 0
        finally:
            site.stop()

    def children(self, name: str) -> tuple[argparse.Namespace, list[serve.Child]]:
        """Return the web server and the job worker for a database, not started, with the options of the server."""
        workers = 1 if self.is_quick else WORKERS
        options = argparse.Namespace(host="127.0.0.1", port=_free_port(), workers=workers, threads=THREADS)
        env = serve.site_environment(self.environment(name), self.folder, options)
        if self.is_quick:
            env["TANGGAP_MANIFEST"] = "false"
        else:
            static.finish(self.folder, static.begin(self.folder, env))
        running, _demo = serve.children(self.folder, env, options, has_demo=False)
        return options, running


def days(months: int) -> int:
    """Return how many days so many months are, at least."""
    return months * 366 // 12


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(data: str | None, *, is_quick: bool = False) -> Iterator[Place]:
    """Open a data folder with its database prepared: the one that is named, else a new one that is thrown away.

    DATABASE_URL names another server, as for every command; its database must be one for the bench alone.
    """
    if data is not None:
        with _prepared(folders.open_folder(folders.resolve(data)), is_quick=is_quick) as place:
            yield place
        return
    base = Path(tempfile.mkdtemp(prefix="tanggap-bench-"))
    base.chmod(0o755)
    try:
        with _prepared(folders.open_folder(base / "data"), is_quick=is_quick) as place:
            yield place
    finally:
        _remove(base / "data")
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _prepared(folder: Folder, *, is_quick: bool) -> Iterator[Place]:
    keys = key_files.load(folder)
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        place = Place(folder, database, keys, is_quick)
        if place.is_filled and place.has_empty:
            prepare.prepare(folder, _named(database, place.empty), keys)
        yield place


def _named(database: Database, name: str) -> Database:
    """Return another database of the same server, with the same roles."""
    owner, app = (
        make_conninfo(**{**conninfo_to_dict(url), "dbname": name}) for url in (database.owner_url, database.app_url)
    )
    return replace(database, owner_url=owner, app_url=app)


def refuse_used(place: Place) -> None:
    """Raise CommandError where the database holds reports: it would be copied with them."""
    if place.is_filled:
        raise CommandError(f"The database {place.name} holds reports. The bench needs one of its own.")


def _remove(data: Path) -> None:
    """Remove a cluster that lies outside of its data folder, as it does for root in a closed folder."""
    with suppress(OSError, ValueError, KeyError):
        place = Path(json.loads((data / "database.json").read_text(encoding="utf-8"))["place"])
        if place.is_absolute() and place.parent == postgres.HIDDEN_PLACE:
            shutil.rmtree(place)
