"""People are reminded in working time: at shares of the time, on the due day, and when it passed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain.calendar import weekends_only
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import due
from tanggap.domain.notices import NOTICES, Notice
from tanggap.domain.reminders import CLOSES, OPENS, PLANS, Span, into_working_time, schedule
from tests.domain.shapes import CALENDAR

WIB = "Asia/Jakarta"
WEDNESDAY = datetime(2020, 7, 1, 3, 0, tzinfo=UTC)  # 10.00 WIB


def span(clock, count, unit, *, start=WEDNESDAY, zone=WIB, calendar=CALENDAR):
    return Span(clock, start, count, unit, due(start, count, unit, zone=zone, calendar=calendar), zone)


def told(clock, count, unit, *, start=WEDNESDAY, zone=WIB, calendar=CALENDAR):
    """Return the schedule as pairs of local time and notices."""
    planned = schedule(span(clock, count, unit, start=start, zone=zone, calendar=calendar), calendar)
    return [(f"{reminder.at.astimezone(ZoneInfo(zone)):%a %d %b %H.%M}", reminder.notices) for reminder in planned]


SOON = (Notice.DUE_SOON,)


def test_an_answer_in_fourteen_days_is_asked_for_at_half_at_four_fifths_and_on_the_day():
    assert told(Clock.RESOLVE, 14, "wd") == [
        ("Fri 10 Jul 08.00", SOON),  # day 7
        ("Fri 17 Jul 08.00", SOON),  # day 12
        ("Tue 21 Jul 08.00", SOON),  # the due day
    ]


def test_a_short_clock_says_the_same_thing_once_a_day():
    assert told(Clock.VERIFY, 3, "wd") == [
        ("Fri 03 Jul 08.00", SOON),  # day 2; day 3 is both four fifths and the due day
        ("Mon 06 Jul 08.00", SOON),
    ]


def test_a_reporter_is_asked_on_days_five_and_nine_of_ten():
    assert told(Clock.AUTO_CLOSE, 10, "wd") == [
        ("Wed 08 Jul 08.00", (Notice.ANSWER_REMINDER,)),
        ("Tue 14 Jul 08.00", (Notice.ANSWER_REMINDER,)),
    ]


def test_a_reporter_is_asked_for_data_on_days_fifteen_and_twenty_four_of_thirty_moved_to_a_working_day():
    assert told(Clock.DATA_REQUEST, 30, "cd") == [
        ("Thu 16 Jul 08.00", (Notice.DATA_REMINDER,)),
        ("Mon 27 Jul 08.00", (Notice.DATA_REMINDER,)),  # day 24 is Saturday the 25th
    ]


def test_two_reminders_come_before_data_expire_even_when_a_long_holiday_moves_both_to_one_morning():
    closed = frozenset(datetime(2020, 7, 10).date() + timedelta(days=day) for day in range(25))  # noqa: DTZ001
    calendar = type(CALENDAR)(off=closed)
    days = [at.split()[1] for at, _notices in told(Clock.DATA_REQUEST, 30, "cd", calendar=calendar)]
    assert days == ["04", "05"]


def test_a_date_of_the_law_that_passed_is_told_to_the_reporter():
    assert told(Clock.STATUTORY_MAX, 60, "cd") == [
        ("Mon 31 Aug 08.00", (Notice.STATUTORY_PASSED,)),  # due on Sunday the 30th
    ]


def test_hours_are_counted_by_the_clock_and_moved_into_working_time():
    assert told(Clock.VERIFY, 48, "hour") == [
        ("Thu 02 Jul 10.00", SOON),
        ("Fri 03 Jul 08.00", SOON),  # 38.4 hours end at 00.24 on the due day
    ]


def test_the_reminder_of_a_due_day_on_which_nobody_works_comes_the_working_day_before():
    start = datetime(2020, 7, 2, 3, 0, tzinfo=UTC)  # 48 hours later it is Saturday
    assert told(Clock.VERIFY, 48, "hour", start=start) == [
        ("Fri 03 Jul 08.00", SOON),
    ]


def test_the_morning_is_that_of_the_agency():
    assert schedule(span(Clock.VERIFY, 3, "wd", zone="Asia/Jayapura"), CALENDAR)[0].at.hour == 23  # UTC, the day before


@pytest.mark.parametrize(
    ("local", "expected", "why"),
    [
        ("2020-07-01 08:00", "2020-07-01 08:00", "the office opens"),
        ("2020-07-01 15:59", "2020-07-01 15:59", "it is still open"),
        ("2020-07-01 16:00", "2020-07-02 08:00", "it has closed"),
        ("2020-07-01 07:59", "2020-07-01 08:00", "it has not opened yet"),
        ("2020-07-03 18:00", "2020-07-06 08:00", "Friday evening"),
        ("2020-07-30 20:00", "2020-08-03 08:00", "Friday is a holiday, then the weekend"),
    ],
)
def test_a_moment_outside_working_time_moves_to_the_next_working_morning(local, expected, why):
    def utc(text):
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(WIB)).astimezone(UTC)

    assert into_working_time(utc(local), zone=WIB, calendar=CALENDAR) == utc(expected), why


@given(
    clock=st.sampled_from(sorted(PLANS)),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    count=st.integers(1, 90),
    unit=st.sampled_from(["wd", "cd", "hour"]),
    zone=st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
def test_nobody_is_ever_told_at_night_or_at_a_weekend_or_twice_a_day(clock, start, count, unit, zone):
    calendar = weekends_only()
    planned = schedule(span(clock, count, unit, start=start, zone=zone, calendar=calendar), calendar)
    local = [reminder.at.astimezone(ZoneInfo(zone)) for reminder in planned]
    assert all(calendar.is_working_day(at.date()) and OPENS <= at.time() < CLOSES for at in local)
    assert all(reminder.at > start for reminder in planned)
    said = [(at.date(), reminder.notices) for at, reminder in zip(local, planned, strict=True)]
    assert len(said) == len(set(said))
    assert [reminder.at for reminder in planned] == sorted(reminder.at for reminder in planned)


def test_every_clock_that_binds_somebody_has_a_plan_and_every_window_has_none():
    binding = {clock for clock, rule in CLOCKS.items() if rule.starts and not rule.survives_end}
    assert set(PLANS) == binding


def test_what_is_the_reporters_time_is_told_to_the_reporter_and_the_rest_to_the_office():
    for clock, plan in PLANS.items():
        nearing = {NOTICES[plan.nearing].audience.value} if plan.nearing else set()
        assert nearing <= ({"reporter"} if CLOCKS[clock].is_reporters else {"owner"})
