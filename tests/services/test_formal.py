"""A formal request for information: handed to the PPID, answered in its own time, objected to (UU 14/2008)."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.domain.actors import LiaisonOfficer, Reporter
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.publication import run_from_entry
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Message, Publication, Report, Unit
from tanggap.services import audit, leaving, messages, recomputation, reports
from tanggap.web import explanations
from tests import make
from tests.rights import owning

pytestmark = pytest.mark.django_db
WHY = "Untuk penelitian tentang anggaran jalan provinsi."
REQUEST = {"classification": Classification.INFORMATION_REQUEST}


@pytest.fixture
def ppid():
    with owning():
        return Unit.objects.create(
            agency=make.agency(), slug="ppid", name="PPID Provinsi Banten", kind="ppid", valid_from=date(2018, 1, 1)
        )


def requested(**values):
    report = make.submit(**(REQUEST | values))
    make.act(report, Action.VERIFY_AND_ASSIGN, classification=Classification.INFORMATION_REQUEST, supervisory=None)
    return report


def do(report, action, *, actor=None, now=make.NOW, move=None):
    move = move or Move(text=WHY)
    return reports.act(actor=actor or Reporter(report.pk), number=report.number, action=action, move=move, now=now)


def refused(report, action, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        do(report, action, **values)
    return caught.value.reason


def running(report):
    return {row.clock: row.due_at.date() for row in Deadline.objects.filter(report=report, stopped_at=None)}


def test_the_clock_that_counts_is_the_ppids_from_then_on(ppid):
    report = requested()
    before = Report.objects.get(pk=report.pk)
    assert before.due_clock == "first_followup"
    do(report, Action.HAND_TO_PPID)
    report.refresh_from_db()
    assert (report.owner_unit_id, report.status) == (ppid.pk, "assigned")
    assert set(running(report)) == {"formal", "statutory_max"}
    assert (report.due_clock, report.due_at.date()) == ("formal", date(2020, 7, 15))  # ten working days after 1 July
    told = set(Message.objects.filter(report=report, event__kind="hand_to_ppid").values_list("notice", flat=True))
    assert told == {"formal_request", "new_work"}
    entry = Publication.objects.get(report=report).timeline[-1]
    assert (entry["kind"], WHY in str(entry)) == ("hand_to_ppid", False)
    officer = LiaisonOfficer(make.liaison("ppid").user_id, report.owner_agency_id, ppid.pk)
    do(report, Action.EXTEND_FORMAL, actor=officer)
    assert running(report)["formal"] == date(2020, 7, 24)  # seven more
    assert refused(report, Action.EXTEND_FORMAL, actor=officer) == Reason.FORMAL_EXTENDED
    assert recomputation.recompute(now=make.NOW) == 0
    audit.audit(now=make.NOW)


def test_only_a_known_applicant_of_an_agency_with_a_ppid_asks_formally(ppid):
    admin = make.agency_admin()
    assert refused(make.report(status=Status.ASSIGNED), Action.HAND_TO_PPID) == Reason.NO_REQUEST
    assert refused(requested(is_anonymous=True), Action.HAND_TO_PPID) == Reason.NEEDS_NAME
    report = requested()
    assert refused(report, Action.HAND_TO_PPID, move=Move()) == Reason.MISSING_TEXT
    assert refused(report, Action.EXTEND_FORMAL, actor=admin) == Reason.NOT_FORMAL
    assert refused(report, Action.OBJECT_FORMAL) == Reason.NOT_FORMAL
    do(report, Action.HAND_TO_PPID, actor=admin)
    for action, move in (
        (Action.ARCHIVE, make.MOVES[Action.ARCHIVE]),
        (Action.TRANSFER, replace(make.SAYING, agency_id=make.agency("kab-lebak").pk)),
        (Action.RETURN, make.declined()),
        (Action.REQUEST_DATA, make.MOVES[Action.REQUEST_DATA]),
    ):
        assert refused(report, action, actor=admin, move=move) == Reason.IS_FORMAL
    with owning():
        Unit.objects.filter(pk=ppid.pk).update(valid_to=date(2020, 6, 30))
    assert refused(requested(), Action.HAND_TO_PPID) == Reason.NO_PPID


@pytest.mark.parametrize("is_answered", [True, False])
def test_an_objection_goes_to_the_superior_within_thirty_days_of_an_answer_or_when_there_is_none(ppid, is_answered):
    report = requested()
    do(report, Action.HAND_TO_PPID)
    now = make.NOW
    if is_answered:
        assert refused(report, Action.OBJECT_FORMAL) == Reason.WINDOW_CLOSED  # nothing to object to yet
        make.act(report, Action.ANSWER)
        assert running(report)["formal_window"] == date(2020, 8, 13)
        row = Message.objects.get(report=report, notice="answered", event__kind="answer")
        assert messages.letters.facts(row, now=make.NOW)["object_until"].date() == date(2020, 8, 13)
        make.act(report, Action.CONFIRM_DONE)
        late = make.NOW + 60 * make.DAY
        assert refused(report, Action.OBJECT_FORMAL, now=late) == Reason.WINDOW_CLOSED
    else:
        now = make.NOW + 15 * make.DAY
    do(report, Action.OBJECT_FORMAL, now=now)
    report.refresh_from_db()
    assert (report.status, report.owner_unit_id, report.closed_at) == ("in_progress", None, None)
    assert set(running(report)) - {"statutory_max"} == {"formal_objection"}
    make.act(report, Action.ANSWER, now=now, actor=make.agency_admin())
    assert Clock.FORMAL_WINDOW.value not in running(report)  # what comes now is the Komisi Informasi
    assert refused(report, Action.OBJECT_FORMAL, now=now) == Reason.NOTHING_CHANGES
    audit.audit(now=now)


@pytest.mark.parametrize(("days", "in_time"), [(5, True), (30, False)])
def test_what_the_ppid_got_is_in_time_by_the_ppids_clock_and_the_other_one_was_not_kept(ppid, days, in_time):
    report = requested()
    do(report, Action.HAND_TO_PPID)
    answered_at = make.NOW + days * make.DAY
    make.act(report, Action.ANSWER, now=answered_at)
    publication = Publication.objects.get(report=report)
    assert publication.answered_in_time is in_time
    runs = {run["clock"]: run for run in publication.clocks}
    assert runs["resolve"]["stopped_by"] == "hand_to_ppid"
    found = explanations.explain_runs([run_from_entry(run) for run in publication.clocks], "id", now=answered_at)
    states = {clock.code: clock.state for clock in found}
    assert states["resolve"] == "moved"
    assert states["formal"] == ("met" if in_time else "late")


def test_what_a_closed_agency_left_is_answered_by_the_one_that_the_national_admin_names(ppid):
    report, national = requested(), make.national_admin()
    do(report, Action.HAND_TO_PPID)
    decision = replace(make.SAYING, agency_id=make.agency("kab-lebak").pk)
    assert refused(report, Action.DECIDE_OWNER, actor=national, move=decision) == Reason.IS_FORMAL
    with owning():
        type(make.agency()).objects.filter(pk=make.agency().pk).update(valid_to=date(2020, 6, 30))
    assert leaving.leave_closed_agencies(now=make.NOW) == 1
    before = running(report)["formal"]
    do(report, Action.DECIDE_OWNER, actor=national, move=decision)
    assert Report.objects.get(pk=report.pk).owner_agency == make.agency("kab-lebak")
    assert running(report)["formal"] == before
    audit.audit(now=make.NOW)
