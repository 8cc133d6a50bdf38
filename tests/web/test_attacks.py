"""What somebody tries who wants to learn or break what is not theirs, through the client."""

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def desk_of(actor):
    """Return the browser of an officer who is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


class TestWhatWasTakenDown:
    def test_an_appeal_does_not_publish_an_archived_report_again(self):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ARCHIVE)
        make.act(report, Action.APPEAL)
        page = Client().get(f"/laporan/{report.number}").content.decode()
        assert make.BODY not in page
        assert report.title not in page
        assert report.number not in Client().get("/laporan").content.decode()
        make.act(report, Action.VERIFY_AND_ASSIGN)
        assert make.BODY in Client().get(f"/laporan/{report.number}").content.decode()
