"""What overseers and the Ombudsman ask and answer, and a flag that is taken back: who is told, who reads."""

import pytest
import time_machine

from tanggap.domain import queues
from tanggap.domain.actors import Reporter
from tanggap.domain.handover import Part
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.notices import Audience
from tanggap.models import Event, Message, Publication, User
from tanggap.selectors import counters, oversight, recipients, reports, workload
from tanggap.selectors.queues import Filters, list_
from tanggap.services import audit
from tanggap.services import reports as services
from tests import make

pytestmark = pytest.mark.django_db

REASON = "Jalan yang sama rusak lagi menurut warga."
NO = "Laporan baru sudah masuk untuk itu."


def asked(by):
    report = make.report(status=Status.CLOSED)
    make.act(report, Action.ASK_REOPEN, actor=by, text=REASON)
    return report


def waiting(viewer):
    rows = [row.number for row in list_(viewer=viewer, filters=Filters(queue=queues.REOPEN_ASKED)).rows]
    assert counters.desk(viewer).queues[queues.REOPEN_ASKED.code] == len(rows)
    return rows


def test_a_request_to_reopen_waits_for_the_national_admin_and_the_answer_goes_back():
    overseer, national = make.overseer(), make.national_admin()
    report = asked(overseer)
    assert waiting(national) == [report.number]
    assert Message.objects.get(report=report, notice="reopen_asked").audience == "arbiters"
    make.act(report, Action.REFUSE_REOPEN, actor=national, text=NO)
    assert waiting(national) == []
    assert recipients.officers(report, Audience.ASKER, on=make.NOW.date()) == [overseer.user_id]
    sight = oversight.get(viewer=overseer, number=report.number, now=make.NOW)
    assert [sight.said[seq] for seq in sorted(sight.asked)] == [REASON, NO]
    assert oversight.get(viewer=make.regional_overseer("admin-nasional"), number=report.number, now=make.NOW).asked == (
        frozenset()
    ), "what another office asked is its own"
    assert not {"ask_reopen", "refuse_reopen"} & {
        entry["kind"] for entry in Publication.objects.get(report=report).timeline
    }
    audit.audit(now=make.NOW)


def test_how_long_a_request_waits_stands_in_the_queue_and_after_five_working_days_in_the_digest(client):
    national = make.national_admin()
    asked(make.overseer())
    for days, words, named in ((7, "Menunggu 5 hari kerja", 0), (8, "Menunggu 6 hari kerja", 1)):
        now = make.NOW + days * make.DAY  # from Wednesday, 1 July, with one weekend between
        with time_machine.travel(now, tick=False):
            client.force_login(User.objects.get(pk=national.user_id))
            assert words in client.get("/meja?antrean=diminta-buka").content.decode()
        figures = workload.figures(viewer=national, now=now, zone="Asia/Jakarta")
        assert (figures.asked, figures.has_news) == (named, bool(named))


def test_a_report_that_is_opened_again_asks_for_nothing_more_and_says_so_to_who_asked():
    report = asked(make.overseer())
    make.act(report, Action.REOPEN, actor=make.national_admin())
    assert waiting(make.national_admin()) == []
    assert Message.objects.filter(report=report, notice="reopen_decided").count() == 1
    again = make.report(status=Status.CLOSED)
    make.act(again, Action.REOPEN)
    assert not Message.objects.filter(report=again, notice="reopen_decided").exists(), "nobody had asked"


def test_nobody_asks_about_a_secret_report_that_he_may_not_read():
    report = make.report(status=Status.CLOSED, is_anonymous=True, is_confidential=True)
    for overseer in (make.overseer(), make.regional_overseer("admin-nasional"), make.ombudsman()):
        with pytest.raises(reports.NotFoundError):
            make.act(report, Action.ASK_REOPEN, actor=overseer, text=REASON)


def handed():
    report, later = make.report(status=Status.ASSIGNED), make.NOW + 120 * make.DAY
    make.act(report, Action.ESCALATE_OMBUDSMAN, actor=Reporter(report.pk), now=later, consent=(Part.TEXT,))
    return report, later


def test_the_ombudsman_accepts_and_everybody_who_must_know_is_told():
    report, later = handed()
    ombudsman = make.ombudsman()
    make.act(report, Action.ACCEPT_HANDOVER, actor=ombudsman, now=later)
    told = dict(Message.objects.filter(report=report, event__kind="accept_handover").values_list("notice", "audience"))
    assert told == {"handover_accepted": "reporter", "handover_decided": "owner_and_admins"}
    assert oversight.handed_over(viewer=ombudsman).rows[0].handover_accepted_at == later
    make.act(report, Action.ANSWER, now=later)  # the agency may still answer
    assert Event.objects.get(report=report, kind="accept_handover").visibility == "reporter"
    audit.audit(now=later)


def test_what_the_ombudsman_declines_it_knows_of_no_more():
    report, later = handed()
    ombudsman = make.ombudsman()
    make.act(report, Action.DECLINE_HANDOVER, actor=ombudsman, now=later, text="Bukan maladministrasi.")
    assert list(oversight.handed_over(viewer=ombudsman).rows) == []
    with pytest.raises(reports.NotFoundError):
        reports.get(viewer=ombudsman, number=report.number)
    assert Message.objects.filter(report=report, notice="handover_declined", audience="reporter").exists()


def test_a_flag_that_an_officer_set_is_taken_back_and_the_report_is_published_anew():
    report = make.report(status=Status.ASSIGNED)
    make.act(report, Action.SET_VISIBILITY, actor=make.liaison(), is_confidential=True)
    assert not Publication.objects.filter(report=report).exists()
    lift = Move(is_confidential=False, text="Petugas salah menandai laporan ini.")
    values = {"number": report.number, "action": Action.SET_VISIBILITY, "move": lift, "now": make.NOW}
    with pytest.raises(services.NotAllowedError):
        services.act(actor=make.agency_admin(), **values)
    services.act(actor=make.national_admin(), **values)
    assert Publication.objects.filter(report=report, is_stub=False).exists()
    assert Message.objects.filter(report=report, notice="unhidden", audience="reporter").count() == 1
    event = Event.objects.filter(report=report, kind="set_visibility").latest("seq")
    assert (event.role, event.visibility, list(event.commitments)) == ("national_admin", "reporter", ["text"])
    audit.audit(now=make.NOW)
