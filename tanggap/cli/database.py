"""The database of a data folder, ready for use: the embedded one, or the server that DATABASE_URL names."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tanggap.cli import keys as key_files
from tanggap.cli import postgres, record_key
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder
from tanggap.services.keys import KeyRing


@dataclass(frozen=True)
class Database:
    """How to reach the database: as the owner of its tables, and as the application."""

    owner_url: str
    app_url: str
    role: str
    server: postgres.Postgres | None

    @property
    def is_embedded(self) -> bool:
        """Tell whether the database lives in the data folder."""
        return self.server is not None


@contextmanager
def joined(folder: Folder) -> Iterator[Database]:
    """Have the database running as long as the block lasts.

    Everyone who uses an embedded cluster holds a shared lock on DIR/users.lock, which dies with the
    process; who leaves last stops the server. So a command joins a running one, and starts it otherwise.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        yield _outside(url)
        return
    with (folder.path / "users.lock").open("a") as users:
        with folder.locked("start.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = postgres.ensure(folder)
        try:
            yield Database(server.url(), server.url(postgres.APP_ROLE), postgres.APP_ROLE, server)
        finally:
            with folder.locked("start.lock"):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else works with it
                else:
                    server.stop()


def _outside(url: str) -> Database:
    role = os.environ.get("TANGGAP_DATABASE_ROLE", postgres.APP_ROLE)
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise CommandError(f"The database of DATABASE_URL cannot be reached: {str(error).strip()}") from error
    return Database(url, url, role, None)


def environment(folder: Folder, database: Database, keys: KeyRing) -> dict[str, str]:
    """Return the settings that Django needs, on top of what the caller's environment says."""
    made = dict(os.environ)
    made.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATABASE_URL=database.app_url,
        TANGGAP_DATABASE_ROLE=database.role,
        TANGGAP_DATA=str(folder.path),
    )
    made.setdefault("TANGGAP_SECRET_KEY", key_files.site_secret(keys))
    if not made.get("TANGGAP_KEYS"):
        made.setdefault("TANGGAP_KEY_FILE", str(folder.path / key_files.NAME))
    if not made.get("TANGGAP_RECORD_KEYS"):
        made.setdefault("TANGGAP_RECORD_KEY_FILE", str(record_key.place(folder)))
    if folder.read("demo.json"):
        made.setdefault("TANGGAP_DEMO", "true")
    return made


def described(database: Database) -> str:
    """Return where the database is, without a password."""
    if database.server is not None:
        return f"embedded PostgreSQL in {database.server.cluster}"
    parts = conninfo_to_dict(database.owner_url)
    return f"PostgreSQL {parts.get('dbname', '')} on {parts.get('host', 'localhost')}"


LIBPQ = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
LIBPQ |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
LIBPQ |= {"service": "PGSERVICE", "passfile": "PGPASSFILE", "target_session_attrs": "PGTARGETSESSIONATTRS"}


def libpq_environment(url: str) -> dict[str, str]:
    """Return the address in the variables that PostgreSQL's own programs read: no list of processes shows it."""
    parts = conninfo_to_dict(url)
    return {variable: str(parts[name]) for name, variable in LIBPQ.items() if parts.get(name) is not None}


def name_of(url: str) -> str:
    """Return the name of the database."""
    parts = conninfo_to_dict(url)
    return str(parts.get("dbname") or parts.get("user") or "")
