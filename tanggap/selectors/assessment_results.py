"""What everybody may read of assessments: the forms, the results that were told, and who sent nothing."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from django.db.models import Count, Q

from tanggap import data
from tanggap.domain import assessment_forms
from tanggap.domain.assessment_forms import Form
from tanggap.domain.assessments import PUBLIC, State
from tanggap.domain.recommendations import State as Recommended
from tanggap.models import Assessment, AssessmentRound, Recommendation
from tanggap.selectors import prepared

_PUBLIC: Final = sorted(state.value for state in PUBLIC)


@cache
def forms() -> Mapping[str, Form]:
    """Return every version of every form, by its key."""
    return assessment_forms.read(data.text("assessment.json"))


def form_of(round_: AssessmentRound) -> Form:
    """Return the form that a round goes by."""
    return forms()[f"{round_.form_code}@{round_.form_version}"]


def newest_forms(on: date) -> list[Form]:
    """Return the newest version of each form that is in force on a day."""
    found: dict[str, Form] = {}
    for one in forms().values():
        if one.since <= on and (one.code not in found or found[one.code].version < one.version):
            found[one.code] = one
    return list(found.values())


def rounds(*, on: date) -> list[AssessmentRound]:
    """Return the rounds with a result that was told, or whose last day to submit is over; the newest first."""
    told_ = Assessment.objects.filter(state__in=_PUBLIC).values("round_id")
    wanted = Q(pk__in=told_) | Q(due_on__lt=on)
    return list(AssessmentRound.objects.filter(wanted).select_related("body").order_by("-year", "-pk"))


def told(*, round_id: int, on: date) -> list[Assessment]:
    """Return the results of a round that were told, and the agencies that have not submitted in time."""
    wanted = Q(state__in=_PUBLIC) | Q(state=State.DRAFT.value, round__due_on__lt=on)
    rows = Assessment.objects.filter(wanted, round_id=round_id).select_related("agency", "round")
    return list(rows.order_by("agency__name", "pk"))


def told_of(agency_id: int) -> list[Assessment]:
    """Return the results of one agency that were told, the newest first."""
    return _told_of().rows({_AGENCY: agency_id})


_AGENCY: Final = -1  # stands for an agency until it is known which


@cache
def _told_of() -> prepared.Kept[Assessment]:
    rows = Assessment.objects.filter(agency_id=_AGENCY, state__in=_PUBLIC).select_related("round__body")
    return prepared.keep(rows.order_by("-round__year", "-pk"))


def told_to(round_id: int, agency_id: int) -> Assessment | None:
    """Return the result of one agency in a round, or None while it was not told."""
    rows = Assessment.objects.filter(round_id=round_id, agency_id=agency_id, state__in=_PUBLIC)
    return rows.select_related("round__body", "agency").first()


def recommended(assessment_id: int) -> list[Recommendation]:
    """Return what was recommended with a result: text, owner, due date and state are public, no answer is."""
    rows = Recommendation.objects.filter(assessment_id=assessment_id)
    return list(rows.select_related("unit", "assessment__agency", "assessment__round__body").order_by("pk"))


def recommendation_counts(round_id: int) -> dict[int, tuple[int, int]]:
    """Return of each assessment of a round how much was recommended, and how much of it is done."""
    rows = Recommendation.objects.filter(assessment__round_id=round_id).values_list("assessment_id")
    done = Count("pk", filter=Q(state=Recommended.DONE.value))
    return {pk: (n, ended) for pk, n, ended in rows.annotate(n=Count("pk"), done=done).order_by("assessment_id")}
