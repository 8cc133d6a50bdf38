"""A report goes all the way, through the services, on the real database."""

import pytest

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Deadline, Event, Publication
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status)
def test_a_report_can_walk_to_every_status(status):
    report = make.report(status=status)
    assert report.status == status


def test_a_complaint_is_answered_and_closed_with_everything_that_follows():
    report = make.report(status=Status.CLOSED)
    assert [e.kind for e in Event.objects.filter(report=report).order_by("seq")] == [
        Action.SUBMIT,
        Action.VERIFY_AND_ASSIGN,
        Action.ANSWER,
        Action.CONFIRM_DONE,
    ]
    assert Publication.objects.get(report=report).title == "Jalan rusak di depan pasar"
    assert {d.clock for d in Deadline.objects.filter(report=report)} >= {"verify", "resolve", "auto_close"}
