"""`./run deadline`: the oracles of the law's arithmetic, from the shipped reference data, by the command itself."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

ORACLES = [
    ("2020-06-26", "verify", "", False, "2020-07-01"),
    ("2020-06-27", "verify", "", False, "2020-07-01"),
    ("2020-07-01", "first_followup", "", False, "2020-07-08"),
    ("2020-07-10", "auto_close", "", False, "2020-07-24"),
    ("2020-07-01", "resolve", "complaint", False, "2020-07-21"),
    ("2020-07-01", "resolve", "complaint", True, "2020-09-29"),
    ("2020-07-01", "statutory_max", "", False, "2020-08-30"),
    ("2020-07-30", "verify", "", False, "2020-08-05"),
    ("2020-10-26", "verify", "", False, "2020-11-03"),
]


def _run(*arguments: str, **options: object) -> list[str]:
    out = io.StringIO()
    call_command("deadline", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(("start", "clock", "kind", "supervisory", "expected"), ORACLES)
def test_the_first_line_is_the_date_alone(start, clock, kind, supervisory, expected):
    lines = _run(start, clock, classification=kind, supervisory=supervisory)
    assert lines[0] == expected
    assert f"{expected}  " in lines[-1]


def test_each_day_that_is_skipped_is_named():
    lines = _run("2020-07-30", "verify")
    assert any("2020-07-31" in line and "not counted" in line and "weekend" not in line for line in lines)
    assert any("2020-08-01" in line and "weekend" in line for line in lines)


def test_a_batch_gives_one_date_a_line(tmp_path):
    path = tmp_path / "batch.csv"
    rows = ["start,clock,classification,supervisory,agency"]
    rows += [f"{start},{clock},{kind},{str(sup).lower()}," for start, clock, kind, sup, _ in ORACLES]
    rows.append("2022-03-01,verify,,,kab-tangerang")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert _run(batch=str(path)) == [*(oracle[4] for oracle in ORACLES), "2022-03-03"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2020-02-31", "verify"), "no day such as"),
        (("2020-06-26", "nap"), "There is no clock 'nap'"),
        (("2017-06-26", "verify"), "2018-12-01"),
        (("2020-06-26T10:00", "verify"), "no zone"),
        (("2020-06-26", "resolve"), "resolve"),
    ],
)
def test_a_wrong_question_is_answered_by_what_is_wrong_with_it(arguments, said):
    with pytest.raises(CommandError, match=said):
        _run(*arguments)


def test_what_is_counted_beyond_the_calendar_is_said_after_the_date():
    said = "no holidays are known after 2027-12-31: beyond it only weekends"
    for arguments in (("2035-01-01", "verify"), ("2027-12-30", "verify")):
        lines = _run(*arguments)
        assert date.fromisoformat(lines[0]).year > 2027
        assert any(said in line for line in lines[1:])
    for arguments in (("2027-12-01", "verify"), ("2035-01-01", "statutory_max")):
        assert said not in "\n".join(_run(*arguments)), "a day within it, and calendar days, are sure"


def test_a_line_of_a_batch_that_is_counted_beyond_the_calendar_is_named(tmp_path):
    path, err = tmp_path / "batch.csv", io.StringIO()
    path.write_text("start,clock,classification,supervisory,agency\n2020-06-26,verify,,,\n2027-12-30,verify,,,\n")
    assert len(_run(batch=str(path), stderr=err)) == 2
    assert err.getvalue().startswith("line 3: no holidays are known after 2027-12-31")


def test_an_unknown_agency_is_named_with_the_way_to_find_one():
    with pytest.raises(CommandError, match=r"There is no agency 'nope'\. Look for it at /instansi") as caught:
        _run("2020-06-26", "verify", agency="nope")
    assert "AND" not in str(caught.value)


def test_a_wrong_line_of_a_batch_is_named(tmp_path):
    path = tmp_path / "batch.csv"
    path.write_text("start,clock,classification,supervisory,agency\n2020-06-26,verify,,maybe,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line 2: supervisory"):
        _run(batch=str(path))
