"""Tests run on the real PostgreSQL, under the application's own role, in clones of a loaded database.

The cluster is the embedded one unless DATABASE_URL names another.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.template.base import Template
from django.test.utils import instrumented_test_render
from hypothesis import settings as hypothesis_settings

from tanggap.cli.setup import compile_messages
from tests.databases import ROOT, clone, remove

if TYPE_CHECKING:
    from tanggap.models import User

# What lands is judged by the same examples each time; at a desk each run looks at others.
hypothesis_settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis_settings.load_profile("ci")

# First what needs no database of the tests, which is being made meanwhile; then what takes longest, so that both cores
# are busy to the end. The main story before the walks: it lets the worker run dry, and would wait for the letters of
# all their reports.
ORDER = (
    "cli/test_serve",
    "adapters/test_scanning",
    "architecture/test_house_rules",
    "journeys/test_main_story",
    "journeys/test_accessible_desk",
    "journeys/test_accessible",
    "journeys/test_outages",
    "journeys/test_bad_days",
    "web/test_every_address",
    "journeys/",
    "bench/",
    "web/",
    "management/",
)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue once, before there are workers: who calls pytest must not read words of yesterday."""
    if not hasattr(config, "workerinput"):
        compile_messages(ROOT, Path(sys.prefix))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in their order; within a file nothing moves."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(ROOT / "tests").as_posix() if item.path.is_relative_to(ROOT / "tests") else ""
    return next((turn for turn, part in enumerate(ORDER) if path.startswith(part)), len(ORDER))


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
    from tanggap.services import keys, signing

    folder = tmp_path_factory.mktemp("data")
    settings.DATA_DIR = folder
    settings.ATTACHMENTS_DIR = folder / "attachments"
    settings.OPEN_DATA_DIR = folder / "packages"  # not where the site of the journeys, in this folder, puts its own
    settings.KEY_FILE = folder / "keys.json"
    settings.RECORD_KEY_FILE = folder / "record-key.json"
    keys.make_key_file(settings.KEY_FILE)
    signing.make_key_file(settings.RECORD_KEY_FILE)


@pytest.fixture(scope="session", autouse=True)
def _garbage() -> None:
    """Collect rarely: what the program is made of is not looked through again with each thousand objects of a test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _passwords() -> None:
    """Hash passwords at the least cost; `services/test_accounts` sees what the product takes."""
    settings.PASSWORD_HASHERS = ["tests.hashing.LightArgon2"]
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _templates() -> None:
    """Draw templates as the product does: for tests Django copies what each was drawn with, and few of ours ask."""
    Template._render = lambda self, context: self.nodelist.render(context)


@pytest.fixture(scope="module")
def told_contexts() -> Iterator[None]:
    """Let the answers of a file's tests know what their templates were drawn with (`response.context`)."""
    plain = Template._render
    Template._render = instrumented_test_render
    yield
    Template._render = plain


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Look for a static file when it is asked for: each client would list all of them anew."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def _second_step() -> Iterator[None]:
    """Let `force_login` stand for a whole sign-in: with the second step, where the person has a factor."""
    from allauth.account.internal.flows.login import record_authentication

    from tanggap.selectors.accounts import has_factor

    def stepped(request: HttpRequest, user: "User", **_more: object) -> None:
        is_forced = not request.path  # the test client makes up a request to nowhere
        if is_forced and has_factor(user.pk):
            record_authentication(request, user, "mfa")

    user_logged_in.connect(stepped)
    yield
    user_logged_in.disconnect(stepped)


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    """Let a test write as the owner of the tables: what loads reference data does so."""
    from tests.rights import owning

    with owning():
        yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Give a test that commits, and processes beside it, a database of its own."""
    from django.db import connections

    name = f"tanggap_test_worker_{os.getpid()}"
    clone(name)
    with django_db_blocker.unblock():
        here = connections["default"]
        before = here.settings_dict["NAME"]
        here.close()
        here.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            here.close()
            here.settings_dict["NAME"] = before
            remove(name)
