"""People are reminded in working time, once each, and no longer than the clock runs; what is late is flagged."""

from datetime import UTC, datetime, timedelta

import pytest

from tanggap.domain.intake import Identity
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Notice
from tanggap.models import Deadline, DeskDelta, Message, Report
from tanggap.selectors import recipients
from tanggap.services import accounts, reminders
from tanggap.services.rounds import RoundError
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db


def at(day, hour=8, minute=5):
    """Return a moment of July 2020 in WIB."""
    return datetime(2020, 7, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def told(report, notice=None):
    rows = Message.objects.filter(report=report, event=None).order_by("pk")
    if notice is not None:
        rows = rows.filter(notice=notice.value)
    return [(row.notice, row.clock, row.audience) for row in rows]


def run_days(first, last, *, hour=8):
    for day in range(first, last + 1):
        reminders.remind(now=at(day, hour))


class TestOwners:
    def test_the_admins_are_reminded_to_verify_at_half_and_on_the_due_day(self):
        report = make.submit()  # 3 working days from Wednesday 1 July: due Monday 6
        seen = []
        for day in range(1, 11):
            reminders.remind(now=at(day))
            seen.append((day, len([row for row in told(report) if row[1] == "verify"])))
        assert seen == [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2), (8, 2), (9, 2), (10, 2)]

    def test_nothing_is_told_twice_when_the_job_runs_twice(self):
        report = make.submit()
        assert reminders.remind(now=at(3)) == 1
        assert reminders.remind(now=at(3)) == 0
        assert reminders.remind(now=at(3, 15)) == 0
        assert told(report) == [("due_soon", "verify", "owner")]

    @pytest.mark.parametrize(
        ("moment", "why"),
        [
            (at(3, 7, 55), "before eight"),
            (at(3, 16, 0), "after four"),
            (at(4, 10), "Saturday"),
            (at(3, 23), "at night"),
        ],
    )
    def test_outside_working_time_nothing_is_told_and_the_next_morning_it_is(self, moment, why):
        report = make.submit()
        assert reminders.remind(now=moment) == 0, why
        assert told(report) == []
        assert reminders.remind(now=at(6)) == 1

    def test_after_an_absence_of_the_worker_only_the_last_word_is_said(self):
        report = make.submit()
        reminders.remind(now=at(6, 15))  # half has passed, and it is the due day
        assert told(report) == [("due_soon", "verify", "owner")]
        assert reminders.remind(now=at(9)) == 0

    def test_what_is_late_already_is_not_said_to_be_due_soon(self):
        report = make.submit()
        assert reminders.remind(now=at(8)) == 0  # from the breach on, the ladder speaks
        assert told(report) == []

    def test_a_clock_that_stopped_is_silent(self):
        report = make.submit()
        make.act(report, Action.VERIFY_AND_ASSIGN, now=at(2))
        run_days(3, 8)
        assert not [row for row in told(report) if row[1] == "verify"]

    def test_a_clock_that_stands_still_is_silent_and_goes_on_afterwards(self):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.REQUEST_DATA)
        run_days(1, 14)
        assert {row[1] for row in told(report)} <= {"data_request"}
        make.act(report, Action.SUPPLY_DATA, now=at(15))
        run_days(15, 31)
        assert ("due_soon", "resolve", "owner") in told(report)

    def test_an_answer_is_asked_for_three_times_before_it_is_late(self):
        report = make.report(status=Status.IN_PROGRESS)  # due Tuesday 21 July
        run_days(1, 22)
        assert [row for row in told(report) if row[1] == "resolve"] == [
            ("due_soon", "resolve", "owner"),
            ("due_soon", "resolve", "owner"),
            ("due_soon", "resolve", "owner"),
        ]

    def test_a_supervisory_report_reminds_the_inspectorate_as_well(self):
        auditor = make.auditor()
        report = make.report(status=Status.ASSIGNED)
        assert recipients.auditors(report, on=accounts.office_day(NOW)) == []
        Report.objects.filter(pk=report.pk).update(supervisory=True)
        report.refresh_from_db()
        assert recipients.auditors(report, on=accounts.office_day(NOW)) == [auditor.user_id]


class TestReporters:
    def test_a_silent_reporter_is_asked_on_days_five_and_nine(self):
        report = make.report(status=Status.ANSWERED)  # 10 working days: until Wednesday 15 July
        seen = [day for day in range(1, 20) if reminders.remind(now=at(day))]
        assert seen == [8, 14]
        assert told(report) == [("answer_reminder", "auto_close", "reporter")] * 2

    def test_who_left_no_address_is_a_row_that_says_so(self):
        report = make.report(status=Status.ANSWERED, identity=Identity(name="Budi", phone="081234567890"))
        reminders.remind(now=at(8))
        row = Message.objects.get(report=report, notice=Notice.ANSWER_REMINDER.value)
        assert (row.state, row.reason) == ("skipped", "no_address")

    def test_data_are_asked_for_twice_even_when_the_worker_was_away(self):
        report = make.report(status=Status.PENDING)  # until Friday 31 July
        away = NOW + 61 * DAY  # a Monday
        assert reminders.remind(now=away) == 1
        assert reminders.remind(now=away) == 0
        assert reminders.remind(now=away + DAY) == 1
        assert reminders.remind(now=away + 2 * DAY) == 0
        assert told(report) == [("data_reminder", "data_request", "reporter")] * 2

    def test_a_passed_date_of_the_law_is_told_to_the_reporter(self):
        report = make.report(status=Status.IN_PROGRESS)  # 60 days: until Sunday 30 August
        reminders.remind(now=datetime(2020, 8, 30, 2, 0, tzinfo=UTC))
        assert not told(report, Notice.STATUTORY_PASSED)
        reminders.remind(now=datetime(2020, 8, 31, 2, 0, tzinfo=UTC))
        assert told(report, Notice.STATUTORY_PASSED) == [("statutory_passed", "statutory_max", "reporter")]


class TestRobust:
    def test_one_that_fails_keeps_back_nobody_else_and_is_done_next_time(self, monkeypatch):
        reports = [make.submit() for _ in range(3)]
        real, calls = reminders.messages.owe, []

        def fails_at_the_second(report, *args, **kwargs):
            calls.append(report.pk)
            if len(calls) == 2:
                raise ConnectionError
            real(report, *args, **kwargs)

        monkeypatch.setattr(reminders.messages, "owe", fails_at_the_second)
        with pytest.raises(RoundError):
            reminders.remind(now=at(3))
        assert [len(told(report)) for report in reports] == [1, 0, 1]
        assert reminders.remind(now=at(3)) == 1
        assert [len(told(report)) for report in reports] == [1, 1, 1]

    def test_more_reports_than_fit_a_batch_are_all_reminded(self):
        reports = [make.submit() for _ in range(5)]
        assert reminders.remind(now=at(3), batch=2) == 5
        assert all(len(told(report)) == 1 for report in reports)

    def test_a_due_date_that_moves_starts_the_reminders_anew(self):
        report = make.report(status=Status.ASSIGNED)
        row = Deadline.objects.get(report=report, clock="resolve")
        first = row.remind_at
        make.act(report, Action.REQUEST_DATA, now=at(2))
        make.act(report, Action.SUPPLY_DATA, now=at(20))
        row.refresh_from_db()
        assert row.remind_at > first
        assert row.reminders == 0


class TestOverdue:
    def test_a_report_is_late_one_second_after_its_due_moment_and_not_before(self):
        report = make.submit()
        due = report.due_at
        assert reminders.flag_overdue(now=due) == 0
        assert reminders.flag_overdue(now=due + timedelta(seconds=1)) == 1
        assert reminders.flag_overdue(now=due + timedelta(seconds=1)) == 0
        report.refresh_from_db()
        assert report.is_overdue

    def test_the_counters_learn_of_it(self):
        report = make.submit()
        before = DeskDelta.objects.count()
        reminders.flag_overdue(now=report.due_at + DAY)
        assert list(DeskDelta.objects.order_by("pk").values_list("is_overdue", "n")[before:]) == [
            (False, -1),
            (True, 1),
        ]

    def test_the_time_of_the_reporter_makes_no_office_late(self):
        answered, pending = make.report(status=Status.ANSWERED), make.report(status=Status.PENDING)
        assert reminders.flag_overdue(now=NOW + 365 * DAY) == 0
        assert not Report.objects.filter(pk__in=[answered.pk, pending.pk], is_overdue=True).exists()

    def test_what_is_over_is_never_late(self):
        make.report(status=Status.CLOSED)
        make.report(status=Status.ARCHIVED)
        assert reminders.flag_overdue(now=NOW + 365 * DAY) == 0

    def test_many_are_flagged_batch_by_batch(self):
        for _ in range(5):
            make.submit()
        assert reminders.flag_overdue(now=NOW + 30 * DAY, batch=2) == 5

    def test_an_act_on_a_late_report_takes_the_flag_away(self):
        report = make.submit()
        late = report.due_at + DAY
        reminders.flag_overdue(now=late)
        report = make.act(report, Action.VERIFY_AND_ASSIGN, now=late)
        assert not report.is_overdue
