"""What narrows a list of the desk, each filter against reports that differ in it alone."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tanggap.domain import queues
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.domain.outcomes import Solved
from tanggap.domain.queues import Secrecy
from tanggap.models import Report
from tanggap.selectors import queues as lists
from tanggap.selectors import tags as tag_selectors
from tanggap.selectors.queues import Filters
from tanggap.services import tags
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


def test_a_tag_narrows_a_list_alike_whether_it_hangs_on_few_reports_or_on_many():
    viewer = make.agency_admin()
    hung, other, strange = make.submit(), make.submit(), make.submit(destination_id=make.agency("kab-lebak").pk)
    tags.hang(actor=viewer, number=hung.number, word="rapat", now=make.NOW)
    tags.hang(actor=viewer, number=other.number, word="lain", now=make.NOW)
    tags.hang(actor=make.agency_admin("kab-lebak"), number=strange.number, word="rapat", now=make.NOW)
    national = make.national_admin()
    tags.hang(actor=national, number=strange.number, word="rapat", now=make.NOW)
    for few in (0, 1000):
        for officer, expected in ((viewer, hung), (national, strange)):
            found = tag_selectors.narrowed(Report.objects.all(), officer, "rapat", few=few)
            assert [report.number for report in found] == [expected.number], few


def test_each_list_is_one_walk_through_an_index_in_its_order():
    """What the planner is told must be the condition of the index and no more, or a list is read whole and sorted."""
    admin, liaison, national = make.agency_admin(), make.liaison("dinsos"), make.national_admin()
    cases = (
        (admin, Filters(is_overdue=True), "report_overdue"),
        (admin, Filters(queue=queues.OVERDUE), "report_overdue"),
        (admin, Filters(is_stale=True), "report_stale"),
        (national, Filters(queue=queues.EVERYWHERE, is_overdue=True), "report_overdue_all"),
        (national, Filters(queue=queues.EVERYWHERE, is_stale=True), "report_stale_all"),
        (liaison, Filters(queue=queues.OWN), "report_owed_unit"),
        (liaison, Filters(queue=queues.OWN, is_whole=True), "report_unit_recent"),
    )
    with connection.cursor() as cursor:
        for kind in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
    for viewer, filters, index in cases:
        plan = lists.ordered(lists.rows_of(viewer, filters), filters)[:26].explain()
        assert f"using {index} on" in plan, plan
        assert "Sort" not in plan, plan
        for is_backwards in (False, True):  # from report to report, either way
            rows = lists.ordered(lists.listed(viewer, filters).exclude(pk=1), filters)
            rows = rows.filter(lists.beyond(lists.Key(make.NOW, 3, 1), filters, is_backwards=is_backwards))
            plan = (rows.reverse() if is_backwards else rows)[:1].explain()
            assert f"using {index} on" in plan, plan
            assert "Sort" not in plan, plan
