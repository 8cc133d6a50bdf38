"""The two tables: complete, without dead ends, and no open report that falls through."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tanggap.domain.actors import Role
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import running
from tanggap.domain.guards import GUARDS
from tanggap.domain.handing_on import MOST_EXTENSIONS
from tanggap.domain.lifecycle import OPEN, OVER, STATUSES, TRANSITIONS, Action, Holder, Status, Target
from tanggap.domain.notices import NOTICES, Notice
from tanggap.domain.policy import Allowed, choices, decide
from tests.domain.shapes import ACTORS, FULL, NATIONAL, PROVINCE, Story


def test_every_status_has_its_facts():
    assert set(STATUSES) == set(Status)


def test_every_clock_and_every_notice_has_its_row():
    assert set(CLOCKS) == set(Clock)
    assert set(NOTICES) == set(Notice)


def test_no_edge_stands_twice():
    edges = [
        (row.action, source, row.target, role) for row in TRANSITIONS for source in row.sources for role in row.roles
    ]
    assert len(edges) == len(set(edges))


def test_every_action_is_used():
    assert {row.action for row in TRANSITIONS} | {Action.SUBMIT, Action.IMPORT} == set(Action)


def test_every_row_has_its_own_code():
    codes = [row.code for row in TRANSITIONS]
    assert len(codes) == len(set(codes))
    assert all(codes)


def _targets(status: Status) -> set[Status]:
    found = set()
    for row in TRANSITIONS:
        if status in row.sources and row.target != Target.SAME:
            found |= (
                {Status.UNVERIFIED, Status.ASSIGNED, Status.IN_PROGRESS} if row.target == Target.BACK else {row.target}
            )
    return found


def test_every_status_can_be_reached_from_a_fresh_report():
    reached, waiting = set(), [Status.UNVERIFIED]
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting.extend(_targets(status))
    assert reached == set(Status)


@pytest.mark.parametrize("status", Status)
def test_only_a_final_status_has_no_way_out(status):
    assert bool(_targets(status)) == (not STATUSES[status].is_final)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_somebody_holds_every_open_status(status):
    assert STATUSES[status].holder != Holder.NOBODY


@pytest.mark.parametrize("status", sorted(OPEN))
def test_a_reporter_can_always_say_more_while_a_report_is_open(status):
    talking = {Action.ADD_INFORMATION, Action.SUPPLY_DATA, Action.REPORTER_REPLY}
    assert [row for row in TRANSITIONS if row.action in talking and status in row.sources]


def test_automatic_closing_is_only_for_what_was_answered():
    (row,) = [row for row in TRANSITIONS if row.action == Action.AUTO_CLOSE]
    assert row.sources == {Status.ANSWERED}
    assert row.roles == {Role.SYSTEM}


def test_a_guard_guards_an_action_of_the_table():
    assert set(GUARDS) <= {row.action for row in TRANSITIONS}


class Histories(RuleBasedStateMachine):
    """Walks that the table allows, of any length, by every kind of actor, with time passing."""

    story: Story

    @initialize(owner=st.sampled_from([NATIONAL, PROVINCE]))
    def begin(self, owner: int) -> None:
        self.story = Story.begin(owner=owner)

    @rule(hours=st.integers(1, 24 * 45))
    def wait(self, hours: int) -> None:
        self.story.now += timedelta(hours=hours)

    @rule(actor=st.sampled_from(ACTORS), pick=st.integers(0, 1000))
    def act(self, actor, pick: int) -> None:
        open_to = [action for action in choices(actor=actor, case=self.story.case) if action not in _LOOKS]
        if not open_to:
            return
        action = open_to[pick % len(open_to)]
        move = self.story._complete(action, actor, FULL)
        if isinstance(decide(action, actor=actor, case=self.story.case, move=move), Allowed):
            self.story.do(action, actor)

    @invariant()
    def an_open_report_has_an_owner_and_a_running_clock(self) -> None:
        if not hasattr(self, "story"):
            return
        facts = self.story.facts
        assert facts.owner_agency_id is not None
        if facts.status in OPEN:
            assert running(self.story.clocks), f"{facts.status} after {[e.kind for e in self.story.events]}"

    @invariant()
    def a_report_that_is_over_has_no_running_clock_but_its_windows(self) -> None:
        if hasattr(self, "story") and self.story.facts.status in OVER:
            assert not running(self.story.clocks)

    @invariant()
    def total_age_never_resets(self) -> None:
        if hasattr(self, "story"):
            resolve = [run for run in self.story.clocks if run.clock == Clock.RESOLVE]
            assert len(resolve) <= 1
            assert self.story.facts.received_at == self.story.events[0].acted_at

    @invariant()
    def more_time_is_given_twice_at_most_and_never_moves_a_date_of_the_law(self) -> None:
        if hasattr(self, "story"):
            assert self.story.facts.extension_count <= MOST_EXTENSIONS
            assert not [run for run in self.story.clocks if run.extended and run.clock != Clock.RESOLVE]

    @invariant()
    def what_was_never_verified_is_not_public(self) -> None:
        if hasattr(self, "story") and self.story.facts.is_public:
            assert self.story.facts.assigned_at is not None


# They change nothing but the record of who looked; left out so that walks get somewhere.
_LOOKS = {Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL, Action.CONFIRM_TEXT, Action.SET_VISIBILITY, Action.RECOMPUTE}
_LOOKS |= {Action.ESCALATE}

TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
