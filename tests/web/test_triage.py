"""A sitting of verifications: suggestions fill the form in, the next report is there at once."""

import html
import json
import re
from datetime import timedelta

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tests import make

pytestmark = pytest.mark.django_db

ROAD = "Jalan berlubang di ruas jalan provinsi dekat pasar, sudah dua motor jatuh minggu ini."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def admin(client):
    client.force_login(User.objects.get(pk=make.agency_admin().user_id))
    return client


def fillings(page):
    return [json.loads(html.unescape(one)) for one in re.findall(r'data-fill="([^"]*)"', page)]


def sent(report, **values):
    return {
        "tindakan": "verify_and_assign",
        "seen": report.event_count,
        "title": report.title,
        "classification": "complaint",
        **values,
    }


def test_a_suggestion_holds_all_that_the_verification_needs_and_the_next_report_comes(admin):
    first = make.report(body=ROAD)
    second = make.report(body=ROAD, now=make.NOW + timedelta(minutes=5))
    page = admin.get(f"/meja/{first.number}").content.decode()
    (filling, *_rest) = fillings(page)
    assert "Kata: jalan provinsi, jalan berlubang, jalan rusak." in page
    answer = admin.post(f"/meja/{first.number}?lanjut=1", sent(first, **filling))
    assert (answer.status_code, answer.url) == (302, f"/meja/{second.number}")
    done = Report.objects.get(pk=first.pk)
    assert (done.status, done.owner_unit, done.supervisory) == (Status.ASSIGNED, make.unit(), False)


def test_after_the_last_report_comes_the_list(admin):
    only = make.report(body=ROAD)
    (filling, *_rest) = fillings(admin.get(f"/meja/{only.number}").content.decode())
    assert admin.post(f"/meja/{only.number}?lanjut=1", sent(only, **filling)).url == "/meja"


def test_without_javascript_the_address_of_a_suggestion_fills_the_form_in(admin):
    report = make.report(body=ROAD)
    page = admin.get(f"/meja/{report.number}?tindakan=verify_and_assign&usulan=1").content.decode()
    assert '<option value="pekerjaan-umum.jalan-berlubang" selected>' in page
    assert f'<option value="{make.unit().pk}" selected>' in page
    assert "Mohon ditindaklanjuti sesuai tugas unit Anda." in page


@pytest.mark.parametrize("chosen", ["0", "99", "x", "-1", "", "sering", "sering9", "sering0"])
def test_a_suggestion_that_was_not_made_fills_nothing_in(admin, chosen):
    report = make.report(body=ROAD)
    page = admin.get(f"/meja/{report.number}?tindakan=verify_and_assign&usulan={chosen}")
    assert page.status_code == 200
    assert '<option value="pekerjaan-umum.jalan-berlubang" selected>' not in page.content.decode()


def test_what_is_often_chosen_stands_apart_without_a_key_and_says_nothing_of_the_report(admin):
    for _ in range(2):
        make.act(make.report(body=ROAD), Action.VERIFY_AND_ASSIGN, category_code="pekerjaan-umum.jembatan")
    fees = make.report(title="Retribusi pasar", body="Retribusi pasar naik dua kali tahun ini tanpa pemberitahuan.")
    page = admin.get(f"/meja/{fees.number}").content.decode()
    apart = page[page.index("Yang sering dipilih instansi Anda") : page.index("</details>", page.index("often-chosen"))]
    assert "Dipilih instansi Anda 2 kali belakangan ini." in apart
    assert "data-key" not in apart
    assert 'data-key="1"' not in page
    (filling,) = fillings(apart)
    assert "supervisory" not in filling
    chosen = admin.get(f"/meja/{fees.number}?tindakan=verify_and_assign&usulan=sering1").content.decode()
    assert '<option value="pekerjaan-umum.jembatan" selected>' in chosen
    numbered = admin.get(f"/meja/{fees.number}?tindakan=verify_and_assign&usulan=1").content.decode()
    assert '<option value="pekerjaan-umum.jembatan" selected>' not in numbered
    road = admin.get(f"/meja/{make.report(body=ROAD).number}").content.decode()
    assert 'data-key="1"' in road[: road.index("Yang sering dipilih instansi Anda")]


def test_where_words_hint_at_misconduct_the_officer_decides_whether_it_is(admin):
    report = make.report(body=f"{ROAD} Oknum petugas minta pungli.")
    assert all(
        "supervisory" not in filling for filling in fillings(admin.get(f"/meja/{report.number}").content.decode())
    )


def test_what_belongs_elsewhere_opens_the_return_with_the_proposed_owner(admin):
    report = make.report(title="Uang komite naik", body="Uang komite di SDN 2 naik tiap tahun, kami keberatan.")
    page = admin.get(f"/meja/{report.number}?tindakan=return&usulan=1").content.decode()
    assert f'<option value="{make.agency("kab-pandeglang").pk}" selected>' in page
    assert "wewenang kabupaten atau kota" in page


def test_the_checklist_is_asked_for_only_where_something_was_found(admin):
    clean, told = make.report(body=ROAD), make.report(body=f"{ROAD} Hubungi 081234567890.")
    assert "Tuduhan kepada pejabat" not in admin.get(f"/meja/{clean.number}").content.decode()
    assert "Tuduhan kepada pejabat" in admin.get(f"/meja/{told.number}").content.decode()


def test_a_title_that_brings_personal_data_in_brings_the_checklist_back(admin):
    report = make.report(body=ROAD)
    (filling, *_rest) = fillings(admin.get(f"/meja/{report.number}").content.decode())
    answer = admin.post(f"/meja/{report.number}", sent(report, **filling) | {"title": "Hubungi Budi 081234567890"})
    assert answer.status_code == 422
    assert "Tuduhan kepada pejabat" in answer.content.decode()


def test_before_and_after_are_told_by_the_order_of_the_list(admin):
    early, middle, late = (make.report(body=ROAD, now=make.NOW + timedelta(days=n)) for n in (0, 1, 2))
    page = admin.get(f"/meja/{middle.number}").content.decode()
    assert re.search(rf'href="/meja/{early.number}" rel="prev"', page)
    assert re.search(rf'href="/meja/{late.number}" rel="next"', page)
    last = admin.get(f"/meja/{late.number}").content.decode()
    assert re.search(rf'href="/meja/{early.number}" rel="next"', last), "past the end comes the first"
