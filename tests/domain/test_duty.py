"""Who is there on a day, who stands in for whom, and which leave cannot be entered."""

from datetime import date

import pytest

from tanggap.domain.appointments import Office
from tanggap.domain.duty import Leave, LeaveFault, Post, fault_of, is_away, may_stand_in, on_duty, stand_in

ANI, BUDI, CITRA, DEDI = 1, 2, 3, 4
ALL = frozenset({ANI, BUDI, CITRA, DEDI})


def july(day):
    return date(2020, 7, day)


def leave(who, first, last, deputy=None):
    return Leave(who, july(first), july(last), deputy)


def test_leave_holds_from_its_first_to_its_last_day():
    away = [leave(ANI, 6, 8)]
    assert [is_away(ANI, on=july(day), leaves=away) for day in (5, 6, 8, 9)] == [False, True, True, False]


def test_a_deputy_who_is_away_is_replaced_by_the_own_deputy():
    away = [leave(ANI, 6, 10, BUDI), leave(BUDI, 7, 8, CITRA)]
    assert stand_in(ANI, on=july(6), leaves=away, serving=ALL) == BUDI
    assert stand_in(ANI, on=july(7), leaves=away, serving=ALL) == CITRA
    assert stand_in(ANI, on=july(9), leaves=away, serving=ALL) == BUDI


def test_a_circle_of_deputies_ends_with_nobody():
    away = [leave(ANI, 6, 10, BUDI), leave(BUDI, 6, 10, CITRA), leave(CITRA, 6, 10, ANI)]
    assert stand_in(ANI, on=july(7), leaves=away, serving=ALL) is None


def test_a_deputy_who_left_office_stands_in_for_nobody():
    away = [leave(ANI, 6, 10, BUDI)]
    assert stand_in(ANI, on=july(7), leaves=away, serving=ALL - {BUDI}) is None


def test_a_post_says_who_is_there_who_replaces_whom_and_who_is_missed():
    away = [leave(BUDI, 6, 10, DEDI), leave(CITRA, 6, 10)]
    duty = on_duty((ANI, BUDI, CITRA), on=july(7), leaves=away, serving=ALL)
    assert (duty.present, duty.standing_in, duty.without) == ((ANI,), ((BUDI, DEDI),), (CITRA,))
    assert (duty.reachable, duty.deputies, duty.is_vacant) == ((ANI, DEDI), (DEDI,), False)


def test_a_locked_account_is_not_there_and_nobody_at_all_is_a_vacant_post():
    assert on_duty((ANI,), on=july(7), leaves=[], serving=frozenset()).reachable == ()
    assert on_duty((), on=july(7), leaves=[], serving=ALL).is_vacant


@pytest.mark.parametrize(
    ("wanted", "known", "fault"),
    [
        (leave(ANI, 8, 6), [], LeaveFault.ENDS_BEFORE_IT_BEGINS),
        (leave(ANI, 1, 2), [], LeaveFault.IS_PAST),
        (Leave(ANI, july(6), date(2021, 7, 7)), [], LeaveFault.TOO_LONG),
        (leave(ANI, 6, 8), [leave(ANI, 8, 9)], LeaveFault.OVERLAPS),
        (leave(ANI, 6, 8), [leave(BUDI, 8, 9)], None),
        (leave(ANI, 6, 8, ANI), [], LeaveFault.DEPUTY_IS_ONESELF),
        (leave(ANI, 6, 8, BUDI), [leave(BUDI, 8, 9, ANI)], LeaveFault.IN_A_CIRCLE),
        (leave(ANI, 6, 8, BUDI), [leave(BUDI, 6, 8, CITRA), leave(CITRA, 8, 8, ANI)], LeaveFault.IN_A_CIRCLE),
        (leave(ANI, 6, 8, BUDI), [leave(BUDI, 9, 9, ANI)], None),
    ],
)
def test_leave_that_cannot_be_is_refused(wanted, known, fault):
    assert fault_of(wanted, today=july(3), others=known) == fault


HERE, THERE, UNIT, ABOVE, BESIDE = 10, 11, 20, 21, 22


@pytest.mark.parametrize(
    ("deputy", "may"),
    [
        (Post(BUDI, Office.LIAISON_OFFICER, HERE, UNIT), True),
        (Post(BUDI, Office.LIAISON_OFFICER, HERE, ABOVE), True),
        (Post(BUDI, Office.LIAISON_OFFICER, HERE, BESIDE), False),
        (Post(BUDI, Office.AGENCY_ADMIN, HERE), True),
        (Post(BUDI, Office.AGENCY_ADMIN, THERE), False),
        (Post(BUDI, Office.NATIONAL_ADMIN, THERE), False),
    ],
)
def test_only_who_sees_the_same_reports_stands_in_for_an_officer(deputy, may):
    absent = Post(ANI, Office.LIAISON_OFFICER, HERE, UNIT)
    assert may_stand_in(deputy, absent, path={UNIT, ABOVE}) is may


def test_an_admin_is_replaced_by_an_admin_of_the_same_agency():
    absent = Post(ANI, Office.AGENCY_ADMIN, HERE)
    assert may_stand_in(Post(BUDI, Office.AGENCY_ADMIN, HERE), absent, path=())
    assert not may_stand_in(Post(BUDI, Office.LIAISON_OFFICER, HERE, UNIT), absent, path=())
