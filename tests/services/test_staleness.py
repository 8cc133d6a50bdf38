"""What is in progress and does not move is flagged after fourteen working days, until a step that can be seen."""

from datetime import date, timedelta

import pytest

from tanggap.domain import queues
from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report
from tanggap.selectors import queues as lists_of
from tanggap.services.audit import AuditError, audit
from tanggap.services.calendars import close_day
from tanggap.services.staleness import flag_stale
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db

# Day 0 is Wednesday 1 July 2020; the agency is closed on one day, so the fourteenth working day is Wednesday 22 July.
CLOSED = date(2020, 7, 20)
EVENING = NOW.replace(day=22, hour=16, minute=30)  # 23.30 WIB
NEXT_DAY = EVENING + timedelta(minutes=40)


def listed(viewer):
    filters = lists_of.Filters(queue=queues.OWN, is_stale=True)
    return [row.number for row in lists_of.list_(viewer=viewer, filters=filters).rows]


def test_it_is_flagged_when_the_last_day_is_over_and_unflagged_by_the_next_step_that_is_seen():
    admin = make.agency_admin()
    close_day(actor=admin, agency_id=admin.agency_id, day=CLOSED, name="Pindah kantor", now=NOW)
    report, moved, waiting = (make.report(status=Status.IN_PROGRESS) for _ in range(3))
    make.report(status=Status.ASSIGNED)
    make.act(moved, Action.FOLLOW_UP, now=NOW + 10 * DAY)
    make.act(waiting, Action.REQUEST_DATA, now=NOW + DAY)
    unit, stranger = make.liaison(), make.liaison("dindikbud")
    make.act(report, Action.TAKE, actor=unit, now=NOW + 5 * DAY)
    make.act(report, Action.ADD_INFORMATION, actor=Reporter(report.pk), text="Masih rusak.", now=NOW + 6 * DAY)
    assert flag_stale(now=EVENING) == 0
    assert flag_stale(now=NEXT_DAY, batch=1) == 1
    assert flag_stale(now=NEXT_DAY) == 0
    assert (listed(unit), listed(stranger)) == ([report.number], [])
    make.act(report, Action.RELEASE, actor=unit, now=NEXT_DAY)
    assert listed(unit) == [report.number], "what only colleagues see moves nothing"
    audit(now=NEXT_DAY)
    make.act(report, Action.FOLLOW_UP, now=NEXT_DAY)
    assert listed(unit) == []
    Report.objects.filter(pk=report.pk).update(is_stale=True)
    with pytest.raises(AuditError, match="although it moved"):
        audit(now=NEXT_DAY + DAY)
