"""The page of the indicators, read from the formulas that ship."""

from collections.abc import Mapping
from typing import Any, Final

from tanggap import data
from tanggap.cli.rule_pages import GENERATED, table
from tanggap.domain import indicators
from tanggap.domain.indicators import Indicator, Kind, Population

_UNITS: Final = {
    "percent": "%",
    "reports": "reports",
    "hours": "hours",
    "days": "calendar days",
    "working_days": "working days",
    "rating": "1 to 5",
    "times": "times",
    "index": "0 to 1",
}
_ABOUT: Final = """Every formula is a row of `tanggap/data/indicators.json`: named, versioned, never changed. A
correction is a new version beside the old one. A figure prints the code and the version of its formula; the same file
goes out with the open data, so that anyone can compute every figure again.

Conditions ask for the columns of `CaseFacts` (`domain/case_facts.py`), one flat record for each report, as it was known
at a moment. Whose a report was is told by stage: who had it when it was received, verified, followed up, answered
(where a time ran out: who had it then), or has it now. The period of a report is the month of its receipt where the
office is that got it. A report that was divided is counted by its parts; a merged one in volume and not in timing.

Shares come with the Wilson interval of 95 %, z = 1.96. Quantiles are by nearest rank. All is computed with whole
numbers and fractions, and rounded once, half up: shares and means to two places, the index to four. Below the minimum
no number is said, below the second one nothing is ranked.
"""


def page() -> str:
    """Return docs/indicators.md."""
    found = indicators.read(data.text("indicators.json"))
    head = ["formula", "name", "kind", "stage", "unit", "minimum", "source"]
    parts = ["# Indicators\n\n", GENERATED, _ABOUT, "\n", table(head, [_line(one) for one in found])]
    for one in found:
        parts += ["\n", _section(one)]
    return "".join(parts)


def _line(one: Indicator) -> list[str]:
    stage = one.stage.value if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE else "–"
    kind = f"{one.kind} of agencies" if one.population == Population.AGENCIES else one.kind.value
    least = f"{one.minimum}, ranked from {one.rank_minimum}"
    return [f"`{one.key}`", f"{one.names['id']} ({one.names['en']})", kind, stage, _UNITS[one.unit], least, one.source]


def _section(one: Indicator) -> str:
    title = f"## `{one.key}` {one.names['en']}\n\n{one.definitions['en']}\n\n*{one.definitions['id']}*\n"
    lines = [f"- {name}: {words}" for name, words in _details(one).items()]
    return title + ("\n" + "\n".join(lines) + "\n" if lines else "")


def _details(one: Indicator) -> dict[str, str]:
    details = {"since": one.since.isoformat()}
    if one.kind == Kind.COMPOSITE:
        details["parts"] = ", ".join(f"{float(part.weight):.2f} × `{part.code}`" for part in one.parts)
        details["predicates"] = ", ".join(f"from {float(grade.from_value)} {grade.names['en']}" for grade in one.grades)
        details["sensitivity"] = f"each weight moved by {float(one.sensitivity):.0%}, up and down"
        return details
    if one.numerator is not None:
        details["numerator"] = f"{_said(one.numerator)}; and the denominator"
    details["denominator" if one.numerator is not None else "of"] = _said(one.of)
    if one.value:
        details["column"] = f"`{one.value}`"
    if one.kind == Kind.QUANTILE:
        details["quantile"] = str(one.quantile)
    if one.warning is not None:
        details["worth a look"] = f"above {float(one.warning):g} %"
    return details


_SIGNS: Final = {"eq": "is", "ge": "≥", "le": "≤"}


def _said(condition: Mapping[str, Any]) -> str:
    match condition:
        case {"all": parts}:
            return " and ".join(_said(part) for part in parts if part != {"all": []}) or "every one"
        case {"any": parts}:
            return f"({' or '.join(_said(part) for part in parts)})"
        case {"not": {"column": name, "eq": None}}:
            return f"`{name}` is known"
        case {"not": part}:
            return f"not {_said(part)}"
        case _:
            return _compared(condition)


def _compared(condition: Mapping[str, Any]) -> str:
    name = condition["column"]
    ((operator, value),) = ((word, value) for word, value in condition.items() if word != "column")
    if value is True:
        return f"`{name}`"
    if operator == "in":
        return f"`{name}` is {' or '.join(str(one) for one in value)}"
    return f"`{name}` {_SIGNS[operator]} {value}"
