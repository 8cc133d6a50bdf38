"""Proposals and their decision at the desk: a form of one deed, a button that opens the admin's own, four eyes."""

import pytest
import time_machine
from django.test import Client

from tanggap.domain.case import project
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tanggap.selectors.reports import events_of
from tests import make

pytestmark = pytest.mark.django_db
WHY = "Menurut kami ini dugaan pungutan, bukan jalan rusak."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor):
    desk = Client()
    desk.force_login(User.objects.get(pk=actor.user_id))
    return desk


def sent(report, action, **values):
    return {"tindakan": action, "seen": Report.objects.get(pk=report.pk).event_count} | values


def waiting(report):
    return list(project(events_of(report.pk)).proposed)


def test_a_correction_is_proposed_and_the_admin_finds_the_own_form_filled_in():
    report, category = make.report(status=Status.ASSIGNED), "ketertiban.ketertiban-umum"
    at, unit, admin = f"/meja/{report.number}", sit(make.liaison()), sit(make.agency_admin())
    form = unit.get(f"{at}?tindakan=propose").text
    assert 'name="proposes" value="reclassify"' in form
    assert 'href="?tindakan=propose&amp;usul=merge#tindakan"' in form
    assert 'name="lead"' not in form
    assert 'name="lead"' in unit.get(f"{at}?tindakan=propose&usul=merge").text
    values = sent(report, "propose", proposes="reclassify", category=category, classification="complaint")
    missing = unit.post(at, values | {"supervisory": "ya"})
    assert missing.status_code == 422
    assert unit.post(at, values | {"supervisory": "ya", "text": WHY}).status_code == 302
    (seq,) = waiting(report)
    assert "Menunggu keputusan petugas lain." in unit.get(at).text
    page = admin.get(at).text
    assert WHY in page
    assert "Berkadar pengawasan: Ya" in page
    filled = admin.get(f"{at}?tindakan=reclassify&usul={seq}").text
    assert f'<option value="{category}" selected>' in filled
    assert f"{WHY}</textarea>" in filled
    assert '<h2 id="tindakan">Ubah klasifikasi laporan</h2>' in page, "what waits for this officer is open"
    assert f"{WHY}</textarea>" in page
    kept = sent(report, "reclassify", category=category, classification="complaint", text="Kata admin sendiri.")
    assert admin.post(f"{at}/draf/reclassify", kept | {"draf": "simpan"}).status_code == 302
    assert "Kata admin sendiri.</textarea>" in admin.get(at).text, "the own draft comes before the proposal's words"
    assert '<h2 id="tindakan">Ubah klasifikasi' not in sit(make.national_admin()).get(at).text, "nobody waits for them"
    assert admin.post(at, sent(report, "refuse_proposal", refers_to=seq, text="Sudah diperiksa.")).status_code == 302
    assert "Sudah diperiksa." in unit.get(at).text
    assert WHY not in Client().get(f"/laporan/{report.number}").text


def test_a_merge_is_proposed_by_number_and_done_with_one_button():
    report, lead = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    at, admin = f"/meja/{report.number}", sit(make.agency_admin())
    values = sent(report, "propose", proposes="merge", lead=lead.number.lower(), text=WHY)
    unit = sit(make.liaison())
    unknown = unit.post(at, values | {"lead": "2222-2222"})
    assert unknown.status_code == 422
    assert 'id="lead_error"' in unknown.text
    assert unit.post(at, values).status_code == 302
    assert f'name="utama" value="{lead.number}"' in admin.get(at).text
    assert admin.post(f"{at}/gabungan", {"utama": lead.number}).status_code == 302
    assert Report.objects.get(pk=report.pk).cluster_lead_id == lead.pk


def test_a_hidden_identity_is_asked_for_agreed_to_and_then_opened():
    report = make.submit(is_anonymous=True)
    at, asker, second = f"/meja/{report.number}", sit(make.agency_admin()), sit(make.agency_admin())
    page = asker.get(at).text
    assert "Minta membuka identitas" in page
    assert f'action="{at}/identitas"' not in page
    assert make.PERSON.name not in asker.post(f"{at}/identitas", {"identitas-text": WHY}).text
    assert asker.post(at, sent(report, "propose", proposes="open_identity", text=WHY)).status_code == 302
    (seq,) = waiting(report)
    assert f"?tindakan=agree&amp;usul={seq}#tindakan" not in asker.get(at).text
    assert f"?tindakan=agree&amp;usul={seq}#tindakan" in second.get(at).text
    assert "Setujui pembukaan identitas</h2>" not in second.get(at).text, "never one press away"
    assert f'name="refers_to" value="{seq}"' in second.get(f"{at}?tindakan=agree&usul={seq}").text
    assert second.post(at, sent(report, Action.AGREE.value, refers_to=seq)).status_code == 302
    opened = asker.get(at).text
    assert "Petugas kedua menyetujui." in opened
    assert f"{WHY}</textarea>" in opened
    assert make.PERSON.name in asker.post(f"{at}/identitas", {"identitas-text": WHY}).text
    assert f'action="{at}/identitas"' not in second.get(at).text
