"""Open, extend and close a round of assessment: done by an evaluator, for agencies that the own body oversees."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tanggap.domain.actors import Actor, Evaluator, user_of
from tanggap.domain.assessments import UNFINISHED, Fault, State
from tanggap.domain.organisation import Change
from tanggap.models import Agency, Assessment, AssessmentRound
from tanggap.selectors import assessment_results
from tanggap.selectors import assessments as selectors
from tanggap.services import administration
from tanggap.services.accounts import office_day
from tanggap.services.assessments import AssessmentError


@dataclass(frozen=True, slots=True)
class NewRound:
    """What is said of a round: which form, of which year and period, by when, and which agencies."""

    form: str
    year: int
    first_day: date
    last_day: date
    due_on: date
    agency_ids: Collection[int]


def open_(*, actor: Actor, said: NewRound, now: datetime) -> AssessmentRound:
    """Open a round, with an empty form for each agency. Errors: AssessmentError."""
    if not isinstance(actor, Evaluator):
        raise AssessmentError(Fault.NOT_ALLOWED)
    form = next((one for one in assessment_results.newest_forms(office_day(now)) if one.code == said.form), None)
    wanted = (actor.overseen & frozenset(said.agency_ids)) - {actor.agency_id}
    agencies = Agency.objects.filter(pk__in=wanted, valid_to=None).order_by("pk")
    wrong = (
        (Fault.UNKNOWN_FORM, form is None),
        (Fault.PERIOD_BACKWARDS, said.last_day < said.first_day),
        (Fault.DATE_PAST, said.due_on < office_day(now)),
        (Fault.NO_AGENCIES, not agencies),
    )
    if fault := next((fault for fault, is_so in wrong if is_so), None):
        raise AssessmentError(fault)
    try:
        with transaction.atomic():
            return _make(actor, said, form.version if form else 0, agencies, now)
    except IntegrityError as error:
        raise AssessmentError(Fault.OPENED_BEFORE) from error


def _make(
    actor: Evaluator, said: NewRound, version: int, agencies: Collection[Agency], now: datetime
) -> AssessmentRound:
    made = AssessmentRound.objects.create(
        form_code=said.form,
        form_version=version,
        year=said.year,
        first_day=said.first_day,
        last_day=said.last_day,
        body_id=actor.agency_id,
        opened_by_id=user_of(actor),
        opened_at=now,
        due_on=said.due_on,
    )
    Assessment.objects.bulk_create(Assessment(round=made, agency=agency) for agency in agencies)
    after = {"form": f"{said.form}@{version}", "year": said.year, "agencies": len(agencies), "to": said.due_on}
    administration.write(actor=actor, kind=Change.ROUND_OPENED, now=now, agency_id=actor.agency_id, after=after)
    return made


@transaction.atomic
def extend(*, actor: Actor, round_id: int, due_on: date, now: datetime) -> None:
    """Give more time to submit; the day never moves back. Errors: AssessmentError."""
    row = _locked(actor, round_id)
    if due_on < max(office_day(now), row.due_on):
        raise AssessmentError(Fault.DATE_PAST)
    before, row.due_on = row.due_on, due_on
    row.save(update_fields=["due_on"])
    _log(actor, Change.ROUND_EXTENDED, row, now, before={"to": before}, after={"to": due_on})


@transaction.atomic
def close(*, actor: Actor, round_id: int, now: datetime) -> None:
    """Close a round: nothing in it changes any more.

    Refused while an agency may still submit or object, or waits for the evaluator. Errors: AssessmentError.
    """
    row, today = _locked(actor, round_id), office_day(now)
    if row.due_on >= today or any(_is_open(one, today) for one in row.assessments.select_related("round", "agency")):
        raise AssessmentError(Fault.UNFINISHED)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    _log(actor, Change.ROUND_CLOSED, row, now, before={}, after={"year": row.year})


def _is_open(row: Assessment, today: date) -> bool:
    standing = selectors.standing(row)
    may_object = standing.state == State.TOLD and (standing.objection_until or date.min) >= today
    return standing.state in UNFINISHED or may_object


def _locked(actor: Actor, round_id: int) -> AssessmentRound:
    row = AssessmentRound.objects.select_for_update().filter(pk=round_id).first()
    if row is None or not isinstance(actor, Evaluator) or actor.agency_id != row.body_id:
        raise AssessmentError(Fault.NOT_ALLOWED)
    if row.closed_at is not None:
        raise AssessmentError(Fault.ROUND_CLOSED)
    return row


def _log(
    actor: Actor,
    kind: Change,
    row: AssessmentRound,
    now: datetime,
    *,
    before: dict[str, date],
    after: dict[str, object],
) -> None:
    values = {"form": f"{row.form_code}@{row.form_version}", **after}
    administration.write(actor=actor, kind=kind, now=now, agency_id=row.body_id, before=before, after=values)
