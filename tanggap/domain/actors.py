"""Who acts, and who looks: a closed union, so that a new kind of actor makes the type checker point at every decision.

The roles are those of SP4N-LAPOR! (national admin, agency admin, liaison officer and the operators of its unit),
of the inspectorate (APIP), and of those who only look: heads, overseers, evaluators, the Ombudsman. An officer
works on reports at the desk; a watcher never does. Neither can exist without an agency; a reporter without an
account is a capability on one report, not a user.

A person may hold several offices and acts in one of them at a time; `other_units` are the units of the others, and of
those held before: they give no right, but a report about one of them is about that person, too (ADR 0083).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Role(StrEnum):
    """The code of a role, as it is written into events."""

    ANYONE = "anyone"
    REPORTER = "reporter"
    UNIT_ADMIN = "unit_admin"
    LIAISON_OFFICER = "liaison_officer"
    AGENCY_ADMIN = "agency_admin"
    NATIONAL_ADMIN = "national_admin"
    INTERNAL_AUDITOR = "internal_auditor"
    HEAD = "head"
    REGIONAL_OVERSEER = "regional_overseer"
    OVERSEER = "overseer"
    EVALUATOR = "evaluator"
    OMBUDSMAN = "ombudsman"
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
class UnitAdmin:
    """Admin unit kerja: prepares the answer of one unit; others verify, answer and close (DOMAIN 1.5)."""

    user_id: int
    agency_id: int
    unit_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.UNIT_ADMIN


@dataclass(frozen=True, slots=True)
class LiaisonOfficer:
    """Pejabat penghubung: answers for one unit and the units below it."""

    user_id: int
    agency_id: int
    unit_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.LIAISON_OFFICER


@dataclass(frozen=True, slots=True)
class InternalAuditor:
    """APIP / Inspektorat: a liaison officer who also reads the supervisory reports of the agency."""

    user_id: int
    agency_id: int
    unit_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.INTERNAL_AUDITOR


@dataclass(frozen=True, slots=True)
class AgencyAdmin:
    """Admin instansi: verifies, assigns and oversees within one agency."""

    user_id: int
    agency_id: int
    other_units: frozenset[int] = frozenset()
    verifies_for: frozenset[int] = frozenset()  # the agencies in whose place it may be done today (ADR 0039)
    role: ClassVar[Role] = Role.AGENCY_ADMIN


@dataclass(frozen=True, slots=True)
class NationalAdmin:
    """Admin nasional: verifies what has no or a wrong destination, oversees all agencies."""

    user_id: int
    agency_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.NATIONAL_ADMIN


@dataclass(frozen=True, slots=True)
class Head:
    """Pimpinan of an agency, or of one unit of it: sees where the own work stands, nudges, does none of it."""

    user_id: int
    agency_id: int
    unit_id: int | None
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.HEAD


@dataclass(frozen=True, slots=True)
class RegionalOverseer:
    """A province over its regencies: reads what is not secret in the agencies that it oversees, and nudges."""

    user_id: int
    agency_id: int
    overseen: frozenset[int]
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.REGIONAL_OVERSEER


@dataclass(frozen=True, slots=True)
class Overseer:
    """Kantor Staf Presiden: reads what is not secret, of every agency."""

    user_id: int
    agency_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.OVERSEER


@dataclass(frozen=True, slots=True)
class Evaluator:
    """KemenPANRB, Kemendagri: reads figures of the agencies that it evaluates, and what everybody may read."""

    user_id: int
    agency_id: int
    overseen: frozenset[int]
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.EVALUATOR


@dataclass(frozen=True, slots=True)
class Ombudsman:
    """Ombudsman RI: reads what a reporter has handed over, no more of it than that, and figures."""

    user_id: int
    agency_id: int
    other_units: frozenset[int] = frozenset()
    role: ClassVar[Role] = Role.OMBUDSMAN


@dataclass(frozen=True, slots=True)
class System:
    """The product itself: periodic jobs. It obeys the same table as everybody."""

    role: ClassVar[Role] = Role.SYSTEM


type Officer = UnitAdmin | LiaisonOfficer | InternalAuditor | AgencyAdmin | NationalAdmin
type Watcher = Head | RegionalOverseer | Overseer | Evaluator | Ombudsman
type OfficeHolder = Officer | Watcher
type Actor = Anyone | Reporter | OfficeHolder | System

ADMINS = frozenset({Role.AGENCY_ADMIN, Role.NATIONAL_ADMIN})
UNIT_OFFICERS = frozenset({Role.LIAISON_OFFICER, Role.INTERNAL_AUDITOR})
# Who speaks for an office to the reporter. An operator prepares; see DESK for all who work on reports.
OFFICERS = ADMINS | UNIT_OFFICERS
DESK = OFFICERS | {Role.UNIT_ADMIN}
WATCHERS = frozenset({Role.HEAD, Role.REGIONAL_OVERSEER, Role.OVERSEER, Role.EVALUATOR, Role.OMBUDSMAN})


def officer(actor: Actor) -> Officer | None:
    """Return the actor as one who works at the desk, or None."""
    match actor:
        case UnitAdmin() | LiaisonOfficer() | InternalAuditor() | AgencyAdmin() | NationalAdmin():
            return actor
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman() | Anyone() | Reporter() | System():
            return None


def watcher(actor: Actor) -> Watcher | None:
    """Return the actor as one who looks and does not work on reports, or None."""
    match actor:
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return actor
        case UnitAdmin() | LiaisonOfficer() | InternalAuditor() | AgencyAdmin() | NationalAdmin():
            return None
        case Anyone() | Reporter() | System():
            return None


def acting_as(role: Role, user_id: int, agency_id: int, unit_id: int | None) -> Officer:
    """Return the officer that acted in a role, as an event says it; raises ValueError for a role without an office."""
    match role:
        case Role.AGENCY_ADMIN:
            return AgencyAdmin(user_id, agency_id)
        case Role.NATIONAL_ADMIN:
            return NationalAdmin(user_id, agency_id)
        case Role.LIAISON_OFFICER if unit_id is not None:
            return LiaisonOfficer(user_id, agency_id, unit_id)
        case Role.INTERNAL_AUDITOR if unit_id is not None:
            return InternalAuditor(user_id, agency_id, unit_id)
        case _:
            raise ValueError(f"{role} is no officer.")


def user_of(actor: Actor) -> int | None:
    """Return the account behind an actor; a reporter and the system have none."""
    match actor:
        case Anyone() | Reporter() | System():
            return None
        case _:
            return actor.user_id


def agency_of(actor: Actor) -> int | None:
    """Return the agency that somebody in office belongs to."""
    match actor:
        case Anyone() | Reporter() | System():
            return None
        case _:
            return actor.agency_id


def unit_of(actor: Actor) -> int | None:
    """Return the unit that somebody acts for or heads; admins and overseers act for the whole agency."""
    match actor:
        case UnitAdmin(unit_id=unit_id) | LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            return unit_id
        case Head(unit_id=headed):
            return headed
        case AgencyAdmin() | NationalAdmin() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return None
        case Anyone() | Reporter() | System():
            return None


def units_of(actor: Actor) -> frozenset[int]:
    """Return every unit that a person serves or has served: what is about one of them is about the person."""
    match actor:
        case Anyone() | Reporter() | System():
            return frozenset()
        case _:
            own = unit_of(actor)
            return actor.other_units if own is None else actor.other_units | {own}
