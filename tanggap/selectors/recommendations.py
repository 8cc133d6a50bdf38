"""Recommendations with as much of each as the viewer may read: the agency's own, or those of whom one looks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

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
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
)
from tanggap.domain.recommendations import ANSWERS, ENDED, OWED, Standing, State, is_asked_again
from tanggap.models import Assessment, Recommendation, RecommendationAct, RecommendationFile

_OWED: Final = sorted(state.value for state in OWED)
_ENDED: Final = sorted(state.value for state in ENDED)
_ANSWERS: Final = sorted(act.value for act in ANSWERS)


class NotFoundError(LookupError):
    """There is no such recommendation or file, or this viewer may not know of it."""


def _visible(viewer: Actor) -> QuerySet[Recommendation]:
    """Decide, once, of which agencies somebody reads recommendations with all that was answered."""
    rows = Recommendation.objects.select_related("assessment__round__body", "assessment__agency", "unit")
    match viewer:
        case AgencyAdmin(agency_id=own) | Head(agency_id=own):
            return rows.filter(assessment__agency_id=own)
        case RegionalOverseer(overseen=overseen) | Evaluator(overseen=overseen):
            return rows.filter(assessment__agency_id__in=overseen)
        case Overseer() | System():
            return rows
        case NationalAdmin() | LiaisonOfficer() | InternalAuditor() | UnitAdmin():
            return rows.none()
        case Ombudsman() | Anyone() | Reporter():
            return rows.none()


def standing(row: Recommendation) -> Standing:
    """Return what decides about an act on a recommendation."""
    assessment = row.assessment
    return Standing(State(row.state), assessment.agency_id, assessment.round.body_id, row.due_on)


@dataclass(frozen=True, slots=True)
class Sight:
    """One recommendation with all its acts, the newest first."""

    row: Recommendation
    standing: Standing
    acts: Sequence[RecommendationAct]


def get(*, viewer: Actor, number: int) -> Sight:
    """Return a recommendation. Raises NotFoundError alike for unknown and forbidden."""
    row = _visible(viewer).filter(pk=number).first()
    if row is None:
        raise NotFoundError(number)
    acts = row.acts.select_related("by", "office").prefetch_related("files").order_by("-seq")
    return Sight(row, standing(row), list(acts))


def file(*, viewer: Actor, number: int, key: str) -> RecommendationFile:
    """Return a file that was given with an act. Raises NotFoundError."""
    rows = RecommendationFile.objects.filter(act__recommendation__in=_visible(viewer).filter(pk=number), key=key)
    found = rows.first()
    if found is None:
        raise NotFoundError(key)
    return found


@dataclass(frozen=True, slots=True)
class After:
    """The last row of the page before: a list goes on after it."""

    due_on: date
    number: int


def list_(*, viewer: Actor, show: str, today: date, after: After | None, size: int) -> list[Recommendation]:
    """Return a page of recommendations, the earliest due date first. `show` is one of SHOWS."""
    rows = _visible(viewer).filter(_shown(show, today))
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, pk__gt=after.number))
    return list(rows.order_by("due_on", "pk").fetch_mode(FETCH_RAISE)[:size])


SHOWS: Final = ("owed", "overdue", "reported", "ended")


def _shown(show: str, today: date) -> Q:
    match show:
        case "owed":
            return Q(state__in=_OWED)
        case "overdue":
            return Q(state__in=_OWED, due_on__lt=today)
        case "reported":
            return Q(state=State.REPORTED.value)
        case _:
            return Q(state__in=_ENDED)


def counts(*, viewer: Actor, today: date) -> dict[str, int]:
    """Return how many recommendations each list holds."""
    rows = _visible(viewer)
    return {show: rows.filter(_shown(show, today)).count() for show in SHOWS}


def of_assessment(*, viewer: Actor, assessment_id: int) -> list[Recommendation]:
    """Return what was recommended with an assessment, in the order in which it was."""
    return list(_visible(viewer).filter(assessment_id=assessment_id).order_by("pk"))


def asked_again(assessment: Assessment) -> list[tuple[Recommendation, bool]]:
    """Return what the body still waits for from earlier rounds; whether the agency has yet to answer it in this one.

    For the form of the agency, and for the service that takes it in.
    """
    round_ = assessment.round
    rows = Recommendation.objects.filter(
        assessment__agency_id=assessment.agency_id,
        assessment__round__body_id=round_.body_id,
        assessment__round__opened_at__lt=round_.opened_at,
    ).exclude(state__in=_ENDED)
    found = list(rows.select_related("assessment__round").order_by("due_on", "pk"))
    answers: dict[int, list[datetime]] = {row.pk: [] for row in found}
    acts = RecommendationAct.objects.filter(recommendation__in=found, kind__in=_ANSWERS)
    for pk, at in acts.values_list("recommendation_id", "at"):
        answers[pk].append(at)
    return [(row, is_asked_again(State(row.state), answers[row.pk], opened_at=round_.opened_at)) for row in found]


def owed(*, viewer: Actor, on: date) -> int:
    """Return how many wait for the viewer: unanswered or late ones of the own agency; an evaluator's to look at."""
    rows = _visible(viewer)
    late = Q(state__in=_OWED, due_on__lt=on)
    match viewer:
        case AgencyAdmin():
            return rows.filter(late | Q(state=State.OPEN.value)).count()
        case Evaluator(agency_id=body):
            mine = rows.filter(assessment__round__body_id=body).exclude(assessment__agency_id=body)
            return mine.filter(late | Q(state=State.REPORTED.value)).count()
        case _:
            return 0
