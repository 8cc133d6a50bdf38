"""The three indicators of PANRB's evaluation of 2020, for provinces with their regencies and cities (DOMAIN 7.1).

Public figures, by public formulas: everybody may recompute them, so no viewer is asked for. Secret reports are in none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tanggap.domain import figures
from tanggap.domain.figures import Figure
from tanggap.domain.periods import Period
from tanggap.selectors import agencies, formulas, indicators, standing

CONNECTED: Final = "connectedness"
ACTIVE: Final = "activity"
FOLLOWED_UP: Final = "followup_rate_v1"
CODES: Final = (CONNECTED, ACTIVE, FOLLOWED_UP)


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its three figures, and those of each of its governments, its own first."""

    area: str
    name: str
    figures: Mapping[str, Figure]
    governments: Sequence["Government"]


@dataclass(frozen=True, slots=True)
class Government:
    """One government of a province: has it a decree, was an admin there, what became of its reports."""

    name: str
    has_decree: bool
    was_active: bool
    followed_up: Figure


def provinces(areas: Iterable[str], period: Period, *, today: date) -> list[Province]:
    """Return provinces (codes of two digits) with their figures, by code; what has no government is left out.

    Decrees and sign-ins are those of the last day of the period, or of today where that has not come.
    """
    on = min(period.last, today)
    wanted = frozenset(areas)
    rows = [row for row in agencies.all_governments() if (row.area_id or "")[:2] in wanted]
    standings = {one.agency_id: one.row for one in standing.of([row.pk for row in rows], on)}
    rows = [row for row in rows if row.pk in standings]
    compared = indicators.comparison("agency", [str(row.pk) for row in rows], period, [FOLLOWED_UP])
    followed = {row.place: row.figures[FOLLOWED_UP] for row in compared}
    found = []
    for area in sorted({(row.area_id or "")[:2] for row in rows}):
        own = [row for row in rows if (row.area_id or "").startswith(area)]
        governments = [
            Government(
                row.name,
                has_decree=standings[row.pk]["has_decree"],
                was_active=standings[row.pk]["was_active"],
                followed_up=followed[str(row.pk)],
            )
            for row in own
        ]
        name = next((row.name for row in own if row.area_id == area), area)
        found.append(Province(area, name, _together([standings[row.pk] for row in own], governments, on), governments))
    return found


def _together(rows: Sequence[Mapping[str, object]], governments: Sequence[Government], on: date) -> dict[str, Figure]:
    """Return the three figures of a province: shares of its governments, and of all their reports."""
    asked = formulas.newest()
    made = {code: figures.from_rows(asked[code], rows, on=on) for code in (CONNECTED, ACTIVE)}
    done = sum(one.followed_up.numerator or 0 for one in governments)
    made[FOLLOWED_UP] = figures.ratio(asked[FOLLOWED_UP], done, sum(one.followed_up.n for one in governments))
    return made
