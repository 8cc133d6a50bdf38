"""Exact figures: one rounding, intervals, quantiles by nearest rank, and no number where there is nothing to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain import figures
from tanggap.domain.figures import Silence, nearest_rank, ranked, rounded, wilson
from tests.domain.test_indicators import BY_CODE, ON


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(8900, 215), "41.40"),
        (Fraction(1, 8), "0.13"),  # exactly between: up, where a machine's own rounding goes to the even one
        (Fraction(-1, 8), "-0.13"),
        (Fraction(2675, 1000), "2.68"),  # 2.67 with floats
        (Fraction(0), "0.00"),
        (Fraction(99995, 1000), "100.00"),
    ],
)
def test_a_half_is_rounded_up(value, expected):
    assert rounded(value, 2) == Decimal(expected)


@given(n=st.integers(1, 5000), data=st.data())
@settings(max_examples=100, deadline=None)
def test_an_interval_is_wilsons_and_holds_the_share(n, data):
    k = data.draw(st.integers(0, n))
    low, high = wilson(k, n)
    assert Decimal(0) <= low <= rounded(Fraction(100 * k, n), 2) <= high <= Decimal(100)
    z, p = 1.96, k / n
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    assert abs(float(low) - 100 * max(0, middle - half)) < 0.0051
    assert abs(float(high) - 100 * min(1, middle + half)) < 0.0051


def test_a_small_office_has_a_wide_interval():
    assert wilson(1, 1) == (Decimal("20.65"), Decimal("100.00"))
    assert wilson(90, 100) == (Decimal("82.56"), Decimal("94.48"))


@given(values=st.lists(st.integers(0, 40), min_size=1, max_size=60), share=st.fractions("0.01", "0.99"))
@settings(max_examples=100, deadline=None)
def test_a_quantile_is_the_smallest_value_that_so_many_do_not_exceed(values, share):
    found = nearest_rank({value: values.count(value) for value in set(values)}, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_nothing_to_count_is_no_number_and_says_why():
    nothing = figures.ratio(BY_CODE["sla_rate"], 0, 0)
    few = figures.ratio(BY_CODE["sla_rate"], 1, 1)
    assert (nothing.shown, nothing.silence) == (None, Silence.NO_CASES)
    assert (few.shown, few.silence, few.n) == (None, Silence.TOO_FEW, 1)
    assert figures.count(BY_CODE["volume"], 0).shown == 0
    assert figures.of_spread(BY_CODE["resolve_median"], {}, on=ON).silence == Silence.NO_CASES


def test_the_age_of_what_is_overdue_is_counted_in_bands_on_a_day():
    spread = {"2026-11-26": 1, "2026-11-19": 2, "2026-11-18": 4, "2026-08-27": 8, "2026-08-26": 16}
    figure = figures.of_spread(BY_CODE["overdue_age"], spread, on=date(2026, 11, 26))
    assert figure.spread == (("0", 3), ("8", 4), ("31", 0), ("91", 24))
    assert figure.n == 31


def test_a_distribution_is_in_the_order_of_its_numbers():
    figure = figures.of_spread(BY_CODE["resolve_distribution"], {"10": 3, "9": 2, "0": 1}, on=ON)
    assert figure.spread == (("0", 1), ("9", 2), ("10", 3))


def test_a_town_with_one_report_does_not_lead_the_comparison():
    indicator = BY_CODE["sla_rate"]
    rows = [
        ("town", figures.ratio(replace(indicator, minimum=1), 1, 1)),
        ("good", figures.ratio(indicator, 95, 100)),
        ("as good", figures.ratio(indicator, 190, 200)),
        ("poor", figures.ratio(indicator, 40, 100)),
        ("empty", figures.ratio(indicator, 0, 0)),
    ]
    placed = [(row.key, row.rank) for row in ranked(indicator, rows)]
    assert placed == [("good", 1), ("as good", 1), ("poor", 3), ("town", None), ("empty", None)]


def test_where_less_is_better_the_least_goes_first():
    indicator = BY_CODE["reopen_rate"]
    rows = [("many", figures.ratio(indicator, 50, 100)), ("few", figures.ratio(indicator, 1, 100))]
    assert [row.key for row in ranked(indicator, rows)] == ["few", "many"]
