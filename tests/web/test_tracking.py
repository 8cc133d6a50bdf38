"""Tracking at /lacak: who gets in, what is shown, files, and confirming an address."""

import re

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import OPEN, Action, Status
from tanggap.domain.policy import choices
from tanggap.models import Attachment, Event, Identity
from tanggap.selectors import reports as report_selectors
from tanggap.services import confirmations, keys, reports
from tanggap.web.public.forms_tracking import seal_seen
from tanggap.web.public.tracking_acts import DEEDS
from tests import make
from tests.adapters import hostile_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]
WRONG = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def later(clock):
    def go(days):
        clock.move_to(make.NOW + days * make.DAY)
        return make.NOW + days * make.DAY

    return go


def enter(client, report, token=None):
    return client.post("/lacak", {"number": report.number, "token": token or keys.token_for(report.number)})


def opened(client, report):
    """Return the page of a report, shown to its reporter."""
    assert enter(client, report)["Location"] == "/lacak/laporan"
    return client.get("/lacak/laporan")


def act(client, slug, report, **values):
    report.refresh_from_db()
    return client.post(f"/lacak/laporan/{slug}", {"seen": seal_seen(report.pk, report.event_count), **values})


def said(page):
    """Return the words at the top of the page."""
    return " ".join(f"{notice.title} {notice.text} {notice.said}" for notice in page.context["notices"])


TEXT = "Lubangnya masih ada, tolong diperiksa lagi."


class TestTheDoor:
    def test_it_asks_for_number_and_code(self, client):
        page = client.get("/lacak").content.decode()
        for label in ("Nomor laporan", "Kode pelacakan", "Lihat"):
            assert label in page

    @pytest.mark.parametrize("shape", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f" {text} "])
    def test_number_and_code_open_the_report_however_they_are_written(self, client, shape):
        report = make.submit()
        answer = client.post("/lacak", {"number": shape(report.number), "token": shape(keys.token_for(report.number))})
        assert (answer.status_code, answer["Location"]) == (302, "/lacak/laporan")

    def test_the_code_stands_in_no_address_and_no_cookie(self, client):
        report = make.submit()
        answer = enter(client, report)
        page = client.get("/lacak/laporan")
        token = keys.token_for(report.number)
        assert token not in answer["Location"] + answer.cookies.output() + page.content.decode()

    def test_empty_fields_are_named(self, client):
        answer = client.post("/lacak", {"number": "", "token": ""})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"number", "token"}

    def test_what_is_seen_is_kept_by_no_cache(self, client):
        assert "no-store" in opened(client, make.submit())["Cache-Control"]

    def test_the_door_closes_after_two_hours_and_on_leaving(self, client, clock):
        report = make.submit()
        opened(client, report)
        clock.shift(2 * 60 * 60 + 1)
        assert client.get("/lacak/laporan")["Location"] == "/lacak"
        opened(client, report)
        client.post("/lacak/keluar")
        assert client.get("/lacak/laporan")["Location"] == "/lacak"
        assert act(client, "keterangan", report, text=TEXT).status_code == 403
        assert Event.objects.filter(report=report).count() == 1

    def test_what_was_typed_waits_in_the_page_when_the_two_hours_are_over_and_is_taken_with_the_code(self, client):
        report = make.submit()
        page = act(client, "keterangan", report, text=TEXT)
        assert (page.status_code, page["Cache-Control"]) == (403, "no-store")
        kept = dict(page.context["kept"])
        assert kept["text"] == TEXT
        assert 'action="/lacak/laporan/keterangan"' in page.content.decode()
        wrong = client.post("/lacak/laporan/keterangan", {**kept, "number": report.number, "token": WRONG})
        assert (wrong.status_code, dict(wrong.context["kept"])) == (404, kept)
        assert Event.objects.filter(report=report).count() == 1
        code = {"number": report.number, "token": keys.token_for(report.number)}
        answer = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert (answer.status_code, answer["Location"]) == (302, "/lacak/laporan")
        assert TEXT in client.get("/lacak/laporan").content.decode()

    def test_files_that_came_without_the_code_are_asked_for_again_and_the_words_stay(self, client):
        report = make.submit()
        lost = SimpleUploadedFile("foto.jpg", b"x", "image/jpeg")
        kept = dict(act(client, "keterangan", report, text=TEXT, files=lost).context["kept"])
        code = {"number": report.number, "token": keys.token_for(report.number)}
        page = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert page.status_code == 422
        assert TEXT in page.content.decode()
        assert "Lampiran tidak ikut tersimpan. Pilih lagi, lalu kirim." in page.content.decode()
        assert Event.objects.filter(report=report).count() == 1

    def test_the_code_of_another_report_sends_nothing_to_it(self, client):
        report, other = make.submit(), make.submit()
        kept = dict(act(client, "keterangan", report, text=TEXT).context["kept"])
        code = {"number": other.number, "token": keys.token_for(other.number)}
        page = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert page.status_code == 422
        assert Event.objects.filter(report__in=[report, other]).count() == 2

    def test_only_the_fields_of_the_form_wait_in_the_page(self, client):
        page = act(client, "keterangan", make.submit(), text='"><b>', other="lain")
        assert {name for name, _value in page.context["kept"]} == {"seen", "text"}
        assert '"><b>' not in page.content.decode()

    def test_a_post_without_the_token_of_the_page_is_refused(self):
        strict = Client(enforce_csrf_checks=True)
        assert enter(strict, make.submit()).status_code == 403


class TestThePage:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (Status.UNVERIFIED, "memverifikasinya paling lambat Senin, 6 Juli 2020 (sisa 3 hari kerja)"),
            (Status.ASSIGNED, "diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang"),
            (Status.IN_PROGRESS, "Jawaban paling lambat"),
            (Status.ANSWERED, "Apakah masalahnya selesai?"),
            (Status.PENDING, "membutuhkan data dari Anda"),
            (Status.CLOSED, "membukanya kembali sampai"),
            (Status.ARCHIVED, "ajukan keberatan paling lambat"),
            (Status.WITHDRAWN, "Anda mencabut laporan ini"),
        ],
    )
    def test_it_says_first_where_the_report_stands(self, client, status, words):
        page = opened(client, make.report(status=status))
        assert words in said(page)
        assert "%(" not in page.content.decode()

    def test_bad_news_comes_first(self, client, later):
        report = make.submit()
        later(8)
        page = opened(client, report)
        assert page.context["notices"][0].title == "Verifikasi: terlambat 3 hari kerja."
        assert page.context["is_late"]

    def test_the_words_of_the_office_are_quoted(self, client):
        assert "Mohon sebutkan nama jalan" in said(opened(client, make.report(status=Status.PENDING)))
        assert "Di luar kewenangan" in said(opened(client, make.report(status=Status.ARCHIVED)))

    def test_a_return_names_the_office_and_what_it_said(self, client):
        report = make.act(make.report(status=Status.ASSIGNED), Action.RETURN)
        page = opened(client, report)
        assert "menyatakan ini bukan wewenangnya" in said(page)
        assert "Jalan ini bukan jalan kami." in said(page)
        assert "Instansi yang diusulkan: Pemerintah Kabupaten Lebak" in said(page)

    def test_the_road_to_the_ombudsman_is_shown_when_a_date_of_the_law_has_passed(self, client, later):
        report = make.report(status=Status.IN_PROGRESS)
        assert "ombudsman.go.id" not in opened(client, report).content.decode()
        later(61)
        assert "ombudsman.go.id" in opened(client, report).content.decode()

    def test_the_history_is_newest_first_without_what_offices_tell_each_other(self, client):
        report = make.report(status=Status.ANSWERED)
        page = opened(client, report)
        whats = [line["what"] for line in page.context["timeline"]]
        assert whats[0].startswith("Berikutnya")
        assert whats[-1] == "Laporan diterima"
        assert "Mohon ditindaklanjuti." not in page.content.decode()
        assert make.ANSWER.text in page.content.decode()
        assert "Hasil: Dijelaskan" in page.content.decode()

    def test_a_proposal_to_archive_is_not_shown(self, client):
        report = make.submit()
        make.act(report, Action.PROPOSE_ARCHIVE, text="Tampaknya palsu.", archive_reason=_hoax())
        page = opened(client, report).content.decode()
        assert "Tampaknya palsu" not in page
        assert "mengusulkan arsip" not in page

    def test_who_opened_the_identity_is_listed_with_office_role_and_reason(self, client):
        report = make.submit(is_anonymous=True)
        assert "Belum ada." in opened(client, report).content.decode()
        admin = make.agency_admin()
        make.agreed(report, admin)
        # That somebody asked for it, and who agreed, is talk inside: the look is what is told.
        assert "Belum ada." in client.get("/lacak/laporan").content.decode()
        reports.open_identity(actor=admin, number=report.number, reason="Menghubungi pelapor.", now=make.NOW)
        page = client.get("/lacak/laporan")
        (look,) = page.context["openings"]
        assert look["what"] == "Admin instansi di Pemerintah Provinsi Banten membuka identitas Anda"
        assert look["text"] == "Alasan: Menghubungi pelapor."
        assert look["what"] in page.content.decode()

    def test_no_officer_is_named(self, client):
        report = make.report(status=Status.ANSWERED)
        page = opened(client, report).content.decode()
        assert "Petugas1" not in page
        assert not re.search(r"petugas\d", page)

    def test_every_clock_is_explained_day_by_day(self, client):
        report = make.report(status=Status.IN_PROGRESS)
        opened(client, report)
        page = client.get("/lacak/laporan/tenggat").content.decode()
        assert "Mengapa tanggal ini?" in page
        for name in ("Verifikasi", "Penyelesaian", "Batas menurut undang-undang", "hari ke-14", "akhir pekan"):
            assert name in page

    @pytest.mark.parametrize("status", list(Status))
    def test_only_what_the_life_cycle_allows_is_offered(self, client, status):
        report = make.report(status=status)
        page = opened(client, report)
        case = report_selectors.case_of(report, now=make.NOW)
        allowed = set(choices(actor=Reporter(report.pk), case=case))
        offered = {action for slug in page.context["forms"] for action in DEEDS[slug].actions} & allowed
        offered |= {Action.EDIT} if "/lacak/laporan/mengubah" in page.content.decode() else set()
        assert offered == allowed
        for slug in page.context["forms"]:
            asked = {"cabut": "/lacak/laporan/mencabut", "hapus-identitas": "/lacak/laporan/menghapus-identitas"}
            address = asked.get(slug, f'action="/lacak/laporan/{slug}"')
            assert address in page.content.decode()

    def test_the_labels_are_there(self, client):
        page = opened(client, make.report(status=Status.ANSWERED)).content.decode()
        for label in (
            "Selesai</button>",
            "Belum selesai</button>",
            "Balas</button>",
            "Ubah kerahasiaan",
            "Cabut laporan",
        ):
            assert label in page
        page = opened(client, make.report(status=Status.CLOSED)).content.decode()
        for label in ("Penilaian", "Masalah selesai?", "Sebagian", "Buka kembali"):
            assert label in page
        assert "Ajukan keberatan" in opened(client, make.report(status=Status.ARCHIVED)).content.decode()
        assert "Tambah keterangan" in opened(client, make.submit()).content.decode()


def _hoax():
    from tanggap.domain.outcomes import ArchiveReason

    return ArchiveReason.HOAX_SPAM


def _stored(name="bukti.jpg"):
    """Return a picture that lies on the disk, as a door hands it to the service."""
    from tanggap.adapters.scanning import staging
    from tanggap.domain.intake import StagedFile

    made = staging.stage(
        SimpleUploadedFile(name, hostile_files.photo(80, 60)), root=settings.ATTACHMENTS_DIR, least_free=0
    )
    return StagedFile(made.key, made.sha256.hex(), made.size, made.media_type, made.kind.value, made.name)


class TestFiles:
    def test_a_reply_brings_files_that_only_the_reporter_opens(self, client):
        report = make.report(status=Status.ANSWERED)
        opened(client, report)
        photo = SimpleUploadedFile("sekarang.jpg", hostile_files.photo(80, 60))
        act(client, "balas", report, text=TEXT, files=[photo])
        file = Attachment.objects.get()
        answer = client.get(f"/lacak/berkas/{file.key}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content)[:4] == b"RIFF"
        thumbnail = client.get(f"/lacak/berkas/{file.key}/kecil")
        assert b"".join(thumbnail.streaming_content)[:4] == b"RIFF"
        assert Client().get(f"/lacak/berkas/{file.key}").status_code == 404

    def test_a_document_is_downloaded_never_shown(self, client):
        report = make.submit()
        opened(client, report)
        act(client, "keterangan", report, text=TEXT, files=[SimpleUploadedFile("surat.pdf", hostile_files.pdf())])
        answer = client.get(f"/lacak/berkas/{Attachment.objects.get().key}")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
        assert client.get(f"/lacak/berkas/{Attachment.objects.get().key}/kecil").status_code == 404

    def test_the_evidence_of_an_answer_is_shown(self, client):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ANSWER, files=(_stored(),))
        page = opened(client, report).content.decode()
        assert Attachment.objects.get().key in page

    def test_a_file_of_a_proposal_between_officers_is_not_the_reporters(self, client):
        report = make.submit()
        make.act(report, Action.PROPOSE_ARCHIVE, text="Palsu.", archive_reason=_hoax(), files=(_stored(),))
        opened(client, report)
        assert client.get(f"/lacak/berkas/{Attachment.objects.get().key}").status_code == 404

    def test_a_bad_file_is_named_and_the_good_one_kept(self, client):
        report = make.submit()
        opened(client, report)
        files = [SimpleUploadedFile("a.jpg", hostile_files.photo(80, 60)), SimpleUploadedFile("b.jpg", b"MZ" * 99)]
        answer = act(client, "keterangan", report, text=TEXT, files=files)
        assert answer.status_code == 422
        assert "b.jpg" in answer.context["tried"].errors["files"][0]
        kept = answer.context["kept"]
        assert act(client, "keterangan", report, text=TEXT, lampiran_tersimpan=kept).status_code == 302
        assert Attachment.objects.get().name == "a.webp"
        again = act(client, "keterangan", report, text=f"{TEXT} Lagi.", lampiran_tersimpan=kept)
        assert again.status_code == 302
        assert Attachment.objects.count() == 1


class TestConfirmingAnAddress:
    def link(self, report, email="siti@example.org"):
        return f"/surel/{confirmations.make(report.pk, email)}"

    def test_looking_at_the_link_does_nothing_and_the_button_confirms(self, client):
        report = make.submit()
        link = self.link(report)
        page = client.get(link)
        assert page.status_code == 200
        assert '<form method="post">' in page.content.decode()
        assert Identity.objects.get().email_confirmed_at is None
        assert "sudah dikonfirmasi" in client.post(link).content.decode()
        assert Identity.objects.get().email_confirmed_at == make.NOW
        assert client.post(link).status_code == 200

    def test_a_forged_old_or_foreign_link_confirms_nothing(self, client, later):
        report = make.submit()
        link = self.link(report)
        assert client.post(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
        assert client.post(self.link(report, "lain@example.org")).status_code == 404
        later(15)
        assert client.get(link).status_code == 404
        assert client.post(link).status_code == 404
        assert Identity.objects.get().email_confirmed_at is None

    def test_the_page_tells_neither_number_nor_address(self, client):
        report = make.submit()
        page = client.get(self.link(report)).content.decode()
        assert report.number not in page
        assert "siti@example.org" not in page


def test_open_reports_take_information_in_every_open_status(client):
    for status in sorted(OPEN):
        report = make.report(status=status)
        forms = opened(client, report).context["forms"]
        assert {"keterangan", "balas"} & set(forms), status
