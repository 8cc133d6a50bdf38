"""The public page of a report: its story, its dates and its files."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import Outcome, Solved
from tanggap.domain.redaction import find
from tests import make
from tests.web.test_public import page, published, report_page, staged, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def later(clock):
    def go(days):
        clock.move_to(make.NOW + days * make.DAY)

    return go


class TestReport:
    def test_it_says_who_answers_by_when(self):
        text = report_page(published())
        assert "Dinas Pekerjaan Umum dan Penataan Ruang menjawab paling lambat Selasa, 21 Juli 2020" in text
        assert "sisa 14 hari kerja" in text
        assert "memberi tindak lanjut pertama paling lambat Rabu, 8 Juli 2020 (sisa 5 hari kerja)" in text

    def test_lateness_comes_first_and_plainly(self, later):
        report = published()
        later(27)
        text = page(f"/laporan/{report.number}")
        first = re.search(r'class="notice tone-(\w+)"', text)[1]
        assert first == "late"
        assert "Jawaban terlambat 5 hari kerja." in words(text)
        assert "belum menjawab. Batasnya Selasa, 21 Juli 2020" in words(text)
        assert "Ombudsman" in words(text)

    def test_the_timeline_is_newest_first_with_office_and_working_day(self):
        report = published()
        make.act(report, Action.FOLLOW_UP, now=make.NOW + 2 * make.DAY)
        text = report_page(report)
        told = ["Tindak lanjut dari Dinas Pekerjaan Umum", "Terverifikasi dan diteruskan ke", "Laporan diterima"]
        places = [text.index(said) for said in told]
        assert places == sorted(places)
        assert "Jumat, 3 Juli 2020 10.00 WIB · hari kerja ke-2 sejak laporan masuk" in text
        assert make.SAYING.text in text

    def test_no_page_tells_the_minute_in_which_a_reporter_wrote(self):
        report = make.act(published(), Action.ANSWER, now=make.NOW + make.DAY)
        wrote = datetime(2020, 7, 3, 4, 17, 33, tzinfo=UTC)
        make.act(report, Action.REPORTER_REPLY, now=wrote)
        pages = [page(f"/laporan/{report.number}"), Client().get(f"/laporan/{report.number}/tenggat").content.decode()]
        pages.append(Client().get("/sitemap-2020-07-1.xml").content.decode())
        assert '<time datetime="2020-07-03">Jumat, 3 Juli 2020</time>' in pages[0]
        assert '<time datetime="2020-07-01">' in pages[0].partition("Laporan diterima")[2]
        for said in ("11.17", "11:17", "04:17"):
            assert not any(said in text for text in pages), said

    def test_a_return_is_told_with_its_reason(self):
        report = make.act(published(), Action.RETURN, actor=make.agency_admin(), text="Jembatan itu milik kabupaten.")
        text = report_page(report)
        assert "Dikembalikan: Pemerintah Provinsi Banten menyatakan ini bukan wewenangnya." in text
        assert text.count("Jembatan itu milik kabupaten.") == 2
        assert "Dikembalikan, mencari instansi yang tepat" in words(page("/laporan"))

    def test_what_the_reporter_wrote_later_is_held_until_an_officer_confirmed_it(self):
        report = published(Status.ANSWERED)
        make.act(report, Action.REPORTER_REPLY, text="Lubangnya masih ada di sana.")
        text = report_page(report)
        assert "Pelapor menanggapi" in text
        assert "Lubangnya masih ada" not in text
        shown = make.act(
            report,
            Action.CONFIRM_TEXT,
            actor=make.agency_admin(),
            refers_to=report.event_count + 1,
            masked={"text": ()},
            checks_answered=True,
        )
        assert "Lubangnya masih ada di sana." in report_page(shown)

    def test_the_outcome_the_rating_and_a_late_answer_are_said(self):
        report = published()
        make.act(report, Action.ANSWER, now=make.NOW + 22 * make.DAY, outcome=Outcome.EXPLAINED)
        make.act(report, Action.CONFIRM_DONE, now=make.NOW + 22 * make.DAY)
        make.act(report, Action.RATE, now=make.NOW + 22 * make.DAY, rating=2, solved=Solved.PARTLY)
        text = report_page(report)
        assert "Hasil: Dijelaskan" in text
        assert "Dijawab pada Kamis, 23 Juli 2020, terlambat 2 hari kerja." in text
        assert "Pelapor memberi nilai 2 dari 5. Masalah selesai? Sebagian." in text

    def test_a_late_answer_to_the_reporters_word_is_not_said_to_have_come_in_time(self):
        report = published()
        make.act(report, Action.ANSWER, now=make.NOW + make.DAY)
        make.act(report, Action.REPORTER_REPLY, now=make.NOW + 2 * make.DAY)
        make.act(report, Action.ANSWER, now=make.NOW + 22 * make.DAY)
        assert "Dijawab pada Kamis, 23 Juli 2020, terlambat 9 hari kerja." in report_page(report)

    def test_while_data_is_asked_for_the_clock_stands_still_and_says_so(self):
        report = make.act(published(), Action.REQUEST_DATA, now=make.NOW + make.DAY)
        text = report_page(report)
        assert "Jam instansi berhenti sejak Kamis, 2 Juli 2020" in text
        assert "Pelapor diminta melengkapi data paling lambat" in text

    def test_it_never_names_the_reporter(self, later):
        report = make.report(status=Status.CLOSED)
        later(1)
        for path in (f"/laporan/{report.number}", f"/laporan/{report.number}/tenggat", "/laporan"):
            text = page(path)
            for hidden in (make.PERSON.name, "S. C.", make.PERSON.email, make.PERSON.phone, "Siti"):
                assert hidden not in text

    def test_what_was_marked_is_masked_everywhere(self):
        body = "Hubungi saya di 081234567890, jalan itu berlubang dalam sekali."
        found = tuple((span.start, span.end, str(span.kind)) for span in find(body))
        report = make.submit(body=body)
        make.act(report, Action.VERIFY_AND_ASSIGN, masked={"title": (), "location": (), "body": found})
        text = page(f"/laporan/{report.number}")
        assert "081234567890" not in text
        assert "Hubungi saya di " in text
        assert "081234567890" not in page("/laporan")

    def test_text_is_shown_as_text(self):
        body = "<script>alert(1)</script> jalan rusak \N{RIGHT-TO-LEFT OVERRIDE} dan 'gelap' & \"licin\"."
        report = make.submit(body=body)
        make.act(report, Action.VERIFY_AND_ASSIGN, title="<b>Jalan</b>")
        text = page(f"/laporan/{report.number}") + page("/laporan")
        assert "<script>alert" not in text
        assert "<b>Jalan" not in text
        assert "&lt;b&gt;Jalan&lt;/b&gt;" in text

    def test_a_number_typed_otherwise_leads_to_the_one_address(self):
        report = published()
        answer = Client().get(f"/laporan/{report.number.lower().replace('-', '')}")
        assert (answer.status_code, answer["Location"]) == (301, f"/laporan/{report.number}")

    @pytest.mark.parametrize(
        ("action", "said"), [(Action.ARCHIVE, "Tidak terkait kinerja"), (Action.WITHDRAW, "Dicabut pelapor")]
    )
    def test_of_an_archived_or_withdrawn_report_a_stub_is_left(self, action, said):
        report = published()
        actor = make.agency_admin() if action == Action.ARCHIVE else None
        make.act(report, action, actor=actor)
        text = page(f"/laporan/{report.number}")
        assert said in words(text)
        assert "noindex" in text
        for gone in (report.title, make.BODY, "Di luar kewenangan pemerintah daerah."):
            assert gone not in text
        assert Client().get(f"/laporan/{report.number}/tenggat").status_code == 404

    def test_it_speaks_english_too(self):
        report = published()
        assert '<html lang="en">' in page(f"/laporan/{report.number}", "en")


class TestWhyThisDate:
    def test_every_public_clock_is_explained_day_by_day(self):
        text = report_page(published(), "/tenggat")
        for clock in ("Verifikasi", "Tindak lanjut pertama", "Penyelesaian", "Batas menurut undang-undang"):
            assert clock in text
        assert "Penerimaan oleh unit" not in text
        assert "Rabu, 8 Juli 2020 hari ke-5" in text
        assert "tidak dihitung: akhir pekan" in text
        assert "Permen PANRB 62/2018" in text
        assert "kalender versi" in text

    def test_a_holiday_is_named_with_its_source(self):
        report = published(now=make.NOW.replace(month=8, day=12), event_date=make.NOW.date())
        text = report_page(report, "/tenggat")
        assert "tidak dihitung: Hari Kemerdekaan" in text
        assert re.search(r"Senin, 17 Agustus 2020 ?: Hari Kemerdekaan[^(]*\( ?SKB", text)

    def test_days_of_waiting_for_data_are_named(self):
        report = make.act(published(), Action.REQUEST_DATA, now=make.NOW + make.DAY)
        make.act(report, Action.SUPPLY_DATA, now=make.NOW + 5 * make.DAY)
        assert "jam berhenti: menunggu data dari pelapor" in report_page(report, "/tenggat")


class TestFiles:
    def test_an_image_that_was_ticked_is_shown_and_safe(self):
        ticked, kept = staged(), staged(is_publishable=False)
        report = published(files=(ticked, kept))
        text = page(f"/laporan/{report.number}")
        assert f"/laporan/{report.number}/berkas/{ticked.key}/kecil" in text
        assert "Foto 1 dari pelapor" in text
        assert kept.key not in text
        for suffix in ("", "/kecil"):
            answer = Client().get(f"/laporan/{report.number}/berkas/{ticked.key}{suffix}")
            assert answer.status_code == 200
            assert answer["Content-Type"] == "image/webp"
            assert "sandbox" in answer["Content-Security-Policy"]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert b"WEBP" in b"".join(answer.streaming_content)
            again = Client().get(answer.request["PATH_INFO"], headers={"If-None-Match": answer["ETag"]})
            assert again.status_code == 304

    def test_a_file_that_the_publication_does_not_list_is_unknown(self):
        kept, other = staged(is_publishable=False), staged()
        report = published(files=(kept,))
        elsewhere = published(files=(other,))
        for key in (kept.key, other.key, "x", "..%2f..%2fkeys"):
            assert Client().get(f"/laporan/{report.number}/berkas/{key}").status_code == 404
        make.act(elsewhere, Action.WITHDRAW)
        assert Client().get(f"/laporan/{elsewhere.number}/berkas/{other.key}").status_code == 404

    def test_evidence_stands_with_the_answer(self):
        report, photo = published(), staged()
        make.act(report, Action.ANSWER, outcome=Outcome.FIXED, files=(photo,))
        assert "Foto 1 dari Dinas Pekerjaan Umum dan Penataan Ruang" in page(f"/laporan/{report.number}")
