"""Policies are never overwritten: what differs becomes the next version, and what inherits follows."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap import data
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reference import BadRowsError, read_rows
from tanggap.domain.reference_rows import LimitRow, PolicyRow
from tanggap.models import Deadline, Policy
from tanggap.selectors import policies as selectors
from tanggap.services import policies
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

POLICIES = read_rows(PolicyRow, "policies.csv", data.text("policies.csv"))
LIMITS = read_rows(LimitRow, "time_limits.csv", data.text("time_limits.csv"))
BOUND = "kab-tangerang-internal"


def local(clock, count, unit="wd", classification="", supervisory=None, line=77):
    return LimitRow(line, BOUND, clock, classification, supervisory, count, unit, "Ps 1", "Internal", date(2022, 1, 1))


def test_loading_the_same_again_makes_no_version():
    assert policies.load(POLICIES, LIMITS).unchanged == 3
    assert Policy.objects.count() == 3


def test_a_changed_number_is_a_new_version_of_its_policy_and_of_what_inherits_it():
    changed = [replace(row, count=2) if (row.policy, row.clock) == ("permen62-2018", "verify") else row for row in LIMITS]  # fmt: skip # noqa: E501
    change = policies.load(POLICIES, changed)
    assert (change.added, change.changed, change.unchanged) == (0, 2, 1)
    assert selectors.read("permen62-2018@1").limit("verify").count == 3
    assert selectors.read("permen62-2018@2").limit("verify").count == 2
    assert selectors.read("permen5-2025@1").limit("verify").count == 3
    assert selectors.read("permen5-2025@2").limit("verify").count == 2


def test_a_new_law_ends_the_old_one_and_starts_on_its_own_day():
    ended = [replace(row, valid_to=date(2026, 12, 31)) if row.code == "permen5-2025" else row for row in POLICIES]
    new = PolicyRow(9, "permen9-2027", "Permen PANRB 9/2027", "", date(2027, 1, 1), None, "permen5-2025")
    row = LimitRow(99, "permen9-2027", "verify", "", None, 1, "wd", "Ps 5", "Permen PANRB 9/2027", date(2027, 1, 1))
    stricter = [replace(row, count=24) if row.policy == BOUND else row for row in LIMITS]
    change = policies.load([*ended, new], [*stricter, row])
    assert (change.added, change.changed) == (1, 2)
    assert selectors.in_force(None, date(2026, 12, 31)).limit("verify").count == 3
    assert selectors.in_force(None, date(2027, 1, 1)).limit("verify").count == 1
    assert selectors.in_force(None, date(2027, 1, 1)).limit("resolve", "complaint", True).count == 60


def test_a_policy_may_stand_before_the_one_it_inherits_from():
    assert policies.load(POLICIES[::-1], LIMITS).unchanged == 3


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (local("first_followup", 5, "cd"), "five working days are five days at the least, from a Sunday"),
        (local("resolve", 5), "nothing is shorter than five days nationally"),
        (local("resolve", 14, classification="complaint", supervisory=False), "the same"),
        (local("verify", 72, "hour", classification="complaint"), "at the last second three days are never more"),
        (local("auto_close", 10), "what is the reporter's stays as it is"),
    ],
)
def test_a_stricter_or_equal_local_limit_is_taken(rule, why):
    limits = [row for row in LIMITS if (row.policy, row.clock) != (BOUND, rule.clock)]
    assert policies.load(POLICIES, [*limits, rule]).changed == 1, why


@pytest.mark.parametrize(
    ("rule", "day", "why"),
    [
        (local("first_followup", 6), "2022-01-01", "a day more"),
        (local("first_followup", 6, "cd"), "2022-01-02", "from a Sunday five working days end on a Friday"),
        (local("resolve", 13), "2022-01-01", "without a kind it speaks of information requests too"),
        (local("verify", 73, "hour", classification="complaint"), "2022-01-02", "an hour too many"),
        (local("resolve", 87, "cd", "complaint", True), "2022-", "sixty working days are 84 days and the holidays"),
        (local("reopen_window", 29, "cd"), "2022-01-01", "it takes time from the reporter"),
        (local("auto_close", 11), "2022-01-01", "it leaves a report hanging longer"),
    ],
)
def test_a_looser_local_limit_is_refused_with_the_day_that_shows_it(rule, day, why):
    with pytest.raises(BadRowsError) as caught:
        policies.load(POLICIES, [*LIMITS, rule])
    assert str(caught.value).startswith(f"time_limits.csv:77: {rule.clock}: {rule.count} {rule.unit}"), why
    assert f"for a start on {day}" in str(caught.value), why


def test_a_local_policy_is_compared_on_the_days_on_which_both_are_in_force():
    later = [replace(row, valid_from=date(2026, 1, 1)) if row.code == BOUND else row for row in POLICIES]
    with pytest.raises(BadRowsError) as caught:
        policies.load(later, [*LIMITS, local("first_followup", 6)])
    assert "permen5-2025" in str(caught.value)
    assert "permen62-2018" not in str(caught.value)


def test_a_policy_that_changes_leaves_the_clocks_that_run_as_they_are():
    """However many there are: a clock names the policy that gave its limit, and none is looked at when one changes."""
    reports = [make.report(status=Status.ASSIGNED) for _ in range(3)]
    before = {report.pk: report.due_at for report in reports}
    shorter = [replace(row, count=7) if row.clock == "resolve" and row.count == 14 else row for row in LIMITS]
    policies.load(POLICIES, shorter)
    for report in reports:
        make.act(report, Action.FOLLOW_UP, now=make.NOW + make.DAY)
        report.refresh_from_db()
        clock = Deadline.objects.get(report=report, clock="resolve")
        assert (clock.count, clock.policy) == (14, "permen62-2018@1")
        assert report.due_at == clock.due_at > before[report.pk]
    fresh = Deadline.objects.get(report=make.report(status=Status.ASSIGNED), clock="resolve")
    assert (fresh.count, fresh.policy) == (7, "permen62-2018@2")
