"""Add, change, end: with one statement each, and nothing for rows that are as they should be."""

from datetime import date

import pytest

from tanggap.models import CategoryGroup, Unit
from tanggap.selectors import agencies
from tanggap.services.upserts import Table, bring_up_to_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

TODAY = date(2026, 7, 1)


def group(code, name="Nama"):
    return {"code": code, "name": name, "name_en": "Name", "position": 99}


def table():
    return Table("groups", CategoryGroup, {row.code: row for row in CategoryGroup.objects.filter(position=99)})


def test_each_row_is_counted_once(django_assert_num_queries):
    for code in ("a", "b"):
        CategoryGroup.objects.create(**group(code))
    standing = table()
    with django_assert_num_queries(2):
        change = bring_up_to_date(standing, {"a": group("a"), "b": group("b", "Lain"), "c": group("c")}, today=TODAY)
    assert (change.added, change.changed, change.retired, change.unchanged) == (1, 1, 0, 1)
    assert dict(CategoryGroup.objects.filter(position=99).values_list("code", "name")) == {
        "a": "Nama",
        "b": "Lain",
        "c": "Nama",
    }


def test_nothing_to_do_costs_no_query(django_assert_num_queries):
    CategoryGroup.objects.create(**group("a"))
    standing = table()
    with django_assert_num_queries(0):
        assert bring_up_to_date(standing, {"a": group("a")}, today=TODAY).is_nothing


def test_a_row_made_by_hand_is_not_ended_when_no_file_names_it():
    home = agencies.home()
    for source in ("file", "manual"):
        Unit.objects.create(agency=home, slug=source, name="X", kind="opd", source=source, valid_from=date(2026, 1, 1))
    rows = {unit.slug: unit for unit in Unit.objects.filter(name="X")}
    assert bring_up_to_date(Table("units", Unit, rows, ends="valid_to"), {}, today=TODAY).retired == 1
    assert dict(Unit.objects.filter(name="X").values_list("slug", "valid_to")) == {"file": TODAY, "manual": None}
