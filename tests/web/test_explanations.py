"""A due date said day by day, in both languages."""

from datetime import UTC, date, datetime

import pytest

from tanggap.domain.lifecycle import Action, Status
from tanggap.selectors import reports
from tanggap.services import deadlines
from tanggap.web import due, explanations
from tests import make

pytestmark = pytest.mark.django_db


def explained(report, language="id", now=make.NOW):
    runs = deadlines.compute(reports.events_of(report.pk))
    return {clock.code: clock for clock in explanations.explain_runs(runs, language, now=now)}


def test_every_day_is_counted_or_skipped_with_its_reason():
    clock = explained(make.report())["verify"]
    assert (clock.limit, clock.state, clock.due_on) == ("3 hari kerja", "running", date(2020, 7, 6))
    assert [(day.day.day, day.number, day.why) for day in clock.days] == [
        (2, 1, ""),
        (3, 2, ""),
        (4, None, "akhir pekan"),
        (5, None, "akhir pekan"),
        (6, 3, ""),
    ]
    assert clock.article or clock.basis


def test_holidays_are_called_by_their_names():
    clock = explained(make.report(status=Status.ASSIGNED))["statutory_max"]
    assert clock.limit == "60 hari kalender"
    names = {day.why for day in explained(make.report(status=Status.ASSIGNED))["resolve"].days}
    assert names >= {"", "akhir pekan"}


@pytest.mark.parametrize(
    ("road", "now", "state"),
    [
        ((), make.NOW, "running"),
        ((), datetime(2020, 8, 1, tzinfo=UTC), "late"),
        ((Action.VERIFY_AND_ASSIGN,), make.NOW, "met"),
    ],
)
def test_the_state_of_a_clock_is_said(road, now, state):
    report = make.submit()
    for action in road:
        report = make.act(report, action)
    assert explained(report, now=now)["verify"].state == state


def test_a_pause_is_said():
    report = make.act(make.report(status=Status.ASSIGNED), Action.REQUEST_DATA)
    clock = explained(report)["resolve"]
    assert clock.state == "paused"


def test_days_left_are_working_days():
    calendar = due.current_calendar(None)
    report = make.report()
    left = due.days_left(report.due_at, zone="Asia/Jakarta", calendar=calendar, now=make.NOW)
    assert left == 3
    assert due.day_of(report.due_at, "Asia/Jakarta") == date(2020, 7, 6)
    late = due.days_left(report.due_at, zone="Asia/Jakarta", calendar=calendar, now=datetime(2020, 7, 8, tzinfo=UTC))
    assert late == -2
    weekend = due.days_left(
        datetime(2020, 7, 3, 16, 59, 59, tzinfo=UTC),
        zone="Asia/Jakarta",
        calendar=calendar,
        now=datetime(2020, 7, 4, 3, tzinfo=UTC),
    )
    assert weekend == -1
