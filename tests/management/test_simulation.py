"""A short simulated year finds nothing broken; and what is broken on purpose is found."""

from datetime import UTC, datetime

import pytest

from tanggap.cli.simulate import table
from tanggap.management.demo.profile import ZONE
from tanggap.management.simulation.play import Play, Wish
from tanggap.models import Deadline
from tanggap.selectors import soundness
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

BEGIN = datetime(2024, 1, 2, tzinfo=ZONE).astimezone(UTC)


def play(*, reports=6, months=1, seed=7, broken=""):
    return Play(Wish(reports, months, seed, broken, agencies=2), BEGIN).run()


def test_every_report_has_an_owner_and_a_clock_and_every_escalation_reaches_somebody():
    found = play()
    assert set(found.broken.values()) == {0}
    assert found.played["reports"] == 6
    assert found.played["escalations"] > 0
    assert found.played["looks at a report"] > found.played["acts"]
    assert table(found.played, found.broken)[-1].split()[-1] == "0"


def test_somebody_whose_leave_was_hidden_is_found_to_have_been_told():
    assert play(broken="absent", reports=6, months=1).to_absent > 0


def test_a_hop_too_many_and_a_clock_that_was_stopped_are_found():
    report = make.submit()
    day = NOW.date()
    assert soundness.of_report(report.pk, on=day, most_hops=0) == soundness.Broken(0, 0, 0, 1)
    Deadline.objects.filter(report=report).update(stopped_at=NOW)
    assert soundness.of_report(report.pk, on=day, most_hops=-1) == soundness.Broken(0, 1, 1, 1)
