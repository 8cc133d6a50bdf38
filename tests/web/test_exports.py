"""A list leaves the house as a file: only what its reader may read, safe for a spreadsheet, names only for a reason."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import load_workbook

from tanggap.adapters import exports as files
from tanggap.domain import sp4n
from tanggap.domain.hiding import HidingGround
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import AccessLog, BulkJob, Event, Report, User
from tanggap.tasks.bulk import run
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def body_of(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def table(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig"))))


SP4N = {"kolom": "sp4n", "bentuk": "csv"}
LIST = {"kolom": "daftar", "bentuk": "csv"}


def test_a_list_leaves_in_the_21_columns_and_hides_what_its_reader_may_not_read():
    plain = make.submit(title="=HYPERLINK(bahaya) jalan rusak")
    hidden = make.submit(body=f"{make.BODY} Telepon saya 081234567890.", is_anonymous=True)
    make.submit(destination_id=make.agency("kab-lebak").pk)
    rows = table(sit(make.agency_admin()).post("/meja/ekspor?antrean=unit", SP4N))
    assert list(rows[0]) == [column.value for column in sp4n.COLUMNS]
    by_number = {row["Tracking ID"]: row for row in rows}
    assert set(by_number) == {plain.number, hidden.number}
    row = by_number[plain.number]
    assert row["Judul Laporan"].startswith("'=HYPERLINK")
    assert (row["Nama Pelapor"], row["Status Laporan"]) == ("", "Belum Terverifikasi")
    assert (row["Tanggal Laporan Masuk"], row["Provinsi"]) == ("2020-07-01", "Banten")
    assert row["ID Instansi Terdisposisi"] == "pemprov-banten"
    assert by_number[hidden.number]["Nama Pelapor"] == "Anonim"
    assert "081234567890" not in str(by_number[hidden.number])
    assert not Event.objects.filter(kind="open_identity").exists()


def test_what_was_hidden_before_a_report_was_divided_leaves_in_no_export():
    whole = make.report(status=Status.ASSIGNED, body="Juru parkir Sumarna di depan pasar menagih lima ribu.")
    values = {"hiding_ground": HidingGround.THIRD_PARTY, "hidden_words": ("Sumarna",)}
    make.act(whole, Action.REDACT, actor=make.agency_admin(), **values)
    make.act(whole, Action.SPLIT)
    part = Report.objects.get(part_of=whole.number, owner_agency=make.agency())
    make.act(part, Action.VERIFY_AND_ASSIGN)
    rows = table(sit(make.agency_admin()).post("/meja/ekspor?antrean=unit&semua=1", SP4N))
    said = next(row for row in rows if row["Tracking ID"] == part.number)
    assert "Juru parkir" in said["Isi Laporan Akhir"]
    assert "Sumarna" not in said["Isi Laporan Akhir"]


def test_what_was_hidden_after_publication_leaves_in_no_export():
    said = "Juru parkir Sumarna di depan pasar menagih lima ribu, juga Sumarna kemarin."
    reports = [make.report(status=Status.ASSIGNED, body=said), make.report(status=Status.CLOSED, body=said)]
    hidden = make.report(body=said, is_anonymous=True)
    at = said.index("Sumarna di")
    marks = {"title": (), "body": ((at, at + 7, "name_after_honorific"),), "location": ()}
    make.act(hidden, Action.VERIFY_AND_ASSIGN, masked=marks)
    for report in (*reports, hidden):
        ground = HidingGround.THIRD_PARTY
        make.act(report, Action.REDACT, actor=make.agency_admin(), hiding_ground=ground, hidden_words=("sumarna",))
    rows = table(sit(make.agency_admin()).post("/meja/ekspor?antrean=unit&semua=1", SP4N))
    last = {row["Tracking ID"]: row["Isi Laporan Akhir"] for row in rows}
    assert {reports[0].number, hidden.number} <= set(last)
    assert "umarna" not in str(last.values())
    assert "Sumarna" not in next(row["Isi Laporan Awal"] for row in rows if row["Tracking ID"] == hidden.number)


NIK = "3604011505900007"
TITLE = f"Berkas Ibu Sumarni {NIK}"
TOLD = f"Ibu Sumarni dengan NIK {NIK} ditolak di loket. Nomor saya 081234567890."


def _marks(text: str, *words: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((text.index(word), text.index(word) + len(word), "name_after_honorific") for word in words)


@pytest.mark.parametrize("is_verified", [True, False])
def test_persons_in_the_words_of_an_open_report_leave_only_for_a_reason(is_verified):
    report = make.submit(title=TITLE, body=TOLD)
    admin = make.agency_admin()
    if is_verified:  # the number to call is left in the open on purpose, as the public reads it
        marks = {"title": _marks(TITLE, "Sumarni", NIK), "body": _marks(TOLD, "Sumarni", NIK), "location": ()}
        kept = {"body": _marks(TOLD, "081234567890")}
        make.act(report, Action.VERIFY_AND_ASSIGN, title=TITLE, masked=marks, kept=kept)
    client = sit(admin)
    for asked in (SP4N, LIST):
        (row,) = table(client.post("/meja/ekspor?antrean=unit&semua=1", asked))
        assert not [word for word in ("Sumarni", NIK) if word in str(row)]
        assert "disamarkan]" in row.get("Judul Laporan", row.get("Judul"))
        if asked is SP4N:
            for column in ("Isi Laporan Awal", "Isi Laporan Akhir"):
                assert "ditolak di loket" in row[column]
                assert ("081234567890" in row[column]) == is_verified
    url = client.post("/meja/ekspor?antrean=unit&semua=1", {**SP4N, "nama": "on", "alasan": "Rekap tahunan 2020"}).url
    run(job_id=BulkJob.objects.get().pk)
    (row,) = table(client.get(f"{url}/berkas"))
    assert (row["Judul Laporan"], row["Isi Laporan Awal"]) == (TITLE, TOLD)
    assert ("Sumarni" in row["Isi Laporan Akhir"]) != is_verified


def test_a_workbook_holds_the_same_as_the_text_and_a_unit_only_what_is_its_own():
    mine = make.report(status=Status.ASSIGNED)
    make.act(mine, Action.TAKE, actor=make.liaison())
    make.report()
    client = sit(make.liaison())
    answer = client.post("/meja/ekspor?antrean=unit", {**LIST, "bentuk": "xlsx"})
    sheet = load_workbook(io.BytesIO(body_of(answer)), read_only=True).active
    headings, row = list(sheet.iter_rows(values_only=True))
    assert dict(zip(headings, row, strict=True))["Nomor laporan"] == mine.number
    (text,) = table(client.post("/meja/ekspor?antrean=unit", LIST))
    assert [cell or "" for cell in row] == list(text.values())
    assert text["Petugas"]
    assert text["Dicatat"] == text["Diterima"]
    assert table(client.post("/meja/ekspor?antrean=unit&kanal=phone", LIST)) == []


def test_names_leave_only_for_a_reason_that_is_written_down_and_read_by_the_reporter():
    plain, hidden, admin = make.submit(), make.submit(is_anonymous=True), make.agency_admin()
    client = sit(admin)
    refused = client.post("/meja/ekspor?antrean=unit", {**SP4N, "nama": "on", "alasan": "saja"})
    assert refused.status_code == 422
    assert "Tulis alasan yang jelas" in refused.content.decode()
    assert (
        client.post("/meja/ekspor?antrean=unit", {**LIST, "nama": "on", "alasan": "Rekap tahunan 2020"}).status_code
        == 422
    )
    assert not AccessLog.objects.exists()
    answer = client.post("/meja/ekspor?antrean=unit", {**SP4N, "nama": "on", "alasan": "Rekap tahunan 2020"})
    job = BulkJob.objects.get()
    assert answer.url == f"/meja/pekerjaan/{job.key}"
    assert client.get(f"{answer.url}/berkas").status_code == 404
    run(job_id=job.pk)
    run(job_id=job.pk)  # what is over is not done again
    assert "Siap diunduh" in client.get(answer.url).content.decode()
    names = {row["Tracking ID"]: row["Nama Pelapor"] for row in table(client.get(f"{answer.url}/berkas"))}
    assert names == {plain.number: make.PERSON.name, hidden.number: "Anonim"}
    looks = Event.objects.filter(kind="open_identity").values_list("report_id", "visibility")
    assert list(looks) == [(plain.pk, "reporter")]
    (entry,) = AccessLog.objects.all()
    assert (entry.user_id, entry.reason) == (admin.user_id, "Rekap tahunan 2020")
    for change in (lambda: AccessLog.objects.update(reason="lain"), lambda: AccessLog.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_job_is_its_askers_alone_and_its_file_lives_for_a_day(settings):
    make.submit()
    admin = make.agency_admin()
    client = sit(admin)
    url = client.post("/meja/ekspor", {**SP4N, "nama": "on", "alasan": "Rekap tahunan 2020"}).url
    run(job_id=BulkJob.objects.get().pk)
    for stranger in (make.agency_admin(), make.national_admin(), make.liaison()):
        assert [sit(stranger).get(path).status_code for path in (url, f"{url}/berkas")] == [404, 404]
    later = make.NOW + timedelta(days=1, minutes=1)
    with time_machine.travel(later, tick=False):
        assert "Sudah dihapus" in sit(admin).get(url).content.decode()
        assert sit(admin).get(f"{url}/berkas").status_code == 404
    assert len(list(settings.EXPORTS_DIR.iterdir())) == 1
    assert files.sweep(settings.EXPORTS_DIR, older_than=later + timedelta(days=9000)) == 1


def test_who_works_in_a_unit_is_not_asked_about_names():
    client = sit(make.liaison())
    assert "Sertakan nama" not in client.get("/meja/ekspor").content.decode()
    assert table(client.post("/meja/ekspor", {**SP4N, "nama": "on", "alasan": "Rekap tahunan 2020"})) == []
    assert not AccessLog.objects.exists()
