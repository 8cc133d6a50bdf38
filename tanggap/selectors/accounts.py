"""Who a signed-in person is on a day, and who serves in an agency."""

from datetime import date

from django.db.models import FETCH_RAISE, Q, QuerySet

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Officer,
    Reporter,
    System,
)
from tanggap.domain.appointments import Office
from tanggap.models import Appointment, User


def appointment_of(user_id: int, on: date) -> Appointment | None:
    """Return the office that a person holds on a day, with its agency and unit, or None.

    There is no viewer: this is where a viewer comes from. An office in an agency or unit that no
    longer exists is no office, neither is one of a person who may not sign in.
    """
    return _held(user_id, on).select_related("user", "agency", "unit").fetch_mode(FETCH_RAISE).first()


def officer_of(user_id: int, on: date) -> Officer | None:
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
        case LiaisonOfficer(user_id=user_id) | InternalAuditor(user_id=user_id):
            return Appointment.objects.filter(user_id=user_id)
        case Anyone() | Reporter():
            return Appointment.objects.none()


def _in_force(on: date) -> QuerySet[Appointment]:
    def lasts(prefix: str) -> Q:
        return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})

    return Appointment.objects.filter(
        lasts(""), lasts("agency__"), Q(unit__isnull=True) | lasts("unit__"), valid_from__lte=on
    )


def _actor(appointment: Appointment) -> Officer:
    user_id, agency_id, unit_id = appointment.user_id, appointment.agency_id, appointment.unit_id
    match Office(appointment.role):
        case Office.NATIONAL_ADMIN:
            return NationalAdmin(user_id=user_id, agency_id=agency_id)
        case Office.AGENCY_ADMIN:
            return AgencyAdmin(user_id=user_id, agency_id=agency_id)
        case Office.LIAISON_OFFICER | Office.INTERNAL_AUDITOR as office:
            if unit_id is None:  # the database refuses it: appointment_unit_where_the_office_has_one
                raise ValueError(f"Appointment {appointment.pk} has no unit.")
            kind = LiaisonOfficer if office is Office.LIAISON_OFFICER else InternalAuditor
            return kind(user_id=user_id, agency_id=agency_id, unit_id=unit_id)
