"""Two finders see more than one, and neither takes anything from the other."""

from itertools import pairwise

import pytest

from tanggap.domain import redaction as ours
from tanggap.domain.redaction import FindingKind
from tanggap.services import redaction
from tests.domain.redaction_cases import NEGATIVES, POSITIVES


def test_what_ours_finds_stays_found():
    for text, spans in POSITIVES:
        both = redaction.find(text)
        for start, end, _ in spans:
            assert any(finding.start <= start and end <= finding.end for finding in both), text[start:end]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Paspor saya A1234567 hilang di kantor imigrasi", "A1234567", FindingKind.LONG_NUMBER),
        ("NISN anak saya 0051234567", "0051234567", FindingKind.LONG_NUMBER),
        ("Nama: budi santoso", "budi santoso", FindingKind.NAME_AFTER_HONORIFIC),
    ],
)
def test_the_second_opinion_adds_what_ours_does_not_know(text, value, kind):
    start = text.index(value)
    assert any(
        finding.kind is kind and finding.start <= start and start + len(value) <= finding.end
        for finding in redaction.find(text)
    )


def test_the_second_opinion_sees_ghosts_in_few_honest_lines():
    wrong = [text for text in NEGATIVES if redaction.find(text)]
    assert len(wrong) <= 3, wrong


def test_a_name_of_the_second_opinion_ends_where_ordinary_words_begin():
    text = "Petugas loket bernama Yanti sangat membantu."
    (found,) = redaction.find(text)
    assert text[found.start : found.end] == "Yanti"


def test_findings_are_sorted_and_apart():
    text = "NIK 3603121505900001, HP 0812-3456-7890, Jl. Merdeka No. 12, Bapak Budi Santoso, budi@gmail.com"
    found = redaction.find(text)
    assert [finding.kind.value for finding in found] == ["nik", "phone", "address", "name_after_honorific", "email"]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "0812" not in redaction.mask(text, found)


def test_marks_of_an_earlier_redaction_are_not_found_again():
    assert redaction.find(" ".join(ours.MARKS.values())) == ()


def test_an_open_bracket_silences_nobody():
    assert redaction.find("[ Paspor saya A1234567 hilang di kantor imigrasi") != ()


def test_the_version_names_both_finders():
    assert redaction.FINDER_VERSION.startswith(f"{ours.FINDER_VERSION}+lokal-")


def test_offsets_count_signs_also_behind_an_emoji():
    text = "😀😀 hubungi 0812-3456-7890"
    (found,) = redaction.find(text)
    assert text[found.start : found.end] == "0812-3456-7890"
