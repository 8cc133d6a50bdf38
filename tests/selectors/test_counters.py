"""The figures of a desk: true after every change, before and after folding, without what the viewer must not know."""

from dataclasses import replace

import pytest
from django.db import connection

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.models import DeskCount, DeskDelta, Report
from tanggap.selectors import counters
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters
from tanggap.services import counters as folding
from tanggap.services import reports as services
from tests import make

pytestmark = pytest.mark.django_db


def listed(viewer, **filters):
    return {row.number for row in lists.list_(viewer=viewer, filters=Filters(**filters), size=500).rows}


def test_the_counts_are_those_of_the_lists_for_every_viewer():
    for status in Status:
        make.report(status=status)
    make.report(destination_id=None)
    make.act(make.report(), Action.MANAGE_SELF)
    people = make.agency_admin(), make.liaison(), make.national_admin(), make.auditor()
    for action, who in ((Action.TAKE, people[1]), (Action.TAKE, make.liaison())):
        make.act(make.report(status=Status.ASSIGNED), action, actor=who)
    make.act(make.report(), Action.TAKE, actor=people[0])
    make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY)
    make.act(make.report(status=Status.ASSIGNED), Action.RETURN_TO_ADMIN, actor=people[1])
    offer = replace(make.SAYING, agency_id=make.agency("kab-lebak").pk)
    given = make.report(status=Status.ASSIGNED)
    services.act(actor=people[0], number=given.number, action=Action.TRANSFER, move=offer, now=make.NOW)
    make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True)
    Report.objects.filter(status="assigned").update(is_overdue=True)
    everybody = (*people, make.agency_admin("kab-lebak"))
    for viewer in everybody:
        numbers = counters.desk(viewer)
        for family in Family:
            assert numbers.families[family] == len(listed(viewer, family=family)), (viewer, family)
        for queue in queues.of(viewer.role):
            assert numbers.queues[queue.code] == len(listed(viewer, queue=queue)), (viewer, queue.code)
    # Each queue holds something for somebody, so that none is right by being empty.
    numbers = [counters.desk(viewer).queues for viewer in everybody]
    full = {code for one in numbers for code, n in one.items() if n}
    assert full >= {"perlu", "saya", "belum-diambil", "kembali", "menunggu-pelapor", "terlambat", "unit", "semua"}
    assert full >= {"pelimpahan", "pengawasan"}


def test_folding_changes_no_figure_and_can_be_done_twice():
    for status in Status:
        make.report(status=status)
    viewer = make.agency_admin()
    before = counters.desk(viewer)
    assert folding.fold(batch=3) > 0
    assert not DeskDelta.objects.exists()
    assert counters.desk(viewer) == before
    held = list(DeskCount.objects.order_by("pk").values_list("agency_id", "unit_id", "status", "is_overdue", "n"))
    assert folding.fold() == 0
    assert (
        list(DeskCount.objects.order_by("pk").values_list("agency_id", "unit_id", "status", "is_overdue", "n")) == held
    )
    make.report(status=Status.ASSIGNED)
    folding.fold()
    assert counters.desk(viewer).families[Family.ASSIGNED] == before.families[Family.ASSIGNED] + 1


def test_what_the_viewer_is_named_in_is_taken_off():
    report, other = make.submit(), make.report(status=Status.ASSIGNED)
    viewer = make.liaison()
    make.act(report, Action.VERIFY_AND_ASSIGN, named_users=(viewer.user_id,))
    assert counters.desk(viewer).families[Family.ASSIGNED] == 1
    assert listed(viewer, family=Family.ASSIGNED) == {other.number}


def test_a_national_admin_gets_the_sum_of_all_agencies_when_asked():
    make.report()
    make.report(destination_id=None)
    viewer = make.national_admin()
    assert counters.desk(viewer).families[Family.UNVERIFIED] == 1
    assert counters.desk(viewer, shown=queues.EVERYWHERE).families[Family.UNVERIFIED] == 2
    assert counters.desk(viewer).queues["semua"] == 2


def test_what_an_admin_owes_is_one_walk_through_an_index():
    """The planner must see that the condition is the one of the index, or a full desk is read whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    viewer = make.agency_admin()
    filters = Filters(queue=queues.OWED)
    plan = lists.ordered(lists.rows_of(viewer, filters), filters)[:26].explain()
    assert "report_owed_admin" in plan
    assert "Sort" not in plan
