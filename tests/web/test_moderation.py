"""The public log of moderation: what it tells, and that it tells nobody which report was made secret."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tanggap.domain.hiding import HidingGround
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Event, ModerationMonth, Publication
from tanggap.selectors import moderation as log
from tanggap.services import moderation
from tanggap.web.wording_moderation import MODERATION, REASON, UNSEEN
from tests import make

pytestmark = pytest.mark.django_db
NEXT_MONTH = datetime(2020, 8, 3, 9, tzinfo=ZoneInfo(settings.TIME_ZONE))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


def page(path="/catatan-moderasi"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def archived():
    return make.act(make.report(status=Status.ASSIGNED), Action.ARCHIVE, actor=make.agency_admin())


def redacted(report=None):
    report = report or make.report(status=Status.ASSIGNED)
    ground = HidingGround.CHILD_OR_VICTIM
    return make.act(report, Action.REDACT, actor=make.agency_admin(), hidden_words=("berlubang",), hiding_ground=ground)


def made_secret(report=None):
    report = report or make.report(status=Status.ASSIGNED)
    return make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)


def test_an_archived_report_is_named_and_a_redacted_one_is_not():
    gone, cut = archived(), redacted()
    text = page()
    assert gone.number in text
    assert "Diarsipkan; isinya tidak ditampilkan lagi" in text
    assert "Sebagian isi disamarkan setelah terbit" in text
    # No finer reason than its class, which does not say that there is a child.
    assert "Data pribadi" in text
    assert "korban" not in text
    assert cut.number not in text
    assert cut.title not in text


def test_a_report_that_is_made_secret_takes_its_lines_along():
    report = redacted()
    made_secret(report)
    gone = archived()
    made_secret(gone)
    assert "Tidak ada yang tercatat." in page()
    assert gone.number not in page()
    assert Publication.objects.count() == 0


def test_it_is_narrowed_paged_and_given_as_a_file(clock, monkeypatch):
    monkeypatch.setattr(log, "PAGE", 1)
    first = archived()
    clock.move_to(make.NOW + make.DAY)
    second = archived()
    assert page("/catatan-moderasi?instansi=kota-serang&bulan=2020-07").count("Tidak ada yang tercatat.") == 1
    assert "Tidak ada yang tercatat." in page("/catatan-moderasi?bulan=2020-06")
    found = log.list_(month=date(2020, 7, 1), agency_id=make.agency().pk, size=1)
    assert [row.number for row in found.rows] == [second.number]
    assert [row.number for row in log.list_(after=found.after, size=1).rows] == [first.number]
    sheet = b"".join(Client().get("/catatan-moderasi?bentuk=csv&bulan=2020-07")).decode()
    assert first.number in sheet
    assert second.number in sheet
    for wrong in ("bulan=2020-13", "bulan=%00", "instansi=%00", "setelah=x", "instansi=tidak-ada"):
        page(f"/catatan-moderasi?{wrong}")


class TestCounts:
    def test_what_left_no_trace_is_counted_once_the_month_is_over(self, clock):
        for _ in range(5):
            made_secret()
        make.act(make.submit(), Action.ARCHIVE, actor=make.agency_admin())
        # Neither of these: one was never public, the other left a stub.
        made_secret(make.submit())
        archived()
        address = "/catatan-moderasi?bulan=2020-07&instansi=pemprov-banten"
        assert moderation.count(now=make.NOW) == 0
        assert "Bulan ini belum lewat." in page(address)
        assert moderation.count(now=NEXT_MONTH) == 1
        assert moderation.count(now=NEXT_MONTH) == 0
        kept = ModerationMonth.objects.get()
        assert kept.counts == {str(make.agency().pk): {"made_secret": 5, "archived_before": 1}}
        clock.move_to(NEXT_MONTH)
        assert "Laporan yang pernah terbit dijadikan rahasia 5" in page(address)
        assert "Laporan diarsipkan sebelum pernah terbit" not in page(address)

    def test_a_month_that_was_told_stays_as_it_was_told(self):
        made_secret()
        moderation.count(now=NEXT_MONTH)
        for _ in range(5):
            made_secret()
        assert moderation.count(now=NEXT_MONTH) == 0
        assert log.counts(date(2020, 7, 1)) == []

    def test_without_events_there_is_nothing_to_count(self):
        assert not Event.objects.exists()
        assert moderation.count(now=NEXT_MONTH) == 0


def test_every_act_and_reason_has_words():
    assert all((MODERATION, REASON, UNSEEN))
    for words in (MODERATION, REASON, UNSEEN):
        kind = type(next(iter(words)))
        assert set(words) == set(kind)
