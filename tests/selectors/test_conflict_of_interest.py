"""Who is named in a report, in person or by a unit, in this office or another one, finds it nowhere (UU 25/2009)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest

from tanggap.domain import queues
from tanggap.domain.actors import Officer
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.queues import Queue
from tanggap.models import Appointment, Report, Unit, User
from tanggap.selectors import (
    accounts,
    administration,
    counters,
    desk_search,
    dossiers,
    duplicates,
    notes,
    recipients,
    reports,
    workload,
)
from tanggap.selectors import queues as lists_of
from tanggap.selectors.ladder import Landscape
from tanggap.services import audit, closing
from tanggap.services.reports import act
from tests import make, world

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()
BEGAN = date(2018, 1, 1)


@dataclass
class Named:
    """A report that is about somebody: it, the person, and a file of it."""

    report: Report
    user_id: int
    key: str


def _second_office() -> int:
    """Return an admin of the agency who serves a unit besides."""
    admin, other = make.agency_admin(), make.unit("dindikbud")
    Appointment.objects.create(
        user_id=admin.user_id, role="liaison_officer", agency=other.agency, unit=other, valid_from=BEGAN
    )
    return admin.user_id


def _head() -> int:
    account = make.user()
    Appointment.objects.create(user=account, role="head", agency=make.agency(), valid_from=BEGAN)
    return account.pk


def _below() -> tuple[int, int]:
    """Return an officer of a unit of the agency that lies below another one, and that other one."""
    unit = Unit.objects.filter(agency=make.agency(), parent__isnull=False, valid_to=None).order_by("pk")[0]
    return make.liaison(unit.slug).user_id, unit.parent_id or 0


def _person(how: str) -> tuple[int, dict[str, tuple[int, ...]]]:
    """Return who is named, and how a move says so."""
    match how:
        case "officer":
            user_id = make.liaison().user_id
        case "admin":
            user_id = make.agency_admin().user_id
        case "auditor":
            user_id = make.auditor().user_id
        case "head":
            user_id = _head()
        case "national":
            user_id = make.national_admin().user_id
        case "by unit":
            return make.liaison("dindikbud").user_id, {"named_units": (make.unit("dindikbud").pk,)}
        case "by unit above":
            user_id, above = _below()
            return user_id, {"named_units": (above,)}
        case _:
            return _second_office(), {"named_units": (make.unit("dindikbud").pk,)}
    return user_id, {"named_users": (user_id,)}


HOW = ("officer", "admin", "auditor", "head", "national", "by unit", "by unit above", "in another office")


@pytest.fixture(params=HOW)
def named(request) -> Named:
    user_id, move = _person(request.param)
    picture = world.picture()
    report = make.submit(files=(picture,), is_confidential=True)
    # The national admin names whom no admin of an agency may name.
    if request.param == "national":
        report = make.submit(files=(picture := world.picture(),), is_confidential=True, destination_id=None)
        move |= {"unit_id": None, "agency_id": make.agency().pk}  # type: ignore[dict-item]
    report = make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True, **move)
    return Named(report, user_id, picture.key)


def _offices(named: Named) -> list[Officer]:
    return accounts.working_officers_of(named.user_id, TODAY)


def _listed(viewer: Officer, queue: Queue) -> set[str]:
    rows = lists_of.list_(viewer=viewer, filters=lists_of.Filters(queue=queue)).rows
    return {row.number for row in rows}


def test_the_named_find_it_nowhere(named):
    report = named.report
    for viewer in accounts.officers_of(named.user_id, TODAY):
        with pytest.raises(reports.NotFoundError):
            reports.get(viewer=viewer, number=report.number)
        assert workload.figures(viewer=viewer, now=make.NOW, zone="Asia/Jakarta").owed == 0
    like = make.submit(is_confidential=True)
    for viewer in _offices(named):
        numbers = counters.desk(viewer)
        for queue in queues.of(viewer.role):
            assert report.number not in _listed(viewer, queue), queue.code
            assert numbers.queues[queue.code] == len(_listed(viewer, queue)), queue.code
        assert desk_search.by_number(viewer=viewer, query=report.number) == ""
        found = duplicates.candidates(viewer=viewer, report=like, text=make.BODY)
        assert report.number not in {candidate.report.number for candidate in found}
        with suppress(administration.NotFoundError):  # not everybody looks after units
            nodes = administration.tree(make.agency().pk, viewer=viewer, on=TODAY)
            assert sum(node.open_reports for node in nodes) == 0
        with pytest.raises(reports.NotFoundError):
            dossiers.get(viewer=viewer, number=report.number, now=make.NOW)
        with pytest.raises(reports.NotFoundError):
            dossiers.file(viewer=viewer, number=report.number, key=named.key)


def test_the_named_are_told_nothing(named):
    told = {one for audience in Audience for one in recipients.officers(named.report, audience, on=TODAY)}
    told |= set(recipients.auditors(named.report, on=TODAY))
    landscape = Landscape(TODAY)
    standing = landscape.standing(landscape.place(named.report))
    told |= {one for level in standing.values() for one in level.people}
    told |= set(landscape.auditors(landscape.place(named.report)))
    colleague = make.agency_admin()
    names = {name for name, _shown in notes.suggested(viewer=colleague, report=named.report, on=TODAY)}
    told |= set(User.objects.filter(username__in=names).values_list("pk", flat=True))
    assert told
    assert named.user_id not in told
    # A message that was queued before the person was named is looked at again before it goes out.
    assert not recipients.may_receive(named.user_id, named.report, on=TODAY)


@pytest.mark.parametrize("action", [Action.ARCHIVE, Action.REDACT, Action.RELEASE_ANSWER, Action.OPEN_IDENTITY])
def test_the_named_decide_nothing(action):
    user_id, move = _person("admin")
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True, **move)
    make.act(report, Action.ANSWER, text="Silakan menghubungi instansi terkait.")
    for viewer in accounts.working_officers_of(user_id, TODAY):
        with pytest.raises(reports.NotFoundError):
            act(actor=viewer, number=report.number, action=action, now=make.NOW)


def test_when_all_admins_are_named_the_next_tier_has_it():
    admin, national = make.agency_admin(), make.national_admin()
    report = make.submit()
    lifted = make.act(report, Action.VERIFY_AND_ASSIGN, actor=admin, named_users=(admin.user_id,), supervisory=True)
    assert (lifted.status, lifted.owner_agency.slug, lifted.owner_unit) == (Status.UNVERIFIED, "admin-nasional", None)
    assert lifted.due_clock == "verify"
    assert recipients.officers(lifted, Audience.ADMINS, on=TODAY) == [national.user_id]
    # Whoever sends it back there finds it again in the own queue; another agency may have it.
    there = make.act(lifted, Action.VERIFY_AND_ASSIGN, actor=national, unit_id=None, agency_id=make.agency().pk)
    assert there.owner_agency.slug == "admin-nasional"
    lebak = make.agency("kab-lebak").pk
    again = make.act(there, Action.VERIFY_AND_ASSIGN, actor=national, unit_id=None, agency_id=lebak)
    assert again.owner_agency_id == lebak
    audit.audit(now=make.NOW)


def test_when_the_last_admin_who_is_not_named_leaves_the_next_tier_has_it():
    admin, colleague = make.agency_admin(), make.agency_admin()
    report = make.submit()
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=colleague, named_users=(admin.user_id,), supervisory=True)
    assert closing.lift_conflicts(now=make.NOW) == 0
    Appointment.objects.filter(user_id=colleague.user_id).update(valid_to=date(2020, 6, 30))
    assert closing.lift_conflicts(now=make.NOW) == 1
    assert Report.objects.get(pk=report.pk).owner_agency.slug == "admin-nasional"
