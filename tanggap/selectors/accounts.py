"""Who a signed-in person is on a day, and who serves in an agency."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import FETCH_RAISE, Q, QuerySet

from tanggap.domain.actors import (
    DESK,
    Actor,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    OfficeHolder,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
)
from tanggap.domain.appointments import OFFICES_OF_A_UNIT, Office
from tanggap.models import Appointment, User
from tanggap.selectors import organisation


def appointment_of(user_id: int, on: date) -> Appointment | None:
    """Return the office that a person holds on a day, with its agency and unit, or None.

    There is no viewer: this is where a viewer comes from. An office in an agency or unit that no
    longer exists is no office, neither is one of a person who may not sign in.
    """
    return _held(user_id, on).select_related("user", "agency", "unit").fetch_mode(FETCH_RAISE).first()


def officer_of(user_id: int, on: date) -> OfficeHolder | None:
    """Return the actor that a person is on a day, or None for a person without an office."""
    held = _held(user_id, on).only("role", "user_id", "agency_id", "unit_id").fetch_mode(FETCH_RAISE).first()
    return None if held is None else _actor(held)


def list_officers(
    *, viewer: Actor, on: date, agency_id: int | None = None, unit_id: int | None = None
) -> QuerySet[Appointment]:
    """Return the offices held on a day that the viewer may know of, with user, agency and unit."""
    offices = _visible(viewer).filter(pk__in=_in_force(on).values("pk"), user__is_active=True)
    if agency_id is not None:
        offices = offices.filter(agency_id=agency_id)
    if unit_id is not None:
        offices = offices.filter(unit_id=unit_id)
    return (
        offices.select_related("user", "agency", "unit")
        .order_by("agency__name", "role", "user__username")
        .fetch_mode(FETCH_RAISE)
    )


def colleagues(*, agency_id: int, unit_id: int | None, on: date) -> QuerySet[Appointment]:
    """Return the offices held on a day by those who may work on a report of an agency or of one of its units.

    Those of the unit, of the units above it, and the admins; what no unit has, is the admins' alone. For whoever
    may act on a report of that office: there is no viewer.
    """
    serving = Q(unit_id__in=organisation.unit_path(unit_id)) | Q(unit__isnull=True)
    working = sorted(role.value for role in DESK)  # a head of the office looks on
    offices = _in_force(on).filter(serving, agency_id=agency_id, role__in=working, user__is_active=True)
    return offices.select_related("user", "unit").order_by("user__display_name", "user__username")


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by account: for pages about a report that its viewer may see."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "display_name", "username")
    return {pk: name or username for pk, name, username in rows}


def exists(username: str) -> bool:
    """Say whether a name for signing in is taken, whatever its case. For set-up and the command line only."""
    return User.objects.filter(username__iexact=username).exists()


def _held(user_id: int, on: date) -> QuerySet[Appointment]:
    """Return the offices of a person on a day, the one that counts first."""
    return _in_force(on).filter(user_id=user_id, user__is_active=True).order_by("-valid_from", "-pk")


def _visible(viewer: Actor) -> QuerySet[Appointment]:
    """Decide, once, whose offices each kind of viewer may know of."""
    match viewer:
        case System() | NationalAdmin():
            return Appointment.objects.all()
        case AgencyAdmin(agency_id=agency_id):
            return Appointment.objects.filter(agency_id=agency_id)
        case Anyone() | Reporter():
            return Appointment.objects.none()
        case _:
            return Appointment.objects.filter(user_id=viewer.user_id)


def _in_force(on: date) -> QuerySet[Appointment]:
    def lasts(prefix: str) -> Q:
        return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})

    return Appointment.objects.filter(
        lasts(""), lasts("agency__"), Q(unit__isnull=True) | lasts("unit__"), valid_from__lte=on
    )


def _actor(appointment: Appointment) -> OfficeHolder:
    user_id, agency_id, unit_id = appointment.user_id, appointment.agency_id, appointment.unit_id
    office = Office(appointment.role)
    if office in OFFICES_OF_A_UNIT:
        if unit_id is None:  # the database refuses it: appointment_unit_where_the_office_has_one
            raise ValueError(f"Appointment {appointment.pk} has no unit.")
        return _IN_A_UNIT[office](user_id=user_id, agency_id=agency_id, unit_id=unit_id)
    if office in _OVER_EDGES:
        overseen = organisation.overseen_by(agency_id)
        return _OVER_EDGES[office](user_id=user_id, agency_id=agency_id, overseen=overseen)
    if office is Office.HEAD:
        return Head(user_id=user_id, agency_id=agency_id, unit_id=unit_id)
    return _IN_AN_AGENCY[office](user_id=user_id, agency_id=agency_id)


type _Makers = Mapping[Office, Callable[..., OfficeHolder]]

_IN_A_UNIT: Final[_Makers] = {
    Office.UNIT_ADMIN: UnitAdmin,
    Office.LIAISON_OFFICER: LiaisonOfficer,
    Office.INTERNAL_AUDITOR: InternalAuditor,
}
_OVER_EDGES: Final[_Makers] = {Office.REGIONAL_OVERSEER: RegionalOverseer, Office.EVALUATOR: Evaluator}
_IN_AN_AGENCY: Final[_Makers] = {
    Office.NATIONAL_ADMIN: NationalAdmin,
    Office.AGENCY_ADMIN: AgencyAdmin,
    Office.OVERSEER: Overseer,
    Office.OMBUDSMAN: Ombudsman,
}
