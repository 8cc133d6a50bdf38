"""Tests run on the real PostgreSQL, under the application's own role, in clones of a loaded database.

A template with migrations, grants and reference data is made once per state of the code and kept in the
cluster; each worker clones it (0.1 s). The cluster is the embedded one unless DATABASE_URL names another.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import hashers
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "tanggap_test_template"


# What takes longest goes first, so that both cores are busy to the end. The main story before the walks: it lets the
# worker run dry, and would wait for the letters of all their reports.
LONGEST_FIRST = (
    "journeys/test_main_story",
    "cli/test_serve",
    "journeys/test_accessible_desk",
    "journeys/test_accessible",
    "journeys/test_outages",
    "journeys/test_bad_days",
    "bench/",
    "journeys/",
    "web/",
    "adapters/test_scanning",
    "management/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; within a file nothing moves."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(ROOT / "tests").as_posix() if item.path.is_relative_to(ROOT / "tests") else ""
    return next((turn for turn, part in enumerate(LONGEST_FIRST) if path.startswith(part)), len(LONGEST_FIRST))


def _state() -> str:
    """Return a checksum of everything that the template is made from."""
    digest = hashlib.sha256(settings.DATABASE_ROLE.encode())
    parts = [*ROOT.glob("tanggap/migrations/*.py"), *ROOT.glob("tanggap/data/**/*")]
    loaders = ("reference", "areas", "agencies", "categories", "calendars", "policies", "upserts")
    parts += [ROOT / "tanggap" / "models" / "rights.py"]
    parts += [ROOT / "requirements.lock", ROOT / "tanggap" / "cli" / "grants.py", *ROOT.glob("tanggap/adapters/*.py")]
    parts += [ROOT / "tanggap" / "services" / f"{name}.py" for name in loaders]
    for path in sorted(part for part in parts if part.is_file() and "__pycache__" not in part.parts):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _address(name: str) -> str:
    parts = conninfo_to_dict(settings.DATABASE_URL)
    return make_conninfo(**{**parts, "dbname": name})


def _prepare(name: str) -> None:
    """Migrate, grant and load reference data by the program that an operator uses."""
    env = {**os.environ, "DATABASE_URL": _address(name), "TANGGAP_DATABASE_ROLE": "", "TANGGAP_POOL": "0"}
    command = [sys.executable, "-m", "tanggap.cli.prepare", "--role", settings.DATABASE_ROLE, "--keys-mark", "tests"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.exit(f"The test database could not be prepared:\n{done.stderr}", returncode=3)


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
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        template = _template(connection)
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(drop.format(sql.Identifier(name)))
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))


def remove(name: str) -> None:
    """Drop a clone."""
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give this worker a database of its own; replaces pytest-django's way of making one."""
    from django.db import connections

    name = f"tanggap_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    clone(name)
    with django_db_blocker.unblock():
        connection = connections["default"]
        connection.close()
        connection.settings_dict["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
    remove(name)


@pytest.fixture(scope="session", autouse=True)
def _keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the tests a key ring and a data folder of their own."""
    from tanggap.services import keys

    folder = tmp_path_factory.mktemp("data")
    settings.DATA_DIR = folder
    settings.ATTACHMENTS_DIR = folder / "attachments"
    settings.KEY_FILE = folder / "keys.json"
    keys.make_key_file(settings.KEY_FILE)


@pytest.fixture(scope="session", autouse=True)
def _passwords() -> None:
    """Hash passwords at the least cost; `services/test_accounts` sees what the product takes."""
    settings.PASSWORD_HASHERS = ["tests.hashing.LightArgon2"]
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Look for a static file when it is asked for: each client would list all of them anew."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    """Let a test write as the owner of the tables: what loads reference data does so."""
    from tests.rights import owning

    with owning():
        yield
