"""What narrows a list of the desk, each filter against reports that differ in it alone."""

from datetime import date, timedelta

import pytest

from tanggap.domain import queues
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.domain.outcomes import Solved
from tanggap.domain.queues import Secrecy
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters
from tests import make

pytestmark = pytest.mark.django_db


def test_every_filter_finds_what_it_says_and_nothing_else():
    plain = make.submit()
    day = date(2020, 6, 1)
    late = make.submit(now=make.NOW - timedelta(days=2), event_date=day, channel=ReportChannel.PHONE, is_anonymous=True)
    wish = make.submit(classification=Classification.ASPIRATION, is_confidential=True)
    bad = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True)
    done = make.report(status=Status.CLOSED)
    make.act(done, Action.RATE, rating=2, solved=Solved.NO)
    again = make.act(make.report(status=Status.CLOSED), Action.REOPEN)
    viewer = make.agency_admin()
    numbers = {
        name: report.number
        for name, report in {
            "plain": plain, "late": late, "wish": wish, "bad": bad, "done": done, "again": again
        }.items()
    }  # fmt: skip
    day = date(2020, 7, 1)
    cases = (
        ({}, "plain late wish bad again"),
        ({"family": Family.CLOSED}, "done"),
        ({"is_whole": True}, "plain late wish bad done again"),
        ({"status": Status.UNVERIFIED}, "plain late wish"),
        ({"clock": Clock.VERIFY}, "plain late wish"),
        ({"channel": "phone"}, "late"),
        ({"since": day}, "plain wish bad again"),
        ({"until": day - timedelta(days=1)}, "late"),
        ({"family": Family.CLOSED, "rating": 2}, "done"),
        ({"family": Family.CLOSED, "rating": 5}, ""),
        ({"is_reopened": True}, "again"),
        ({"secrecy": Secrecy.ANONYMOUS}, "late"),
        ({"secrecy": Secrecy.CONFIDENTIAL}, "wish"),
        ({"secrecy": Secrecy.OPEN}, "plain bad again"),
        ({"supervisory": True}, "bad"),
        ({"supervisory": False}, "plain late wish again"),
        ({"queue": queues.WAITING, "status": Status.ASSIGNED}, ""),
        ({"queue": queues.OWED, "status": Status.UNVERIFIED, "channel": "phone"}, "late"),
        ({"queue": queues.SUPERVISORY}, ""),  # no queue of an admin
    )
    for narrowed, expected in cases:
        found = {row.number for row in lists.list_(viewer=viewer, filters=Filters(**narrowed)).rows}
        assert found == {numbers[name] for name in expected.split()}, narrowed
