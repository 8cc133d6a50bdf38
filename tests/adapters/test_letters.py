"""A letter says number, office, date and what to do, in the language of its reader."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tanggap.adapters.outbound import letters
from tanggap.domain.clocks import Clock
from tanggap.domain.letters import Figures, Owed
from tanggap.domain.notices import NOTICES, Audience, Channel, Notice
from tanggap.domain.outcomes import Closing, Outcome

# Who looks after offices has pages of oversight, and whoever reported has the tracking page.
_WITHOUT_DESK = {Audience.REPORTER, Audience.OMBUDSMAN, Audience.ASKER}
DUE = datetime(2020, 7, 21, 16, 59, 59, tzinfo=UTC)  # 23.59.59 WIB
OWED = Owed(
    message_id=7,
    notice=Notice.ASSIGNED,
    channel=Channel.EMAIL,
    address="siti@example.org",
    language="id",
    number="7KQ2-M9TD",
    office="Dinas Pekerjaan Umum dan Penataan Ruang",
    agency="Pemerintah Provinsi Banten",
    clock=Clock.RESOLVE,
    due_at=DUE,
    outcome=Outcome.FIXED,
    closing=Closing.AUTO,
    confirmation="abc:def",
    figures=Figures(owed=7, overdue=2, due_today=1),
    others=("7KQ2-M9TD",),
)


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://lapor.example.go.id"


def test_the_reporter_reads_who_has_the_report_and_by_when_it_is_answered():
    letter = letters.write(OWED)
    assert letter.address == "siti@example.org"
    assert letter.subject == "Laporan 7KQ2-M9TD diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang"
    assert "Laporan Anda diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang." in letter.text
    assert "Jawaban paling lambat Selasa, 21 Juli 2020." in letter.text
    assert "https://lapor.example.go.id/lacak" in letter.text


def test_the_officer_is_led_to_the_report_on_the_desk():
    letter = letters.write(replace(OWED, notice=Notice.NEW_WORK))
    assert "https://lapor.example.go.id/meja/7KQ2-M9TD" in letter.text
    assert "lacak" not in letter.text


def test_a_day_is_that_of_the_agency_and_not_of_greenwich():
    letter = letters.write(replace(OWED, due_at=datetime(2020, 7, 21, 14, 59, 59, tzinfo=UTC), zone="Asia/Jayapura"))
    assert "Selasa, 21 Juli 2020" in letter.text


def test_a_paragraph_that_names_what_is_not_known_is_left_out():
    letter = letters.write(replace(OWED, due_at=None))
    assert "paling lambat" not in letter.text
    assert "%(" not in letter.text
    assert "Laporan Anda diteruskan" in letter.text


def test_english_readers_get_english_dates():
    letter = letters.write(replace(OWED, language="en"))
    assert letter.language == "en"
    assert "Tuesday, 21 July 2020" in letter.text


def test_an_unknown_language_is_answered_in_indonesian():
    assert letters.write(replace(OWED, language="xx")).language == "id"


def test_a_fixed_report_and_a_refused_one_are_told_differently_and_neither_is_celebrated():
    texts = {outcome: letters.write(replace(OWED, notice=Notice.ANSWERED, outcome=outcome)).text for outcome in Outcome}
    assert len(set(texts.values())) == len(Outcome)
    assert "tidak dapat dipenuhi" in texts[Outcome.REJECTED_WITH_REASON]
    assert not any("senang" in text.lower() or "terima kasih" in text.lower() for text in texts.values())


def test_a_closing_says_that_closed_is_not_solved_and_until_when_to_reopen():
    text = letters.write(replace(OWED, notice=Notice.CLOSED, clock=Clock.REOPEN_WINDOW)).text
    assert "Kami tidak mendengar kabar dari Anda" in text
    assert "Ditutup tidak berarti masalahnya selesai." in text
    assert "buka kembali laporan ini paling lambat Selasa, 21 Juli 2020" in text


def test_a_promised_day_is_named():
    owed = replace(OWED, notice=Notice.ANSWERED, outcome=Outcome.SCHEDULED, outcome_on=date(2020, 8, 3))
    assert "Penanganannya dijadwalkan: Senin, 3 Agustus 2020." in letters.write(owed).text


def test_a_passed_date_of_the_law_shows_the_road_to_the_ombudsman():
    text = letters.write(replace(OWED, notice=Notice.STATUTORY_PASSED, clock=Clock.STATUTORY_MAX)).text
    assert "Ombudsman Republik Indonesia" in text
    assert "Admin instansi juga diberi tahu." in text


def test_the_digest_is_numbers_only():
    text = letters.write(replace(OWED, notice=Notice.DIGEST, number="", office="")).text
    assert text.startswith("Menunggu Anda: 7\nTerlambat: 2\nJatuh tempo hari ini: 1\n")


def test_the_link_that_confirms_an_address_is_in_that_letter_alone():
    with_link = [notice for notice in Notice if "abc:def" in letters.write(replace(OWED, notice=notice)).text]
    assert with_link == [Notice.CONFIRM_ADDRESS]


def test_a_message_that_is_sent_again_carries_the_same_message_id_and_another_one_a_different_one():
    assert letters.message_id(7) == letters.message_id(7) != letters.message_id(8)
    assert letters.message_id(7).endswith("@lapor.example.go.id>")


def test_a_name_with_a_line_break_becomes_no_header():
    letter = letters.write(replace(OWED, office="Dinas\r\nBcc: semua@example.org"))
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_letter_is_whole_in_both_languages(language):
    for notice in Notice:
        clock = Clock.STATUTORY_MAX if notice == Notice.STATUTORY_PASSED else Clock.RESOLVE
        letter = letters.write(replace(OWED, notice=notice, language=language, clock=clock))
        whole = f"{letter.subject} {letter.text}"
        assert letter.subject.strip(), notice
        assert "%" not in whole, notice
        assert notice in {Notice.DIGEST, Notice.HEAD_DIGEST} or "7KQ2-M9TD" in whole, notice
        audience = NOTICES[notice].audience
        assert ("/meja" in letter.text) is (audience not in _WITHOUT_DESK), notice
        leads = "/pengawasan/penyerahan/7KQ2-M9TD" in letter.text
        assert leads is (audience == Audience.OMBUDSMAN), notice
