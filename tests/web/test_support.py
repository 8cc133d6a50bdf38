"""Asking another office for help at the desk, and helping (T23)."""

import pytest
import time_machine

from tanggap.domain.lifecycle import Status
from tanggap.models import Report, User
from tests import make

pytestmark = pytest.mark.django_db


def test_an_admin_asks_a_unit_for_help_and_the_unit_writes_to_everybody(client):
    report = make.report(status=Status.ASSIGNED)
    at = f"/meja/{report.number}"

    def sit(actor):
        client.force_login(User.objects.get(pk=actor.user_id))

    def press(action, **values):
        return client.post(at, {"tindakan": action, "seen": Report.objects.get(pk=report.pk).event_count, **values})

    unit, admin = make.liaison("dinkes"), make.agency_admin()
    with time_machine.travel(make.NOW, tick=False):
        sit(unit)
        assert client.get(at).status_code == 404
        sit(admin)
        assert press("add_support", text="Mohon data.").status_code == 422
        assert press("add_support", text="Mohon data.", unit=make.unit("dinkes").pk).status_code == 302
        assert "Didukung" in client.get(at).content.decode()
        assert "Dinkes" in client.get(f"{at}?tindakan=end_support").content.decode()
        sit(unit)
        assert report.number in client.get("/meja?antrean=mendukung").content.decode()
        page = client.get(at).content.decode()
        assert 'value="answer"' not in page
        words = "Kami sudah memeriksa sample air di lokasi itu."
        assert press("support_follow_up", text=words).status_code == 302
        client.logout()
        public = client.get(f"/laporan/{report.number}").content.decode()
        assert "Dinas Kesehatan diminta ikut mendukung" in public
        assert words in public
        sit(admin)
        assert press("end_support", unit=make.unit("dinkes").pk).status_code == 302
        sit(unit)
        assert client.get(at).status_code == 404
        assert press("contribute", text="Masih ada lagi.").status_code == 404
