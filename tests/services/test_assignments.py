"""A unit takes a report on or gives it back, a closed unit leaves its own, who declines says whose it is (T5, T6)."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.domain import queues
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import OPEN, Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.reasons import Reason
from tanggap.models import Agency, Deadline, Message, Publication, Report, Unit
from tanggap.selectors import dossiers, own_reports, recipients
from tanggap.selectors import queues as lists
from tanggap.selectors import reports as report_selectors
from tanggap.services import audit, leaving, reports
from tanggap.services.moves import MoveError
from tanggap.web.workbench import deeds, forms
from tests import make
from tests.rights import owning

pytestmark = pytest.mark.django_db


def given(slug="dinkes", **values):
    """Return a report that the agency gave to a unit, which has said nothing yet."""
    report = make.submit(**values)
    make.act(report, Action.MANAGE_SELF)
    return make.act(report, Action.ASSIGN_TO_UNIT, text="Mohon ditangani.", unit_id=make.unit(slug).pk)


def running(report, name):
    return Deadline.objects.filter(report=report, clock=name.value, stopped_at=None).first()


def refused(why, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        make.act(*args, **values)
    assert caught.value.reason == why


def close(unit):
    with owning():
        Unit.objects.filter(pk=unit.pk).update(valid_to=date(2020, 6, 30))


def test_a_unit_that_takes_a_report_on_stops_the_clock_of_its_word_alone():
    report = given()
    resolve = running(report, Clock.RESOLVE).due_at
    assert running(report, Clock.INTERNAL_ACCEPT)
    make.act(report, Action.ACCEPT_ASSIGNMENT)
    assert running(report, Clock.INTERNAL_ACCEPT) is None
    assert running(report, Clock.RESOLVE).due_at == resolve
    refused(Reason.TAKEN_ON, report, Action.ACCEPT_ASSIGNMENT)
    refused(Reason.TAKEN_ON, report, Action.TAKE_BACK)


def test_a_unit_gives_a_report_back_with_a_ground_and_no_clock_begins_anew():
    report = given()
    dues = {name: running(report, name).due_at for name in (Clock.RESOLVE, Clock.FIRST_FOLLOWUP)}
    refused(Reason.MISSING_TEXT, report, Action.RETURN_TO_ADMIN, text="")
    returned = make.act(report, Action.RETURN_TO_ADMIN, now=make.NOW + make.DAY)
    assert (returned.status, returned.owner_agency_id, returned.owner_unit_id) == ("assigned", make.agency().pk, None)
    assert {name: running(report, name).due_at for name in dues} == dues
    assert running(report, Clock.INTERNAL_ACCEPT) is None
    assert returned.return_count == 0
    assert Message.objects.filter(report=report, notice="unit_returned", audience="admins").exists()
    (told,) = [e for e in Publication.objects.get(report=report).timeline if e["kind"] == "return_to_admin"]
    assert told["text"] == make.SAYING.text
    audit.audit(now=make.NOW)


def test_an_admin_takes_back_what_no_unit_has_said_yes_to_or_begun():
    report = given()
    assert make.act(report, Action.TAKE_BACK).owner_unit_id is None
    refused(Reason.WITH_NO_UNIT, report, Action.TAKE_BACK)
    begun = given()
    make.act(begun, Action.REQUEST_DATA, actor=make.liaison("dinkes"))
    make.act(begun, Action.SUPPLY_DATA)
    refused(Reason.TAKEN_ON, begun, Action.TAKE_BACK)


def begun(slug="dinkes"):
    """Return a report that a unit has written a follow-up to."""
    return make.act(given(slug), Action.FOLLOW_UP)


def clocks_of_the_answer(report):
    found = Deadline.objects.filter(report=report).exclude(clock=Clock.INTERNAL_ACCEPT)
    return sorted(found.values_list("clock", "run", "started_at", "due_at", "stopped_at"))


def to(slug):
    return {"actor": make.agency_admin(), "unit_id": make.unit(slug).pk, "text": "Ini ruas unit Anda."}


def knows(viewer, report):
    try:
        return report_selectors.get(viewer=viewer, number=report.number).pk == report.pk
    except report_selectors.NotFoundError:
        return False


def test_what_a_unit_has_begun_goes_to_another_unit_and_no_clock_of_the_answer_begins_anew():
    report, before, after = begun(), make.liaison("dinkes"), make.liaison("dpupr")
    clocks = clocks_of_the_answer(report)
    refused(Reason.MISSING_TEXT, report, Action.ASSIGN_TO_UNIT, **(to("dpupr") | {"text": ""}))
    refused(Reason.TAKEN_ON, report, Action.TAKE_BACK)
    moved = make.act(report, Action.ASSIGN_TO_UNIT, now=make.NOW + make.DAY, **to("dpupr"))
    assert (moved.status, moved.owner_unit_id) == ("in_progress", make.unit("dpupr").pk)
    assert clocks_of_the_answer(report) == clocks
    assert running(report, Clock.INTERNAL_ACCEPT).started_at == make.NOW + make.DAY
    assert Message.objects.filter(report=report, notice="new_work", event__seq=moved.event_count).exists()
    assert (knows(before, report), knows(after, report)) == (False, True)
    (told,) = [e for e in Publication.objects.get(report=report).timeline if e["kind"] == "follow_up"]
    assert (told["text"], told["unit"]) == (make.SAYING.text, make.unit("dinkes").pk)
    make.act(report, Action.ACCEPT_ASSIGNMENT, actor=after, now=make.NOW + make.DAY)
    assert running(report, Clock.INTERNAL_ACCEPT) is None
    make.act(report, Action.ANSWER, actor=after, now=make.NOW + make.DAY)
    audit.audit(now=make.NOW + make.DAY)


def test_what_a_unit_has_begun_it_gives_back_and_the_admin_finds_it():
    report, admin = begun(), make.agency_admin()
    clocks = clocks_of_the_answer(report)
    refused(Reason.MISSING_TEXT, report, Action.RETURN_TO_ADMIN, text="")
    returned = make.act(report, Action.RETURN_TO_ADMIN, now=make.NOW + make.DAY)
    assert (returned.status, returned.owner_agency_id, returned.owner_unit_id) == (
        "in_progress", make.agency().pk, None
    )  # fmt: skip
    assert (clocks_of_the_answer(report), running(report, Clock.INTERNAL_ACCEPT)) == (clocks, None)
    for queue, is_there in ((queues.OWED, True), (queues.CAME_BACK, True), (queues.OBJECTED, False)):
        rows = lists.list_(viewer=admin, filters=lists.Filters(queue=queue)).rows
        assert (report.number in {row.number for row in rows}) is is_there, queue.code
    (told,) = [e for e in Publication.objects.get(report=report).timeline if e["kind"] == "return_to_admin"]
    assert told["text"] == make.SAYING.text
    make.act(report, Action.ASSIGN_TO_UNIT, now=make.NOW + make.DAY, **to("dpupr"))
    assert make.act(report, Action.TAKE_BACK, actor=admin, now=make.NOW + make.DAY).owner_unit_id is None
    audit.audit(now=make.NOW + make.DAY)


@pytest.mark.parametrize("road", [(Action.REPORTER_REPLY,), (Action.CONFIRM_DONE, Action.REOPEN)])
def test_what_its_reporter_calls_unsolved_goes_to_the_right_unit_within_the_time_it_has(road):
    report = make.act(begun(), Action.ANSWER)
    for action in road:
        report = make.act(report, action)
    clocks = clocks_of_the_answer(report)
    moved = make.act(report, Action.ASSIGN_TO_UNIT, **to("dpupr"))
    assert (moved.status, moved.owner_unit_id, moved.is_objected) == ("in_progress", make.unit("dpupr").pk, True)
    assert clocks_of_the_answer(report) == clocks
    audit.audit(now=make.NOW)


def test_who_prepares_may_say_of_begun_work_too_that_it_is_not_the_units():
    report, operator, speaker = begun(), make.unit_admin("dinkes"), make.liaison("dinkes")
    make.act(report, Action.PROPOSE_RETURN, actor=operator, text="Ini ruas provinsi.")
    waits = lists.list_(viewer=speaker, filters=lists.Filters(queue=queues.TO_DECIDE)).rows
    assert [row.number for row in waits] == [report.number]
    make.act(report, Action.RETURN_TO_ADMIN, actor=speaker)
    assert Report.objects.get(pk=report.pk).deciders == ""
    audit.audit(now=make.NOW)


def test_a_unit_gives_a_report_to_a_unit_below_and_to_no_other():
    report = given()
    head = make.liaison("dinkes")
    below = make.act(
        report, Action.ASSIGN_TO_UNIT, actor=head, text="Mohon ditangani.", unit_id=make.unit("rsud-banten").pk
    )
    assert below.owner_unit_id == make.unit("rsud-banten").pk
    assert running(report, Clock.INTERNAL_ACCEPT)
    with pytest.raises(MoveError):
        make.act(report, Action.ASSIGN_TO_UNIT, actor=head, text="Bukan kami.", unit_id=make.unit("dpupr").pk)


def test_no_report_goes_to_a_unit_that_is_closed():
    report, unit = given("dinkes"), make.unit("rsud-banten")
    close(unit)
    with pytest.raises(MoveError) as caught:
        make.act(report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), text="Mohon ditangani.", unit_id=unit.pk)
    assert caught.value.field == "unit"
    fresh = make.submit()
    with pytest.raises(MoveError):
        make.act(fresh, Action.VERIFY_AND_ASSIGN, unit_id=unit.pk)


def test_who_says_not_ours_says_whose_it_is_and_the_citizen_reads_both():
    report = make.report(status=Status.ASSIGNED)
    refused(Reason.MISSING_SUGGESTION, report, Action.RETURN, suggested_agency_id=None)
    refused(Reason.PROPOSES_ONESELF, report, Action.RETURN, suggested_agency_id=make.agency().pk)
    with pytest.raises(MoveError):
        make.act(report, Action.RETURN, suggested_agency_id=make.agency("admin-nasional").pk)
    refused(Reason.NOT_YOUR_ROLE, report, Action.RETURN, actor=make.liaison())
    make.act(report, Action.RETURN)
    (told,) = [e for e in Publication.objects.get(report=report).timeline if e["kind"] == "return"]
    assert (told["proposed"], told["agency"]) == (make.agency("kab-lebak").pk, make.agency().pk)
    own = own_reports.get(viewer=make.usual_actor(report, Action.RATE), now=make.NOW)
    assert own.entries[-1].proposed == make.agency("kab-lebak").name


def test_a_closed_unit_leaves_its_open_reports_to_the_unit_above_each_as_an_event():
    child = make.unit("rsud-banten")
    open_ones = [given("rsud-banten"), given("rsud-banten")]
    make.act(open_ones[1], Action.FOLLOW_UP)
    over = given("rsud-banten")
    make.act(over, Action.ANSWER)
    make.act(over, Action.CONFIRM_DONE)
    about_the_head = make.submit()
    make.act(about_the_head, Action.MANAGE_SELF, named_units=(make.unit("dinkes").pk,))
    with pytest.raises(leaving.UnitIsOpenError):
        leaving.leave_unit(child.pk, now=make.NOW)
    close(child)
    resolve = running(open_ones[0], Clock.RESOLVE).due_at
    assert leaving.leave_closed_units(now=make.NOW + make.DAY) == 2
    assert leaving.leave_closed_units(now=make.NOW + make.DAY) == 0
    for report in open_ones:
        report.refresh_from_db()
        assert report.owner_unit_id == make.unit("dinkes").pk
        assert Message.objects.filter(report=report, notice="new_work", event__kind="hand_over").exists()
    over.refresh_from_db()
    assert over.owner_unit_id == child.pk
    assert running(open_ones[0], Clock.RESOLVE).due_at == resolve
    (line,) = [e for e in Publication.objects.get(report=open_ones[0]).timeline if e["kind"] == "hand_over"]
    assert line["owner"]["unit"] == make.unit("dinkes").pk
    audit.audit(now=make.NOW + make.DAY)


def test_what_is_about_the_unit_above_goes_to_the_agency_and_not_to_it():
    report = given("rsud-banten")
    parent, child = make.unit("dinkes"), make.unit("rsud-banten")
    with owning():
        Unit.objects.filter(pk=child.pk).update(parent=None)
    other = make.submit()
    make.act(other, Action.VERIFY_AND_ASSIGN, unit_id=child.pk, named_units=(parent.pk,))
    with owning():
        Unit.objects.filter(pk=child.pk).update(parent=parent)
    close(child)
    leaving.leave_unit(child.pk, now=make.NOW)
    assert Report.objects.get(pk=report.pk).owner_unit_id == parent.pk
    assert Report.objects.get(pk=other.pk).owner_unit_id is None


def test_the_last_unit_of_a_branch_leaves_to_the_agency_whose_admin_finds_it_unassigned():
    report = given("dinkes")
    close(make.unit("dinkes"))
    leaving.leave_unit(make.unit("dinkes").pk, now=make.NOW)
    assert Report.objects.get(pk=report.pk).owner_unit_id is None
    owed = lists.list_(viewer=make.agency_admin(), filters=lists.Filters(queue=queues.OWED)).rows
    assert report.number in {row.number for row in owed}


@pytest.mark.parametrize("status", sorted(OPEN - {Status.SPLIT}))
def test_a_closed_agency_leaves_its_open_reports_to_the_national_queue_each_as_an_event(status):
    home, national = make.agency(), make.national_admin()
    report, over = make.report(status=status), make.report(status=Status.CLOSED)
    clocks = set(Deadline.objects.filter(report=report, stopped_at=None).values_list("clock", "due_at"))
    with owning():
        Agency.objects.filter(pk=home.pk).update(valid_to=make.NOW.date())
    assert leaving.leave_closed_agencies(now=make.NOW) == 0, "it works on its last day"
    later = make.NOW + make.DAY
    assert [leaving.leave_closed_agencies(now=later) for _ in range(2)] == [1, 0]
    report.refresh_from_db()
    assert (report.status, report.owner_agency.slug, report.owner_unit) == (status, "admin-nasional", None)
    assert set(Deadline.objects.filter(report=report, stopped_at=None).values_list("clock", "due_at")) == clocks
    assert Message.objects.filter(report=report, event__kind="hand_over", audience="owner").count() == 1
    assert recipients.officers(report, Audience.OWNER, on=later.date()) == [national.user_id]
    rows = lists.list_(viewer=national, filters=lists.Filters(queue=queues.OWN)).rows
    assert report.number in {row.number for row in rows}
    over.refresh_from_db()
    assert over.owner_agency == home
    audit.audit(now=later)


def test_the_national_admin_decides_whose_the_report_of_a_closed_agency_is():
    report = make.report(status=Status.IN_PROGRESS)
    with owning():
        Agency.objects.filter(pk=make.agency().pk).update(valid_to=date(2020, 6, 30))
    leaving.leave_closed_agencies(now=make.NOW)
    national, heir = make.national_admin(), make.agency("kab-lebak")
    owed = lists.list_(viewer=national, filters=lists.Filters(queue=queues.OWED)).rows
    assert report.number in {row.number for row in owed}
    desk = forms.Desk(national, dossiers.get(viewer=national, number=report.number, now=make.NOW), make.NOW.date())
    assert deeds.chosen(desk, "") == Action.DECIDE_OWNER
    decision = replace(make.SAYING, agency_id=heir.pk)
    reports.act(actor=national, number=report.number, action=Action.DECIDE_OWNER, move=decision, now=make.NOW)
    report.refresh_from_db()
    assert (report.status, report.owner_agency) == (Status.ASSIGNED, heir)


def test_nobody_but_the_system_hands_over():
    refused(Reason.NOT_YOUR_ROLE, given(), Action.HAND_OVER, actor=make.agency_admin(), unit_id=make.unit().pk)
