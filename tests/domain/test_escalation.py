"""Steps fire in working time, pass over what nobody can be reached in, and reach each person once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tanggap.domain.calendar import weekends_only
from tanggap.domain.clocks import Clock
from tanggap.domain.escalation import LADDERS, After, Rung, Skipped, Standing, Step, climb, fires_at

HOME = "Asia/Jakarta"
WIB = ZoneInfo(HOME)
FRIDAY, MONDAY = datetime(2020, 7, 3, 15, tzinfo=WIB), datetime(2020, 7, 6, 10, tzinfo=WIB)
SECOND = timedelta(seconds=1)
FRIDAY_NIGHT = datetime(2020, 7, 3, 23, 59, 59, tzinfo=WIB)


@pytest.mark.parametrize(
    ("step", "due_at", "zone", "fires"),
    [
        (Step(Rung.OFFICER, 0), FRIDAY_NIGHT, HOME, datetime(2020, 7, 6, 8, tzinfo=WIB)),
        (Step(Rung.ADMIN, 2), FRIDAY_NIGHT, HOME, datetime(2020, 7, 8, 8, tzinfo=WIB)),
        (Step(Rung.ADMIN, 2), FRIDAY_NIGHT, "Asia/Jayapura", datetime(2020, 7, 8, 6, tzinfo=WIB)),
        (Step(Rung.OFFICER, 0), MONDAY, HOME, MONDAY + SECOND),
        (Step(Rung.DEPUTY, 4, After.HOURS), FRIDAY_NIGHT, HOME, datetime(2020, 7, 6, 12, tzinfo=WIB)),
        (Step(Rung.DEPUTY, 4, After.HOURS), FRIDAY, HOME, MONDAY + timedelta(hours=1) + SECOND),
    ],
)  # fmt: skip
def test_a_step_fires_while_offices_are_open(step, due_at, zone, fires):
    assert fires_at(step, due_at=due_at, zone=zone, calendar=weekends_only()) == fires.astimezone(UTC)


def test_levels_go_up_and_never_back():
    order = list(Rung)
    for clock, ladder in LADDERS.items():
        places = [order.index(step.rung) for step in ladder]
        assert places == sorted(set(places)), clock
        due = datetime(2020, 7, 1, 3, tzinfo=UTC)
        moments = [fires_at(step, due_at=due, zone="Asia/Jakarta", calendar=weekends_only()) for step in ladder]
        assert moments == sorted(moments), clock


LADDER = LADDERS[Clock.RESOLVE]
EVERYBODY = {rung: Standing((place,)) for place, rung in enumerate(Rung, start=1)}
NOBODY = {rung: Standing(why=Skipped.VACANT) for rung in Rung}


def test_each_step_reaches_its_level():
    assert [climb(LADDER, place, EVERYBODY) for place in range(len(LADDER))] == [
        (place, (place + 1,), ()) for place in range(len(LADDER))
    ]


def test_a_post_that_nobody_is_reached_in_is_passed_over_and_named():
    standing = EVERYBODY | {
        Rung.OFFICER: Standing(why=Skipped.ABSENT),
        Rung.DEPUTY: Standing(why=Skipped.NO_DEPUTY),
    }
    skipped = ((Rung.OFFICER, Skipped.ABSENT), (Rung.DEPUTY, Skipped.NO_DEPUTY))
    assert climb(LADDER, 0, standing) == (2, (3,), skipped)


def test_without_anybody_nothing_is_told():
    assert climb(LADDER, 0, NOBODY) is None


def test_who_was_told_below_is_not_told_again_in_a_higher_post():
    standing = EVERYBODY | {Rung.DEPUTY: Standing((1,)), Rung.ADMIN: Standing((1, 7))}
    assert climb(LADDER, 1, standing, told={1}) == (2, (7,), ((Rung.DEPUTY, Skipped.TOLD),))
