"""Categories end, they are not deleted."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap import data
from tanggap.domain.reference import read_rows
from tanggap.domain.reference_rows import CategoryRow, GroupRow
from tanggap.models import Category, CategoryGroup
from tanggap.services import categories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

TODAY = date(2026, 7, 1)


def rows(kind, name):
    return read_rows(kind, name, data.text(name))


def test_a_category_that_is_gone_from_the_file_ends_today_and_keeps_its_row():
    less = [row for row in rows(CategoryRow, "categories.csv") if row.code != "srgi"]
    change = categories.load_categories(less, today=TODAY)
    assert (change.retired, change.unchanged) == (1, 957)
    assert Category.objects.get(pk="srgi").active_to == TODAY


def test_a_category_moves_to_another_group():
    moved = [replace(row, group="lain") if row.code == "srgi" else row for row in rows(CategoryRow, "categories.csv")]
    moved = [replace(row, group="tanah") if row.code == "agama" else row for row in moved]
    assert categories.load_categories(moved, today=TODAY).changed == 1
    assert Category.objects.get(pk="agama").group_id == "tanah"


def test_a_group_that_is_gone_from_the_file_stays_for_what_names_it():
    change = categories.load_groups(rows(GroupRow, "category_groups.csv")[:-1], today=TODAY)
    assert change.is_nothing
    assert CategoryGroup.objects.count() == 15
