"""The loaded calendar answers the oracles, version by version."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from tanggap.domain.actors import System
from tanggap.domain.reference_rows import DayKind
from tanggap.selectors import agencies, calendars
from tanggap.services import calendars as calendar_services

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2020-06-26", 3, "2020-07-01"),
        ("2020-06-27", 3, "2020-07-01"),
        ("2020-07-01", 5, "2020-07-08"),
        ("2020-07-10", 10, "2020-07-24"),
        ("2020-07-01", 14, "2020-07-21"),
        ("2020-07-01", 60, "2020-09-29"),
        ("2020-07-30", 3, "2020-08-05"),
        ("2020-10-26", 3, "2020-11-03"),
    ],
)
def test_working_days_are_counted_over_the_holidays_and_the_joint_leave_of_the_decrees(start, days, due):
    calendar = calendars.working_calendar(None, calendars.current_version())
    assert calendar.add_working_days(date.fromisoformat(start), days) == date.fromisoformat(due)


def test_the_days_of_2020_that_the_oracles_name_are_not_worked():
    calendar = calendars.working_calendar(None, calendars.current_version())
    for day in ("07-31", "08-17", "08-20", "08-21", "10-28", "10-29", "10-30"):
        assert not calendar.is_working_day(date.fromisoformat(f"2020-{day}"))
    assert calendar.names[date(2020, 7, 31)] == "Hari Raya Idul Adha"
    assert (calendar.first, calendar.last) == (date(2018, 1, 1), date(2027, 12, 31))


def test_a_closure_counts_for_its_agency_alone_and_only_from_its_version_on():
    agency, other = agencies.by_slug("kota-serang"), agencies.by_slug("kab-serang")
    before = calendars.current_version()
    day = date(2026, 8, 10)
    made = calendar_services.close_day(actor=System(), agency_id=agency.pk, day=day, name="HUT Kota Serang", now=NOW)
    assert not calendars.working_calendar(agency.pk, made.pk).is_working_day(day)
    assert calendars.working_calendar(agency.pk, made.pk).names[day] == "HUT Kota Serang"
    assert calendars.working_calendar(agency.pk, before).is_working_day(day)
    assert calendars.working_calendar(other.pk, made.pk).is_working_day(day)
    assert calendars.working_calendar(None, made.pk).is_working_day(day)


def test_a_holiday_and_a_saturday_can_be_worked_after_all():
    agency = agencies.by_slug("kota-serang")
    holiday, saturday = date(2026, 8, 17), date(2026, 8, 22)
    for day in (holiday, saturday):
        made = calendar_services.override_day(
            actor=System(), agency_id=agency.pk, day=day, kind=DayKind.WORKING, name="Tugas", now=NOW
        )
    calendar = calendars.working_calendar(agency.pk, made.pk)
    assert calendar.is_working_day(holiday)
    assert calendar.is_working_day(saturday)
    assert not calendars.working_calendar(None, made.pk).is_working_day(holiday)


def test_a_version_is_read_once(django_assert_num_queries):
    version = calendars.current_version()
    first = calendars.working_calendar(None, version)
    with django_assert_num_queries(0):
        assert calendars.working_calendar(None, version) is first


def test_an_agency_without_days_of_its_own_shares_the_national_calendar():
    version = calendars.current_version()
    agency = agencies.by_slug("kab-lebak")
    assert calendars.working_calendar(agency.pk, version) is calendars.working_calendar(None, version)


def test_an_unknown_version_is_an_error():
    with pytest.raises(calendars.NoCalendarError, match="There is no calendar 999999"):
        calendars.working_calendar(None, 999_999)


def test_before_a_calendar_is_loaded_there_is_a_clear_error():
    with connection.cursor() as cursor:  # an empty table before the real one: versions are never deleted
        cursor.execute(
            "CREATE TEMPORARY TABLE tanggap_calendarversion (LIKE public.tanggap_calendarversion) ON COMMIT DROP"
        )
    with pytest.raises(calendars.NoCalendarError, match="run load_reference"):
        calendars.current_version()


def test_the_versions_are_told_newest_first_with_their_reasons():
    calendar_services.close_day(
        actor=System(), agency_id=agencies.home().pk, day=date(2026, 10, 5), name="HUT Banten", now=NOW
    )
    newest, *_ = calendars.versions()
    assert newest.reason == "2026-10-05: HUT Banten"
    assert newest.pk == calendars.current_version()
