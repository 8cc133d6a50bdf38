"""One broken report does not stop the others, and the job still fails for all to see."""

import pytest
from django.db import OperationalError

from tanggap.services.rounds import RoundError, one_by_one


def test_the_others_are_done_though_one_fails():
    done = []

    def do(pk: int) -> int:
        if pk == 2:
            raise ValueError("broken")
        done.append(pk)
        return 1

    with pytest.raises(RoundError, match="1 of them failed: 2"):
        one_by_one([1, 2, 3], do, what="close")
    assert done == [1, 3]


def test_a_lost_database_ends_the_round_at_once():
    done = []

    def do(pk: int) -> int:
        done.append(pk)
        raise OperationalError

    with pytest.raises(OperationalError):
        one_by_one([1, 2], do, what="close")
    assert done == [1]


def test_what_each_returned_is_added_up():
    assert one_by_one([1, 2, 3], lambda pk: pk, what="close") == 6
