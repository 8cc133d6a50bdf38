"""Organisation changes: renamed, moved, ended, and what was made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap import data
from tanggap.domain.reference import read_rows
from tanggap.domain.reference_rows import AgencyRow, OversightRow, UnitRow
from tanggap.models import Agency, OversightEdge, Unit
from tanggap.services import agencies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

TODAY = date(2026, 7, 1)


def rows(kind, name):
    return read_rows(kind, name, data.text(name))


def test_a_renamed_agency_is_changed_in_place():
    renamed = [replace(row, name="Komisi") if row.slug == "kpk" else row for row in rows(AgencyRow, "agencies.csv")]
    change = agencies.load_agencies(renamed, today=TODAY)
    assert (change.added, change.changed, change.retired, change.unchanged) == (0, 1, 0, 641)
    assert Agency.objects.get(slug="kpk").name == "Komisi"


def test_an_agency_that_is_gone_from_the_file_ends_today_and_is_not_deleted():
    change = agencies.load_agencies([row for row in rows(AgencyRow, "agencies.csv") if row.slug != "kpk"], today=TODAY)
    assert change.retired == 1
    gone = Agency.objects.get(slug="kpk")
    assert gone.valid_to == TODAY
    assert gone.was_active_on(TODAY)
    assert not gone.was_active_on(date(2026, 7, 2))
    assert not gone.was_active_on(date(2017, 12, 31))


def test_what_ended_once_is_not_ended_again():
    less = [row for row in rows(AgencyRow, "agencies.csv") if row.slug != "kpk"]
    agencies.load_agencies(less, today=TODAY)
    assert agencies.load_agencies(less, today=date(2026, 8, 1)).is_nothing
    assert Agency.objects.get(slug="kpk").valid_to == TODAY


def test_a_unit_made_by_hand_is_not_touched():
    home = Agency.objects.get(slug="pemprov-banten")
    Unit.objects.create(agency=home, slug="tim-khusus", name="Tim", kind="subunit", source="manual", valid_from=TODAY)
    assert agencies.load_units(rows(UnitRow, "units.csv"), today=TODAY).is_nothing
    assert Unit.objects.get(slug="tim-khusus").is_active


def test_a_unit_that_moves_below_another_counts_as_changed():
    moved = [replace(row, parent="dlhk") if row.slug == "samsat" else row for row in rows(UnitRow, "units.csv")]
    change = agencies.load_units(moved, today=TODAY)
    assert (change.added, change.changed, change.unchanged) == (0, 1, 129)
    assert Unit.objects.select_related("parent").get(slug="samsat").parent.slug == "dlhk"


def test_a_new_unit_hangs_below_its_parent_and_an_old_one_ends():
    units = [row for row in rows(UnitRow, "units.csv") if row.slug != "bkkm"]
    new = replace(units[0], slug="kcd-lebak", name="KCD Lebak", kind="technical_unit", parent="dindikbud")
    change = agencies.load_units([*units, new], today=TODAY)
    assert (change.added, change.changed, change.retired) == (1, 0, 1)
    assert Unit.objects.select_related("parent").get(slug="kcd-lebak").parent.slug == "dindikbud"
    assert not Unit.objects.get(slug="bkkm").is_active


def test_oversight_that_is_gone_from_the_file_ends():
    edges = rows(OversightRow, "oversight.csv")
    change = agencies.load_oversight(edges[1:], today=TODAY)
    assert (change.retired, change.unchanged) == (1, len(edges) - 1)
    assert OversightEdge.objects.filter(valid_to=TODAY).count() == 1
