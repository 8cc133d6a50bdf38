"""A promised day is asked about when it comes, also on a closed report, and stands open until it is kept or moved."""

from datetime import UTC, date, datetime

import pytest

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Notice
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import Reason
from tanggap.models import Message, Publication, Report
from tanggap.selectors import queues as lists_of
from tanggap.services import audit, closing
from tanggap.services.reports import NotAllowedError
from tests import make, world

pytestmark = pytest.mark.django_db

# Monday 10 August 2020: the window to reopen has closed by then.
DAY = date(2020, 8, 10)
MORNING = datetime(2020, 8, 10, 1, 30, tzinfo=UTC)
BEFORE_WORK = datetime(2020, 8, 10, 0, 30, tzinfo=UTC)


def _promised() -> Report:
    report = make.report(status=Status.ASSIGNED)
    make.act(report, Action.ANSWER, outcome=Outcome.SCHEDULED, outcome_on=DAY)
    return make.act(report, Action.CONFIRM_DONE)


def _late(viewer: object) -> list[str]:
    filters = lists_of.Filters(queue=queues.OWN, is_promise_late=True)
    return [row.number for row in lists_of.list_(viewer=viewer, filters=filters).rows]  # type: ignore[arg-type]


def test_both_sides_are_asked_once_on_the_day_in_working_time():
    report = _promised()
    assert [closing.ask_schedules(now=at) for at in (make.NOW, BEFORE_WORK, MORNING, MORNING)] == [0, 0, 1, 0]
    asked = Message.objects.filter(report=report, notice__in=[Notice.PROMISE_DUE, Notice.PROMISE_ASKED])
    assert asked.count() == 2
    assert _late(make.liaison()) == [report.number]
    timeline = Publication.objects.get(report=report).timeline
    assert timeline[-1]["kind"] == Action.ASK_SCHEDULE
    audit.audit(now=MORNING)


def test_it_is_kept_with_evidence_and_the_reporter_may_judge_that():
    report = _promised()
    closing.ask_schedules(now=MORNING)
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.CONFIRM_SCHEDULE, actor=make.liaison(), now=MORNING, **_said())
    assert refused.value.reason == Reason.MISSING_EVIDENCE
    kept = make.act(
        report, Action.CONFIRM_SCHEDULE, actor=make.liaison(), now=MORNING, files=(world.picture(),), **_said()
    )
    assert (kept.status, kept.promised_on, kept.promise_asked) == (Status.CLOSED, None, False)
    assert _late(make.liaison()) == []
    assert make.act(report, Action.REOPEN, now=MORNING + make.DAY).status == Status.IN_PROGRESS


def test_another_day_is_asked_about_anew():
    report = _promised()
    closing.ask_schedules(now=MORNING)
    moved = make.act(
        report, Action.RESCHEDULE, actor=make.liaison(), now=MORNING, outcome_on=date(2020, 8, 12), **_said()
    )
    assert (moved.promised_on, moved.promise_asked) == (date(2020, 8, 12), False)
    assert closing.ask_schedules(now=MORNING + make.DAY) == 0
    assert closing.ask_schedules(now=MORNING + 2 * make.DAY) == 1


def test_a_broken_promise_lets_the_reporter_reopen_when_the_window_is_closed():
    report = _promised()
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.REOPEN, now=MORNING)
    assert refused.value.reason == Reason.WINDOW_CLOSED
    closing.ask_schedules(now=MORNING)
    reopened = make.act(report, Action.REOPEN, now=MORNING)
    assert (reopened.status, reopened.promised_on) == (Status.IN_PROGRESS, None)


def _said() -> dict[str, object]:
    return {"text": make.SAYING.text, "masked": make.SAYING.masked, "checks_answered": True}
