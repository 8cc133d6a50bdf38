"""Which office a person can hold, and what each office hangs on: an agency, or a unit of one."""

from enum import StrEnum


class Office(StrEnum):
    """The offices of DOMAIN.md 1.9 that a person is appointed to in this part of the product."""

    NATIONAL_ADMIN = "national_admin"
    AGENCY_ADMIN = "agency_admin"
    LIAISON_OFFICER = "liaison_officer"
    INTERNAL_AUDITOR = "internal_auditor"


# A liaison officer answers for one unit, an inspectorate looks from one; an admin stands above the units.
OFFICES_OF_A_UNIT = frozenset({Office.LIAISON_OFFICER, Office.INTERNAL_AUDITOR})
OFFICES_OF_AN_AGENCY = frozenset({Office.NATIONAL_ADMIN, Office.AGENCY_ADMIN})
