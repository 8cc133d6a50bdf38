"""A new database takes one step, an old one took forty-seven, and both are the same (ADR 0038)."""

import os
import re
import subprocess
import sys

import psycopg
import pytest
from psycopg import sql

from tanggap.cli import binaries
from tests.databases import ROOT, address_of, remove

# The single steps never change, and what follows them follows both: so this is for who changes the one step.
pytestmark = pytest.mark.skipif(os.environ.get("TANGGAP_THOROUGH") != "1", reason="only with TANGGAP_THOROUGH=1")

STEPS = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations={is_one_step})
executor.migrate([("tanggap", "{target}")])
"""


def _schema(name: str, *, is_one_step: bool) -> list[str]:
    """Make an empty database, migrate it, and return what it is made of, statement by statement."""
    remove(name)
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        program = STEPS.format(is_one_step=is_one_step, target="0048_as_one" if is_one_step else "0047_directory_links")
        env = {**os.environ, "DATABASE_URL": address_of(name), "TANGGAP_DATABASE_ROLE": "", "TANGGAP_POOL": "0"}
        env["DJANGO_SETTINGS_MODULE"] = "config.settings"
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, check=True)
        dump = [binaries.unpacked() / "bin" / "pg_dump", "--schema-only", "--no-owner", address_of(name)]
        return _statements(subprocess.run(dump, check=True, capture_output=True, text=True).stdout)
    finally:
        remove(name)


def _statements(dump: str) -> list[str]:
    """Return the statements of a dump, sorted; the columns of a table may stand in any order."""
    found = []
    for statement in re.sub(r"(?m)^(--|\\(un)?restrict).*\n", "", dump).split(";\n\n"):
        lines = [line.rstrip(",") for line in statement.splitlines() if line.strip()]
        if lines and lines[0].startswith("CREATE TABLE"):
            lines[1:] = sorted(lines[1:])
        found.append(re.sub(r"_[0-9a-f]{8}_", "_", "\n".join(lines)))  # names that Django derives from a checksum
    return sorted(found)


def test_one_step_leads_to_what_the_single_steps_lead_to():
    one = _schema("tanggap_one_step", is_one_step=True)
    assert len(one) > 600
    assert one == _schema("tanggap_many_steps", is_one_step=False)
