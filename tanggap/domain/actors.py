"""Who acts, and who looks: a closed union, so that a new kind of actor makes the type checker point at every decision.

The roles are those of SP4N-LAPOR! (national admin, agency admin, liaison officer) and of the
inspectorate (APIP). An officer cannot exist without an agency; a reporter without an account is a
capability on one report, not a user.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Role(StrEnum):
    """The code of a role, as it is written into events."""

    ANYONE = "anyone"
    REPORTER = "reporter"
    LIAISON_OFFICER = "liaison_officer"
    AGENCY_ADMIN = "agency_admin"
    NATIONAL_ADMIN = "national_admin"
    INTERNAL_AUDITOR = "internal_auditor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Anyone:
    """A member of the public; knows only what was published."""

    role: ClassVar[Role] = Role.ANYONE


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whoever showed the number and the tracking token of one report."""

    report_id: int
    role: ClassVar[Role] = Role.REPORTER


@dataclass(frozen=True, slots=True)
class LiaisonOfficer:
    """Pejabat penghubung: answers for one unit and the units below it."""

    user_id: int
    agency_id: int
    unit_id: int
    role: ClassVar[Role] = Role.LIAISON_OFFICER


@dataclass(frozen=True, slots=True)
class InternalAuditor:
    """APIP / Inspektorat: a liaison officer who also reads the supervisory reports of the agency."""

    user_id: int
    agency_id: int
    unit_id: int
    role: ClassVar[Role] = Role.INTERNAL_AUDITOR


@dataclass(frozen=True, slots=True)
class AgencyAdmin:
    """Admin instansi: verifies, assigns and oversees within one agency."""

    user_id: int
    agency_id: int
    role: ClassVar[Role] = Role.AGENCY_ADMIN


@dataclass(frozen=True, slots=True)
class NationalAdmin:
    """Admin nasional: verifies what has no or a wrong destination, oversees all agencies."""

    user_id: int
    agency_id: int
    role: ClassVar[Role] = Role.NATIONAL_ADMIN


@dataclass(frozen=True, slots=True)
class System:
    """The product itself: periodic jobs. It obeys the same table as everybody."""

    role: ClassVar[Role] = Role.SYSTEM


type Officer = LiaisonOfficer | InternalAuditor | AgencyAdmin | NationalAdmin
type Actor = Anyone | Reporter | Officer | System

ADMINS = frozenset({Role.AGENCY_ADMIN, Role.NATIONAL_ADMIN})
UNIT_OFFICERS = frozenset({Role.LIAISON_OFFICER, Role.INTERNAL_AUDITOR})
OFFICERS = ADMINS | UNIT_OFFICERS


def user_of(actor: Actor) -> int | None:
    """Return the account behind an actor; a reporter and the system have none."""
    match actor:
        case LiaisonOfficer(user_id=user_id) | InternalAuditor(user_id=user_id):
            return user_id
        case AgencyAdmin(user_id=user_id) | NationalAdmin(user_id=user_id):
            return user_id
        case Anyone() | Reporter() | System():
            return None


def agency_of(actor: Actor) -> int | None:
    """Return the agency an officer acts for."""
    match actor:
        case LiaisonOfficer(agency_id=agency_id) | InternalAuditor(agency_id=agency_id):
            return agency_id
        case AgencyAdmin(agency_id=agency_id) | NationalAdmin(agency_id=agency_id):
            return agency_id
        case Anyone() | Reporter() | System():
            return None


def unit_of(actor: Actor) -> int | None:
    """Return the unit an officer acts for; admins act for the whole agency."""
    match actor:
        case LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            return unit_id
        case AgencyAdmin() | NationalAdmin() | Anyone() | Reporter() | System():
            return None
