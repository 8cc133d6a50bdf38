"""What a stranger wrote is never a formula, and comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain.cells import guarded, unguarded

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text(alphabet="='+-@\t\r \nab"))
def test_no_cell_begins_like_a_formula_and_each_comes_back(text):
    cell = guarded(text)
    assert not cell.lstrip(" \n").startswith(DANGEROUS)
    assert unguarded(cell) == text


def test_plain_words_stay_as_they_are():
    for text in ("Jalan rusak", "'kutipan'", "", "5-6 lubang"):
        assert guarded(text) == text
