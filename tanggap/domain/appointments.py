"""Which office a person can hold, what each hangs on, and who may appoint whom."""

from enum import StrEnum

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Reporter,
    System,
)


class Office(StrEnum):
    """The offices of DOMAIN.md 1.9 that a person is appointed to in this part of the product."""

    NATIONAL_ADMIN = "national_admin"
    AGENCY_ADMIN = "agency_admin"
    LIAISON_OFFICER = "liaison_officer"
    INTERNAL_AUDITOR = "internal_auditor"


# A liaison officer answers for one unit, an inspectorate looks from one; an admin stands above the units.
OFFICES_OF_A_UNIT = frozenset({Office.LIAISON_OFFICER, Office.INTERNAL_AUDITOR})
OFFICES_OF_AN_AGENCY = frozenset({Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN})


def may_manage(actor: Actor, *, office: Office, agency_id: int) -> bool:
    """Say whether an actor may give or end this office in this agency.

    The national admin appoints admins everywhere (DOMAIN.md 1.3), an agency admin appoints the
    officers of the units of the own agency (1.4), nobody else appoints. The system is whoever has
    the machine: the first account is made from its command line.
    """
    match actor:
        case System() | NationalAdmin():
            return True
        case AgencyAdmin(agency_id=own):
            return own == agency_id and office in OFFICES_OF_A_UNIT
        case Anyone() | Reporter() | LiaisonOfficer() | InternalAuditor():
            return False
