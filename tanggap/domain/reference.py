"""How a line of reference data is read, and what is said of a bad one.

Everything is read and judged before anything is loaded: a bad row is named with file and line, all of
them at once, and nothing is loaded by half. What rows must say of each other is in `reference_checks`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification
from tanggap.domain.limits import LimitUnit
from tanggap.domain.reference_rows import (
    AgencyKind,
    AgencyRow,
    Authority,
    CategoryRow,
    DayKind,
    DayRow,
    GroupRow,
    LimitRow,
    OversightRow,
    PointRow,
    PolicyRow,
    RoutingRow,
    Row,
    UnitKind,
    UnitRow,
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one line of one file."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


class BadRowsError(ValueError):
    """Reference data that cannot be loaded; `problems` names each bad line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did to one noun."""

    noun: str
    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    kept: int = 0  # made or corrected by hand here, so the files do not touch it

    @property
    def is_nothing(self) -> bool:
        """Say that the database already held what the files say."""
        return not (self.added or self.changed or self.retired)


type Cell = Callable[[str], Any]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_AREA = re.compile(r"\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?")


def _matching(pattern: re.Pattern[str], what: str) -> Cell:
    def read(cell: str) -> str:
        if not pattern.fullmatch(cell):
            raise ValueError(f"{cell!r} is not {what}")
        return cell

    return read


def _one_of(codes: Iterable[str]) -> Cell:
    known = tuple(str(code) for code in codes)

    def read(cell: str) -> str:
        if cell not in known:
            raise ValueError(f"{cell!r} is not one of {', '.join(filter(None, known))}")
        return cell

    return read


def _or_none(cell_of: Cell) -> Cell:
    return lambda cell: cell_of(cell) if cell else None


def _or_blank(cell_of: Cell) -> Cell:
    return lambda cell: cell_of(cell) if cell else ""


def _text(cell: str) -> str:
    if not cell:
        raise ValueError("it is empty")
    return cell


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a date (YYYY-MM-DD)") from None


def _number(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise ValueError(f"{cell!r} is not a whole number")
    return int(cell)


def _count(cell: str) -> int:
    if (count := _number(cell)) < 1:
        raise ValueError("it must be 1 or more")
    return count


def _decimal(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a number") from None


def _within(low: float, high: float) -> Cell:
    def read(cell: str) -> float:
        if not low <= (value := _decimal(cell)) <= high:
            raise ValueError(f"{cell} is not between {low} and {high}")
        return value

    return read


def _flag(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no")
    return cell == "yes"


_slug = _matching(_SLUG, "a slug")
_code = _matching(_CODE, "a code")
_area = _matching(_AREA, "an area code")

# Cells that are not named here are free text and may be empty.
CELLS: dict[type[Row], dict[str, Cell]] = {
    PointRow: {
        "code": _area,
        "lat": _within(-12.0, 7.0),  # Indonesia, Rote to Weh
        "lng": _within(94.0, 142.0),
        "area_km2": _or_none(_decimal),
        "population": _or_none(_number),
    },
    AgencyRow: {
        "slug": _slug,
        "name": _text,
        "kind": _one_of(AgencyKind),
        "area": _or_blank(_area),
        "timezone": _one_of(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")),
        "is_synthetic": _flag,
        "source": _text,
        "valid_from": _day,
        "valid_to": _or_none(_day),
    },
    UnitRow: {
        "agency": _slug,
        "slug": _slug,
        "name": _text,
        "kind": _one_of(UnitKind),
        "parent": _or_blank(_slug),
        "is_synthetic": _flag,
        "source": _text,
        "valid_from": _day,
        "valid_to": _or_none(_day),
    },
    OversightRow: {
        "overseer": _slug,
        "overseen": _slug,
        "basis": _text,
        "valid_from": _day,
        "valid_to": _or_none(_day),
    },
    GroupRow: {"code": _slug, "name": _text, "name_en": _text, "position": _count},
    CategoryRow: {
        "code": _code,
        "name": _text,
        "parent": _or_blank(_code),
        "group": _slug,
        "sp4n_id": _or_none(_number),
        "active_from": _day,
        "active_to": _or_none(_day),
        "default_authority": _one_of(Authority),
        "suggest_supervisory": _flag,
        "suggest_confidential": _flag,
    },
    PolicyRow: {
        "code": _slug,
        "basis": _text,
        "agency": _or_blank(_slug),
        "valid_from": _day,
        "valid_to": _or_none(_day),
        "inherits": _or_blank(_slug),
    },
    LimitRow: {
        "policy": _slug,
        "clock": _one_of(Clock),
        "classification": _one_of(("", *Classification)),
        "supervisory": _or_none(_flag),
        "count": _count,
        "unit": _one_of(LimitUnit),
        "article": _text,
        "basis": _text,
        "since": _day,
    },
    RoutingRow: {
        "code": _slug,
        "position": _count,
        "words": _text,
        "category": _code,
        "authority": _one_of(Authority),
        "agency": _or_blank(_slug),
        "province_unit": _or_blank(_slug),
        "regency_unit": _or_blank(_slug),
        "reason": _text,
        "reason_en": _text,
        "valid_from": _day,
        "valid_to": _or_none(_day),
    },
    DayRow: {"day": _day, "name": _text, "kind": _one_of((DayKind.HOLIDAY, DayKind.JOINT_LEAVE)), "source": _text},
}


def columns_of(row: type[Row]) -> tuple[str, ...]:
    """Return the header of the file in which rows of this kind stand."""
    return tuple(field.name for field in fields(row) if field.name != "line")


def read_rows[R: Row](row: type[R], file: str, text: str) -> list[R]:
    """Return the rows of a CSV file with a header.

    Raises BadRowsError naming every bad line: a wrong header, too few or many cells, a cell that
    cannot be read. Non-breaking and doubled spaces become single ones.
    """
    lines = csv.reader(io.StringIO(text, newline=""))
    columns = columns_of(row)
    header = tuple(next(lines, []))
    if header != columns:
        raise BadRowsError([Problem(file, 1, f"the header must be {','.join(columns)}")])
    rows: list[R] = []
    problems: list[Problem] = []
    for cells in lines:
        if len(cells) != len(columns):
            problems.append(Problem(file, lines.line_num, f"{len(cells)} cells instead of {len(columns)}"))
            continue
        values, wrong = _read_cells(CELLS[row], dict(zip(columns, cells, strict=True)))
        problems += [Problem(file, lines.line_num, words) for words in wrong]
        if not wrong:
            rows.append(row(line=lines.line_num, **values))
    if problems:
        raise BadRowsError(problems)
    return rows


def _read_cells(readers: dict[str, Cell], cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    wrong = []
    for column, cell in cells.items():
        clean = " ".join(cell.split())
        try:
            values[column] = readers[column](clean) if column in readers else clean
        except ValueError as error:
            wrong.append(f"{column}: {error}")
    return values, wrong
