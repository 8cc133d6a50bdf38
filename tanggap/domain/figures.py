"""From counts to figures: exact fractions, one rounding at the end, intervals, quantiles by nearest rank.

Nothing here is a float: two programs that count the same print the same digits. A figure without cases, or with fewer
than its formula asks for, is no number but a reason (REQ-38).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import isqrt
from typing import Any, Final

from tanggap.domain.conditions import compiled
from tanggap.domain.indicators import Indicator, Kind

PLACES: Final = 2
INDEX_PLACES: Final = 4
_ROOT_SCALE: Final = 10**12


class Silence(StrEnum):
    """Why a figure says no number."""

    NO_CASES = "no_cases"
    TOO_FEW = "too_few"  # fewer cases than the formula asks for
    UNTOLD = "untold"  # of this place it is not told: it could name a report


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: exact, with how many cases it stands on. `value` of a ratio lies between 0 and 1."""

    code: str
    version: int
    kind: Kind
    unit: str
    n: int
    value: Fraction | None = None
    silence: Silence | None = None
    numerator: int | None = None
    low: Decimal | None = None  # of the interval, as `shown` is written
    high: Decimal | None = None
    spread: tuple[tuple[str, int], ...] = ()

    @property
    def shown(self) -> Decimal | None:
        """Return the number as it is printed everywhere: a percentage for a ratio; None where there is none."""
        return None if self.value is None else written(self.value, self.kind)

    @property
    def key(self) -> str:
        """Return the formula that it was computed by."""
        return f"{self.code}@{self.version}"


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up (away from zero), the one way in which any figure is rounded."""
    return _rounded(value.numerator, value.denominator, places)


PER_HEADS: Final = 10_000


def per_heads(n: int, population: int | None) -> Decimal | None:
    """Return how many reports come to 10,000 inhabitants; None where those are not known."""
    return rounded(Fraction(n * PER_HEADS, population), PLACES) if population else None


def _rounded(numerator: int, denominator: int, places: int) -> Decimal:
    whole, rest = divmod(abs(numerator) * 10**places, denominator)
    whole += 2 * rest >= denominator
    return Decimal(whole if numerator >= 0 else -whole).scaleb(-places)


def written(value: Fraction, kind: Kind) -> Decimal:
    """Return an exact value as it is printed."""
    match kind:
        case Kind.RATIO:
            return rounded(value * 100, PLACES)
        case Kind.MEAN:
            return rounded(value, PLACES)
        case Kind.COMPOSITE:
            return rounded(value, INDEX_PLACES)
        case _:
            return rounded(value, 0)


def wilson(successes: int, n: int) -> tuple[Decimal, Decimal]:
    """Return the Wilson interval of a share with 95 % confidence, z = 1.96, in percent. `n` is at least 1.

    (2k + z² ∓ z √(z² + 4k(n − k)/n)) / (2(n + z²)), brought to whole numbers by 625, since z is 49/25; the root is that
    of whole numbers with twelve digits, so the bounds are the same wherever they are computed.
    """
    root = isqrt((2401 * n + 2500 * successes * (n - successes)) * _ROOT_SCALE**2 // (625 * n))
    middle, half = (1250 * successes + 2401) * _ROOT_SCALE, 1225 * root
    whole = (1250 * n + 4802) * _ROOT_SCALE
    low, high = max(0, middle - half), min(whole, middle + half)
    return _rounded(100 * low, whole, PLACES), _rounded(100 * high, whole, PLACES)


def nearest_rank(spread: Mapping[int, int], quantile: Fraction) -> int:
    """Return the smallest value that at least this share of the cases does not exceed. The spread is not empty."""
    total = sum(spread.values())
    product = quantile * total
    rank, seen = max(1, -(-product.numerator // product.denominator)), 0
    for value in sorted(spread):
        seen += spread[value]
        if seen >= rank:
            return value
    raise ValueError("A quantile of no cases is no number.")


def ratio(indicator: Indicator, numerator: int, n: int) -> Figure:
    """Return a share with its interval."""
    if silence := _silence(indicator, n):
        return _figure(indicator, n, silence=silence, numerator=numerator)
    low, high = wilson(numerator, n)
    return _figure(indicator, n, value=Fraction(numerator, n), numerator=numerator, low=low, high=high)


def untold(indicator: Indicator) -> Figure:
    """Return a figure that says nothing of its place, not even of how many."""
    return _figure(indicator, 0, silence=Silence.UNTOLD)


def count(indicator: Indicator, n: int) -> Figure:
    """Return a count; none is a number, too."""
    return _figure(indicator, n, value=Fraction(n), numerator=n)


def of_spread(indicator: Indicator, spread: Mapping[str, int], *, on: date) -> Figure:
    """Return a mean, a quantile or a distribution; of a column of days the ages on a day are counted, in bands."""
    found = {value: times for value, times in spread.items() if times}
    n = sum(found.values())
    if silence := _silence(indicator, n):
        return _figure(indicator, n, silence=silence)
    if indicator.kind == Kind.DISTRIBUTION:
        return _figure(indicator, n, value=Fraction(n), spread=_spread(indicator, found, on))
    numbers = {int(value): times for value, times in found.items()}
    if indicator.kind == Kind.MEAN:
        total = sum(value * times for value, times in numbers.items())
        return _figure(indicator, n, value=Fraction(total, n))
    return _figure(indicator, n, value=Fraction(nearest_rank(numbers, indicator.quantile)))


def _spread(indicator: Indicator, found: Mapping[str, int], on: date) -> tuple[tuple[str, int], ...]:
    if not indicator.bands:
        return tuple(sorted(found.items(), key=lambda item: (_number(item[0]), item[0])))
    bands = dict.fromkeys(indicator.bands, 0)
    for value, times in found.items():
        age = (on - date.fromisoformat(value)).days
        bands[max((band for band in bands if band <= age), default=indicator.bands[0])] += times
    return tuple((str(band), times) for band, times in bands.items())


def _number(value: str) -> int:
    return int(value) if value.isdecimal() else -1


def from_rows(indicator: Indicator, rows: Iterable[Mapping[str, Any]], *, on: date) -> Figure:
    """Evaluate a formula on the records themselves: the plain way, which the roll-ups have to agree with."""
    of = compiled(indicator.of)
    found = [row for row in rows if of(row)]
    if indicator.kind == Kind.COUNT:
        return count(indicator, len(found))
    if indicator.numerator is not None:
        wanted = compiled(indicator.numerator)
        return ratio(indicator, sum(wanted(row) for row in found), len(found))
    return of_spread(
        indicator,
        Counter(str(row[indicator.value]) for row in found if row.get(indicator.value) is not None),
        on=on,
    )


def _silence(indicator: Indicator, n: int) -> Silence | None:
    if n == 0 and indicator.kind != Kind.DISTRIBUTION:
        return Silence.NO_CASES
    return Silence.TOO_FEW if n < indicator.minimum else None


def _figure(indicator: Indicator, n: int, **values: Any) -> Figure:
    return Figure(indicator.code, indicator.version, indicator.kind, indicator.unit, n, **values)


@dataclass(frozen=True, slots=True)
class Placed[K]:
    """A row of a comparison; `rank` is None for one with too few cases, which is listed apart."""

    key: K
    figure: Figure
    rank: int | None


def ranked[K](indicator: Indicator, rows: Sequence[tuple[K, Figure]]) -> list[Placed[K]]:
    """Order rows by a formula, best first, equals on one place; what has too few cases comes after, unranked."""
    sign = -1 if indicator.better == "high" else 1
    ready = [row for row in rows if row[1].value is not None and row[1].n >= indicator.rank_minimum]
    ready.sort(key=lambda row: sign * (row[1].value or Fraction(0)))
    placed: list[Placed[K]] = []
    for place, (key, figure) in enumerate(ready, start=1):
        is_same = bool(placed) and placed[-1].figure.value == figure.value
        placed.append(Placed(key, figure, placed[-1].rank if is_same else place))
    known = {id(row[1]) for row in ready}
    return placed + [Placed(key, figure, None) for key, figure in rows if id(figure) not in known]
