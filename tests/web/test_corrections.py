"""The preview of a correction at the desk: seen before it is saved, and never another than the one that is saved."""

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Category, Report, User
from tanggap.selectors import own_reports
from tests import make

pytestmark = pytest.mark.django_db
REASON = "Setelah dibaca ulang, ini soal banjir di pasar."
FLOOD = "lingkungan.banjir"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def sit(actor):
    desk = Client()
    desk.force_login(User.objects.get(pk=actor.user_id))
    return desk


def sent(report, **values):
    form = {"tindakan": "reclassify", "seen": report.event_count, "category": FLOOD, "classification": "complaint"}
    return form | {"supervisory": "tidak", "text": REASON} | values


def mark(page):
    return page.split('name="kirim" value="')[1].split('"')[0]


@pytest.mark.parametrize("status", [Status.ASSIGNED, Status.IN_PROGRESS])
def test_a_correction_is_shown_first_and_then_leads_to_the_office_of_the_rules(status):
    report, desk = make.report(status=status, title="Banjir di pasar"), sit(make.agency_admin())
    at = f"/meja/{report.number}"
    assert "Lihat pratinjau" in desk.get(f"{at}?tindakan=reclassify").text
    page = desk.post(at, sent(report))
    assert page.status_code == 200
    for words in ("Pratinjau: belum disimpan", Category.objects.get(pk=FLOOD).name, "Mengapa tanggal ini?", REASON):
        assert words in page.text
    assert f'formaction="?lalu=assign_to_unit&amp;kantor={make.unit("bpbd").pk}"' in page.text
    assert Report.objects.get(pk=report.pk).event_count == report.event_count
    # What is typed after the preview was not seen in it.
    other = desk.post(at, sent(report, kirim=mark(page.text), supervisory="ya"))
    assert "Ada yang berbeda dari pratinjau sebelumnya" in other.text
    assert "Selasa, 29 September 2020" in other.text
    saved = desk.post(f"{at}?lalu=assign_to_unit&kantor={make.unit('bpbd').pk}", sent(report, kirim=mark(page.text)))
    assert saved.status_code == 302
    assert Report.objects.get(pk=report.pk).category_id == FLOOD
    form = desk.get(saved["Location"]).text
    assert f'<option value="{make.unit("bpbd").pk}" selected>' in form


def test_what_changed_underneath_is_shown_and_not_overwritten(clock):
    report, admin = make.report(status=Status.ASSIGNED), make.agency_admin()
    at = f"/meja/{report.number}"
    values = sent(report, classification="information_request", supervisory="")
    clock.move_to(make.NOW.replace(day=13))
    first = sit(admin).post(at, values).text
    assert "Rabu, 15 Juli 2020" in first
    # Two working days from now are another day tomorrow.
    clock.move_to(make.NOW.replace(day=14))
    desk = sit(admin)
    again = desk.post(at, values | {"kirim": mark(first)}).text
    assert "Ada yang berbeda dari pratinjau sebelumnya" in again
    assert "Kamis, 16 Juli 2020" in again
    make.act(report, Action.FOLLOW_UP)
    moved = desk.post(at, values | {"kirim": mark(again)})
    assert moved.status_code == 409
    assert REASON in moved.text
    assert Report.objects.get(pk=report.pk).classification == "complaint"


def test_misconduct_stays_misconduct_and_the_field_says_who_may_clear_it():
    report = make.submit()
    report = make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True)
    page = sit(make.agency_admin()).post(f"/meja/{report.number}", sent(report))
    assert page.status_code == 422
    assert "Hanya admin nasional yang dapat menyatakan" in page.text


def test_whom_it_is_about_is_named_with_the_correction_and_the_unit_is_out_of_it():
    liaison, auditor = make.liaison(), make.auditor()
    report, admin = make.report(status=Status.IN_PROGRESS), make.agency_admin()
    at, desk, unit = f"/meja/{report.number}", sit(admin), make.unit()
    asked = desk.get(f"{at}?tindakan=reclassify").text
    assert 'name="named_units"' in asked
    assert f'value="{liaison.user_id}"' in asked
    values = sent(report, supervisory="ya", named_units=[unit.pk], named_users=[liaison.user_id])
    refused = desk.post(at, values | {"supervisory": "tidak"})
    assert refused.status_code == 422
    assert "hanya dicatat pada pengaduan berkadar pengawasan" in refused.text
    assert f'<option value="{liaison.user_id}" selected>' in refused.text, "it comes back filled in"
    page = desk.post(at, values)
    person = User.objects.get(pk=liaison.user_id).display_name
    assert f"{unit.short_name}, {person}" in page.text
    assert "Berpindah ke" in page.text
    assert "Menyimpan tidak memindahkan laporan" not in page.text
    # Other names than those of the preview are shown again.
    other = desk.post(at, values | {"kirim": mark(page.text), "named_users": []})
    assert "Ada yang berbeda dari pratinjau sebelumnya" in other.text
    assert desk.post(at, values | {"kirim": mark(page.text)}).status_code == 302
    assert Report.objects.get(pk=report.pk).owner_unit == make.unit("inspektorat")
    assert sit(liaison).get(at).status_code == 404
    shown = sit(auditor).get(at).text
    assert person in shown
    tracked = own_reports.get(viewer=make.usual_actor(report, Action.RATE), now=make.NOW)
    assert person not in str(tracked)
    assert person not in Client().get(f"/laporan/{report.number}").text


def test_the_national_admin_names_who_is_in_the_agency_and_a_proposal_names_nobody():
    admin, report = make.agency_admin(), make.report(status=Status.ASSIGNED)
    at = f"/meja/{report.number}"
    assert f'value="{admin.user_id}"' in sit(make.national_admin()).get(f"{at}?tindakan=reclassify").text
    proposal = sit(make.liaison()).get(f"{at}?tindakan=propose&usul=reclassify").text
    assert 'name="supervisory"' in proposal
    assert 'name="named_users"' not in proposal
