"""Which flags an event turned: told by how the report stood before it, not by what the event holds."""

import pytest

from tanggap.domain.flags import Flag, Turn, turns
from tanggap.domain.lifecycle import Action, Status
from tests.domain.shapes import ADMIN, REPORTER, Story

SECRET = Turn(Flag.CONFIDENTIAL, is_on=True, is_new=True)


def _last(story):
    return turns(story.events).get(story.events[-1].seq, ())


def _said(story, actor, **flags):
    story.write(Action.SET_VISIBILITY, actor, Status.UNVERIFIED, Status.UNVERIFIED, flags)
    return story


def test_a_flag_that_was_never_set_is_not_taken_back():
    assert _last(_said(Story.begin(), REPORTER, anonymous=False, confidential=True)) == (SECRET,)


def test_what_stood_so_before_is_not_turned():
    story = Story.begin(anonymous=True)
    assert turns(story.events) == {}, "the first event begins"
    assert _last(_said(story, REPORTER, anonymous=True, confidential=True)) == (SECRET,)
    assert _last(_said(story, REPORTER, anonymous=True, confidential=True)) == ()


def test_both_flags_turn_at_once():
    story = _said(Story.begin(anonymous=True), REPORTER, anonymous=False, confidential=True)
    assert _last(story) == (Turn(Flag.ANONYMOUS, is_on=False, is_new=True), SECRET)


@pytest.mark.parametrize("says", [True, False])
def test_a_flag_of_two_sides_stays_when_one_of_them_speaks(says):
    story = Story.begin(anonymous=True)
    _said(story, ADMIN, anonymous=True)
    stays = (Turn(Flag.ANONYMOUS, is_on=True, is_new=False),)
    assert _last(story) == stays
    if not says:
        assert _last(_said(story, REPORTER, anonymous=False, confidential=False)) == stays
