"""Which limit counts, and when a local one is looser."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain.calendar import WorkingCalendar, weekends_only
from tanggap.domain.limits import (
    LimitRule,
    Limits,
    NoLimitError,
    PolicyRules,
    TimeLimit,
    inherit,
    is_looser,
    last_second,
    looser_rules,
)

SINCE = date(2018, 12, 1)
YEAR = date(2020, 1, 1), date(2020, 12, 31)
KINDS = ("complaint", "aspiration", "information_request")


def rule(clock, count, unit="wd", classification="", supervisory=None):
    return LimitRule(clock, classification, supervisory, count, unit, "Ps 1", "Permen", SINCE)


def limit(count, unit="wd"):
    return TimeLimit(count, unit, "Ps 1", "Permen", "p@1")


NATIONAL = Limits(
    (
        PolicyRules(
            "permen@2",
            (
                rule("verify", 3),
                rule("resolve", 5, classification="aspiration"),
                rule("resolve", 14, classification="complaint", supervisory=False),
                rule("resolve", 60, classification="complaint", supervisory=True),
                rule("auto_close", 10),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("clock", "classification", "supervisory", "count"),
    [
        ("verify", "complaint", None, 3),
        ("resolve", "aspiration", None, 5),
        ("resolve", "complaint", None, 14),
        ("resolve", "complaint", False, 14),
        ("resolve", "complaint", True, 60),
    ],
)
def test_the_most_precise_row_gives_the_limit(clock, classification, supervisory, count):
    found = NATIONAL.limit(clock, classification, supervisory)
    assert (found.count, found.policy) == (count, "permen@2")


def test_a_row_that_names_more_wins_whatever_its_place():
    rows = (rule("verify", 1, classification="complaint", supervisory=True), rule("verify", 9))
    for order in (rows, rows[::-1]):
        limits = Limits((PolicyRules("p@1", order),))
        assert limits.limit("verify", "complaint", True).count == 1
        assert limits.limit("verify", "complaint", False).count == 9


def test_a_clock_without_a_limit_is_an_error_that_names_clock_and_policy():
    with pytest.raises(NoLimitError, match=r"resolve of information_request in permen@2"):
        NATIONAL.limit("resolve", "information_request")


def test_the_local_policy_wins_where_it_speaks_and_is_named_in_the_limit():
    both = Limits((PolicyRules("local@1", (rule("verify", 48, "hour"),)), *NATIONAL.layers))
    assert both.limit("verify").policy == "local@1"
    assert both.limit("auto_close").policy == "permen@2"
    assert both.name == "permen@2+local@1"


def test_an_inheriting_policy_replaces_rows_of_the_same_kind_and_keeps_the_rest():
    rows = inherit([rule("verify", 3), rule("reply", 5)], [rule("verify", 2), rule("appeal", 10)])
    assert {(row.clock, row.count) for row in rows} == {("verify", 2), ("reply", 5), ("appeal", 10)}


@pytest.mark.parametrize(
    ("local", "national", "expected", "why"),
    [
        (limit(48, "hour"), limit(3), None, "two whole days end before three working days do"),
        (limit(3), limit(3), None, "the same is not looser"),
        (limit(72, "hour"), limit(3), None, "at the last second of the day at the latest, 72 hours are three days"),
        (limit(73, "hour"), limit(3), date(2020, 1, 5), "from a Sunday three working days are three days"),
        (limit(12, "cd"), limit(10), None, "from a Sunday ten working days are twelve days, and never fewer"),
        (limit(13, "cd"), limit(10), date(2020, 1, 5), "so thirteen are too many on a Sunday"),
        (limit(14, "cd"), limit(10), date(2020, 1, 4), "and fourteen on a Saturday already"),
        (limit(4), limit(5, "cd"), date(2020, 1, 1), "a weekend in between"),
        (limit(1), limit(4, "cd"), None, "Friday to Monday is three days"),
    ],
)
def test_a_limit_is_looser_on_the_first_start_day_that_ends_later(local, national, expected, why):
    first, last = YEAR
    found = is_looser(local, national, weekends_only(), first, last)
    assert found == expected, why


def test_a_long_weekend_in_the_calendar_is_what_makes_a_limit_looser():
    eid = frozenset(date(2020, 5, 21) + timedelta(days=n) for n in range(7))
    local, national = limit(1), limit(4, "cd")
    assert is_looser(local, national, weekends_only(), *YEAR) is None
    assert is_looser(local, national, WorkingCalendar(off=eid), *YEAR) == date(2020, 5, 20)


@given(
    local=st.tuples(st.integers(1, 90), st.sampled_from(["wd", "cd", "hour"])),
    national=st.tuples(st.integers(1, 90), st.sampled_from(["wd", "cd", "hour"])),
    start=st.dates(date(2020, 1, 1), date(2020, 1, 31)),
)
def test_looser_is_found_exactly_when_some_day_ends_later(local, national, start):
    one, other, calendar = limit(*local), limit(*national), weekends_only()
    end = start + timedelta(days=20)
    days = [start + timedelta(days=n) for n in range(21)]
    later = [day for day in days if last_second(one, day, calendar) > last_second(other, day, calendar)]
    assert is_looser(one, other, calendar, start, end) == (later[0] if later else None)


def test_a_looser_row_is_reported_once_with_the_day_that_shows_it():
    (found,) = looser_rules([rule("verify", 4)], NATIONAL, weekends_only(), YEAR, KINDS)
    assert (found.rule.count, found.national.count, found.day) == (4, 3, date(2020, 1, 1))


def test_a_row_for_any_report_is_looser_when_it_is_so_for_one_kind_of_report():
    (found,) = looser_rules([rule("resolve", 20)], NATIONAL, weekends_only(), YEAR, KINDS)
    assert (found.classification, found.supervisory) == ("complaint", False)


def test_what_the_national_policy_does_not_limit_may_be_limited_locally():
    assert not list(looser_rules([rule("appeal", 99)], NATIONAL, weekends_only(), YEAR, KINDS))


@pytest.mark.parametrize("days", [9, 11])
def test_the_time_that_is_the_reporters_is_neither_cut_nor_stretched(days):
    assert list(looser_rules([rule("auto_close", days)], NATIONAL, weekends_only(), YEAR, KINDS))


def test_an_unknown_unit_is_an_error():
    with pytest.raises(ValueError, match="fortnight"):
        last_second(limit(1, "fortnight"), date(2020, 1, 1), weekends_only())
