"""A stretch of days is the months in it and the days at its edges, each day once."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain.periods import Period


@given(first=st.dates(date(2019, 1, 1), date(2027, 1, 1)), length=st.integers(0, 800))
@settings(max_examples=60, deadline=None)
def test_the_keys_of_a_period_hold_each_of_its_days_once(first, length):
    period = Period(first, first + timedelta(days=length))
    held = []
    for key in period.keys(has_days=True):
        part = Period.named(key)
        held += [part.first + timedelta(days=place) for place in range((part.last - part.first).days + 1)]
    assert held == [first + timedelta(days=place) for place in range(length + 1)]
    assert period.keys(has_days=False) == period.months()
    assert period.whole().keys(has_days=True) == period.months()


def test_a_year_is_its_twelve_months():
    assert len(Period.named("2024").keys(has_days=True)) == 12
    assert Period.named("2024-02").last == date(2024, 2, 29)


def test_the_last_days_are_told_as_the_whole_months_that_they_touch():
    touched = Period.months_of_last(date(2026, 11, 26), 30)
    assert touched == Period(date(2026, 10, 1), date(2026, 11, 30)) == Period.named(touched.of_months)
    assert touched.of_months == "2026-10/2026-11"
    assert Period.months_of_last(date(2026, 11, 30), 30).of_months == "2026-11/2026-11"
    assert Period.months_of_last(date(2026, 3, 1), 30).of_months == "2026-01/2026-03"


@pytest.mark.parametrize("name", ["", "2026-13", "2026-11-05-01", "x"])
def test_what_is_no_period_is_refused(name):
    with pytest.raises(ValueError, match=r".+"):
        Period.named(name)
