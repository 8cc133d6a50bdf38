"""Who appoints whom: nobody gives an office as high as the own one but the national admin."""

import pytest

from tanggap.domain.actors import AgencyAdmin, Anyone, InternalAuditor, LiaisonOfficer, NationalAdmin, Reporter, System
from tanggap.domain.appointments import OFFICES_OF_A_UNIT, OFFICES_OF_AN_AGENCY, Office, may_manage

OWN, OTHER = 1, 2


def test_every_office_hangs_on_an_agency_or_on_a_unit():
    assert set(Office) == OFFICES_OF_A_UNIT | OFFICES_OF_AN_AGENCY
    assert not OFFICES_OF_A_UNIT & OFFICES_OF_AN_AGENCY


@pytest.mark.parametrize("place", [OWN, OTHER])
@pytest.mark.parametrize("office", Office)
@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (System(), lambda _office, _place: True),
        (NationalAdmin(1, OWN), lambda _office, _place: True),
        (AgencyAdmin(1, OWN), lambda office, place: place == OWN and office in OFFICES_OF_A_UNIT),
        (LiaisonOfficer(1, OWN, 1), lambda _office, _place: False),
        (InternalAuditor(1, OWN, 1), lambda _office, _place: False),
        (Reporter(1), lambda _office, _place: False),
        (Anyone(), lambda _office, _place: False),
    ],
)
def test_an_admin_appoints_below_and_at_the_own_agency_only(actor, office, place, may):
    assert may_manage(actor, office=office, agency_id=place) is may(office, place)
