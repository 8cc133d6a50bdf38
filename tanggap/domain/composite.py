"""The composite index: a proposal and no official one, with weights as data and how much the ranks hang on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tanggap.domain.figures import Figure, Silence
from tanggap.domain.indicators import Grade, Indicator, Part

_SCALE: Final = 10**12


@dataclass(frozen=True, slots=True)
class Share:
    """One part as it went into an index: its value between 0 and 1, and the weight that it had in the end."""

    code: str
    value: Fraction | None
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Index:
    """A composite of figures, with what it is made of and its predicate."""

    figure: Figure
    shares: tuple[Share, ...]
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The place of a row, and the best and worst it gets when one weight at a time is moved."""

    rank: int
    best: int
    worst: int


def of(indicator: Indicator, figures: Mapping[str, Figure]) -> Index:
    """Return the index of one place: the weight of what is missing goes to the others, in proportion."""
    values = {part.code: _value(part, figures.get(part.code)) for part in indicator.parts}
    weights = {part.code: part.weight for part in indicator.parts}
    total = _total(values, weights)
    n = min((figures[code].n for code in ("sla_rate", "verify_ontime") if code in figures), default=0)
    if total is None:
        silence = Figure(indicator.code, indicator.version, indicator.kind, indicator.unit, n, silence=Silence.NO_CASES)
        return Index(silence, tuple(Share(code, None, Fraction(0)) for code in values), None)
    known = sum((weight for code, weight in weights.items() if values[code] is not None), Fraction(0))
    shares = tuple(
        Share(code, value, weights[code] / known if value is not None else Fraction(0))
        for code, value in values.items()
    )
    figure = Figure(indicator.code, indicator.version, indicator.kind, indicator.unit, n, value=total)
    return Index(figure, shares, grade(indicator, total))


def grade(indicator: Indicator, value: Fraction) -> Grade | None:
    """Return the predicate of a value: the highest of which the bound is reached."""
    reached = [one for one in indicator.grades if value >= one.from_value]
    return max(reached, key=lambda one: one.from_value, default=None)


def sensitivity[K](indicator: Indicator, rows: Mapping[K, Index]) -> dict[K, Sensitivity]:
    """Return how the rank of each row changes when every weight in turn is moved by the formula's share, up and down.

    Rows without an index are left out. Equal values share a place.
    """
    values = {
        key: {share.code: _scaled(share.value) for share in index.shares if share.value is not None}
        for key, index in rows.items()
        if index.figure.value is not None
    }
    weights = {part.code: part.weight for part in indicator.parts}
    moved = [
        {**weights, part.code: part.weight * (1 + sign * indicator.sensitivity)}
        for part in indicator.parts
        for sign in (-1, 1)
    ]
    usual = _ranks(values, weights)
    others = [_ranks(values, one) for one in moved]
    return {
        key: Sensitivity(
            rank, min([rank, *(other[key] for other in others)]), max([rank, *(other[key] for other in others)])
        )
        for key, rank in usual.items()
    }


def _scaled(value: Fraction) -> int:
    """Return a value with twelve digits: fine enough for an order, and much faster than fractions."""
    return value.numerator * _SCALE // value.denominator


def _ranks[K](values: Mapping[K, Mapping[str, int]], weights: Mapping[str, Fraction]) -> dict[K, int]:
    scaled = {code: _scaled(weight) for code, weight in weights.items()}
    totals = {
        key: sum(value * scaled[code] for code, value in row.items()) // sum(scaled[code] for code in row)
        for key, row in values.items()
    }
    places: dict[int, int] = {}
    for place, total in enumerate(sorted(totals.values(), reverse=True), start=1):
        places.setdefault(total, place)
    return {key: places[total] for key, total in totals.items()}


def _total(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Fraction | None:
    known = [(value, weights[code]) for code, value in values.items() if value is not None]
    if not known:
        return None
    return sum((value * weight for value, weight in known), Fraction(0)) / sum(
        (weight for _value, weight in known), Fraction(0)
    )


def _value(part: Part, figure: Figure | None) -> Fraction | None:
    """Return a part between 0 and 1; None where it is not known, or by too few."""
    if figure is None or figure.value is None or figure.n < part.minimum:
        return None
    return (figure.value - part.lowest) / (part.highest - part.lowest)
