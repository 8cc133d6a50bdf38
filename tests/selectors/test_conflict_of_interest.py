"""Who is named in a report, in person or by a unit, in this office or another one, finds it nowhere (UU 25/2009)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest

from tanggap.domain import policy, queues
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
from tanggap.services import accounts as account_services
from tanggap.services import audit, closing, moves, organisation
from tanggap.services.reports import act
from tanggap.web.workbench.lists import of_colleagues
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


def _second_office(until: date | None = None) -> int:
    """Return an admin of the agency who serves a unit besides, or served it until a day."""
    admin, other = make.agency_admin(), make.unit("dindikbud")
    Appointment.objects.create(
        user_id=admin.user_id, role="liaison_officer", agency=other.agency, unit=other, valid_from=BEGAN, valid_to=until
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
            until = date(2019, 6, 30) if how == "in an ended office" else None
            return _second_office(until), {"named_units": (make.unit("dindikbud").pk,)}
    return user_id, {"named_users": (user_id,)}


HOW = ("officer", "admin", "auditor", "head", "national", "by unit", "by unit above")
HOW += ("in another office", "in an ended office")


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


@pytest.mark.parametrize("how", ["lays it down", "is rotated", "sees the unit dissolved"])
def test_no_end_of_an_office_opens_the_report_to_who_held_it(how):
    """Whoever was in the named unit goes to the inspectorate, and is there no more impartial than before."""
    mine, home = make.liaison("bpbd"), make.unit("inspektorat")
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True, named_units=(mine.unit_id,))
    Appointment.objects.create(
        user_id=mine.user_id, role="internal_auditor", agency=home.agency, unit=home, valid_from=BEGAN
    )
    match how:
        case "lays it down":
            office = Appointment.objects.get(user_id=mine.user_id, unit_id=mine.unit_id)
            account_services.end_appointment(
                actor=mine, user_id=mine.user_id, last_day=TODAY, now=make.NOW, office_id=office.pk
            )
        case "is rotated":
            Appointment.objects.filter(user_id=mine.user_id, unit_id=mine.unit_id).update(valid_to=TODAY)
        case _:
            organisation.dissolve_unit(
                actor=make.agency_admin(), unit_id=mine.unit_id, last_day=TODAY, now=make.NOW, hand_over=True
            )
    later = TODAY + 400 * make.DAY
    (auditor,) = accounts.working_officers_of(mine.user_id, later)
    assert auditor.role == "internal_auditor"
    assert not reports.known(viewer=auditor, numbers=[report.number])
    assert policy.is_named(auditor, reports.case_of(report, now=make.NOW + 400 * make.DAY))
    landscape = Landscape(later)
    assert landscape.auditors(landscape.place(report)) == ()
    assert recipients.auditors(report, on=later) == []
    # A colleague of the inspectorate who never was there reads it, and cannot hand it to who was.
    colleague = make.auditor()
    assert reports.known(viewer=colleague, numbers=[report.number])
    admin = make.agency_admin()
    made = make.act(report, Action.ASSIGN_TO_UNIT, actor=admin, text="Ke inspektorat.", unit_id=home.pk)
    now = make.NOW + make.DAY
    with pytest.raises(moves.MoveError):
        make.act(made, Action.ENTRUST, actor=colleague, assignee_id=mine.user_id, now=now)
    offered = {pk for pk, _name in of_colleagues(reports.case_of(made, now=now).facts, home.agency_id, later)}
    assert str(colleague.user_id) in offered
    assert str(mine.user_id) not in offered


def test_who_comes_to_serve_the_named_unit_lets_go_of_the_report():
    auditor, other = make.auditor(), make.unit("bpbd")
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, supervisory=True, named_units=(other.pk,))
    make.act(report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), text="Ke inspektorat.", unit_id=auditor.unit_id)
    make.act(report, Action.TAKE, actor=auditor)
    make.auditor()
    assert closing.lift_conflicts(now=make.NOW) == 0
    Appointment.objects.create(
        user_id=auditor.user_id, role="head", agency=other.agency, unit=other, valid_from=BEGAN, valid_to=TODAY
    )
    assert [closing.lift_conflicts(now=make.NOW) for _ in range(2)] == [1, 0]
    report = Report.objects.get(pk=report.pk)
    assert (report.owner_unit_id, report.assignee) == (auditor.unit_id, None)
    audit.audit(now=make.NOW)
