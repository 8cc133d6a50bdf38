"""The rows of reference data and the codes that stand in them, one dataclass per file of `tanggap/data`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AreaLevel(StrEnum):
    """The levels of the Kemendagri code book; regencies and cities share one."""

    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"


class AgencyKind(StrEnum):
    """What an agency is; `national` is the queue of the national admin and there is one of it."""

    NATIONAL = "national"
    MINISTRY = "ministry"
    INSTITUTION = "institution"
    STATE_COMPANY = "state_company"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"


class UnitKind(StrEnum):
    """What a unit is inside its agency; the inspectorate (APIP) examines supervisory reports."""

    OPD = "opd"
    SUBUNIT = "subunit"
    TECHNICAL_UNIT = "technical_unit"
    INSPECTORATE = "inspectorate"
    PPID = "ppid"  # answers formal requests for information (UU 14/2008 Ps 13)


class DayKind(StrEnum):
    """Why a day differs from its weekday; `working` is a day that is worked after all."""

    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    CLOSURE = "closure"
    WORKING = "working"


class Authority(StrEnum):
    """Whose business a category usually is."""

    UNKNOWN = ""
    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"


GOVERNMENTS = frozenset({AgencyKind.PROVINCE, AgencyKind.REGENCY, AgencyKind.CITY})
OWN_SOURCE = "own"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that knows the line it came from."""

    line: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of the code book; there are 91,599, from a library and not from a file of ours."""

    code: str
    name: str
    level: str
    parent: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class PointRow(Row):
    """Where an area lies and how many live there."""

    code: str
    lat: float
    lng: float
    area_km2: float | None
    population: int | None


@dataclass(frozen=True, slots=True)
class AgencyRow(Row):
    """An agency."""

    slug: str
    name: str
    short_name: str
    kind: str
    area: str
    timezone: str
    address: str
    responsible_office: str
    website: str
    is_synthetic: bool
    source: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class UnitRow(Row):
    """A unit of an agency; `parent` is the slug of a unit of the same agency."""

    agency: str
    slug: str
    name: str
    short_name: str
    kind: str
    parent: str
    website: str
    is_synthetic: bool
    source: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class OversightRow(Row):
    """One agency watches another."""

    overseer: str
    overseen: str
    basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class GroupRow(Row):
    """A plain-language group of categories."""

    code: str
    name: str
    name_en: str
    position: int


@dataclass(frozen=True, slots=True)
class CategoryRow(Row):
    """A category."""

    code: str
    name: str
    name_en: str
    parent: str
    group: str
    sp4n_id: int | None
    active_from: date
    active_to: date | None
    default_authority: str
    suggest_supervisory: bool
    suggest_confidential: bool


@dataclass(frozen=True, slots=True)
class PolicyRow(Row):
    """A policy: national when `agency` is blank."""

    code: str
    basis: str
    agency: str
    valid_from: date
    valid_to: date | None
    inherits: str


@dataclass(frozen=True, slots=True)
class LimitRow(Row):
    """A time limit of a policy."""

    policy: str
    clock: str
    classification: str
    supervisory: bool | None
    count: int
    unit: str
    article: str
    basis: str
    since: date


@dataclass(frozen=True, slots=True)
class DayRow(Row):
    """A day off of the whole country."""

    day: date
    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class RoutingRow(Row):
    """A rule that suggests whose business a report is; `words` are separated by `|`."""

    code: str
    position: int
    words: str
    category: str
    authority: str
    agency: str
    province_unit: str
    regency_unit: str
    reason: str
    reason_en: str
    valid_from: date
    valid_to: date | None
