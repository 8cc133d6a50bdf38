"""Report numbers survive the telephone: each slip of one symbol, and each swap of two, is caught."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain import references

ENTROPY = st.binary(min_size=5, max_size=5)
NUMBERS = ENTROPY.map(references.make)


@given(NUMBERS)
def test_a_number_has_the_shape_that_is_shown_and_reads_back(number):
    assert re.fullmatch(references.FORMATTED, number)
    assert len(number) == references.NUMBER_LENGTH
    assert references.parse(number) == number


@given(NUMBERS, st.integers(0, 7), st.sampled_from(references.ALPHABET))
def test_every_single_wrong_symbol_is_caught(number, place, symbol):
    bare = number.replace("-", "")
    wrong = bare[:place] + symbol + bare[place + 1 :]
    assert references.parse(wrong) == (number if wrong == bare else None)


@given(NUMBERS, st.integers(0, 7), st.integers(0, 7))
def test_every_swap_of_two_symbols_is_caught_wherever_they_stand(number, left, right):
    signs = list(number.replace("-", ""))
    signs[left], signs[right] = signs[right], signs[left]
    assert references.parse("".join(signs)) == (number if signs[left] == signs[right] else None)


def test_all_single_errors_and_swaps_of_one_number_are_tried_out_in_full():
    bare = references.make(bytes.fromhex("3d1ba944d2")).replace("-", "")
    for place in range(8):
        for symbol in references.ALPHABET:
            wrong = bare[:place] + symbol + bare[place + 1 :]
            assert (references.parse(wrong) is None) == (wrong != bare)


@given(NUMBERS)
def test_what_people_do_to_a_number_is_forgiven(number):
    bare = number.replace("-", "")
    spoken = number.lower().replace("0", "o").replace("1", "l")
    for written in (bare, bare.lower(), f" {number} ", f"#{number}", " ".join(bare), number.replace("-", "–"), spoken):
        assert references.parse(written) == number
    assert references.parse(number.replace("1", "I").replace("0", "O")) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("7KQ2-M9T", "too short"),
        ("7KQ2-M9TDD", "too long"),
        ("7KQ2-M9TU", "U is no symbol"),
        ("7KQ2/M9TD", "a slash stands in addresses"),
        ("7KQ2-M9T\x00", "NUL"),
        ("٧KQ2-M9TD", "digits of another script"),
        ("0" * 1000, "far too long"),
        ("ſ" * 8, "a foreign letter whose capital is one of ours"),
    ],
)
def test_what_is_no_number_is_none(text, why):
    assert references.parse(text) is None, why


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text):
    for parsed, shape in (
        (references.parse(text), references.FORMATTED),
        (references.parse_token(text), references.TOKEN_FORMATTED),
    ):
        assert parsed is None or re.fullmatch(shape, parsed)


def test_too_little_entropy_is_an_error():
    with pytest.raises(ValueError, match="5 random bytes"):
        references.make(b"1234")


def test_thirty_five_bits_of_the_entropy_count_and_the_rest_does_not():
    assert references.make(b"\xff" * 5) == references.make(b"\xff\xff\xff\xff\xe0tail")
    assert references.make(b"\x00" * 5) == "0000-0000"


@given(st.binary(min_size=10, max_size=10))
def test_a_token_keeps_all_eighty_bits_and_reads_back(raw):
    token = references.format_token(raw)
    assert re.fullmatch(references.TOKEN_FORMATTED, token)
    assert len(token) == references.TOKEN_LENGTH
    assert references.parse_token(token.lower().replace("-", " ")) == token
    bits = 0
    for sign in token.replace("-", ""):
        bits = bits << 5 | references.ALPHABET.index(sign)
    assert bits.to_bytes(10) == raw


@pytest.mark.parametrize("raw", [b"", b"123456789", b"12345678901"])
def test_a_token_of_another_length_is_an_error(raw):
    with pytest.raises(ValueError, match="10 bytes"):
        references.format_token(raw)


@pytest.mark.parametrize("text", ["", "ABCD-EFGH", "ABCD-EFGH-JKMN-PQR", "ABCD-EFGH-JKMN-PQRU", "A" * 17])
def test_what_is_no_token_is_none(text):
    assert references.parse_token(text) is None
