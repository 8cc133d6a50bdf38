"""The tree for officers, the short list for citizens."""

import pytest

from tanggap.selectors import categories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def test_the_tree_has_the_top_levels_in_force_and_comes_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        tree = categories.tree()
    tops = {branch.category.code for branch in tree}
    assert len(tops) == 38 - 3
    assert "corona" not in tops


def test_children_stand_below_their_parent():
    roads = next(branch for branch in categories.tree() if branch.category.code == "pekerjaan-umum")
    assert "Jalan berlubang" in [child.category.name for child in roads.children]


def test_a_citizen_sees_at_most_fifteen_groups_and_each_has_something_to_choose():
    choices = categories.choices()
    assert 0 < len(choices) <= 15
    assert all(choice.categories for choice in choices)
    assert choices[-1].group.code == "lain"


def test_a_citizen_is_not_asked_to_tell_nine_hundred_apart():
    offered = [category for choice in categories.choices() for category in choice.categories]
    assert len(offered) < 130
    assert len(offered) == len(set(offered))
    assert all(category.name_en for category in offered)


def test_a_retired_category_is_not_offered_but_still_read():
    assert categories.get("corona").active_to is not None
    assert not categories.get("corona").is_active


def test_an_unknown_category_is_not_found():
    with pytest.raises(categories.NotFoundError):
        categories.get("nowhere")
    with pytest.raises(categories.NotFoundError):
        categories.with_those_below("nowhere")


def test_a_filter_by_a_category_takes_what_is_below_it():
    below = categories.with_those_below("pekerjaan-umum")
    assert {"pekerjaan-umum", "pekerjaan-umum.jalan-berlubang"} <= below
    assert len(below) == 27
    assert categories.with_those_below("pekerjaan-umum.halte") == {"pekerjaan-umum.halte"}


def test_what_is_below_a_retired_category_is_not_shown():
    categories.active().filter(pk="pekerjaan-umum").update(active_to="2026-01-01")
    shown = {branch.category.code for branch in categories.tree()}
    assert not any(code.startswith("pekerjaan-umum") for code in shown)


def test_the_groups_come_in_their_order():
    assert [group.position for group in categories.groups()] == list(range(1, 16))
