"""A merge and its undoing leave no trace but their two events (REQ-26)."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain.actors import LiaisonOfficer
from tanggap.domain.case import Projection
from tanggap.domain.clusters import CARRIED, MERGEABLE, leaves, why_apart
from tanggap.domain.lifecycle import OVER, TRANSITIONS, Action
from tanggap.domain.policy import Allowed, Reason, choices, decide
from tests.domain.shapes import ACTORS, ADMIN, FULL, LIAISON, NATIONAL, PROVINCE, REPORTER, UNIT, Story

_OF_THE_CHAIN = {"count", "head", "last_acted_at"}
_CLUSTER = {Action.MERGE, Action.UNMERGE, Action.TAKE_IN, Action.LET_GO}
# How the two may go on; what hangs on the number of an event is left out.
_WALK = sorted(set(Action) - _CLUSTER - {Action.CONFIRM_TEXT, Action.TRANSFER, Action.NUDGE, Action.ESCALATE})


# The number of an event, which two events more make another one: here only whether there is one counts.
_NUMBERED = {"objection", "held_answer", "sent_back"}


def facts(story):
    told = {one.name: getattr(story.facts, one.name) for one in fields(Projection) if one.name not in _OF_THE_CHAIN}
    # What was proposed is still proposed; but a merge that was proposed has been done.
    proposed = [replace(one, seq=0) for one in told["proposed"].values() if one.kind not in _CLUSTER]
    asked = [replace(one, seq=0) for one in told["asked"].values()]
    numbered = {name: told[name] is not None for name in _NUMBERED}
    return told | numbered | {"proposed": proposed, "asked": asked}


def walk(stories, pick):
    """Let one and the same act be done to each of the stories."""
    open_to = [
        (actor, action)
        for actor in ACTORS
        for action in choices(actor=actor, case=stories[0].case)
        if action in _WALK
        and isinstance(
            decide(action, actor=actor, case=stories[0].case, move=stories[0]._complete(action, actor, FULL)), Allowed
        )
    ]
    if open_to:
        actor, action = open_to[pick % len(open_to)]
        for story in stories:
            story.do(action, actor)


@settings(max_examples=12, deadline=None)
@given(
    before=st.lists(st.integers(0, 999), max_size=3), after=st.lists(st.integers(0, 999), max_size=3), far=st.booleans()
)
def test_merged_and_taken_apart_is_as_if_it_had_never_been_merged(before, after, far):
    plain, merged = Story.begin(), Story.begin()
    both = (plain, merged)
    for story in both:
        story.do(Action.VERIFY_AND_ASSIGN, ADMIN)
    for pick in before:
        walk(both, pick)
    if Action.MERGE not in choices(actor=ADMIN, case=merged.case):
        return
    status = merged.facts.status
    owner = {"agency": NATIONAL, "unit": None} if far else {"agency": PROVINCE, "unit": 77}
    back = {"agency": merged.facts.owner_agency_id, "unit": merged.facts.owner_unit_id}
    merged.write(Action.MERGE, ADMIN, status.value, status, {"lead": 99, "owner": owner})
    assert (merged.facts.cluster_id, merged.facts.owner_agency_id) == (99, owner["agency"])
    merged.write(Action.UNMERGE, ADMIN, status.value, status, {"owner": back})
    for pick in after:
        walk(both, pick)
    assert facts(merged) == facts(plain)
    assert merged.clocks == plain.clocks
    assert merged.events[-1].seq == plain.events[-1].seq + 2


def _led():
    return Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN).do(Action.TAKE_IN, ADMIN)


def _following():
    return Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN).do(Action.MERGE, ADMIN)


@pytest.mark.parametrize("story", [_led, _following])
def test_what_is_together_goes_nowhere_in_pieces(story):
    open_to = set(choices(actor=ADMIN, case=story().case))
    assert not open_to & {Action.TRANSFER, Action.ARCHIVE, Action.DECIDE_OWNER, Action.MERGE}
    assert {Action.FOLLOW_UP, Action.ANSWER, Action.RETURN} <= open_to


def test_a_member_and_a_lead_are_told_apart():
    assert Action.UNMERGE in choices(actor=ADMIN, case=_following().case)
    assert Action.LET_GO not in choices(actor=ADMIN, case=_following().case)
    assert {Action.TAKE_IN, Action.LET_GO} <= set(choices(actor=ADMIN, case=_led().case))
    assert Action.UNMERGE not in choices(actor=ADMIN, case=_led().case)


def test_only_admins_merge():
    case = Story.begin().do(Action.VERIFY_AND_ASSIGN, ADMIN).case
    for actor in (LIAISON, REPORTER, LiaisonOfficer(9, PROVINCE, UNIT)):
        assert not set(choices(actor=actor, case=case)) & _CLUSTER


def test_what_leaves_and_what_stays():
    member, lead = _following(), _led()
    assert leaves(Action.WITHDRAW, member.facts, was_confidential=False)
    assert leaves(Action.SET_VISIBILITY, member.facts, was_confidential=True)
    assert not leaves(Action.SET_VISIBILITY, member.facts, was_confidential=False)
    assert leaves(Action.RETURN, member.facts, was_confidential=False)
    assert not leaves(Action.RETURN, lead.facts, was_confidential=False)
    assert not leaves(Action.WITHDRAW, Story.begin().facts, was_confidential=False)


def test_a_report_is_not_handled_together_with_itself():
    case = _led().case
    assert why_apart(case, case) == Reason.WITH_ITSELF


def test_nothing_that_is_over_comes_into_a_cluster_and_what_is_carried_is_in_the_table():
    assert not MERGEABLE & OVER
    assert {row.action for row in TRANSITIONS} >= CARRIED
