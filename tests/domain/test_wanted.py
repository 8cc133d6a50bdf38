"""What an officer wants masked is found however it is written, and then no letter of it is left."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain.redaction import Finding, FindingKind, mask
from tanggap.domain.redaction.wanted import find_wanted

# Letters whose length or shape changes with their case or form, accents of their own, what nobody sees, spaces.
TRICKY = "aAiIsSeEİıßŞşéÉñÑﬁ\u0307\u0301\u0308\u200b\u00ad \n'-.σςΣ" + "xyz"
TEXTS = st.text(st.sampled_from(TRICKY), max_size=40)
NAMES = st.text(st.sampled_from(TRICKY), min_size=1, max_size=12).filter(lambda name: any(c.isalpha() for c in name))
WRITTEN = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        str.swapcase,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: unicodedata.normalize("NFC", name),
        lambda name: unicodedata.normalize("NFC", name.upper()),
    ]
)


def masked(text, words):
    spans = [Finding(start, end, FindingKind.NAME_AFTER_HONORIFIC) for start, end in find_wanted(text, words)]
    return mask(text, spans)


@given(before=TEXTS, after=TEXTS, name=NAMES, write=WRITTEN)
def test_a_name_is_found_however_it_is_written(before, after, name, write):
    written = write(name.strip())
    text = f"{before}|{written}|{after}"
    start = len(before) + 1
    covered = {place for span in find_wanted(text, name) for place in range(*span)}
    letters = {start + at for at, sign in enumerate(written) if sign.isalpha()}
    assert letters <= covered


@given(text=TEXTS, name=NAMES)
def test_what_is_masked_is_there_no_more_and_what_is_not_there_masks_nothing(text, name):
    hidden = masked(text, name)
    assert not list(find_wanted(hidden.replace("[nama disamarkan]", "|"), name))
    if not list(find_wanted(text, name)):
        assert hidden == text


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Bu İsmet marah", "ismet", "Bu [nama disamarkan] marah"),
        ("Bu ismet marah", "İSMET", "Bu [nama disamarkan] marah"),
        ("i\u0307smet", "İsmet", "[nama disamarkan]"),
        ("Pak GROSS di loket", "Groß", "Pak [nama disamarkan] di loket"),
        ("Rene\u0301 pergi", "René", "[nama disamarkan] pergi"),
        ("Karta\nWijaya", "karta  wijaya", "[nama disamarkan]"),
        ("Kar\u200bta", "Karta", "[nama disamarkan]"),
        ("aaaa", "aaa", "[nama disamarkan]"),
        ("nobody", " ", "nobody"),
        ("nobody", "\u200b", "nobody"),
        ("a.b", "a*b", "a.b"),
    ],
)
def test_examples(text, words, left):
    assert masked(text, words) == left
