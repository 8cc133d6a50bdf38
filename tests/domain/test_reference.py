"""A bad row is named with file and line; a good one becomes typed values."""

from datetime import date

import pytest

from tanggap.domain.reference import BadRowsError, Change, Problem, columns_of, read_rows
from tanggap.domain.reference_rows import AgencyRow, CategoryRow, DayRow, GroupRow, LimitRow, PointRow

DAYS = "day,name,kind,source\n"


def test_a_row_becomes_typed_values_and_remembers_its_line():
    rows = read_rows(DayRow, "holidays.csv", DAYS + "2020-07-31,Hari Raya Idul Adha,holiday,SKB\n")
    assert rows == [DayRow(2, date(2020, 7, 31), "Hari Raya Idul Adha", "holiday", "SKB")]


def test_non_breaking_and_doubled_spaces_become_single_ones():
    (row,) = read_rows(DayRow, "holidays.csv", DAYS + "2020-07-31,Hari\u00a0Raya  Idul Adha ,holiday,SKB\n")
    assert row.name == "Hari Raya Idul Adha"


def test_every_bad_line_is_named_at_once():
    text = DAYS + "2020-02-30,Tanggal,holiday,SKB\n2020-07-31,,feast,SKB\n2020-08-17,Kemerdekaan\n"
    with pytest.raises(BadRowsError) as caught:
        read_rows(DayRow, "holidays.csv", text)
    assert str(caught.value).splitlines() == [
        "holidays.csv:2: day: '2020-02-30' is not a date (YYYY-MM-DD)",
        "holidays.csv:3: kind: 'feast' is not one of holiday, joint_leave",
        "holidays.csv:3: name: it is empty",
        "holidays.csv:4: 2 cells instead of 4",
    ]


def test_a_cell_over_two_lines_is_named_by_the_line_on_which_the_row_ends():
    with pytest.raises(BadRowsError) as caught:
        read_rows(DayRow, "holidays.csv", DAYS + '2020-07-31,"Hari\nRaya",feast,SKB\n')
    assert caught.value.problems[0].line == 3


@pytest.mark.parametrize("text", ["", "\n", "name,day,kind,source\n", "day,name,kind\n"])
def test_a_wrong_header_is_a_bad_first_line(text):
    with pytest.raises(BadRowsError, match=r"holidays.csv:1: the header must be day,name,kind,source"):
        read_rows(DayRow, "holidays.csv", text)


POINT = "36.01,-6.3,106.1,2747.1,1308000"
AGENCY = "kab-x,Pemerintah Kabupaten X,Pemkab X,regency,36.01,Asia/Jakarta,,,,no,kemendagri,2018-01-01,"
CATEGORY = "jalan.lubang,Jalan berlubang,,jalan,jalan,,2018-01-01,,regency,no,no"
LIMIT = "p,verify,,,3,wd,Ps 1,Permen,2018-12-01"
GROUP = "jalan,Jalan,Roads,1"


@pytest.mark.parametrize(
    ("row", "line"),
    [(PointRow, POINT), (AgencyRow, AGENCY), (CategoryRow, CATEGORY), (LimitRow, LIMIT), (GroupRow, GROUP)],
)
def test_the_patterns_of_good_rows_are_read(row, line):
    assert len(read_rows(row, "x.csv", ",".join(columns_of(row)) + "\n" + line + "\n")) == 1


@pytest.mark.parametrize(
    ("row", "line", "words"),
    [
        (PointRow, POINT.replace("36.01", "3601"), "code: '3601' is not an area code"),
        (PointRow, POINT.replace("-6.3", "51.5"), "lat: 51.5 is not between -12.0 and 7.0"),
        (PointRow, POINT.replace("-6.3", "nan"), "lat: nan is not between -12.0 and 7.0"),
        (PointRow, POINT.replace("106.1", "east"), "lng: 'east' is not a number"),
        (PointRow, POINT.replace("1308000", "-1"), "population: '-1' is not a whole number"),
        (AgencyRow, AGENCY.replace("kab-x", "Kab X"), "slug: 'Kab X' is not a slug"),
        (AgencyRow, AGENCY.replace("regency", "county"), "kind: 'county' is not one of national, ministry"),
        (AgencyRow, AGENCY.replace("Asia/Jakarta", "UTC"), "timezone: 'UTC' is not one of Asia/Jakarta"),
        (AgencyRow, AGENCY.replace(",no,", ",maybe,"), "is_synthetic: 'maybe' is neither yes nor no"),
        (CategoryRow, CATEGORY.replace("regency", "village"), "default_authority: 'village' is not one of national"),
        (LimitRow, LIMIT.replace("verify", "verifying"), "clock: 'verifying' is not one of verify"),
        (LimitRow, LIMIT.replace(",3,", ",0,"), "count: it must be 1 or more"),
        (LimitRow, LIMIT.replace(",3,", ",three,"), "count: 'three' is not a whole number"),
        (LimitRow, LIMIT.replace(",wd,", ",weeks,"), "unit: 'weeks' is not one of wd, cd, hour"),
        (LimitRow, LIMIT.replace("Ps 1", ""), "article: it is empty"),
        (GroupRow, GROUP.replace("Roads", ""), "name_en: it is empty"),
    ],
)
def test_a_bad_cell_is_named_with_its_column_and_what_is_wrong(row, line, words):
    with pytest.raises(BadRowsError) as caught:
        read_rows(row, "x.csv", ",".join(columns_of(row)) + "\n" + line + "\n")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("x.csv", 2)
    assert problem.words.startswith(words)


def test_problems_are_told_in_the_order_of_files_and_lines():
    problems = [Problem("b.csv", 1, "x"), Problem("a.csv", 10, "x"), Problem("a.csv", 2, "x")]
    assert str(BadRowsError(problems)).splitlines() == ["a.csv:2: x", "a.csv:10: x", "b.csv:1: x"]


def test_a_change_is_nothing_when_no_row_moved():
    assert Change("areas", unchanged=5, kept=1).is_nothing
    assert not Change("areas", retired=1).is_nothing
