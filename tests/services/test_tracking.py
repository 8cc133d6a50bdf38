"""Number and token open one report, and everything else opens none."""

import pytest

from tanggap.domain.actors import Reporter
from tanggap.services import keys, tracking
from tests import make

pytestmark = pytest.mark.django_db


def test_number_and_token_give_the_capability_on_that_report_alone():
    report, other = make.submit(), make.submit()
    assert tracking.recognise(number=report.number, token=keys.token_for(report.number)) == Reporter(report.pk)
    assert tracking.recognise(number=other.number, token=keys.token_for(report.number)) is None


def test_they_are_read_as_people_write_them():
    report = make.submit()
    token = keys.token_for(report.number).lower().replace("-", " ")
    assert tracking.recognise(number=f"#{report.number.lower()}", token=token) == Reporter(report.pk)


@pytest.mark.parametrize(("number", "token"), [("", ""), ("7KQ2-M9TD", "0000-0000-0000-0000"), ("x" * 99, "y" * 99)])
def test_what_is_no_report_is_nobody(number, token):
    assert tracking.recognise(number=number, token=token) is None


def test_the_number_that_stands_for_none_can_never_be_given_out(django_assert_num_queries):
    """A text that is no number costs the same look as an unknown one, under a number that fails its own check."""
    token = keys.token_for("0000-0001")
    with django_assert_num_queries(1):
        assert tracking.recognise(number="bukan nomor", token=token) is None
