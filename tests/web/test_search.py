"""One box finds what an officer may know of, by number, words and place, and nothing by the person behind a report."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import AccessLog, DeskSearch, Report, User
from tanggap.selectors import desk_search
from tanggap.services import finding, reports
from tests import make
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def found(actor, query, **known):
    finding.index()
    page = sit(actor).get("/meja/cari", {"q": query}).content.decode()
    return {name for name, report in known.items() if report.number in page}


def test_words_in_any_form_and_places_find_what_the_officer_may_know_of():
    mine = make.report(status=Status.ASSIGNED)
    new = make.submit(body="Lampu penerangan padam, warga memperbaiki sendiri dengan senter.")
    there = make.submit(destination_id=make.agency("kab-lebak").pk)
    secret = make.submit(is_confidential=True)
    known = {"mine": mine, "new": new, "there": there, "secret": secret}
    admin, liaison = make.agency_admin(), make.liaison()
    assert found(admin, "jalan berlubang", **known) == {"mine", "secret"}
    assert found(admin, "perbaikan lampu", **known) == {"new"}
    assert found(admin, "Pandeglang jalan", **known) == {"mine", "new", "secret"}
    assert found(admin, "xinstansi", **known) == set()
    assert found(liaison, "jalan berlubang", **known) == {"mine"}
    assert found(make.agency_admin("kab-lebak"), "jalan berlubang", **known) == {"there"}
    assert found(make.national_admin(), "jalan berlubang", **known) == {"mine", "there", "secret"}
    assert found(make.liaison("dindikbud"), "jalan berlubang", **known) == set()


def test_what_an_office_has_and_what_it_handed_on_stand_together_the_newest_change_first():
    """Both come from statements of their own; no report is in both, and none is left out between two pages."""
    admin = make.agency_admin()
    made = []
    for hour in range(4):
        report = make.submit(now=make.NOW - timedelta(hours=9 - hour))
        if hour % 2:
            there = make.agency("kab-lebak").pk
            Report.objects.filter(pk=report.pk).update(owner_agency_id=there, former_agency_ids=[admin.agency_id])
        else:  # it came back once
            Report.objects.filter(pk=report.pk).update(former_agency_ids=[admin.agency_id])
        made.append(report.number)
    finding.index()
    seen, after = [], ""
    for _ in range(2):
        page = desk_search.list_(
            viewer=admin, filters=replace(desk_search.NOTHING, words="jalan berlubang"), after=after, size=2
        )
        seen += [row.number for row in page.rows]
        after = page.after
    assert (seen, after) == (made[::-1], "")


def test_nobody_finds_out_by_words_who_a_hidden_reporter_is():
    telling = f"{make.BODY} Telepon 081234567890 atas nama Budi Santoso."
    plain, hidden = make.submit(body=telling), make.submit(body=telling, is_anonymous=True)
    known = {"plain": plain, "hidden": hidden}
    admin = make.agency_admin()
    assert found(admin, "pasar 081234567890", **known) == {"plain"}
    assert found(admin, "lubang pasar Budi", **known) == {"plain"}
    assert found(admin, "berlubang pasar", **known) == {"plain", "hidden"}
    # Hidden later, it is not found at all until it was read anew, and then without the person.
    reports.act(
        actor=admin,
        number=plain.number,
        action=Action.SET_VISIBILITY,
        move=make.Move(is_anonymous=True),
        now=make.NOW,
    )
    assert DeskSearch.objects.get(report=plain).words is None
    assert found(admin, "pasar 081234567890", **known) == set()
    assert found(admin, "berlubang pasar", **known) == {"plain", "hidden"}


def test_who_is_named_in_a_report_does_not_find_it():
    named = make.liaison()
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
    assert found(named, "jalan rusak", report=report) == set()
    assert found(make.liaison(), "jalan rusak", report=report) == {"report"}
    assert sit(named).get("/meja/cari", {"q": report.number}).status_code == 200


def test_a_number_leads_to_its_report_however_it_is_typed_and_a_slip_is_said():
    report = make.submit()
    client = sit(make.agency_admin())
    for typed in (report.number, report.number.replace("-", "").lower(), f" #{report.number} "):
        assert client.get("/meja/cari", {"q": typed}).url == f"/meja/{report.number}"
    stranger = sit(make.agency_admin("kab-lebak"))
    assert stranger.get("/meja/cari", {"q": report.number}).status_code == 200
    slip = report.number[:-1] + ("2" if report.number[-1] != "2" else "3")
    assert "Periksa lagi" in client.get("/meja/cari", {"q": slip}).content.decode()


def test_a_person_is_looked_for_by_admins_alone_by_the_whole_contact_and_on_record():
    plain, hidden = make.submit(), make.submit(is_anonymous=True)
    admin = make.agency_admin()
    client = sit(admin)
    assert "kontak seseorang" in client.get("/meja/cari", {"q": make.PERSON.phone}).content.decode()
    refused = client.post("/meja/cari", {"kontak": make.PERSON.phone[:6], "alasan": "perlu"})
    assert refused.status_code == 422
    assert not AccessLog.objects.exists()
    sent = {"kontak": make.PERSON.phone, "alasan": "Pelapor menelepon dan lupa nomornya."}
    page = client.post("/meja/cari", sent).content.decode()
    assert plain.number in page
    assert hidden.number not in page
    (entry,) = AccessLog.objects.all()
    assert (entry.user_id, entry.kind) == (admin.user_id, "find_person")
    assert make.PERSON.phone not in str(entry.detail)
    assert plain.number not in sit(make.agency_admin("kab-lebak")).post("/meja/cari", sent).content.decode()
    liaison = sit(make.liaison())
    assert "Cari menurut kontak" not in liaison.get("/meja/cari").content.decode()
    assert plain.number not in liaison.post("/meja/cari", sent).content.decode()
    assert AccessLog.objects.count() == 2


def test_the_list_of_the_desk_is_narrowed_by_words_and_the_search_asks_few_questions():
    made = [make.submit() for _ in range(2)]
    make.submit(body="Lampu penerangan padam sejak pekan lalu di dekat sekolah dasar.")
    finding.index()
    client = sit(make.agency_admin())
    page = client.get("/meja?antrean=unit&kata=lubang+berlubang").content.decode()
    assert 'class="chip"' in page
    page = client.get("/meja?antrean=unit&kata=berlubang").content.decode()
    assert all(report.number in page for report in made)
    with CaptureQueriesContext(connection) as asked:
        client.get("/meja/cari?q=berlubang")
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_a_search_is_narrowed_as_a_list_is_and_leaves_as_what_it_shows(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    by_phone, other = make.submit(), make.submit(classification=Classification.ASPIRATION)
    dark = make.submit(body="Lampu penerangan padam sejak pekan lalu di dekat sekolah dasar.")
    there = make.submit(destination_id=make.agency("kab-lebak").pk)
    over = make.report(status=Status.CLOSED)
    finding.index()
    client = sit(make.agency_admin())

    def numbers(query):
        page = client.get(f"/meja/cari?{query}").content.decode()
        return {one.number for one in (by_phone, other, dark, there, over) if f"/meja/{one.number}" in page}

    assert numbers("q=berlubang") == {by_phone.number, other.number, over.number}
    assert numbers("q=berlubang&klasifikasi=aspiration") == {other.number}
    assert numbers("q=berlubang&status=closed") == {over.number}
    assert numbers("klasifikasi=aspiration&terlambat=1") == set()
    assert numbers("klasifikasi=aspiration") == {other.number}, "a filter alone finds, too"
    assert numbers("") == set()
    page = client.get("/meja/cari?q=berlubang&klasifikasi=aspiration").content.decode()
    assert 'href="/meja/cari?q=berlubang"' in page, "a chip takes the filter off and keeps the words"
    export = unescape(re.search(r'href="(/meja/ekspor\?[^"]+)"', page)[1])
    rows = sheet_of(client.post(export, {"kolom": "daftar", "bentuk": "csv"}))
    assert [row["Nomor laporan"] for row in rows] == [other.number]
    rows = sheet_of(client.post("/meja/ekspor?antrean=cari&kata=berlubang", {"kolom": "daftar", "bentuk": "csv"}))
    assert {row["Nomor laporan"] for row in rows} == {by_phone.number, other.number, over.number}
    kept = client.get("/meja?antrean=cari&kata=berlubang&klasifikasi=aspiration&tampilan=x")
    assert kept.url == "/meja/cari?klasifikasi=aspiration&q=berlubang"


def test_a_search_with_three_filters_and_pages_asks_at_most_twelve_questions(monkeypatch):
    monkeypatch.setattr(desk_search, "_NEAR", 1)
    for _ in range(3):
        make.submit()
    finding.index()
    client = sit(make.agency_admin())
    address = "/meja/cari?q=berlubang&klasifikasi=complaint&kanal=web&kerahasiaan=open&dari=2020-01-01"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content.decode()
    assert page.count('class="pick"') == 3
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]
