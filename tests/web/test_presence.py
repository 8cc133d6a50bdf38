"""Two officers before one report: each is told of the other, and of what changed, and nothing typed is touched."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Presence, User
from tanggap.services import presence
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def sit(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_two_officers_see_each_other_and_one_who_left_is_gone_after_a_minute(clock):
    report = make.report(status=Status.ASSIGNED)
    officers = make.liaison(), make.agency_admin()
    rina, budi = map(sit, officers)
    her, him = (User.objects.get(pk=officer.user_id).display_name for officer in officers)
    address = f"/meja/{report.number}"
    assert "sedang membuka" not in rina.get(address).content.decode()
    clock.shift(30)
    assert f"{her} sedang membuka laporan ini sejak 10.00 WIB." in budi.get(address).content.decode()
    assert f"{him} sedang membuka" in rina.post(f"{address}/hadir", {"seen": "2"}).content.decode()
    clock.shift(61)
    assert "sedang membuka" not in budi.post(f"{address}/hadir", {"seen": "2"}).content.decode()
    rina.get(address)
    assert f"{her} sedang membuka laporan ini sejak 10.01 WIB." in budi.post(f"{address}/hadir").content.decode()
    assert presence.purge(now=make.NOW + timedelta(hours=2)) == 2


def test_a_change_underneath_is_told_to_who_is_typing():
    report = make.report(status=Status.ASSIGNED)
    client = sit(make.liaison())
    address = f"/meja/{report.number}/hadir"
    assert "baru saja berubah" not in client.post(address, {"seen": "2"}).content.decode()
    make.act(report, Action.FOLLOW_UP)
    said = client.post(address, {"seen": "2"}).content.decode()
    assert "Laporan ini baru saja berubah:" in said
    assert "Tindak lanjut dari" in said
    for odd in ("", "x", "9" * 30, "²"):
        assert client.post(address, {"seen": odd}).status_code == 200


def test_an_inspectorate_and_another_agency_leave_no_mark_for_the_unit():
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True)
    address = f"/meja/{report.number}"
    assert sit(make.auditor()).get(address).status_code == 200
    assert sit(make.national_admin()).get(address).status_code == 200
    assert "sedang membuka" not in sit(make.liaison()).get(address).content.decode()
    assert sit(make.liaison("dindikbud")).post(f"{address}/hadir").status_code == 404
    assert Presence.objects.count() == 2
