"""A new database takes one step, an old one took seventy, and both are the same (ADR 0038, 0069)."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tanggap.cli import binaries
from tests.databases import ROOT, address_of, remove

# The single steps never change, and what follows them follows both: so this is for who changes the one step.
pytestmark = pytest.mark.skipif(os.environ.get("TANGGAP_THOROUGH") != "1", reason="only with TANGGAP_THOROUGH=1")

ONE = "0072_as_one"
LAST = "0071_problems"

# Each step by itself, up to one of them; all of the libraries, too, where it is the last.
SINGLE = f"""
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
targets = [("tanggap", sys.argv[1])]
if sys.argv[1] == "{LAST}":
    targets += [node for node in executor.loader.graph.leaf_nodes() if node[0] != "tanggap"]
executor.migrate(targets)
"""
# As the program goes on: by the one step where it can be taken.
WHOLE = "import django; django.setup(); from tanggap.cli.prepare import migrate; migrate()"
# The same, killed at the nth statement of one kind.
KILLED = """
import os, signal, sys, django
django.setup()
from django.db import connection
from tanggap.cli.prepare import migrate
kind, left = sys.argv[1], int(sys.argv[2])
def until(execute, statement, params, many, context):
    global left
    left -= kind in str(statement)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(statement, params, many, context)
with connection.execute_wrapper(until):
    migrate()
"""


@contextmanager
def _empty(name: str) -> Iterator[str]:
    remove(name)
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        remove(name)


def _run(name: str, program: str, *words: str) -> int:
    env = {**os.environ, "DATABASE_URL": address_of(name), "TANGGAP_DATABASE_ROLE": "", "TANGGAP_POOL": "0"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=subprocess.DEVNULL).returncode


def _schema(name: str) -> list[str]:
    """Return what a database is made of, statement by statement, once it is seen to be at the one step and empty."""
    with psycopg.connect(address_of(name)) as connection:
        assert connection.execute("SELECT 1 FROM django_migrations WHERE name = %s", [ONE]).fetchone()
        tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'tanggap%'"
        for (table,) in connection.execute(tables).fetchall():
            rows = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert connection.execute(rows).fetchone() == (0,), table
    dump = [binaries.unpacked() / "bin" / "pg_dump", "--schema-only", "--no-owner", address_of(name)]
    return _statements(subprocess.run(dump, check=True, capture_output=True, text=True).stdout)


def _statements(dump: str) -> list[str]:
    """Return the statements of a dump, sorted; the columns of a table may stand in any order."""
    found = []
    for statement in re.sub(r"(?m)^(--|\\(un)?restrict).*\n", "", dump).split(";\n\n"):
        lines = [line.rstrip(",") for line in statement.splitlines() if line.strip()]
        if lines and lines[0].startswith("CREATE TABLE"):
            lines[1:] = sorted(lines[1:])
        found.append(re.sub(r"_[0-9a-f]{8}_", "_", "\n".join(lines)))  # names that Django derives from a checksum
    return sorted(found)


@pytest.fixture(scope="module")
def one() -> list[str]:
    with _empty("tanggap_one_step") as name:
        assert _run(name, WHOLE) == 0
        made = _schema(name)
    assert len(made) > 1000
    return made


def test_one_step_leads_to_what_the_single_steps_lead_to(one):
    with _empty("tanggap_many_steps") as name:
        assert _run(name, SINGLE, LAST) == 0
        assert _run(name, WHOLE) == 0, "what came after the one step"
        assert _schema(name) == one


@pytest.mark.parametrize("step", ["0001_initial", "0030_clusters", "0047_directory_links", "0060_indicators"])
def test_a_database_that_stands_at_an_earlier_step_goes_on_from_there(one, step):
    """At 0047 as an earlier program left it, which had one step of its own for all up to there."""
    with _empty("tanggap_some_steps") as name:
        assert _run(name, SINGLE, step) == 0
        if step == "0047_directory_links":
            with psycopg.connect(address_of(name)) as connection:
                noted = "INSERT INTO django_migrations (app, name, applied) VALUES ('tanggap', '0048_as_one', now())"
                connection.execute(noted)
        assert _run(name, WHOLE) == 0
        assert _schema(name) == one


# Among its tables, indexes and rules; and as it notes a step: of the queue, of accounts, of ours, of the libraries.
@pytest.mark.parametrize(
    ("kind", "count"),
    [("CREATE TABLE", 60), ("CREATE INDEX", 100), ("tanggap_refuse", 1), ("tanggap_recap_stays", 1)]
    + [("INSERT INTO", count) for count in (20, 44, 90, 130)],
)
def test_a_database_whose_making_was_killed_in_the_middle_is_made_by_the_next_start(one, kind, count):
    with _empty("tanggap_killed_steps") as name:
        assert _run(name, KILLED, kind, str(count)) == -signal.SIGKILL
        assert _run(name, WHOLE) == 0
        assert _schema(name) == one
