"""More time at the desk, on the public page and for the reporter: asked, given, and never read as late (T25, REQ-4)."""

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tests import make, world
from tests.services.test_extensions import allow

pytestmark = pytest.mark.django_db


def test_from_the_request_to_the_words_that_a_citizen_reads(client):
    allow()
    report = make.report(status=Status.IN_PROGRESS)
    at = f"/meja/{report.number}"

    def sit(actor):
        client.force_login(User.objects.get(pk=actor.user_id))

    def press(action, **values):
        seen = Report.objects.get(pk=report.pk).event_count
        return client.post(at, {"tindakan": action, "seen": seen, **values})

    with time_machine.travel(make.NOW, tick=False) as clock:
        sit(make.liaison())
        ground, plan = "Aspal panas baru tersedia minggu depan.", "Melapisi seluruh ruas pada akhir bulan."
        assert press("request_extension", text=ground, new_date="2020-07-28").status_code == 422
        far = press("request_extension", text=ground, plan=plan, new_date="2020-09-28")
        assert far.status_code == 422
        assert "Tanggal ini terlalu jauh" in far.content.decode()
        assert plan in far.content.decode()
        assert press("request_extension", text=ground, plan=plan, new_date="2020-07-28").status_code == 302
        assert "Perpanjangan diminta sampai" in client.get(at).content.decode()
        sit(make.agency_admin())
        form = client.get(at).content.decode()  # what waits for the admin is open already
        assert ground in form
        assert "Anda yang memutuskan." in form
        assert 'href="?tindakan=grant_extension#tindakan"' in form
        assert "Admin instansi memutuskannya" not in form
        sit(make.liaison())
        assert "Admin instansi memutuskannya" in client.get(at).content.decode()
        sit(make.agency_admin())
        assert 'value="2020-07-28"' in form
        assert press("grant_extension", text=f"{ground}\n\n{plan}", new_date="2020-07-28").status_code == 302
        clock.move_to(make.NOW + 21 * make.DAY)  # a day after the first date
        sit(make.agency_admin())
        for page in (f"/laporan/{report.number}", at):
            told = client.get(page).content.decode()
            assert "Diperpanjang" in told
            assert "tone-late" not in told, page
        why = client.get(f"/laporan/{report.number}/tenggat").content.decode()
        assert "Diperpanjang 5 hari kerja." in why
        client.logout()
        world.track(client, report)
        assert "Batas waktu jawaban diperpanjang sampai" in client.get("/lacak/laporan").content.decode()
        assert "Diperpanjang" in client.get("/laporan").content.decode()


@pytest.mark.parametrize("action", [Action.REQUEST_EXTENSION, Action.GRANT_EXTENSION])
def test_where_it_is_off_nobody_is_offered_it(client, action):
    report = make.report(status=Status.IN_PROGRESS)
    client.force_login(User.objects.get(pk=make.agency_admin().user_id))
    assert action.value not in client.get(f"/meja/{report.number}").content.decode()
