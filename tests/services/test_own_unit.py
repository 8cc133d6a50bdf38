"""A liaison officer looks after the people and units below the own one, and nothing beside or above it (ADR 0049)."""

from datetime import date

import pytest
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.organisation import Fault
from tanggap.models import AdministrationEntry, Appointment, Invitation, Unit, User
from tanggap.selectors import administration
from tanggap.selectors import duty as duty_selectors
from tanggap.services import accounts, duty, invitations, organisation, ways_in
from tanggap.services.accounts import AccountError, Refusal
from tanggap.services.organisation import OrganisationError
from tests import make

pytestmark = pytest.mark.django_db

NOW, TODAY, HOME = make.NOW, make.NOW.date(), "pemprov-banten"
BELOW, BESIDE = "bina-marga", "dindikbud"


def refusal(change):
    with pytest.raises((OrganisationError, AccountError)) as caught:
        change()
    return getattr(caught.value, "fault", None) or caught.value.reason


def invite(actor, role, unit):
    person = {"name": "Rina Contoh", "email": "rina@example.org"}
    return invitations.invite(actor=actor, agency=HOME, role=role, unit=unit, now=NOW, **person)


class TestUnits:
    def test_units_below_come_move_and_end_with_their_dates(self):
        actor, own = make.liaison(), make.unit()
        values = {"agency_id": own.agency_id, "kind": "technical_unit", "now": NOW}
        made = organisation.add_unit(
            actor=actor, name="UPT Jalan Selatan", parent_id=own.pk, valid_from=date(2020, 6, 1), **values
        )
        organisation.move_unit(actor=actor, unit_id=made.pk, parent_id=make.unit(BELOW).pk, now=NOW)
        organisation.dissolve_unit(actor=actor, unit_id=made.pk, last_day=TODAY, now=NOW)
        made.refresh_from_db()
        assert (made.parent.slug, made.valid_from, made.valid_to) == (BELOW, date(2020, 6, 1), TODAY)
        entries = AdministrationEntry.objects.filter(unit=made).order_by("pk").values_list("kind", "role")
        assert [kind for kind, _role in entries] == ["unit_added", "unit_moved", "unit_dissolved"]
        assert {role for _kind, role in entries} == {"liaison_officer"}

    def test_no_unit_is_touched_that_stands_beside_or_above(self):
        actor, own, beside, below = make.liaison(), make.unit(), make.unit(BESIDE), make.unit(BELOW)
        values = {"actor": actor, "agency_id": own.agency_id, "name": "UPT Baru", "now": NOW}
        for parent in (None, beside.pk):
            assert refusal(lambda p=parent: organisation.add_unit(kind="subunit", parent_id=p, **values)) == (
                Fault.NOT_ALLOWED
            )
        for kind in ("inspectorate", "ppid", "opd"):
            assert refusal(lambda k=kind: organisation.add_unit(kind=k, parent_id=own.pk, **values)) == (
                Fault.UNKNOWN_KIND
            ), "who reads more, the admin says"
        for pk in (own.pk, beside.pk):
            of_unit = {"actor": actor, "unit_id": pk, "now": NOW}
            assert refusal(lambda o=of_unit: organisation.dissolve_unit(last_day=TODAY, **o)) == Fault.NOT_ALLOWED
            assert refusal(lambda o=of_unit: organisation.move_unit(parent_id=below.pk, **o)) == Fault.NOT_ALLOWED
        away = {"actor": actor, "unit_id": below.pk, "now": NOW}
        for parent in (None, beside.pk):
            assert refusal(lambda p=parent: organisation.move_unit(parent_id=p, **away)) == Fault.NOT_ALLOWED
        contact = {"actor": actor, "agency_id": own.agency_id, "values": {"phone": "1"}, "now": NOW}
        assert refusal(lambda: organisation.change_contact(**contact)) == Fault.NOT_ALLOWED


class TestPeople:
    @pytest.mark.parametrize(
        ("role", "unit"),
        [
            ("liaison_officer", "dpupr"),
            ("internal_auditor", BELOW),
            ("head", "dpupr"),
            ("agency_admin", None),
            ("unit_admin", BESIDE),
        ],
    )
    def test_no_office_is_given_beside_or_above_the_own_one(self, role, unit):
        assert refusal(lambda: invite(make.liaison(), role, unit)) == Refusal.NOT_ALLOWED

    def test_who_is_invited_is_listed_to_the_own_unit_and_comes_while_the_sender_may_say_so(self):
        actor = make.liaison()
        row = invite(actor, "liaison_officer", BELOW)
        other = make.liaison(BESIDE)
        with pytest.raises(invitations.InvitationError):
            invitations.withdraw(actor=other, invitation_id=row.pk, now=NOW)
        assert invitations.letter(row.pk, now=NOW) is not None
        Unit.objects.filter(pk=make.unit(BELOW).pk).update(parent=make.unit(BESIDE), edited_at=NOW)
        assert invitations.letter(row.pk, now=NOW) is None, "the unit is somebody else's now"
        assert Invitation.objects.count() == 1

    def test_nobody_appoints_oneself_or_sets_a_password(self):
        actor, operator = make.liaison(), make.unit_admin()
        where = {"actor": actor, "role": "liaison_officer", "agency": HOME, "unit": BELOW, "now": NOW}
        assert refusal(lambda: accounts.appoint(user_id=actor.user_id, **where)) == Refusal.NOT_ALLOWED
        assert refusal(lambda: ways_in.give_link(actor=actor, user_id=operator.user_id, now=NOW)) == Refusal.NOT_ALLOWED
        row = invite(actor, "liaison_officer", BELOW)
        link = invitations.letter(row.pk, now=NOW).path.rpartition("/")[2]
        with pytest.raises(AccountError) as refused:
            invitations.accept(link, now=NOW, user_id=actor.user_id)
        assert refused.value.reason == Refusal.NOT_ALLOWED
        accounts.appoint(user_id=operator.user_id, **where)
        assert Appointment.objects.filter(user_id=operator.user_id, unit__slug=BELOW).exists()

    def test_the_last_officer_of_a_unit_with_open_reports_stays_until_they_are_handed_on(self):
        actor, last = make.liaison(), make.liaison(BELOW)
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ASSIGN_TO_UNIT, unit_id=make.unit(BELOW).pk, text="Mohon ditangani.")
        values = {"actor": actor, "user_id": last.user_id, "last_day": TODAY, "now": NOW}
        assert refusal(lambda: accounts.end_appointment(**values)) == Refusal.LAST_OFFICER
        make.unit_admin(BELOW)
        accounts.end_appointment(**values)
        peer = make.liaison()
        assert refusal(lambda: accounts.end_appointment(**values | {"user_id": peer.user_id})) == Refusal.NOT_ALLOWED


def test_leave_is_entered_for_who_prepares_here_or_serves_below_and_for_no_peer():
    actor, operator, below = make.liaison(), make.unit_admin(), make.liaison(BELOW)
    days = {"actor": actor, "first_day": TODAY, "last_day": TODAY, "now": NOW}
    for person in (operator, below):
        duty.enter_absence(user_id=person.user_id, **days)
    for person in (make.liaison(), make.liaison(BESIDE), make.agency_admin()):
        with pytest.raises(duty.NotAllowedError):
            duty.enter_absence(user_id=person.user_id, **days)
    listed = duty_selectors.list_(viewer=actor, on=TODAY, whole_agency=True)
    assert {row.user_id for row in listed} == {operator.user_id, below.user_id}
    roster = duty_selectors.roster(viewer=actor, on=TODAY)
    assert {line.unit.slug for line in roster.lines if line.unit} == {"dpupr", BELOW, "bina-marga-uptd"}


def test_the_editor_shows_the_own_tree_and_its_people_alone():
    actor, operator, stranger = make.liaison(), make.unit_admin(), make.liaison(BESIDE)
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    tree = client.get(f"/meja/organisasi/{HOME}").content.decode()
    assert "bina-marga" in tree
    assert (BESIDE in tree, "/kontak" in tree, "/sk" in tree) == (False, False, False)
    people = client.get(f"/meja/organisasi/{HOME}/petugas").content.decode()
    named = {user.pk: user.display_name for user in User.objects.filter(pk__in=[operator.user_id, stranger.user_id])}
    assert (named[operator.user_id] in people, named[stranger.user_id] in people) == (True, False)
    key = administration.person_key(stranger.user_id)
    assert client.get(f"/meja/organisasi/{HOME}/petugas/{key}").status_code == 404
    own = client.get(f"/meja/organisasi/{HOME}/unit/dpupr").content.decode()
    assert "Bubarkan unit" not in own
    path = f"/meja/organisasi/{HOME}/unit"
    form = client.get(path).content.decode()
    assert ("Langsung di bawah instansi" in form, "Inspektorat</option>" in form) == (False, False)
    new = {"name": "UPT Jalan Selatan", "kind": "technical_unit", "parent": make.unit().pk, "valid_from": "2020-07-01"}
    assert client.post(path, new | {"parent": make.unit(BESIDE).pk}).status_code == 422
    assert client.post(path, new | {"valid_from": TODAY.isoformat()}).status_code == 302
