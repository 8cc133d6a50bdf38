"""Pages read figures from sums, by a constant number of questions, and never learn of a secret report."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.figures import Silence
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.periods import Period
from tanggap.models import Agency, IndicatorCell, SignInDay
from tanggap.selectors import indicators
from tanggap.selectors.indicators import Scope
from tanggap.services import decrees, reports
from tanggap.services import indicators as folding
from tests import facts, make
from tests.rights import owning

pytestmark = pytest.mark.django_db
JULY = Period.named("2020-07")
CODES = ("volume", "followup_rate_v1", "verify_ontime", "resolve_median", "sla_rate", "resolve_distribution")


@pytest.fixture
def province() -> Scope:
    agency, unit = make.agency().pk, make.unit().pk
    facts.count(facts.row(agency, unit), 5)
    facts.count(facts.row(agency, status="unverified", family="unverified", verify_state="running", was_answered=False,
                resolve_state="none", resolve_days=None, verify_hours=None, was_assigned=False))  # fmt: skip
    facts.count(facts.row(agency, unit, is_secret=True))
    folding.fold(now=make.NOW)
    return Scope("agency", (str(agency),))


def test_the_figures_of_an_agency_print_their_formula_their_cases_and_their_interval(province):
    told = indicators.told(province, JULY, CODES)
    assert told["volume"].shown == 6
    rate = told["followup_rate_v1"]
    assert (rate.key, rate.numerator, rate.n, rate.shown) == ("followup_rate_v1@1", 5, 6, Decimal("83.33"))
    assert rate.low < rate.shown < rate.high
    assert told["resolve_median"].shown == 0
    assert told["resolve_distribution"].spread == (("0", 5),)
    assert indicators.computed_at() == make.NOW


def test_a_secret_report_is_in_no_figure_of_any_place(province):
    for scope in (province, Scope(), Scope("unit", (str(make.unit().pk),)), Scope("province", ("36",))):
        assert indicators.told(scope, JULY, ["volume"])["volume"].n <= 6, scope
    assert indicators.told(Scope(), JULY, ["volume"])["volume"].n == 6


def test_days_are_told_of_agencies_and_whole_months_of_all_else(province):
    first = Period(date(2020, 7, 1), date(2020, 7, 1))
    other = Period(date(2020, 7, 2), date(2020, 7, 30))
    assert indicators.told(province, first, ["volume"])["volume"].n == 6
    assert indicators.told(province, other, ["volume"])["volume"].n == 0
    unit = Scope("unit", (str(make.unit().pk),))
    assert indicators.told(unit, other, ["volume"])["volume"].n == 5
    assert indicators.covered(unit, other) == JULY
    assert indicators.covered(province, other) == other


def test_a_month_without_reports_is_in_the_series_and_an_agency_with_one_report_says_how_few(province):
    months = indicators.series(province, Period(date(2020, 5, 1), date(2020, 8, 31)), CODES)
    assert list(months) == ["2020-05", "2020-06", "2020-07", "2020-08"]
    assert months["2020-05"]["volume"].shown == 0
    assert months["2020-05"]["sla_rate"].silence == Silence.NO_CASES
    lebak = Scope("agency", (str(make.agency("kab-lebak").pk),))
    facts.count(facts.row(int(lebak.places[0])))
    figure = indicators.told(lebak, JULY, ["sla_rate"])["sla_rate"]
    assert (figure.n, figure.shown, figure.silence) == (1, None, Silence.TOO_FEW)


def test_a_comparison_ranks_who_has_enough_cases_and_lists_the_others_apart(province):
    key = province.places[0]
    others = [str(pk) for pk in Agency.objects.filter(kind="regency").order_by("pk").values_list("pk", flat=True)[:3]]
    cell = IndicatorCell.objects.get(kind="agency", place=key, period="2020-07")
    many = {name: 40 * number for name, number in cell.tally.items()}
    IndicatorCell.objects.create(kind="agency", place=others[0], period="2020-07", tally=many)
    rows = indicators.comparison("agency", [key, *others], JULY, ["followup_rate_v1"])
    assert (rows[0].place, rows[0].rank) == (others[0], 1)
    assert {row.place: row.rank for row in rows[1:]} == {key: None, others[1]: None, others[2]: None}
    assert rows[0].band == 30
    assert rows[0].figures["volume"].n == 240
    assert indicators.ranked("followup_rate_v1", rows)[0].key == others[0]
    with pytest.raises(ValueError, match="resolve_median"):
        indicators.comparison("agency", [key], JULY, ["resolve_median"])


def test_the_number_of_questions_does_not_grow_with_places_and_months(province):
    agencies = [str(pk) for pk in Agency.objects.order_by("pk").values_list("pk", flat=True)]
    year = Period(date(2019, 8, 14), date(2020, 8, 13))
    for places, period in ((agencies[:1], JULY), (agencies, year)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            indicators.comparison("agency", places, period, ["followup_rate_v1"])
            indicators.series(province, period, CODES)
            indicators.told(Scope("agency", tuple(places)), period, CODES)
        assert len(asked) == 6
        assert not any("tanggap_report" in one["sql"] for one in asked)


def test_an_agency_is_connected_by_a_decree_and_active_by_an_admin_who_was_there():
    ids = [make.agency().pk, make.agency("kab-lebak").pk]
    on = make.NOW.date()
    before = indicators.of_agencies(ids, on)
    assert (before["connectedness"].numerator, before["activity"].numerator) == (0, 0)
    admin = make.agency_admin()
    said = decrees.NewDecree(
        number="800/1", signer="Gubernur", issued_on=on, valid_from=on, valid_to=None, covers_agency=True
    )
    decrees.enter(actor=admin, agency_id=ids[0], said=said, now=make.NOW)
    SignInDay.objects.create(user_id=admin.user_id, day=on - timedelta(days=29))
    found = indicators.of_agencies(ids, on)
    assert found["connectedness"].shown == found["activity"].shown == Decimal("50.00")
    assert indicators.of_agencies(ids, on + timedelta(days=1))["activity"].numerator == 0
    indexes, ranks = indicators.index(ids, JULY, on)
    assert indexes[ids[0]].figure.shown == 1
    assert ranks[ids[0]].rank == 1


def test_an_agency_that_ended_in_the_period_keeps_its_figures(province):
    with owning():
        Agency.objects.filter(pk=int(province.places[0])).update(valid_to=date(2020, 7, 15), name="Nama lain")
    (row,) = indicators.comparison("agency", province.places, JULY, ["volume"])
    assert row.figures["volume"].n == 6
    assert indicators.of_agencies([int(row.place)], date(2020, 7, 15))["activity"].n == 1
    assert indicators.of_agencies([int(row.place)], date(2020, 7, 16))["activity"].n == 0


def test_a_report_that_is_given_to_another_agency_counts_where_it_is_and_where_it_was_verified(province):
    report = make.report(status=Status.ASSIGNED)
    there = make.agency_admin("kab-lebak")
    offered = replace(make.SAYING, text="Jalan ini jalan kabupaten.", agency_id=there.agency_id)
    reports.act(actor=make.agency_admin(), number=report.number, action=Action.TRANSFER, move=offered, now=make.NOW)
    make.act(report, Action.ACCEPT_TRANSFER, actor=there)
    folding.fold(now=make.NOW)
    lebak = Scope("agency", (str(there.agency_id),))
    assert indicators.told(lebak, JULY, ["volume"])["volume"].n == 1
    assert indicators.told(lebak, JULY, ["verify_ontime"])["verify_ontime"].n == 0
    assert indicators.told(province, JULY, ["verify_ontime"])["verify_ontime"].n == 6
