"""The counter: what is typed in for a citizen counts from the day it came, and its receipt is the citizen's."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.domain.actors import Reporter
from tanggap.models import Event, Report, User
from tanggap.services import edits, keys, reports
from tests import make
from tests.adapters import hostile_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def typed(**values):
    village = make.village()
    return {
        "formulir": "0" * 32,
        "channel": "letter",
        "received_on": "2020-06-26",
        "classification": "complaint",
        "title": "Jalan rusak di depan pasar",
        "body": make.BODY,
        "province": village[:2],
        "regency": village[:5],
        "district": village[:8],
        "village": village,
        "destination": make.agency().pk,
        "event_date": "2020-06-20",
        "name": "Siti Contoh",
        "address": "Kampung Baru RT 02, Pandeglang",
        **values,
    }


def test_a_letter_counts_from_the_day_on_which_it_came_and_says_who_typed_it_in():
    clerk = make.liaison()
    client = sit(clerk)
    without = client.post("/meja/loket", typed(proxy="Budi Kuasa"))
    assert (without.status_code, "Lampirkan surat kuasa" in without.content.decode()) == (422, True)
    paper = SimpleUploadedFile("surat-kuasa.jpg", hostile_files.photo(60, 40))
    assert client.post("/meja/loket", typed(proxy="Budi Kuasa", files=paper)).status_code == 302
    report = Report.objects.get()
    assert (report.channel, report.received_at.date(), report.registered_at) == ("letter", date(2020, 6, 26), make.NOW)
    assert report.due_at.date() == date(2020, 7, 1), "three working days from the day it came"
    event = Event.objects.get(report=report)
    assert (event.role, event.user_id, event.unit_id) == ("liaison_officer", clerk.user_id, clerk.unit_id)
    admin = make.agency_admin()
    person = reports.open_identity(actor=admin, number=report.number, reason="memastikan kuasa", now=make.NOW)
    assert (person.name, person.proxy) == ("Siti Contoh", "Budi Kuasa")
    desk, receipt = (sit(admin).get(f"/meja/{report.number}"), client.get("/meja/loket/tanda-terima"))
    reporter = Client()
    reporter.post("/lacak", {"number": report.number, "token": keys.token_for(report.number)})
    tracked = reporter.get("/lacak/laporan")
    for page in (desk, receipt, tracked):
        for term, day in (("Diterima", "Jumat, 26 Juni 2020"), ("Dicatat", "Rabu, 1 Juli 2020")):
            assert re.search(rf"{term}</dt>\s*<dd[^>]*>\s*(<time[^>]*>)?{day}", page.content.decode())


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2018-11-30"])
def test_what_came_before_the_first_rule_is_refused_and_the_form_is_kept(day):
    client = sit(make.agency_admin())
    answer = client.post("/meja/loket", typed(received_on=day, event_date="1990-01-01"))
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.content.decode()
    assert "Tanggal diterima paling awal 1 Desember 2018" in answer.content.decode()
    assert not Report.objects.exists()
    assert client.post("/meja/loket", typed(received_on="2018-12-01", event_date="1990-01-01")).status_code == 302


def test_what_came_today_came_now_and_what_comes_tomorrow_is_refused():
    client = sit(make.agency_admin())
    answer = client.post("/meja/loket", typed(received_on="2020-07-02"))
    assert answer.status_code == 422
    assert 'value="2020-07-02"' in answer.content.decode()
    assert "Tanggal diterima tidak boleh di masa depan." in answer.content.decode()
    assert not Report.objects.exists()
    client.post("/meja/loket", typed(received_on="2020-07-01", channel="walk_in"))
    assert Report.objects.get().received_at == make.NOW


def test_what_happened_after_the_report_came_is_refused_at_the_date_of_the_event():
    client = sit(make.agency_admin())
    answer = client.post("/meja/loket", typed(event_date="2020-06-27"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'event_date_error".{0,600}Tanggal kejadian tidak boleh sesudah tanggal laporan', page, re.DOTALL)
    assert 'value="2020-06-27"' in page
    assert not Report.objects.exists()
    assert client.post("/meja/loket", typed(event_date="2020-06-26")).status_code == 302, "on the very day it may be"


def test_the_receipt_is_shown_to_who_typed_it_in_alone_and_sent_twice_it_is_one_report():
    client = sit(make.agency_admin())
    first = client.post("/meja/loket", typed())
    client.post("/meja/loket", typed())
    number = Report.objects.get().number
    page = client.get(first.url)
    assert number in page.content.decode()
    assert page["Cache-Control"].count("no-store")
    assert client.get(f"{first.url}.pdf").content.startswith(b"%PDF")
    other = sit(make.agency_admin())
    other.cookies["loket"] = client.cookies["loket"].value
    assert other.get(first.url).url == "/meja/loket"
    client.cookies["loket"] = "1.AAAA-AAAA:forged"
    assert client.get(first.url).url == "/meja/loket"


def test_the_next_citizen_never_gets_the_code_of_the_one_before_and_no_words_are_swallowed():
    client = sit(make.agency_admin())
    client.post("/meja/loket", typed())
    answer = client.post("/meja/loket", typed(name="Budi Contoh", title="Lampu jalan padam di depan sekolah"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Isian ini belum tersimpan" in page
    assert "Lampu jalan padam di depan sekolah" in page
    assert 'name="formulir" value="' + "0" * 32 not in page, "the next sending has a key of its own"
    with time_machine.travel(make.NOW + timedelta(minutes=16), tick=False):
        assert client.post("/meja/loket", typed()).status_code == 409
        assert client.get("/meja/loket/tanda-terima").url == "/meja/loket"
    assert Report.objects.count() == 1


def test_a_scan_is_never_public_and_faults_keep_what_was_typed():
    client = sit(make.agency_admin())
    answer = client.post("/meja/loket", typed(channel="carrier pigeon", title="Pendek", name=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Pilih lewat mana laporan ini datang.", "Judul terlalu pendek", make.BODY, "Isi nama pelapor"):
        assert words in page
    assert "nama Anda" not in client.post("/meja/loket", typed(name="", address="")).content.decode()
    upload = SimpleUploadedFile("surat.jpg", hostile_files.photo(60, 40))
    client.post("/meja/loket", typed(files=upload, publik_semua="1"))
    assert [file.is_publishable for file in Report.objects.get().events.get().attachments.all()] == [False]


def test_who_only_looks_takes_no_reports():
    client = sit(make.national_admin())
    assert client.get("/meja/loket").status_code == 200
    assert client.get("/meja/loket/tanda-terima").url == "/meja/loket"


def test_what_may_be_the_same_is_shown_once_before_it_is_stored():
    admin, elsewhere = make.agency_admin(), make.agency("kab-lebak").pk
    matter = {"title": "Guru sering terlambat", "body": "Guru kelas empat jarang masuk kelas sejak bulan Mei lalu."}
    near = make.submit()
    theirs = make.submit(identity=make.PERSON, **matter)
    hidden = make.submit(identity=make.PERSON, is_anonymous=True, **matter)
    unknown = make.submit(destination_id=elsewhere)
    client = sit(admin)
    before = Report.objects.count()
    same = typed(title="Guru kelas empat terlambat", body=matter["body"] + " Mohon ditegur.", phone=make.PERSON.phone)
    by_person = client.post("/meja/loket", {**same, "village": "", "district": "", "regency": ""})
    by_place = client.post("/meja/loket", typed())
    pages = by_person.content.decode(), by_place.content.decode()
    assert (by_person.status_code, by_place.status_code, Report.objects.count()) == (200, 200, before)
    assert [theirs.number in page for page in pages] == [True, False]
    assert "pelapor yang sama" in pages[0]
    assert near.number in pages[1]
    for report in (hidden, unknown):
        assert report.number not in "".join(pages), "hidden reporters are not found by a contact"
    assert make.BODY in pages[1], "nothing typed is lost"
    assert client.post("/meja/loket", typed(tetap="1")).status_code == 302
    assert client.post("/meja/loket", typed()).status_code == 302, "the same form once more is no second report"
    assert Report.objects.count() == before + 1


def test_what_an_officer_typed_in_before_is_told_by_number_alone_once_another_office_has_it():
    clerk = make.liaison()
    client = sit(clerk)
    assert client.post("/meja/loket", typed(phone=make.PERSON.phone)).status_code == 302
    filed = Report.objects.get()
    assert client.get(f"/meja/{filed.number}").status_code == 404, "it is the agency's, not the unit's"
    later = {"title": "Selokan tersumbat", "body": "Selokan di muka puskesmas tersumbat dan airnya meluap."}
    said = make.incoming(event_date=date(2020, 6, 20), **later)
    edits.edit(actor=Reporter(filed.pk), number=filed.number, report=said, seen=1, now=make.NOW)
    assert client.post("/meja/loket", typed(formulir="3" * 32, **later)).status_code == 302, "what came later is unread"
    nowhere = {"classification": "aspiration", **dict.fromkeys(("province", "regency", "district", "village"), "")}
    for values in (
        {"phone": make.PERSON.phone, **nowhere, "title": "Jalan rusak lagi di depan pasar"},
        {"title": "Jalan rusak di muka pasar", "name": "Budi Contoh"},
        {"is_anonymous": "on", "is_confidential": "on", **nowhere},
    ):
        answer = client.post("/meja/loket", typed(formulir="1" * 32, **values))
        page = answer.content.decode()
        assert (answer.status_code, filed.number in page) == (200, True), values
        assert "Anda catat" in page
        assert f'href="/meja/{filed.number}"' not in page
    colleague = sit(make.liaison())
    assert colleague.post("/meja/loket", typed(formulir="2" * 32)).status_code == 302, "another one may not know of it"
    assert client.post("/meja/loket", typed(formulir="1" * 32, tetap="1")).status_code == 302
    with time_machine.travel(make.NOW + timedelta(days=8), tick=False):
        assert sit(clerk).post("/meja/loket", typed(formulir="4" * 32)).status_code == 302
    assert Report.objects.count() == 5
