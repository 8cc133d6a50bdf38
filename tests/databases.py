"""Databases of the tests: clones of one that is loaded.

A template with migrations, grants and reference data is made once per state of the code and kept in the
cluster; each worker clones it (0.1 s). `python -m tests.databases` makes it before the first test asks.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "tanggap_test_template"


def _state() -> str:
    """Return a checksum of everything that the template is made from."""
    digest = hashlib.sha256(settings.DATABASE_ROLE.encode())
    parts = [*ROOT.glob("tanggap/migrations/*.py"), *ROOT.glob("tanggap/data/**/*")]
    loaders = ("reference", "areas", "agencies", "categories", "calendars", "policies", "upserts")
    parts += [ROOT / "tanggap" / name for name in ("models/rights.py", "cli/grants.py", "cli/prepare.py")]
    parts += [ROOT / "requirements.lock", *ROOT.glob("tanggap/adapters/*.py")]
    parts += [ROOT / "tanggap" / "services" / f"{name}.py" for name in loaders]
    for path in sorted(part for part in parts if part.is_file() and "__pycache__" not in part.parts):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def address_of(name: str) -> str:
    parts = conninfo_to_dict(settings.DATABASE_URL)
    return make_conninfo(**{**parts, "dbname": name})


def _prepare(name: str) -> None:
    """Migrate, grant and load reference data by the program that an operator uses."""
    env = {**os.environ, "DATABASE_URL": address_of(name), "TANGGAP_DATABASE_ROLE": "", "TANGGAP_POOL": "0"}
    command = [sys.executable, "-m", "tanggap.cli.prepare", "--role", settings.DATABASE_ROLE, "--keys-mark", "tests"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The test database could not be prepared:\n{done.stderr}")


def _template(connection: psycopg.Connection) -> str:
    """Return the name of a template database for the state of the code, made when it is missing."""
    name = f"{TEMPLATE}_{_state()}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        try:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE}%"])
                for (old,) in cursor.fetchall():
                    cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{TEMPLATE}_new")))
                _prepare(f"{TEMPLATE}_new")
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                cursor.execute(rename.format(sql.Identifier(f"{TEMPLATE}_new"), sql.Identifier(name)))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])
    return name


def clone(name: str) -> None:
    """Make a fresh database from the template, dropping one of the same name."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        template = _template(connection)
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(drop.format(sql.Identifier(name)))
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))


def remove(name: str) -> None:
    """Drop a clone."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def main() -> None:
    """Make the template, where it is missing."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        _template(connection)


if __name__ == "__main__":
    main()
