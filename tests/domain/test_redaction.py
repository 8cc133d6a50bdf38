"""Personal data is found however it is written, what is none is left alone, and the work stays linear."""

import importlib
import pkgutil
import re
import sys
import unicodedata
from collections import Counter
from re import _constants as signs
from re import _parser as parser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tanggap.domain import redaction, references
from tanggap.domain.redaction import FindingKind, find, mask, merge
from tests.domain.redaction_cases import NEGATIVES, POSITIVES

KINDS = sorted({kind for _, spans in POSITIVES for *_, kind in spans})


def _covering(text, start, end):
    return [finding for finding in find(text) if finding.start <= start and end <= finding.end]


def test_the_test_set_is_large_enough_and_has_every_kind():
    count = Counter(kind for _, spans in POSITIVES for *_, kind in spans)
    assert sum(count.values()) >= 190
    assert len(NEGATIVES) >= 130
    assert set(count) == set(FindingKind) - {FindingKind.HIDDEN}
    assert min(count.values()) >= 6


@pytest.mark.parametrize("kind", KINDS)
def test_every_annotated_stretch_is_found_whole_and_named_rightly(kind):
    missed, misnamed = [], []
    for text, spans in POSITIVES:
        for start, end, expected in spans:
            if expected == kind:
                found = _covering(text, start, end)
                if not found:
                    missed.append((text, text[start:end]))
                elif found[0].kind != kind:
                    misnamed.append((text, found[0].kind.value))
    assert (missed, misnamed) == ([], [])


def test_findings_take_little_more_than_what_is_personal():
    greedy = []
    for text, spans in POSITIVES:
        annotated = sum(end - start for start, end, _ in spans)
        if sum(finding.end - finding.start for finding in find(text)) > annotated + 3 * len(spans):
            greedy.append(text)
    assert greedy == []


def test_what_is_no_personal_data_is_left_alone():
    assert [(text[found.start : found.end], found.kind.value) for text in NEGATIVES for found in find(text)] == []


def test_a_masked_text_keeps_its_other_words_and_shows_nothing_more():
    for text, spans in POSITIVES:
        masked = mask(text, find(text))
        for start, end, kind in spans:
            assert text[start:end] not in masked, text
            assert redaction.MARKS[FindingKind(kind)] in masked, text
        assert find(masked) == (), text


class TestMasking:
    def test_a_mark_says_what_stood_there(self):
        text = "Hubungi 0812-3456-7890 segera."
        assert mask(text, find(text)) == "Hubungi [nomor telepon disamarkan] segera."

    def test_nothing_found_changes_nothing(self):
        assert mask("Jalan rusak.", ()) == "Jalan rusak."

    def test_overlapping_findings_become_one_under_the_more_telling_name(self):
        one = redaction.Finding(0, 10, FindingKind.LONG_NUMBER)
        other = redaction.Finding(5, 12, FindingKind.NIK)
        assert merge([other, one]) == merge([one, other]) == (redaction.Finding(0, 12, FindingKind.NIK),)

    def test_neighbours_stay_two(self):
        one, other = (redaction.Finding(start, start + 2, FindingKind.PHONE) for start in (0, 2))
        assert merge([one, other]) == (one, other)

    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 5), (3, 3), (3, 2)])
    def test_a_finding_of_another_text_is_an_error(self, start, end):
        with pytest.raises(ValueError, match="not of a text of 4 signs"):
            mask("abcd", [redaction.Finding(start, end, FindingKind.NIK)])

    def test_marks_are_no_findings_themselves(self):
        assert find(" ".join(redaction.MARKS.values())) == ()
        assert set(redaction.MARKS) == set(FindingKind)

    def test_a_finding_shows_no_text_of_its_own(self):
        assert "0812" not in repr(find("0812-3456-7890"))


# Properties ---------------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=16, max_size=16)
SEPARATORS = st.sampled_from(["", "", " ", ".", "-", " - ", "\u200b", "\u2013", "\u00a0", "\u202c", "\u0336"])
WORDS = st.sampled_from(
    ["Mohon dicek", "jalan rusak di", "milik saya,", "segera.", "(", ") dan", "nomor", "x", "No", ""]
)
SCRIPTS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "₀₁₂₃₄₅₆₇₈₉"]


@st.composite
def written(draw, digits):
    """Write digits as people do who hide them: in another script, with things between."""
    script = draw(st.sampled_from(SCRIPTS))
    separator = draw(SEPARATORS)
    step = draw(st.integers(1, 8))
    parts = [digits[start : start + step] for start in range(0, len(digits), step)]
    return separator.join("".join(script[int(digit)] for digit in part) for part in parts)


def _longest_shared_run(masked, digits):
    """Return the most digits in a row of the planted number that are still to be read."""
    plain = "".join(
        str(value) if (value := _digit(sign)) is not None else "" if not sign.isalpha() else "|" for sign in masked
    )
    longest = 0
    for start in range(len(digits)):
        length = longest + 1
        while start + length <= len(digits) and digits[start : start + length] in plain:
            longest = length
            length += 1
    return longest


def _digit(sign):
    return unicodedata.digit(sign, None)


@given(digits=DIGITS, before=WORDS, after=WORDS, data=st.data())
def test_masking_leaves_no_eight_digits_of_a_planted_identity_number(digits, before, after, data):
    text = f"{before} {data.draw(written(digits))} {after}"
    # Two dates side by side have sixteen digits as well, and are none.
    assume(not re.search(r"(19|20)[0-9]{2}.*(19|20)[0-9]{2}", digits))
    assert _longest_shared_run(mask(text, find(text)), digits) < 8


@given(tail=st.text("0123456789", min_size=8, max_size=10), head=st.sampled_from("123456789"), data=st.data())
def test_masking_leaves_no_eight_digits_of_a_planted_mobile_number(tail, head, data):
    digits = "08" + head + tail
    text = f"{data.draw(WORDS)} {data.draw(written(digits))} {data.draw(WORDS)}"
    assert _longest_shared_run(mask(text, find(text)), digits) < 8


@given(st.text(max_size=200) | st.text(alphabet="0123456789 .-/@OlAB\u202e\u202c\u200bnolRTjlo:,\n", max_size=200))
def test_any_text_gives_sorted_findings_without_overlap_and_the_same_each_time(text):
    found = find(text)
    assert found == find(text)
    place = 0
    for finding in found:
        assert place <= finding.start < finding.end <= len(text)
        place = finding.end
    mask(text, found)


@given(st.binary(min_size=5, max_size=5).map(references.make))
def test_a_report_number_is_not_taken_for_personal_data(number):
    assert find(f"Laporan {number} belum dijawab.") == ()
    assert find(f"laporan {number.lower()}, sudah lama") == ()


class TestHiding:
    def test_a_number_that_is_shown_backwards_is_found_both_ways(self):
        for digits in ("081234567890", "098765432180"):
            text = f"WA \u202e{digits}\u202c ya"
            ((start, end, kind),) = [(found.start, found.end, found.kind) for found in find(text)]
            assert (text[start:end], kind) == (digits, FindingKind.PHONE)

    def test_offsets_are_those_of_the_original(self):
        text = "\u200b\u200bﬁle ０８１２\u200b３４５６\u200b７８９０ é"
        (found,) = find(text)
        assert text[found.start : found.end] == "０８１２\u200b３４５６\u200b７８９０"

    def test_a_name_takes_no_word_of_the_next_sentence(self):
        text = "Menurut Bapak Budi Santoso. Rp1.500.000 diminta."
        (found,) = find(text)
        assert text[found.start : found.end] == "Budi Santoso"


# Linear time --------------------------------------------------------------------------------------

HOSTILE = [
    "1",
    "1 ",
    "0 8 ",
    "08",
    "a@",
    "a.",
    "@a.a",
    "jl a ",
    "jl. no ",
    "rt ",
    "rt/rw",
    "B 1 ",
    "B1",
    "Pak A ",
    "satu ",
    "satudua",
    "O0",
    "Rp1.",
    "1.111",
    "12-05-2025 ",
    "(((",
    "\u202e1",
    "\u202e\u202c",
    "\u200b",
    "e\u0301",
    "no. ",
    "nik ",
    "nik 1 ",
    "(at)",
    "a at b dot ",
    "Jalan A ",
    "blok a ",
    "+62",
    "\n",
]


def _steps(text):
    """Count the lines of Python that run: an honest measure that no busy machine changes."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if not frame.f_code.co_filename.endswith(PARTS):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find(text)
    finally:
        sys.settrace(before)
    return count


PARTS = tuple(f"redaction/{name}.py" for name in ("__init__", "views", "numbers", "words", "names", "findings"))


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_with_the_text_and_not_faster(piece):
    length = 600
    one = _steps((piece * length)[:length])
    four = _steps((piece * length * 4)[: length * 4])
    assert four <= 4.6 * one + 400


def _repeats(pattern):
    """Give every repetition of a parsed pattern with what it may cost: the most signs that one match may span."""
    for code, argument in pattern:
        if code in {signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT}:
            yield argument[1], argument[2]
            yield from _repeats(argument[2])
        elif code is signs.SUBPATTERN:
            yield from _repeats(argument[-1])
        elif code is signs.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch)
        elif code in {signs.ASSERT, signs.ASSERT_NOT}:
            yield from _repeats(argument[1])


def _patterns():
    for module in pkgutil.iter_modules(redaction.__path__):
        loaded = importlib.import_module(f"{redaction.__name__}.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                yield pytest.param(value, id=f"{module.name}.{name}")


@pytest.mark.parametrize("pattern", list(_patterns()))
def test_no_pattern_can_run_away(pattern):
    """Every repetition is bounded, and the repetitions inside one another are few: no input is catastrophic."""
    if pattern.pattern == "[0-9]+":
        return  # one class, nothing behind it: it cannot step back
    for most, inside in _repeats(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)):
        assert most <= 64
        inner = [bound for bound, _ in _repeats(inside)]
        assert most * max(inner, default=1) <= 128
