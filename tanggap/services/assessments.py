"""What is done with the assessment of an agency: every act is a row that stays, and the state follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from tanggap.domain.actors import Actor, agency_of, user_of
from tanggap.domain.assessment_forms import Form, Score
from tanggap.domain.assessments import ROWS, Act, Fault, decide, incomplete
from tanggap.domain.intake import StagedFile
from tanggap.models import Assessment, AssessmentAct, AssessmentFile, AssessmentPoint
from tanggap.selectors import assessment_results, recommendations
from tanggap.selectors import assessments as selectors
from tanggap.services.accounts import office_day

MOST_FILES: Final = 60  # of one assessment
LONGEST_REMARK: Final = 2000


class AssessmentError(Exception):
    """An act was refused; `fault` says why, `criteria` which ones have no score."""

    def __init__(self, fault: Fault, criteria: Sequence[str] = ()) -> None:
        super().__init__(fault.value)
        self.fault, self.criteria = fault, tuple(criteria)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says of one criterion."""

    points: int | None = None
    remark: str = ""


type Answers = Mapping[str, Answer]


@transaction.atomic
def act(
    *,
    actor: Actor,
    assessment_id: int,
    act: Act,
    now: datetime,
    answers: Answers | None = None,
    text: str = "",
    seen: int | None = None,
) -> Assessment:
    """Save, submit, score, tell, object or decide. Errors: AssessmentError.

    `answers` are those of the actor's side; what did not change is not written. `seen`: how many acts the actor has
    seen; answers over what somebody else has written meanwhile are refused.
    """
    row, form = _locked(actor, assessment_id, act, now)
    if seen is not None and answers and seen != row.act_count:
        raise AssessmentError(Fault.MOVED_ON)
    side = ROWS[act].side
    given = {code: one for code, one in selectors.newest(row.pk, side).items() if one.points is not None or one.remark}
    before = {code: Answer(one.points, one.remark) for code, one in given.items()}
    after = {**before, **_cleaned(form, answers or {})}
    missing = form.missing({code: one.points for code, one in after.items() if one.points is not None})
    if fault := incomplete(act, text=text, missing=missing):
        raise AssessmentError(fault, missing if fault == Fault.INCOMPLETE else ())
    if act == Act.SUBMIT and any(is_owed for _row, is_owed in recommendations.asked_again(row)):
        raise AssessmentError(Fault.UNANSWERED)
    changed = {code: one for code, one in after.items() if one != before.get(code, Answer())}
    if act in _ONLY_ANSWERS and not changed:
        return row
    data = _data(row, form, act, after, now)
    entry = _append(row, act, actor, now, text=text.strip(), data=data)
    AssessmentPoint.objects.bulk_create(
        AssessmentPoint(
            assessment=row, act=entry, side=side.value, criterion=code, points=one.points, remark=one.remark
        )
        for code, one in changed.items()
    )
    return row


_ONLY_ANSWERS: Final = frozenset({Act.SAVE, Act.SCORE})
_TELLING: Final = frozenset({Act.TELL, Act.DECIDE})


@transaction.atomic
def attach(
    *, actor: Actor, assessment_id: int, criterion: str, files: Sequence[StagedFile], now: datetime
) -> list[AssessmentFile]:
    """Add staged files as evidence of a criterion. Errors: AssessmentError."""
    row, form = _locked(actor, assessment_id, Act.ATTACH, now)
    if criterion not in form.criteria or not files:
        raise AssessmentError(Fault.FILE_MISSING)
    if row.files.filter(withdrawn_at=None).count() + len(files) > MOST_FILES:
        raise AssessmentError(Fault.TOO_MANY_FILES)
    hashes = [file.sha256 for file in files]
    entry = _append(row, Act.ATTACH, actor, now, data={"criterion": criterion, "files": hashes})
    return AssessmentFile.objects.bulk_create(
        AssessmentFile(
            assessment=row,
            act=entry,
            criterion=criterion,
            key=file.key,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
        )
        for file in files
    )


@transaction.atomic
def detach(*, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Take a file out before the form is submitted; the row stays. Twice changes nothing. Errors: AssessmentError."""
    row, _form = _locked(actor, assessment_id, Act.DETACH, now)
    found = row.files.filter(key=key).first()
    if found is None:
        raise AssessmentError(Fault.FILE_MISSING)
    if found.withdrawn_at is None:
        row.files.filter(pk=found.pk).update(withdrawn_at=now)
        _append(row, Act.DETACH, actor, now, data={"criterion": found.criterion, "files": [found.sha256]})


def _locked(actor: Actor, assessment_id: int, act: Act, now: datetime) -> tuple[Assessment, Form]:
    """Lock an assessment and ask the table. Errors: AssessmentError."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("round", "agency")
    row = rows.filter(pk=assessment_id).first()
    if row is None:
        raise AssessmentError(Fault.NOT_ALLOWED)
    if fault := decide(act, actor, selectors.standing(row), today=office_day(now)):
        raise AssessmentError(fault)
    return row, assessment_results.form_of(row.round)


def _cleaned(form: Form, answers: Answers) -> dict[str, Answer]:
    """Return the answers to criteria of the form, within their scales."""
    criteria = form.criteria
    for code, one in answers.items():
        if code not in criteria or (one.points is not None and not 0 <= one.points <= criteria[code].best):
            raise ValueError(f"{code}: {one.points} is no score of this form")
    return {code: Answer(one.points, one.remark.strip()[:LONGEST_REMARK]) for code, one in answers.items()}


def _data(row: Assessment, form: Form, act: Act, after: Answers, now: datetime) -> dict[str, Any]:
    """Return what an act freezes: the evidence of a submission, the result that is told."""
    points = {code: one.points for code, one in after.items() if one.points is not None}
    if act == Act.SUBMIT:
        row.submitted_at = now
        facts = selectors.facts_of(row, now=now, on=office_day(now))
        return {"evidence": facts, "result": _written(form.score(points))}
    if act not in _TELLING:
        return {}
    score = form.score(points)
    row.total, row.grade = score.total, score.grade.value
    row.aspects = {code: str(value) for code, value in score.aspects.items()}
    row.told_at = row.told_at or now
    return {"result": _written(score), "form": form.key}


def _written(score: Score) -> dict[str, Any]:
    aspects = {code: str(value) for code, value in score.aspects.items()}
    return {"total": str(score.total), "grade": score.grade.value, "aspects": aspects}


def _append(
    row: Assessment, act: Act, actor: Actor, now: datetime, *, text: str = "", data: dict[str, Any] | None = None
) -> AssessmentAct:
    """Write an act and let the state follow."""
    target = ROWS[act].target
    row.act_count += 1
    row.state = target.value if target else row.state
    row.save(update_fields=["state", "act_count", "submitted_at", "told_at", "total", "grade", "aspects"])
    return AssessmentAct.objects.create(
        assessment=row,
        seq=row.act_count,
        kind=act.value,
        at=now,
        by_id=user_of(actor),
        role=actor.role.value,
        office_id=agency_of(actor),
        text=text,
        data=data or {},
    )
