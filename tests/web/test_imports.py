"""Sheets at the desk: what would happen is seen first, one bad row stops no other, and twice is once."""

import csv
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tanggap.domain import imports
from tanggap.domain.exports import HEADINGS as EXPORTED
from tanggap.domain.exports import Layout
from tanggap.domain.imports import HEADINGS, Kind, LetterColumn
from tanggap.domain.sp4n import COLUMNS, Column
from tanggap.models import BulkJob, Event, Identity, Report, User
from tanggap.services import reports
from tanggap.tasks.bulk import run
from tests import make

pytestmark = pytest.mark.django_db

L = LetterColumn


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


LETTER = {
    L.REFERENCE: "12/2020",
    L.CHANNEL: "Surat",
    L.RECEIVED: "26-06-2020",
    L.CLASSIFICATION: "Pengaduan",
    L.TITLE: "Jalan rusak di depan pasar",
    L.BODY: make.BODY,
    L.EVENT_DATE: "20/06/2020",
    L.PROVINCE: "banten",
    L.NAME: "Siti Contoh",
    L.ADDRESS: "Kampung Baru RT 02",
}
PAST = {
    Column.NUMBER: "#4711",
    Column.DATE: "2019-03-04",
    Column.TIME: "10:20:30",
    Column.REPORTER: "Budi Contoh",
    Column.CLASSIFICATION: "Pengaduan Tidak Berkadar Pengawasan",
    Column.TITLE: "Jalan rusak di depan pasar",
    Column.FIRST_BODY: make.BODY,
    Column.LAST_BODY: "Jalan di depan pasar berlubang.",
    Column.SOURCE: "Website",
    Column.STATUS: "Ditutup oleh Sistem",
}


def letter(**values):
    return {**LETTER, **{L[name]: value for name, value in values.items()}}


def past(**values):
    return {**PAST, **{Column[name]: value for name, value in values.items()}}


def sheet(kind, *rows, sign=",", encoding="utf-8"):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS[kind], restval="", delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("agenda.csv", text.getvalue().encode(encoding))


def send(client, kind, *rows, **values):
    return client.post("/meja/impor", {"jenis": kind.value, "berkas": sheet(kind, *rows, **values)})


def words(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def taken_in(client, url):
    client.post(url)
    run(job_id=BulkJob.objects.latest("pk").pk)
    return words(client, url)


def test_letters_are_previewed_taken_in_as_at_the_counter_and_never_twice():
    clerk = make.liaison()
    client = sit(clerk)
    late = letter(REFERENCE="15/2020", RECEIVED="19-06-2020")
    rows = [letter(), letter(REFERENCE="13/2020", EMAIL="bukan surel", TITLE="Pendek", RECEIVED="tadi"), late]
    url = send(client, Kind.LETTERS, *rows, sign=";", encoding="cp1252").url
    page = words(client, url)
    assert "1 dari 3 baris siap diimpor. Belum ada yang ditulis." in page
    for said in (
        "Surel: Bukan alamat surel.",
        "Judul laporan: Judul terlalu pendek",
        "Tanggal diterima: Bukan tanggal.",
        "Tanggal kejadian: Tanggal kejadian tidak boleh sesudah tanggal laporan diterima.",
    ):
        assert said in page
    assert "Pengaduan · Surat · Pemprov Banten · diterima 26 Jun 2020" in words(client, f"{url}?lihat=siap")
    assert not Report.objects.exists()
    assert "1 dari 3 baris menjadi laporan." in taken_in(client, url)
    report = Report.objects.get()
    assert (report.channel, report.received_at.date().isoformat(), report.registered_at) == (
        "letter",
        "2020-06-26",
        make.NOW,
    )
    event = Event.objects.get()
    assert (event.kind, event.role, event.unit_id) == ("submit", "liaison_officer", clerk.unit_id)
    person = reports.open_identity(actor=make.agency_admin(), number=report.number, reason="memeriksa", now=make.NOW)
    assert (person.name, person.address) == ("Siti Contoh", "Kampung Baru RT 02")
    again = send(client, Kind.LETTERS, letter(), letter(REFERENCE="14/2020"), letter(REFERENCE="14/2020")).url
    assert "Sudah pernah diimpor: 2" in words(client, again), "one of before, one that stands twice in the sheet"
    taken_in(client, again)
    assert Report.objects.count() == 2
    # Another unit has a book of its own, which begins with the same numbers.
    elsewhere = send(sit(make.liaison("dindikbud")), Kind.LETTERS, letter(BODY=f"{make.BODY} Di dekat sekolah.")).url
    assert BulkJob.objects.get(key=elsewhere.rsplit("/", 1)[1]).rows.get().state == "good"
    other = send(client, Kind.LETTERS, letter(BODY=f"{make.BODY} Tolong segera.")).url
    assert "Nomor ini sudah diimpor dengan isi lain. Yang tersimpan tidak diubah." in words(client, other)
    assert client.post(other).status_code == 404, "nothing is left to be taken in"


def test_rows_without_a_number_are_known_by_all_that_they_say_and_bad_ones_come_back_to_be_mended():
    client = sit(make.agency_admin())
    bad = letter(REFERENCE="", ANONYMOUS="mungkin", CATEGORY="Sihir", PROVINCE="Atlantis")
    same = letter(REFERENCE="", NAME="Budi Contoh")
    url = send(client, Kind.LETTERS, letter(REFERENCE=""), bad, same).url
    assert "2 dari 3 baris menjadi laporan." in taken_in(client, url), "of the same words, by two people"
    answer = client.get(f"{url}/perbaiki/xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True).active.values)
    assert len(rows) == 2
    assert rows[0][-1] == "Yang perlu diperbaiki"
    assert rows[1][:5] == (None, "Surat", "26-06-2020", "Pengaduan", "Jalan rusak di depan pasar") or rows[1][0] == ""
    for said in ("Anonim: Bukan salah satu pilihan", "Kategori: Kategori ini tidak dikenal", "Provinsi: Wilayah ini"):
        assert said in rows[1][-1]
    mended = send(
        client, Kind.LETTERS, letter(REFERENCE=""), {**bad, L.ANONYMOUS: "Ya", L.CATEGORY: "", L.PROVINCE: "36"}
    )
    assert "Sudah pernah diimpor: 1" in words(client, mended.url)


def test_a_sheet_that_a_stranger_made_comes_back_without_a_formula_in_its_headings():
    client = sit(make.liaison())
    upload = sheet(Kind.LETTERS, letter(RECEIVED="tadi"))
    head, body = upload.read().decode().split("\r\n", 1)
    upload = SimpleUploadedFile("agenda.csv", f"{head},=1+2\r\n{body}".encode())
    url = client.post("/meja/impor", {"jenis": "surat", "berkas": upload}).url
    text = b"".join(client.get(f"{url}/perbaiki/csv").streaming_content).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text)))[-2:] == ["'=1+2", "Yang perlu diperbaiki"]
    assert client.get(f"{url}?setelah={'9' * 5000}").status_code == 200


def test_a_name_that_nobody_knows_is_asked_about_and_never_guessed():
    admin = make.agency_admin()
    client = sit(admin)
    rows = [past(OFFICE="Dinas Jalan Raya", CATEGORY="Urusan Jalan"), past(NUMBER="4712", CATEGORY="Urusan Jalan")]
    url = send(client, Kind.HISTORY, *rows).url
    page = words(client, url)
    assert "0 dari 2 baris siap diimpor" in page
    assert "Apa arti nama-nama ini?" in page
    said = {"category_0": make.category(), "office_0": "pemprov-banten/dpupr"}
    assert client.post(f"{url}/arti", {"category_0": "tidak-ada"}).status_code == 422
    meant = client.post(f"{url}/arti", said).url
    assert "2 dari 2 baris siap diimpor" in words(client, meant)
    taken_in(client, meant)
    report = Report.objects.get(owner_unit=make.unit())
    assert (report.category_id, report.status, report.closing) == (make.category(), "closed", "auto")
    assert not Identity.objects.exists(), "what is over needs no name"
    desk = words(client, f"/meja/{report.number}")
    for told in (
        "Riwayat dipindahkan dari sistem asal",
        "Nomor di sistem asal: 4711",
        "Jalan di depan pasar berlubang.",
    ):
        assert told in desk
    assert Client().get(f"/laporan/{report.number}").status_code == 404


def test_a_unit_reads_why_a_hidden_report_ended_there_without_the_person():
    client = sit(make.agency_admin())
    why = {"STATUS": "Diarsipkan oleh Sistem", "REASON": "Pelapor tidak menjawab di 081234567890"}
    row = past(OFFICE=make.unit().name, PARENT_AGENCY="Pemerintah Provinsi Banten", **why)
    url = send(client, Kind.HISTORY, {**row, Column.SECRECY: "Anonim"}, {**row, Column.NUMBER: "2"}).url
    taken_in(client, url)
    unit = sit(make.liaison())
    read = {report.is_anonymous: words(unit, f"/meja/{report.number}") for report in Report.objects.all()}
    assert all("Alasan di sistem asal: Pelapor tidak menjawab di" in page for page in read.values())
    assert ("081234567890" in read[False], "081234567890" in read[True]) == (True, False)


def test_an_own_export_and_another_agencys_past_are_said_as_such(settings):
    mine = make.submit()
    client = sit(make.agency_admin())
    rows = [past(NUMBER=mine.number), past(NUMBER="9", PARENT_AGENCY="Pemerintah Kabupaten Lebak"), past(NUMBER="?")]
    page = words(client, send(client, Kind.HISTORY, *rows).url)
    for said in (
        "Nomor ini laporan yang sudah ada di sistem ini.",
        "Laporan ini milik instansi lain.",
        "Nomor ini tidak",
    ):
        assert said in page
    stranger = make.submit(destination_id=make.agency("kab-lebak").pk)
    url = send(client, Kind.HISTORY, past(NUMBER=stranger.number)).url
    assert "1 dari 1 baris siap diimpor" in words(client, url), "what one may not know of does not exist"


def test_a_sheet_that_cannot_be_read_is_refused_in_words_and_nothing_of_it_is_kept(settings):
    client = sit(make.agency_admin())

    def refused(content, name="x.xlsx"):
        answer = client.post("/meja/impor", {"jenis": "surat", "berkas": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        return answer.content.decode()

    assert "Baris judul kolom tidak ditemukan. Yang belum ada: Saluran" in refused(b"Judul laporan,Isi\nsatu,dua\n")
    assert "bentuk lama (XLS) atau berkata sandi" in refused(b"\xd0\xcf\x11\xe0" + bytes(64))
    settings.IMPORT_MOST_ROWS = 1
    many = client.post("/meja/impor", {"jenis": "surat", "berkas": sheet(Kind.LETTERS, letter(), letter())})
    assert "Baris di berkas ini terlalu banyak" in many.content.decode()
    assert list(settings.IMPORTS_DIR.iterdir()) == []
    assert not BulkJob.objects.exists()


def test_a_large_sheet_is_read_by_the_worker_and_one_that_cannot_be_read_says_why(settings, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_AT_ONCE", 100)
    client = sit(make.agency_admin())
    url = send(client, Kind.LETTERS, letter()).url
    assert "Menunggu giliran" in words(client, url)
    run(job_id=BulkJob.objects.get().pk)
    assert "1 dari 1 baris siap diimpor." in words(client, url)
    settings.IMPORT_MOST_ROWS = 1
    many = send(client, Kind.LETTERS, letter(), letter()).url
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert "Baris di berkas ini terlalu banyak." in words(client, many)
    settings.IMPORT_MOST_ROWS = 9
    upload = SimpleUploadedFile("x.csv", b"Judul laporan,Isi\n" + b"satu,dua,tiga,empat,lima\n" * 8)
    other = client.post("/meja/impor", {"jenis": "surat", "berkas": upload}).url
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert "Yang belum ada: Saluran" in words(client, other)
    assert client.get(f"{other}/perbaiki/csv").status_code == 404
    assert client.post(other).status_code == 404


def test_who_may_not_bring_in_finds_no_door_and_a_sheet_is_its_askers_alone():
    admin = make.agency_admin()
    url = send(sit(admin), Kind.LETTERS, letter()).url
    for stranger in (make.agency_admin(), make.liaison()):
        client = sit(stranger)
        for path in (url, f"{url}/perbaiki/csv"):
            assert client.get(path).status_code == 404
        assert client.post(url).status_code == 404
        assert client.post(f"{url}/arti").status_code == 404
    assert send(sit(make.liaison()), Kind.HISTORY, past()).status_code == 422, "a unit brings no past in"
    assert sit(make.unit_admin()).get("/meja/impor").status_code == 404


def test_the_example_has_the_headings_and_its_row_is_never_taken_for_a_letter():
    client = sit(make.liaison())
    content = b"".join(client.get("/meja/impor/contoh/surat/csv").streaming_content)
    upload = SimpleUploadedFile("contoh.csv", content)
    url = client.post("/meja/impor", {"jenis": "surat", "berkas": upload}).url
    assert "Ini baris contoh. Hapus baris ini." in words(client, url)
    history = b"".join(client.get("/meja/impor/contoh/sp4n/csv").streaming_content).decode("utf-8-sig")
    assert history.strip().split(",") == list(EXPORTED[Layout.SP4N]) == list(COLUMNS)
    assert client.get("/meja/impor/contoh/lain/csv").status_code == 404
    assert client.get("/meja/impor/contoh/surat/pdf").status_code == 404
