"""What an evaluator recommends is answered, looked at, and asked again in the next round; nothing is overwritten."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from tanggap.domain import recommendations as domain
from tanggap.domain.assessments import Act as Assessing
from tanggap.domain.assessments import Fault as Refused
from tanggap.domain.notices import Notice
from tanggap.domain.recommendations import Act, Fault, State
from tanggap.models import Recommendation, RecommendationAct
from tanggap.selectors import attachments, recommendations, workload
from tanggap.services import recommendations as services
from tanggap.services.assessments import AssessmentError
from tanggap.services.recommendations import NewRecommendation, RecommendationError
from tests import make
from tests.make import DAY, NOW
from tests.services.test_assessments import TODAY, do, full, opened, row_of, told
from tests.world import picture

pytestmark = pytest.mark.django_db

DUE = TODAY + 60 * DAY


def said(**values):
    return NewRecommendation(**{"text": "Lengkapi SK.", "due_on": DUE, "subject": "decree", **values})


@pytest.fixture
def people():
    return make.evaluator(), make.agency_admin("kab-tangerang")


@pytest.fixture
def given(people):
    evaluator, admin = people
    row = told(evaluator, admin)
    return services.give(actor=evaluator, assessment_id=row.pk, said=said(formula="sla_rate"), now=NOW)


def act(what, actor, row, text="Kata.", now=NOW, **values):
    return services.act(actor=actor, number=row.pk, act=what, text=text, now=now, **values)


def refused(fault):
    return pytest.raises(RecommendationError, match=f"^{fault.value}$")


def test_it_is_given_when_a_result_was_told_and_by_the_evaluator_of_the_round_alone(people):
    evaluator, admin = people
    row = row_of(opened(evaluator))
    with refused(Fault.NOT_TOLD):
        services.give(actor=evaluator, assessment_id=row.pk, said=said(), now=NOW)
    do(Assessing.SUBMIT, admin, row, answers=full())
    do(Assessing.SCORE, evaluator, row, answers=full(3))
    do(Assessing.TELL, evaluator, row)
    other = make.unit("dpupr")
    for values, fault in (
        ({"text": " "}, Fault.TEXT_MISSING),
        ({"due_on": TODAY - DAY}, Fault.DATE_PAST),
        ({"subject": "lain"}, Fault.UNKNOWN_SUBJECT),
        ({"formula": "lain"}, Fault.UNKNOWN_SUBJECT),
        ({"unit_id": other.pk}, Fault.OTHER_UNIT),
    ):
        with refused(fault):
            services.give(actor=evaluator, assessment_id=row.pk, said=said(**values), now=NOW)
    for stranger in (admin, make.overseer(), make.regional_overseer(), make.national_admin(), make.head()):
        with refused(Fault.NOT_ALLOWED):
            services.give(actor=stranger, assessment_id=row.pk, said=said(), now=NOW)
    made = services.give(actor=evaluator, assessment_id=row.pk, said=said(formula="sla_rate"), now=NOW)
    assert (made.formula.partition("@")[0], made.state, made.act_count) == ("sla_rate", State.OPEN, 1)


def test_the_agency_answers_and_the_evaluator_returns_with_a_ground_or_accepts(people, given):
    evaluator, admin = people
    for what, actor in ((Act.PLAN, evaluator), (Act.ACCEPT, admin), (Act.PLAN, make.agency_admin("kab-lebak"))):
        with refused(Fault.NOT_ALLOWED):
            act(what, actor, given)
    with refused(Fault.TEXT_MISSING):
        act(Act.PLAN, admin, given, " ")
    act(Act.PLAN, admin, given)
    act(Act.PROGRESS, admin, given)
    with refused(Fault.WRONG_STATE):
        act(Act.ACCEPT, evaluator, given)
    file = picture()
    act(Act.REPORT, admin, given, files=[file])
    with refused(Fault.WRONG_STATE):
        act(Act.PROGRESS, admin, given)
    assert act(Act.RETURN, evaluator, given, "SK belum ditandatangani.").state == State.UNDERWAY
    act(Act.REPORT, admin, given)
    assert act(Act.ACCEPT, evaluator, given).state == State.DONE
    with refused(Fault.WRONG_STATE):
        act(Act.WITHDRAW, evaluator, given)
    kinds = [Act(row.kind) for row in given.acts.order_by("seq")]
    assert kinds == [Act.GIVE, Act.PLAN, Act.PROGRESS, Act.REPORT, Act.RETURN, Act.REPORT, Act.ACCEPT]
    assert attachments.known_keys([file.key]) == {file.key}
    assert recommendations.file(viewer=evaluator, number=given.pk, key=file.key).name == file.name
    with pytest.raises(recommendations.NotFoundError):
        recommendations.file(viewer=make.agency_admin("kab-lebak"), number=given.pk, key=file.key)
    for change in ({"text": "Lain."}, {"kind": "plan"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            RecommendationAct.objects.filter(recommendation=given).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Recommendation.objects.filter(pk=given.pk).update(text="Lain.")


def test_a_due_date_moves_forwards_only_and_says_by_which_act(people, given):
    evaluator, admin = people
    with refused(Fault.NOT_ALLOWED):
        act(Act.EXTEND, admin, given, due_on=DUE + DAY)
    with refused(Fault.DATE_PAST):
        act(Act.EXTEND, evaluator, given, due_on=DUE)
    assert act(Act.EXTEND, evaluator, given, due_on=DUE + DAY).due_on == DUE + DAY
    assert list(given.acts.order_by("seq").values_list("due_on", flat=True)) == [DUE, DUE + DAY]


def test_who_reads_it_and_for_whom_it_waits(people, given):
    evaluator, admin = people
    late = DUE + DAY
    readers = (evaluator, admin, make.overseer(), make.regional_overseer(), make.head(agency_slug="kab-tangerang"))
    assert [recommendations.get(viewer=one, number=given.pk).row for one in readers] == [given] * len(readers)
    for one in (make.agency_admin("kab-lebak"), make.national_admin(), make.liaison(), make.ombudsman()):
        with pytest.raises(recommendations.NotFoundError):
            recommendations.get(viewer=one, number=given.pk)
        assert recommendations.owed(viewer=one, on=late) == 0

    def waiting(on):
        return [recommendations.owed(viewer=one, on=on) for one in (admin, evaluator, readers[2])]

    assert waiting(TODAY) == [1, 0, 0], "not answered yet"
    act(Act.PLAN, admin, given)
    assert (waiting(TODAY), waiting(late)) == ([0, 0, 0], [1, 1, 0]), "late is seen by both"
    found = workload.of_person(Notice.DIGEST, admin.user_id, on=late, now=NOW + 62 * DAY, zone="Asia/Jakarta")
    assert (found.recommended, found.has_news) == (1, True), "the daily digest says so"
    act(Act.REPORT, admin, given)
    assert waiting(late) == [0, 1, 0]
    assert not domain.is_overdue(State.REPORTED, DUE, today=late)
    assert recommendations.counts(viewer=evaluator, today=late) == {
        "owed": 0, "overdue": 0, "reported": 1, "ended": 0,
    }  # fmt: skip


def test_the_next_round_asks_again_and_takes_no_form_without_an_answer(people, given):
    evaluator, admin = people
    act(Act.PLAN, admin, given)
    later = NOW + timedelta(days=300)
    row = row_of(opened(evaluator, year=2021, due_on=TODAY + 400 * DAY, now=later))
    assert recommendations.asked_again(row) == [(given, True)]
    with pytest.raises(AssessmentError, match=Refused.UNANSWERED.value):
        do(Assessing.SUBMIT, admin, row, answers=full(), now=later)
    act(Act.PROGRESS, admin, given, now=later + DAY)
    assert recommendations.asked_again(row) == [(given, False)]
    do(Assessing.SUBMIT, admin, row, answers=full(), now=later + DAY)
    assert recommendations.asked_again(given.assessment) == [], "a round does not ask for its own"
