"""Which officer works on a report: taken, handed to a colleague, put back; inside talk that survives in the chain."""

from datetime import timedelta

import pytest

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.policy import Reason
from tanggap.models import Event, Publication, Report
from tanggap.services import audit, reports
from tanggap.services.moves import MoveError
from tests import make

pytestmark = pytest.mark.django_db


def act(report, action, actor, *, now=make.NOW, **values):
    return reports.act(actor=actor, number=report.number, action=action, move=Move(**values), now=now)


def worker(report):
    return Report.objects.values_list("assignee_id", flat=True).get(pk=report.pk)


def test_a_report_is_taken_handed_to_a_colleague_and_put_back():
    report, one, other = make.report(status=Status.ASSIGNED), make.liaison(), make.liaison()
    due, later = Report.objects.get(pk=report.pk).due_at, make.NOW + timedelta(hours=1)
    changed_at = Publication.objects.get(report=report).updated_at
    act(report, Action.TAKE, one, now=later)
    assert worker(report) == one.user_id
    with pytest.raises(reports.NotAllowedError) as caught:
        act(report, Action.TAKE, one)
    assert caught.value.reason == Reason.ALREADY_YOURS
    act(report, Action.ENTRUST, one, now=later, assignee_id=other.user_id)
    assert worker(report) == other.user_id
    act(report, Action.RELEASE, other, now=later)
    assert worker(report) is None
    assert Report.objects.get(pk=report.pk).due_at == due, "no clock knows of it"
    public = Publication.objects.get(report=report)
    kinds = [entry["kind"] for entry in public.timeline]
    assert not {"take", "entrust", "release"} & set(kinds), "the public does not read who works on it"
    assert public.updated_at == changed_at, "nor that anything happened"
    audit.audit(now=later)


def test_it_is_handed_only_to_who_serves_in_the_office_that_has_it():
    report, admin = make.report(status=Status.ASSIGNED), make.agency_admin()
    for stranger in (make.liaison("dindikbud"), make.agency_admin("kab-lebak"), make.national_admin()):
        with pytest.raises(MoveError):
            act(report, Action.ENTRUST, admin, assignee_id=stranger.user_id)
    with pytest.raises(reports.NotAllowedError) as caught:
        act(report, Action.ENTRUST, admin)
    assert caught.value.reason == Reason.MISSING_ASSIGNEE
    for colleague in (make.liaison(), make.agency_admin()):
        act(report, Action.ENTRUST, admin, assignee_id=colleague.user_id)
        assert worker(report) == colleague.user_id
    with pytest.raises(reports.NotAllowedError) as caught:
        act(report, Action.TAKE, make.national_admin())
    assert caught.value.reason == Reason.OTHER_AGENCY


def test_who_is_named_in_a_report_is_not_given_it():
    named = make.liaison()
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
    with pytest.raises(reports.NotAllowedError) as caught:
        act(report, Action.ENTRUST, make.agency_admin(), assignee_id=named.user_id)
    assert caught.value.reason == Reason.DESTINATION_IS_NAMED


@pytest.mark.parametrize("ending", [Action.RETURN, Action.ASSIGN_TO_UNIT, Action.WITHDRAW])
def test_nobody_works_on_it_any_more_once_another_office_has_it_or_it_is_over(ending):
    report = make.report(status=Status.ASSIGNED)
    act(report, Action.TAKE, make.liaison())
    if ending == Action.ASSIGN_TO_UNIT:
        make.act(
            report, ending, actor=make.agency_admin(), text="Lebih tepat di sana.", unit_id=make.unit("dindikbud").pk
        )
    else:
        make.act(report, ending)
    assert worker(report) is None
    assert Event.objects.filter(report=report, kind="take").exists()


def test_what_comes_back_is_marked_until_the_next_step():
    report = make.report(status=Status.ANSWERED)
    steps = [
        (Action.REPORTER_REPLY, True),
        (Action.FOLLOW_UP, False),
        (Action.REQUEST_DATA, False),
        (Action.SUPPLY_DATA, True),
        (Action.ANSWER, False),
        (Action.CONFIRM_DONE, False),
        (Action.REOPEN, True),
        (Action.ANSWER, False),
    ]
    for action, came_back in steps:
        make.act(report, action)
        assert Report.objects.get(pk=report.pk).came_back is came_back, action
    audit.audit(now=make.NOW)
