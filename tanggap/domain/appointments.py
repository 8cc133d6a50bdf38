"""Which office a person can hold, what each hangs on, and who may appoint whom."""

from enum import StrEnum

from tanggap.domain.actors import (
    Actor,
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
    unit_of,
)


class Office(StrEnum):
    """The offices of DOMAIN.md 1.9 that a person is appointed to in this part of the product."""

    NATIONAL_ADMIN = "national_admin"
    AGENCY_ADMIN = "agency_admin"
    LIAISON_OFFICER = "liaison_officer"
    INTERNAL_AUDITOR = "internal_auditor"
    UNIT_ADMIN = "unit_admin"
    HEAD = "head"
    REGIONAL_OVERSEER = "regional_overseer"
    OVERSEER = "overseer"
    EVALUATOR = "evaluator"
    OMBUDSMAN = "ombudsman"


# A liaison officer answers for one unit, an inspectorate looks from one; an admin stands above the units. A head
# has one unit or the whole agency.
OFFICES_OF_A_UNIT = frozenset({Office.UNIT_ADMIN, Office.LIAISON_OFFICER, Office.INTERNAL_AUDITOR})
OFFICES_OF_EITHER = frozenset({Office.HEAD})
OVERSEEING_OFFICES = frozenset({Office.REGIONAL_OVERSEER, Office.OVERSEER, Office.EVALUATOR, Office.OMBUDSMAN})
OFFICES_OF_AN_AGENCY = frozenset({Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN}) | OVERSEEING_OFFICES
# Who works on reports, and so is told of them.
WORKING_OFFICES = OFFICES_OF_A_UNIT | {Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN}


def may_edit(actor: Actor, *, agency_id: int) -> bool:
    """Say whether an actor may change the units and the contact data of an agency, and read who changed what.

    The national admin everywhere, an agency admin in the own agency; below it are units, never another agency.
    """
    match actor:
        case System() | NationalAdmin():
            return True
        case AgencyAdmin(agency_id=own):
            return own == agency_id
        case _:
            return False


def may_edit_unit(actor: Actor, *, agency_id: int, unit_id: int | None, path: frozenset[int]) -> bool:
    """Say whether an actor may rename, move or dissolve a unit; `path` is the unit with those above it.

    A liaison officer does so with what lies below the own unit (DOMAIN.md 1.9): what that one itself is called, where
    it stands and whether it is there, is said above.
    """
    return may_edit(actor, agency_id=agency_id) or (
        answers_for(actor, agency_id=agency_id, path=path) and unit_id != unit_of(actor)
    )


def answers_for(actor: Actor, *, agency_id: int, path: frozenset[int]) -> bool:
    """Say whether an actor is the liaison officer of a unit or of one above it; `path` is the unit with those above."""
    match actor:
        case LiaisonOfficer(agency_id=own, unit_id=mine):
            return own == agency_id and mine in path
        case _:
            return False


def may_manage(
    actor: Actor, *, office: Office, agency_id: int, unit_id: int | None = None, path: frozenset[int] = frozenset()
) -> bool:
    """Say whether an actor may give or end this office in this agency; `path` is its unit with those above it.

    The national admin appoints admins everywhere (DOMAIN.md 1.3), an agency admin appoints the
    officers of the units of the own agency (1.4) and enters its heads. A liaison officer appoints who prepares for the
    own unit, and who prepares and answers for the units below it (1.9): never an office beside or above the own one.
    Who looks into other agencies is for the national admin to say. The system is whoever has the machine: the
    first account is made from its command line.
    """
    match actor:
        case System() | NationalAdmin():
            return True
        case AgencyAdmin(agency_id=own):
            return own == agency_id and office in OFFICES_OF_A_UNIT | OFFICES_OF_EITHER
        case LiaisonOfficer(unit_id=mine) if answers_for(actor, agency_id=agency_id, path=path):
            return office == Office.UNIT_ADMIN or (office == Office.LIAISON_OFFICER and unit_id != mine)
        case Anyone() | Reporter() | UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            return False
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return False
