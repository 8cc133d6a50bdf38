"""The figures that are published, as data: every formula is a named, versioned row that anyone can evaluate again.

`tanggap/data/indicators.json` holds them; the same file goes out with the open data. A formula never changes: a
correction is a new version beside the old one. What a formula asks of a report are the columns of `CaseFacts`, what it
asks of an agency those of `AGENCY_COLUMNS`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from tanggap.domain.case_facts import COLUMNS, Stage
from tanggap.domain.conditions import BadConditionError, Condition, columns
from tanggap.domain.ledger import canonical

FORMAT: Final = "tanggap-indicators-1"
_KEY_LENGTH: Final = 6
# What of a report its reporter alone may know. A formula that asks for it is told of the nation alone: of a district
# and a month, of a category, of one office it would name the report (ADR 0076).
UNTOLD: Final = ("is_escalated",)
AGENCY_COLUMNS: Final = frozenset({"agency", "kind", "area", "has_decree", "was_active"})


class Kind(StrEnum):
    """What a formula computes."""

    COUNT = "count"  # how many
    RATIO = "ratio"  # how many of how many
    MEAN = "mean"  # of a column
    QUANTILE = "quantile"  # of a column, nearest rank
    DISTRIBUTION = "distribution"  # how many have which value of a column
    COMPOSITE = "composite"  # a weighted sum of others


class Population(StrEnum):
    """What is counted."""

    REPORTS = "reports"
    AGENCIES = "agencies"


class Better(StrEnum):
    """Which way is better, for the order of a comparison."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class BadIndicatorError(ValueError):
    """A row of the file is not a formula; the text names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a composite: `lowest` and `highest` bring its value to a scale from 0 to 1."""

    code: str
    weight: Fraction
    minimum: int
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Grade:
    """A predicate from a value on, in both languages."""

    from_value: Fraction
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One formula. `of` is the denominator of a ratio, and for the other kinds which reports are looked at."""

    code: str
    version: int
    since: date
    population: Population
    kind: Kind
    unit: str
    better: Better
    minimum: int  # below so many nothing is said
    rank_minimum: int  # below so many nothing is compared
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    source: str
    stage: Stage = Stage.NOW
    of: Condition = field(default_factory=lambda: {"all": []})
    numerator: Condition | None = None
    value: str = ""
    quantile: Fraction = Fraction(1, 2)
    bands: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    grades: tuple[Grade, ...] = ()
    sensitivity: Fraction = Fraction(0)
    warning: Fraction | None = None
    is_proposal: bool = False
    is_crossed: bool = False
    # The keys under which what it counts is summed: of its denominator or of all it looks at, and of its numerator.
    of_key: str = field(init=False)
    numerator_key: str = field(init=False)
    is_of_nation: bool = field(init=False)  # told of no smaller place

    def __post_init__(self) -> None:
        both = {"all": [self.of, self.numerator]} if self.numerator is not None else None
        object.__setattr__(self, "of_key", measure(self.stage, self.of, self.value))
        object.__setattr__(self, "numerator_key", measure(self.stage, both) if both is not None else "")
        object.__setattr__(self, "is_of_nation", asks_untold(self.of) or asks_untold(self.numerator))

    @property
    def key(self) -> str:
        """Return the name under which a figure cites its formula."""
        return f"{self.code}@{self.version}"


def asks_untold(condition: Condition | None) -> bool:
    """Say whether a condition asks for what is not told of a report."""
    return condition is not None and any(name in UNTOLD for name in columns(condition))


def measure(stage: Stage, condition: Condition, value: str = "") -> str:
    """Return the key of a measure: it follows from what is counted, so that no list of numbers must be kept."""
    return hashlib.sha256(canonical([stage.value, condition, value])).hexdigest()[:_KEY_LENGTH]


def read(text: str) -> tuple[Indicator, ...]:
    """Read the file of formulas. Raises BadIndicatorError naming the first bad row."""
    content = json.loads(text)
    if content.get("format") != FORMAT:
        raise BadIndicatorError(f"This file is not of the form {FORMAT}.")
    found = tuple(_read_row(row) for row in content["indicators"])
    keys = [one.key for one in found]
    if len(set(keys)) != len(keys):
        raise BadIndicatorError("Two formulas have the same code and version.")
    known = {one.code for one in found}
    for one in found:
        if unknown := {part.code for part in one.parts} - known:
            raise BadIndicatorError(f"{one.key} is made of {sorted(unknown)}, which do not exist")
    return found


def newest(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Return the newest version of each formula, by its code, in the order of the file."""
    found: dict[str, Indicator] = {}
    for one in indicators:
        if one.code not in found or found[one.code].version < one.version:
            found[one.code] = one
    return found


def fingerprint(indicators: Iterable[Indicator]) -> str:
    """Return a hash of what the formulas count, to know whether what was rolled up was counted by them."""
    asked = [
        [one.key, one.kind.value, one.stage.value, one.of, one.numerator, one.value, one.is_crossed]
        for one in indicators
    ]
    return hashlib.sha256(canonical(asked)).hexdigest()


def _read_row(row: Mapping[str, Any]) -> Indicator:
    name = f"{row.get('code')}@{row.get('version')}"
    try:
        made = _made(row)
        _check(made)
    except (KeyError, ValueError, TypeError, ZeroDivisionError) as error:
        raise BadIndicatorError(f"{name}: {error}") from error
    return made


def _made(row: Mapping[str, Any]) -> Indicator:
    kind = Kind(row["kind"])
    of = row["denominator"] if kind == Kind.RATIO else row.get("where", {"all": []})
    return Indicator(
        code=row["code"],
        version=row["version"],
        since=date.fromisoformat(row["since"]),
        population=Population(row["population"]),
        kind=kind,
        unit=row["unit"],
        better=Better(row["better"]),
        minimum=row["minimum"],
        rank_minimum=row["rank_minimum"],
        names=row["name"],
        definitions=row["definition"],
        source=row["source"],
        stage=Stage(row.get("stage", Stage.NOW)),
        of=of,
        numerator=row["numerator"] if kind == Kind.RATIO else None,
        value=row.get("value", ""),
        quantile=Fraction(row.get("quantile", "1/2")),
        bands=tuple(row.get("bands", ())),
        parts=tuple(_parts(row)),
        grades=tuple(Grade(Fraction(one["from"]), {"id": one["id"], "en": one["en"]}) for one in row.get("grades", ())),
        sensitivity=Fraction(row.get("sensitivity", "0")),
        warning=Fraction(row["warning"]) if "warning" in row else None,
        is_proposal=row.get("is_proposal", False),
        is_crossed=row.get("crossed", False),
    )


def _parts(row: Mapping[str, Any]) -> Iterator[Part]:
    for one in row.get("parts", ()):
        yield Part(
            one["code"],
            Fraction(one["weight"]),
            one["minimum"],
            Fraction(one.get("from", "0")),
            Fraction(one.get("to", "1")),
        )


_OF_A_COLUMN: Final = frozenset({Kind.MEAN, Kind.QUANTILE, Kind.DISTRIBUTION})


def _check(one: Indicator) -> None:
    """Refuse a formula that asks for what no row has. Raises ValueError."""
    known = frozenset(COLUMNS) if one.population == Population.REPORTS else AGENCY_COLUMNS
    asked = {*columns(one.of), *(columns(one.numerator) if one.numerator is not None else ())}
    asked |= {one.value} if one.kind in _OF_A_COLUMN else set()
    if unknown := asked - known:
        raise BadConditionError(f"no row has the columns {sorted(unknown)}")
    if {*one.names} != {"id", "en"} or {*one.definitions} != {"id", "en"}:
        raise ValueError("name and definition are needed in both languages")
    if one.kind == Kind.COMPOSITE and sum((part.weight for part in one.parts), Fraction(0)) != 1:
        raise ValueError("the weights do not add up to 1")
    if not 0 < one.quantile < 1:
        raise ValueError("a quantile lies between 0 and 1")
