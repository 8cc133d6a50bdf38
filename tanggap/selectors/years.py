"""The same formulas of an agency, year by year: computed alike for every year, so that years can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tanggap.domain.figures import Figure
from tanggap.domain.periods import Period
from tanggap.selectors import indicators
from tanggap.selectors.indicators import Scope


def figures(
    agency_id: int, years: Sequence[int], codes: Iterable[str], *, today: date
) -> dict[int, Mapping[str, Figure]]:
    """Return the figures of each year by code, in the newest version of each formula; of the running one until today.

    A year that has not begun is not there.
    """
    wanted, scope = list(codes), Scope("agency", (str(agency_id),))
    found: dict[int, Mapping[str, Figure]] = {}
    for year in years:
        whole = Period.named(str(year))
        if whole.first <= today:
            found[year] = indicators.told(scope, Period(whole.first, min(whole.last, today)), wanted)
    return found
