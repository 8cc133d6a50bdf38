"""Names of reference data: right, remembered, and read again after a load."""

import pytest

from tanggap.models import Agency, ReferenceLoad
from tanggap.selectors import calendars, names
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


@pytest.fixture
def fresh():
    """Make a load of this test alone the newest one: what it remembers is remembered by nobody else."""
    return ReferenceLoad.objects.create(fingerprint="x", loaded_at=make.NOW, changes=[])


def test_each_kind_has_its_name(fresh):
    known = names.current()
    agency, unit = make.agency(), make.unit()
    assert (known.load, known.calendar) == (fresh.pk, calendars.current_version())
    assert known.agency(agency.pk) == names.Office(agency.name, agency.slug, agency.short_name, agency.timezone)
    assert known.unit(unit.pk).name == unit.name
    assert known.unit(unit.pk).short == str(unit)
    assert known.category("agama").name == "Agama"
    assert known.category("agama").name_en == "Religion"


def test_places_come_with_what_they_lie_in(fresh):
    found = names.current().places(["36.01.01"])
    assert found["36"] == "Banten"
    assert set(found) == {"36", "36.01", "36.01.01"}
    assert names.current().places(["99.99"]) == {}


def test_what_was_asked_once_is_not_asked_again(fresh, django_assert_num_queries):
    names.current().agency(make.agency().pk)
    names.current().places(["36.01"])
    unit = make.agency("kota-serang").pk
    with django_assert_num_queries(1):
        known = names.current()
        known.agency(unit)
        known.places(["36", "36.01"])


def test_an_office_that_was_made_meanwhile_is_found_and_one_that_never_was_is_not(fresh):
    known = names.current()
    known.agency(make.agency().pk)
    made = Agency.objects.create(slug="baru", name="Badan Baru", kind="institution", valid_from=make.NOW.date())
    assert known.agency(made.pk).name == "Badan Baru"
    with pytest.raises(KeyError):
        known.unit(0)


def test_after_a_load_names_are_read_again(fresh):
    agency = make.agency()
    names.current().agency(agency.pk)
    Agency.objects.filter(pk=agency.pk).update(name="Provinsi Lain")
    assert names.current().agency(agency.pk).name == agency.name
    ReferenceLoad.objects.create(fingerprint="y", loaded_at=make.NOW, changes=[])
    assert names.current().agency(agency.pk).name == "Provinsi Lain"
