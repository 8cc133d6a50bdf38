"""A formal request for information on the pages: asked for by the citizen, or by an admin with the consent."""

from datetime import date

import pytest
import time_machine

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.models import Report, Unit, User
from tanggap.web.public.forms_tracking import seal_seen
from tests import make
from tests.rights import owning
from tests.world import track

pytestmark = pytest.mark.django_db
WHY = "Untuk penelitian tentang anggaran jalan provinsi."


@pytest.fixture
def report():
    with time_machine.travel(make.NOW, tick=False):
        with owning():
            Unit.objects.create(
                agency=make.agency(), slug="ppid", name="PPID Provinsi Banten", kind="ppid", valid_from=date(2018, 1, 1)
            )
        kind = Classification.INFORMATION_REQUEST
        made = make.submit(classification=kind)
        make.act(made, Action.VERIFY_AND_ASSIGN, classification=kind, supervisory=None)
        made.refresh_from_db()
        yield made


def post(client, report, slug, text):
    report.refresh_from_db()
    return client.post(f"/lacak/laporan/{slug}", {"seen": seal_seen(report.pk, report.event_count), "text": text})


def test_the_citizen_asks_and_reads_what_the_law_says(client, report):
    track(client, report)
    assert "Jadikan permintaan informasi resmi?" in client.get("/lacak/laporan").content.decode()
    assert post(client, report, "ppid", "").status_code == 422
    assert post(client, report, "ppid", WHY).status_code == 302
    page = client.get("/lacak/laporan").content.decode()
    for words in ("permintaan informasi resmi kepada PPID", "Rabu, 15 Juli 2020", "Pasal 22", "PPID Provinsi Banten"):
        assert words in page
    assert "Jadikan permintaan" not in page
    public = client.get(f"/laporan/{report.number}").content.decode()
    assert "Permintaan informasi resmi: PPID Provinsi Banten menjawab paling lambat" in public
    assert WHY not in public
    make.act(report, Action.ANSWER)
    page = client.get("/lacak/laporan").content.decode()
    assert "berkeberatan kepada atasan PPID sampai Kamis, 13 Agustus 2020" in page
    assert post(client, report, "keberatan-ppid", WHY).status_code == 302
    assert "Komisi Informasi" in client.get("/lacak/laporan").content.decode()


def test_the_admin_writes_down_how_the_applicant_consented(client, report):
    client.force_login(User.objects.get(pk=make.agency_admin().user_id))
    path = f"/meja/{report.number}"
    page = client.get(f"{path}?tindakan=hand_to_ppid").content.decode()
    assert "Persetujuan pemohon dan tujuan informasi" in page
    sent = {"tindakan": "hand_to_ppid", "text": WHY, "seen": report.event_count}
    assert client.post(path, {**sent, "text": ""}).status_code == 422
    assert client.post(path, sent).status_code == 302
    assert Report.objects.get(pk=report.pk).due_clock == "formal"
