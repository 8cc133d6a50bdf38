"""The pages of the organisation's editor: who comes in, what is said, and that nothing typed is lost."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.organisation import Change
from tanggap.models import AdministrationEntry, Appointment, Decree, Unit, User
from tanggap.services import accounts, administration, exports, finding, leaving
from tests import make
from tests.adapters import hostile_files

pytestmark = pytest.mark.django_db

HOME = "/meja/organisasi/pemprov-banten"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def admin(client):
    actor = make.agency_admin()
    client.force_login(User.objects.get(pk=actor.user_id))
    return actor


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_admin_comes_to_the_own_agency_and_knows_of_no_other(client, admin):
    assert client.get("/meja/organisasi").url == HOME
    page = client.get(HOME)
    assert "Dinas Pekerjaan Umum dan Penataan Ruang" in words(page)
    assert "Organisasi" in words(client.get("/meja"))
    other = client.get("/meja/organisasi/kab-tangerang")
    assert (other.status_code, other.content) == (404, client.get("/meja/organisasi/tidak-ada").content)


def test_the_national_admin_chooses_an_agency_and_sees_who_lacks_what(client):
    client.force_login(User.objects.get(pk=make.national_admin().user_id))
    make.agency_admin("kab-lebak")
    page = client.get("/meja/organisasi?tampil=sk&q=lebak").content.decode()
    assert page.count('href="/meja/organisasi/kab-lebak"') == 2
    assert "tidak aktif" in page
    assert client.get("/meja/organisasi/kab-lebak").status_code == 200


def test_lists_need_as_many_queries_for_many_rows_as_for_few(client, admin, django_assert_max_num_queries):
    client.get(HOME)
    for _ in range(5):
        make.liaison()
    for page in ("", "/petugas", "/catatan", "/akses"):
        with django_assert_max_num_queries(8):
            client.get(f"{HOME}{page}")


def test_a_unit_is_added_renamed_and_moved_on_its_pages(client, admin):
    said = {"name": "Bidang Uji", "short_name": "", "kind": "subunit", "parent": "", "valid_from": "2020-01-01"}
    public = "/instansi/pemprov-banten"
    link = f'<a href="{public}/bidang-uji">'
    assert link not in client.get(public).content.decode()
    assert client.post(f"{HOME}/unit", said).url == HOME
    assert f"{link}Bidang Uji</a>" in client.get(public).content.decode(), "the public list has it at once"
    page = f"{HOME}/unit/bidang-uji"
    renamed = {"tindakan": "nama", "nama-name": "Bidang Lain", "nama-short_name": "", "nama-first_day": "2020-06-01"}
    assert client.post(page, renamed).url == HOME
    moved = {"tindakan": "pindah", "pindah-parent": make.unit().pk}
    assert client.post(page, moved).url == HOME
    assert "Bidang Uji: 1 Jan 2020 – 31 Mei 2020" in words(client.get(page))
    log = words(client.get(f"{HOME}/catatan"))
    assert "Nama unit diganti" in log
    assert "Bidang Uji → Bidang Lain" in log


def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(client, admin):
    said = {"name": "Dinas Pekerjaan Umum dan Penataan Ruang", "short_name": "Ketik", "kind": "opd", "parent": ""}
    answer = client.post(f"{HOME}/unit", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Isi tanggalnya." in page
    assert 'value="Ketik"' in page
    answer = client.post(f"{HOME}/unit", {**said, "valid_from": "2020-01-01"})
    assert "Sudah ada unit dengan nama ini" in answer.content.decode()


def test_dissolving_with_open_reports_says_how_many_and_offers_the_road(client, admin):
    make.report(status=Status.ASSIGNED)
    Unit.objects.filter(parent=make.unit()).update(parent=None)
    page, said = f"{HOME}/unit/dpupr", {"tindakan": "bubar", "bubar-last_day": "2020-07-01"}
    answer = client.post(page, said)
    assert answer.status_code == 422
    assert "1 laporan terbuka. Masih ada laporan terbuka. Centang penyerahannya" in words(answer)
    assert client.post(page, {**said, "bubar-hand_over": "on"}).status_code == 302
    assert make.unit().valid_to is not None


def test_an_admin_who_is_named_in_a_report_learns_of_it_by_no_number(client, admin):
    unit = make.unit("inspektorat")
    Unit.objects.filter(parent=unit).update(parent=None)
    about = {"supervisory": True, "unit_id": unit.pk, "named_users": (admin.user_id,)}
    make.act(make.submit(is_confidential=True), Action.VERIFY_AND_ASSIGN, actor=make.agency_admin(), **about)
    page = f"{HOME}/unit/inspektorat"
    assert "Laporan terbuka 0 " in words(client.get(page))
    assert client.post(page, {"tindakan": "bubar", "bubar-last_day": "2020-07-01"}).status_code == 302
    entry = AdministrationEntry.objects.order_by("-pk")[0]
    assert (entry.kind, entry.after) == ("unit_dissolved", {"to": "2020-07-01"}), "others who are named read the log"
    assert leaving.leave_closed_units(now=make.NOW) == 1, "it is handed over all the same"


def test_the_log_is_silent_on_the_numbers_of_older_entries(client, admin):
    administration.write(
        actor=admin,
        kind=Change.UNIT_DISSOLVED,
        now=make.NOW,
        agency_id=admin.agency_id,
        before={},
        after={"to": "2020-07-01", "open_reports": 4711},
    )
    page = words(client.get(f"{HOME}/catatan"))
    assert ("sampai 1 Jul 2020" in page, "4711" in page) == (True, False)


def test_an_admin_reads_who_looked_for_people_and_why_but_not_what_the_inspectorate_looks_for(client, admin):
    contact = "0812 7788 9911"
    finding.by_contact(actor=admin, contact=contact, reason="Pelapor menelepon kembali", now=make.NOW)
    auditor, asked = make.auditor(), {"queue": "pengawasan"}
    exports.log_names(actor=auditor, reason="Pemeriksaan atas admin", asked=asked, now=make.NOW)
    page = words(client.get(f"{HOME}/akses"))
    assert ("Pelapor menelepon kembali" in page, "Pemeriksaan atas admin" in page) == (True, False)
    assert "7788" not in page, "whom somebody looked for is nobody's to read"
    client.force_login(User.objects.get(pk=make.national_admin().user_id))
    assert "Pemeriksaan atas admin" in words(client.get(f"{HOME}/akses"))


def test_an_office_is_given_and_ended_and_the_last_admin_stays(client, admin):
    person = make.liaison()
    address = re.search(
        rf'href="({HOME}/petugas/[^"]+)">{User.objects.get(pk=person.user_id)}<',
        client.get(f"{HOME}/petugas").content.decode(),
    )[1]
    given = {"tindakan": "angkat", "role": "liaison_officer", "unit": make.unit("dindikbud").pk}
    assert client.post(address, given).status_code == 302
    again = client.post(address, given)
    assert (again.status_code, "sudah memegang jabatan itu" in words(again)) == (422, True)
    assert client.post(address, {**given, "role": "agency_admin"}).status_code == 422, "above what an admin may give"
    keys = re.findall(r'name="jabatan" value="([^"]+)"', client.get(address).content.decode())
    assert client.post(address, {"tindakan": "akhiri", "jabatan": keys[0]}).status_code == 302
    assert Appointment.objects.filter(user_id=person.user_id, valid_to=None).count() == 1

    mine = re.search(
        rf'href="({HOME}/petugas/[^"]+)">{User.objects.get(pk=admin.user_id)}<',
        client.get(f"{HOME}/petugas").content.decode(),
    )[1]
    key = re.findall(r'name="jabatan" value="([^"]+)"', client.get(mine).content.decode())[0]
    answer = client.post(mine, {"tindakan": "akhiri", "jabatan": key})
    assert (answer.status_code, "admin terakhir" in words(answer)) == (422, True)


def test_who_was_not_there_for_thirty_days_is_listed(client, admin):
    person = User.objects.get(pk=make.liaison().user_id)
    assert str(person) in words(client.get(f"{HOME}/petugas?diam=1"))
    accounts.record_day(person.pk, make.NOW)
    assert str(person) not in words(client.get(f"{HOME}/petugas?diam=1"))
    assert str(person) in words(client.get(f"{HOME}/petugas?q={person.username}"))


def test_a_decree_is_entered_with_its_scan_and_withdrawn(client, admin):
    said = {
        "number": "SK/63/2024",
        "signer": "Gubernur Banten",
        "issued_on": "2020-02-26",
        "valid_from": "2020-02-26",
        "valid_to": "2020-07-15",
        "covers_agency": "on",
    }
    scan = SimpleUploadedFile("sk.jpg", hostile_files.photo(60, 40))
    assert client.post(f"{HOME}/sk", {**said, "files": scan}).status_code == 302
    page = words(client.get(f"{HOME}/sk"))
    assert "SK/63/2024" in page
    assert "segera berakhir" in page
    assert "unit tanpa SK" not in page
    decree = Decree.objects.get()
    answer = client.get(f"{HOME}/sk/{decree.pk}/berkas")
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)
    client.post(f"{HOME}/sk", {"tindakan": "cabut", "sk": decree.pk})
    page = words(client.get(f"{HOME}/sk"))
    assert "dicabut" in page
    assert "unit tanpa SK yang berlaku" in page
    answer = client.post(f"{HOME}/sk", {**said, "covers_agency": ""})
    assert (answer.status_code, "Pilih cakupannya" in words(answer)) == (422, True)
