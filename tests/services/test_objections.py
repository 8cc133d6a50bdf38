"""The reporter's "not solved" reaches the office and who stands above it, and keeps the report open (REQ-19)."""

from datetime import date

import pytest

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import NOTICES, Audience, Notice
from tanggap.models import Appointment, Message, User
from tanggap.selectors import counters, recipients
from tanggap.selectors import queues as lists_of
from tanggap.services import closing
from tests import make

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()


def _head() -> int:
    account, home = make.user(), make.agency()
    Appointment.objects.create(user=account, role="head", agency=home, valid_from=date(2018, 1, 1))
    return account.pk


def _listed(viewer: object) -> set[str]:
    filters = lists_of.Filters(queue=queues.OBJECTED)
    rows = lists_of.list_(viewer=viewer, filters=filters).rows  # type: ignore[arg-type]
    assert counters.desk(viewer).queues[queues.OBJECTED.code] == len(rows)  # type: ignore[arg-type]
    return {row.number for row in rows}


def test_an_objection_is_told_to_the_unit_and_its_admins_and_waits_on_their_desk():
    report = make.report(status=Status.ANSWERED)
    unit, admin = make.liaison(), make.agency_admin()
    assert _listed(admin) == set()
    report = make.act(report, Action.REPORTER_REPLY)
    assert Message.objects.filter(report=report, notice=Notice.OBJECTED).count() == 1
    told = recipients.officers(report, NOTICES[Notice.OBJECTED].audience, on=TODAY)
    assert {unit.user_id, admin.user_id} <= set(told)
    assert _listed(admin) == {report.number}
    assert closing.auto_close(now=make.NOW + 365 * make.DAY) == 0
    make.act(report, Action.ANSWER)
    assert _listed(admin) == set()


def test_from_the_second_reopening_on_the_tier_above_is_told():
    report = make.report(status=Status.CLOSED)
    national, head = make.national_admin(), _head()
    make.act(report, Action.REOPEN)
    assert not Message.objects.filter(report=report, notice=Notice.REOPENED_AGAIN).exists()
    for action in (Action.ANSWER, Action.CONFIRM_DONE, Action.REOPEN):
        report = make.act(report, action)
    assert Message.objects.filter(report=report, notice=Notice.REOPENED_AGAIN).count() == 1
    assert recipients.officers(report, Audience.NEXT_TIER, on=TODAY) == [head]
    User.objects.filter(pk=head).update(is_active=False)
    assert national.user_id in recipients.officers(report, Audience.NEXT_TIER, on=TODAY)
