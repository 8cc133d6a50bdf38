"""How well the phrases of the closing guard do on answers as offices write them."""

import pytest

from tanggap.domain.closing_guard import normalised, says_nothing, sends_elsewhere
from tests.domain import answer_cases as cases


def is_held(text):
    return sends_elsewhere(text) or says_nothing(text)


# (what says so, cases that are, cases that are not, least recall, most false alarms)
MEASURED = [
    (sends_elsewhere, cases.EVASIVE_KNOWN, cases.GOOD_KNOWN, 1.0, 0),
    (sends_elsewhere, cases.EVASIVE_UNSEEN, cases.GOOD_UNSEEN, 0.9, 0),
    (is_held, cases.HOLLOW_KNOWN, cases.GOOD_KNOWN + cases.FULL_KNOWN, 1.0, 0),
    (is_held, cases.HOLLOW_UNSEEN, cases.GOOD_UNSEEN + cases.FULL_UNSEEN, 0.9, 0),
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


def test_a_long_answer_that_also_tells_what_was_done_goes_out():
    for hollow in cases.HOLLOW_KNOWN:
        assert not is_held(f"{hollow} Iuran itu dihentikan sejak Juni karena tidak ada dasar hukumnya.")
        assert is_held(f"Yth. Pelapor. {hollow} Terima kasih.")


def test_a_claim_of_work_is_no_empty_answer_whatever_else_it_says():
    assert says_nothing("Telah ditindaklanjuti oleh bidang terkait.")
    assert not says_nothing("Telah ditindaklanjuti oleh tim di lapangan.")


def test_what_only_sends_on_and_hands_on_is_one_ground():
    text = "Telah kami teruskan ke dinas terkait. Silakan menghubungi dinas tersebut."
    assert sends_elsewhere(text)
    assert not says_nothing("Silakan menghubungi dinas terkait.")
