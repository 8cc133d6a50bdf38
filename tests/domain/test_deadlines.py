"""The clocks: the oracles of the law's arithmetic, pauses, returns, corrections."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain.actors import System
from tanggap.domain.calculator import calculate
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import due, explain, running
from tanggap.domain.lifecycle import Action
from tests.domain.shapes import ADMIN, CALENDAR, LIAISON, LIMITS, NATIONAL_ADMIN, REPORTER, START, Story

DAY = timedelta(days=1)
ORACLES = [
    (date(2020, 6, 26), 3, "wd", date(2020, 7, 1), "the day of the meeting in Serang"),
    (date(2020, 6, 27), 3, "wd", date(2020, 7, 1), "a Saturday is day 0 like the Friday before"),
    (date(2020, 7, 1), 5, "wd", date(2020, 7, 8), "one weekend"),
    (date(2020, 7, 10), 10, "wd", date(2020, 7, 24), "two weekends"),
    (date(2020, 7, 1), 14, "wd", date(2020, 7, 21), "a complaint"),
    (date(2020, 7, 1), 60, "wd", date(2020, 9, 29), "a supervisory complaint, four days off on the way"),
    (date(2020, 7, 1), 60, "cd", date(2020, 8, 30), "the other sixty: calendar days, a Sunday"),
    (date(2020, 7, 30), 3, "wd", date(2020, 8, 5), "Iduladha on Friday"),
    (date(2020, 10, 26), 3, "wd", date(2020, 11, 3), "three days off in a row"),
]


def _due(start: date, count: int, unit: str) -> date:
    anchor = datetime(start.year, start.month, start.day, 10, 0, tzinfo=UTC)
    return due(anchor, count, unit, zone="Asia/Jakarta", calendar=CALENDAR).astimezone(UTC).date()


@pytest.mark.parametrize(("start", "count", "unit", "expected", "why"), ORACLES, ids=[o[4] for o in ORACLES])
def test_a_due_date_is_the_one_that_was_counted_by_hand(start, count, unit, expected, why):
    assert _due(start, count, unit) == expected, why


def test_a_report_after_midnight_in_jakarta_starts_on_that_day_though_it_is_still_yesterday_in_utc():
    night = datetime(2020, 7, 1, 17, 30, tzinfo=UTC)  # 00.30 WIB on 2 July
    assert due(night, 3, "wd", zone="Asia/Jakarta", calendar=CALENDAR).date() == date(2020, 7, 7)
    assert due(night, 3, "wd", zone="UTC", calendar=CALENDAR).date() == date(2020, 7, 6)


def test_hours_are_counted_by_the_clock():
    assert due(START, 48, "hour", zone="Asia/Jakarta", calendar=CALENDAR) == START + timedelta(hours=48)


@given(start=st.dates(date(2019, 1, 1), date(2026, 1, 1)), count=st.integers(1, 90))
@settings(max_examples=200, deadline=None)
def test_a_due_date_falls_on_a_working_day_with_exactly_that_many_before_it(start, count):
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == count


_SPRING = st.frozensets(st.dates(date(2020, 3, 1), date(2020, 5, 31)))


@given(off=_SPRING, worked=_SPRING, start=st.dates(date(2020, 2, 1), date(2020, 6, 30)), length=st.integers(0, 150))
@settings(max_examples=100, deadline=None)
def test_what_lies_between_two_days_is_what_one_counts_day_by_day(off, worked, start, length):
    calendar, end = WorkingCalendar(off=off, worked=worked), start + length * DAY
    count = sum(counts for _day, counts, _name in calendar.walk(start, end))
    assert calendar.working_days_between(start, end) == count
    assert calendar.working_days_between(end, start) == -count


@given(start=st.dates(date(2019, 1, 1), date(2026, 1, 1)), first=st.integers(0, 40), second=st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_counting_in_two_steps_gives_the_same_day_as_counting_in_one(start, first, second):
    once = CALENDAR.add_working_days(start, first + second)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second) == once


def _clock(story: Story, clock: Clock):
    return [run for run in story.clocks if run.clock == clock][-1]


def _assigned(**values) -> Story:
    return Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN, **values)


def test_what_remains_at_a_pause_is_given_back_on_the_day_it_resumes():
    story = _assigned()  # Wednesday 1 July, 14 wd
    story.do(Action.REQUEST_DATA, LIAISON, after=5 * DAY)  # Monday 6 July: 3 of 14 are used
    assert _clock(story, Clock.RESOLVE).pauses[-1].remaining == 11
    story.do(Action.SUPPLY_DATA, REPORTER, after=4 * DAY)  # Friday 10 July is day 0
    assert _clock(story, Clock.RESOLVE).due_on == date(2020, 7, 27)


@given(pause=st.integers(0, 15), length=st.integers(0, 29))
@settings(max_examples=100, deadline=None)
def test_a_pause_never_costs_and_never_gives_a_working_day(pause, length):
    story = _assigned()
    story.do(Action.REQUEST_DATA, LIAISON, after=pause * DAY)
    story.do(Action.SUPPLY_DATA, REPORTER, after=length * DAY)
    run = _clock(story, Clock.RESOLVE)
    start, stop = date(2020, 7, 1), date(2020, 7, 1) + pause * DAY
    before = CALENDAR.working_days_between(start, stop)
    after = CALENDAR.working_days_between(stop + length * DAY, run.due_on)
    assert before + after == 14


def test_a_clock_that_was_overdue_when_it_paused_stays_breached():
    story = _assigned()
    story.do(Action.REQUEST_DATA, LIAISON, after=25 * DAY)
    late = _clock(story, Clock.RESOLVE)
    assert late.is_breached(story.now)
    story.do(Action.SUPPLY_DATA, REPORTER, after=3 * DAY)
    assert _clock(story, Clock.RESOLVE).due_at == late.due_at
    assert _clock(story, Clock.RESOLVE).is_breached(story.now)


def test_a_pause_that_begins_in_the_last_second_of_the_due_day_is_in_time():
    story = _assigned()
    due = _clock(story, Clock.RESOLVE).due_at
    story.do(Action.REQUEST_DATA, LIAISON, after=due - story.now + timedelta(milliseconds=500))
    assert not _clock(story, Clock.RESOLVE).is_breached(story.now)
    story.do(Action.SUPPLY_DATA, REPORTER, after=3 * DAY)
    assert _clock(story, Clock.RESOLVE).due_at > due
    assert not _clock(story, Clock.RESOLVE).is_breached(story.now)


def test_a_clock_that_stood_still_in_time_is_not_breached_by_the_time_it_stood():
    story = _assigned()
    story.do(Action.REQUEST_DATA, LIAISON)
    story.do(Action.WITHDRAW, REPORTER, after=29 * DAY)
    assert not _clock(story, Clock.RESOLVE).is_breached(story.now)


def test_resolve_starts_at_the_first_assignment_and_never_restarts_on_a_return():
    story = _assigned()
    first = _clock(story, Clock.RESOLVE)
    story.do(Action.RETURN, ADMIN, after=2 * DAY).do(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN, after=2 * DAY)
    runs = [run for run in story.clocks if run.clock == Clock.RESOLVE]
    assert len(runs) == 1
    assert (runs[0].started_at, runs[0].due_at) == (first.started_at, first.due_at)


def test_a_return_starts_verify_anew_and_ends_the_wait_for_a_first_follow_up():
    story = _assigned().do(Action.RETURN, ADMIN, after=2 * DAY)
    assert _clock(story, Clock.VERIFY).started_at == story.now
    assert _clock(story, Clock.FIRST_FOLLOWUP).is_stopped


def test_data_supplied_to_an_unverified_report_starts_verify_anew():
    story = Story.begin().do(Action.REQUEST_DATA, ADMIN, after=DAY).do(Action.SUPPLY_DATA, REPORTER, after=9 * DAY)
    runs = [run for run in story.clocks if run.clock == Clock.VERIFY]
    assert [run.started_at for run in runs] == [START, story.now]
    assert runs[-1].is_running


def test_only_an_answer_stops_the_reply_clock():
    story = _assigned().do(Action.ANSWER, LIAISON).do(Action.REPORTER_REPLY, REPORTER, after=DAY)
    story.do(Action.FOLLOW_UP, LIAISON, after=DAY)
    assert _clock(story, Clock.REPLY).is_running
    story.do(Action.ANSWER, LIAISON, after=DAY)
    assert _clock(story, Clock.REPLY).is_stopped


def test_a_follow_up_starts_no_countdown_to_closing():
    story = _assigned().do(Action.FOLLOW_UP, LIAISON)
    assert Clock.AUTO_CLOSE not in {run.clock for run in story.clocks}


def test_a_reply_in_the_last_minutes_of_the_tenth_day_keeps_the_report_open():
    story = _assigned().do(Action.ANSWER, LIAISON)
    last = _clock(story, Clock.AUTO_CLOSE).due_at
    story.now = last - timedelta(minutes=9)
    assert Clock.AUTO_CLOSE in story.case.open_windows
    story.do(Action.REPORTER_REPLY, REPORTER)
    assert _clock(story, Clock.AUTO_CLOSE).is_stopped


def test_an_archive_that_is_overturned_gives_the_agency_no_time():
    story = _assigned()
    before = _clock(story, Clock.RESOLVE).due_at
    story.do(Action.ARCHIVE, ADMIN, after=DAY).do(Action.APPEAL, REPORTER, after=DAY)
    assert _clock(story, Clock.RESOLVE).is_running
    assert _clock(story, Clock.RESOLVE).due_at == before


def test_a_reopening_has_five_working_days_of_its_own():
    story = _assigned().do(Action.ANSWER, LIAISON).do(Action.CONFIRM_DONE, REPORTER).do(Action.REOPEN, REPORTER)
    assert (_clock(story, Clock.REOPENED).count, _clock(story, Clock.REOPENED).unit) == (5, "wd")
    assert _clock(story, Clock.RESOLVE).is_stopped


def test_a_corrected_classification_is_counted_from_the_first_assignment():
    story = _assigned(supervisory=True)
    assert _clock(story, Clock.RESOLVE).due_on == date(2020, 9, 29)
    story.do(Action.RETURN, ADMIN).do(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN, supervisory=False)
    assert _clock(story, Clock.RESOLVE).due_on == date(2020, 7, 21)


def test_a_correction_never_leaves_less_than_two_working_days():
    story = _assigned(supervisory=True).do(Action.RETURN, ADMIN, after=30 * DAY)
    story.do(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN, supervisory=False)  # Friday 31 July, the 14 wd are long over
    assert _clock(story, Clock.RESOLVE).due_on == date(2020, 8, 4)


def test_a_calendar_that_is_corrected_moves_open_due_dates_and_never_past_ones():
    from tanggap.domain.deadlines import replay
    from tanggap.domain.lifecycle import Status

    story = _assigned()
    before = {run.clock: run.due_at for run in story.clocks}
    story.now = datetime(2020, 7, 6, 3, 0, tzinfo=UTC)
    story.write(Action.RECOMPUTE, System(), "assigned", Status.ASSIGNED, {"calendar": 2})
    newer = WorkingCalendar(off=CALENDAR.off | {date(2020, 7, 7)}, version=2)
    calendars = {1: CALENDAR, 2: newer}
    runs = replay(story.events, limits=lambda _n: LIMITS, calendars=lambda version, _a: calendars[version])
    after = {run.clock: run for run in runs}
    assert after[Clock.RESOLVE].due_on == date(2020, 7, 22)
    assert after[Clock.RESOLVE].calendar == 2
    assert after[Clock.VERIFY].due_at == before[Clock.VERIFY]
    assert after[Clock.STATUTORY_MAX].due_at == before[Clock.STATUTORY_MAX]


def test_an_explanation_counts_to_the_due_date_and_names_each_day_that_was_skipped():
    found = calculate(date(2020, 7, 30), Clock.VERIFY, limits=LIMITS, calendar=CALENDAR, zone="Asia/Jakarta")
    assert found.due_on == date(2020, 8, 5)
    assert [(day.day.day, day.number, day.name) for day in found.days] == [
        (31, None, "Iduladha"), (1, None, ""), (2, None, ""), (3, 1, ""), (4, 2, ""), (5, 3, "")
    ]  # fmt: skip


@given(pause=st.integers(0, 13), length=st.integers(0, 29))
@settings(max_examples=60, deadline=None)
def test_the_explanation_of_a_paused_clock_ends_on_its_due_date_with_its_full_count(pause, length):
    story = _assigned().do(Action.REQUEST_DATA, LIAISON, after=pause * DAY)
    story.do(Action.SUPPLY_DATA, REPORTER, after=length * DAY)
    run = _clock(story, Clock.RESOLVE)
    days = list(explain(run, lambda _v, _a: CALENDAR))
    assert days[-1].day == run.due_on
    assert max(day.number or 0 for day in days) == 14
    assert [day.day for day in days] == sorted({day.day for day in days})


def test_the_soonest_running_clock_comes_first():
    assert running(_assigned().clocks)[0].clock == Clock.FIRST_FOLLOWUP
