"""Areas as a form asks for them."""

import pytest

from tanggap.selectors import areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def test_without_a_code_the_children_are_the_provinces_by_name():
    names = [area.name for area in areas.children()]
    assert len(names) == 38
    assert names == sorted(names)


def test_the_children_of_banten_are_its_eight_regencies_and_cities():
    assert {area.code for area in areas.children("36")} == {
        "36.01", "36.02", "36.03", "36.04", "36.71", "36.72", "36.73", "36.74",
    }  # fmt: skip


def test_a_path_leads_from_the_province_to_the_area_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        path = areas.path("36.01.02.2003")
    assert [area.code for area in path] == ["36", "36.01", "36.01.02", "36.01.02.2003"]
    assert [area.level for area in path] == ["province", "regency", "district", "village"]


@pytest.mark.parametrize("code", ["", "99", "36.99", "36.01.02.9999", "x", "36.", "'; --"])
def test_an_unknown_code_is_not_found(code):
    with pytest.raises(areas.NotFoundError):
        areas.get(code)
    with pytest.raises(areas.NotFoundError):
        areas.path(code)


def test_an_area_of_another_parent_cannot_be_selected():
    assert areas.is_selectable("36", parent=None)
    assert areas.is_selectable("36.03", parent="36")
    assert not areas.is_selectable("36.03", parent="32")
    assert not areas.is_selectable("36.03", parent=None)


def test_a_retired_area_is_not_offered_any_more_but_still_read():
    areas.children("36").filter(pk="36.04").update(valid_to="2026-01-01")
    assert "36.04" not in {area.code for area in areas.children("36")}
    assert areas.get("36.04").name == "Kabupaten Serang"
    assert not areas.is_selectable("36.04", parent="36")


def test_the_points_of_banten_are_there_down_to_the_village():
    village = areas.get("36.01.02.2003")
    assert village.latitude is not None
    assert village.postal_code
    assert areas.get("36").population > 10_000_000
