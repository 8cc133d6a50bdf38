"""What was written down is folded into the figures, once, and counting anew from the events gives the same digits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tanggap.domain import case_facts, rollups
from tanggap.domain.actors import Reporter
from tanggap.domain.case_facts import restored
from tanggap.domain.figures import Silence
from tanggap.domain.handover import Part
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.periods import Period
from tanggap.models import Deadline, IndicatorCell, IndicatorDue, IndicatorFact, IndicatorState, SecretCell
from tanggap.selectors import case_facts as facts_selectors
from tanggap.selectors import formulas
from tanggap.selectors import indicators as selectors
from tanggap.selectors.indicators import Scope
from tanggap.services import indicator_recount, indicators
from tests import make

pytestmark = pytest.mark.django_db
MONTH = "2020-07"
TOMORROW = make.NOW + timedelta(days=1)


def _fold(now: datetime = make.NOW) -> int:
    return indicators.fold(now=now)


def _facts(report) -> case_facts.CaseFacts:
    return restored(IndicatorFact.objects.get(pk=report.pk).facts)


def _tally(kind: str = "nation", place: object = "", period: str = MONTH) -> dict[str, int]:
    cell = IndicatorCell.objects.filter(kind=kind, place=str(place), period=period).first()
    return cell.tally if cell else {}


def _figure(code: str, *args: object, **kwargs: object):
    return rollups.figure(formulas.newest()[code], _tally(*args, **kwargs), on=make.NOW.date())


def _differences(now: datetime = make.NOW) -> list[str]:
    found = [indicator_recount.check_reports(span, now=now)[1] for span in indicator_recount.spans()]
    return [said for said in found + [indicator_recount.check_month(month) for month in indicators.months()] if said]


@pytest.fixture
def reports():
    made = {status: make.report(status=status) for status in (Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED)}
    _fold()
    return made


def test_every_report_is_counted_and_counting_anew_from_its_events_gives_the_same():
    made = [make.report(status=status) for status in Status]
    _fold(TOMORROW)
    assert IndicatorDue.objects.count() == 0
    parts = IndicatorFact.objects.filter(facts__is_part=True).count()
    divided = IndicatorFact.objects.filter(facts__is_divided=True).count()
    assert (divided, parts) == (1, 2)
    assert _figure("volume").n == len(made) - divided + parts == IndicatorFact.objects.count() - 1
    assert _figure("volume", "agency", make.agency().pk).n <= _figure("volume").n
    assert _figure("volume", "unit", make.unit().pk).n > 0
    public = IndicatorFact.objects.filter(facts__was_public=True).exclude(facts__has_key="is_divided").count()
    assert _figure("volume", "regency", "36.01").n == public
    assert 0 < public < _figure("volume", "nation", "", "2020-07-01").n
    assert _figure("archive_rate").numerator == 1
    assert _differences(TOMORROW) == []
    assert _fold(TOMORROW) == 0
    # The stored clocks, which are read for now, say what a replay says, which is read for the past.
    for pk, number, events, clocks in facts_selectors.chains_with_clocks([report.pk for report in made]):
        for at in (make.NOW, make.NOW + timedelta(days=400)):
            stored = facts_selectors.reading(number, events, clocks, at=at)
            assert stored == facts_selectors.reading(number, events, at=at), pk


def test_an_act_moves_the_report_from_one_count_to_the_other(reports):
    report = reports[Status.ANSWERED]
    before, counted = _figure("followup_rate_v3").numerator, _figure("volume").n
    make.act(report, Action.CONFIRM_DONE)
    assert _fold() == 1
    assert _figure("followup_rate_v3").numerator == before + 1
    assert _figure("volume").n == counted
    assert _differences() == []


def test_time_alone_makes_a_report_late_without_any_event():
    report = make.submit()
    _fold(TOMORROW)
    assert _facts(report).verify_state == "running"
    due = IndicatorFact.objects.get(pk=report.pk).changes_at
    assert _fold(due) == 0
    assert _fold(due + timedelta(seconds=1)) == 1
    assert _facts(report).verify_state == "late"
    assert _figure("overdue_open").n == 1
    assert _differences(due + timedelta(seconds=1)) == []


def test_a_report_that_becomes_secret_leaves_every_public_count_and_stands_in_the_exact_one():
    report = make.report(status=Status.ASSIGNED)
    _fold()
    assert _figure("volume").n == 1
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
    _fold()
    assert IndicatorCell.objects.count() == 0
    assert {cell.kind for cell in SecretCell.objects.all()} == {"nation", "agency", "unit"}
    assert _differences() == []


def test_what_was_never_public_is_told_by_the_office_and_of_no_smaller_place():
    report = make.submit()
    _fold(TOMORROW)
    assert {cell.kind for cell in IndicatorCell.objects.all()} == {"nation", "agency"}
    make.act(report, Action.VERIFY_AND_ASSIGN)
    _fold(TOMORROW)
    kinds = {cell.kind for cell in IndicatorCell.objects.all()}
    assert kinds > {"nation", "agency", "unit", "district", "category", "channel"}


def test_a_hand_over_to_the_ombudsman_is_told_of_the_nation_alone(reports):
    report = reports[Status.IN_PROGRESS]
    later = make.NOW + timedelta(days=90)
    make.act(report, Action.ESCALATE_OMBUDSMAN, actor=Reporter(report.pk), now=later, consent=tuple(Part))
    _fold(later)
    assert _figure("ombudsman_rate").numerator == 1
    key = formulas.newest()["ombudsman_rate"].numerator_key
    assert set(IndicatorCell.objects.filter(tally__has_key=key).values_list("kind", flat=True)) == {"nation"}
    told = selectors.told(Scope("agency", (str(make.agency().pk),)), Period.named(MONTH), ["ombudsman_rate", "volume"])
    assert told["volume"].n == len(reports)
    assert (told["ombudsman_rate"].n, told["ombudsman_rate"].silence) == (0, Silence.UNTOLD)


def test_a_report_that_cannot_be_read_is_left_for_the_next_round_and_stops_nobody():
    good, bad = make.submit(), make.submit()
    Deadline.objects.filter(report=bad).update(pauses=[{}])
    _fold(TOMORROW)
    assert list(IndicatorFact.objects.values_list("pk", flat=True)) == [good.pk]
    assert list(IndicatorDue.objects.values_list("report_id", flat=True)) == [bad.pk]
    Deadline.objects.filter(report=bad).update(pauses=[])
    _fold(TOMORROW)
    assert _figure("volume").n == 2
    assert _differences(TOMORROW) == []


def test_what_came_today_is_counted_when_it_is_public_or_the_day_is_over_and_never_the_moment_it_comes():
    _waiting, verified = make.submit(now=make.NOW), make.submit(now=make.NOW)
    midnight = datetime(2020, 7, 1, 17, 0, tzinfo=UTC)  # in Banten
    for moment in (make.NOW, midnight - timedelta(seconds=1)):
        _fold(moment)
        assert (IndicatorFact.objects.count(), IndicatorCell.objects.count()) == (0, 0)
    make.act(verified, Action.VERIFY_AND_ASSIGN)
    _fold(midnight - timedelta(seconds=1))
    assert list(IndicatorFact.objects.values_list("pk", flat=True)) == [verified.pk]
    assert _figure("volume").n == 1
    for span in indicator_recount.spans():
        indicator_recount.write_reports(span, now=midnight - timedelta(seconds=1))
    assert list(IndicatorFact.objects.values_list("pk", flat=True)) == [verified.pk], "nor does counting anew tell it"
    assert indicators.are_behind(now=midnight), "no month is closed without what came on its last day"
    _fold(midnight)
    assert _figure("volume").n == 2
    assert not indicators.are_behind(now=midnight)
    assert IndicatorDue.objects.count() == 0
    assert _differences(midnight) == []


def test_a_fold_goes_on_while_few_reports_of_many_events_fill_a_batch():
    made = [make.report(status=Status.CLOSED) for _ in range(3)]
    assert IndicatorDue.objects.count() > 3 * len(made)
    indicators.fold(now=make.NOW, batch=4)
    assert (IndicatorDue.objects.count(), IndicatorFact.objects.count()) == (0, len(made))


def test_changed_formulas_count_everything_anew_from_the_facts(reports):
    IndicatorCell.objects.filter(kind="nation").delete()
    IndicatorState.objects.update(formulas="of another release")
    _fold()
    assert _figure("volume").n > 0
    assert _differences() == []


def test_the_command_names_the_first_difference_and_ends_with_one(reports):
    cell = IndicatorCell.objects.get(kind="nation", period=MONTH)
    key = next(iter(sorted(cell.tally)))
    cell.tally[key] += 1
    cell.save(update_fields=["tally"])
    (said,) = _differences()
    assert said.startswith(f"nation {MONTH}: {key} is stored as")
    fact = IndicatorFact.objects.get(pk=reports[Status.CLOSED].pk)
    fact.facts["rating"] = 1
    fact.save(update_fields=["facts"])
    assert any(reports[Status.CLOSED].number in said for said in _differences())
    for span in indicator_recount.spans():
        indicator_recount.write_reports(span, now=make.NOW)
    indicator_recount.write_month(MONTH)
    assert _differences() == []


def test_facts_as_known_earlier_do_not_know_what_came_later(reports):
    then = datetime(2020, 7, 1, 3, 0, tzinfo=UTC)
    found = list(facts_selectors.as_of(date(2020, 7, 1), date(2020, 7, 31), at=then))
    assert len(found) == IndicatorFact.objects.count()
    answered = make.NOW + timedelta(days=1)
    make.act(reports[Status.IN_PROGRESS], Action.ANSWER, now=answered)
    assert list(facts_selectors.as_of(date(2020, 7, 1), date(2020, 7, 31), at=then)) == found
    later = facts_selectors.as_of(date(2020, 7, 1), date(2020, 7, 31), at=answered)
    assert sum(one.was_answered for one in later) == sum(one.was_answered for one in found) + 1
    assert list(facts_selectors.as_of(date(2020, 6, 1), date(2020, 6, 30), at=make.NOW)) == []


def test_facts_that_were_read_in_another_way_are_read_anew(reports, monkeypatch):
    assert _fold() == 0
    monkeypatch.setattr(case_facts, "VERSION", case_facts.VERSION + 1)
    assert _fold() == len(reports)
    assert set(IndicatorFact.objects.values_list("version", flat=True)) == {case_facts.VERSION}
    assert _differences() == []
    assert _fold() == 0
