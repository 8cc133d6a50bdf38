"""What the record itself says of an agency, for the criteria of a self-assessment: numbers and days, no person.

An evaluator may read all of it, so nothing here comes from a secret report.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, Q, QuerySet

from tanggap.domain.actors import Evaluator
from tanggap.domain.appointments import Office
from tanggap.domain.assessment_forms import Evidence
from tanggap.models import Agency, Appointment, Decree, Publication, SignInDay, Template, Unit
from tanggap.selectors import administration, overview, publications

type Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom, of which period (moments: `since` and before `until`), and as of which day."""

    agency_id: int
    since: datetime
    until: datetime
    on: date


def collect(asked: Asked, kinds: Iterable[Evidence]) -> dict[str, Facts]:
    """Return what the record says of an agency, by the kind of evidence; JSON-able, to be frozen as it stands."""
    return {kind.value: SOURCES[kind](asked) for kind in kinds if kind in SOURCES}


def _decree(asked: Asked) -> Facts:
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=asked.on)
    found = Decree.objects.filter(lasts, agency_id=asked.agency_id, valid_from__lte=asked.on, withdrawn_at=None)
    uncovered = administration.units_without_decree(asked.agency_id, on=asked.on)
    return {"decrees": found.count(), "uncovered": len(uncovered), "units": _units(asked).count()}


def _units(asked: Asked) -> QuerySet[Unit]:
    return Unit.objects.filter(agency_id=asked.agency_id, valid_to=None)


def _serving(asked: Asked, *offices: Office) -> QuerySet[Appointment]:
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=asked.on)
    return Appointment.objects.filter(
        lasts,
        agency_id=asked.agency_id,
        valid_from__lte=asked.on,
        role__in=[office.value for office in offices],
        user__is_active=True,
    )


def _liaisons(asked: Asked) -> Facts:
    serving = _serving(asked, Office.LIAISON_OFFICER, Office.INTERNAL_AUDITOR)
    units = _units(asked)
    return {"units": units.count(), "held": units.filter(pk__in=serving.values("unit_id")).count()}


def _activity(asked: Asked) -> Facts:
    admins = _serving(asked, Office.AGENCY_ADMIN)
    since = asked.on - timedelta(days=administration.IDLE_DAYS)
    days = SignInDay.objects.filter(user_id__in=admins.values("user_id"), day__gte=since, day__lte=asked.on)
    return {"days": days.values("day").distinct().count(), "window": administration.IDLE_DAYS}


_CONTACT: Final = ("responsible_office", "address", "email", "phone")


def _contact(asked: Asked) -> Facts:
    agency = Agency.objects.get(pk=asked.agency_id)
    return {"there": sum(bool(getattr(agency, name)) for name in _CONTACT), "of": len(_CONTACT)}


def _published(asked: Asked, column: str) -> QuerySet[Publication]:
    within = {f"{column}__gte": asked.since, f"{column}__lt": asked.until}
    return publications.live().filter(agency_id=asked.agency_id, **within)


def _publications(asked: Asked) -> Facts:
    return {"published": _published(asked, "published_at").count()}


def _templates(asked: Asked) -> Facts:
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=asked.on)
    found = Template.objects.filter(lasts, agency_id=asked.agency_id, valid_from__lte=asked.on)
    return {"templates": found.count()}


def _in_time(asked: Asked) -> Facts:
    in_time = Count("pk", filter=Q(answered_in_time=True))
    return _published(asked, "answered_at").aggregate(answered=Count("pk"), in_time=in_time)


def _backlog(asked: Asked) -> Facts:
    rows = overview.board(viewer=Evaluator(0, 0, frozenset({asked.agency_id})))
    total = overview.totals(rows)
    return {"open": total.open, "overdue": total.overdue}


def _solved(asked: Asked) -> Facts:
    found = _published(asked, "answered_at").aggregate(
        said=Count("pk", filter=~Q(solved="")),
        yes=Count("pk", filter=Q(solved="yes")),
        rated=Count("rating"),
        rating=Avg("rating"),
    )
    rating = found.pop("rating")
    return {**found, "rating": None if rating is None else f"{rating:.2f}"}


def _heads(asked: Asked) -> Facts:
    return {"heads": _serving(asked, Office.HEAD).values("user_id").distinct().count()}


SOURCES: Final[dict[Evidence, Callable[[Asked], Facts]]] = {
    Evidence.DECREE: _decree,
    Evidence.LIAISONS: _liaisons,
    Evidence.ACTIVITY: _activity,
    Evidence.CONTACT: _contact,
    Evidence.PUBLICATIONS: _publications,
    Evidence.TEMPLATES: _templates,
    Evidence.IN_TIME: _in_time,
    Evidence.BACKLOG: _backlog,
    Evidence.SOLVED: _solved,
    Evidence.HEADS: _heads,
}
