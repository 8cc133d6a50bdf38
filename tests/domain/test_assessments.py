"""The forms of assessment add up, and one table says who may do what with them."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tanggap import data
from tanggap.domain import assessment_forms
from tanggap.domain.actors import AgencyAdmin, Evaluator, Head, NationalAdmin, Overseer, RegionalOverseer
from tanggap.domain.assessment_forms import BadFormError, Grade
from tanggap.domain.assessments import ROWS, Act, Fault, Side, Standing, State, decide, side_of

FORM = assessment_forms.read(data.text("assessment.json"))["pemda@1"]
DAY = date(2020, 7, 1)
AGENCY, BODY = 7, 9
EVALUATOR = Evaluator(1, BODY, frozenset({AGENCY, BODY}))


def standing(state=State.DRAFT, **values):
    said = {"agency_id": AGENCY, "body_id": BODY, "due_on": DAY, "is_closed": False, "objection_until": DAY}
    return Standing(state, **(said | values))


def test_the_best_scores_are_a_hundred_and_none_are_nought():
    best = {code: one.best for code, one in FORM.criteria.items()}
    assert FORM.score(best).total == Decimal("100.00")
    assert FORM.score(best).grade == Grade.EXCELLENT
    assert FORM.score({}).total == Decimal("0.00")
    assert FORM.score({}).grade == Grade.POOR


def test_a_score_is_the_weighted_sum_and_says_each_aspect():
    # Everything of one aspect, of weight 0.25, and half of one criterion: 0.15 * 0.4 * 1/2.
    points = {one.code: one.best for one in FORM.criteria.values() if one.aspect == "follow_up"} | {"decree": 1}
    found = FORM.score(points)
    assert found.total == Decimal("28.00")
    assert (found.aspects["follow_up"], found.aspects["policy"]) == (Decimal("100.00"), Decimal("20.00"))


@pytest.mark.parametrize(
    ("total", "grade"), [(85, Grade.EXCELLENT), (84, Grade.GOOD), (70, Grade.GOOD), (49, Grade.POOR)]
)
def test_a_grade_begins_at_its_cut(total, grade):
    text = json.loads(data.text("assessment.json"))
    aspect = text["forms"][0]["aspects"][0]
    first, second = aspect["criteria"][:2]
    aspect["weight"], first["weight"], first["scale"], second["weight"] = (
        "1",
        f"{total}/100",
        "five",
        f"{100 - total}/100",
    )
    aspect["criteria"] = [first, second]
    text["forms"][0]["aspects"] = [aspect]
    form = assessment_forms.read(json.dumps(text))["pemda@1"]
    assert form.score({"decree": 5}).grade == grade


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda form: form["aspects"][0].update(weight="1/2"), "weights of the aspects"),
        (lambda form: form["aspects"][0]["criteria"][0].update(weight="1/2"), "weights of the criteria"),
        (lambda form: form["aspects"][0]["criteria"][0].update(code="budget"), "same code"),
        (lambda form: form["grades"].pop(), "grades"),
        (lambda form: form["aspects"][0]["name"].pop("en"), "both languages"),
    ],
)
def test_a_form_that_does_not_add_up_is_refused_by_name(change, words):
    text = json.loads(data.text("assessment.json"))
    change(text["forms"][0])
    with pytest.raises(BadFormError, match=rf"pemda@1: .*{words}"):
        assessment_forms.read(json.dumps(text))


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        (AgencyAdmin(1, AGENCY), Side.AGENCY),
        (AgencyAdmin(1, BODY), None),
        (EVALUATOR, Side.EVALUATOR),
        (Evaluator(1, BODY, frozenset()), None),  # the agency is none of those that the body oversees
        (Evaluator(1, 10, frozenset({AGENCY})), None),  # another body opened the round
        (NationalAdmin(1, BODY), None),
        (Head(1, AGENCY, None), None),
        (RegionalOverseer(1, BODY, frozenset({AGENCY})), None),
        (Overseer(1, BODY), None),
    ],
)
def test_only_the_agency_and_an_evaluator_of_the_body_act(actor, side):
    assert side_of(actor, agency_id=AGENCY, body_id=BODY) == side


def test_nobody_assesses_the_own_agency():
    assert side_of(EVALUATOR, agency_id=BODY, body_id=BODY) is None


def test_each_act_is_done_by_its_side_in_its_states_alone():
    who = {Side.AGENCY: AgencyAdmin(1, AGENCY), Side.EVALUATOR: EVALUATOR}
    for act, row in ROWS.items():
        for state in State:
            fault = decide(act, who[row.side], standing(state), today=DAY)
            assert fault == (None if state in row.sources else Fault.WRONG_STATE)
            other = next(actor for side, actor in who.items() if side != row.side)
            assert decide(act, other, standing(state), today=DAY) == Fault.NOT_ALLOWED


def test_what_is_too_late_or_closed_is_refused():
    admin, late = AgencyAdmin(1, AGENCY), date(2020, 7, 2)
    assert decide(Act.SUBMIT, admin, standing(), today=late) == Fault.TOO_LATE
    assert decide(Act.OBJECT, admin, standing(State.TOLD), today=late) == Fault.OBJECTION_TOO_LATE
    assert decide(Act.SCORE, EVALUATOR, standing(State.SUBMITTED), today=late) is None
    assert decide(Act.SCORE, EVALUATOR, standing(State.SUBMITTED, is_closed=True), today=DAY) == Fault.ROUND_CLOSED
