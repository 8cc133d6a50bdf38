"""A secret report is told only among five or more: of its agency, else of its province, else of the nation."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain.small_counts import SMALLEST, told


def test_small_counts_go_one_tier_up_together():
    counts = {
        ("1", "36"): {"closed": 5, "pending": 1},
        ("2", "36"): {"closed": 3, "pending": 1},
        ("3", "36"): {"closed": 2},
        ("4", ""): {"closed": 4, "pending": 4},
    }
    assert told(counts) == {("agency", "1", "closed"): 5, ("province", "36", "closed"): 5, ("nation", "", "pending"): 6}


_NUMBERS = st.dictionaries(st.sampled_from(["closed", "pending"]), st.integers(0, 9))


@given(numbers=st.lists(st.tuples(st.sampled_from(["", "36", "32"]), _NUMBERS), max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_count_is_smaller_than_five_and_none_is_told_twice(numbers):
    counts = {(str(place), province): of for place, (province, of) in enumerate(numbers)}
    found = told(counts)
    assert all(n >= SMALLEST for n in found.values())
    assert sum(found.values()) <= sum(n for of in counts.values() for n in of.values())
    for family in ("closed", "pending"):
        missing = sum(of.get(family, 0) for of in counts.values())
        missing -= sum(n for (_kind, _place, what), n in found.items() if what == family)
        assert 0 <= missing < SMALLEST
