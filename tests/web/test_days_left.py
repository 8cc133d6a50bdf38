"""A clock in calendar days is told in calendar days, and one in working days in those, on every page alike."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import User
from tests import make
from tests.web.test_tracking import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]

SATURDAY = datetime.fromisoformat("2022-03-05T08:00+07:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def officer(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_request_for_data_is_told_alike_on_desk_list_and_to_the_reporter(client):
    report = make.report(status=Status.PENDING)
    desk = officer(make.agency_admin())
    head = words(desk.get(f"/meja/{report.number}"))
    assert "sisa 30 hari ·" in head
    assert "hari kerja ·" not in head
    assert "30 hari · " in words(desk.get("/meja?antrean=semua&status=pending"))
    assert "sisa 30 hari" in words(opened(client, report))


def test_a_date_of_the_law_is_told_in_calendar_days_when_it_comes_first(client):
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True)
    report = make.act(report, Action.FOLLOW_UP)
    assert report.due_clock == "statutory_max"
    desk = officer(make.liaison())
    assert "sisa 60 hari ·" in words(desk.get(f"/meja/{report.number}"))
    assert "60 hari ·" in words(desk.get("/meja"))
    assert "sisa 60 hari" in words(client.get("/laporan"))


def test_hours_run_on_every_day_also_over_a_weekend():
    report = make.submit(now=SATURDAY, destination_id=make.agency("kab-tangerang").pk)
    with time_machine.travel(SATURDAY, tick=False):
        desk = officer(make.agency_admin("kab-tangerang"))
        assert "sisa 2 hari ·" in words(desk.get(f"/meja/{report.number}"))
        assert "2 hari ·" in words(desk.get("/meja"))


def test_those_who_look_read_the_same():
    report = make.act(make.submit(destination_id=make.agency("kab-tangerang").pk), Action.REQUEST_DATA)
    watching = officer(make.regional_overseer())
    assert "sisa 30 hari ·" in words(watching.get(f"/pengawasan/laporan/{report.number}"))
    assert "30 hari ·" in words(watching.get("/pengawasan/instansi/kab-tangerang"))
