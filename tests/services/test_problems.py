"""A problem that comes again is found from published reports, gets cause and plan, and is measured after it."""

import json
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import ProgrammingError, transaction

from tanggap.adapters.outbound import recap_words
from tanggap.domain import problems as domain
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.problems import Act, Fault, State
from tanggap.domain.recaps import Stretch, mark
from tanggap.models import Problem, ProblemAct, Publication
from tanggap.selectors import problems as selectors
from tanggap.selectors import published_problems, recap_figures
from tanggap.selectors.recap_figures import Wanted
from tanggap.services import indicators as folding
from tanggap.services import problems
from tanggap.services.problems import ProblemError
from tests import make
from tests.make import DAY, NOW

TODAY = NOW.date()
DONE = TODAY + 30 * DAY
LATER = NOW + timedelta(days=120)


def refused(fault):
    return pytest.raises(ProblemError, match=f"^{fault.value}$")


def planned(actor, row, now=NOW, done_on=DONE):
    return problems.plan(actor=actor, number=row.pk, cause="Tanah labil.", text="Cor ulang.", done_on=done_on, now=now)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Six published reports of DPUPR, one category, one district; one of them is made secret by a test."""
    with django_db_blocker.unblock(), transaction.atomic():
        admin = make.agency_admin()
        problems.set_rule(actor=admin, least=5, months=3, now=NOW)
        reports = [make.report(status=Status.ASSIGNED) for _n in range(6)]
        yield admin, reports
        transaction.set_rollback(True)


@pytest.fixture
def found(world, db):
    assert problems.find(now=NOW) == 1
    return Problem.objects.get()


def test_the_job_finds_it_once_and_counts_published_reports_alone(world, found):
    _admin, reports = world
    assert (found.unit, found.category_id, found.count, found.state) == (make.unit(), make.category(), 6, State.OPEN)
    assert found.district_id == make.village().rpartition(".")[0]
    assert problems.find(now=NOW) == 0
    assert (Problem.objects.count(), found.acts.count()) == (1, 1)
    for report in reports[:2]:
        make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
    assert [row.count for row in published_problems.list_(agency_id=None, before=None, size=9)] == [6]
    problems.find(now=NOW)
    found.refresh_from_db()
    assert (found.count, found.counts["2020-07"]) == (4, [4, 4])
    assert published_problems.list_(agency_id=None, before=None, size=9) == [], "below five nothing is public"


def test_a_recap_tells_it_with_its_plan_but_no_cause_once_it_was_found(found):
    planned(make.liaison(), found)
    folding.fold(now=LATER)
    july, june = (
        recap_figures.gather(Wanted(make.agency(), Stretch.named(name), LATER)) for name in ("2020-07", "2020-06")
    )
    (section,) = (one for one in recap_words.document(july, mark(july)).sections if one.key == "berulang")
    (row,) = section.blocks[0].rows
    names = [found.category.name, found.district.name, make.unit().name]
    assert [cell.text for cell in row] == [*names, "6", "Cor ulang.", "31 Juli 2020"]
    assert "Tanah labil." not in json.dumps(july), "why it comes again is read by the office and who looks after it"
    assert june["problems"] == []


@pytest.mark.usefixtures("world")
def test_below_the_rule_of_the_agency_nothing_is_found(db):
    problems.set_rule(actor=make.agency_admin(), least=7, months=3, now=NOW)
    assert problems.find(now=NOW) == 0
    problems.set_rule(actor=make.agency_admin(), least=6, months=1, now=NOW)
    assert problems.find(now=NOW) == 1


def test_a_rule_is_set_by_admins_within_bounds_and_stays(world, db):
    admin, _reports = world
    for least, months in ((4, 3), (10, 0), (10, 13), (1001, 3)):
        with refused(Fault.OUT_OF_RANGE):
            problems.set_rule(actor=admin, least=least, months=months, now=NOW)
    with refused(Fault.NOT_ALLOWED):
        problems.set_rule(actor=make.liaison(), least=10, months=3, now=NOW)
    rule = problems.set_rule(actor=make.national_admin(), least=20, months=2, now=NOW)
    assert (selectors.rules().of(admin.agency_id), selectors.rules().of(0)) == ((5, 3), (20, 2))
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(rule).objects.filter(pk=rule.pk).update(least=5)


def test_the_office_answers_and_nobody_else_does(found):
    strangers = (make.liaison("dindikbud"), make.unit_admin(), make.head("dpupr"), make.overseer(), make.evaluator())
    for actor in (*strangers, make.agency_admin("kab-lebak")):
        with refused(Fault.NOT_ALLOWED):
            planned(actor, found)
    liaison = make.liaison()
    with refused(Fault.TEXT_MISSING):
        problems.plan(actor=liaison, number=found.pk, cause=" ", text="Cor.", done_on=DONE, now=NOW)
    with refused(Fault.DATE_PAST):
        planned(liaison, found, done_on=TODAY - DAY)
    with refused(Fault.DATE_FAR):  # of which there is no next day: the job would stop at it, for all offices
        planned(liaison, found, done_on=date.max)
    asked = (liaison, make.agency_admin(), make.liaison("dindikbud"))
    assert [selectors.owed(viewer=one) for one in asked] == [1, 1, 0]
    assert planned(liaison, found).state == State.PLANNED
    assert planned(make.agency_admin(), found).act_count == 3, "a plan may be changed, and both stay"
    assert selectors.owed(viewer=liaison) == 0
    with pytest.raises(ProgrammingError), transaction.atomic():
        ProblemAct.objects.filter(problem=found).update(text="Lain.")


def test_who_reads_it(found):
    readers = (make.liaison(), make.unit_admin(), make.agency_admin(), make.head(), make.head("dpupr"), make.overseer())
    for viewer in (*readers, make.evaluator()):
        assert selectors.get(viewer=viewer, number=found.pk).row == found, viewer
    strangers = (make.liaison("dindikbud"), make.agency_admin("kab-lebak"), make.national_admin(), make.ombudsman())
    for viewer in strangers:
        with pytest.raises(selectors.NotFoundError):
            selectors.get(viewer=viewer, number=found.pk)


def test_it_is_closed_with_the_measure_by_the_admin_and_opened_when_the_count_passes_again(found):
    admin, liaison = make.agency_admin(), make.liaison()
    planned(liaison, found)
    with refused(Fault.NOT_ALLOWED):
        problems.close(actor=liaison, number=found.pk, text="Selesai.", now=LATER)
    with refused(Fault.TOO_EARLY):
        problems.close(actor=admin, number=found.pk, text="Selesai.", now=NOW + 40 * DAY)
    assert problems.close(actor=admin, number=found.pk, text="Selesai.", now=LATER).state == State.CLOSED
    kept = found.acts.get(kind=Act.CLOSE.value)
    assert kept.data["counts"] == {"2020-07": [6, 6]}
    assert problems.find(now=LATER) == 0
    Publication.objects.update(received_at=LATER + DAY)
    assert problems.find(now=LATER + 2 * DAY) == 1
    found.refresh_from_db()
    assert (found.state, found.act_count, found.closed_at) == (State.OPEN, 4, None)


def test_it_is_opened_again_when_as_many_come_after_the_plan_was_to_be_done(found):
    planned(make.liaison(), found)
    assert problems.find(now=LATER) == 0
    Publication.objects.update(received_at=LATER)
    assert problems.find(now=LATER + DAY) == 1
    assert Problem.objects.get().state == State.OPEN


class TestTheMeasure:
    COUNTS = {"2020-01": (4, 40), "2020-02": (6, 40), "2020-03": (9, 50), "2020-04": (1, 30), "2020-05": (2, 20)}

    def of(self, **values):
        days = {"first": date(2020, 1, 1), "done_on": date(2020, 3, 9), "today": date(2020, 6, 2), **values}
        return domain.measured(self.COUNTS, **days)

    def test_leaves_out_the_month_of_the_plan_and_the_running_one(self):
        measure = self.of()
        assert (measure.months_before, measure.months_after) == (2, 2)
        assert (measure.before, measure.after) == (Fraction(5), Fraction(3, 2))
        assert (measure.all_before, measure.all_after) == (Fraction(40), Fraction(25))

    def test_is_none_without_a_whole_month_on_both_sides(self):
        assert self.of(today=date(2020, 4, 30)) is None
        assert self.of(today=date(2020, 3, 20)) is None
        assert self.of(first=date(2020, 3, 1)) is None

    def test_compares_no_more_than_six_months_before(self):
        assert self.of(first=date(2018, 1, 1)).months_before == domain.COMPARED
