"""What waits for an officer is what the officer must do next, and nothing that the officer is named in."""

from datetime import UTC, datetime

import pytest

from tanggap.domain.letters import Figures
from tanggap.domain.lifecycle import Status
from tanggap.models import NamedParty
from tanggap.selectors import workload
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db
ZONE = "Asia/Jakarta"


def figures(viewer, now=NOW):
    return workload.figures(viewer=viewer, now=now, zone=ZONE)


def test_nothing_owed_is_three_zeros():
    assert figures(make.liaison()) == Figures(0, 0, 0)


def test_an_admin_owes_the_verification_and_the_unit_the_answer():
    make.report(status=Status.UNVERIFIED)
    make.report(status=Status.ASSIGNED)
    make.report(status=Status.IN_PROGRESS)
    assert figures(make.agency_admin()).owed == 1
    assert figures(make.liaison()).owed == 2


def test_what_waits_for_the_reporter_is_owed_by_nobody():
    make.report(status=Status.ANSWERED)
    make.report(status=Status.PENDING)
    make.report(status=Status.CLOSED)
    assert figures(make.agency_admin()).owed == figures(make.liaison()).owed == 0


def test_another_unit_and_another_agency_owe_nothing_of_it():
    make.report(status=Status.ASSIGNED)
    assert figures(make.liaison("dindikbud")).owed == 0
    assert figures(make.agency_admin("kab-tangerang")).owed == 0


def test_late_and_due_today_are_told_apart():
    make.submit()  # due Monday 6 July
    admin = make.agency_admin()
    monday = datetime(2020, 7, 6, 1, 0, tzinfo=UTC)
    assert figures(admin, monday - DAY) == Figures(1, 0, 0)
    assert figures(admin, monday) == Figures(1, 0, 1)
    assert figures(admin, monday + DAY) == Figures(1, 1, 0)


def test_today_is_that_of_the_agency():
    make.submit()  # due Monday 6 July, 23.59.59 WIB
    admin = make.agency_admin()
    sunday_evening_in_greenwich = datetime(2020, 7, 5, 17, 30, tzinfo=UTC)  # Monday 00.30 WIB
    assert figures(admin, sunday_evening_in_greenwich).due_today == 1


def test_an_officer_who_is_named_does_not_learn_that_the_report_exists():
    report, admin, officer = make.submit(), make.agency_admin(), make.liaison()
    NamedParty.objects.create(report=report, user_id=admin.user_id)
    assert figures(admin).owed == 0
    second = make.report(status=Status.ASSIGNED)
    NamedParty.objects.create(report=second, unit=make.unit())
    assert figures(officer).owed == 0
