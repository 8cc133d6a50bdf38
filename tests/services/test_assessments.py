"""A round of self-assessment: an agency fills in its form, an evaluator scores it, the public reads what was told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tanggap.domain.actors import Evaluator
from tanggap.domain.assessments import Act, Fault, Side, State
from tanggap.domain.organisation import Change
from tanggap.models import AdministrationEntry, AssessmentAct, AssessmentPoint
from tanggap.selectors import assessment_results, attachments
from tanggap.selectors import assessments as selectors
from tanggap.services import assessment_rounds, assessments, decrees
from tanggap.services.assessment_rounds import NewRound
from tanggap.services.assessments import Answer, AssessmentError
from tests import make
from tests.make import DAY, NOW
from tests.world import picture

pytestmark = pytest.mark.django_db

TODAY = date(2020, 7, 1)
REGENCIES = ("kab-tangerang", "kab-lebak")


def opened(evaluator, *slugs, due_on=TODAY + timedelta(days=10), year=2020, now=NOW):
    said = NewRound(
        form="pemda",
        year=year,
        first_day=date(year, 1, 1),
        last_day=date(year, 12, 31),
        due_on=due_on,
        agency_ids=frozenset(make.agency(slug).pk for slug in slugs or REGENCIES),
    )
    return assessment_rounds.open_(actor=evaluator, said=said, now=now)


def full(points=None, remark="Lengkap."):
    form = assessment_results.forms()["pemda@1"]
    return {
        code: Answer(one.best if points is None else min(points, one.best), remark)
        for code, one in form.criteria.items()
    }


def row_of(round_, slug="kab-tangerang"):
    return round_.assessments.get(agency__slug=slug)


def do(act, actor, row, *, now=NOW, **values):
    return assessments.act(actor=actor, assessment_id=row.pk, act=act, now=now, **values)


def refused(fault):
    return pytest.raises(AssessmentError, match=f"^{fault.value}$")


def sight_of(viewer, row, *, now=NOW):
    return selectors.get(viewer=viewer, round_id=row.round_id, agency_id=row.agency_id, now=now, on=now.date())


@pytest.fixture
def evaluator():
    return make.evaluator()


@pytest.fixture
def admin():
    return make.agency_admin("kab-tangerang")


def submitted(evaluator, admin):
    row = row_of(opened(evaluator))
    do(Act.SUBMIT, admin, row, answers=full())
    return row


def told(evaluator, admin, points=3):
    row = submitted(evaluator, admin)
    do(Act.SCORE, evaluator, row, answers=full(points))
    do(Act.TELL, evaluator, row)
    return row


class TestARound:
    def test_gives_each_agency_an_empty_form_and_leaves_out_the_own_and_the_strange(self, evaluator):
        far = replace(evaluator, overseen=evaluator.overseen - {make.agency("kab-lebak").pk})
        found = opened(far, *REGENCIES, "admin-nasional")
        assert [row.agency.slug for row in found.assessments.all()] == ["kab-tangerang"]
        entry = AdministrationEntry.objects.get(kind=Change.ROUND_OPENED)
        assert (entry.agency_id, entry.after["agencies"]) == (evaluator.agency_id, 1)

    @pytest.mark.parametrize(
        ("values", "fault"),
        [
            ({"form": "lain"}, Fault.UNKNOWN_FORM),
            ({"last_day": date(2019, 1, 1)}, Fault.PERIOD_BACKWARDS),
            ({"due_on": TODAY - timedelta(days=1)}, Fault.DATE_PAST),
            ({"agency_ids": frozenset()}, Fault.NO_AGENCIES),
        ],
    )
    def test_that_cannot_be_is_refused(self, evaluator, values, fault):
        agencies = frozenset({make.agency("kab-lebak").pk})
        said = NewRound("pemda", 2020, date(2020, 1, 1), date(2020, 12, 31), TODAY, agencies)
        with refused(fault):
            assessment_rounds.open_(actor=evaluator, said=replace(said, **values), now=NOW)

    def test_is_opened_once_a_year_and_by_evaluators_alone(self, evaluator, admin):
        opened(evaluator)
        with refused(Fault.OPENED_BEFORE):
            opened(evaluator)
        for other in (admin, make.overseer(), make.national_admin()):
            with refused(Fault.NOT_ALLOWED):
                opened(other, year=2021)

    def test_is_extended_forwards_and_closed_when_nothing_waits(self, evaluator, admin):
        found = opened(evaluator)
        with refused(Fault.DATE_PAST):
            assessment_rounds.extend(actor=evaluator, round_id=found.pk, due_on=TODAY, now=NOW)
        assessment_rounds.extend(actor=evaluator, round_id=found.pk, due_on=TODAY + 20 * DAY, now=NOW)
        do(Act.SUBMIT, admin, row_of(found), answers=full())
        late = NOW + 30 * DAY
        with refused(Fault.UNFINISHED):
            assessment_rounds.close(actor=evaluator, round_id=found.pk, now=late)
        do(Act.SCORE, evaluator, row_of(found), answers=full(4), now=late)
        do(Act.TELL, evaluator, row_of(found), now=late)
        with refused(Fault.UNFINISHED):  # the agency may still object
            assessment_rounds.close(actor=evaluator, round_id=found.pk, now=late)
        assessment_rounds.close(actor=evaluator, round_id=found.pk, now=late + 15 * DAY)
        with refused(Fault.ROUND_CLOSED):
            do(Act.OBJECT, admin, row_of(found), text="Terlambat.", now=late + 15 * DAY)
        with refused(Fault.ROUND_CLOSED):
            assessment_rounds.close(actor=evaluator, round_id=found.pk, now=late + 16 * DAY)


class TestAnAgency:
    def test_fills_in_its_form_and_every_version_of_an_answer_stays(self, evaluator, admin):
        row = row_of(opened(evaluator))
        do(Act.SAVE, admin, row, answers={"decree": Answer(1, "Sebagian.")})
        do(Act.SAVE, admin, row, answers={"decree": Answer(2, "Semua."), "budget": Answer(None, "")})
        do(Act.SAVE, admin, row, answers={"decree": Answer(2, "Semua.")})  # nothing new is no act
        kept = AssessmentPoint.objects.filter(assessment=row).order_by("pk").values_list("points", "remark")
        assert list(kept) == [(1, "Sebagian."), (2, "Semua.")]
        assert selectors.newest(row.pk, Side.AGENCY)["decree"].points == 2
        assert row.acts.count() == 2

    def test_sends_it_when_every_criterion_is_answered_and_the_record_is_frozen(self, evaluator, admin):
        row = row_of(opened(evaluator))
        answers = full()
        del answers["training"]
        with refused(Fault.INCOMPLETE) as caught:
            do(Act.SUBMIT, admin, row, answers=answers)
        assert caught.value.criteria == ("training",)
        do(Act.SUBMIT, admin, row, answers=full())
        said = decrees.NewDecree("1/2020", "Bupati", TODAY, TODAY, covers_agency=True)
        decrees.enter(actor=admin, agency_id=row.agency_id, said=said, now=NOW + DAY)
        sight = sight_of(evaluator, row, now=NOW + DAY)
        assert (sight.facts["decree"]["decrees"], sight.facts_at) == (0, NOW)
        fresh = row_of(row.round, "kab-lebak")
        assert selectors.facts_of(fresh, now=NOW + DAY, on=TODAY + DAY)["decree"]["decrees"] == 0
        assert selectors.facts_of(row, now=NOW + DAY, on=TODAY + DAY)["decree"]["decrees"] == 1
        with refused(Fault.WRONG_STATE):
            do(Act.SAVE, admin, row, answers={"decree": Answer(0)})

    def test_cannot_send_after_the_last_day_and_is_shown_as_not_having_sent(self, evaluator, admin):
        row, late = row_of(opened(evaluator)), NOW + 11 * DAY
        with refused(Fault.TOO_LATE):
            do(Act.SUBMIT, admin, row, answers=full(), now=late)
        assert [one.agency.slug for one in assessment_results.told(round_id=row.round_id, on=late.date())] == [
            *REGENCIES
        ][::-1]
        assert assessment_results.told(round_id=row.round_id, on=TODAY) == []

    def test_does_not_write_over_what_a_colleague_wrote_meanwhile(self, evaluator, admin):
        row = row_of(opened(evaluator))
        do(Act.SAVE, admin, row, answers={"decree": Answer(2)}, seen=0)
        with refused(Fault.MOVED_ON):
            do(Act.SAVE, admin, row, answers={"decree": Answer(0)}, seen=0)

    def test_adds_files_that_the_sweep_leaves_alone_and_takes_them_out_with_a_trace(self, evaluator, admin):
        row, file = row_of(opened(evaluator)), picture()
        who = {"actor": admin, "assessment_id": row.pk, "now": NOW}
        with refused(Fault.FILE_MISSING):
            assessments.attach(criterion="", files=[file], **who)
        (kept,) = assessments.attach(criterion="procedure", files=[file], **who)
        assert attachments.known_keys([file.key]) == {file.key}
        with pytest.raises(selectors.NotFoundError):  # the draft is the agency's
            selectors.file(viewer=evaluator, round_id=row.round_id, agency_id=row.agency_id, key=file.key)
        assessments.detach(key=kept.key, **who)
        assessments.detach(key=kept.key, **who)
        assert list(row.acts.order_by("seq").values_list("kind", flat=True)) == ["attach", "detach"]
        assert sight_of(admin, row).files == {}

    def test_objects_once_with_a_reason_within_its_days(self, evaluator, admin):
        row = told(evaluator, admin)
        with refused(Fault.TEXT_MISSING):
            do(Act.OBJECT, admin, row, text=" ")
        with refused(Fault.OBJECTION_TOO_LATE):
            do(Act.OBJECT, admin, row, text="Bukti SK terlewat.", now=NOW + 15 * DAY)
        do(Act.OBJECT, admin, row, text="Bukti SK terlewat.", now=NOW + 14 * DAY)
        do(Act.DECIDE, evaluator, row, text="Diterima.", answers={"budget": Answer(5)}, now=NOW + 15 * DAY)
        with refused(Fault.WRONG_STATE):
            do(Act.OBJECT, admin, row, text="Lagi.", now=NOW + 15 * DAY)
        row.refresh_from_db()
        assert (State(row.state), row.told_at) == (State.DECIDED, NOW)
        results = [act.data["result"]["total"] for act in row.acts.filter(kind__in=["tell", "decide"]).order_by("seq")]
        assert results[0] < results[1] == str(row.total)


class TestAnEvaluator:
    def test_scores_and_tells_and_nobody_else_reads_scores_before(self, evaluator, admin):
        row = submitted(evaluator, admin)
        with refused(Fault.WRONG_STATE):
            do(Act.TELL, evaluator, row)
        do(Act.SCORE, evaluator, row, answers={"budget": Answer(3, "Anggaran ada.")})
        with refused(Fault.INCOMPLETE):
            do(Act.TELL, evaluator, row)
        lookers = (
            admin,
            make.head(agency_slug="kab-tangerang"),
            make.regional_overseer("pemprov-banten"),
            make.overseer(),
        )
        for viewer in lookers:
            sight = sight_of(viewer, row)
            assert (sight.scores, Act.SCORE.value in {act.kind for act in sight.acts}) == ({}, False)
            assert sight.own["budget"].points == 5
        do(Act.TELL, evaluator, row, answers=full(3))
        row.refresh_from_db()
        assert (row.grade, row.aspects["policy"]) == ("good", "88.00")
        assert sight_of(admin, row).scores["budget"].points == 3

    def test_does_not_read_a_draft_nor_does_anybody_outside(self, evaluator, admin):
        row = row_of(opened(evaluator))
        do(Act.SAVE, admin, row, answers={"decree": Answer(1, "Rahasia dulu.")})
        for viewer in (evaluator, make.overseer()):
            sight = sight_of(viewer, row)
            assert (sight.own, sight.files, sight.acts, sight.facts) == ({}, {}, (), {})
        for stranger in (make.agency_admin("kab-lebak"), make.ombudsman(), make.national_admin(), make.liaison()):
            with pytest.raises(selectors.NotFoundError):
                sight_of(stranger, row)

    def test_of_another_body_or_the_own_agency_does_not_score(self, evaluator, admin):
        row = submitted(evaluator, admin)
        strangers = (Evaluator(evaluator.user_id, row.agency_id, frozenset({row.agency_id})), make.overseer(), admin)
        for stranger in strangers:
            with refused(Fault.NOT_ALLOWED):
                do(Act.SCORE, stranger, row, answers=full(1))


def test_the_public_reads_what_was_told_and_the_first_result_until_an_objection_is_decided(evaluator, admin):
    row = submitted(evaluator, admin)
    do(Act.SCORE, evaluator, row, answers=full(3))
    assert (assessment_results.told(round_id=row.round_id, on=TODAY), assessment_results.told_of(row.agency_id)) == (
        [],
        [],
    )
    do(Act.TELL, evaluator, row)
    do(Act.OBJECT, admin, row, text="Keberatan.")
    (found,) = assessment_results.told(round_id=row.round_id, on=TODAY)
    assert (found.agency.slug, found.grade) == ("kab-tangerang", "good")
    assert assessment_results.told_of(row.agency_id) == [found]


@pytest.mark.parametrize("model", [AssessmentAct, AssessmentPoint])
def test_what_was_done_and_scored_cannot_be_changed_even_by_the_owner_of_the_tables(model, evaluator, admin):
    submitted(evaluator, admin)
    refused_by_trigger = pytest.raises(ProgrammingError, match="append-only")
    with refused_by_trigger, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
