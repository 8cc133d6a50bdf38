"""What one report says to the indicators: by stage, as known at a moment, with every clock as the law counts it."""

from datetime import UTC, datetime, timedelta

import pytest

from tanggap.domain import case_facts
from tanggap.domain.actors import AgencyAdmin, LiaisonOfficer, System
from tanggap.domain.case_facts import COLUMNS, CaseFacts, restored, stored
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Action, Status
from tests.domain.shapes import (
    ADMIN,
    CALENDAR,
    LIAISON,
    LIMITS,
    NATIONAL,
    NATIONAL_ADMIN,
    PROVINCE,
    REPORTER,
    START,
    UNIT,
    Story,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAPUA = 9


def _read(story: Story, at: datetime | None = None) -> CaseFacts:
    found = case_facts.read(
        "7KQ2-M9TD",
        story.events,
        limits=lambda _name: LIMITS,
        calendars=lambda _version, _agency: CALENDAR,
        at=at or story.now,
    )
    assert found is not None
    return found.facts


def _assigned(**values: object) -> Story:
    return Story.begin(**values).do(Action.VERIFY_AND_ASSIGN, ADMIN, after=DAY)


def test_a_report_on_the_straight_road_is_kept_at_every_stage():
    story = _assigned().do(Action.FOLLOW_UP, LIAISON, after=DAY).do(Action.ANSWER, LIAISON, after=DAY)
    facts = _read(story)
    assert (facts.verify_state, facts.verify_agency, facts.verify_hours, facts.verify_days) == ("kept", PROVINCE, 24, 1)
    assert (facts.followup_state, facts.followup_agency, facts.followup_unit) == ("kept", PROVINCE, UNIT)
    assert facts.followup_days == 2
    assert (facts.resolve_state, facts.resolve_unit) == ("kept", UNIT)
    assert (facts.resolve_days, facts.resolve_gross_days) == (2, 3)  # a Saturday is no working day
    assert facts.was_answered
    assert facts.status == Status.ANSWERED


def test_what_is_overdue_and_not_verified_is_a_failure_and_not_a_gap():
    story = Story.begin()
    assert _read(story).verify_state == "running"
    due = next(run for run in story.clocks if run.clock == Clock.VERIFY).due_at
    # The last second is all of it in time: to the day, which is what everybody is told, it is not late yet.
    assert _read(story, due + timedelta(microseconds=999_999)).verify_state == "running"
    late = _read(story, due + timedelta(seconds=1))
    assert (late.verify_state, late.overdue_since) == ("late", "2020-07-06")


def test_who_let_the_time_run_out_has_it_on_its_count_though_another_has_verified():
    story = Story.begin().do(Action.RETURN, ADMIN, after=20 * DAY).do(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN)
    facts = _read(story)
    assert (facts.verify_state, facts.verify_agency) == ("missed", PROVINCE)


def test_what_was_returned_in_time_is_judged_by_who_verified_it():
    story = Story.begin().do(Action.RETURN, ADMIN, after=DAY).do(Action.VERIFY_AND_ASSIGN, NATIONAL_ADMIN, after=DAY)
    facts = _read(story)
    assert (facts.verify_state, facts.verify_agency) == ("kept", NATIONAL)
    assert (facts.return_count, facts.received_agency) == (1, PROVINCE)


def test_a_report_withdrawn_before_anybody_decided_was_verified_by_nobody():
    facts = _read(Story.begin().do(Action.WITHDRAW, REPORTER, after=HOUR))
    assert (facts.verify_state, facts.verify_hours, facts.is_withdrawn) == ("none", None, True)


def test_an_archive_is_a_decision_and_no_resolution():
    facts = _read(Story.begin().do(Action.ARCHIVE, ADMIN, after=DAY))
    assert (facts.verify_state, facts.resolve_state, facts.resolve_days) == ("kept", "none", None)
    assert facts.archive_reason == "not_government"


def test_the_days_on_which_data_was_waited_for_are_not_counted():
    story = _assigned().do(Action.REQUEST_DATA, LIAISON, after=DAY)  # Friday
    story.do(Action.SUPPLY_DATA, REPORTER, after=10 * DAY).do(Action.ANSWER, LIAISON, after=DAY)  # Monday, Tuesday
    facts = _read(story)
    assert (facts.resolve_state, facts.resolve_gross_days) == ("kept", 13)
    assert facts.resolve_days == 3  # Thursday, Friday, and the Tuesday of the answer


def test_what_is_late_and_then_answered_is_missed_and_a_second_answer_changes_no_days():
    story = _assigned().do(Action.ANSWER, LIAISON, after=60 * DAY)
    first = _read(story)
    story.do(Action.REPORTER_REPLY, REPORTER, after=DAY).do(Action.ANSWER, LIAISON, after=DAY)
    second = _read(story)
    assert first.resolve_state == second.resolve_state == "missed"
    assert first.resolve_days == second.resolve_days


def test_a_formal_request_is_judged_by_its_own_clock_alone():
    story = Story.begin(classification="information_request", identity="0" * 64)
    story.do(Action.VERIFY_AND_ASSIGN, ADMIN, after=DAY)
    story.write(Action.HAND_TO_PPID, ADMIN, "assigned", Status.ASSIGNED, {"owner": {"agency": PROVINCE, "unit": UNIT}})
    # Nine working days: beyond the five of the request, within the ten of the law.
    story.do(Action.ANSWER, LIAISON, after=13 * DAY)
    facts = _read(story)
    assert (facts.is_formal, facts.resolve_state) == (True, "kept")


def test_an_event_that_was_written_down_later_does_not_exist():
    story = _assigned()
    before, story.now = story.now, story.now + 30 * DAY
    story.do(Action.ANSWER, LIAISON)
    then = _read(story, before)
    assert (then.status, then.was_answered, then.events) == (Status.ASSIGNED, False, 2)
    assert then == _read(Story(story.events[:2], before))
    assert case_facts.read(
        "7KQ2-M9TD", story.events, limits=lambda _name: LIMITS, calendars=lambda _v, _a: CALENDAR, at=START - DAY
    ) is None  # fmt: skip


def test_a_report_that_goes_to_another_agency_at_midnight_of_the_new_year_counts_for_each_by_its_stage():
    night = datetime(2020, 12, 31, 16, 30, tzinfo=UTC)  # 23.30 WIB, and 01.30 of the next year in Jayapura
    story = Story.begin(now=night).do(Action.VERIFY_AND_ASSIGN, ADMIN, after=timedelta(minutes=20))
    story.now = datetime(2020, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Serang
    there = {"agency": PAPUA, "unit": None}
    story.write(
        Action.ACCEPT_TRANSFER,
        AgencyAdmin(900, PAPUA),
        "assigned",
        Status.ASSIGNED,
        {"owner": there, "zone": "Asia/Jayapura"},
    )
    facts = _read(story)
    assert facts.received_on == "2020-12-31"  # by the clock of the agency that got it
    assert (facts.received_agency, facts.verify_agency) == (PROVINCE, PROVINCE)
    assert (facts.resolve_agency, facts.now_agency, facts.hop_count) == (PAPUA, PAPUA, 1)
    story.now = datetime(2021, 1, 4, 15, 30, tzinfo=UTC)  # 22.30 on Monday in Serang, 00.30 on Tuesday in Jayapura
    story.write(
        Action.ANSWER,
        LiaisonOfficer(901, PAPUA, 90),
        "assigned",
        Status.ANSWERED,
        {"outcome": "explained", "outcome_on": None, "zone": "Asia/Jayapura"},
    )
    assert _read(story).resolve_gross_days == 5


def test_a_reopened_report_that_is_not_answered_in_its_five_days_is_late_for_who_has_it():
    story = _assigned().do(Action.ANSWER, LIAISON, after=DAY).do(Action.CONFIRM_DONE, REPORTER, after=DAY)
    story.do(Action.REOPEN, REPORTER, after=DAY)
    assert _read(story).resolve_state == "running"
    assert _read(story, story.now + 20 * DAY).resolve_state == "late"


def test_silence_when_data_was_asked_for_is_a_withdrawal():
    story = Story.begin().do(Action.REQUEST_DATA, ADMIN, after=DAY)
    story.do(Action.DATA_DEADLINE_PASSED, System(), after=40 * DAY)
    facts = _read(story)
    assert (facts.status, facts.is_withdrawn, facts.verify_state) == (Status.CLOSED, True, "kept")


def test_facts_change_by_themselves_when_the_next_time_runs_out():
    story = Story.begin()
    due = next(run for run in story.clocks if run.clock == Clock.VERIFY).due_at
    found = case_facts.read(
        "7KQ2-M9TD", story.events, limits=lambda _n: LIMITS, calendars=lambda _v, _a: CALENDAR, at=story.now
    )
    assert found is not None
    assert found.changes_at == due


@pytest.mark.parametrize("supervisory", [None, True, False])
def test_what_is_kept_of_a_report_is_read_back_as_it_was(supervisory):
    story = Story.begin(area="36.01.02.2003").do(Action.VERIFY_AND_ASSIGN, ADMIN, supervisory=supervisory is True)
    facts = _read(story)
    if supervisory is None:
        facts = _read(Story.begin())
    kept = stored(facts)
    assert restored(kept) == facts
    assert set(kept) < set(COLUMNS)
