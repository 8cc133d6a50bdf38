"""The forms of a self-assessment as data: aspects, criteria, weights and grades, and the score that follows from them.

`tanggap/data/assessment.json` holds them (DOMAIN 7.2). A form never changes: a correction is a new version beside the
old one, and a round keeps the version that it was opened with. Scores are exact fractions, rounded once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from tanggap.domain.figures import rounded

FORMAT: Final = "tanggap-assessment-1"
PLACES: Final = 2


class Scale(StrEnum):
    """How a criterion is scored."""

    FIVE = "five"  # 0 to 5
    PARTLY = "partly"  # no, partly, yes


# The best score of each scale.
BEST: Final = {Scale.FIVE: 5, Scale.PARTLY: 2}


class Grade(StrEnum):
    """The predikat of a score."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Evidence(StrEnum):
    """What the record itself can say of a criterion."""

    NONE = ""
    DECREE = "decree"
    LIAISONS = "liaisons"
    ACTIVITY = "activity"
    CONTACT = "contact"
    PUBLICATIONS = "publications"
    TEMPLATES = "templates"
    IN_TIME = "in_time"
    BACKLOG = "backlog"
    SOLVED = "solved"
    HEADS = "heads"


class BadFormError(ValueError):
    """The file is no form; the text says which one, and why."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of a form; `weight` is its share of the aspect."""

    code: str
    aspect: str
    weight: Fraction
    scale: Scale
    evidence: Evidence
    words: Mapping[str, str]

    @property
    def best(self) -> int:
        """Return the highest score."""
        return BEST[self.scale]


@dataclass(frozen=True, slots=True)
class Aspect:
    """A part of a form; `weight` is its share of the whole."""

    code: str
    weight: Fraction
    names: Mapping[str, str]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What the scores of all criteria add up to, from 0 to 100."""

    total: Decimal
    aspects: Mapping[str, Decimal]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form. `is_proposal`: weights and cut-offs are ours, for those of the ministry were not found."""

    code: str
    version: int
    since: date
    is_proposal: bool
    source: str
    objection_days: int
    names: Mapping[str, str]
    grades: tuple[tuple[Grade, Fraction], ...]
    aspects: tuple[Aspect, ...]

    @property
    def key(self) -> str:
        """Return the name under which a result cites its form."""
        return f"{self.code}@{self.version}"

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Return the criteria of all aspects, by their codes, in the order of the form."""
        return {one.code: one for aspect in self.aspects for one in aspect.criteria}

    def missing(self, points: Mapping[str, int]) -> list[str]:
        """Return the codes of the criteria without a score."""
        return [code for code in self.criteria if code not in points]

    def score(self, points: Mapping[str, int]) -> Score:
        """Return what scores add up to; a criterion without one counts as none."""
        exact = {
            aspect.code: sum(
                (one.weight * Fraction(points.get(one.code, 0), one.best) for one in aspect.criteria), Fraction(0)
            )
            for aspect in self.aspects
        }
        total = sum((aspect.weight * exact[aspect.code] for aspect in self.aspects), Fraction(0)) * 100
        grade = next(grade for grade, least in self.grades if total >= least)
        return Score(
            rounded(total, PLACES), {code: rounded(value * 100, PLACES) for code, value in exact.items()}, grade
        )


def read(text: str) -> dict[str, Form]:
    """Read the file of forms, by their keys. Raises BadFormError naming the first bad one."""
    content = json.loads(text)
    if content.get("format") != FORMAT:
        raise BadFormError(f"This file is not of the form {FORMAT}.")
    found: dict[str, Form] = {}
    for row in content["forms"]:
        name = f"{row.get('code')}@{row.get('version')}"
        try:
            made = _form(row)
            _check(made)
        except (KeyError, ValueError, TypeError, ZeroDivisionError) as error:
            raise BadFormError(f"{name}: {error}") from error
        if made.key in found:
            raise BadFormError(f"{name} is there twice")
        found[made.key] = made
    return found


def _form(row: Mapping[str, Any]) -> Form:
    return Form(
        code=row["code"],
        version=int(row["version"]),
        since=date.fromisoformat(row["since"]),
        is_proposal=row["is_proposal"],
        source=row["source"],
        objection_days=int(row["objection_days"]),
        names=row["name"],
        grades=tuple((Grade(one["code"]), Fraction(one["from"])) for one in row["grades"]),
        aspects=tuple(_aspect(one) for one in row["aspects"]),
    )


def _aspect(row: Mapping[str, Any]) -> Aspect:
    criteria = tuple(
        Criterion(
            code=one["code"],
            aspect=row["code"],
            weight=Fraction(one["weight"]),
            scale=Scale(one["scale"]),
            evidence=Evidence(one["evidence"]),
            words=one["words"],
        )
        for one in row["criteria"]
    )
    return Aspect(row["code"], Fraction(row["weight"]), row["name"], criteria)


def _check(form: Form) -> None:
    """Refuse a form that does not add up. Raises ValueError."""
    if sum(aspect.weight for aspect in form.aspects) != 1:
        raise ValueError("the weights of the aspects do not add up to 1")
    codes = [one.code for aspect in form.aspects for one in aspect.criteria]
    if len(set(codes)) != len(codes):
        raise ValueError("two criteria have the same code")
    for aspect in form.aspects:
        if sum(one.weight for one in aspect.criteria) != 1:
            raise ValueError(f"the weights of the criteria of {aspect.code} do not add up to 1")
    cuts = [least for _grade, least in form.grades]
    if cuts != sorted(cuts, reverse=True) or cuts[-1] != 0 or {grade for grade, _least in form.grades} != set(Grade):
        raise ValueError("the grades do not go from the best down to 0")
    for words in (form.names, *(a.names for a in form.aspects), *(c.words for c in form.criteria.values())):
        if {*words} != {"id", "en"}:
            raise ValueError("words are needed in both languages")
