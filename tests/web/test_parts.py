"""Dividing a report at the desk, and finding its parts with one code (T22)."""

import pytest
import time_machine

from tanggap.models import Report, User
from tests import make, world

pytestmark = pytest.mark.django_db

REASON = "Jalan rusak dan sampah ditangani dua instansi yang berbeda."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def press(client, report, **values):
    return client.post(f"/meja/{report.number}", {"tindakan": "split", "seen": report.event_count, **values})


def test_an_admin_divides_and_the_reporter_opens_the_parts_and_comes_back(client):
    report, admin = make.submit(), make.agency_admin()
    client.force_login(User.objects.get(pk=admin.user_id))
    assert "Judul bagian 1" in client.get(f"/meja/{report.number}?tindakan=split").content.decode()
    one = {"text": REASON, "title_1": "Jalan rusak di depan pasar", "agency_1": make.agency().pk}
    short = press(client, report, **one)
    assert short.status_code == 422
    assert "sedikitnya dua bagian" in short.content.decode()
    assert REASON in short.content.decode()
    two = one | {"title_2": "Sampah di selokan pasar", "agency_2": make.agency("kab-lebak").pk}
    assert press(client, report, **two, seen=0).status_code == 409
    assert not Report.objects.exclude(part_of="").exists()
    assert press(client, report, **two).status_code == 302
    road, waste = Report.objects.filter(part_of=report.number).order_by("pk")
    page = client.get(f"/meja/{report.number}").content.decode()
    assert f'href="/meja/{road.number}"' in page
    assert waste.number in page
    assert f'href="/meja/{waste.number}"' not in page  # another agency's: named, and not to be opened
    assert client.get(f"/meja/{waste.number}").status_code == 404
    client.logout()
    world.track(client, report)
    own = client.get("/lacak/laporan").content.decode()
    assert "Bagian laporan Anda" in own
    assert REASON in own
    assert client.post("/lacak/bagian", {"number": waste.number}).status_code == 302
    part = client.get("/lacak/laporan").content.decode()
    assert "Sampah di selokan pasar" in part
    assert make.BODY in part
    assert client.post("/lacak/bagian", {"number": report.number}).status_code == 302
    assert client.post("/lacak/bagian", {"number": make.submit().number}).status_code == 404
    client.post("/lacak/keluar")
    assert client.post("/lacak/bagian", {"number": waste.number}).status_code == 404
