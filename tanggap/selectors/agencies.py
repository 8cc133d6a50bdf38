"""Read agencies, units and oversight. Public reference data: everyone may know it, so no viewer is asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet

from tanggap.domain.reference_rows import GOVERNMENTS, AgencyKind, UnitKind
from tanggap.models import Agency, Decree, OversightEdge, Unit
from tanggap.selectors import prepared
from tanggap.selectors.areas import codes_of


class NotFoundError(LookupError):
    """There is no such agency or unit."""


class OfferGroup(StrEnum):
    """Under which heading agencies are offered as a destination."""

    HOME = "home"  # the province of this installation and its regencies and cities
    AREA = "area"  # the governments of the place that was chosen
    MINISTRY = "ministry"
    BODY = "body"  # institutions and state companies


@dataclass(frozen=True, slots=True)
class Offer:
    """Agencies to choose from under one heading; never empty."""

    group: OfferGroup
    agencies: tuple[Agency, ...]


def by_slug(slug: str) -> Agency:
    """Return an agency, ended or not. Raises NotFoundError."""
    if "\0" in slug:  # of which no text of the database can be
        raise NotFoundError(slug)
    return _one(Q(slug=slug))


def get(agency_id: int) -> Agency:
    """Return an agency by its id, ended or not. Raises NotFoundError."""
    return _one(Q(pk=agency_id))


def national() -> Agency:
    """Return the owner of the national queue. Raises NotFoundError before reference data is loaded."""
    return _one(Q(kind=AgencyKind.NATIONAL, valid_to__isnull=True))


def home() -> Agency:
    """Return the agency of this installation (`TANGGAP_HOME_AGENCY`). Raises NotFoundError."""
    return by_slug(settings.HOME_AGENCY)


def at_home() -> list[Agency]:
    """Return the province of this installation with its regencies and cities, the province first."""
    found = active().filter(Q(area_id=settings.HOME_AREA) | Q(area__parent_id=settings.HOME_AREA))
    return sorted(found, key=_nearest_first)


def active() -> QuerySet[Agency]:
    """Return all agencies without an end date, by name."""
    return Agency.objects.filter(valid_to__isnull=True).order_by("name")


def offered(area_code: str = "") -> list[Offer]:
    """Return where a citizen may send a report, nearest first; each agency once.

    The home province and its regencies and cities, the governments of the chosen area, ministries,
    bodies: not all 640. The national queue is not offered, it is what "I do not know" means.
    """
    governments = _governments_of(area_code)
    home_first = Q(area_id=settings.HOME_AREA) | Q(area__parent_id=settings.HOME_AREA)
    ministries_and_bodies = Q(kind__in=(AgencyKind.MINISTRY, AgencyKind.INSTITUTION, AgencyKind.STATE_COMPANY))
    wanted = active().filter(home_first | governments | ministries_and_bodies)
    groups: dict[OfferGroup, list[Agency]] = {group: [] for group in OfferGroup}
    for agency in sorted(wanted, key=_nearest_first):
        groups[_group(agency)].append(agency)
    return [Offer(group, tuple(agencies)) for group, agencies in groups.items() if agencies]


def is_offered(agency_id: int, area_code: str = "") -> bool:
    """Say whether a citizen who chose this area may send a report to the agency."""
    return any(agency.pk == agency_id for offer in offered(area_code) for agency in offer.agencies)


def governments_of(area_code: str) -> list[Agency]:
    """Return the governments of a place, the nearest (regency or city) first, then the province."""
    found = active().filter(_governments_of(area_code))
    return sorted(found, key=lambda agency: len(agency.area_id or ""), reverse=True)


def governments(agency_ids: Collection[int]) -> list[Agency]:
    """Return those of some agencies that are governments and have not ended, by the code of their area."""
    found = active().filter(pk__in=agency_ids, kind__in=GOVERNMENTS, area_id__isnull=False)
    return list(found.order_by("area_id", "name"))


def all_governments() -> list[Agency]:
    """Return every government that has not ended, by the code of its area: a province before its regencies."""
    return list(active().filter(kind__in=GOVERNMENTS, area_id__isnull=False).order_by("area_id", "name"))


def of_kind(kind: AgencyKind, *, inside: str = "") -> list[Agency]:
    """Return the agencies of a kind that have not ended, by name: all, or those directly inside an area."""
    found = active().filter(kind=kind)
    return list(found.filter(area__parent_id=inside) if inside else found)


def units_of_kind(agency_id: int, kind: UnitKind) -> list[Unit]:
    """Return the units of a kind in an agency that have not ended, by name."""
    return list(units(agency_id).filter(kind=kind))


def decrees(agency_id: int, on: date) -> list[Decree]:
    """Return the decrees that appoint who manages complaints at an agency, in force on a day, the newest first."""
    return prepared.rows(Decree, _IN_FORCE.format(prepared.columns_of(Decree)), [agency_id, on, on])


_IN_FORCE = """
SELECT {} FROM tanggap_decree WHERE agency_id = %s AND covers_agency AND withdrawn_at IS NULL
    AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
ORDER BY valid_from DESC, id DESC LIMIT 3
"""


def destinations() -> QuerySet[Agency]:
    """Return every agency that an officer may assign or return a report to, by name."""
    return active()


def units(agency_id: int) -> QuerySet[Unit]:
    """Return the units of an agency without an end date, by name, each with its parent."""
    rows = Unit.objects.filter(agency_id=agency_id, valid_to__isnull=True)
    return rows.select_related("parent").order_by("name", "pk")


def has_unit(agency: str, unit_: str) -> bool:
    """Say whether an agency has a unit today, both by their slugs."""
    return Unit.objects.filter(agency__slug=agency, slug=unit_, valid_to=None).exists()


def unit(agency_id: int, slug: str) -> Unit:
    """Return a unit of an agency, ended or not. Raises NotFoundError."""
    try:
        return Unit.objects.get(agency_id=agency_id, slug=slug)
    except Unit.DoesNotExist as error:
        raise NotFoundError(slug) from error


def inspectorate(agency_id: int) -> Unit | None:
    """Return the inspectorate (APIP) of an agency, where it has one."""
    return units(agency_id).filter(kind=UnitKind.INSPECTORATE).first()


def with_units_below(unit_id: int) -> frozenset[int]:
    """Return the unit and every unit below it in the assignment tree, ended ones too. Raises NotFoundError."""
    row = Unit.objects.filter(pk=unit_id).values_list("agency_id", flat=True).first()
    if row is None:
        raise NotFoundError(unit_id)
    pairs = list(Unit.objects.filter(agency_id=row).values_list("pk", "parent_id"))
    below = {unit_id}
    while more := {pk for pk, parent in pairs if parent in below} - below:
        below |= more
    return frozenset(below)


def overseers_of(agency_id: int) -> QuerySet[Agency]:
    """Return who watches an agency now."""
    edges = OversightEdge.objects.filter(overseen_id=agency_id, valid_to__isnull=True)
    return active().filter(pk__in=edges.values("overseer"))


def overseen_by(agency_id: int) -> QuerySet[Agency]:
    """Return whom an agency watches now."""
    edges = OversightEdge.objects.filter(overseer_id=agency_id, valid_to__isnull=True)
    return active().filter(pk__in=edges.values("overseen"))


def _one(condition: Q) -> Agency:
    try:
        return Agency.objects.get(condition)
    except Agency.DoesNotExist as error:
        raise NotFoundError(str(condition)) from error


def _governments_of(area_code: str) -> Q:
    return Q(area_id__in=codes_of(area_code), kind__in=GOVERNMENTS)


def _group(agency: Agency) -> OfferGroup:
    if agency.area_id is not None:
        is_home = agency.area_id == settings.HOME_AREA or agency.area_id.startswith(f"{settings.HOME_AREA}.")
        return OfferGroup.HOME if is_home else OfferGroup.AREA
    return OfferGroup.MINISTRY if agency.kind == AgencyKind.MINISTRY else OfferGroup.BODY


def _nearest_first(agency: Agency) -> tuple[int, str]:
    return (len(agency.area_id), agency.area_id) if agency.area_id else (0, agency.name)
