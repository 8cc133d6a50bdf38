"""Who may do what, and what a refusal says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tanggap.domain.actors import (
    OFFICERS,
    AgencyAdmin,
    Anyone,
    Head,
    LiaisonOfficer,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
    user_of,
)
from tanggap.domain.handover import Part
from tanggap.domain.lifecycle import TRANSITIONS, Action, Status, Target
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.domain.policy import Allowed, Denied, choices, decide
from tanggap.domain.reasons import Reason
from tests.domain.shapes import (
    ACTORS,
    ADMIN,
    AUDITOR,
    FULL,
    LIAISON,
    NATIONAL_ADMIN,
    OPERATOR,
    OVERSEER,
    PROVINCE,
    REPORTER,
    SECOND_ADMIN,
    UNIT,
    WATCHING,
    Story,
)

DAY = timedelta(days=1)


def _assigned(**values) -> Story:
    return Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN, **values)


def _answered() -> Story:
    return _assigned().do(Action.ANSWER, LIAISON)


STORIES = {
    "unverified": Story.begin,
    "assigned": _assigned,
    "in_progress": lambda: _assigned().do(Action.FOLLOW_UP, LIAISON),
    "answered": _answered,
    "pending": lambda: Story.begin().do(Action.REQUEST_DATA, ADMIN),
    "closed": lambda: _answered().do(Action.CONFIRM_DONE, REPORTER),
    "archived": lambda: Story.begin().do(Action.ARCHIVE, ADMIN),
    "withdrawn": lambda: Story.begin().do(Action.WITHDRAW, REPORTER),
}


def _reason(action: Action, actor, story: Story, move: Move | None = None) -> Reason | None:
    decision = decide(action, actor=actor, case=story.case, move=move)
    return decision.reason if isinstance(decision, Denied) else None


@pytest.mark.parametrize("status", STORIES)
def test_choices_are_exactly_what_decide_allows(status):
    case = STORIES[status]().case
    for actor in (*ACTORS, Anyone()):
        allowed = {a for a in Action if isinstance(decide(a, actor=actor, case=case), Allowed)}
        assert set(choices(actor=actor, case=case)) == allowed, type(actor).__name__


@pytest.mark.parametrize("status", STORIES)
def test_the_public_may_do_nothing(status):
    assert choices(actor=Anyone(), case=STORIES[status]().case) == ()


@pytest.mark.parametrize("status", STORIES)
def test_another_reporter_may_do_nothing(status):
    assert choices(actor=Reporter(8), case=STORIES[status]().case) == ()


@pytest.mark.parametrize("status", STORIES)
def test_an_officer_of_another_agency_may_do_nothing(status):
    assert choices(actor=AgencyAdmin(900, 99), case=STORIES[status]().case) == ()


def test_an_officer_of_another_unit_may_do_nothing():
    assert choices(actor=LiaisonOfficer(901, PROVINCE, 77), case=_assigned().case) == ()


@pytest.mark.parametrize("status", STORIES)
@pytest.mark.parametrize("actor", WATCHING, ids=lambda actor: type(actor).__name__)
def test_who_only_looks_does_nothing_to_a_report(status, actor):
    asks = {Action.ASK_REOPEN} if status == "closed" and isinstance(actor, Overseer) else set()
    assert set(choices(actor=actor, case=STORIES[status]().case)) == asks, "an overseer asks another to act"


def test_an_operator_prepares_and_does_not_speak_for_the_unit():
    """DOMAIN 1.9: drafts, proposes, narrows; the answer, the return and the closing are others'."""
    may = {Action.FOLLOW_UP, Action.PROPOSE_ARCHIVE, Action.SET_VISIBILITY, Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL}
    may |= {Action.TAKE, Action.ENTRUST, Action.PROPOSE_RETURN, Action.PROPOSE}
    assert set(choices(actor=OPERATOR, case=_assigned().case)) == may
    hidden = _assigned(is_anonymous=True)
    hidden.events[-1].data["anonymous"] = True
    assert Action.OPEN_IDENTITY not in choices(actor=OPERATOR, case=hidden.case)
    assert choices(actor=UnitAdmin(203, PROVINCE, 77), case=_assigned().case) == ()


def test_a_regional_overseer_nudges_what_is_late_and_not_secret_and_does_nothing_else():
    story = _assigned()
    assert choices(actor=OVERSEER, case=story.case) == ()
    story.now += 30 * DAY
    assert choices(actor=OVERSEER, case=story.case) == (Action.NUDGE,)
    assert choices(actor=RegionalOverseer(402, 3, frozenset({99})), case=story.case) == (), "of another province"
    story.events[-1].data["confidential"] = True
    assert choices(actor=OVERSEER, case=story.case) == (), "of secret reports there are counts only"


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (Head(501, PROVINCE, None), None),
        (Head(502, PROVINCE, UNIT), None),
        (Head(503, PROVINCE, 77), Reason.OTHER_UNIT),
        (Head(504, 99, None), Reason.OTHER_AGENCY),
    ],
    ids=["of the agency", "of its unit", "of another unit", "of another agency"],
)
def test_a_head_nudges_what_is_late_in_the_own_office_and_does_nothing_else(head, reason):
    story = _assigned()
    assert _reason(Action.NUDGE, head, story) == (reason or Reason.NOT_LATE)
    story.now += 30 * DAY
    assert _reason(Action.NUDGE, head, story) == reason
    assert set(choices(actor=head, case=story.case)) <= {Action.NUDGE}
    story.events[-1].data["confidential"] = True
    assert _reason(Action.NUDGE, head, story) == reason, "a head answers for the lateness of a secret report, too"


def test_archiving_as_unclear_without_asking_first_is_refused():
    move = Move(text="Tidak jelas.", archive_reason=ArchiveReason.UNCLEAR)
    assert _reason(Action.ARCHIVE, ADMIN, Story.begin(), move) == Reason.NEEDS_DATA_REQUEST
    story = Story.begin().do(Action.REQUEST_DATA, ADMIN).do(Action.SUPPLY_DATA, REPORTER)
    assert _reason(Action.ARCHIVE, ADMIN, story, move) is None


@pytest.mark.parametrize("reason", [ArchiveReason.HOAX_SPAM, ArchiveReason.ABUSIVE_SARA])
def test_a_grave_reason_is_proposed_by_one_officer_and_confirmed_by_a_second(reason):
    move = Move(text="Laporan palsu.", archive_reason=reason)
    story = Story.begin()
    assert _reason(Action.ARCHIVE, ADMIN, story, move) == Reason.NEEDS_SECOND_OFFICER
    story.do(Action.PROPOSE_ARCHIVE, ADMIN, archive_reason=reason)
    assert _reason(Action.ARCHIVE, ADMIN, story, move) == Reason.SAME_OFFICER
    assert _reason(Action.ARCHIVE, SECOND_ADMIN, story, move) is None


def test_an_appeal_is_decided_by_another_admin():
    story = Story.begin().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    assert Action.VERIFY_AND_ASSIGN not in choices(actor=ADMIN, case=story.case)
    assert Action.VERIFY_AND_ASSIGN in choices(actor=SECOND_ADMIN, case=story.case)


def test_who_archived_does_nothing_by_which_an_appealed_report_goes_on():
    """All rows of the table that lead anywhere, and the archive that is proposed: what is added later is asked, too."""
    here = [row for row in TRANSITIONS if Status.UNVERIFIED in row.sources and row.roles & OFFICERS]
    moves_on = {row.action for row in here if row.target != Target.SAME} | {Action.PROPOSE_ARCHIVE}
    assert {Action.RETURN, Action.REQUEST_DATA, Action.SPLIT} < moves_on
    story = Story.begin().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    for action in moves_on:
        assert _reason(action, ADMIN, story) == Reason.SAME_OFFICER, action
        assert _reason(action, SECOND_ADMIN, story) is None, action


def test_an_appeal_alone_brings_nothing_back_into_the_open():
    story = _assigned().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    assert (story.facts.is_public, story.facts.is_stub) == (False, True)
    story.do(Action.VERIFY_AND_ASSIGN, SECOND_ADMIN)
    assert (story.facts.is_public, story.facts.is_stub) == (True, False)


def test_what_was_archived_and_never_verified_again_is_reopened_to_be_verified():
    story = _assigned().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    story.do(Action.REQUEST_DATA, SECOND_ADMIN)
    story.now += 31 * DAY
    story.do(Action.DATA_DEADLINE_PASSED, System()).do(Action.REOPEN, REPORTER, after=DAY)
    assert (story.facts.status, story.facts.is_stub) == ("unverified", True)


def test_an_admin_who_names_himself_does_not_take_the_report_on():
    move = Move(text="Saya tangani.", title="Pungutan di loket", named_users=(user_of(ADMIN) or 0,))
    assert _reason(Action.MANAGE_SELF, ADMIN, Story.begin(), move) == Reason.NAMED_IN_REPORT
    assert _reason(Action.MANAGE_SELF, SECOND_ADMIN, Story.begin(), move) != Reason.NAMED_IN_REPORT


def test_an_appeal_after_its_window_is_refused():
    story = Story.begin().do(Action.ARCHIVE, ADMIN)
    story.now += 20 * DAY
    assert _reason(Action.APPEAL, REPORTER, story) == Reason.WINDOW_CLOSED


def test_who_lost_an_appeal_goes_to_the_ombudsman_and_not_round_in_a_circle():
    story = Story.begin().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    story.do(Action.ARCHIVE, SECOND_ADMIN)
    assert _reason(Action.APPEAL, REPORTER, story) == Reason.NO_APPEAL
    assert story.facts.appeal_was_decided


def test_an_archive_after_a_new_verification_has_an_appeal_of_its_own():
    story = Story.begin().do(Action.ARCHIVE, ADMIN).do(Action.APPEAL, REPORTER, after=DAY)
    story.do(Action.VERIFY_AND_ASSIGN, SECOND_ADMIN).do(Action.ARCHIVE, ADMIN)
    assert _reason(Action.APPEAL, REPORTER, story) is None


def test_an_archived_test_report_has_no_appeal():
    story = Story.begin().do(Action.ARCHIVE, ADMIN, archive_reason=ArchiveReason.TEST)
    assert _reason(Action.APPEAL, REPORTER, story) == Reason.NO_APPEAL


def test_nothing_closes_by_itself_before_ten_working_days_of_silence():
    story = _answered()
    assert _reason(Action.AUTO_CLOSE, System(), story) == Reason.NOT_YET
    story.now += 14 * DAY  # Wednesday to Wednesday, ten working days, until the end of the day
    assert _reason(Action.AUTO_CLOSE, System(), story) == Reason.NOT_YET
    story.now += DAY
    assert _reason(Action.AUTO_CLOSE, System(), story) is None


@pytest.mark.parametrize("status", [s for s in STORIES if s != "answered"])
def test_nothing_but_an_answer_is_closed_by_hand_or_by_itself(status):
    story = STORIES[status]()
    assert _reason(Action.CLOSE_MANUAL, ADMIN, story) == Reason.WRONG_STATUS
    assert _reason(Action.AUTO_CLOSE, System(), story) == Reason.WRONG_STATUS


def test_an_answer_without_an_outcome_is_refused():
    move = Move(text="Terima kasih atas masukannya, aturannya kami jelaskan di sini.", checks_answered=True)
    assert _reason(Action.ANSWER, LIAISON, _assigned(), move) == Reason.MISSING_OUTCOME


def test_an_answer_that_claims_a_repair_needs_evidence():
    move = Move(text="Sudah diperbaiki.", outcome=Outcome.FIXED, checks_answered=True)
    assert _reason(Action.ANSWER, LIAISON, _assigned(), move) == Reason.MISSING_EVIDENCE


def test_a_scheduled_outcome_needs_its_date():
    move = Move(text="Dijadwalkan.", outcome=Outcome.SCHEDULED, checks_answered=True)
    assert _reason(Action.ANSWER, LIAISON, _assigned(), move) == Reason.MISSING_OUTCOME_DATE


def test_data_that_is_not_supplied_closes_only_after_two_reminders():
    story = Story.begin().do(Action.REQUEST_DATA, ADMIN)
    story.now += 31 * DAY
    story.reminders = 1
    assert _reason(Action.DATA_DEADLINE_PASSED, System(), story) == Reason.NOT_YET
    story.reminders = 2
    assert _reason(Action.DATA_DEADLINE_PASSED, System(), story) is None


def test_what_was_never_assigned_is_reopened_to_be_verified_and_not_into_the_dark():
    story = Story.begin().do(Action.REQUEST_DATA, ADMIN)
    story.now += 31 * DAY
    story.do(Action.DATA_DEADLINE_PASSED, System()).do(Action.REOPEN, REPORTER, after=DAY)
    assert story.facts.status == "unverified"


def test_an_officer_only_makes_a_report_more_secret():
    assert _reason(Action.SET_VISIBILITY, ADMIN, _assigned(), Move(is_anonymous=False)) == Reason.NEVER_WIDEN
    assert _reason(Action.SET_VISIBILITY, ADMIN, _assigned(), Move(is_confidential=True)) is None


_LIFT = Move(is_confidential=False, text="Salah menandai, tidak ada yang perlu dirahasiakan.")


@pytest.mark.parametrize(
    ("actor", "values", "move", "reason"),
    [
        (NATIONAL_ADMIN, {}, _LIFT, None),
        (NATIONAL_ADMIN, {}, Move(is_confidential=False), Reason.MISSING_TEXT),
        (NATIONAL_ADMIN, {"supervisory": True}, _LIFT, Reason.NEVER_WIDEN),
        (ADMIN, {}, _LIFT, Reason.NEVER_WIDEN),
        (LIAISON, {}, _LIFT, Reason.NEVER_WIDEN),
    ],
    ids=["as it may be", "without a reason", "supervisory", "by the agency", "by the unit"],
)
def test_the_national_admin_takes_back_what_an_officer_set_by_mistake(actor, values, move, reason):
    story = _assigned(**values)
    assert _reason(Action.SET_VISIBILITY, NATIONAL_ADMIN, story, _LIFT) == Reason.NEVER_WIDEN, "nothing is set"
    story.write(Action.SET_VISIBILITY, ADMIN, "assigned", story.facts.status, {"confidential": True})
    assert _reason(Action.SET_VISIBILITY, actor, story, move) == reason
    story.write(Action.SET_VISIBILITY, REPORTER, "assigned", story.facts.status, {"confidential": True})
    assert _reason(Action.SET_VISIBILITY, actor, story, _LIFT) == Reason.NEVER_WIDEN, "the reporter wants it, too"


def test_what_other_reports_carry_the_words_of_is_not_made_less_secret():
    story = Story.begin(inherits={"anonymous": [], "confidential": ["officer"]}, part_of="2222-2222")
    assert story.facts.is_confidential
    assert _reason(Action.SET_VISIBILITY, NATIONAL_ADMIN, story, _LIFT) == Reason.NEVER_WIDEN


def test_an_overseer_asks_once_for_what_is_closed_and_the_national_admin_decides():
    story = _answered()
    assert _reason(Action.ASK_REOPEN, OVERSEER, story) == Reason.WRONG_STATUS
    story.do(Action.CONFIRM_DONE, REPORTER)
    head, overseer, _evaluator, ombudsman = WATCHING
    assert _reason(Action.REFUSE_REOPEN, NATIONAL_ADMIN, story) == Reason.REOPEN_NOT_ASKED
    assert _reason(Action.ASK_REOPEN, head, story) == Reason.NOT_YOUR_ROLE
    assert _reason(Action.ASK_REOPEN, ombudsman, story) == Reason.NOT_HANDED_OVER
    assert _reason(Action.ASK_REOPEN, overseer, story, Move()) == Reason.MISSING_TEXT
    story.do(Action.ASK_REOPEN, OVERSEER)
    assert _reason(Action.ASK_REOPEN, overseer, story) == Reason.REOPEN_ASKED
    assert _reason(Action.REFUSE_REOPEN, ADMIN, story) == Reason.NOT_YOUR_ROLE
    story.do(Action.REFUSE_REOPEN, NATIONAL_ADMIN).do(Action.ASK_REOPEN, overseer)
    assert story.do(Action.REOPEN, NATIONAL_ADMIN).facts.reopen_asked_at is None
    story.do(Action.ANSWER, LIAISON).do(Action.CONFIRM_DONE, REPORTER)
    story.events[-1].data["confidential"] = True
    for watcher in (OVERSEER, overseer):
        assert _reason(Action.ASK_REOPEN, watcher, story) == Reason.OTHER_AGENCY, "of secret reports there are counts"


def test_the_ombudsman_says_once_whether_it_takes_what_it_was_handed():
    story, ombudsman = _assigned(), WATCHING[3]
    assert _reason(Action.ACCEPT_HANDOVER, ombudsman, story) == Reason.NOT_HANDED_OVER
    story.now += 90 * DAY
    story.do(Action.ESCALATE_OMBUDSMAN, REPORTER, consent=(Part.TEXT,))
    assert _reason(Action.DECLINE_HANDOVER, ombudsman, story, Move()) == Reason.MISSING_TEXT
    assert _reason(Action.ACCEPT_HANDOVER, NATIONAL_ADMIN, story) == Reason.NOT_YOUR_ROLE
    story.do(Action.ACCEPT_HANDOVER, ombudsman)
    assert _reason(Action.DECLINE_HANDOVER, ombudsman, story) == Reason.HANDOVER_ACCEPTED
    story.do(Action.WITHDRAW_CONSENT, REPORTER)
    story.do(Action.ESCALATE_OMBUDSMAN, REPORTER, consent=(Part.TEXT,)).do(Action.DECLINE_HANDOVER, ombudsman)
    assert (story.facts.handed_over, story.facts.handed_over_at) == (frozenset(), None), "and reads it no more"
    assert _reason(Action.ESCALATE_OMBUDSMAN, REPORTER, story, Move(consent=(Part.TEXT,))) is None


def test_a_reporter_turns_the_own_flag_both_ways():
    for value in (True, False):
        assert _reason(Action.SET_VISIBILITY, REPORTER, _assigned(), Move(is_confidential=value)) is None


def test_the_unit_sees_who_filed_a_normal_report_and_not_a_hidden_one():
    assert _reason(Action.OPEN_IDENTITY, LIAISON, _assigned()) is None
    hidden = Story.begin(anonymous=True, identity="digest").do(Action.VERIFY_AND_ASSIGN, ADMIN)
    assert _reason(Action.OPEN_IDENTITY, LIAISON, hidden) == Reason.IDENTITY_HIDDEN
    assert _reason(Action.OPEN_IDENTITY, ADMIN, hidden) == Reason.NEEDS_AGREEMENT
    assert _reason(Action.OPEN_ORIGINAL, ADMIN, hidden) is None


def test_whoever_is_named_in_a_report_can_do_nothing_with_it():
    story = _assigned(supervisory=True)
    story.events[-1] = type(story.events[-1])(
        **{
            **{name: getattr(story.events[-1], name) for name in story.events[-1].__slots__},
            "data": {**story.events[-1].data, "named_units": [UNIT], "named_users": [101]},
        }
    )
    assert choices(actor=LIAISON, case=story.case) == ()
    assert choices(actor=ADMIN, case=story.case) == ()
    assert _reason(Action.OPEN_IDENTITY, ADMIN, story) == Reason.NAMED_IN_REPORT
    serves_there_too = replace(SECOND_ADMIN, other_units=frozenset({UNIT}))
    assert choices(actor=SECOND_ADMIN, case=story.case) != ()
    assert choices(actor=serves_there_too, case=story.case) == ()
    assert Action.ANSWER in choices(actor=NATIONAL_ADMIN, case=story.case)


def test_a_report_is_not_assigned_to_the_unit_that_it_names():
    move = Move(**{**_fields(FULL), "unit_id": UNIT, "named_units": (UNIT,)})
    assert _reason(Action.VERIFY_AND_ASSIGN, ADMIN, Story.begin(), move) == Reason.DESTINATION_IS_NAMED


def _fields(move: Move) -> dict:
    return {name: getattr(move, name) for name in move.__slots__}


def test_an_inspectorate_looks_into_the_supervisory_reports_of_its_agency_only():
    assert _reason(Action.OPEN_ORIGINAL, AUDITOR, _assigned(supervisory=True)) is None
    assert _reason(Action.OPEN_ORIGINAL, AUDITOR, _assigned(supervisory=False)) == Reason.OTHER_UNIT
    assert _reason(Action.ANSWER, AUDITOR, _assigned(supervisory=True)) == Reason.OTHER_UNIT


def test_an_agency_admin_assigns_within_the_own_agency_only():
    move = Move(**{**_fields(FULL), "agency_id": 99, "unit_id": 5})
    assert _reason(Action.VERIFY_AND_ASSIGN, ADMIN, Story.begin(), move) == Reason.DESTINATION_ELSEWHERE


def test_the_national_queue_answers_nothing_itself_by_assignment():
    move = Move(**{**_fields(FULL), "agency_id": NATIONAL_ADMIN.agency_id})
    assert _reason(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN, Story.begin(), move) == Reason.DESTINATION_ELSEWHERE


def test_the_top_cannot_say_that_it_is_not_responsible():
    assert _reason(Action.RETURN, NATIONAL_ADMIN, Story.begin()) == Reason.AT_THE_TOP


def test_a_personal_data_finding_that_was_not_answered_stops_the_publication():
    move = Move(**{**_fields(FULL), "unit_id": UNIT, "checks_answered": False, "classification": None})
    assert _reason(Action.VERIFY_AND_ASSIGN, ADMIN, Story.begin(), move) in {
        Reason.MISSING_CHECKS, Reason.MISSING_CLASSIFICATION
    }  # fmt: skip
    assert _reason(Action.FOLLOW_UP, LIAISON, _assigned(), Move(text="Teks yang cukup.")) == Reason.MISSING_CHECKS
