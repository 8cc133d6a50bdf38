"""How well the phrases of the closing guard do on answers as offices write them."""

from datetime import UTC, datetime

import pytest

from tanggap.domain.closing_guard import month_of, normalised, sends_elsewhere
from tests.domain import answer_cases as cases

# (what says so, cases that are, cases that are not, least recall, most false alarms)
MEASURED = [
    (sends_elsewhere, cases.EVASIVE_KNOWN, cases.GOOD_KNOWN, 1.0, 0),
    (sends_elsewhere, cases.EVASIVE_UNSEEN, cases.GOOD_UNSEEN, 0.9, 0),
]


@pytest.mark.parametrize(("says", "those", "others", "recall", "false"), MEASURED)
def test_the_phrases_find_what_they_should_and_little_else(says, those, others, recall, false):
    missed = [text for text in those if not says(text)]
    alarms = [text for text in others if says(text)]
    assert 1 - len(missed) / len(those) >= recall, missed
    assert len(alarms) <= false, alarms


@pytest.mark.parametrize(
    "other",
    [
        "lubang di jalan  raya 15 sudah dijadwalkan, Selasa 3 juli 2020",
        "Lubang di Jalan Raya 7 sudah dijadwalkan; Rabu 12 Agustus 2021!",
        "LUBANG DI JALAN RAYA 7 SUDAH DIJADWALKAN – KAMIS 1 MEI 2020",
    ],
)
def test_case_signs_spaces_numbers_and_days_make_no_other_answer(other):
    assert normalised(other) == normalised("Lubang di Jalan Raya 15 sudah dijadwalkan, Senin 3 Juli 2020.")


def test_the_names_of_the_report_make_no_other_answer_and_other_words_do():
    first = normalised("Warga Cibaliung dijadwalkan menerima air.", ["Cibaliung"])
    assert first == normalised("Warga Labuan dijadwalkan menerima air.", ["Labuan"])
    assert first != normalised("Warga Labuan sudah menerima air.", ["Labuan"])


def test_a_month_begins_where_the_agency_is():
    assert month_of(datetime(2020, 6, 30, 18, tzinfo=UTC), "Asia/Jakarta") == datetime(2020, 6, 30, 17, tzinfo=UTC)
