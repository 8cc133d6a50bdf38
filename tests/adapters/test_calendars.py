"""Holidays out of the library, and the committed file that was made of them."""

from datetime import date

from tanggap import data
from tanggap.adapters import calendars
from tanggap.domain.reference import read_rows
from tanggap.domain.reference_rows import DayRow


def test_joint_leave_is_told_from_holidays_and_none_is_left_out():
    kinds = {row.day: row.kind for row in calendars.national_days([2020])}
    assert kinds[date(2020, 8, 20)] == "holiday"
    assert kinds[date(2020, 8, 21)] == "joint_leave"
    assert kinds[date(2020, 12, 31)] == "joint_leave"
    assert date(2020, 5, 22) not in kinds  # joint leave of Eid was moved to December that year


def test_each_day_says_where_it_comes_from_and_an_estimate_says_so():
    source = {row.day: row.source for row in calendars.national_days([2020, 2027])}
    assert source[date(2020, 7, 31)] == "SKB tiga menteri, hari libur nasional dan cuti bersama 2020"
    assert source[date(2020, 12, 9)] == "Keppres hari libur pemungutan suara 2020"
    assert source[date(2027, 3, 10)] == "Perkiraan untuk 2027, menunggu penetapan"


def test_the_committed_calendar_covers_2018_to_2027_and_is_what_the_library_says():
    committed = read_rows(DayRow, "holidays.csv", data.text("holidays.csv"))
    assert {row.day.year for row in committed} == set(range(2018, 2028))
    assert committed == calendars.national_days(range(2018, 2028))
