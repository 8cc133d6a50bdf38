"""Who is there, who is away and which posts nobody holds, as an officer may know it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Q, QuerySet

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    OfficeHolder,
    Officer,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    Role,
    System,
    UnitAdmin,
    unit_of,
)
from tanggap.domain.appointments import OFFICES_OF_AN_AGENCY, Office
from tanggap.domain.duty import Duty, Leave, Post, may_stand_in, on_duty
from tanggap.models import Absence, Appointment, Unit
from tanggap.selectors import accounts, opaque, organisation
from tanggap.selectors.administration import manages

_KEY = "absence"
_MOST = 200


class NotFoundError(LookupError):
    """There is no such absence, or this viewer may not know of it."""


def _visible(viewer: Actor) -> QuerySet[Absence]:
    """Decide, once, whose leave each kind of viewer may know of: the own, who serves below, an admin the agency's."""
    match viewer:
        case System() | NationalAdmin():
            return Absence.objects.all()
        case AgencyAdmin(agency_id=agency_id):
            here = Appointment.objects.filter(agency_id=agency_id)
            return Absence.objects.filter(user_id__in=here.values("user_id"))
        case LiaisonOfficer(unit_id=unit_id):
            below = Appointment.objects.filter(unit_id__in=organisation.units_below([unit_id]))
            return Absence.objects.filter(Q(user_id=viewer.user_id) | Q(user_id__in=below.values("user_id")))
        case UnitAdmin() | InternalAuditor():
            return Absence.objects.filter(user_id=viewer.user_id)
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return Absence.objects.filter(user_id=viewer.user_id)
        case Anyone() | Reporter():
            return Absence.objects.none()


def _coming(rows: QuerySet[Absence], on: date) -> QuerySet[Absence]:
    return rows.filter(ended_at=None, last_day__gte=on)


def leaves(*, since: date) -> list[Leave]:
    """Return every absence that reaches to a day or beyond; for services, which ask who is there."""
    rows = _coming(Absence.objects.all(), since).order_by("first_day", "pk")
    return [Leave(*values) for values in rows.values_list("user_id", "first_day", "last_day", "deputy_id")]


def list_(*, viewer: OfficeHolder, on: date, whole_agency: bool) -> list[Absence]:
    """Return the absences from a day on that the viewer may know of, the next first, at most two hundred.

    The own ones; with `whole_agency` also those of the people whom an admin or a liaison officer looks after: for the
    national admin those of the admins and overseers of all agencies, whom nobody else looks after.
    """
    rows = _coming(_visible(viewer), on)
    match viewer:
        case AgencyAdmin(agency_id=agency_id) | NationalAdmin(agency_id=agency_id) if whole_agency:
            whose = Q(agency_id=agency_id)
            if isinstance(viewer, NationalAdmin):
                whose |= Q(role__in=sorted(OFFICES_OF_AN_AGENCY))
            here = Appointment.objects.filter(whose).exclude(valid_to__lt=on)
            rows = rows.filter(user_id__in=here.values("user_id"))
        case LiaisonOfficer() if whole_agency:
            rows = rows.filter(user_id__in=[viewer.user_id, *(row.user_id for row in colleagues(viewer=viewer, on=on))])
        case _:
            rows = rows.filter(user_id=viewer.user_id)
    found = rows.select_related("user", "deputy").order_by("first_day", "pk").fetch_mode(FETCH_RAISE)
    return list(found[:_MOST])


def key(absence: Absence) -> str:
    """Return how an absence is named in a form."""
    return opaque.seal(_KEY, [absence.pk])


def by_key(*, viewer: Actor, text: str) -> Absence:
    """Return the absence that a form named; raises NotFoundError alike for unknown and forbidden."""
    parts = opaque.open_(_KEY, text)
    found = _visible(viewer).filter(pk=parts[0]).first() if parts else None
    if found is None:
        raise NotFoundError(text)
    return found


def posts(offices: QuerySet[Appointment]) -> list[Post]:
    """Return offices as the domain knows them: a round reads those of everybody, so no model is made of a row."""
    rows = offices.values_list("user_id", "role", "agency_id", "unit_id")
    return [Post(user_id, Office(role), agency_id, unit_id) for user_id, role, agency_id, unit_id in rows]


def _post(row: Appointment) -> Post:
    return Post(row.user_id, Office(row.role), row.agency_id, row.unit_id)


def posts_of(user_id: int, on: date) -> list[Post]:
    """Return the offices that a person holds on a day; none for an account that is locked."""
    return posts(accounts.list_officers(viewer=System(), on=on).filter(user_id=user_id))


def covers(deputy_id: int, absent_id: int, on: date) -> bool:
    """Say whether a person sees by own offices all that another one works on."""
    theirs = posts_of(deputy_id, on)
    return all(
        any(may_stand_in(post, absent, path=organisation.unit_path(absent.unit_id)) for post in theirs)
        for absent in posts_of(absent_id, on)
    )


def colleagues(*, viewer: Officer, on: date) -> list[Appointment]:
    """Return whose leave somebody may write down: the own one, and of those in the agency to whom one gives offices."""
    rows = accounts.list_officers(viewer=System(), on=on, agency_id=viewer.agency_id)
    match viewer:
        case AgencyAdmin() | NationalAdmin():
            return _looked_after(viewer, rows)
        case LiaisonOfficer(unit_id=unit_id):
            return _looked_after(viewer, rows.filter(unit_id__in=organisation.units_below([unit_id])))
        case _:
            return list(rows.filter(user_id=viewer.user_id))


def ended_by(*, viewer: Officer, on: date) -> Callable[[int], bool]:
    """Return whether the viewer can take back the leave of an account: of whom others look after, it is only read."""
    if isinstance(viewer, NationalAdmin):
        return lambda _user_id: True
    mine = {viewer.user_id, *(row.user_id for row in colleagues(viewer=viewer, on=on))}
    return mine.__contains__


def _looked_after(viewer: Officer, rows: Iterable[Appointment]) -> list[Appointment]:
    """Return the own offices, and those that the viewer gives and ends."""
    return [row for row in rows if row.user_id == viewer.user_id or _gives(viewer, row)]


def _gives(viewer: Officer, row: Appointment) -> bool:
    return manages(viewer, office=Office(row.role), agency_id=row.agency_id, unit_id=row.unit_id)


def deputies(*, viewer: OfficeHolder, on: date) -> list[Appointment]:
    """Return who could stand in: for the viewer, or for an admin for anybody of the agency; the service decides."""
    rows = accounts.list_officers(viewer=System(), on=on, agency_id=viewer.agency_id)
    match viewer:
        case AgencyAdmin() | NationalAdmin():
            return list(rows)
        case LiaisonOfficer():
            absent_ones = [_post(row) for row in colleagues(viewer=viewer, on=on)]
            paths = {unit_id: organisation.unit_path(unit_id) for unit_id in {one.unit_id for one in absent_ones}}
            return [row for row in rows if any(_may_deputise(row, one, paths[one.unit_id]) for one in absent_ones)]
        case _:
            absent = Post(viewer.user_id, Office(viewer.role.value), viewer.agency_id, unit_of(viewer))
            path = organisation.unit_path(unit_of(viewer))
            others = rows.exclude(user_id=viewer.user_id)
            return [row for row in others if may_stand_in(_post(row), absent, path=path)]


def _may_deputise(row: Appointment, absent: Post, path: frozenset[int]) -> bool:
    return row.user_id != absent.user_id and may_stand_in(_post(row), absent, path=path)


@dataclass(frozen=True, slots=True)
class Line:
    """One post of the roster: of a unit, or of the agency itself, with who is there today."""

    unit: Unit | None
    role: Office
    duty: Duty


@dataclass(frozen=True, slots=True)
class Roster:
    """The posts of an agency on a day, and the names of the people in it."""

    lines: tuple[Line, ...]
    names: dict[int, str]
    until: dict[int, date]  # of who is away: the last day


# The post above the units, which an admin's roster begins with.
_TOPS = {Role.AGENCY_ADMIN: Office.AGENCY_ADMIN, Role.NATIONAL_ADMIN: Office.NATIONAL_ADMIN}


def roster(*, viewer: Officer, on: date) -> Roster:
    """Return who is there in the agency of an admin, or below a liaison officer; others see the own unit.

    Vacant posts have a line too.
    """
    agency_id, top = viewer.agency_id, _TOPS.get(viewer.role)
    match viewer:
        case AgencyAdmin() | NationalAdmin():
            units = Unit.objects.filter(agency_id=agency_id, valid_to=None)
            top = Office.NATIONAL_ADMIN if isinstance(viewer, NationalAdmin) else Office.AGENCY_ADMIN
        case LiaisonOfficer(unit_id=unit_id):
            units = Unit.objects.filter(pk__in=organisation.units_below([unit_id]), valid_to=None)
            top = None
        case UnitAdmin() | InternalAuditor():
            units, top = Unit.objects.filter(pk=viewer.unit_id), None
        case _:
            return Roster((), {}, {})
    everybody = list(accounts.list_officers(viewer=System(), on=on, agency_id=agency_id))
    away = leaves(since=on)
    serving = frozenset(row.user_id for row in everybody)
    by_post: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for row in everybody:
        by_post[row.unit_id, row.role].append(row.user_id)

    def line(unit: Unit | None, role: Office) -> Line:
        holders = by_post.get((unit.pk if unit else None, role.value), ())
        return Line(unit, role, on_duty(holders, on=on, leaves=away, serving=serving))

    lines = [line(None, top)] if top else []
    for unit in units.order_by("name", "pk"):
        role = Office.INTERNAL_AUDITOR if unit.kind == "inspectorate" else Office.LIAISON_OFFICER
        lines.append(line(unit, role))
    return Roster(
        tuple(lines),
        {row.user_id: row.user.get_full_name() for row in everybody},
        {leave.user_id: leave.last_day for leave in away if leave.covers(on)},
    )


def serving(*, on: date, agency_ids: Iterable[int] | None = None) -> frozenset[int]:
    """Return everybody who holds an office on a day with an account that may sign in, in some agencies or in all."""
    rows = accounts.list_officers(viewer=System(), on=on)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=list(agency_ids))
    return frozenset(rows.order_by().values_list("user_id", flat=True))
