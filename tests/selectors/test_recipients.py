"""Who has the report to do is told of it; the rest is in tests/services/test_messages.py, with the delivery."""

from datetime import date

import pytest

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import NOTICES, Audience, Notice
from tanggap.models import NamedParty
from tanggap.selectors import recipients
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2020, 7, 1)


def test_a_report_without_a_unit_is_owned_by_the_admins():
    admin = make.agency_admin()
    make.liaison()
    assert recipients.officers(make.submit(), Audience.OWNER, on=TODAY) == [admin.user_id]


def test_a_breach_goes_to_the_unit_and_one_step_up():
    report = make.report(status=Status.ASSIGNED)
    before = set(recipients.officers(report, Audience.ADMINS, on=TODAY))
    officer, admin = make.liaison(), make.agency_admin()
    people = recipients.officers(report, Audience.OWNER_AND_ADMINS, on=TODAY)
    assert set(people) - before == {officer.user_id, admin.user_id}


def test_what_an_agency_answered_itself_goes_to_its_head_when_the_reporter_objects():
    report = make.act(make.submit(), Action.MANAGE_SELF)
    admins = set(recipients.officers(report, Audience.ADMINS, on=TODAY))
    national, head, _of_a_unit = make.national_admin(), make.head(), make.head("dpupr")
    audience = NOTICES[Notice.OBJECTED].audience
    assert set(recipients.officers(report, audience, on=TODAY)) == admins | {head.user_id}
    NamedParty.objects.create(report=report, user_id=head.user_id)
    above = set(recipients.officers(report, audience, on=TODAY)) - admins
    assert national.user_id in above, "the head is named in it"
    assert head.user_id not in above


@pytest.mark.parametrize("audience", [Audience.REPORTER, Audience.OFFICER])
def test_an_audience_that_serves_no_office_gives_nobody(audience):
    make.agency_admin()
    assert recipients.officers(make.submit(), audience, on=TODAY) == []


def test_an_auditor_who_is_named_is_not_reminded():
    report, named, other = make.submit(), make.auditor(), make.auditor()
    report.supervisory = True
    NamedParty.objects.create(report=report, user_id=named.user_id)
    assert recipients.auditors(report, on=TODAY) == [other.user_id]


def test_who_holds_no_office_may_receive_nothing():
    assert not recipients.may_receive(make.user().pk, make.submit(), on=TODAY)
