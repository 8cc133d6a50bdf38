"""Problems that come again, as those read them who work on them or look after the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import FETCH_RAISE, QuerySet

from tanggap.domain import problems as domain
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
from tanggap.domain.problems import LEAST, MONTHS, Act, Measure, State
from tanggap.models import Problem, ProblemAct, ProblemRule
from tanggap.selectors import organisation

_WORKED_ON: Final = (State.OPEN.value, State.PLANNED.value)


class NotFoundError(LookupError):
    """There is no such problem, or this viewer may not know of it."""


def _visible(viewer: Actor) -> QuerySet[Problem]:
    """Decide, once, whose problems somebody reads with cause and history."""
    rows = Problem.objects.select_related("agency", "unit", "category", "district")
    match viewer:
        case AgencyAdmin(agency_id=own) | NationalAdmin(agency_id=own) | Head(agency_id=own, unit_id=None):
            return rows.filter(agency_id=own)
        case LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id) | UnitAdmin(unit_id=unit_id):
            return rows.filter(unit_id__in=organisation.units_below([unit_id]))
        case Head(unit_id=int(unit_id)):
            return rows.filter(unit_id__in=organisation.units_below([unit_id]))
        case RegionalOverseer(overseen=overseen) | Evaluator(overseen=overseen):
            return rows.filter(agency_id__in=overseen)
        case Overseer() | System():
            return rows
        case _:
            return _nobodys(viewer, rows)


def _nobodys(viewer: Actor, rows: QuerySet[Problem]) -> QuerySet[Problem]:
    if not isinstance(viewer, Ombudsman | Anyone | Reporter | Head):
        raise TypeError(viewer)
    return rows.none()


@dataclass(frozen=True, slots=True)
class Rules:
    """By which counts problems are found."""

    everywhere: tuple[int, int]
    own: Mapping[int, tuple[int, int]]

    def of(self, agency_id: int) -> tuple[int, int]:
        """Return from how many reports in how many months on, in an agency."""
        return self.own.get(agency_id, self.everywhere)

    @property
    def spans(self) -> list[int]:
        """Return all numbers of months that are in use."""
        return [self.everywhere[1], *(months for _least, months in self.own.values())]


def rules() -> Rules:
    """Return the rules in force, the newest of each agency."""
    found = ProblemRule.objects.order_by("agency_id", "-pk").distinct("agency_id")
    newest = {row.agency_id: (row.least, row.months) for row in found}
    return Rules(newest.pop(None, (LEAST, MONTHS)), {key: rule for key, rule in newest.items() if key is not None})


def rule_scope(viewer: Actor) -> str | None:
    """Return for whom somebody sets the rule: the own `agency`, `all`, or None."""
    match viewer:
        case AgencyAdmin():
            return "agency"
        case NationalAdmin():
            return "all"
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Sight:
    """One problem with its acts, the newest first, and what the viewer may do."""

    row: Problem
    acts: list[ProblemAct]
    may: frozenset[Act]


def get(*, viewer: Actor, number: int) -> Sight:
    """Return a problem. Raises NotFoundError alike for unknown and forbidden."""
    row = _visible(viewer).filter(pk=number).first()
    if row is None:
        raise NotFoundError(number)
    path = organisation.unit_path(row.unit_id) if row.unit_id else frozenset()
    held = domain.sides(viewer, agency_id=row.agency_id, path=path)
    may = frozenset(act for act in Act if domain.decide(act, held, State(row.state)) is None)
    return Sight(row, list(row.acts.select_related("by").order_by("-seq")), may)


def list_(*, viewer: Actor, is_over: bool, before: int | None, size: int) -> list[Problem]:
    """Return a page of problems that are worked on or closed, the newest first."""
    rows = _visible(viewer)
    rows = rows.exclude(state__in=_WORKED_ON) if is_over else rows.filter(state__in=_WORKED_ON)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").fetch_mode(FETCH_RAISE)[:size])


def counts(row: Problem) -> dict[str, tuple[int, int]]:
    """Return how many reports of the problem, and of all, each month had."""
    kept: Mapping[str, Any] = row.counts
    return {month: (one, every) for month, (one, every) in kept.items()}


def measure(row: Problem) -> Measure | None:
    """Return how it was before the plan and after it, as counted last; None while that cannot be said."""
    kept = counts(row)
    if row.done_on is None or not kept:
        return None
    first = domain.counted_from(row.first_day)
    counted_on = row.counted_at.astimezone(ZoneInfo(row.agency.timezone)).date()
    return domain.measured(kept, first=first, done_on=row.done_on, today=counted_on)


def owed(*, viewer: Actor) -> int:
    """Return how many problems wait for cause and plan of the viewer."""
    if not isinstance(viewer, AgencyAdmin | LiaisonOfficer | InternalAuditor):
        return 0
    return _visible(viewer).filter(state=State.OPEN.value).count()
