"""An admin of the province verifies for a late regency, on the pages of the desk."""

import re

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action
from tanggap.models import Report, User
from tests import make
from tests.world import late_report

pytestmark = pytest.mark.django_db

REGENCY = "kab-tangerang"
NOTE = "Mohon segera ditangani, batas waktunya lewat."
INSIDE = "Usul arsip di antara kita."
QUEUE = "Menggantikan yang terlambat"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(client, address):
    return client.get(address).content.decode()


def deed(client, report):
    """Return a complete verification, with the mark of the page that it is sent from."""
    mark = re.search(r'name="draf_halaman" value="([^"]+)"', page(client, f"/meja/{report.number}"))
    assert mark is not None
    return {
        "tindakan": "verify_and_assign",
        "seen": Report.objects.get(pk=report.pk).event_count,
        "draf_halaman": mark[1],
        "title": report.title,
        "category": make.category(),
        "classification": "complaint",
        "supervisory": "tidak",
        "unit": make.unit("disdik", REGENCY).pk,
        "text": NOTE,
    }


def test_the_queue_leads_to_the_report_and_the_act_is_told_to_everybody():
    report, province = make.submit(destination_id=make.agency(REGENCY).pk), sit(make.agency_admin())
    assert QUEUE not in page(province, "/meja"), "hidden while it is empty"
    report = late_report(make.NOW)
    make.act(report, Action.PROPOSE_ARCHIVE, text=INSIDE, **vars_of_archive())
    assert QUEUE in page(province, "/meja")
    listed = page(province, "/meja?antrean=menggantikan")
    assert report.number in listed
    assert "/meja/ekspor" not in listed
    assert "Tindakan untuk banyak laporan" not in listed
    form = page(province, f"/meja/{report.number}")
    assert "Anda menggantikan Pemerintah Kabupaten Tangerang" in form
    assert "Dinas Pendidikan" in form
    for hidden in (INSIDE, "Catatan internal</h2>", "Kelola</button>", 'value="return"', 'value="archive"', "asli"):
        assert hidden not in form, hidden
    answer = province.post(f"/meja/{report.number}", deed(province, report), follow=True)
    assert answer.redirect_chain == [("/meja", 302)]
    assert f"{report.number}: Verifikasi tercatat." in answer.content.decode()
    told = "memverifikasi sebagai ganti %s yang terlambat, dan meneruskan ke"
    regency = page(sit(make.agency_admin(REGENCY)), f"/meja/{report.number}")
    assert told % "Pemkab Tangerang" in regency
    assert f"Pemerintah Provinsi Banten {told % 'Pemerintah Kabupaten Tangerang'}" in page(
        Client(), f"/laporan/{report.number}"
    )
    assert QUEUE not in page(province, "/meja")


def vars_of_archive():
    return {"archive_reason": make.MOVES[Action.ARCHIVE].archive_reason}


def test_who_had_the_page_open_is_told_that_somebody_was_first():
    report, province = late_report(make.NOW), sit(make.agency_admin())
    sent, path = deed(province, report), f"/meja/{report.number}"
    make.act(report, Action.VERIFY_AND_ASSIGN, unit_id=make.unit("disdik", REGENCY).pk)
    answer = province.post(path, sent)
    assert answer.status_code == 409
    assert NOTE in answer.content.decode()
    assert "tidak ada lagi di meja Anda" in answer.content.decode()
    assert report.title not in answer.content.decode(), "no word of what is not theirs any more"
    assert province.post(path, {**sent, "draf_halaman": ""}).status_code == 404, "who shows no page of ours"
    assert sit(make.agency_admin()).post(path, sent).status_code == 404, "whose page it was not"
    make.act(report, Action.SET_VISIBILITY, is_confidential=True)
    secret = province.post(path, sent)
    assert secret.status_code == 409, "what became of it is not told: the answer is the same"
    assert "Tangerang" not in secret.content.decode().partition("<main")[2]


def test_the_same_deed_sent_twice_is_no_conflict():
    report, province = late_report(make.NOW), sit(make.agency_admin())
    sent = deed(province, report)
    answers = [province.post(f"/meja/{report.number}", sent) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/meja"), (302, "/meja")]
    assert province.post(f"/meja/{report.number}", {**sent, "text": "Yang lain."}).status_code == 409
    assert Report.objects.get(pk=report.pk).event_count == 2
