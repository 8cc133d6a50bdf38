"""Compute figures from the events, as they were known at a moment: exact, and as slow as it has to be. For commands.

Pages read sums (`selectors.indicators`), which know the present alone. Here every report of the period is read again,
a chunk at a time, and only what had been written down by then counts (`domain.case_facts`).
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from tanggap.domain import rollups
from tanggap.domain.figures import Figure
from tanggap.domain.indicators import Kind, Population
from tanggap.domain.periods import Period
from tanggap.domain.rollups import Tally
from tanggap.selectors import case_facts, formulas
from tanggap.selectors.indicators import Scope

_MONTH: Final = len("2026-11")


def told(scope: Scope, period: Period, *, at: datetime) -> dict[str, Figure]:
    """Return every newest formula over reports of a scope and period, by code, as known at a moment.

    What is published: reports that were secret then are in none. Formulas over agencies, and the index that is made
    of them, are none of these: decrees and sign-ins are kept by the day they are valid on, not by when they were told.
    """
    measures, wanted = formulas.measures(), {(scope.kind, place) for place in scope.places}
    tally: Tally = {}
    for facts in case_facts.as_of(period.first, period.last, at=at):
        if facts.is_secret:
            continue
        for (kind, place, day), counted in rollups.cells(facts.as_row(), measures):
            if len(day) == _MONTH and (kind, place) in wanted:
                rollups.add(tally, counted)
    on = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return {
        code: rollups.figure(one, tally, on=on, kind=scope.kind)
        for code, one in formulas.newest().items()
        if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE
    }
