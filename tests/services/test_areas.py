"""A new code book: what is new, renamed, gone, and what comes back."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.adapters import areas as code_book
from tanggap.domain.reference_rows import AreaRow, PointRow
from tanggap.models import Area
from tanggap.services import areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

TODAY = date(2026, 7, 1)
VILLAGE = "36.01.02.2003"


@pytest.fixture(scope="module")
def rows():
    return code_book.areas()


def load(rows, points=(), book=""):
    return areas.load(rows, points, code_book=book or code_book.code_book(), today=TODAY)


@pytest.fixture
def loaded(rows, db):
    """Take the points away, so that only what a test changes is a change."""
    Area.objects.filter(latitude__isnull=False).update(latitude=None, longitude=None, population=None, area_km2=None)
    return rows


def test_new_renamed_and_gone_areas_are_counted_and_the_gone_one_stays(loaded):
    rows = [replace(row, name="Tugu Baru") if row.code == "36.01.02.2004" else row for row in loaded]
    rows = [row for row in rows if row.code != VILLAGE] + [AreaRow("36.99", "Kota Baru", "city", "36", "")]
    change = load(rows)
    assert (change.added, change.changed, change.retired) == (1, 1, 1)
    assert Area.objects.get(pk=VILLAGE).valid_to == TODAY
    assert Area.objects.get(pk="36.01.02.2004").name == "Tugu Baru"
    assert Area.objects.get(pk="36.99").parent_id == "36"


def test_a_new_decree_alone_is_no_change_but_is_stored_with_each_area_in_force(loaded):
    change = load([row for row in loaded if row.code != VILLAGE], book="Kepmendagri baru")
    assert (change.added, change.changed, change.retired) == (0, 0, 1)
    assert Area.objects.get(pk="36").code_book == "Kepmendagri baru"
    assert Area.objects.get(pk=VILLAGE).code_book != "Kepmendagri baru"


def test_an_area_that_comes_back_is_in_force_again(loaded):
    load([row for row in loaded if row.code != VILLAGE])
    change = load(loaded)
    assert (change.added, change.changed, change.retired) == (0, 1, 0)
    assert Area.objects.get(pk=VILLAGE).valid_to is None


def test_points_are_written_to_their_areas(loaded):
    change = load(loaded, [PointRow(2, VILLAGE, -6.7, 105.9, 12.5, 3000)])
    assert change.changed == 1
    area = Area.objects.get(pk=VILLAGE)
    assert (area.latitude, area.longitude, area.area_km2, area.population) == (-6.7, 105.9, 12.5, 3000)
