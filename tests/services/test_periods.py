"""What was published of a closed period stays with its checksum; a correction is a version beside it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from tanggap.domain.actors import Evaluator
from tanggap.domain.lifecycle import Status
from tanggap.domain.periods import Period
from tanggap.models import FrozenFigures, FrozenPeriod, IndicatorDue, PeriodDue, SecretCount
from tanggap.selectors import exact_indicators, frozen, indicators
from tanggap.selectors.indicators import Scope
from tanggap.services import calendars, periods, recomputation
from tanggap.services import indicators as folding
from tests import facts, make
from tests.rights import owning

pytestmark = pytest.mark.django_db
AUGUST = datetime(2020, 8, 1, 1, 0, tzinfo=UTC)
JULY = Period.named("2020-07")


def test_a_month_is_closed_once_it_is_over_and_keeps_what_was_published():
    make.report(status=Status.ANSWERED)
    folding.fold(now=make.NOW)
    assert periods.close(now=make.NOW) == []
    with pytest.raises(ValueError, match="not over"):
        periods.close_one("2020-07", reason="", now=make.NOW)
    IndicatorDue.objects.bulk_create(IndicatorDue(report_id=0) for _ in range(folding.BATCH + 1))
    assert periods.close(now=AUGUST) == []  # not while the folding is behind
    folding.fold(now=make.NOW)
    assert periods.close(now=AUGUST) == ["2020-07 v1"]
    assert periods.close(now=AUGUST) == []
    told = frozen.figures("2020-07", "agency", str(make.agency().pk))
    assert told["volume"] == {"version": 1, "n": 1, "value": "1", "numerator": 1}
    assert told["sla_rate"] == {"version": 1, "n": 1, "value": None, "silence": "too_few", "numerator": 1}
    assert frozen.is_intact(frozen.versions("2020-07")[0])
    with pytest.raises(frozen.NotFoundError):
        frozen.figures("2020-06", "nation", "")


def test_what_comes_later_into_a_closed_month_makes_the_next_version_with_the_next_closing():
    make.report(status=Status.ANSWERED)
    folding.fold(now=make.NOW)
    periods.close(now=AUGUST)
    make.submit(now=make.NOW)
    folding.fold(now=AUGUST)
    assert list(PeriodDue.objects.values_list("period", "reason")) == [("2020-07", "late")]
    september = datetime(2020, 9, 1, 1, 0, tzinfo=UTC)
    assert periods.close(now=september) == ["2020-08 v1", "2020-07 v2"]
    assert frozen.figures("2020-08", "nation", "")["volume"]["n"] == 0  # a month without reports
    assert frozen.figures("2020-07", "nation", "")["volume"]["n"] == 2
    assert frozen.figures("2020-07", "nation", "", version=1)["volume"]["n"] == 1
    assert all(frozen.is_intact(row) for row in FrozenPeriod.objects.all())
    assert periods.close_one("2020-07", reason="once more", now=september) == ""


def test_a_calendar_that_is_corrected_afterwards_asks_for_a_new_version():
    make.report(status=Status.ASSIGNED)
    folding.fold(now=make.NOW)
    periods.close(now=AUGUST)
    calendars.close_day(
        actor=make.agency_admin(), agency_id=make.agency().pk, day=date(2020, 8, 5), name="Banjir", now=AUGUST
    )
    calendars.override_day(
        actor=make.national_admin(), agency_id=None, day=date(2020, 7, 7), kind="joint_leave", name="x", now=make.NOW
    )
    recomputation.recompute(now=make.NOW)
    folding.fold(now=AUGUST)
    assert list(PeriodDue.objects.values_list("period", "reason")) == [("2020-07", "calendar")]


def test_nothing_that_was_published_can_be_changed_or_removed():
    folding.fold(now=make.NOW)
    facts.count(facts.row(make.agency().pk))
    version = periods.close_one("2020-07", reason="", now=AUGUST)
    assert version == "2020-07 v1"
    row = FrozenPeriod.objects.get()
    for statement in (lambda: row.figures.all().delete(), lambda: FrozenPeriod.objects.update(checksum="0" * 64)):
        with owning(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            statement()
    kept = FrozenFigures.objects.filter(frozen=row).first()
    kept.pk, kept.place, kept.kind = None, "999", "unit"
    kept.save(force_insert=True)
    assert not frozen.is_intact(row)


def test_secret_reports_are_told_by_agency_from_five_on_and_else_one_tier_up():
    banten, lebak, serang = (make.agency(slug).pk for slug in ("pemprov-banten", "kab-lebak", "kab-serang"))
    for agency, closed, waiting in ((banten, 7, 2), (lebak, 3, 1), (serang, 4, 1)):
        facts.count(facts.row(agency, is_secret=True, status="closed", family="closed"), closed)
        facts.count(facts.row(agency, is_secret=True, family="pending"), waiting)
    facts.count(facts.row(banten))
    make.submit(now=make.NOW)
    folding.fold(now=make.NOW)
    assert SecretCount.objects.count() == 0  # not while the month goes on
    folding.fold(now=AUGUST)
    periods.close(now=AUGUST)
    assert indicators.secret_counts("agency", [str(banten), str(lebak)], JULY) == {str(banten): {"closed": 7}}
    assert indicators.secret_counts("province", ["36"], JULY) == {"36": {"closed": 7}}
    assert indicators.secret_counts("nation", [""], JULY) == {}  # four that wait are told nowhere
    scope = Scope("agency", (str(lebak), str(banten)))
    assert indicators.told(scope, JULY, ["volume"])["volume"].n == 2


def test_the_exact_count_is_seen_by_who_evaluates_the_agency_and_by_nobody_else():
    agency = make.agency().pk
    facts.count(facts.row(agency, make.unit().pk, is_secret=True), 3)
    facts.count(facts.row(agency, make.unit().pk), 2)
    scopes = [Scope("agency", (str(agency),)), Scope("unit", (str(make.unit().pk),))]
    asked = {"period": JULY, "codes": ["volume"], "on": JULY.last}
    for viewer in (Evaluator(1, 2, frozenset({agency})), make.national_admin(), make.agency_admin(), make.head()):
        for scope in scopes:
            assert exact_indicators.told(viewer=viewer, scope=scope, **asked)["volume"].n == 5
    others = [Evaluator(1, 2, frozenset()), make.agency_admin("kab-lebak"), make.liaison(), make.overseer()]
    others += [make.head("dpupr"), make.ombudsman(), make.regional_overseer()]
    for viewer in others:
        for scope in scopes:
            with pytest.raises(exact_indicators.NotFoundError):
                exact_indicators.told(viewer=viewer, scope=scope, **asked)
    with pytest.raises(exact_indicators.NotFoundError):
        exact_indicators.told(viewer=make.national_admin(), scope=Scope("category", ("jalan",)), **asked)
    assert indicators.told(scopes[0], JULY, ["volume"])["volume"].n == 2
