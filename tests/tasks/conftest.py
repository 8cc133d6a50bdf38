"""A database of its own for tests that commit, or that run processes beside them."""

import os

import pytest
from django.db import connections

from tests.databases import clone, remove


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """Give a test that commits, and processes beside it, a database of its own."""
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
