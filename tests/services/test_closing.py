"""What time closes: silence after an answer, and data that never came. Not a minute early."""

from datetime import UTC, datetime, timedelta

import pytest

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Event, Message, Report
from tanggap.services import closing, reminders
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db

# Answered on Wednesday 1 July 2020: ten working days end on Wednesday 15 July.
LAST_SECOND = datetime(2020, 7, 15, 16, 59, 59, tzinfo=UTC)
NEXT_DAY = LAST_SECOND + timedelta(seconds=1)


def status(report):
    return Report.objects.get(pk=report.pk).status


class TestSilence:
    def test_ten_working_days_of_silence_close_an_answered_report(self):
        report = make.report(status=Status.ANSWERED)
        assert closing.auto_close(now=LAST_SECOND) == 0
        assert status(report) == Status.ANSWERED
        assert closing.auto_close(now=NEXT_DAY) == 1
        report.refresh_from_db()
        assert (report.status, report.closing) == ("closed", "auto")
        assert report.outcome == "explained"

    def test_a_reply_on_day_ten_at_ten_to_midnight_keeps_it_open(self):
        report = make.report(status=Status.ANSWERED)
        make.act(report, Action.REPORTER_REPLY, now=LAST_SECOND - timedelta(minutes=9, seconds=59))
        assert closing.auto_close(now=NEXT_DAY) == 0
        assert status(report) == Status.IN_PROGRESS

    def test_it_closes_once_when_the_job_runs_twice(self):
        report = make.report(status=Status.ANSWERED)
        assert [closing.auto_close(now=NEXT_DAY) for _ in range(2)] == [1, 0]
        assert Event.objects.filter(report=report, kind=Action.AUTO_CLOSE.value).count() == 1
        assert Message.objects.filter(report=report, notice="closed").count() == 1

    def test_a_follow_up_is_no_answer_and_silence_after_it_closes_nothing(self):
        report = make.report(status=Status.IN_PROGRESS)
        assert closing.auto_close(now=NOW + 365 * DAY) == 0
        assert status(report) == Status.IN_PROGRESS

    def test_the_act_is_the_systems_and_stands_in_the_chain(self):
        report = make.report(status=Status.ANSWERED)
        closing.auto_close(now=NEXT_DAY)
        event = Event.objects.filter(report=report).order_by("seq").last()
        assert (event.kind, event.role, event.acted_at) == ("auto_close", "system", NEXT_DAY)

    def test_one_report_that_cannot_be_closed_does_not_keep_the_others_open(self, monkeypatch):
        first, second = make.report(status=Status.ANSWERED), make.report(status=Status.ANSWERED)
        real = closing.reports.act

        def moves_on_first(*, number, **values):
            if number == first.number:
                real(actor=Reporter(first.pk), number=number, action=Action.CONFIRM_DONE, now=LAST_SECOND)
            return real(number=number, **values)

        monkeypatch.setattr(closing.reports, "act", moves_on_first)
        assert closing.auto_close(now=NEXT_DAY) == 1
        assert (status(first), status(second)) == ("closed", "closed")
        assert Report.objects.get(pk=first.pk).closing == "confirmed"

    def test_more_than_fit_a_batch_are_all_closed(self, monkeypatch):
        monkeypatch.setattr(closing, "BATCH", 2)
        for _ in range(5):
            make.report(status=Status.ANSWERED)
        assert closing.auto_close(now=NEXT_DAY) == 5


class TestData:
    # Asked on 1 July: thirty days end on 31 July.
    DAY_31 = datetime(2020, 7, 31, 17, 0, tzinfo=UTC)

    def remind_through(self, last):
        day = NOW
        while day <= last:
            reminders.remind(now=day)
            day += DAY

    def test_data_that_never_came_close_the_report_after_two_reminders(self):
        report = make.report(status=Status.PENDING)
        self.remind_through(self.DAY_31)
        assert closing.expire_data_requests(now=self.DAY_31 - timedelta(seconds=1)) == 0
        assert closing.expire_data_requests(now=self.DAY_31) == 1
        report.refresh_from_db()
        assert (report.status, report.closing, report.outcome) == ("closed", "deemed_withdrawn", "deemed_withdrawn")

    def test_nobody_is_deemed_withdrawn_without_two_reminders(self):
        report = make.report(status=Status.PENDING)
        assert closing.expire_data_requests(now=NOW + 90 * DAY) == 0
        assert status(report) == Status.PENDING

    def test_the_reminders_of_an_earlier_request_do_not_count_for_a_later_one(self):
        report = make.report(status=Status.PENDING)
        self.remind_through(NOW + 28 * DAY)
        make.act(report, Action.SUPPLY_DATA, now=NOW + 28 * DAY)
        make.act(report, Action.REQUEST_DATA, now=NOW + 29 * DAY)
        assert closing.expire_data_requests(now=NOW + 120 * DAY) == 0
        assert status(report) == Status.PENDING

    def test_data_that_came_keep_the_report_open(self):
        report = make.report(status=Status.PENDING)
        self.remind_through(self.DAY_31)
        make.act(report, Action.SUPPLY_DATA, now=self.DAY_31 - timedelta(minutes=10))
        assert closing.expire_data_requests(now=self.DAY_31) == 0
        assert status(report) == Status.UNVERIFIED
