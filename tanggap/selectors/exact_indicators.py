"""Read exact figures, secret reports among them: for who evaluates an office or answers for it, and nobody else."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q

from tanggap.domain import rollups
from tanggap.domain.actors import Actor, AgencyAdmin, Evaluator, Head, NationalAdmin
from tanggap.domain.figures import Figure
from tanggap.domain.periods import Period
from tanggap.domain.rollups import NATION
from tanggap.models import IndicatorCell, SecretCell, Unit
from tanggap.selectors import formulas
from tanggap.selectors.indicators import Scope

KINDS: Final = frozenset({NATION, "agency", "unit"})
# What is told of secret reports alone: how many, how many are late, how they stand and how they ended. All of it counts
# for who has the report now, so that the agencies add up.
OF_SECRET: Final = ("volume", "overdue_open", "status_distribution", "outcome_distribution")


class NotFoundError(LookupError):
    """There are no exact figures of these places for who asks: unknown and forbidden are one."""


def told(*, viewer: Actor, scope: Scope, period: Period, codes: Iterable[str], on: date) -> dict[str, Figure]:
    """Return the figures of offices in whole months, secret reports counted in. Raises NotFoundError."""
    if scope.kind not in KINDS or not _may_see(viewer, scope):
        raise NotFoundError(scope.kind)
    asked = formulas.newest()
    wanted = Q(kind=scope.kind, place__in=scope.places, period__in=period.months())
    tallies = [
        tally for cells in (IndicatorCell, SecretCell) for tally in cells.objects.filter(wanted).values_list(
            "tally", flat=True
        )
    ]  # fmt: skip
    tally = rollups.summed(tallies)
    return {code: rollups.figure(asked[code], tally, on=on, kind=scope.kind) for code in codes}


# The database adds up the few measures that are told; of all agencies and years that is a number for each, not a sum.
_SUMS: Final = """
SELECT place, name, sum(n::bigint) FROM tanggap_secretcell, jsonb_each_text(tally) AS counted (name, n)
WHERE kind = 'agency' AND place = ANY(%s) AND period = ANY(%s) AND split_part(name, ':', 1) = ANY(%s)
GROUP BY place, name
"""


def of_secret(*, viewer: Actor, agencies: Iterable[int], period: Period, on: date) -> dict[int, dict[str, Figure]]:
    """Return the figures of OF_SECRET of secret reports alone, by agency: of those that have any in whole months.

    Raises NotFoundError where one of the agencies is not the viewer's to know of.
    """
    scope = Scope("agency", tuple(str(pk) for pk in agencies))
    if not _may_see(viewer, scope):
        raise NotFoundError(scope.kind)
    asked = [formulas.newest()[code] for code in OF_SECRET]
    tallies: dict[int, rollups.Tally] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [list(scope.places), period.months(), [one.of_key for one in asked]])
        for place, name, n in cursor.fetchall():
            tallies.setdefault(int(place), {})[name] = int(n)
    return {pk: {one.code: rollups.figure(one, tally, on=on) for one in asked} for pk, tally in tallies.items()}


def _may_see(viewer: Actor, scope: Scope) -> bool:
    """Say whether all places of a scope are those that a viewer evaluates, or answers for."""
    match viewer:
        case NationalAdmin():
            return True
        case Evaluator(overseen=agencies):
            return scope.kind != NATION and set(_agencies(scope)) <= agencies
        case AgencyAdmin(agency_id=own) | Head(agency_id=own, unit_id=None):
            return scope.kind != NATION and set(_agencies(scope)) == {own}
        case _:
            return False


def _agencies(scope: Scope) -> Sequence[int]:
    """Return the agencies that the places of a scope are, or belong to; 0 for a unit that is not known."""
    ids = [int(place) for place in scope.places]
    if scope.kind == "agency":
        return ids
    known = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "agency_id"))
    return [known.get(pk, 0) for pk in ids]
