"""A holiday that is decreed later moves what is open, with a trace, and leaves the past alone."""

from datetime import UTC, date, datetime

import pytest

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reference_rows import DayKind
from tanggap.models import Deadline, Event
from tanggap.services import audit, calendars, recomputation
from tests import make

pytestmark = pytest.mark.django_db
LATER = datetime(2020, 7, 6, 3, 0, tzinfo=UTC)


def _due(report, clock):
    return Deadline.objects.get(report=report, clock=clock).due_at.date()


def test_a_closure_of_the_agency_moves_its_open_deadlines_and_writes_old_and_new_down():
    report = make.report(status=Status.ASSIGNED)
    other = make.submit(destination_id=make.agency("kab-tangerang").pk)
    assert _due(report, "resolve") == date(2020, 7, 21)
    calendars.close_day(
        actor=make.agency_admin(), agency_id=make.agency().pk, day=date(2020, 7, 7), name="Banjir", now=LATER
    )
    assert recomputation.recompute(now=LATER) == 1
    assert _due(report, "resolve") == date(2020, 7, 22)
    event = Event.objects.filter(report=report).order_by("-seq")[0]
    assert event.kind == Action.RECOMPUTE
    assert {clock["clock"] for clock in event.data["clocks"]} == {"first_followup", "resolve"}
    assert Event.objects.filter(report=other).count() == 1
    assert recomputation.recompute(now=LATER) == 0
    audit.audit(now=LATER)


def test_a_due_date_that_is_past_does_not_change():
    report = make.submit()
    calendars.override_day(
        actor=System(),
        agency_id=None,
        day=date(2020, 7, 3),
        kind=DayKind.JOINT_LEAVE,
        name="Libur susulan",
        now=datetime(2020, 7, 20, tzinfo=UTC),
    )
    before = _due(report, "verify")
    recomputation.recompute(now=datetime(2020, 7, 20, tzinfo=UTC))
    assert _due(report, "verify") == before
