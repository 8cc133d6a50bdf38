"""What is recommended to an agency, and what becomes of it: every act is a row that stays, and the state follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from tanggap.domain import recommendations as domain
from tanggap.domain.actors import Actor, agency_of, user_of
from tanggap.domain.assessments import PUBLIC, Side, side_of
from tanggap.domain.assessments import State as Assessed
from tanggap.domain.intake import StagedFile
from tanggap.domain.recommendations import ANSWERS, MOST, ROWS, Act, Fault, State
from tanggap.models import Assessment, Recommendation, RecommendationAct, RecommendationFile, Unit
from tanggap.selectors import assessment_results, formulas
from tanggap.selectors import recommendations as selectors
from tanggap.services.accounts import office_day

LONGEST: Final = 2000  # of every text


class RecommendationError(Exception):
    """An act was refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What is recommended, about what, to whom, and by when; `subject` is an aspect or criterion of the form."""

    text: str
    due_on: date
    subject: str = ""
    formula: str = ""  # its code: the newest version is kept with it
    unit_id: int | None = None  # None: the agency itself


@transaction.atomic
def give(*, actor: Actor, assessment_id: int, said: NewRecommendation, now: datetime) -> Recommendation:
    """Recommend something to an agency whose result was told. Errors: RecommendationError."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("round")
    row = rows.filter(pk=assessment_id).first()
    if row is None or side_of(actor, agency_id=row.agency_id, body_id=row.round.body_id) != Side.EVALUATOR:
        raise RecommendationError(Fault.NOT_ALLOWED)
    text = said.text.strip()[:LONGEST]
    _refuse(domain.lacking(Act.GIVE, text=text, due_on=said.due_on, today=office_day(now)) or _wrong(row, said))
    known = formulas.newest().get(said.formula)
    made = Recommendation.objects.create(
        assessment=row,
        unit_id=said.unit_id,
        text=text,
        criterion=said.subject,
        formula=known.key if known else "",
        due_on=said.due_on,
        given_at=now,
    )
    _append(made, Act.GIVE, actor, now, text=text, due_on=said.due_on)
    return made


def _wrong(row: Assessment, said: NewRecommendation) -> Fault | None:
    form = assessment_results.form_of(row.round)
    subjects = {"", *form.criteria, *(aspect.code for aspect in form.aspects)}
    wrong = (
        (Fault.NOT_TOLD, Assessed(row.state) not in PUBLIC),
        (Fault.UNKNOWN_SUBJECT, said.subject not in subjects),
        (Fault.UNKNOWN_SUBJECT, bool(said.formula) and said.formula not in formulas.newest()),
        (Fault.OTHER_UNIT, not _is_its_unit(said.unit_id, row.agency_id)),
        (Fault.TOO_MANY, Recommendation.objects.filter(assessment=row).count() >= MOST),
    )
    return next((fault for fault, is_so in wrong if is_so), None)


def _is_its_unit(unit_id: int | None, agency_id: int) -> bool:
    return unit_id is None or Unit.objects.filter(pk=unit_id, agency_id=agency_id).exists()


@transaction.atomic
def act(
    *,
    actor: Actor,
    number: int,
    act: Act,
    text: str,
    now: datetime,
    due_on: date | None = None,
    files: Sequence[StagedFile] = (),
) -> Recommendation:
    """Answer, return, accept, extend or withdraw a recommendation. Errors: RecommendationError.

    Only the agency gives files, with its answers.
    """
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("assessment__round")
    row = rows.filter(pk=number).first()
    if row is None or act == Act.GIVE:
        raise RecommendationError(Fault.NOT_ALLOWED)
    words = text.strip()[:LONGEST]
    today = office_day(now)
    _refuse(
        domain.decide(act, actor, selectors.standing(row))
        or domain.lacking(act, text=words, due_on=due_on, today=today, before=row.due_on)
    )
    entry = _append(row, act, actor, now, text=words, due_on=due_on if ROWS[act].needs_date else None)
    if act in ANSWERS:
        RecommendationFile.objects.bulk_create(
            RecommendationFile(
                act=entry,
                key=file.key,
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                size=file.size,
            )
            for file in files
        )
    return row


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        raise RecommendationError(fault)


def _append(
    row: Recommendation, act: Act, actor: Actor, now: datetime, *, text: str, due_on: date | None
) -> RecommendationAct:
    """Write an act and let state and due date follow."""
    row.act_count += 1
    row.state = (ROWS[act].target or State(row.state)).value
    row.due_on = due_on or row.due_on
    row.save(update_fields=["state", "due_on", "act_count"])
    return RecommendationAct.objects.create(
        recommendation=row,
        seq=row.act_count,
        kind=act.value,
        at=now,
        by_id=user_of(actor),
        role=actor.role.value,
        office_id=agency_of(actor),
        text=text,
        due_on=due_on,
    )
