"""Deeds to many: what a list offers is what the table of transitions allows where its reports stand."""

import pytest

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
