"""What the editor of an agency shows: its tree, its people, the log, the decrees, and who has not been there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.domain.actors import Actor, LiaisonOfficer, NationalAdmin, System
from tanggap.domain.appointments import WORKING_OFFICES, Office, may_edit, may_manage
from tanggap.domain.lifecycle import OPEN
from tanggap.models import (
    AccessLog,
    AdministrationEntry,
    Agency,
    Appointment,
    Decree,
    Report,
    SignInDay,
    Unit,
    User,
)
from tanggap.selectors import opaque, organisation
from tanggap.selectors.reports import excluded

PAGE: Final = 50
IDLE_DAYS: Final = 30
EXPIRES_WITHIN_DAYS: Final = 60
_LOG_KEY: Final = "key of the administration log"
_ACCESS_KEY: Final = "key of the log of looks"
_PEOPLE_KEY: Final = "key of the people of an agency"
_PERSON: Final = "a person of an agency"


class NotFoundError(LookupError):
    """There is no such thing, or this viewer may not know of it."""


def agency(*, viewer: Actor, slug: str, in_part: bool = False) -> Agency:
    """Return an agency that the viewer edits. Raises NotFoundError alike for unknown and forbidden.

    `in_part`: for a page that shows a liaison officer the own unit and those below it, and nothing else.
    """
    found = Agency.objects.filter(slug=slug).first()
    if found is None or not (may_edit(viewer, agency_id=found.pk) or (in_part and _is_in_part(viewer, found.pk))):
        raise NotFoundError(slug)
    return found


def _is_in_part(viewer: Actor, agency_id: int) -> bool:
    return isinstance(viewer, LiaisonOfficer) and viewer.agency_id == agency_id


def reach(*, viewer: Actor, agency_id: int) -> frozenset[int] | None:
    """Return the units of an agency that the viewer edits or appoints in; None for all of them.

    A liaison officer has the own unit and those below it. Raises NotFoundError for whoever has none.
    """
    if may_edit(viewer, agency_id=agency_id):
        return None
    if isinstance(viewer, LiaisonOfficer) and viewer.agency_id == agency_id:
        return organisation.units_below([viewer.unit_id])
    raise NotFoundError(agency_id)


def _within(rows: QuerySet[Appointment], units: frozenset[int] | None) -> QuerySet[Appointment]:
    return rows if units is None else rows.filter(unit_id__in=units)


def manages(actor: Actor, *, office: Office, agency_id: int, unit_id: int | None) -> bool:
    """Say whether an actor may give or end an office, as `domain.appointments.may_manage` decides it."""
    path = organisation.unit_path(unit_id) if isinstance(actor, LiaisonOfficer) else frozenset[int]()
    return may_manage(actor, office=office, agency_id=agency_id, unit_id=unit_id, path=path)


def home(*, viewer: Actor) -> Agency:
    """Return the agency of an admin, or of a liaison officer. Raises NotFoundError for whoever edits nothing."""
    agency_id = getattr(viewer, "agency_id", None)
    if agency_id is None or not (may_edit(viewer, agency_id=agency_id) or _is_in_part(viewer, agency_id)):
        raise NotFoundError
    return Agency.objects.get(pk=agency_id)


def agencies(*, viewer: Actor, words: str = "", size: int = PAGE) -> list[Agency]:
    """Return the agencies in force whose name holds some words, for whoever edits all of them."""
    if not isinstance(viewer, NationalAdmin | System):
        return []
    found = Agency.objects.filter(valid_to__isnull=True).order_by("name")
    return list(found.filter(Q(name__icontains=words) | Q(short_name__icontains=words))[:size])


@dataclass(frozen=True, slots=True)
class Node:
    """One unit in the tree of its agency."""

    unit: Unit
    depth: int
    open_reports: int
    people: int

    @property
    def indent(self) -> str:
        """Return a dash for each step below the agency."""
        return "— " * self.depth


def tree(agency_id: int, *, viewer: Actor, on: date, with_ended: bool = False) -> list[Node]:
    """Return the units of an agency, each below the one it belongs to, with its open reports and its officers."""
    units = Unit.objects.filter(agency_id=agency_id).order_by("name", "pk")
    if (within := reach(viewer=viewer, agency_id=agency_id)) is not None:
        units = units.filter(pk__in=within)
    rows = list(units if with_ended else units.filter(valid_to__isnull=True))
    rows_of = Report.objects.filter(owner_agency_id=agency_id, status__in=OPEN)
    reports = _counts(rows_of.exclude(pk__in=excluded(viewer=viewer).values("pk")), "owner_unit_id")
    people = _counts(_in_force(Appointment.objects.filter(agency_id=agency_id), on), "unit_id")
    known = {row.pk for row in rows}
    children: dict[int | None, list[Unit]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[Node] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in children.get(parent, ()):
            found.append(Node(row, depth, reports.get(row.pk, 0), people.get(row.pk, 0)))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found


def open_reports(unit_id: int, *, viewer: Actor) -> int:
    """Return how many open reports a unit has, without those that the viewer is named in."""
    rows = Report.objects.filter(owner_unit_id=unit_id, status__in=OPEN)
    return rows.exclude(pk__in=excluded(viewer=viewer).values("pk")).count()


def _counts(rows: QuerySet[Any], column: str) -> dict[int, int]:
    return dict(rows.exclude(**{column: None}).order_by().values_list(column).annotate(found=Count("pk")))


def _in_force(rows: QuerySet[Appointment], on: date) -> QuerySet[Appointment]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


@dataclass(frozen=True, slots=True)
class Page[T]:
    """One page of a list, with the key to the next ('' at the end)."""

    rows: Sequence[T]
    after: str


def people(
    *,
    viewer: Actor,
    agency_id: int,
    on: date,
    words: str = "",
    after: str = "",
    is_idle: bool = False,
    size: int = PAGE,
) -> Page[User]:
    """Return who serves in an agency, by name, each with the last day at work; `is_idle`: not for thirty days."""
    within = reach(viewer=viewer, agency_id=agency_id)
    serves = _within(_in_force(Appointment.objects.filter(agency_id=agency_id, user_id=OuterRef("pk")), on), within)
    found = User.objects.filter(Exists(serves)).annotate(last_day=Max("sign_in_days__day"))
    if words:
        found = found.filter(
            Q(display_name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words)
        )
    if is_idle:
        found = found.exclude(Exists(SignInDay.objects.filter(user_id=OuterRef("pk"), day__gte=_idle_since(on))))
    parts = opaque.open_(_PEOPLE_KEY, after) if after else None
    if parts:
        found = found.filter(Q(display_name__gt=parts[0]) | Q(display_name=parts[0], pk__gt=parts[1]))
    rows = list(found.order_by("display_name", "pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    key = opaque.seal(_PEOPLE_KEY, [rows[-1].display_name, rows[-1].pk]) if more else ""
    return Page(rows, key)


def is_idle(last_day: date | None, *, on: date) -> bool:
    """Say whether somebody was last at work longer ago than counts as active, or never (keaktifan)."""
    return last_day is None or last_day < _idle_since(on)


def _idle_since(on: date) -> date:
    return on - timedelta(days=IDLE_DAYS)


def offices_of(
    people: Iterable[User], *, agency_id: int | None, on: date, within: frozenset[int] | None = None
) -> dict[int, list[Appointment]]:
    """Return the offices of some people that are in force, of one agency or of all, by person; `within` some units."""
    held = _within(Appointment.objects.filter(user__in=list(people)), within)
    rows = _in_force(held, on).select_related("unit", "agency")
    rows = rows if agency_id is None else rows.filter(agency_id=agency_id)
    found: dict[int, list[Appointment]] = {}
    for row in rows.order_by("valid_from", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


def person_key(user_id: int) -> str:
    """Return the key of a person for an address."""
    return opaque.seal(_PERSON, [user_id])


def person(*, viewer: Actor, agency_id: int, key: str, on: date) -> User:
    """Return a person who serves, or has served, in an agency. Raises NotFoundError.

    A liaison officer is shown who serves there on the day: who has left is somebody else's to appoint.
    """
    within = reach(viewer=viewer, agency_id=agency_id)
    parts = opaque.open_(_PERSON, key)
    held = Appointment.objects.filter(agency_id=agency_id, user_id=OuterRef("pk"))
    if within is not None:
        held = _within(_in_force(held, on), within)
    found = User.objects.filter(Exists(held), pk=parts[0]).first() if parts else None
    if found is None:
        raise NotFoundError(key)
    return found


def entries(*, viewer: Actor, agency_id: int, after: str = "") -> Page[AdministrationEntry]:
    """Return the log of an agency, the newest first."""
    _check(viewer, agency_id)
    found = AdministrationEntry.objects.filter(agency_id=agency_id).select_related("by", "unit", "subject")
    parts = opaque.open_(_LOG_KEY, after) if after else None
    if parts:
        found = found.filter(pk__lt=parts[0])
    rows = list(found.order_by("-pk")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, opaque.seal(_LOG_KEY, [rows[-1].pk]) if more else "")


def accesses(*, viewer: Actor, agency_id: int, after: str = "") -> Page[AccessLog]:
    """Return who of an agency looked for people or exported names, and why, the newest first (UU 27/2022 Ps 31).

    What an inspectorate looked for is read by the national admin alone: it may be about the reader.
    """
    _check(viewer, agency_id)
    found = AccessLog.objects.filter(agency_id=agency_id).select_related("user", "unit")
    if not isinstance(viewer, NationalAdmin | System):
        found = found.exclude(role=Office.INTERNAL_AUDITOR.value)
    parts = opaque.open_(_ACCESS_KEY, after) if after else None
    if parts:
        found = found.filter(TupleLessThan(Tuple("at", "id"), (datetime.fromisoformat(parts[0]), parts[1])))
    rows = list(found.order_by("-at", "-id")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, opaque.seal(_ACCESS_KEY, [rows[-1].at.isoformat(), rows[-1].pk]) if more else "")


def decrees(*, viewer: Actor, agency_id: int, size: int = PAGE) -> list[Decree]:
    """Return the decrees of an agency, the newest first, with what they cover."""
    _check(viewer, agency_id)
    found = Decree.objects.filter(agency_id=agency_id).order_by("-valid_from", "-pk")
    return list(found.prefetch_related("covers__unit", "covers__user")[:size])


def decree(*, viewer: Actor, agency_id: int, number: int) -> Decree:
    """Return one decree of an agency. Raises NotFoundError."""
    _check(viewer, agency_id)
    found = Decree.objects.filter(agency_id=agency_id, pk=number).first()
    if found is None:
        raise NotFoundError(number)
    return found


def _valid(on: date) -> QuerySet[Decree]:
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Decree.objects.filter(lasts, valid_from__lte=on, withdrawn_at__isnull=True)


def units_without_decree(agency_id: int, *, on: date) -> list[Unit]:
    """Return the units that no decree in force covers: neither one of the whole agency, nor one of theirs."""
    if _valid(on).filter(agency_id=agency_id, covers_agency=True).exists():
        return []
    covered = _valid(on).filter(covers__unit_id=OuterRef("pk"))
    serving = _in_force(Appointment.objects.filter(unit_id=OuterRef(OuterRef("pk"))), on)
    by_person = _valid(on).filter(covers__user_id__in=serving.values("user_id"))
    units = Unit.objects.filter(agency_id=agency_id, valid_to__isnull=True)
    return list(units.exclude(Exists(covered)).exclude(Exists(by_person)).order_by("name"))


def expiring(agency_id: int | None, *, on: date) -> list[Decree]:
    """Return the decrees that end soon, of one agency or (None) of all."""
    soon = _valid(on).filter(valid_to__lte=on + timedelta(days=EXPIRES_WITHIN_DAYS)).select_related("agency")
    soon = soon if agency_id is None else soon.filter(agency_id=agency_id)
    return list(soon.order_by("valid_to", "pk")[:PAGE])


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency in the list of the national admin: has it a decree, and was an admin there lately?"""

    agency: Agency
    has_decree: bool
    last_day: date | None
    is_idle: bool
    has_officers: bool = True


def standings(*, viewer: Actor, on: date, only: str = "") -> list[Standing]:
    """Return the agencies that have officers, before them those that have lost all of theirs or hold open reports.

    `only`: 'sk' without a decree, 'aktif' without a sign-in for 30 days.
    """
    if not isinstance(viewer, NationalAdmin | System):
        return []
    admins = _in_force(Appointment.objects.filter(role__in=[Office.AGENCY_ADMIN, Office.NATIONAL_ADMIN]), on)
    working = _in_force(Appointment.objects.filter(role__in=sorted(WORKING_OFFICES)), on)
    here = {"agency_id": OuterRef("pk")}
    has_work = Exists(Report.objects.filter(owner_agency_id=OuterRef("pk"), status__in=OPEN))
    found = (
        Agency.objects.filter(valid_to__isnull=True)
        .annotate(has_officers=Exists(working.filter(**here)), has_decree=Exists(_valid(on).filter(**here)))
        .filter(Q(has_officers=True) | Exists(Appointment.objects.filter(**here)) | has_work)
        .order_by("has_officers", "name")
    )
    lately = SignInDay.objects.filter(user__appointments__in=admins).order_by()
    rows = lately.values_list("user__appointments__agency_id").annotate(last=Max("day"))
    days: dict[int, date] = dict(rows)
    made = [
        Standing(row, row.has_decree, days.get(row.pk), is_idle(days.get(row.pk), on=on), row.has_officers)
        for row in found
    ]
    if only == "sk":
        return [one for one in made if not one.has_decree]
    return [one for one in made if one.is_idle] if only == "aktif" else made


def _check(viewer: Actor, agency_id: int) -> None:
    if not may_edit(viewer, agency_id=agency_id):
        raise NotFoundError(agency_id)


def name_on(unit: Unit, moment: datetime | date) -> str:
    """Return what a unit was called on a day."""
    day = moment.date() if isinstance(moment, datetime) else moment
    former = unit.former_names.filter(valid_to__gte=day).order_by("valid_to").first()
    return former.name if former else unit.name
