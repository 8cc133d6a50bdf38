"""Every list of the desk's editor leaves as a file, with what its page shows and nothing more."""

import io
from datetime import timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from tanggap.domain import exports
from tanggap.domain.lifecycle import Status
from tanggap.models import User
from tanggap.services import accounts, decrees
from tanggap.web import sheets
from tests import make
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db

HOME = "/meja/organisasi/pemprov-banten"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_the_people_of_an_agency_leave_with_who_is_not_active(client, monkeypatch):
    admin, idle = make.agency_admin(), make.liaison()
    name = str(User.objects.get(pk=idle.user_id))
    accounts.record_day(admin.user_id, make.NOW)
    monkeypatch.setattr(sheets, "SIZE", 1)  # every row is a page of its own
    rows = {row["Nama"]: row for row in sheet_of(sit(client, admin).get(f"{HOME}/petugas?bentuk=csv"))}
    assert rows[name]["Tidak aktif lebih dari 30 hari"] == "Ya"
    assert rows[name]["Terakhir masuk"] == ""
    assert "DPUPR" in rows[name]["Jabatan"]
    own = rows[str(User.objects.get(pk=admin.user_id))]
    assert (own["Terakhir masuk"], own["Tidak aktif lebih dari 30 hari"]) == ("2020-07-01", "Tidak")
    idle_ones = sheet_of(client.get(f"{HOME}/petugas?diam=1&bentuk=csv"))
    assert [row["Nama"] for row in idle_ones] == [name]
    assert "bentuk=xlsx" in client.get(f"{HOME}/petugas?diam=1").content.decode()
    assert client.get("/meja/organisasi/kab-lebak/petugas?bentuk=csv").status_code == 404


def test_a_file_of_many_people_asks_as_often_for_a_page_as_for_two_rows(client, django_assert_max_num_queries):
    sit(client, make.agency_admin())
    for _ in range(6):
        make.liaison()
    with django_assert_max_num_queries(12):
        assert len(sheet_of(client.get(f"{HOME}/petugas?bentuk=csv"))) == 7


def test_a_register_leaves_as_a_workbook_and_so_do_those_whom_no_decree_covers(client):
    admin = make.agency_admin()
    today = make.NOW.date()
    said = {"issued_on": today, "valid_from": today, "valid_to": today + timedelta(days=9), "units": (), "people": ()}
    unit = make.unit("dpupr")
    new = decrees.NewDecree(number="+62/SK", signer="Gubernur", covers_agency=False, **{**said, "units": (unit.pk,)})
    decrees.enter(actor=admin, agency_id=admin.agency_id, said=new, now=make.NOW)
    answer = sit(client, admin).get(f"{HOME}/sk?bentuk=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True).active
    _headings, row = sheet.iter_rows(values_only=True)
    assert (row[0], row[2], row[6], row[7]) == ("'+62/SK", "Gubernur", "Ya", str(unit))
    without = [row["Unit"] for row in sheet_of(client.get(f"{HOME}/sk?tampil=tanpa&bentuk=csv"))]
    assert without
    assert unit.name not in without


def test_the_list_of_who_lacks_what_is_the_national_admins_alone(client):
    make.agency_admin("kab-lebak")
    sit(client, make.national_admin())
    rows = {row["Instansi"]: row for row in sheet_of(client.get("/meja/organisasi?tampil=sk&bentuk=csv"))}
    assert rows["Pemerintah Kabupaten Lebak"]["SK berlaku"] == "Tidak"
    assert sit(client, make.agency_admin()).get("/meja/organisasi?bentuk=csv").url == HOME


def test_a_file_that_is_cut_off_says_so(client, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_IN_A_PAGE", 1)
    assert exports.MOST_IN_A_PAGE > 1
    sit(client, make.agency_admin())
    make.liaison()
    last = sheet_of(client.get(f"{HOME}/petugas?bentuk=csv"))[-1]
    assert last["Nama"] == "Berkas memuat 1 baris pertama; 1 baris lainnya tidak ikut. Persempit daftarnya."


def test_a_list_of_oversight_says_beside_its_file_and_in_it_how_many_are_left_out(client, monkeypatch):
    for _ in range(3):
        make.report(status=Status.ASSIGNED)
    sit(client, make.head("dpupr"))
    assert "tidak ikut" not in client.get("/pengawasan/laporan").content.decode()
    monkeypatch.setattr(sheets, "MOST_IN_A_PAGE", 1)
    said = "Berkas memuat 1 baris pertama; 2 baris lainnya tidak ikut."
    assert said in client.get("/pengawasan/laporan").content.decode()
    rows = sheet_of(client.get("/pengawasan/laporan?bentuk=csv"))
    assert (len(rows), rows[-1]["Nomor laporan"].startswith(said)) == (2, True)
