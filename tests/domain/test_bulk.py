"""Deeds to many: what a list offers is what the table of transitions allows where its reports stand."""

import pytest

from tanggap.domain import queues
from tanggap.domain.actors import Role
from tanggap.domain.bulk import Kind, offered
from tanggap.domain.lifecycle import Status


@pytest.mark.parametrize(
    ("role", "statuses", "kinds", "why"),
    [
        (Role.AGENCY_ADMIN, {Status.UNVERIFIED}, {Kind.ENTRUST}, "nothing leads what nobody has verified"),
        (Role.AGENCY_ADMIN, {Status.UNVERIFIED, Status.ASSIGNED}, {Kind.ASSIGN, Kind.MERGE, Kind.ENTRUST}, "as rows"),
        (Role.NATIONAL_ADMIN, {Status.PENDING}, {Kind.ENTRUST, Kind.NUDGE}, "it is open, and nobody works on it"),
        (Role.LIAISON_OFFICER, {Status.ARCHIVED}, set(), "it is over"),
    ],
)
def test_what_is_done_to_many_is_read_from_the_table_of_transitions(role, statuses, kinds, why):
    assert set(offered(role, statuses)) == kinds | {Kind.TAG, Kind.UNTAG}, why


def test_what_another_office_has_is_only_marked():
    everywhere = set(Status)
    assert set(offered(Role.AGENCY_ADMIN, everywhere, is_own=False)) == {Kind.TAG, Kind.UNTAG}
    assert set(offered(Role.NATIONAL_ADMIN, everywhere, is_own=False)) == {Kind.NUDGE, Kind.TAG, Kind.UNTAG}


def test_queues_of_what_was_handed_on_or_is_offered_are_those_of_another_office():
    others = {queue for role in Role for queue in queues.of(role) if not queue.is_own}
    assert {queues.OFFERED, queues.FORMER, queues.SUPPORTED, queues.DISPUTED} <= others
    assert not others & {queues.OWED, queues.MINE, queues.EVERYWHERE, queues.OVERDUE}
