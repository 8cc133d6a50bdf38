"""Verifying in the place of a late agency: one act, of the admin of an agency that oversees it, and of nobody else."""

from dataclasses import replace
from datetime import timedelta

from tanggap.domain.actors import AgencyAdmin
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.policy import Denied, choices, decide
from tanggap.domain.reasons import Reason
from tanggap.domain.standing_in import in_whose_place
from tests.domain.shapes import ADMIN, FULL, NATIONAL_ADMIN, PROVINCE, UNIT, Story

OVERSEER_ID = 44
INSTEAD = AgencyAdmin(700, OVERSEER_ID, verifies_for=frozenset({PROVINCE}))
LATE = timedelta(days=7)


def case_of(story, *, after=LATE):
    """Return the case a while later."""
    story.now += after
    return story.case


def test_an_admin_of_an_overseeing_agency_verifies_what_is_late_and_does_nothing_else():
    assert choices(actor=INSTEAD, case=case_of(Story.begin())) == (Action.VERIFY_AND_ASSIGN,)
    closed = {
        "in time": case_of(Story.begin(), after=timedelta(days=2)),
        "secret": case_of(Story.begin(confidential=True)),
        "about the admin": case_of(Story.begin(named_users=[INSTEAD.user_id])),
        "verified": case_of(Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN)),
        "waiting for the reporter": case_of(Story.begin().do(Action.REQUEST_DATA, ADMIN)),
    }
    assert {why: choices(actor=INSTEAD, case=case) for why, case in closed.items()} == dict.fromkeys(closed, ())
    elsewhere = replace(INSTEAD, verifies_for=frozenset({45}))
    assert choices(actor=elsewhere, case=case_of(Story.begin())) == ()


def test_the_work_stays_with_a_unit_of_the_late_agency():
    case, move = (
        case_of(Story.begin()),
        replace(FULL, unit_id=UNIT, agency_id=None, classification=Classification.COMPLAINT),
    )

    def refusal(move: Move) -> Reason | None:
        decision = decide(Action.VERIFY_AND_ASSIGN, actor=INSTEAD, case=case, move=move)
        return decision.reason if isinstance(decision, Denied) else None

    assert refusal(move) is None
    assert refusal(replace(move, agency_id=PROVINCE)) is None
    assert refusal(replace(move, agency_id=OVERSEER_ID)) == Reason.DESTINATION_ELSEWHERE
    assert refusal(replace(move, unit_id=None, agency_id=PROVINCE)) == Reason.MISSING_UNIT


def test_an_event_names_a_late_agency_only_where_another_one_acted():
    late, fresh = case_of(Story.begin()), case_of(Story.begin(), after=timedelta(0))
    assert in_whose_place(Action.VERIFY_AND_ASSIGN, actor=INSTEAD, case=late) == PROVINCE
    assert in_whose_place(Action.VERIFY_AND_ASSIGN, actor=NATIONAL_ADMIN, case=late) == PROVINCE
    assert in_whose_place(Action.VERIFY_AND_ASSIGN, actor=NATIONAL_ADMIN, case=fresh) is None
    assert in_whose_place(Action.VERIFY_AND_ASSIGN, actor=ADMIN, case=late) is None
    assert in_whose_place(Action.MANAGE_SELF, actor=NATIONAL_ADMIN, case=late) is None
