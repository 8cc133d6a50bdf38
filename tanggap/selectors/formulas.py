"""The formulas of the figures that are published. Everyone may read them, so no viewer is asked for."""

from collections.abc import Mapping
from functools import lru_cache

from tanggap import data
from tanggap.domain import indicators
from tanggap.domain.indicators import Indicator
from tanggap.domain.rollups import Measures

FILE = "indicators.json"


@lru_cache(maxsize=1)
def every() -> tuple[Indicator, ...]:
    """Return all formulas that ship, older versions too."""
    return indicators.read(data.text(FILE))


@lru_cache(maxsize=1)
def newest() -> Mapping[str, Indicator]:
    """Return the newest version of each formula by its code, in the order in which they are told."""
    return indicators.newest(every())


@lru_cache(maxsize=1)
def measures() -> Measures:
    """Return all that the formulas count."""
    return Measures(every())


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return the mark of all that is counted: cells that were counted by other formulas have another one."""
    return indicators.fingerprint(every())
