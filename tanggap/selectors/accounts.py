"""Who a signed-in person is on a day, and who serves in an agency."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from allauth.mfa.models import Authenticator
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
    Officer,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
    officer,
)
from tanggap.domain.appointments import OFFICES_OF_A_UNIT, Office
from tanggap.models import Appointment, User
from tanggap.selectors import organisation, prepared


@dataclass(frozen=True, slots=True)
class Held:
    """An office in force: who one is in it, and how it is named; `has_factor` is of the person."""

    pk: int
    actor: OfficeHolder
    agency: str
    unit: str
    has_factor: bool


# What counts as a second factor: recovery codes alone are no factor, they stand in for a lost one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


# As `_held` asks, in words of its own: every page of the desk asks, and to compose this took longer than to answer it.
_OFFICES: Final = """
SELECT held.id, held.role, held.user_id, held.agency_id, held.unit_id,
       CASE WHEN held.role = 'agency_admin' THEN ARRAY({verified_for}) ELSE '{{}}' END,
       ARRAY(SELECT served.unit_id FROM tanggap_appointment served
             WHERE served.user_id = held.user_id AND served.unit_id IS NOT NULL AND served.valid_from <= asked.day),
       coalesce(nullif(agency.short_name, ''), agency.name), coalesce(nullif(unit.short_name, ''), unit.name, ''),
       EXISTS (SELECT FROM mfa_authenticator factor
               WHERE factor.user_id = held.user_id AND factor.type = ANY(asked.factors))
FROM (SELECT %s::bigint AS person, %s::date AS day, %s::text[] AS factors) asked
JOIN tanggap_appointment held ON held.user_id = asked.person
JOIN tanggap_user person ON person.id = held.user_id AND person.is_active
JOIN tanggap_agency agency ON agency.id = held.agency_id
LEFT JOIN tanggap_unit unit ON unit.id = held.unit_id
WHERE held.valid_from <= asked.day
  AND (held.valid_to IS NULL OR held.valid_to >= asked.day)
  AND (agency.valid_to IS NULL OR agency.valid_to >= asked.day)
  AND (unit.valid_to IS NULL OR unit.valid_to >= asked.day)
ORDER BY held.valid_from DESC, held.id DESC
""".format(verified_for=organisation.VERIFIED_FOR.format(agency="held.agency_id", on="asked.day"))  # noqa: S608 - constants


def offices_of(user_id: int, on: date) -> list[Held]:
    """Return every office that a person holds on a day, the newest first, in one query."""
    read = prepared.fetch(_OFFICES, [user_id, on, [str(factor) for factor in FACTORS]])
    width = len(_Row._fields)
    actors = _actors([_Row(*row[:width]) for row in read], on)
    return [Held(row[0], actor, *row[width:]) for row, actor in zip(read, actors, strict=True)]


def officers_of(user_id: int, on: date) -> list[OfficeHolder]:
    """Return every actor that a person can be on a day, the newest office first."""
    return [held.actor for held in offices_of(user_id, on)]


def working_officers_of(user_id: int, on: date) -> list[Officer]:
    """Return those of them that work on reports."""
    return [actor for actor in map(officer, officers_of(user_id, on)) if actor is not None]


def working_officers_named(username: str, on: date) -> list[Officer]:
    """Return those that the account with this name can be; none for an unknown name."""
    found = User.objects.filter(username=username).values_list("pk", flat=True).first()
    return working_officers_of(found, on) if found is not None else []


def heads_of(user_id: int, on: date) -> list[Head]:
    """Return those of them that head an office."""
    return [actor for actor in officers_of(user_id, on) if isinstance(actor, Head)]


def served(on: date) -> QuerySet[Appointment, tuple[int, int]]:
    """Return who has served which unit by a day, as pairs of account and unit.

    An office that has ended counts, whatever ended it: what is about a unit is about who was there (ADR 0083).
    """
    begun = Appointment.objects.filter(unit_id__isnull=False, valid_from__lte=on)
    return begun.values_list("user_id", "unit_id")


def session_words(key: str, now: datetime) -> str | None:
    """Return what a live session holds, sealed as it was stored; None where there is none. Every page asks."""
    found = prepared.fetch(_SESSION, [key, now])
    return found[0][0] if found else None


_SESSION: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


def has_factor(user_id: int) -> bool:
    """Say whether a person signs in with a second factor."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists())


def appointment_of(user_id: int, on: date) -> Appointment | None:
    """Return the newest office that a person holds on a day, with its agency and unit, or None.

    There is no viewer: this is where a viewer comes from. An office in an agency or unit that no
    longer exists is no office, neither is one of a person who may not sign in.
    """
    return _held(user_id, on).select_related("user", "agency", "unit").fetch_mode(FETCH_RAISE).first()


def officer_of(user_id: int, on: date) -> OfficeHolder | None:
    """Return the actor that a person is in the newest office on a day, or None for a person without an office."""
    return next(iter(officers_of(user_id, on)), None)


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
    return workers(agency_id=agency_id, on=on).filter(serving)


def workers(*, agency_id: int, on: date) -> QuerySet[Appointment]:
    """Return the offices held on a day by those who work on reports of an agency, for whoever acts for all of it."""
    working = sorted(role.value for role in DESK)  # a head of the office looks on
    offices = _in_force(on).filter(agency_id=agency_id, role__in=working, user__is_active=True)
    return offices.select_related("user", "unit").order_by("user__display_name", "user__username")


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by account: for pages about a report that its viewer may see."""
    wanted = sorted(set(user_ids))
    return dict(prepared.fetch(_CALLED, [wanted])) if wanted else {}


_CALLED: Final = "SELECT id, coalesce(nullif(display_name, ''), username) FROM tanggap_user WHERE id = ANY(%s)"


def person(user_id: int) -> User | None:
    """Return the account behind a session. Every page asks, before anything is known of it."""
    asked = f"SELECT {prepared.columns_of(User)} FROM tanggap_user WHERE id = %s"  # noqa: S608 - names of the model
    return next(iter(prepared.rows(User, asked, [user_id])), None)


def signs_in_as(user_id: int) -> str:
    """Return the name by which a person signs in: for whoever acts in an officer's name outside, at that one's wish."""
    return User.objects.values_list("username", flat=True).get(pk=user_id)


def exists(username: str) -> bool:
    """Say whether a name for signing in is taken, whatever its case. For set-up and the command line only."""
    return User.objects.filter(username__iexact=username).exists()


def id_of(username: str) -> int:
    """Return the id of an account by the name it signs in with. Raises `User.DoesNotExist`."""
    return User.objects.values_list("pk", flat=True).get(username__iexact=username)


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


class _Row(NamedTuple):
    """An appointment, as far as it says who one is."""

    pk: int
    role: str
    user_id: int
    agency_id: int
    unit_id: int | None
    verified_for: Sequence[int]  # the agencies in whose place an admin may verify
    served: Sequence[int]  # the units of every office that the person holds or has held


def _actors(rows: Sequence[_Row], on: date) -> list[OfficeHolder]:
    """Return the actor of each office of one person on a day; each knows the units of the others, ended ones too."""
    return [replace(_actor(row, on), other_units=frozenset(row.served) - {row.unit_id}) for row in rows]


def _actor(appointment: _Row, on: date) -> OfficeHolder:
    user_id, agency_id, unit_id = appointment.user_id, appointment.agency_id, appointment.unit_id
    office = Office(appointment.role)
    if office in OFFICES_OF_A_UNIT:
        if unit_id is None:  # the database refuses it: appointment_unit_where_the_office_has_one
            raise ValueError(f"Appointment {appointment.pk} has no unit.")
        return _IN_A_UNIT[office](user_id=user_id, agency_id=agency_id, unit_id=unit_id)
    if office in _OVER_EDGES:
        overseen = organisation.overseen_by(agency_id, on)
        return _OVER_EDGES[office](user_id=user_id, agency_id=agency_id, overseen=overseen)
    if office is Office.AGENCY_ADMIN:
        return AgencyAdmin(user_id, agency_id, verifies_for=frozenset(appointment.verified_for))
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
    Office.OVERSEER: Overseer,
    Office.OMBUDSMAN: Ombudsman,
}
