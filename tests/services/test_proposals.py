"""What one officer proposes and another decides, and four eyes before a hidden identity is opened (DOMAIN 1.9)."""

import pytest

from tanggap.domain.case import project
from tanggap.domain.intake import Classification, Fault
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.reasons import Reason
from tanggap.models import Message, Report
from tanggap.selectors import recipients
from tanggap.selectors import reports as report_selectors
from tanggap.services import audit, moves, reports
from tests import make
from tests.services.test_reclassify import correct, refused

pytestmark = pytest.mark.django_db
WHY = "Menurut kami ini dugaan pungutan."
REASON = "Pelapor harus dihubungi langsung."
AS_IT_SHOULD_BE = {"classification": Classification.COMPLAINT, "supervisory": True}


def propose(report, actor, kind=Action.RECLASSIFY, **values):
    if kind == Action.RECLASSIFY:
        values = AS_IT_SHOULD_BE | {"category_code": make.category()} | values
    return make.act(report, Action.PROPOSE, actor=actor, proposes=kind, text=WHY, **values)


def waiting(report):
    return project(report_selectors.events_of(report.pk)).proposed


def told(report, audience):
    return recipients.officers(Report.objects.get(pk=report.pk), audience, on=make.NOW.date())


def test_a_liaison_officer_proposes_a_correction_and_the_admin_makes_it():
    report, liaison, admin = make.report(status=Status.ASSIGNED), make.liaison(), make.agency_admin()
    propose(report, liaison)
    (one,) = waiting(report).values()
    assert (one.by, one.values["supervisory"], Report.objects.get(pk=report.pk).supervisory) == (
        liaison.user_id,
        True,
        False,
    )
    assert admin.user_id in told(report, Audience.DECIDERS)
    assert liaison.user_id not in told(report, Audience.DECIDERS)
    assert Message.objects.filter(report=report, notice="proposed").exists()
    correct(report, actor=admin, supervisory=True)
    assert waiting(report) == {}
    audit.audit(now=make.NOW)


def test_a_refusal_ends_a_proposal_and_reaches_who_made_it():
    report, liaison, admin = make.report(status=Status.ASSIGNED), make.liaison(), make.agency_admin()
    propose(report, liaison)
    (seq,) = waiting(report)
    refused(
        Reason.NOT_YOUR_ROLE, make.act, report, Action.REFUSE_PROPOSAL, actor=make.liaison(), refers_to=seq, text="x"
    )
    refused(Reason.MISSING_TEXT, make.act, report, Action.REFUSE_PROPOSAL, actor=admin, refers_to=seq)
    make.act(report, Action.REFUSE_PROPOSAL, actor=admin, refers_to=seq, text="Sudah diperiksa.")
    assert waiting(report) == {}
    assert told(report, Audience.PROPOSER) == [liaison.user_id]
    refused(Reason.NO_PROPOSAL, make.act, report, Action.REFUSE_PROPOSAL, actor=admin, refers_to=seq, text="x")


def test_what_is_proposed_is_checked_like_the_deed():
    report, liaison = make.report(status=Status.ASSIGNED), make.liaison()
    refused(Reason.NOTHING_CHANGES, propose, report, liaison, supervisory=False)
    refused(Reason.MISSING_PROPOSAL, propose, report, liaison, category_code="", supervisory=True)
    refused(Reason.MISSING_PROPOSAL, propose, report, liaison, Action.MERGE)
    refused(Reason.NOT_YOUR_ROLE, propose, report, liaison, Action.REQUEST_DATA)
    refused(Reason.NOT_YOUR_ROLE, propose, report, make.unit_admin())
    elsewhere = make.submit(destination_id=make.agency("kab-lebak").pk)
    with pytest.raises(moves.MoveError) as caught:
        propose(report, liaison, Action.MERGE, lead_number=elsewhere.number)
    assert (caught.value.field, caught.value.fault) == ("lead", Fault.UNKNOWN)
    assert waiting(report) == {}


def test_an_operator_proposes_to_ask_the_reporter_and_the_liaison_officer_does():
    report, liaison = make.report(status=Status.ASSIGNED), make.liaison()
    propose(report, make.unit_admin(), Action.REQUEST_DATA)
    assert told(report, Audience.DECIDERS) == [liaison.user_id]
    make.act(report, Action.REQUEST_DATA, actor=liaison)
    assert waiting(report) == {}


def test_a_proposal_goes_with_the_office_that_made_it():
    report = make.report(status=Status.ASSIGNED)
    lead = make.report(status=Status.ASSIGNED)
    propose(report, make.liaison(), Action.MERGE, lead_number=lead.number)
    assert [one.values["lead"] for one in waiting(report).values()] == [lead.number]
    make.act(
        report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), unit_id=make.unit("dishub").pk, text="Ke dishub."
    )
    assert waiting(report) == {}


def test_the_agency_clears_a_report_of_supervision_where_the_inspectorate_says_so():
    admin = make.agency_admin()
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, supervisory=True)
    refused(Reason.STAYS_SUPERVISORY, correct, report, actor=admin)
    propose(report, make.liaison(), supervisory=False)
    refused(Reason.STAYS_SUPERVISORY, correct, report, actor=admin)
    propose(report, make.auditor(), supervisory=False)
    correct(report, actor=admin)
    assert Report.objects.get(pk=report.pk).supervisory is False


def look(report, actor, now=make.NOW):
    return reports.open_identity(actor=actor, number=report.number, reason=REASON, now=now)


def agree(report, actor, now=make.NOW):
    (seq,) = waiting(report)
    return make.act(report, Action.AGREE, actor=actor, refers_to=seq, now=now)


@pytest.mark.parametrize("hidden", [{"is_anonymous": True}, {"is_confidential": True}])
def test_a_hidden_identity_is_opened_by_four_eyes_for_a_working_day_and_each_look_is_told(hidden):
    report, asker = make.submit(**hidden), make.agency_admin()
    second, third = make.agency_admin(), make.agency_admin()
    refused(Reason.NEEDS_AGREEMENT, look, report, asker)
    propose(report, asker, Action.OPEN_IDENTITY)
    assert told(report, Audience.DECIDERS) == sorted([second.user_id, third.user_id])
    refused(Reason.SAME_OFFICER, agree, report, asker)
    refused(Reason.NEEDS_AGREEMENT, look, report, asker)
    agree(report, second)
    assert look(report, asker) == make.PERSON
    # To nobody else, not even to who agreed; until the end of Thursday.
    refused(Reason.NEEDS_AGREEMENT, look, report, second)
    assert look(report, asker, now=make.NOW + make.DAY) == make.PERSON
    refused(Reason.NEEDS_AGREEMENT, look, report, asker, now=make.NOW + 2 * make.DAY)
    events = report_selectors.events_of(report.pk)
    assert [event.kind for event in events] == ["submit", "propose", "agree", "open_identity", "open_identity"]
    assert [event.visibility for event in events[1:]] == ["internal", "internal", "reporter", "reporter"]


def test_a_refused_look_is_none_and_a_normal_report_needs_no_second_officer():
    report, asker = make.submit(is_anonymous=True), make.agency_admin()
    propose(report, asker, Action.OPEN_IDENTITY)
    (seq,) = waiting(report)
    make.act(report, Action.REFUSE_PROPOSAL, actor=make.agency_admin(), refers_to=seq, text="Lewat pesan saja.")
    refused(Reason.NEEDS_AGREEMENT, look, report, asker)
    normal = make.submit()
    assert look(normal, asker) == make.PERSON
    refused(Reason.NOT_YET, propose, normal, asker, Action.OPEN_IDENTITY)


def test_the_national_admin_is_the_second_where_the_agency_has_one_admin():
    asker, arbiter = make.agency_admin(), make.national_admin()
    report = make.act(make.submit(is_anonymous=True), Action.VERIFY_AND_ASSIGN, actor=asker)
    propose(report, asker, Action.OPEN_IDENTITY)
    assert told(report, Audience.DECIDERS) == [arbiter.user_id]
    refused(Reason.NOT_YOUR_ROLE, agree, report, make.liaison())
    agree(report, arbiter)
    assert look(report, asker) == make.PERSON


def test_another_agency_does_not_inherit_an_agreement():
    report, asker = make.report(status=Status.ASSIGNED, is_anonymous=True), make.agency_admin()
    propose(report, asker, Action.OPEN_IDENTITY)
    agree(report, make.agency_admin())
    lebak = make.agency("kab-lebak")
    make.act(report, Action.DECIDE_OWNER, actor=make.national_admin(), agency_id=lebak.pk, **vars_of(make.SAYING))
    assert project(report_selectors.events_of(report.pk)).identity_open == {}


def vars_of(move):
    return {"text": move.text, "masked": move.masked, "checks_answered": move.checks_answered}
