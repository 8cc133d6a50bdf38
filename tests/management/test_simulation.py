"""A short simulated year finds nothing broken; and what is broken on purpose is found."""

from datetime import UTC, datetime

import pytest

from tanggap.cli.simulate import table
from tanggap.domain.lifecycle import Action
from tanggap.management.demo.profile import ZONE
from tanggap.management.simulation.play import Play, Wish
from tanggap.management.simulation.staff import Change
from tanggap.models import Deadline
from tanggap.selectors import accounts, soundness
from tanggap.services import handing_over
from tests import make
from tests.make import DAY, NOW

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


def test_a_report_that_stayed_with_somebody_who_changed_the_unit_is_found():
    played, now = Play(Wish(1, 1, 7, agencies=2), BEGIN), BEGIN + DAY
    person = next(change.person for change in played.staff.changes() if change.kind == "move")
    slug, unit, _office = person.post
    admin = played.staff.who(slug, "", now.date())
    (officer,) = accounts.working_officers_of(person.user_id, now.date())
    report = make.submit(now=BEGIN, event_date=BEGIN.date(), destination_id=played.staff.ids[slug])
    unit_id = played.staff.units[slug][unit]
    make.act(report, Action.VERIFY_AND_ASSIGN, now=BEGIN, actor=admin, unit_id=unit_id)
    make.act(report, Action.TAKE, now=BEGIN, actor=officer)
    assert played.staff.apply(Change(now, "move", person))
    played.watch.desks(now)
    assert played.found.left_behind == 0
    played.watch.desks(now + DAY)
    assert played.found.left_behind == 1
    handing_over.hand_over(now=now + DAY)
    played.watch.desks(now + DAY)
    assert played.found.left_behind == 1


def test_a_hop_too_many_and_a_clock_that_was_stopped_are_found():
    report = make.submit()
    day = NOW.date()
    assert soundness.of_report(report.pk, on=day, most_hops=0) == soundness.Broken(0, 0, 0, 1)
    Deadline.objects.filter(report=report).update(stopped_at=NOW)
    assert soundness.of_report(report.pk, on=day, most_hops=-1) == soundness.Broken(0, 1, 1, 1)
