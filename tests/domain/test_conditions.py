"""The small language of conditions: what it says, and what it refuses."""

import pytest

from tanggap.domain.conditions import BadConditionError, columns, compiled, matches

ROW = {"status": "closed", "rating": 4, "is_secret": False, "reopen_count": 1, "outcome": ""}

TRUE = [
    {"column": "status", "eq": "closed"},
    {"column": "status", "in": ["closed", "archived"]},
    {"column": "rating", "ge": 4},
    {"column": "rating", "le": 4},
    {"column": "unknown", "eq": None},
    {"not": {"column": "unknown", "ge": 0}},
    {"all": []},
    {"all": [{"column": "rating", "ge": 1}, {"not": {"column": "is_secret", "eq": True}}]},
    {"any": [{"column": "rating", "eq": 1}, {"column": "status", "eq": "closed"}]},
]
FALSE = [
    {"any": []},
    {"column": "unknown", "le": 3},
    {"column": "unknown", "in": ["a"]},
    {"column": "reopen_count", "eq": True},  # one is a count, true a flag
    {"column": "outcome", "eq": None},  # empty is a word
    {"not": {"all": []}},
]
BAD = [
    {},
    {"column": "status"},
    {"column": "status", "eq": 1, "in": [1]},
    {"column": "status", "like": "%"},
    {"all": [], "any": []},
    {"not": {"column": 1, "eq": 1}},
    {"all": [{"column": "rating"}]},
]


@pytest.mark.parametrize("condition", TRUE, ids=str)
def test_a_row_meets_what_it_says(condition):
    assert matches(condition, ROW)
    assert not matches({"not": condition}, ROW)


@pytest.mark.parametrize("condition", FALSE, ids=str)
def test_a_row_does_not_meet_what_it_does_not_say(condition):
    assert not matches(condition, ROW)


@pytest.mark.parametrize("condition", BAD, ids=str)
def test_what_is_not_of_the_language_is_refused(condition):
    with pytest.raises(BadConditionError):
        compiled(condition)
    with pytest.raises(BadConditionError):
        list(columns(condition))


def test_the_columns_of_a_condition_are_named():
    assert set(columns({"all": [TRUE[0], {"not": TRUE[2]}, {"any": [TRUE[4]]}]})) == {"status", "rating", "unknown"}
