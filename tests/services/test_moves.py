"""Whom an admin may name in a report: those below, never those who look after the agency."""

import pytest

from tanggap.domain.actors import System, user_of
from tanggap.domain.intake import Fault
from tanggap.domain.lifecycle import Action
from tanggap.services import accounts
from tanggap.services.moves import MoveError
from tests import make

pytestmark = pytest.mark.django_db


def name(actor, **named):
    return make.act(make.report(), Action.VERIFY_AND_ASSIGN, actor=actor, **named)


def test_an_admin_names_the_people_and_the_units_of_the_own_agency():
    officer = make.liaison("dindikbud")
    report = name(make.agency_admin(), named_users=(officer.user_id,), named_units=(officer.unit_id,))
    assert {(row.user_id, row.unit_id) for row in report.named.all()} == {
        (officer.user_id, None),
        (None, officer.unit_id),
    }


@pytest.mark.parametrize("whom", [make.national_admin, lambda: make.agency_admin("kab-tangerang"), make.user])
def test_an_admin_takes_no_report_out_of_the_sight_of_those_above_or_elsewhere(whom):
    person = whom()
    user_id = person.pk if hasattr(person, "pk") else user_of(person)
    with pytest.raises(MoveError) as refused:
        name(make.agency_admin(), named_users=(user_id,))
    assert (refused.value.field, refused.value.fault) == ("named_users", Fault.UNKNOWN)


def test_somebody_who_went_on_to_another_office_is_named_no_more_by_the_old_one():
    officer = make.liaison()
    accounts.end_appointment(actor=System(), user_id=officer.user_id, last_day=make.NOW.date(), now=make.NOW)
    name(make.agency_admin(), named_users=(officer.user_id,))
    accounts.appoint(
        actor=System(),
        user_id=officer.user_id,
        role="national_admin",
        agency="admin-nasional",
        now=make.NOW + make.DAY,
    )
    with pytest.raises(MoveError):
        name(make.agency_admin(), named_users=(officer.user_id,))


def test_an_admin_names_no_unit_of_another_agency():
    elsewhere = make.agency("kab-tangerang").units.first()
    with pytest.raises(MoveError) as refused:
        name(make.agency_admin(), named_units=(elsewhere.pk,))
    assert refused.value.field == "named_units"
