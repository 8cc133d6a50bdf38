"""The second look at the desk: the author sees that an answer is held and why, the colleague releases or returns it."""

import re

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tests import make
from tests.services.test_closing_guard import ELSEWHERE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sit(client):
    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


def page(client, address):
    return client.get(address).content.decode()


def _values(report, action, **values):
    return {"tindakan": action.value, "seen": Report.objects.get(pk=report.pk).event_count, **values}


def test_a_held_answer_is_sent_back_mended_and_held_no_more(sit):
    report = make.report(status=Status.ASSIGNED)
    author, admin, at = make.liaison(), make.agency_admin(), f"/meja/{report.number}"
    values = _values(report, Action.ANSWER, text=ELSEWHERE, outcome="explained")
    said = sit(author).post(at, values, follow=True).content.decode()
    assert "menunggu pemeriksaan kedua. Belum dikirim." in said
    assert "Jawaban hanya meminta pelapor menghubungi pihak lain." in said
    assert "Anda dapat menulis jawaban yang baru." in said
    assert ELSEWHERE not in page(sit(author), f"/laporan/{report.number}")
    assert "antrean=ditahan" not in page(sit(author), "/meja")

    desk = page(sit(admin), "/meja?antrean=ditahan")
    assert report.number in desk
    assert re.search(r'antrean=ditahan"[^\n]*<span class="count">1</span>', desk)
    assert "Lepas jawaban yang ditahan" in page(sit(admin), at)
    empty = sit(admin).post(at, _values(report, Action.SEND_BACK_ANSWER))
    assert empty.status_code == 422
    ground = "Sebutkan siapa yang memperbaiki dan kapan."
    assert sit(admin).post(at, _values(report, Action.SEND_BACK_ANSWER, text=ground)).status_code == 302

    form = page(sit(author), f"{at}?tindakan=answer")
    assert ground in form
    assert f">\n{ELSEWHERE}</textarea>" in form
    mended = _values(report, Action.ANSWER, text="Lubang itu dijadwalkan ditutup 7 Juli oleh UPT.", outcome="explained")
    assert sit(author).post(at, mended, follow=True).status_code == 200
    assert Report.objects.get(pk=report.pk).status == Status.ANSWERED
    assert f"/meja/{report.number}" not in page(sit(admin), "/meja?antrean=ditahan")


def test_a_claim_without_evidence_is_shown_word_by_word(sit):
    report = make.report(status=Status.ASSIGNED)
    values = _values(report, Action.ANSWER, text="Jalan itu sudah kami tambal kemarin.", outcome="explained")
    answer = sit(make.liaison()).post(f"/meja/{report.number}", values)
    assert answer.status_code == 422
    assert "(“sudah kami tambal”). Lampirkan bukti, atau ubah kalimatnya." in answer.content.decode()
