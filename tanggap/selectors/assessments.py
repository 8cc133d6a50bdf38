"""Rounds of assessment and the forms of agencies, with as much of each as the viewer may read.

An agency reads its own, and the evaluator's scores once they are told; whoever looks after it reads what was submitted;
the public reads results that were told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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
from tanggap.domain.assessment_forms import Evidence, Form
from tanggap.domain.assessments import PUBLIC, Act, Side, Standing, State, objection_until, side_of
from tanggap.models import Assessment, AssessmentAct, AssessmentFile, AssessmentPoint, AssessmentRound
from tanggap.selectors import evidence
from tanggap.selectors.assessment_results import form_of

type Points = Mapping[str, AssessmentPoint]
_WORKING = (Act.SAVE.value, Act.ATTACH.value, Act.DETACH.value, Act.SCORE.value)


class NotFoundError(LookupError):
    """There is no such round, assessment or file, or this viewer may not know of it."""


def _visible(viewer: Actor) -> QuerySet[Assessment]:
    """Decide, once, of which agencies somebody may know an assessment."""
    rows = Assessment.objects.select_related("round", "agency")
    match viewer:
        case AgencyAdmin(agency_id=own) | Head(agency_id=own):
            return rows.filter(agency_id=own)
        case RegionalOverseer(overseen=overseen) | Evaluator(overseen=overseen):
            return rows.filter(agency_id__in=overseen)
        case Overseer() | System():
            return rows
        case NationalAdmin() | LiaisonOfficer() | InternalAuditor() | UnitAdmin():
            return rows.none()
        case Ombudsman() | Anyone() | Reporter():
            return rows.none()


def standing(row: Assessment) -> Standing:
    """Return what decides about an act on an assessment."""
    told_on = row.told_at.astimezone(ZoneInfo(row.agency.timezone)).date() if row.told_at else None
    return Standing(
        state=State(row.state),
        agency_id=row.agency_id,
        body_id=row.round.body_id,
        due_on=row.round.due_on,
        is_closed=row.round.closed_at is not None,
        objection_until=objection_until(told_on, form_of(row.round).objection_days),
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """One assessment as its viewer may read it: what is not read is not in it."""

    assessment: Assessment
    form: Form
    standing: Standing
    side: Side | None
    own: Points = field(default_factory=dict)  # what the agency says of itself
    scores: Points = field(default_factory=dict)  # what the evaluator says
    files: Mapping[str, Sequence[AssessmentFile]] = field(default_factory=dict)
    acts: Sequence[AssessmentAct] = ()
    facts: Mapping[str, evidence.Facts] = field(default_factory=dict)
    facts_at: datetime | None = None  # None: as it is now


def get(*, viewer: Actor, round_id: int, agency_id: int, now: datetime, on: date) -> Sight:
    """Return the assessment of an agency in a round. Raises NotFoundError alike for unknown and forbidden."""
    row = _visible(viewer).filter(round_id=round_id, agency_id=agency_id).first()
    if row is None:
        raise NotFoundError(round_id)
    side = side_of(viewer, agency_id=row.agency_id, body_id=row.round.body_id)
    sight = Sight(row, form_of(row.round), standing(row), side)
    state = State(row.state)
    if not _reads_answers(viewer, row):
        return sight
    submitted = row.acts.filter(kind=Act.SUBMIT.value).order_by("-seq").first()
    facts = submitted.data["evidence"] if submitted else facts_of(row, now=now, on=on)
    reads_scores = side == Side.EVALUATOR or state in PUBLIC
    hidden = [] if side == Side.EVALUATOR else [Act.SCORE.value]
    hidden += [] if isinstance(viewer, AgencyAdmin) else list(_WORKING[:3])
    return Sight(
        assessment=row,
        form=sight.form,
        standing=sight.standing,
        side=side,
        own=newest(row.pk, Side.AGENCY),
        scores=newest(row.pk, Side.EVALUATOR) if reads_scores else {},
        files=_files(row.pk),
        acts=list(row.acts.exclude(kind__in=hidden).select_related("by", "office").order_by("-seq")),
        facts=facts,
        facts_at=submitted.at if submitted else None,
    )


def _reads_answers(viewer: Actor, row: Assessment) -> bool:
    """Say whether somebody reads what an agency says of itself: a draft is its own."""
    return State(row.state) != State.DRAFT or isinstance(viewer, AgencyAdmin | Head | System)


def newest(assessment_id: int, side: Side) -> dict[str, AssessmentPoint]:
    """Return the newest score of each criterion that a side has given; for services and selectors."""
    rows = AssessmentPoint.objects.filter(assessment_id=assessment_id, side=side.value)
    found = rows.order_by("criterion", "-id").distinct("criterion")
    return {row.criterion: row for row in found}


def facts_of(row: Assessment, *, now: datetime, on: date) -> dict[str, evidence.Facts]:
    """Return what the record says of an agency for its form, as it is now; for services and selectors."""
    zone = ZoneInfo(row.agency.timezone)
    until = datetime.combine(row.round.last_day + timedelta(days=1), time(), zone)
    asked = evidence.Asked(
        agency_id=row.agency_id,
        since=datetime.combine(row.round.first_day, time(), zone),
        until=min(until, now + timedelta(seconds=1)),
        on=on,
    )
    kinds = dict.fromkeys(one.evidence for one in form_of(row.round).criteria.values())
    return evidence.collect(asked, (kind for kind in kinds if kind != Evidence.NONE))


def _files(assessment_id: int) -> dict[str, list[AssessmentFile]]:
    found: dict[str, list[AssessmentFile]] = {}
    for row in AssessmentFile.objects.filter(assessment_id=assessment_id, withdrawn_at=None).order_by("pk"):
        found.setdefault(row.criterion, []).append(row)
    return found


def file(*, viewer: Actor, round_id: int, agency_id: int, key: str) -> AssessmentFile:
    """Return a file of an assessment whose answers the viewer reads. Raises NotFoundError."""
    row = _visible(viewer).filter(round_id=round_id, agency_id=agency_id).first()
    if row is None or not _reads_answers(viewer, row):
        raise NotFoundError(key)
    found = AssessmentFile.objects.filter(assessment_id=row.pk, key=key, withdrawn_at=None).first()
    if found is None:
        raise NotFoundError(key)
    return found


def of_agency(*, viewer: Actor) -> list[Assessment]:
    """Return the assessments of the viewer's own agency, the newest round first."""
    own = viewer.agency_id if isinstance(viewer, AgencyAdmin | Head) else 0
    rows = _visible(viewer).filter(agency_id=own).select_related("round__body")
    return list(rows.order_by("-round__year", "-round_id").fetch_mode(FETCH_RAISE))


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round, and how many assessments that the viewer may know of are in which state."""

    round: AssessmentRound
    states: Mapping[State, int]

    @property
    def count(self) -> int:
        """Return how many agencies there are."""
        return sum(self.states.values())


def rounds(*, viewer: Actor) -> list[RoundStanding]:
    """Return the rounds in which the viewer looks after an agency, and those of an evaluator's own body."""
    tallies: dict[int, Counter[State]] = {}
    for round_id, state in _visible(viewer).values_list("round_id", "state"):
        tallies.setdefault(round_id, Counter())[State(state)] += 1
    wanted = Q(pk__in=tallies)
    if isinstance(viewer, Evaluator):
        wanted |= Q(body_id=viewer.agency_id)
    found = AssessmentRound.objects.filter(wanted).select_related("body").order_by("-year", "-pk")
    return [RoundStanding(row, tallies.get(row.pk, Counter())) for row in found]


def round_(*, viewer: Actor, round_id: int) -> AssessmentRound:
    """Return a round that `rounds` shows. Raises NotFoundError."""
    found = AssessmentRound.objects.filter(pk=round_id).select_related("body").first()
    is_own = found is not None and isinstance(viewer, Evaluator) and found.body_id == viewer.agency_id
    if found is None or not (is_own or _visible(viewer).filter(round_id=round_id).exists()):
        raise NotFoundError(round_id)
    return found


def of_round(*, viewer: Actor, round_id: int) -> list[Assessment]:
    """Return the assessments of a round that the viewer may know of, by the name of the agency.

    Totals are those that were told: nobody reads in a list what is not said yet.
    """
    return list(_visible(viewer).filter(round_id=round_id).order_by("agency__name", "pk"))


def owed(*, viewer: Actor, on: date) -> int:
    """Return how many assessments wait for the viewer: drafts of the own agency, or what an evaluator has not done."""
    rows = _visible(viewer).filter(round__closed_at=None)
    match viewer:
        case AgencyAdmin():
            return rows.filter(state=State.DRAFT.value, round__due_on__gte=on).count()
        case Evaluator(agency_id=body):
            waiting = [State.SUBMITTED.value, State.ASSESSING.value, State.OBJECTED.value]
            return rows.filter(state__in=waiting, round__body_id=body).exclude(agency_id=body).count()
        case _:
            return 0
