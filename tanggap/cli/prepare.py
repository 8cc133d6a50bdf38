"""Bring a database up to date: migrations, rights of the application's role, reference data.

What was done is noted in the database itself (table `tanggap_prepared`), so that a start with
nothing to do costs one query, and many machines in front of one server do it once.
"""

import argparse
import gc
import hashlib
import os
import subprocess
import sys
import time
from typing import Any

import psycopg

import tanggap
from tanggap.cli import database as databases
from tanggap.cli import grants, record_key
from tanggap.cli import keys as key_files
from tanggap.cli.database import Database
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT, Folder, NewerError, migration_head, migration_number
from tanggap.services.keys import KeyRing

# Any number will do, as long as nothing else on the server takes the same one.
ADVISORY_LOCK = 7_426_144_275
TABLE = """
CREATE TABLE IF NOT EXISTS tanggap_prepared (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    fingerprint text NOT NULL,
    program text NOT NULL,
    keys_mark text NOT NULL,
    prepared_at timestamptz NOT NULL DEFAULT now()
)
"""


class NotPreparedError(CommandError):
    """The database could not be brought up to date."""


def fingerprint() -> str:
    """Return a mark of everything that a preparation depends on; it changes when one has to run again."""
    digest = hashlib.sha256()
    sources = [CHECKOUT / "requirements.lock", CHECKOUT / "tanggap" / "cli" / "grants.py"]
    sources += [CHECKOUT / "tanggap" / "models" / "rights.py"]
    sources += sorted((CHECKOUT / "tanggap" / "migrations").glob("*.py"))
    sources += sorted(
        path for path in (CHECKOUT / "tanggap" / "data").rglob("*") if path.is_file() and path.suffix != ".pyc"
    )
    sources += sorted((CHECKOUT / "tanggap" / "services").glob("reference*.py"))
    sources += [path for path in [CHECKOUT / "tanggap/management/commands/load_reference.py"] if path.exists()]
    for path in sources:
        digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_empty(database: Database) -> bool:
    """Tell whether nothing of Tanggap is in this database yet."""
    with psycopg.connect(database.owner_url, connect_timeout=10) as connection:
        row = connection.execute("SELECT to_regclass('public.django_migrations') IS NULL").fetchone()
    return bool(row and row[0])


def forget(database: Database) -> None:
    """Let the next preparation run in full: after a restore the rights of the application's role are gone."""
    with psycopg.connect(database.owner_url, connect_timeout=10) as connection:
        if _noted(connection):
            connection.execute("UPDATE tanggap_prepared SET fingerprint = ''")


def _noted(connection: psycopg.Connection[Any]) -> dict[str, str]:
    if connection.execute("SELECT to_regclass('public.tanggap_prepared')").fetchone() == (None,):
        return {}
    row = connection.execute("SELECT fingerprint, keys_mark FROM tanggap_prepared").fetchone()
    return dict(zip(("fingerprint", "keys_mark"), row, strict=True)) if row else {}


def _refuse_newer(connection: psycopg.Connection[Any]) -> None:
    """Refuse a database that has migrations this checkout does not know."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        return
    rows = connection.execute("SELECT name FROM django_migrations WHERE app = 'tanggap'").fetchall()
    newest = max((row[0] for row in rows), key=migration_number, default="")
    if migration_number(newest) > migration_head():
        raise NewerError(
            f"The database was written by a newer version of Tanggap (it has migration {newest}; this version, "
            f"{tanggap.VERSION}, ends at {migration_head():04d}). Nothing was changed. Use that version."
        )


def prepare(folder: Folder, database: Database, keys: KeyRing, *, is_strict: bool = False) -> None:
    """Bring the database up to date where needed; return at once where it is.

    Raises NewerError for a database of a newer version, CommandError where a step fails, and,
    with `is_strict`, where the database was made with other keys than these (else that is a warning).
    """
    with psycopg.connect(database.owner_url, connect_timeout=10) as connection:
        _refuse_newer(connection)
        noted = _noted(connection)
    _compare_keys(noted, keys, is_strict=is_strict)
    if noted.get("fingerprint") != fingerprint():
        env = databases.environment(folder, database, keys)
        env.update(DATABASE_URL=database.owner_url, TANGGAP_DATABASE_ROLE="")
        command = [sys.executable, "-m", "tanggap.cli.prepare", "--role", database.role]
        command += ["--keys-mark", key_files.mark(keys)]
        # Its words go to the standard error: the standard output belongs to the command that asked.
        if subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno()).returncode:
            raise NotPreparedError("The database could not be brought up to date; the reason stands above.")
    with psycopg.connect(database.owner_url, connect_timeout=10) as connection:
        record_key.settle(folder, connection)
    folder.stamp()


def _compare_keys(noted: dict[str, str], keys: KeyRing, *, is_strict: bool) -> None:
    if noted.get("keys_mark") in {None, key_files.mark(keys)}:
        return
    text = "These keys are not the ones that this database was made with: identities in its vault cannot be read."
    if is_strict:
        raise CommandError(f"{text}\nUse the keys.json of that installation, or another database.")
    print(f"tanggap: {text}", file=sys.stderr)


def run(*, role: str, keys_mark: str) -> None:
    """Do the work, connected as the owner. Two at once are safe: the second waits, and finds it done.

    This process ends with it: nothing is collected meanwhile, where migrations make models by the thousand.
    """
    gc.disable()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command, get_commands

    started = time.monotonic()
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        _refuse_newer(guard)
        if _noted(guard).get("fingerprint") == fingerprint():
            return
        _say("bringing the database up to date")
        if role:
            grants.ensure_role(guard, role)
        migrate()
        guard.execute(TABLE)
        if role:
            grant(guard, role)
        _say("loading reference data")
        if "load_reference" in get_commands():
            call_command("load_reference", verbosity=0)
        _analyse(guard)
        guard.execute(
            "INSERT INTO tanggap_prepared (fingerprint, program, keys_mark) VALUES (%s, %s, %s) ON CONFLICT (is_only) "
            "DO UPDATE SET fingerprint = EXCLUDED.fingerprint, program = EXCLUDED.program, prepared_at = now()",
            [fingerprint(), tanggap.VERSION, keys_mark],
        )
        _say(f"database ready after {time.monotonic() - started:.1f} s")


def migrate() -> None:
    """Take the steps that this database has not taken. Django must be set up.

    A new one takes all or none: Django notes some steps after their transaction, and a program killed in between would
    leave what no later one can go on with. Before them come those of the queue, each whole by itself: a value that one
    of them adds to a type must be committed before the next may use it. The libraries take theirs in sight of our
    accounts alone, which is all that they know of ours: else Django would draw whatever points at an account anew for
    each (ADR 0069).
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if all(app == "procrastinate" for app, _ in executor.loader.applied_migrations):
        executor.migrate(executor.loader.graph.leaf_nodes("procrastinate"))
        executor.loader.build_graph()
        with transaction.atomic():
            state = executor.migrate(executor.loader.graph.leaf_nodes("tanggap"))
            del state.apps
            for app, model in [key for key in state.models if key[0] == "tanggap"]:
                if f"{app}.{model}" != settings.AUTH_USER_MODEL.lower():
                    state.remove_model(app, model)
            executor.loader.build_graph()
            executor.migrate(executor.loader.graph.leaf_nodes(), state=state)
    # Also where nothing is left to do: it lets everybody know that the tables are there.
    call_command("migrate", verbosity=0, interactive=False)


def _analyse(connection: psycopg.Connection[Any]) -> None:
    """Let the planner know what was loaded: autovacuum comes a minute later, and the first visitors before it.

    Not the tables that are empty: the planner would take them for empty from then on.
    """
    rows = connection.execute(
        "SELECT format('%I.%I', relnamespace::regnamespace, relname) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
    ).fetchall()
    connection.execute(f"ANALYZE {', '.join(name for (name,) in rows)}")


def grant(connection: psycopg.Connection[Any], role: str) -> None:
    """Give the application's role its rights. Role and tables must be there; Django must be set up."""
    from tanggap.models.rights import RIGHTS

    # At once: a site that is serving meanwhile never finds itself without rights.
    with connection.transaction():
        for statement in grants.statements(role, RIGHTS):
            connection.execute(statement)


def _say(text: str) -> None:
    print(f"tanggap: {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Run as a process of its own, so that the parent of everything stays small and free of threads."""
    parser = argparse.ArgumentParser(prog="tanggap.cli.prepare")
    parser.add_argument("--role", required=True)
    parser.add_argument("--keys-mark", required=True)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        run(role=options.role, keys_mark=options.keys_mark)
    except (CommandError, psycopg.errors.InsufficientPrivilege) as error:
        print(f"tanggap: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
