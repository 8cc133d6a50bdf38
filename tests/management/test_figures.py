"""The command that computes figures from the events, as they were known at any moment."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tanggap.domain.intake import ReportChannel
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.periods import Period
from tanggap.selectors import as_known, case_facts
from tanggap.selectors import indicators as sums
from tanggap.selectors.indicators import Scope
from tanggap.services import indicators
from tests import make

pytestmark = pytest.mark.django_db
JULY = Period.named("2020-07")
LATER = make.NOW + timedelta(days=40)  # times have run out by then


def _figures(*arguments: str, now: datetime = LATER) -> dict[str, dict[str, str]]:
    said = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("figures", *arguments, stdout=said)
    said.seek(0)
    return {row["formula"]: row for row in csv.DictReader(said)}


def _scopes() -> list[Scope]:
    own = [Scope("agency", (str(make.agency(slug).pk),)) for slug in ("pemprov-banten", "kab-lebak")]
    area = [Scope("province", ("36",)), Scope("regency", ("36.01",)), Scope("district", ("36.01.02",))]
    return [Scope(), *own, Scope("unit", (str(make.unit().pk),)), *area, Scope("category", (make.category(),))]


def test_figures_as_of_now_are_the_sums_of_the_pages_to_the_digit(monkeypatch):
    monkeypatch.setattr(case_facts, "CHUNK", 3)
    for status in Status:
        make.report(status=status)
    make.report(status=Status.CLOSED, is_confidential=True, is_anonymous=True)
    make.submit(now=make.NOW + timedelta(days=35))  # of another month
    for now in (make.NOW, LATER):
        indicators.fold(now=now)  # at first those of today that are not public are counted by neither
        for period in (JULY, Period.named("2020"), Period.named("2020-06")):
            for scope in _scopes():
                found = as_known.told(scope, period, at=now)
                assert found == sums.told(scope, period, found), (scope, period, now)
    assert sums.told(Scope(), JULY, ["overdue_open"])["overdue_open"].n > 0, "or nothing was shown by this"


def test_figures_as_of_an_earlier_moment_do_not_know_what_was_written_down_later():
    report = make.report(status=Status.IN_PROGRESS)
    make.report(status=Status.ANSWERED)
    then = make.NOW + timedelta(hours=1)
    before = _figures("--period", "2020-07", "--as-of", then.isoformat())
    make.act(report, Action.ANSWER, now=make.NOW + timedelta(days=2))
    # A letter that came in time and was typed in weeks later: of the same month, and not known then.
    make.submit(now=LATER - timedelta(days=5), channel=ReportChannel.LETTER, received_at=make.NOW)
    assert _figures("--period", "2020-07", "--as-of", then.isoformat()) == before
    now = _figures("--period", "2020-07")
    changed = {key: (before[key]["numerator"], row["numerator"], row["n"]) for key, row in now.items()}
    assert changed["volume@1"] == ("2", "3", "3")
    assert changed["followup_rate_v2@1"] == ("1", "2", "3")
    assert before["status_distribution@1"]["spread"] == "in_progress=2"
    assert now["status_distribution@1"]["spread"] == "in_progress=2 unverified=1"
    assert set(before) == set(now)


def test_a_moment_is_meant_in_the_zone_of_the_agency_and_an_office_or_area_can_be_asked_for():
    make.report(status=Status.ANSWERED)  # at 10:00 where the agency is
    (early, late) = (
        _figures("--period", "2020", "--agency", "pemprov-banten", "--as-of", f"2020-07-01T{clock}")["volume@1"]
        for clock in ("09:59", "10:00")
    )
    assert (early["n"], late["n"]) == ("0", "1")
    assert late["as_of"] == "2020-07-01T10:00:00+07:00"
    assert late["scope"] == "pemprov-banten"
    for asked in (("--agency", "pemprov-banten/dpupr"), ("--area", "36.01"), ("--category", make.category())):
        assert _figures("--period", "2020-07", *asked)["volume@1"]["n"] == "1", asked
    assert _figures("--period", "2020-07", "--agency", "kab-lebak")["volume@1"]["n"] == "0"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--period", "2020-13"), "no month"),
        (("--period", "2020-07/2020-06"), "ends before"),
        (("--period", "0001"), "not between"),
        (("--period", "2020-12/2021-01"), "not between"),
        (("--period", "2020-07", "--as-of", "kemarin"), "no moment"),
        (("--period", "2020-07", "--as-of", "0001-01-01"), "Nothing was known"),
        (("--period", "2020-07", "--as-of", "2999-01-01"), "has not come"),
        (("--period", "2020-07", "--agency", "tidak-ada"), "no agency"),
        (("--period", "2020-07", "--agency", "pemprov-banten/tidak-ada"), "no agency"),
        (("--period", "2020-07", "--area", "99"), "no area"),
        (("--period", "2020-07", "--area", "36.01.02.2003"), "no area"),
        (("--period", "2020-07", "--category", "tidak-ada"), "no category"),
    ],
)
def test_what_is_asked_wrongly_is_said(arguments, word):
    with pytest.raises(CommandError, match=word):
        _figures(*arguments, now=datetime(2020, 8, 1, tzinfo=UTC))
