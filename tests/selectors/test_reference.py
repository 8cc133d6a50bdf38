"""Whether a load is needed, and what the earlier ones changed."""

from datetime import UTC, datetime

import pytest

from tanggap import data
from tanggap.adapters import areas
from tanggap.models import ReferenceLoad
from tanggap.selectors import reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def test_the_prepared_database_holds_the_shipped_files():
    assert reference.is_current(data.fingerprint(areas.code_book()))


def test_the_newest_load_says_what_the_database_holds():
    ReferenceLoad.objects.create(fingerprint="later", loaded_at=datetime(2027, 1, 1, tzinfo=UTC), changes=[])
    assert reference.is_current("later")
    assert not reference.is_current(data.fingerprint(areas.code_book()))
    assert reference.loads().first().fingerprint == "later"
