"""Who appoints whom: nobody gives an office as high as the own one but the national admin."""

from itertools import product

import pytest

from tanggap.domain.actors import (
    DESK,
    WATCHERS,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
)
from tanggap.domain.appointments import (
    OFFICES_OF_A_UNIT,
    OFFICES_OF_AN_AGENCY,
    OFFICES_OF_EITHER,
    Office,
    may_edit,
    may_edit_unit,
    may_manage,
)

OWN, OTHER = 1, 2


def test_every_office_hangs_on_an_agency_or_on_a_unit():
    kinds = OFFICES_OF_A_UNIT, OFFICES_OF_AN_AGENCY, OFFICES_OF_EITHER
    assert sorted(Office) == sorted(office for kind in kinds for office in kind), "each of them once"


def test_every_office_is_a_role_of_the_same_code():
    assert {office.value for office in Office} == {role.value for role in DESK | WATCHERS}


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (System(), lambda _office, _place: True),
        (NationalAdmin(1, OWN), lambda _office, _place: True),
        (AgencyAdmin(1, OWN), lambda office, place: place == OWN and office in OFFICES_OF_A_UNIT | OFFICES_OF_EITHER),
        (LiaisonOfficer(1, OWN, 1), lambda _office, _place: False),
        (InternalAuditor(1, OWN, 1), lambda _office, _place: False),
        (UnitAdmin(1, OWN, 1), lambda _office, _place: False),
        (Head(1, OWN, None), lambda _office, _place: False),
        (RegionalOverseer(1, OWN, frozenset({OTHER})), lambda _office, _place: False),
        (Overseer(1, OWN), lambda _office, _place: False),
        (Evaluator(1, OWN, frozenset({OTHER})), lambda _office, _place: False),
        (Ombudsman(1, OWN), lambda _office, _place: False),
        (Reporter(1), lambda _office, _place: False),
        (Anyone(), lambda _office, _place: False),
    ],
)
def test_an_admin_appoints_below_and_at_the_own_agency_only(actor, may):
    for office, place in product(Office, (OWN, OTHER)):
        assert may_manage(actor, office=office, agency_id=place) is may(office, place), (office, place)


@pytest.mark.parametrize(
    ("place", "unit", "path", "may"),
    [
        (OWN, 1, {1}, {Office.UNIT_ADMIN}),
        (OWN, 2, {1, 2}, {Office.UNIT_ADMIN, Office.LIAISON_OFFICER}),
        (OWN, 3, {3}, set()),
        (OWN, 9, {9}, set()),
        (OWN, None, set(), set()),
        (OTHER, 2, {1, 2}, set()),
    ],
    ids=["own unit", "below", "beside", "above", "the agency", "elsewhere"],
)
def test_a_liaison_officer_appoints_who_prepares_and_who_answers_below(place, unit, path, may):
    actor, path = LiaisonOfficer(1, OWN, 1), frozenset(path)
    found = {one for one in Office if may_manage(actor, office=one, agency_id=place, unit_id=unit, path=path)}
    assert found == may
    edits = may_edit_unit(actor, agency_id=place, unit_id=unit, path=path)
    assert edits == (Office.LIAISON_OFFICER in may), "what stands below, never the own unit"
    assert not may_edit(actor, agency_id=OWN)
