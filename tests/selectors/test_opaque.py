"""Sealed numbers: unreadable, the same each time, of one purpose only, and what is none is none."""

import re
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.selectors import opaque

# So long that it still fits an address where each sign is written as an escape of twelve.
PARTS = st.lists(st.one_of(st.integers(-(2**70), 2**70), st.text(max_size=8)), max_size=6)


@given(parts=PARTS)
def test_what_was_sealed_comes_back_and_looks_the_same_each_time(parts):
    assert opaque.open_("test", opaque.seal("test", parts)) == parts
    assert opaque.seal("test", parts) == opaque.seal("test", parts)


@given(parts=PARTS)
def test_it_fits_an_address_and_opens_for_nothing_else(parts):
    sealed = opaque.seal("test", parts)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", sealed)
    assert opaque.open_("another", sealed) is None
    assert opaque.open_("test", ("B" if sealed[0] == "A" else "A") + sealed[1:]) is None


@given(text=st.text(max_size=200))
def test_what_nobody_sealed_is_none(text):
    assert opaque.open_("test", text) is None


def test_a_number_cannot_be_read_and_its_length_cannot_be_seen():
    short, long = opaque.seal("test", [7]), opaque.seal("test", [123456789])
    assert len(short) == len(long)
    assert b"123456789" not in urlsafe_b64decode(long + "==")


@pytest.mark.parametrize("text", ["", "A", "A" * 2000, "é", "2020-07-01T00:00:00+00:00_1_5"])
def test_strange_keys_are_none(text):
    assert opaque.open_("test", text) is None
