"""What a page asks in SQL of its own is what the other questions answer."""

from datetime import timedelta

import pytest

from tanggap.models import Agency, Appointment, Unit, User
from tanggap.selectors import accounts
from tests import make
from tests.make import NOW
from tests.rights import owning

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def test_the_offices_of_a_page_are_those_that_are_held():
    """Whatever ends an office ends it for both questions: its last day, its agency's, its unit's, a locked account."""
    people = [make.liaison(), make.agency_admin(), make.head("dpupr"), make.overseer(), make.national_admin()]
    several = make.liaison("dindikbud")
    unit, admin = make.unit(), make.agency_admin("kab-tangerang")
    for more in (
        {"unit": unit, "role": "unit_admin", "agency": unit.agency},
        {"unit": unit, "role": "liaison_officer", "agency": unit.agency, "valid_to": TODAY - timedelta(days=1)},
        {"role": "agency_admin", "agency": unit.agency, "valid_from": TODAY + timedelta(days=1)},
    ):
        Appointment.objects.create(**{"user_id": several.user_id, "valid_from": TODAY - timedelta(days=9), **more})
    with owning():
        Unit.objects.filter(pk=make.unit("dindikbud").pk).update(valid_to=TODAY)
        Agency.objects.filter(slug="kab-tangerang").update(valid_to=TODAY)
    locked = make.liaison()
    User.objects.filter(pk=locked.user_id).update(is_active=False)
    for person in (*people, several, admin, locked):
        for day in (TODAY, TODAY + timedelta(days=1), TODAY - timedelta(days=5000)):
            held = accounts.offices_of(person.user_id, day)
            assert [one.actor for one in held] == accounts.officers_of(person.user_id, day)
            for one in held:
                row = Appointment.objects.select_related("agency", "unit").get(pk=one.pk)
                assert (one.agency, one.unit) == (str(row.agency), str(row.unit or ""))
                assert one.has_factor == accounts.has_factor(person.user_id)
    assert len(accounts.offices_of(several.user_id, TODAY)) == 2
