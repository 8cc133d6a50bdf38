"""Check the open data of a Tanggap installation, without trusting it and without a line of its code.

`tanggap-verify DIR` takes a package as docs/open-data.md describes it. It recomputes every figure and rank from the
rows and the formulas in the package, every due date from its start, policy and calendar; it verifies the record
(hashes, chains, log, checkpoints, keys) as docs/record-format.md describes it; and it compares the tables with each
other and with an older package. What differs is named by file and line.

The sections: 1 bytes, 2 package, 3 formulas, 4 days, 5 signed statements, 6 reports, 7 figures, 8 the log and the
files, 9 an older package, 10 the command.
"""

import argparse
import base64
import csv
import gc
import hashlib
import json
import mmap
import os
import re
import stat
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby, islice, pairwise
from math import ceil, isqrt
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "tanggap-open-data-1"
SCHEMA = "1."
LONGEST_LINE = 4 << 20
SHORT = 1_000  # characters of a cell that is worth remembering
LARGEST_JSON = 64 << 20
MOST_FILES = 10_000
MOST_ROWS = 50_000  # of one report in a table
MOST_BYTES = 64 << 20  # of the same
MOST_CALENDARS = 1_000  # that are kept at once
MOST = 200  # findings that one task keeps
MOST_OF_FILE = 40  # findings that are printed of one file
ZEROS = "0" * 64
CODE = re.compile("[a-z0-9_]+")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVER = datetime(1970, 1, 1, tzinfo=UTC)  # of what is not told
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

# 1. Bytes ------------------------------------------------------------------------------------------------------------


class UnreadableError(Exception):
    """A file cannot be read as what it should be; the text says which, and why."""


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON value that is hashed and signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def _refused(text: str) -> Any:
    raise ValueError(f"{text[:20]} is no whole number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def parse_json(text: str | bytes) -> Any:
    """Read JSON without floats, NaN and doubled keys. Raises ValueError, for what is nested too deep as well."""
    try:
        return json.loads(text, parse_float=_refused, parse_constant=_refused, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


class Tree:
    """The tree of RFC 9162 (2.1.1) while it grows to the right: the whole subtrees of its left edge alone are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Put a leaf to the right."""
        node = hashlib.sha256(b"\x00" + leaf).digest()
        rest = self.size
        while rest & 1:  # a whole subtree of that size waits to its left
            node = hashlib.sha256(b"\x01" + self._whole.pop() + node).digest()
            rest >>= 1
        self._whole.append(node)
        self.size += 1

    def root(self) -> str:
        """Return the root over all leaves, in hex."""
        if not self._whole:
            return sha256(b"")
        node = self._whole[-1]
        for left in self._whole[-2::-1]:
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node.hex()


# 2. The package ------------------------------------------------------------------------------------------------------


class Finding(NamedTuple):
    """Something that is wrong, and where."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return printable(f"{self.file}{f' line {self.line}' if self.line else ''}: {self.text}")


def printable(text: str) -> str:
    """Return a text as it may go to a terminal: what a package says must not move the cursor or hide a line."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)


@dataclass
class Result:
    """What a task found, counted and noted; `value` is what it computed for others."""

    findings: list[Finding] = field(default_factory=list)
    left_out: int = 0
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    value: Any = None

    def say(self, file: str, line: int, text: str) -> None:
        """Keep a finding, or count it where there are too many."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(file, line, text[:600]))
        else:
            self.left_out += 1

    def add(self, other: "Result") -> None:
        """Take over what another task found."""
        self.findings += other.findings
        self.left_out += other.left_out
        self.notes += other.notes
        self.counts += other.counts


class BadCellError(Exception):
    """A cell does not hold what its column should."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class Row:
    """A row of a table, with the number of its line."""

    __slots__ = ("cells", "line", "table")

    def __init__(self, table: "Table", line: int, cells: list[str]) -> None:
        self.table, self.line, self.cells = table, line, cells

    def text(self, name: str) -> str:
        """Return a cell as it stands there."""
        return self.cells[self.table.places[name]]

    def integer(self, name: str) -> int | None:
        """Return a whole number, None for an empty cell. Raises BadCellError."""
        try:
            return _integer(self.cells[self.table.places[name]])
        except ValueError:
            raise self.bad(name, "no whole number") from None

    def number(self, name: str) -> int:
        """Return a whole number that must be there. Raises BadCellError."""
        found = self.integer(name)
        if found is None:
            raise self.bad(name, "empty")
        return found

    def day(self, name: str) -> date | None:
        """Return a day, None for an empty cell. Raises BadCellError."""
        text = self.text(name)
        try:
            return _day(text) if text else None
        except ValueError:
            raise self.bad(name, "no day") from None

    def flag(self, name: str) -> bool:
        """Return true or false. Raises BadCellError."""
        text = self.text(name)
        if text not in ("true", "false"):
            raise self.bad(name, "neither true nor false")
        return text == "true"

    def json(self, name: str) -> Any:
        """Return what a cell of JSON holds, None for an empty one. Raises BadCellError."""
        text = self.text(name)
        try:
            return parse_json(text) if text else None
        except ValueError as error:
            raise self.bad(name, f"no JSON ({error})") from None

    def bad(self, name: str, what: str) -> BadCellError:
        """Return the error that a cell is not what it should be."""
        return BadCellError(Finding(self.table.path, self.line, f"{name} is {what}: {self.text(name)[:60]!r}"))


@lru_cache(maxsize=100_000)
def _integer(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


@lru_cache(maxsize=20_000)
def _day(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def moment(text: str) -> datetime:
    """Return a moment from the form in which it is hashed. Raises ValueError."""
    if not MOMENT.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no moment")
    return datetime.fromisoformat(text)


@dataclass
class Table:
    """A table of the package: where it is, and its columns by the schema."""

    folder: str
    name: str
    path: str
    columns: list[str]
    types: list[str]
    required: list[bool]
    said: Mapping[str, Any]
    places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {name: place for place, name in enumerate(self.columns)}

    @property
    def size(self) -> int:
        """Return how many bytes it has; what the package says of that may be anything."""
        with safe_open(self.folder, self.path) as file:
            return os.fstat(file.fileno()).st_size

    def rows(self, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Row]:
        """Yield the rows between two places in bytes; the head is left out. Raises UnreadableError."""
        with safe_open(self.folder, self.path) as file:
            file.seek(start)
            reader = csv.reader(_lines(file, self.path, end, line), strict=True)
            wanted = len(self.columns)
            try:
                for count, cells in enumerate(reader, start=1):
                    if reader.line_num != count:
                        raise UnreadableError(f"{self.path} line {line + count - 1}: a cell holds a line break")
                    if start == 0 and count == 1:
                        if cells != self.columns:
                            raise UnreadableError(f"{self.path} line 1: the columns are not those of datapackage.json")
                        continue
                    if len(cells) != wanted:
                        raise UnreadableError(
                            f"{self.path} line {line + count - 1}: {len(cells)} cells, not {wanted}: {cells[0][:40]!r}"
                        )
                    yield Row(self, line + count - 1, cells)
            except csv.Error as error:
                raise UnreadableError(f"{self.path} line {line + reader.line_num - 1}: {error}") from None


def _lines(file: Any, path: str, end: int | None, line: int) -> Iterator[str]:
    place = file.tell()
    while (end is None or place < end) and (found := file.readline(LONGEST_LINE + 1)):
        if len(found) > LONGEST_LINE:
            raise UnreadableError(f"{path} line {line}: longer than {LONGEST_LINE} bytes")
        place += len(found)
        line += 1
        try:
            yield found.decode()
        except UnicodeDecodeError:
            raise UnreadableError(f"{path} line {line - 1}: not UTF-8") from None


def safe_open(folder: str, path: str) -> Any:
    """Open a file of the package: a plain one, inside it, behind no link. Raises UnreadableError."""
    place = folder
    parts = path.split("/")
    if (
        not path
        or path.startswith("/")
        or "\\" in path
        or "\0" in path
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise UnreadableError(f"{path[:200]!r} is no path inside the package")
    for part in parts:
        place = os.path.join(place, part)
        try:
            mode = os.lstat(place).st_mode
        except (OSError, ValueError):
            raise UnreadableError(f"{path[:200]}: the file is missing") from None
        if stat.S_ISLNK(mode):
            raise UnreadableError(f"{path[:200]}: a link is not followed")
    if not stat.S_ISREG(mode):
        raise UnreadableError(f"{path[:200]}: this is no plain file")
    return open(place, "rb", buffering=1 << 18)


def read_file(folder: str, path: str) -> bytes:
    """Return a file that must be small. Raises UnreadableError."""
    with safe_open(folder, path) as file:
        content: bytes = file.read(LARGEST_JSON + 1)
    if len(content) > LARGEST_JSON:
        raise UnreadableError(f"{path}: larger than {LARGEST_JSON} bytes")
    return content


def read_json(folder: str, path: str) -> Any:
    """Return a file of JSON. Raises UnreadableError."""
    try:
        return parse_json(read_file(folder, path))
    except ValueError as error:
        raise UnreadableError(f"{path}: no JSON ({error})") from None


# The tables of every package; `log` is in a full one alone, `dropped` in none of an agency.
NEEDED = (
    *("reports", "facts", "rest", "indicators", "rankings", "standings", "assignments", "clocks", "events", "ratings"),
    *("agencies", "units", "oversight", "sign_in_days", "decrees", "assessments", "assessment_points", "areas"),
    *("categories", "calendar_versions", "calendar_days", "policies", "time_limits", "frozen_periods"),
    *("frozen_figures", "secret_counts", "open311"),
)


class Package:
    """A package with its description, its tables and the few small files beside them."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        if not os.path.isdir(folder):
            raise UnreadableError(f"{folder} is no folder")
        self.description = read_json(folder, "datapackage.json")
        try:
            about = self.description["tanggap"]
            is_known = about["format"] == FORMAT and str(about["schema"]).startswith(SCHEMA)
            self.month, self.agency, self.schema = about["month"], about["agency"], about["schema"]
            self.computed_on, self.formulas = date.fromisoformat(about["computed_on"]), about["formulas"]
            self.created = moment(self.description["created"])
            self.resources: list[Any] = self.description["resources"]
            self.tables = {table.name: table for table in map(self._table, self.resources) if table}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnreadableError(f"datapackage.json: this describes no package of {FORMAT} ({error!r})") from None
        if not is_known:
            raise UnreadableError(f"datapackage.json: this is no package of {FORMAT}, schema {SCHEMA}x")
        if len(self.resources) > MOST_FILES:
            raise UnreadableError(f"datapackage.json: there are more than {MOST_FILES} files")
        for one in self.resources:
            safe_open(folder, one["path"]).close()
        needed = (*NEEDED, *(["log"] if self.is_full else []), *(["dropped"] if self.agency is None else []))
        if missing := [name for name in needed if name not in self.tables]:
            raise UnreadableError(f"datapackage.json: the tables {', '.join(missing)} are missing")

    @property
    def is_full(self) -> bool:
        """Say whether it is the whole and not a month or an agency."""
        return self.month is None and self.agency is None

    @property
    def is_told_everywhere(self) -> bool:
        """Say whether it is of before schema 1.2: what was never public was told of every place, each formula, too."""
        return self.schema in ("1.0", "1.1")

    def _table(self, said: Any) -> Table | None:
        path = said["path"]
        if not isinstance(path, str) or not isinstance(said["hash"], str) or not isinstance(said["bytes"], int):
            raise ValueError(f"a resource is not described: {str(said)[:80]}")  # noqa: TRY004
        if said.get("type") != "table":
            return None
        columns, name = said["schema"]["fields"], path.removeprefix("data/").removesuffix(".csv")
        if not CODE.fullmatch(name) or path != f"data/{name}.csv":
            raise ValueError(f"{path[:80]!r} is no place of a table")
        return Table(
            self.folder,
            name,
            path,
            [one["name"] for one in columns],
            [one["type"] for one in columns],
            [bool(one.get("constraints", {}).get("required")) for one in columns],
            said,
        )


# 3. Formulas ---------------------------------------------------------------------------------------------------------

type Test = Callable[[Mapping[str, Any]], bool]
type Tally = dict[str, Counter[str]]  # measure -> value ('' where it counts rows) -> how many


def asked_by(condition: Any) -> Iterator[tuple[str, bool]]:
    """Yield each column that a condition asks for, and whether it only asks if there is a value."""
    match condition:
        case {"all": [*parts]} | {"any": [*parts]} if len(condition) == 1:
            for part in parts:
                yield from asked_by(part)
        case {"not": part} if len(condition) == 1:
            yield from asked_by(part)
        case {"column": str(name), "eq": None} if len(condition) == 2:
            yield name, True
        case {"column": str(name), **rest} if len(rest) == 1 and {*rest} <= {"eq", "in", "ge", "le"}:
            yield name, False
        case _:
            raise ValueError(f"this is no condition: {str(condition)[:80]}")


def test_of(condition: Any) -> Test:
    """Return a condition as a function over rows. An absent value equals null and meets no other comparison."""
    match condition:
        case {"all": [*parts]}:
            tests = [test_of(part) for part in parts]
            return lambda row: all(test(row) for test in tests)
        case {"any": [*parts]}:
            tests = [test_of(part) for part in parts]
            return lambda row: any(test(row) for test in tests)
        case {"not": part}:
            test = test_of(part)
            return lambda row: not test(row)
    return _comparison(condition)


def _comparison(condition: Any) -> Test:
    match condition:
        case {"column": name, "eq": value}:
            return lambda row: _same(row.get(name), value)
        case {"column": name, "in": [*values]}:
            return lambda row: row.get(name) is not None and any(_same(row[name], value) for value in values)
        case {"column": name, "ge": bound}:
            return lambda row: row.get(name) is not None and row[name] >= bound
        case {"column": name, "le": bound}:
            return lambda row: row.get(name) is not None and row[name] <= bound
    raise ValueError(f"this is no condition: {str(condition)[:80]}")


def _same(one: Any, other: Any) -> bool:
    """Compare two values; a flag is no number, so true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def fraction(text: Any) -> Fraction:
    """Return a fraction from its text, as `3/4` or `0.75`, and no very long number. Raises ValueError."""
    if not re.fullmatch(r"-?[0-9]{1,18}(/[0-9]{1,18}|\.[0-9]{1,18})?", str(text)):
        raise ValueError(f"{str(text)[:40]!r} is no fraction")
    return Fraction(str(text))


def fixed(value: Fraction, places: int) -> str:
    """Write a fraction with so many places, half up (away from zero)."""
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    whole += 2 * rest >= value.denominator
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


@lru_cache(maxsize=100_000)
def wilson(k: int, n: int) -> tuple[str, str]:
    """Return the bounds of the Wilson interval in percent, z = 1.96; the root is one of whole numbers, twelve digits.

    (2k + z² ∓ z √(z² + 4k(n − k)/n)) / 2(n + z²), and z² = 2401/625, so that under the root stands
    (2401 n + 2500 k(n − k)) / 625 n.
    """
    scale = 10**12
    root = Fraction(isqrt((2401 * n + 2500 * k * (n - k)) * scale * scale // (625 * n)), scale)
    z = Fraction(49, 25)
    low, high = ((2 * k + z * z + sign * z * root) / (2 * (n + z * z)) for sign in (-1, 1))
    return fixed(100 * max(Fraction(0), low), 2), fixed(100 * min(Fraction(1), high), 2)


PLACES = {"ratio": 2, "mean": 2, "composite": 4}


class Figure(NamedTuple):
    """A figure: exact, and in the form in which it is printed."""

    n: int
    exact: Fraction | None
    printed: tuple[str, ...]  # n, numerator, denominator, value, silence, low, high, spread


class Formula:
    """One row of the file of formulas. Raises KeyError, ValueError, TypeError where it is none."""

    def __init__(self, row: Any) -> None:
        self.row, self.code, self.version, self.kind = row, str(row["code"]), int(row["version"]), str(row["kind"])
        self.population, self.stage = row["population"], row.get("stage", "now")
        self.minimum, self.rank_minimum = int(row["minimum"]), int(row["rank_minimum"])
        self.of = row["denominator"] if self.kind == "ratio" else row.get("where", {"all": []})
        self.numerator = row["numerator"] if self.kind == "ratio" else None
        self.value = row["value"] if self.kind in ("mean", "quantile", "distribution") else ""
        self.quantile, self.bands = fraction(row.get("quantile", "1/2")), [int(band) for band in row.get("bands", [])]
        self.both = {"all": [self.of, self.numerator]}
        self.key = self._measure(self.of, self.value)
        self.numerator_key = self._measure(self.both, "") if self.kind == "ratio" else ""
        self.asks = set(asked_by(self.of)) | set(asked_by(self.numerator) if self.kind == "ratio" else ())
        self.is_of_nation = any(name in UNTOLD for name, _is_null in self.asks)

    @property
    def untold(self) -> set[str]:
        """Return the keys of what it counts of the nation alone."""
        keys = {self.key: self.of, self.numerator_key: self.numerator if self.kind == "ratio" else {"all": []}}
        return {key for key, asked in keys.items() if any(name in UNTOLD for name, _is_null in asked_by(asked))}

    def _measure(self, condition: Any, value: str) -> str:
        return sha256(canonical([self.stage, condition, value]))[:6]

    @property
    def is_of_reports(self) -> bool:
        """Say whether it is summed over reports."""
        return bool(self.population == "reports") and self.kind != "composite"

    def measures(self) -> Iterator[tuple[str, Test, str]]:
        """Yield what is summed for it: key, condition, column."""
        yield self.key, test_of(self.of), self.value
        if self.kind == "ratio":
            yield self.numerator_key, test_of(self.both), ""

    def figure(self, tally: Tally, on: date) -> Figure:
        """Return the figure of summed counts."""
        if self.value:
            return self._of_values({value: n for value, n in tally.get(self.key, {}).items() if n}, on)
        n = tally[self.key][""] if self.key in tally else 0
        if self.kind == "count":
            return Figure(n, Fraction(n), (str(n), str(n), "", str(n), "", "", "", ""))
        return self.share(n, tally[self.numerator_key][""] if self.numerator_key in tally else 0)

    def share(self, n: int, numerator: int) -> Figure:
        """Return a ratio."""
        shown = str(n), str(numerator), str(n)
        if silence := self._silence(n):
            return Figure(n, None, (*shown, "", silence, "", "", ""))
        exact = Fraction(numerator, n)
        return Figure(n, exact, (*shown, fixed(exact * 100, 2), "", *wilson(numerator, n), ""))

    def _of_values(self, values: Mapping[str, int], on: date) -> Figure:
        n = sum(values.values())
        if silence := self._silence(n):
            return Figure(n, None, (str(n), "", "", "", silence, "", "", ""))
        if self.kind == "distribution":
            spread = self._spread(values, on)
            shown = json.dumps(spread, separators=(",", ":"), ensure_ascii=False) if spread else ""
            return Figure(n, Fraction(n), (str(n), "", "", str(n), "", "", "", shown))
        numbers = sorted((int(value), times) for value, times in values.items())
        if self.kind == "mean":
            exact = Fraction(sum(value * times for value, times in numbers), n)
        else:
            exact = Fraction(_nearest_rank(numbers, max(1, ceil(self.quantile * n))))
        return Figure(n, exact, (str(n), "", "", fixed(exact, PLACES.get(self.kind, 0)), "", "", "", ""))

    def _silence(self, n: int) -> str:
        if n == 0 and self.kind != "distribution":
            return "no_cases"
        return "too_few" if n < self.minimum else ""

    def _spread(self, values: Mapping[str, int], on: date) -> list[list[Any]]:
        if not self.bands:
            ordered = sorted(values, key=lambda text: (int(text) if text.isdecimal() else -1, text))
            return [[value, values[value]] for value in ordered]
        counts = [0] * len(self.bands)
        for value, times in values.items():
            age = (on - date.fromisoformat(value)).days
            counts[max(0, sum(band <= age for band in self.bands) - 1)] += times
        return [[str(band), times] for band, times in zip(self.bands, counts, strict=True)]


def _nearest_rank(numbers: Iterable[tuple[int, int]], rank: int) -> int:
    seen, last = 0, 0
    for value, times in numbers:
        seen, last = seen + times, value
        if seen >= rank:
            break
    return last


def newest(formulas: Iterable[Formula]) -> dict[str, Formula]:
    """Return the newest version of each formula, by its code."""
    found: dict[str, Formula] = {}
    for one in formulas:
        if one.code not in found or found[one.code].version < one.version:
            found[one.code] = one
    return found


def fingerprint(formulas: Iterable[Formula]) -> str:
    """Return the mark of what formulas count, as the package and closed periods cite it."""
    asked = [
        [
            f"{one.code}@{one.version}",
            one.kind,
            one.stage,
            one.of,
            one.numerator,
            one.value,
            one.row.get("crossed", False),
        ]
        for one in formulas
    ]
    return sha256(canonical(asked))


# 4. Days -------------------------------------------------------------------------------------------------------------

# Indonesia knows no summer time: these are its zones since 1988, whether or not this machine has a table of zones.
HOURS_EAST = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
FIRST_DAY, LAST_DAY = date(2010, 1, 1).toordinal(), date(2059, 12, 31).toordinal()


@cache
def zone_of(name: str) -> tzinfo:
    """Return a zone by its name. Raises ValueError for an unknown one."""
    if name in HOURS_EAST:
        return timezone(timedelta(hours=HOURS_EAST[name]))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"the zone {name[:40]!r} is not known") from None


class WorkingDays:
    """The working days of one agency in one version of the calendar, as a sorted list of ordinals."""

    def __init__(self, off: Collection[int], worked: Collection[int]) -> None:
        self.days = [  # the ordinal 1 is a Monday
            day for day in range(FIRST_DAY, LAST_DAY + 1) if day in worked or ((day - 1) % 7 < 5 and day not in off)
        ]

    def after(self, day: date, count: int) -> date:
        """Return the count-th working day after a day; 0 gives the day itself. Raises ValueError."""
        ordinal = day.toordinal()
        place = bisect_right(self.days, ordinal) + count - 1
        if count < 0 or place >= len(self.days) or ordinal < FIRST_DAY:
            raise ValueError("it lies outside the years of the calendar")
        return date.fromordinal(self.days[place]) if count else day

    def between(self, after: date, through: date) -> int:
        """Count the working days in (after, through]."""
        return bisect_right(self.days, through.toordinal()) - bisect_right(self.days, after.toordinal())


class Rules:
    """Policies with their limits, and the calendars: what due dates rest on."""

    def __init__(self, package: Package) -> None:
        tables = package.tables
        self.zones = {row.number("agency"): row.text("zone") for row in tables["agencies"].rows()}
        self.units = {row.number("unit"): row.number("agency") for row in tables["units"].rows()}
        self.valid = {
            row.text("policy"): (row.text("valid_from"), row.text("valid_to") or "9999", row.integer("agency"))
            for row in tables["policies"].rows()
        }
        self.inherits = {row.text("policy"): row.text("inherits") for row in tables["policies"].rows()}
        self.limits: dict[str, dict[tuple[str, str, str], tuple[int, str]]] = defaultdict(dict)
        for row in tables["time_limits"].rows():
            key = row.text("clock"), row.text("classification"), row.text("supervisory")
            self.limits[row.text("policy")][key] = row.number("count"), row.text("days")
        self.changes: dict[int | None, list[tuple[int, int | None, int, bool]]] = defaultdict(list)
        for row in tables["calendar_days"].rows():
            day = row.day("day") or row.text("day")
            if not isinstance(day, date):
                raise row.bad("day", "empty")
            self.changes[row.integer("agency")].append(
                (
                    row.number("since_version"),
                    row.integer("until_version"),
                    day.toordinal(),
                    row.text("kind") == "working",
                )
            )
        self.versions = {row.number("calendar") for row in tables["calendar_versions"].rows()}
        self._known: dict[tuple[int, int | None], WorkingDays] = {}
        self._allowed: dict[tuple[str, str, str], frozenset[tuple[int, str]]] = {}

    def calendar(self, version: int, agency: int | None) -> WorkingDays:
        """Return the working days of an agency in a version of the calendar. Raises ValueError for an unknown one."""
        if version not in self.versions:
            raise ValueError(f"there is no calendar {version}")
        key = version, agency if agency in self.changes else None
        if key not in self._known:
            if len(self._known) >= MOST_CALENDARS:
                self._known.clear()
            chosen: dict[int, bool] = {}
            for of in (None, key[1]):  # a row of the agency wins
                chosen |= {
                    day: works
                    for since, until, day, works in self.changes.get(of, ())
                    if since <= version and (until is None or until > version)
                }
            off = {day for day, works in chosen.items() if not works}
            self._known[key] = WorkingDays(off, chosen.keys() - off)
        return self._known[key]

    def allowed(self, policy: str, clock: str, classification: str) -> frozenset[tuple[int, str]]:
        """Return which limits a policy gives a clock of a kind of report, supervisory or not."""
        key = policy, clock, classification
        if key not in self._allowed:
            rows = self._rows(policy, set())
            found = {self._limit(rows, clock, classification, flag) for flag in ("true", "false")}
            self._allowed[key] = frozenset(one for one in found if one is not None)
        return self._allowed[key]

    def _rows(self, policy: str, seen: set[str]) -> dict[tuple[str, str, str], tuple[int, str]]:
        if not policy or policy in seen:
            return {}
        parent = self.inherits.get(policy, "")
        return self._rows(parent, seen | {policy}) | self.limits.get(policy, {})

    def _limit(
        self, rows: Mapping[tuple[str, str, str], tuple[int, str]], clock: str, classification: str, supervisory: str
    ) -> tuple[int, str] | None:
        fitting = [
            (2 * bool(key[1]) + bool(key[2]), limit)
            for key, limit in rows.items()
            if key[0] == clock and key[1] in ("", classification) and key[2] in ("", supervisory)
        ]
        return max(fitting, key=lambda one: one[0])[1] if fitting else None


# 5. Signed statements ------------------------------------------------------------------------------------------------

KEY_FIELDS = {"format", "origin", "key", "public", "at", "previous"}
CHECKPOINT_FIELDS = {"format", "origin", "size", "root", "at", "previous", "key"}
PACKAGE_FIELDS = {"format", "origin", "at", "datapackage", "key"}
HEX64 = re.compile("[0-9a-f]{64}")


def is_signed(body: bytes, signature: object, public: bytes) -> bool:
    """Say whether an Ed25519 signature in hex is that of a key of 32 bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(str(signature)), body)
    except (InvalidSignature, ValueError):
        return False
    return True


class Keys:
    """The keys that a package announces, and which of them are trusted."""

    file = "keys.json"

    def __init__(self, said: Any, trusted: Collection[str], result: Result) -> None:
        self.public: dict[str, bytes] = {}
        self.announced: set[str] = set()  # by a trusted key, or trusted itself
        self.origin = ""
        for place, one in enumerate(said["keys"], start=1):
            self._read(place, one, trusted, result)
        result.counts["keys"] += len(self.public)
        if not trusted:
            prints = ", ".join(sha256(public) for public in self.public.values())
            result.notes.append(f"no key was named with --trust: compare the fingerprints of this package ({prints})")

    def _read(self, place: int, one: Any, trusted: Collection[str], result: Result) -> None:
        statement = one["statement"]
        name, public, before = statement["key"], bytes.fromhex(statement["public"]), statement["previous"]
        what, body, mark = f"key {place} ({name})", canonical(statement), sha256(public)
        if {*statement} != KEY_FIELDS or statement["format"] != "tanggap-key-1":
            result.say(self.file, 0, f"{what}: this is no statement of a key")
        if mark[:16] != name:
            result.say(self.file, 0, f"{what}: its public key gives it the name {mark[:16]}")
        if not is_signed(body, one["own_signature"], public):
            result.say(self.file, 0, f"{what}: its statement is not signed by itself")
        is_announced = before in self.public and is_signed(body, one["signature"], self.public[before])
        if before is not None and not is_announced:
            result.say(self.file, 0, f"{what}: the key {before} did not announce it")
        if mark in trusted or (is_announced and before in self.announced) or (not trusted and place == 1):
            self.announced.add(name)
        else:
            result.say(
                self.file, 0, f"{what}: no key before it announced it, and it is not one that you trust ({mark})"
            )
        self.public[name] = public
        self.origin = self.origin or statement["origin"]


class Checkpoint(NamedTuple):
    """What was signed of the log: its size and root, and the checkpoint before."""

    size: int
    root: str
    at: datetime
    digest: str
    previous: str | None
    body: bytes  # that was signed

    def __str__(self) -> str:
        return f"the checkpoint of {self.at.date()} over {self.size} entries"


def read_checkpoint(said: Any, keys: Keys, file: str, what: str, result: Result) -> Checkpoint:
    """Return a checkpoint from its published form, its signature checked. Raises ValueError, KeyError, TypeError."""
    statement = said["checkpoint"]
    if {*statement} != CHECKPOINT_FIELDS or statement["format"] != "tanggap-checkpoint-1":
        raise ValueError("this is no checkpoint")
    if type(statement["size"]) is not int or not HEX64.fullmatch(statement["root"]):
        raise ValueError("size or root is none")
    body = canonical(statement)
    if not is_signed(body, said["signature"], keys.public.get(statement["key"], b"")):
        result.say(file, 0, f"{what}: it is not what the key {statement['key']} signed")
    if keys.origin and statement["origin"] != keys.origin:
        result.say(file, 0, f"{what}: it is of {statement['origin']}, the keys are of {keys.origin}")
    at = moment(statement["at"])
    return Checkpoint(statement["size"], statement["root"], at, sha256(body), statement["previous"], body)


def read_checkpoints(said: Any, keys: Keys, result: Result) -> list[Checkpoint]:
    """Return all checkpoints of a package, each linked to the one before."""
    file, found, order, at = "checkpoints.json", list[Checkpoint](), [*keys.public], 0
    for place, one in enumerate(said["checkpoints"], start=1):
        by = one["checkpoint"]["key"]
        if by in order[:at]:
            result.say(file, 0, f"checkpoint {place}: signed by the key {by}, though another one was in use before")
        at = order.index(by) if by in order[at:] else at
        made = read_checkpoint(one, keys, file, f"checkpoint {place}", result)
        before = found[-1] if found else None
        if made.previous != (before.digest if before else None):
            result.say(file, 0, f"{made}: it does not follow on {before or 'nothing, as the first one must'}")
        if before and (made.size <= before.size or made.at <= before.at):
            result.say(file, 0, f"{made}: it is not larger and later than the one before")
        found.append(made)
    result.counts["checkpoints"] += len(found)
    return found


def check_timestamps(folder: str, checkpoints: Sequence[Checkpoint], certificates: str, result: Result) -> None:
    """Check the time stamps of an outside authority over checkpoints (RFC 3161), with its certificate."""
    file, known, taken = "timestamps.json", {one.size: one for one in checkpoints}, set[int]()
    said = read_json(folder, file)["timestamps"]
    if not certificates:
        result.notes.append(f"{len(said)} time stamps present, not checked: no certificate given (--tsa-cert)")
        return
    authority = _Authority(certificates)
    for one in said:
        size = one["size"]
        made = known.get(size)
        if made is None or size in taken:
            result.say(file, 0, f"there is no checkpoint over {str(size)[:20]} entries, or it is stamped twice")
            continue
        taken.add(size)
        try:
            at = authority.time_of(base64.b64decode(one["response"], validate=True), made.body)
        except ValueError as error:
            result.say(file, 0, f"{made}: its time stamp is none, or not of this authority: {error}")
            continue
        result.counts["time stamps"] += 1
        if at < made.at - HOUR:
            result.say(file, 0, f"{made}: it was stamped {at}, before it says it was made")
        elif at > made.at + 2 * DAY:
            result.notes.append(f"{made} was stamped on {at.date()} only")


class _Authority:
    """Reads time stamps, and believes those of one authority. The library is asked for only here: it is an extra."""

    def __init__(self, path: str) -> None:
        try:
            import rfc3161_client
            from cryptography import x509
        except ImportError:
            raise UnreadableError(
                "for --tsa-cert, rfc3161-client is needed: pip install 'tanggap-verify[tsa]'"
            ) from None
        try:
            found = x509.load_pem_x509_certificates(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise UnreadableError(f"{path}: this is no certificate ({error})") from None
        self.library, self.verifier = rfc3161_client, rfc3161_client.VerifierBuilder(roots=found).build()

    def time_of(self, content: bytes, body: bytes) -> datetime:
        """Return when some bytes were stamped. Raises ValueError where they were not, or by somebody else."""
        try:
            response = self.library.decode_timestamp_response(content)
            self.verifier.verify_message(response, body)
        except Exception as error:
            raise ValueError(str(error)[:200]) from None
        at: datetime = response.tst_info.gen_time
        return at


def check_signature(package: Package, keys: Keys, result: Result) -> None:
    """Check who signed the description of the package."""
    file = "signature.json"
    said = read_json(package.folder, file)
    statement = said["statement"]
    if {*statement} != PACKAGE_FIELDS or statement["format"] != "tanggap-package-1":
        result.say(file, 0, "this is no statement of a package")
        return
    if statement["datapackage"] != sha256(read_file(package.folder, "datapackage.json")):
        result.say(file, 0, "datapackage.json is not the one that was signed")
    if not is_signed(canonical(statement), said["signature"], keys.public.get(statement["key"], b"")):
        result.say(file, 0, f"the package is not signed by the key {statement['key']}")
    if statement["origin"] != keys.origin:
        result.say(file, 0, f"the package says it is of {statement['origin']}, its keys are of {keys.origin}")
    if moment(statement["at"]) != package.created:
        result.say(file, 0, f"signed for {statement['at']}, and datapackage.json says {package.created}")


def check_receipt(text: str, keys: Keys, first_events: Mapping[str, str], result: Result) -> None:
    """Check a receipt as it is written on paper: who signed it, and whether the record has what it says."""
    parts = re.sub(r"\s+", "", text).rpartition("#")[2].split(".")
    file = f"receipt {parts[1][:20] if len(parts) == 6 else ''}".strip()
    try:
        name, number, day, event, key, signature = parts
        hashed, signed = (
            base64.b64decode(one + "=" * (-len(one) % 4), b"-_", validate=True) for one in (event, signature)
        )
        on = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        said = {"format": "tanggap-receipt-1", "report": number, "event": hashed.hex(), "day": on, "key": key}
        is_one = name == "TR1" and bool(date.fromisoformat(on))
    except ValueError:
        is_one = False
    if not is_one:
        result.say(file, 0, "this is no receipt")
        return
    result.counts["receipts"] += 1
    if not is_signed(canonical(said), signed.hex(), keys.public.get(key, b"")) or key not in keys.announced:
        result.say(file, 0, f"no trusted key signed it (it names {key})")
    found = first_events.get(number)
    if found is None:
        result.notes.append(f"{file}: its report is not public, so only the site can show the place of its event")
    elif found != hashed.hex():
        result.say(file, 0, f"the first event of report {number} is {found}, the receipt says {hashed.hex()}")


# 6. Reports ----------------------------------------------------------------------------------------------------------

OF_REPORTS = ("reports", "facts", "assignments", "clocks", "events", "ratings")
NUMBER, HEX32 = re.compile("[0-9A-Z-]{1,40}"), re.compile("[0-9a-f]{32}")
COMMITMENT = re.compile('"([a-z0-9_:]+)": "([0-9a-f]{64})"')
EMPTIES_OUTCOME = {"reopen", "object_formal", "reopen_parts"}
CLOSES = {
    "confirm_done": "confirmed",
    "auto_close": "auto",
    "close_manual": "manual",
    "data_deadline_passed": "deemed_withdrawn",
    "close_parts": "parts",
}
VERIFIES = {"verify_and_assign", "manage_self", "request_data", "split", "archive"}
FOLLOWS_UP = {"follow_up", "answer"}
HEADER_CELLS = (
    *("acted_at", "recorded_at", "role", "user", "agency", "unit", "from", "to", "visibility", "data", "commitments"),
    *("nonce", "previous"),
)
CLOCK_CELLS = (
    *(
        "clock",
        "started_on",
        "count",
        "days",
        "policy",
        "calendar",
        "zone",
        "extended",
        "anchor_on",
        "remaining",
        "due_on",
    ),
    *("pauses", "stopped_on", "is_late"),
)
EXTENDS = {"grant_extension": "resolve", "extend_formal": "formal"}
ANSWER_TIMES = {"resolve", "reopened", "formal", "formal_objection"}
ANSWERED_ELSEWHERE = {"hand_to_ppid", "object_formal", "split"}
# The times that are not those of the office that owns a report: nothing is overdue by them.
OVER = {"closed", "archived"}
FAMILIES = {"answered": "in_progress", "split": "in_progress", "withdrawn": "archived"}  # the others are their own
BEGUN_FIRST = {"verify", "statutory_notice"}  # by the first act, of which nobody knows what it says
NOT_OWED = {"auto_close", "data_request", "reopen_window", "appeal", "hop", "arbitration", "formal_window"}
# Of these columns an empty cell is the empty text; of all others of the facts it is null.
NEVER_NULL = {
    *("status", "family", "outcome", "closing", "archive_reason", "solved", "channel", "classification"),
    *("verify_state", "followup_state", "resolve_state"),
}
# What stands in `reports` and in `facts` alike.
BOTH = {
    **{name: name for name in ("received_on", "classification", "category", "area", "status", "channel", "outcome")},
    **{name: name for name in ("archive_reason", "is_extended", "rating", "solved", "reopen_count")},
    "agency": "now_agency",
    "unit": "now_unit",
}


@dataclass
class Context:
    """What every task knows of the package."""

    package: Package
    rules: Rules
    formulas: list[Formula]
    checkpoints: list[Checkpoint]
    leaves: str = ""  # the file that holds the leaves of the log, 32 bytes each; '' where the package has no log


@dataclass(slots=True)
class Event:
    """An event: of one that is withheld, only its place and hash."""

    row: Row
    seq: int
    hash: str
    index: int | None
    kind: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    acted: datetime = EVER
    recorded: datetime = EVER
    before: str = ""
    after: str = ""


def _canonical_cell(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the object in a cell, and its canonical form; short ones are remembered, because many are alike."""
    return _short_cell(text) if len(text) < SHORT else _short_cell.__wrapped__(text)


@lru_cache(maxsize=50_000)
def _short_cell(text: str) -> tuple[Mapping[str, Any], str]:
    value = parse_json(text)
    if not isinstance(value, dict):
        raise ValueError("it is no object")  # noqa: TRY004
    return value, canonical(value).decode()


@lru_cache(maxsize=10_000)
def _are_codes(codes: tuple[str, ...]) -> bool:
    return all(map(CODE.fullmatch, codes))


def _commitments(text: str) -> str:
    """Return commitments as canonical JSON; those that are plain names and hashes without reading them as JSON."""
    found = COMMITMENT.findall(text)
    if "{" + ", ".join(f'"{name}": "{value}"' for name, value in found) + "}" == text:
        if len({name for name, _value in found}) < len(found):
            raise ValueError("a commitment stands twice")
        return "{" + ",".join(f'"{name}":"{value}"' for name, value in sorted(found)) + "}"
    return canonical(parse_json(text)).decode()


class Reports:
    """Checks reports one by one: all that a package says of one, against each other."""

    def __init__(self, context: Context, result: Result) -> None:
        self.context, self.result, self.rules = context, result, context.rules
        self.ends = [one.size for one in context.checkpoints]
        self.leaves = _mapped(context.leaves)
        self.claimed = bytearray(len(self.leaves) // 256 + 1) if self.leaves is not None else bytearray()
        now = context.package.created
        tables = context.package.tables
        self.header_cells = itemgetter(*(tables["events"].places[name] for name in HEADER_CELLS))
        self.both_cells = (
            itemgetter(*(tables["reports"].places[name] for name in BOTH)),
            itemgetter(*(tables["facts"].places[name] for name in BOTH.values())),
        )
        self.shapes = {name: _shapes(tables[name]) for name in ("reports", "facts", "assignments", "ratings")}
        clocks = tables["clocks"].places
        self.clock_cells = itemgetter(*(clocks[name] for name in CLOCK_CELLS))
        self.right: set[int] = set()  # runs of clocks that were counted and came out right, by what they rest on
        self.young = context.checkpoints[-1].at - HOUR if context.checkpoints else now

    def check(self, number: str, rows: Mapping[str, list[Row]]) -> None:
        """Check one report; `rows` are its rows by table."""
        (report,) = rows["reports"]
        self.result.counts["reports"] += 1
        for name, shapes in self.shapes.items():
            for row in rows[name]:
                _check_cells(row, shapes, self.result)
        if report.flag("is_stub"):
            for name in OF_REPORTS[1:]:
                for row in rows[name]:
                    self.say(row, f"report {number} is a stub, so it has no rows here")
            return
        events = self._events(number, rows["events"])
        if not events:
            self.say(report, f"report {number} has no events")
        if len(rows["facts"]) != 1:
            self.say(report, f"report {number} has {len(rows['facts'])} rows of facts")
            return
        one = OneReport(self, number, report, rows["facts"][0], events)
        one.check_scope()
        one.check_facts()
        one.check_assignments(rows["assignments"])
        one.check_ratings(rows["ratings"])
        one.check_clocks(rows["clocks"])
        one.check_offices(rows["assignments"], rows["clocks"])

    def say(self, row: Row, text: str) -> None:
        """Keep a finding at a row."""
        self.result.say(row.table.path, row.line, text)

    # The chain

    def _events(self, number: str, rows: Sequence[Row]) -> list[Event]:
        found: list[Event] = []
        for place, row in enumerate(rows, start=1):
            event = Event(row, row.number("seq"), row.text("hash"), row.integer("log_index"), row.text("kind"))
            what = f"report {number}: event {event.seq}"
            if event.seq != place:
                self.say(row, f"report {number}: event {place} is missing (found {event.seq} in its place)")
                place = event.seq
            if not HEX64.fullmatch(event.hash):
                raise row.bad("hash", "no hash")
            self._check_leaf(event, what, found[-1] if found else None)
            if event.kind:
                self._check_header(number, event, what, found[-1] if found else None)
            elif any(row.cells[row.table.places["kind"] :]):
                self.say(row, f"{what}: a header is there whole or not at all")
            found.append(event)
        self.result.counts["events"] += len(found)
        return found

    def _check_leaf(self, event: Event, what: str, before: Event | None) -> None:
        index = event.index
        if index is None:
            return
        if before is not None and before.index is None:
            self.say(
                before.row, f"{what[: what.index(':')]}: event {before.seq} was kept out of the log, the next was not"
            )
        if self.leaves is None:
            return
        if not 0 <= index < len(self.leaves) // 32:
            self.say(event.row, f"{what}: the log has no entry {index}")
            return
        if self.leaves[32 * index : 32 * index + 32] != bytes.fromhex(event.hash):
            self.say(event.row, f"{what} is not the one that stands in the log at {index}")
        bit = 1 << (index & 7)
        if self.claimed[index >> 3] & bit:
            self.say(event.row, f"{what}: another event has the entry {index} of the log, too")
        self.claimed[index >> 3] |= bit

    def _check_header(self, number: str, event: Event, what: str, before: Event | None) -> None:
        row = event.row
        try:
            header = self._header(number, event)
        except ValueError as error:
            self.say(row, f"{what}: its header cannot be read: {error}")
            return
        self.result.counts["headers"] += 1
        if hashlib.sha256(header.encode()).hexdigest() != event.hash:
            self.say(row, f"{what} was changed: its hash is not that of its header")
        if row.text("previous") != (before.hash if before else ZEROS):
            self.say(row, f"{what} does not follow the event before it")
        if before is not None and before.kind:
            if event.recorded < before.recorded:
                self.say(row, f"{what} was recorded before the event before it")
            if event.before != before.after:
                self.say(row, f"{what} leaves {event.before!r}, the event before it led to {before.after!r}")
        self._check_date(event, what)

    def _header(self, number: str, event: Event) -> str:
        """Return the header as canonical JSON, its keys in their order. Raises ValueError."""
        row = event.row
        acted, recorded, role, user, agency, unit, before, after, visibility, data, commitments, nonce, previous = (
            self.header_cells(row.cells)
        )
        if not _are_codes((event.kind, role, after, visibility, before or "none")) or not NUMBER.fullmatch(number):
            raise ValueError("a code is none")
        if not HEX32.fullmatch(nonce) or not HEX64.fullmatch(previous):
            raise ValueError("nonce or previous is none")
        event.acted = event.recorded = moment(acted)
        if recorded != acted:
            event.recorded = moment(recorded)
        event.before, event.after = before, after
        event.data, data = _canonical_cell(data)
        ids = [str(_integer(one)) if one else "null" for one in (agency, unit, user)]
        return (
            f'{{"acted_at":"{acted}","agency":{ids[0]},"commitments":{_commitments(commitments)},"data":{data},'
            f'"format":"tanggap-event-1","from":"{before}","kind":"{event.kind}","nonce":"{nonce}",'
            f'"previous":"{previous}","recorded_at":"{recorded}","report":"{number}","role":"{role}",'
            f'"seq":{event.seq},"to":"{after}","unit":{ids[1]},"user":{ids[2]},"visibility":"{visibility}"}}'
        )

    def _check_date(self, event: Event, what: str) -> None:
        """An event is recorded between the checkpoint before its entry and the one that covers it."""
        signed = self.context.checkpoints
        if event.index is None:
            if event.recorded < self.young and signed:
                self.say(event.row, f"{what} is older than {signed[-1]}, and the log does not have it")
            return
        place = bisect_right(self.ends, event.index)
        if place and event.recorded < signed[place - 1].at - HOUR:
            self.say(
                event.row,
                f"{what} was back-dated: it says {event.recorded}, and came into the log after {signed[place - 1]}",
            )
        if place < len(signed) and event.recorded > signed[place].at + HOUR:
            self.say(event.row, f"{what} says {event.recorded}, after {signed[place]}, which covers it")

    def covered_at(self, event: Event) -> datetime:
        """Return when a checkpoint covered an event at the latest; the end of time for one that none covers."""
        place = bisect_right(self.ends, event.index) if event.index is not None else len(self.ends)
        return self.context.checkpoints[place].at if place < len(self.ends) else NEVER


def _mapped(path: str) -> Any:
    if not path or not os.path.getsize(path):
        return None
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class OneReport:
    """One report: what its rows say, and what its events say of the same."""

    def __init__(self, of: Reports, number: str, report: Row, facts: Row, events: list[Event]) -> None:
        self.of, self.number, self.report, self.facts, self.events = of, number, report, facts, events
        self.told = [event for event in events if event.kind]
        # The first event is always withheld; of others that are, nobody knows what they say.
        self.withheld = [event.seq for event in events[1:] if not event.kind]
        said = [event.data["classification"] for event in self.told if "classification" in event.data]
        self.kinds = tuple(sorted({report.text("classification"), *said}))
        self.reclassified = [event for event in self.told if event.kind == "reclassify"]
        self.may_be_corrected = bool(self.withheld or self.reclassified)
        # Facts may be some seconds older than the rows beside them.
        self.is_fresh = facts.number("events") == len(events)

    def differs(self, row: Row, name: str, found: object, said: object, by: str) -> None:
        """Say that a cell is not what something else says."""
        self.of.say(row, f"report {self.number}: {name} is {_shown(found)}, {by} says {_shown(said)}")

    def last(self, has: Callable[[Event], bool]) -> Event | None:
        """Return the newest header of a kind."""
        return next((event for event in reversed(self.told) if has(event)), None)

    def is_open(self, event: Event | None) -> bool:
        """Say whether nothing was withheld after a header (or at all), so that it is the last word."""
        seq = event.seq if event is not None else 1
        return not self.withheld or self.withheld[-1] < seq

    def day(self, event: Event, agency: int | None) -> date:
        """Return the day of an act where an agency is."""
        return event.acted.astimezone(zone_of(self.of.rules.zones.get(agency or 0, "Asia/Jakarta"))).date()

    # Facts

    def check_facts(self) -> None:
        """Compare the facts with the row of the report, and both with the headers."""
        self.of.result.counts["facts"] += 1
        facts, report = self.facts, self.report
        if not self.is_fresh:
            self._check_age()
            return
        of_report, of_facts = (read(row.cells) for read, row in zip(self.of.both_cells, (report, facts), strict=True))
        for name, other in BOTH.items() if of_report != of_facts else ():
            if report.text(name) != facts.text(other):
                self.differs(facts, other, facts.text(other), report.text(name), f"reports.csv line {report.line}")
        family = FAMILIES.get(facts.text("status"), facts.text("status"))
        if facts.text("family") != family:
            self.differs(facts, "family", facts.text("family"), family, "the status")
        for name, (event, said) in self._expected().items():
            for row in (facts, report):
                column = {"agency": "now_agency", "unit": "now_unit"}.get(name, name) if row is facts else name
                if row.text(column) != _cell(said):
                    self.differs(row, column, row.text(column), said, f"event {event}")
        self._check_counts()
        self._check_days()

    def check_scope(self) -> None:
        """A package of a month has the reports of that month; none has one of a day that is still to come."""
        package, received = self.of.context.package, self.report.text("received_on")
        if package.month is not None and received[:7] != package.month:
            self.of.say(self.report, f"report {self.number} is of {received}, and the package of {package.month}")
        if received > str(package.created.date() + DAY):
            self.of.say(self.report, f"report {self.number} is of {received}, after the package was made")
        covered = self.of.covered_at(self.events[0])
        if covered != NEVER and received > str(covered.date() + DAY):
            self.of.say(self.report, f"report {self.number} is of {received}, and its first event was signed {covered}")

    def _check_age(self) -> None:
        """Facts may have been read some seconds before the rows beside them, and from no event that is not there."""
        count, old = self.facts.number("events"), self.of.context.package.created - HOUR
        late = self.events[count] if 0 < count < len(self.events) else None
        if late is None or (late.recorded if late.kind else self.of.covered_at(late)) < old:
            text = f"its facts were read from {count} events, {len(self.events)} are there"
            self.of.say(self.facts, f"report {self.number}: {text}")

    def _expected(self) -> dict[str, tuple[int, Any]]:
        """Return what headers say of columns, with the number of the event that says it."""
        found: dict[str, tuple[int, Any]] = {}
        if (rated := self.last(lambda one: "rating" in one.data)) is not None:
            found |= {name: (rated.seq, rated.data.get(name)) for name in ("rating", "solved")}
        ended = self.last(lambda one: "outcome" in one.data or one.kind in EMPTIES_OUTCOME)
        if ended is not None and self.is_open(ended):
            found["outcome"] = ended.seq, "" if ended.kind in EMPTIES_OUTCOME else ended.data["outcome"]
        if self.told and self.is_open(self.told[-1]):
            found["status"] = self.told[-1].seq, self.told[-1].after
        owned = self.last(lambda one: bool(one.data.get("owner")))
        if owned is not None and self.is_open(owned):
            owner = owned.data["owner"]
            found |= {"agency": (owned.seq, owner["agency"]), "unit": (owned.seq, owner["unit"])}
        return found

    def _check_counts(self) -> None:
        kinds = Counter(event.kind for event in self.told)
        facts, is_whole = self.facts, self.is_open(None)
        for name, kind in (("return_count", "return"), ("reopen_count", "reopen"), ("hop_count", "accept_transfer")):
            found = facts.number(name)
            if found < kinds[kind] or (is_whole and found != kinds[kind]):
                self.differs(facts, name, found, kinds[kind], "the chain")
        for name, told in (
            ("was_answered", kinds["answer"]),
            ("is_extended", kinds["grant_extension"]),
            ("is_formal", kinds["hand_to_ppid"]),
        ):
            if told and not facts.flag(name):
                self.differs(facts, name, "false", "true", "the chain")
            elif is_whole and not told and name != "was_answered" and facts.flag(name):
                self.differs(facts, name, "true", "false", "the chain")

    def _check_days(self) -> None:
        """Compare the days of the row with the acts, and the working days of the facts with the calendar."""
        agency = self.report.integer("agency")
        answered, closed = self.last(lambda one: one.kind == "answer"), self.last(lambda one: one.kind in CLOSES)
        for name, event in (("answered_on", answered), ("closed_on", closed)):
            if not self.is_open(event):
                continue
            if event is None:
                if self.report.text(name):
                    self.differs(self.report, name, self.report.text(name), None, "the chain")
            elif self.report.day(name) != self.day(event, agency) and not self._is_undone(name, event):
                self.differs(self.report, name, self.report.text(name), self.day(event, agency), f"event {event.seq}")
        self._check_outcome_day()
        if self.is_open(None):
            self._check_distances()

    def _check_outcome_day(self) -> None:
        event = self.last(lambda one: "outcome" in one.data)
        if event is None or not self.is_open(event) or self._is_undone("outcome_on", event):
            return
        said, found = event.data.get("outcome_on"), self.report.text("outcome_on")
        if found != _cell(said):
            self.differs(self.report, "outcome_on", found, said, f"event {event.seq}")

    def _check_distances(self) -> None:
        self._check_published()
        self._check_closing()
        self._check_gross()
        self._check_distance("followup_days", next((one for one in self.told if one.kind in FOLLOWS_UP), None))
        if self.facts.text("verify_hours"):
            verified = next((one for one in self.told if one.before == "unverified" and one.kind in VERIFIES), None)
            self._check_distance("verify_days", verified)
        if not any(one.after == "pending" for one in self.told):
            self._check_distance("resolve_days", next((one for one in self.told if one.kind == "answer"), None))

    def _check_closing(self) -> None:
        """How it was closed follows from the last act that closed it, unless it was opened again after that."""
        ended = self.last(lambda one: one.kind in CLOSES or one.kind in EMPTIES_OUTCOME or one.kind == "supply_data")
        wanted = CLOSES.get(ended.kind, "") if ended is not None else ""
        if self.told and self.facts.text("closing") != wanted:
            self.differs(self.facts, "closing", self.facts.text("closing"), wanted, "the chain")

    def _check_published(self) -> None:
        """A report became public by an act, and is returned only where one returned it."""
        agency, on = self.report.integer("agency"), self.report.text("published_on")
        if on not in {str(self.day(event, agency)) for event in self.told}:
            self.differs(self.report, "published_on", on, "no act on that day", "the chain")
        if self.report.flag("is_returned") and not any(event.kind == "return" for event in self.told):
            self.differs(self.report, "is_returned", "true", "no return", "the chain")

    def _is_undone(self, name: str, event: Event) -> bool:
        """Say whether a cell is empty because the report was opened again later."""
        return not self.report.text(name) and any(
            one.seq > event.seq and one.kind in EMPTIES_OUTCOME for one in self.told
        )

    def _check_gross(self) -> None:
        """Count the calendar days from the receipt to the first answer."""
        event = next((one for one in self.told if one.kind == "answer"), None)
        received = self.facts.day("received_on")
        if event is None or received is None or "zone" not in event.data:
            return
        on = event.acted.astimezone(zone_of(event.data["zone"])).date()
        if self.facts.integer("resolve_gross_days") != max(0, (on - received).days):
            found = self.facts.text("resolve_gross_days")
            self.differs(self.facts, "resolve_gross_days", found, max(0, (on - received).days), f"event {event.seq}")

    def _check_distance(self, name: str, event: Event | None) -> None:
        """Count the working days from the receipt to an act, with the calendar and the owner of that moment."""
        received, found = self.facts.day("received_on"), self.facts.integer(name)
        if event is None or received is None or "calendar" not in event.data:
            return
        owners = [one.data["owner"]["agency"] for one in self.told if one.data.get("owner") and one.seq <= event.seq]
        if not owners:
            return
        on = event.acted.astimezone(zone_of(event.data.get("zone", "Asia/Jakarta"))).date()
        days = max(0, self.of.rules.calendar(event.data["calendar"], owners[-1]).between(received, on))
        if days != found:
            self.differs(self.facts, name, found, days, f"the calendar with event {event.seq}")

    # Assignments and ratings

    def check_assignments(self, rows: Sequence[Row]) -> None:
        """Compare each assignment with its event, and the last one with the row of the report."""
        known = {event.seq: event for event in self.told}
        self._check_order(rows)
        for row in rows:
            self.of.result.counts["assignments"] += 1
            if (seq := row.number("seq")) in known:
                self._check_assignment(row, known[seq])
        self._check_owners(rows)

    def _check_order(self, rows: Sequence[Row]) -> None:
        """Each row is of an event of its own that may say such a thing: not the first, and none that is not there."""
        before = 1
        for row in rows:
            seq = row.number("seq")
            if not before < seq <= len(self.events):
                self.of.say(row, f"report {self.number}: event {seq} is not there, or stands here twice")
            before = max(before, seq)

    def _check_owners(self, rows: Sequence[Row]) -> None:
        seen = {row.number("seq") for row in rows}
        for event in self.told:
            if event.data.get("owner") and event.seq not in seen:
                text = f"report {self.number}: the assignment by event {event.seq} is not in assignments.csv"
                self.of.say(event.row, text)
        if rows and self.is_open_after(rows[-1].number("seq")):
            for name in ("agency", "unit"):
                if rows[-1].text(name) != self.report.text(name):
                    by = f"assignments.csv line {rows[-1].line}"
                    self.differs(self.report, name, self.report.text(name), rows[-1].text(name), by)

    def _check_assignment(self, row: Row, event: Event) -> None:
        owner = event.data.get("owner") or {}
        said = {
            "kind": event.kind,
            "agency": owner.get("agency"),
            "unit": owner.get("unit"),
            "by_agency": event.row.integer("agency"),
            "by_unit": event.row.integer("unit"),
            "day": self.day(event, owner.get("agency")),
        }
        for name, value in said.items():
            if row.text(name) != _cell(value):
                self.differs(row, name, row.text(name), value, f"event {event.seq}")

    def is_open_after(self, seq: int) -> bool:
        """Say whether no event after a number is withheld."""
        return not self.withheld or self.withheld[-1] <= seq

    def check_ratings(self, rows: Sequence[Row]) -> None:
        """Compare each rating with its event, and the last one with the facts."""
        known = {event.seq: event for event in self.told}
        self._check_order(rows)
        for row in rows:
            self.of.result.counts["ratings"] += 1
            event = known.get(row.number("seq"))
            if event is None:
                continue
            said = {"rating": event.data.get("rating"), "solved": event.data.get("solved")}
            said["day"] = self.day(event, self.report.integer("agency"))
            for name, value in said.items():
                if row.text(name) != _cell(value):
                    self.differs(row, name, row.text(name), value, f"event {event.seq}")
        seen = {row.number("seq") for row in rows}
        for event in self.told:
            if "rating" in event.data and event.seq not in seen:
                self.of.say(event.row, f"report {self.number}: the rating by event {event.seq} is not in ratings.csv")
        last = rows[-1] if rows else None
        if self.is_fresh and self.facts.text("rating") != (last.text("rating") if last else ""):
            self.differs(self.facts, "rating", self.facts.text("rating"), last and last.text("rating"), "ratings.csv")

    def check_offices(self, assignments: Sequence[Row], clocks: Sequence[Row]) -> None:
        """Whoever a stage counts for has had the report, and a unit belongs to its agency."""
        facts, units = self.facts, self.of.rules.units
        had = {event.data["owner"]["agency"] for event in self.told if event.data.get("owner")}
        had |= {row.integer(name) for row in assignments for name in ("agency", "by_agency")}
        had |= {row.integer("agency") for row in clocks} | {facts.integer("now_agency"), None}
        had_units = {event.data["owner"].get("unit") for event in self.told if event.data.get("owner")}
        had_units |= {row.integer(name) for row in assignments for name in ("unit", "by_unit")}
        had_units |= {event.row.integer("unit") for event in self.told} | {facts.integer("now_unit"), None}
        for stage in STAGES:
            agency, unit = facts.integer(f"{stage}_agency"), facts.integer(f"{stage}_unit")
            if agency is not None and agency not in self.of.rules.zones:
                self.of.say(facts, f"report {self.number}: {stage}_agency is {agency}, which agencies.csv has not")
            if unit is not None and units.get(unit) != agency:
                self.of.say(facts, f"report {self.number}: {stage}_unit is {unit}, no unit of the agency {agency}")
            if stage == "received" or not self.is_open(None):
                continue
            for name, one, known in (("agency", agency, had), ("unit", unit, had_units)):
                if one not in known:
                    self.of.say(facts, f"report {self.number}: {stage}_{name} is {one}, which never had the report")
        self._check_overdue(clocks)

    def _check_overdue(self, clocks: Sequence[Row]) -> None:
        facts = self.facts
        if self.is_fresh:
            owed = [row for row in clocks if row.text("clock") not in NOT_OWED]
            late = [row.text("due_on") for row in owed if row.flag("is_late") and not row.text("stopped_on")]
            wanted = {min(late, default="")} if facts.text("family") not in OVER else {""}
            if facts.text("overdue_since") not in wanted:
                self.differs(facts, "overdue_since", facts.text("overdue_since"), min(wanted), "clocks.csv")

    # Clocks

    def check_clocks(self, rows: Sequence[Row]) -> None:
        """Recompute each due date, and compare how the times ended with the facts."""
        by_clock: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            runs = by_clock[row.text("clock")]
            runs.append(row)
            self.of.result.counts["due dates"] += 1
            if row.number("run") != len(runs):
                self.of.say(row, f"report {self.number}: run {len(runs)} of {row.text('clock')} is missing")
            try:
                self._check_clock(row)
            except ValueError as error:
                self.of.say(row, f"report {self.number}: {row.text('clock')} cannot be counted: {error}")
        self._check_runs(by_clock, Counter(event.kind for event in self.told))
        for kind, clock in EXTENDS.items():
            given = sum(event.data.get("extension", 0) for event in self.told if event.kind == kind)
            found = sum(row.number("extended") for row in by_clock.get(clock, ()))
            if self.is_open(None) and given != found:
                row = by_clock[clock][-1] if clock in by_clock else self.report
                self.differs(row, "extended", found, given, f"the chain ({kind})")
        if self.is_fresh:
            self._check_states(by_clock, rows)

    def _check_clock(self, row: Row) -> None:
        """Check a run, unless one of the same days and rules was right before: of a month there are many alike."""
        self._check_acts(row)
        agency = row.integer("agency")
        if agency not in self.of.rules.changes:
            agency = None  # its calendar is that of the country
        alike = hash((self.kinds, agency, self.of.clock_cells(row.cells)))
        if alike in self.of.right and not self.may_be_corrected:
            return
        clock = OneClock(self, row)
        clock.check()
        if clock.is_right and not self.may_be_corrected and len(self.of.right) < 500_000:
            self.of.right.add(alike)

    def _check_acts(self, row: Row) -> None:
        """A run begins, stands still and stops by acts; where none of them is withheld, their days are known."""
        self._check_policy(row)
        if not self.is_open(None):
            return
        had = {event.data["owner"]["agency"] for event in self.told if event.data.get("owner")}
        if row.integer("agency") not in had | {self.facts.integer("received_agency"), self.report.integer("agency")}:
            self.differs(row, "agency", row.text("agency"), "no such owner", "the chain")
        zone = zone_of(row.text("zone"))
        days = {str(event.acted.astimezone(zone).date()) for event in self.told}
        begins, stopped, by = row.text("started_on"), row.text("stopped_on"), row.text("stopped_by")
        is_first = row.text("clock") in BEGUN_FIRST and row.text("run") == "1"
        if begins not in days and not (is_first and begins <= min(days, default=begins)):
            self.differs(row, "started_on", begins, "no act on that day", "the chain")
        acts = {(event.kind, str(event.acted.astimezone(zone).date())) for event in self.told}
        if stopped and (by, stopped) not in acts and not (by == "restart" and stopped in days):
            self.differs(row, "stopped_on", stopped, f"no {by} on that day", "the chain")
        for pause in row.json("pauses") or ():
            for day in (pause["from"], pause.get("to")):
                if day is not None and day not in days:
                    self.differs(row, "pauses", day, "no act on that day", "the chain")

    def _check_policy(self, row: Row) -> None:
        """The policy of a run is that of its acts, was in force, and is of the country or of an agency that has it."""
        policy, begins = row.text("policy"), row.text("started_on")
        first, last, agency = self.of.rules.valid.get(policy, ("9999", "", None))
        if begins < first or self.report.text("received_on") > last:
            self.of.say(row, f"report {self.number}: {policy} was not in force on {begins}")
        if agency is not None and agency not in (row.integer("agency"), self.report.integer("agency")):
            self.of.say(row, f"report {self.number}: {policy} is of the agency {agency}")
        said = {one for event in self.told for one in str(event.data.get("policy", "")).split("+")}
        if self.is_open(None) and row.text("clock") not in BEGUN_FIRST and self.told and policy not in said:
            self.differs(row, "policy", policy, ", ".join(sorted(said)), "the chain")

    def _check_runs(self, by_clock: Mapping[str, list[Row]], kinds: Counter[str]) -> None:
        """Acts that begin a time have left a run of it."""
        verified = sum(kinds[kind] for kind in ("verify_and_assign", "manage_self"))
        wanted = {"first_followup": verified, "resolve": min(1, verified), "reopened": kinds["reopen"]}
        wanted |= {"verify": int(any(event.before == "unverified" for event in self.told))}
        for clock, count in wanted.items():
            if len(by_clock.get(clock, ())) < count:
                self.of.say(self.report, f"report {self.number}: {count} runs of {clock} began, clocks.csv has fewer")

    def _check_states(self, by_clock: Mapping[str, list[Row]], rows: Sequence[Row]) -> None:
        verify, followup = by_clock.get("verify", []), by_clock.get("first_followup", [])
        resolve = [
            row
            for row in rows
            if row.text("clock") in ANSWER_TIMES and row.text("stopped_by") not in ANSWERED_ELSEWHERE
        ]
        has_followed = any(event.kind in FOLLOWS_UP for event in self.told)
        found = {
            "verify_state": _state(verify, kept=any(row.text("stopped_by") in VERIFIES for row in verify)),
            "resolve_state": _state(resolve, kept=any(row.text("stopped_by") == "answer" for row in resolve)),
        }
        if has_followed or self.is_open(None):
            found["followup_state"] = _state(followup, kept=has_followed)
        for name, state in found.items():
            if self.facts.text(name) != state:
                self.differs(self.facts, name, self.facts.text(name), state, "clocks.csv")


def _state(runs: Sequence[Row], *, kept: bool) -> str:
    """Return how the runs of a time add up: the first that ran out says it, else the last."""
    for row in runs:
        if row.flag("is_late"):
            return "missed" if row.text("stopped_on") else "late"
    if not runs:
        return "none"
    if not runs[-1].text("stopped_on"):
        return "running"
    return "kept" if kept else "none"


def _shown(value: object) -> str:
    return repr("" if value is None else str(value))


def _cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class OneClock:
    """One run of one clock: its limit, its due day, whether it was late."""

    def __init__(self, report: OneReport, row: Row) -> None:
        self.report, self.row, self.rules, self.is_right = report, row, report.of.rules, True
        self.clock, self.unit = row.text("clock"), row.text("days")
        self.calendar = self.rules.calendar(row.number("calendar"), row.integer("agency"))
        self.zone = zone_of(row.text("zone"))
        self.due = self._needed("due_on")
        self.pauses: list[Any] = [] if row.text("pauses") == "[]" else row.json("pauses") or []

    def _needed(self, name: str) -> date:
        found = self.row.day(name)
        if found is None:
            raise self.row.bad(name, "empty")
        return found

    def check(self) -> None:
        """Check all of it."""
        self._check_limit()
        anchor, remaining, rest = self._counted()
        found = self._needed("anchor_on"), self.row.number("remaining")
        if found != (anchor, remaining) and not self._may_be_corrected():
            self.say(f"{found[1]} remain from {found[0]}; counted, it is {remaining} from {anchor}{rest}")
        self._check_due(*found)
        self._check_late()

    def say(self, text: str) -> None:
        """Keep a finding at the row."""
        self.is_right = False
        self.report.of.say(self.row, f"report {self.report.number}: {self.clock} {self.row.text('run')}: {text}")

    def _may_be_corrected(self) -> bool:
        """Say whether its limit may have been another one before: after a corrected classification, or a hidden act."""
        return self.clock == "resolve" and self.report.may_be_corrected

    def _check_limit(self) -> None:
        limit = self.row.number("count"), self.unit
        policy = self.row.text("policy")
        if not any(limit in self.rules.allowed(policy, self.clock, kind) for kind in self.report.kinds):
            self.say(f"{policy} gives no limit of {limit[0]} {limit[1]} for {' or '.join(self.report.kinds)}")

    def _counted(self) -> tuple[date, int, str]:
        """Return the anchor and what remains from it: the limit less what passed before each pause, and more time."""
        anchor, remaining = self._needed("started_on"), self.row.number("count")
        more = self.row.number("extended")
        for pause in self.pauses:
            begun, ended = _day(pause["from"]), _day(pause["to"]) if pause.get("to") else None
            left = remaining - self._passed(anchor, begun)
            given = min(max(0, pause["remaining"] - left), more)  # more time that was given before this pause
            more -= given
            if pause["remaining"] != left + given and not self._may_be_corrected():
                self.say(f"{pause['remaining']} remained in the pause from {begun}; counted, it is {left + given}")
            if ended is None or begun > self._after(anchor, remaining + given)[1]:
                remaining += given
                continue  # it stands still, or was overdue: nothing is given back
            anchor, remaining = ended, pause["remaining"]
        return anchor, remaining + more, f" with {self.row.text('pauses')}" if self.pauses else ""

    def _passed(self, anchor: date, until: date) -> int:
        return self.calendar.between(anchor, until) if self.unit == "wd" else (until - anchor).days

    def _after(self, anchor: date, count: int) -> tuple[date, date]:
        """Return the first and the last day that may be the due day: the hour of the start is not told."""
        if self.unit == "wd":
            return (self.calendar.after(anchor, count),) * 2
        if self.unit == "cd":
            return (anchor + count * DAY,) * 2
        if self.unit != "hour":
            raise ValueError(f"{self.unit[:20]!r} is no unit")
        return anchor + count // 24 * DAY, anchor + -(-count // 24) * DAY

    def _check_due(self, anchor: date, remaining: int) -> None:
        first, last = self._after(anchor, remaining)
        if first <= self.due <= last:
            return
        # A corrected classification gives no less than two working days from then, and no more than there were.
        if self.due > last and self._may_be_corrected() and self._is_corrected_day():
            return
        self.say(f"due on {self.due}; {remaining} {self.unit} from {anchor} end on {last}")

    def _is_corrected_day(self) -> bool:
        if self.report.withheld:
            return True
        days = {event.acted.astimezone(self.zone).date() for event in self.report.reclassified}
        return any(self.due <= self.calendar.after(day, 2) for day in days)

    def _check_late(self) -> None:
        stopped, pauses = self.row.text("stopped_on"), self.pauses
        until = self.row.day("stopped_on") or self.report.of.context.package.created.astimezone(self.zone).date()
        ends = [until]
        # One that stands still, or stood still when it was stopped, counts to the beginning of that pause.
        if pauses and not pauses[-1].get("to"):
            ends = [_day(pauses[-1]["from"])]
        elif pauses and pauses[-1]["to"] == stopped:
            ends.append(_day(pauses[-1]["from"]))
        is_late = self.row.flag("is_late")
        if not any(
            end > self.due or (end == self.due and self.unit == "hour") if is_late else end <= self.due for end in ends
        ):
            self.say(f"is_late is {str(is_late).lower()}, though it was due on {self.due} and counts to {ends[0]}")


def check_reports(context: Context, piece: Mapping[str, tuple[int, int, int]]) -> Result:
    """Check the reports of one piece of the tables: for each table where it begins and ends, and on which line."""
    result = Result()
    checks = Reports(context, result)
    streams = {name: _by_number(context.package.tables[name], piece[name], result) for name in OF_REPORTS}
    waiting = {name: next(stream, None) for name, stream in streams.items()}
    while any(waiting.values()):
        number = min(group[0] for group in waiting.values() if group)
        rows = {name: group[1] if group and group[0] == number else [] for name, group in waiting.items()}
        try:
            _check_one(checks, number, rows)
        except BadCellError as error:
            result.say(*error.finding)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            place = next(found[0] for found in rows.values() if found)
            result.say(place.table.path, place.line, f"report {number}: it cannot be checked: {error!r}")
        for name, group in waiting.items():
            if group and group[0] == number:
                waiting[name] = next(streams[name], None)
    result.value = bytes(checks.claimed)
    return result


def _check_one(checks: Reports, number: str, rows: Mapping[str, list[Row]]) -> None:
    if len(rows["reports"]) == 1:
        checks.check(number, rows)
    for row in rows["reports"][1:]:
        checks.say(row, f"report {number} stands here twice")
    if not rows["reports"]:
        for found in rows.values():
            for row in found:
                checks.say(row, f"report {number} is not in reports.csv")


def _by_number(table: Table, piece: tuple[int, int, int], result: Result) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of a table together by the number of the report, which they are ordered by."""
    start, end, line = piece
    number, rows, size = "", list[Row](), 0
    for row in table.rows(start, end, line):
        if row.cells[0] != number:
            if row.cells[0] < number:
                result.say(table.path, row.line, f"report {row.cells[0]} stands after {number}: the order was changed")
                continue
            if rows:
                yield number, rows
            number, rows, size = row.cells[0], [], 0
        size += sum(map(len, row.cells))
        if len(rows) == MOST_ROWS or size > MOST_BYTES:
            raise UnreadableError(f"{table.path} line {row.line}: report {number[:40]} has more rows than can be read")
        rows.append(row)
        result.counts[f"rows of {table.name}"] += 1
    if rows:
        yield number, rows


def pieces(package: Package, count: int) -> list[dict[str, tuple[int, int, int]]]:
    """Divide the tables of reports into pieces of the same numbers: where each begins and ends, in bytes."""
    tables = [package.tables[name] for name in OF_REPORTS]
    sizes = {table.name: table.size for table in tables}
    cuts: list[dict[str, int]] = [dict.fromkeys(sizes, 0)]
    for place in range(1, count):
        with safe_open(package.folder, package.tables["events"].path) as file:
            number = _next_number(file, sizes["events"] * place // count)
        if number:
            cuts.append({table.name: _first_at(table, number, sizes[table.name]) for table in tables})
    lines = {table.name: _line_numbers(table, [cut[table.name] for cut in cuts]) for table in tables}
    cuts.append(dict.fromkeys(sizes, 1 << 62))
    return [
        {name: (low[name], high[name], lines[name][place]) for name in sizes}
        for place, (low, high) in enumerate(pairwise(cuts))
        if low != high
    ]


def _line_numbers(table: Table, places: Sequence[int]) -> list[int]:
    """Return the number of the line that begins at each of some rising places."""
    found, line, here = list[int](), 1, 0
    with safe_open(table.folder, table.path) as file:
        for place in places:
            while here < place and (chunk := file.read(min(1 << 20, place - here))):
                here += len(chunk)
                line += chunk.count(b"\n")
            found.append(line)
    return found


def _next_number(file: Any, place: int) -> bytes:
    """Return the number in the first line that begins at or after a place; nothing at the end."""
    file.seek(place - 1)
    file.readline(LONGEST_LINE)
    found: bytes = file.readline(LONGEST_LINE).partition(b",")[0]
    return found


def _first_at(table: Table, number: bytes, size: int) -> int:
    """Return where the first line of a table with at least a number begins, by halving."""
    low, high = 1, size
    with safe_open(table.folder, table.path) as file:
        while low < high:
            middle = (low + high) // 2
            found = _next_number(file, middle)
            if found and found < number:
                low = middle + 1
            else:
                high = middle
        file.seek(low - 1)
        file.readline(LONGEST_LINE)
        place: int = file.tell()
    return place


# 7. Figures ----------------------------------------------------------------------------------------------------------

MONTHLY = ("nation", "province", "agency", "unit")
YEARLY = ("regency", "district", "category", "channel", "classification")
STAGES = ("received", "verify", "followup", "resolve", "now")
FIGURE_COLUMNS = ("n", "numerator", "denominator", "value", "silence", "low", "high", "spread")
FIRST_RANK = "sla_rate"
# What no row tells of a report: a formula that asks for it is told of the nation alone.
UNTOLD = ("is_escalated",)

type Values = dict[tuple[str, str], dict[str, Figure]]  # (agency, period) -> figures by code, for the ranks
type Standing = dict[str, dict[str, bool]]  # agency -> has_decree, was_active
type Ranks = dict[tuple[str, str, str, str], tuple[str, ...]]


class Sums:
    """Counts the facts by place and period: what each report adds is judged once for all reports of its like.

    A cell maps a number (of a set of measures that were met together), or the text of a measure with a value, to how
    many reports added it.
    """

    def __init__(self, context: Context, kinds: Collection[str]) -> None:
        package = context.package
        self.kinds, self.has_years = frozenset(kinds), package.month is None
        self.windows, self.is_told_everywhere = windows_of(package), package.is_told_everywhere
        self._periods: dict[tuple[bool, str], tuple[str, ...]] = {}
        self.mine = _places_of(package)
        self.stages = {stage: _Stage(stage, context.formulas) for stage in STAGES}
        self.cells: dict[tuple[str, str], dict[str, Counter[int | str]]] = {}
        self.sets: list[tuple[str, ...]] = []
        self._known: dict[tuple[tuple[str, ...], ...], int] = {}
        self.columns = _typed(package.tables["facts"])

    def add(self, row: Row) -> None:
        """Count one report. Raises ValueError for cells that are not what they should be."""
        facts = {name: read(row.cells[place]) for name, place, read in self.columns}
        month = str(facts["received_on"])[:7]
        judged = {stage: one.judge(facts) for stage, one in self.stages.items()}
        values = {stage: one.values(facts, judged[stage]) for stage, one in self.stages.items()}
        if not self.kinds.isdisjoint(_SHARED):
            together = self._set(tuple(met for met, _valued in judged.values()))
            every = [value for of_stage in values.values() for value in of_stage]
            for kind, place in _shared_places(facts):
                self._count(kind, place, month, together, every)
        for stage in STAGES:
            met = self._set((judged[stage][0],))
            self._count("agency", str(facts[f"{stage}_agency"]), month, met, values[stage])
            if (unit := facts[f"{stage}_unit"]) is not None:
                self._count("unit", str(unit), month, met, values[stage])

    def _set(self, met: tuple[tuple[str, ...], ...]) -> int:
        found = self._known.get(met)
        if found is None:
            found = self._known[met] = len(self.sets)
            self.sets.append(tuple(key for keys in met for key in keys))
        return found

    def _count(self, kind: str, place: str, month: str, met: int, values: Iterable[str]) -> None:
        if kind not in self.kinds or (self.mine is not None and (kind, place) not in self.mine):
            return
        cells = self.cells.setdefault((kind, place), {})
        for period in self._kept(kind, month):
            cell = cells.setdefault(period, Counter())
            cell[met] += 1
            for value in values:
                cell[value] += 1

    def _kept(self, kind: str, month: str) -> tuple[str, ...]:
        """Return the periods that a month of a kind of place is counted in: itself, or its year and windows."""
        key = kind in MONTHLY or not self.has_years, month
        found = self._periods.get(key)
        if found is None:
            found = (month,) if key[0] else (month[:4], *_touched(self.windows, month))
            self._periods[key] = found
        return found

    def rest(self, row: Row) -> None:
        """Add a row of what the facts do not tell."""
        kind, place, month = row.text("kind"), row.text("place"), row.text("period")
        if kind not in self.kinds:
            return
        for period in self._kept(kind, month):
            cell = self.cells.setdefault((kind, place), {}).setdefault(period, Counter())
            for key, number in row.json("tally").items():
                if type(number) is not int:
                    raise row.bad("tally", "no sums")
                cell[key if ":" in key else f"{key}:"] += number

    def tallies(self, kind: str, place: str) -> dict[str, Tally]:
        """Return the sums of a place by period, years and windows too; they are forgotten here."""
        found = {period: self._spread(cell) for period, cell in self.cells.pop((kind, place), {}).items()}
        if kind in MONTHLY and self.has_years:
            for month in sorted(found):
                for period in (month[:4], *_touched(self.windows, month)):
                    whole = found.setdefault(period, {})
                    for key, counts in found[month].items():
                        whole.setdefault(key, Counter()).update(counts)
        return found

    def _spread(self, cell: Mapping[int | str, int]) -> Tally:
        tally: Tally = {}
        for key, number in cell.items():
            if isinstance(key, int):
                for one in self.sets[key]:
                    tally.setdefault(one, Counter())[""] += number
            else:
                name, _, value = key.partition(":")
                tally.setdefault(name, Counter())[value] += number
        return tally


def check_rest(context: Context) -> Result:
    """Check that the sums of what is not public add up: whatever is counted of the nation is counted of its parts."""
    result, table = Result(), context.package.tables["rest"]
    totals: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in _TOTALS}
    untold = _untold(context)
    for row in table.rows():
        kind, period = row.text("kind"), row.text("period")
        if kind not in (*MONTHLY, *YEARLY) or not MONTH.fullmatch(period):
            result.say(table.path, row.line, f"there is no sum of {kind[:40]!r} in {period[:40]!r}")
            continue
        tally = row.json("tally") or {}
        if kind != "nation" and (said := sorted({key.partition(":")[0] for key in tally} & untold)):
            result.say(table.path, row.line, f"{', '.join(said)} is told of the nation alone, and stands at {kind}")
        for key, number in tally.items() if kind in totals else ():
            totals[kind][period, key] += number
    pairs = WHOLE_OF_OLD if context.package.is_told_everywhere else WHOLE
    for whole, parts in pairs if context.package.agency is None else ():
        for period, key in sorted(totals[whole].keys() | totals[parts].keys()):
            if whole != "nation" or key.partition(":")[0] not in untold:
                sums = totals[whole][period, key], totals[parts][period, key]
                _compare_sums(f"{key} in {period}", whole, parts, sums, result)
    return result


def _untold(context: Context) -> set[str]:
    """Return the keys of what is told of the nation alone."""
    if context.package.is_told_everywhere:
        return set()
    return {key for one in context.formulas if one.is_of_reports for key in one.untold}


def _compare_sums(what: str, whole: str, parts: str, sums: tuple[int, int], result: Result) -> None:
    if sums[0] != sums[1]:
        of = "the nation" if whole == "nation" else f"each {whole} together"
        result.say("data/rest.csv", 0, f"{what}: {sums[0]} of {of}, and {sums[1]} of each {parts} together")


# Every report is counted for the nation and by stage for one agency; once it was public, for one channel and one kind.
WHOLE = (("nation", "agency"), ("channel", "classification"))
WHOLE_OF_OLD = (("nation", "agency"), ("nation", "channel"), ("nation", "classification"))
_TOTALS = ("nation", "agency", "channel", "classification")
MONTH = re.compile("[0-9]{4}-[0-9]{2}")


def windows_of(package: Package) -> list[str]:
    """Return the windows that are told of: the months that the last days touch, by the first and the last of them."""
    if package.month is not None or package.schema == "1.0":
        return []
    on = package.computed_on
    return [f"{str(on - (days - 1) * DAY)[:7]}/{str(on)[:7]}" for days in WINDOWS]


def _touched(windows: Iterable[str], month: str) -> list[str]:
    return [name for name in windows if name[:7] <= month <= name[8:]]


WINDOWS = (30, 90, 365)


class _Stage:
    """The measures of one stage: which of them a report meets depends on few columns, so it is judged once by those."""

    def __init__(self, stage: str, formulas: Iterable[Formula]) -> None:
        mine = [one for one in formulas if one.is_of_reports and one.stage == stage]
        self.measures = {key: (test, value) for one in mine for key, test, value in one.measures()}
        asked = {pair for one in mine for pair in one.asks}
        self.whole = sorted({name for name, is_null in asked if not is_null})
        self.nulls = sorted({name for name, is_null in asked if is_null} - {*self.whole})
        self._known: dict[tuple[Any, ...], tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {}
        self._texts: dict[tuple[str, Any], str] = {}

    def judge(self, facts: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return the measures that a report meets: those that count it, and those of a column."""
        like = (*[facts.get(name) for name in self.whole], *[facts.get(name) is None for name in self.nulls])
        found = self._known.get(like)
        if found is None:
            met = [(key, value) for key, (test, value) in self.measures.items() if test(facts)]
            found = (
                tuple(key for key, value in met if not value),
                tuple((key, value) for key, value in met if value),
            )
            if len(self._known) < 200_000:
                self._known[like] = found
        return found

    def values(
        self, facts: Mapping[str, Any], judged: tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
    ) -> list[str]:
        """Return the measures of a column with the value that a report has there."""
        found = []
        for key, column in judged[1]:
            value = facts[column]
            if value is not None:
                text = self._texts.get((key, value))
                if text is None:
                    text = self._texts[key, value] = f"{key}:{value}"
                found.append(text)
        return found


_SHARED = {"nation", "channel", "classification", "category", "province", "regency", "district"}


def _shared_places(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "nation", ""
    yield "channel", facts["channel"]
    yield "classification", facts["classification"]
    if category := facts["category"]:
        yield "category", category
        if (top := category.partition(".")[0]) != category:
            yield "category", top
    parts = (facts["area"] or "").split(".")
    for depth, kind in enumerate(("province", "regency", "district"), start=1):
        if len(parts) >= depth and parts[0]:
            yield kind, ".".join(parts[:depth])


def _typed(table: Table) -> list[tuple[str, int, Callable[[str], Any]]]:
    """Return how to read each column of the facts: by its name, as docs/open-data.md says, whatever a schema says."""
    found: list[tuple[str, int, Callable[[str], Any]]] = []
    for place, name in enumerate(table.columns):
        if name.startswith(("is_", "was_", "has_")):
            found.append((name, place, lambda text: text == "true"))
        elif name.endswith(("_count", "_agency", "_unit", "_hours", "_days")) or name in ("rating", "events"):
            found.append((name, place, _integer))
        else:
            found.append((name, place, str if name in NEVER_NULL else lambda text: text or None))
    return found


def _places_of(package: Package) -> frozenset[tuple[str, str]] | None:
    """Return the places that a package of an agency has figures of; None for all."""
    if package.agency is None:
        return None
    units = [row.text("unit") for row in package.tables["units"].rows() if row.number("agency") == package.agency]
    return frozenset({("agency", str(package.agency)), *(("unit", unit) for unit in units)})


def check_figures(context: Context, kinds: Collection[str]) -> Result:
    """Recompute every figure of some kinds of places, and compare it with the published one to the digit."""
    result = Result()
    package = context.package
    sums = Sums(context, kinds)
    for row in package.tables["facts"].rows():
        try:
            sums.add(row)
        except (ValueError, KeyError) as error:
            result.say(row.table.path, row.line, f"report {row.cells[0]}: it cannot be counted: {error}")
    for row in package.tables["rest"].rows():
        try:
            sums.rest(row)
        except BadCellError as error:
            result.say(*error.finding)
        except AttributeError:
            result.say(row.table.path, row.line, "tally is no object")
    result.value = _compare_figures(context, kinds, sums, result)
    return result


def _compare_figures(context: Context, kinds: Collection[str], sums: Sums, result: Result) -> Values:
    formulas = {code: one for code, one in newest(context.formulas).items() if one.is_of_reports}
    kept: Values = {}
    table = context.package.tables["indicators"]
    place, seen, computed = ("", ""), set[tuple[str, str]](), dict[tuple[str, str], Figure]()
    for row in table.rows():
        code, here = row.text("formula"), (row.text("kind"), row.text("place"))
        if here[0] not in kinds or (code not in formulas and here[0] == "nation"):
            continue  # another task's, or a figure over agencies
        if here != place or not seen:
            _say_missing(table, place, computed, result)
            if here in seen:
                result.say(table.path, row.line, f"the figures of {_named(here)} do not stand together")
            seen.add(here)
            place, computed = here, _computed(here, sums, formulas, context.package.computed_on, kept)
        _compare_figure(row, here, computed, formulas, result)
    _say_missing(table, place, computed, result)
    for here in sorted(sums.cells):
        _say_missing(table, here, _computed(here, sums, formulas, context.package.computed_on, kept), result)
    return kept


def _computed(
    place: tuple[str, str], sums: Sums, formulas: Mapping[str, Formula], on: date, kept: Values
) -> dict[tuple[str, str], Figure]:
    """Return the figures of a place that have a case, by period and formula; of agencies, keep what ranks ask for."""
    ranking = _ranking(tuple(formulas.values()))
    found: dict[tuple[str, str], Figure] = {}
    for period, tally in sums.tallies(*place).items():
        made = {
            code: one.figure(tally, on)
            for code, one in formulas.items()
            if place[0] == "nation" or not one.is_of_nation or sums.is_told_everywhere
        }
        if place[0] == "agency":
            kept[place[1], period] = {code: made[code] for code in ranking if code in made}
        found |= {(period, code): figure for code, figure in made.items() if figure.n}
    return found


@lru_cache(maxsize=1)
def _ranking(formulas: tuple[Formula, ...]) -> tuple[str, ...]:
    return tuple(one.code for one in formulas if one.kind in ("ratio", "mean") or one.code == "volume")


def _compare_figure(
    row: Row,
    place: tuple[str, str],
    computed: dict[tuple[str, str], Figure],
    formulas: Mapping[str, Formula],
    result: Result,
) -> None:
    period, code = row.text("period"), row.text("formula")
    figure = computed.pop((period, code), None) if place == (row.text("kind"), row.text("place")) else None
    what = f"{code} of {_named(place)} in {period}"
    result.counts["figures"] += 1
    if figure is None:
        result.say(row.table.path, row.line, f"{what}: no report counts for it, or the figure stands here twice")
        return
    if row.number("version") != formulas[code].version:
        result.say(row.table.path, row.line, f"{what}: version {row.text('version')} is not the newest")
    wrong = [
        f"{name} is {row.text(name)!r}, recomputed {value!r}"
        for name, value in zip(FIGURE_COLUMNS, figure.printed, strict=True)
        if row.text(name) != value
    ]
    if wrong:
        result.say(row.table.path, row.line, f"{what}: {'; '.join(wrong)}")


def _say_missing(
    table: Table, place: tuple[str, str], computed: Mapping[tuple[str, str], Figure], result: Result
) -> None:
    for (period, code), figure in computed.items():
        result.say(table.path, 0, f"{code} of {_named(place)} in {period} is missing; recomputed n = {figure.n}")


def _named(place: tuple[str, str]) -> str:
    return f"{place[0]} {place[1]}".strip()


# Ranks


def check_rankings(context: Context, values: Values) -> Result:
    """Recompute what is counted of agencies: connectedness, activity, the ranks, the proposed index."""
    result = Result()
    standings = _read_standings(context, result)
    _check_periods(context, standings, values, result)
    _check_of_agencies(context, standings, result)
    table = context.package.tables["rankings"]
    computed = _all_ranks(context, values, standings) if context.package.agency is None else {}
    for row in table.rows():
        result.counts["ranks"] += 1
        key = row.text("kind"), row.text("period"), row.text("formula"), row.text("agency")
        said = computed.pop(key, None)
        what = f"{key[2]} of agency {key[3]} among {key[0]} in {key[1]}"
        if said is None:
            result.say(table.path, row.line, f"{what}: there is nothing to rank, or it stands here twice")
            continue
        for name, value in zip(RANK_COLUMNS, said, strict=True):
            found = row.text(name) if name != "shares" else _compact(row)
            if found != value:
                result.say(table.path, row.line, f"{what}: {name} is {found!r}, recomputed {value!r}")
    for kind, period, code, agency in computed:
        result.say(table.path, 0, f"{code} of agency {agency} among {kind} in {period} is missing")
    return result


def _all_ranks(context: Context, values: Values, standings: Mapping[str, Standing]) -> Ranks:
    """Return every row of ranks, recomputed, by kind, period, formula and agency."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in context.package.tables["agencies"].rows():
        if row.text("kind") != "national":
            kinds[row.text("kind")].append(row.text("agency"))
    computed: Ranks = {}
    for period in sorted(standings):
        for kind, every in kinds.items():
            agencies = [one for one in every if (one, period) in values and values[one, period]["volume"].n]
            _ranked(context, kind, agencies, period, values, computed)
            _indexed(context, kind, agencies, period, values, standings[period], computed)
    return computed


RANK_COLUMNS = ("version", "n", "value", "rank", "best", "worst", "grade", "shares")


def _compact(row: Row) -> str:
    value = row.json("shares")
    return canonical(value).decode() if value is not None else ""


def _read_standings(context: Context, result: Result) -> dict[str, Standing]:
    """Return how agencies stand by period, each held against its row, its decrees and its days of sign-in."""
    tables, on = context.package.tables, context.package.computed_on
    decrees: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in tables["decrees"].rows():
        said = row.text("valid_from"), row.text("valid_to") or "9999", row.text("withdrawn_on") or "9999"
        decrees[row.text("agency")].append(said)
    agencies = {row.text("agency"): row for row in tables["agencies"].rows()}
    days = {(row.text("agency"), row.text("month")) for row in tables["sign_in_days"].rows()}
    found: dict[str, Standing] = defaultdict(dict)
    quiet = list[str]()
    for row in tables["standings"].rows():
        result.counts["standings"] += 1
        period, agency, day = row.text("period"), row.text("agency"), row.text("on")
        if agency in found[period]:
            result.say(row.table.path, row.line, f"agency {agency} stands here twice in {period}")
        _check_day(row, str(min(_last_day(period), on)), result)
        has = any(first <= day <= last and withdrawn > day for first, last, withdrawn in decrees.get(agency, ()))
        if has != row.flag("has_decree"):
            text = f"has_decree of agency {agency} is not what decrees.csv says of {day}"
            result.say(row.table.path, row.line, text)
        # Not a finding: who was there in those days may have been appointed after them.
        months = {(agency, one[:7]) for one in (day, str(date.fromisoformat(day) - 30 * DAY))}
        if row.flag("was_active") and day == str(_last_day(period)) and days.isdisjoint(months):
            quiet.append(f"{agency} ({period})")
        if not _is_of(row, agencies.get(agency)):
            result.say(row.table.path, row.line, f"agency {agency} is not what agencies.csv says of it")
        found[period][agency] = {name: row.flag(name) for name in ("has_decree", "was_active")}
    if quiet:
        shown = ", ".join(quiet[:10]) + (" …" if len(quiet) > 10 else "")
        result.notes.append(f"was_active, though sign_in_days.csv has no day of theirs: agencies {shown}")
    _say_left_out(context, found, agencies.values(), result)
    return found


def _check_day(row: Row, day: str, result: Result) -> None:
    if row.text("on") != day:
        result.say(row.table.path, row.line, f"{row.text('period')} is judged on {day}, not on {row.text('on')}")


def _is_of(row: Row, agency: Row | None) -> bool:
    return agency is not None and all(row.text(name) == agency.text(name) for name in ("kind", "area"))


def _say_left_out(context: Context, found: Mapping[str, Standing], agencies: Iterable[Row], result: Result) -> None:
    """Every agency that there was on the last day of a period is judged in it."""
    own = context.package.agency
    for row in agencies:
        if row.text("kind") == "national" or (own is not None and row.number("agency") != own):
            continue
        first, last, agency = row.text("valid_from"), row.text("valid_to") or "9999", row.text("agency")
        for period, standing in found.items():
            day = str(min(_last_day(period), context.package.computed_on))
            if (first <= day <= last) != (agency in standing):
                text = f"agency {agency} in {period}: it was there from {first} to {last}, so it belongs there or not"
                result.say("data/standings.csv", 0, text)


def _check_periods(context: Context, standings: Mapping[str, Standing], values: Values, result: Result) -> None:
    """Each period that has figures has standings, and each agency that has figures is in the table of them."""
    agencies = {row.text("agency") for row in context.package.tables["agencies"].rows()}
    for agency in sorted({agency for agency, _period in values} - agencies):
        result.say("data/agencies.csv", 0, f"agency {agency} has figures, and no row here")
    for period in sorted({period for _agency, period in values} - {*standings}):
        result.say("data/standings.csv", 0, f"{period} has figures, and nothing is said of how agencies stood in it")


def _last_day(period: str) -> date:
    if len(period) == 4:
        return date(int(period), 12, 31)
    year, month = int(period[-7:-3]), int(period[-2:])
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def _check_of_agencies(context: Context, standings: Mapping[str, Standing], result: Result) -> None:
    wanted = {code: one for code, one in newest(context.formulas).items() if one.population == "agencies"}
    computed = {}
    if context.package.agency is None:
        for period, rows in standings.items():
            for code, one in wanted.items():
                figure = _over(one, rows.values())
                if figure.n:
                    computed[period, code] = figure
    table = context.package.tables["indicators"]
    known = newest(context.formulas)
    for row in table.rows():
        kind, code = row.text("kind"), row.text("formula")
        if kind == "nation" and code in wanted:
            _compare_figure(row, (kind, row.text("place")), computed, wanted, result)
        elif kind not in (*MONTHLY, *YEARLY) or code not in known or known[code].kind == "composite":
            result.say(table.path, row.line, f"there is no figure {code[:40]!r} of a {kind[:40]!r}")
    _say_missing(table, ("nation", ""), computed, result)


def _over(formula: Formula, rows: Iterable[Mapping[str, bool]]) -> Figure:
    """Return a share of agencies."""
    of, both = test_of(formula.of), test_of(formula.both)
    rows = list(rows)
    return formula.share(sum(map(of, rows)), sum(map(both, rows)))


def _ranks(formula: Formula, figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return the places in an order, best first; equal values share one, and few cases have none."""
    ready = {key: one.exact for key, one in figures.items() if one.exact is not None and one.n >= formula.rank_minimum}
    places: dict[Fraction, int] = {}
    for place, value in enumerate(sorted(ready.values(), reverse=formula.row["better"] == "high"), start=1):
        places.setdefault(value, place)
    return {key: str(places[value]) for key, value in ready.items()}


def _ranked(
    context: Context,
    kind: str,
    agencies: Sequence[str],
    period: str,
    values: Values,
    computed: Ranks,
) -> None:
    formula = newest(context.formulas)[FIRST_RANK]
    figures = {agency: values[agency, period][formula.code] for agency in agencies}
    figures = {agency: one for agency, one in figures.items() if one.n}
    ranks = _ranks(formula, figures)
    for agency, one in figures.items():
        said = str(formula.version), str(one.n), one.printed[3], ranks.get(agency, ""), "", "", "", ""
        computed[kind, period, formula.code, agency] = said


def _indexed(
    context: Context,
    kind: str,
    agencies: Sequence[str],
    period: str,
    values: Values,
    standing: Standing,
    computed: Ranks,
) -> None:
    """Compute the proposed index of the agencies of a kind, and how far their ranks hang on the weights."""
    asked = newest(context.formulas)
    formula = next(one for one in asked.values() if one.kind == "composite")
    known: dict[str, dict[str, Fraction]] = {}
    counts: dict[str, int] = {}
    for agency in agencies:
        if agency not in standing:
            continue
        figures = dict(values[agency, period])
        for part in formula.row["parts"]:
            one = asked[part["code"]]
            if one.population == "agencies":
                figures[one.code] = _over(one, [standing[agency]])
        counts[agency] = min(figures[code].n if code in figures else 0 for code in ("sla_rate", "verify_ontime"))
        if parts := _parts(formula, figures):
            known[agency] = parts
    weights = {part["code"]: fraction(part["weight"]) for part in formula.row["parts"]}
    moved = _sensitivity(weights, fraction(formula.row["sensitivity"]), known)
    for agency, parts in known.items():
        whole = sum((weights[code] for code in parts), Fraction(0))
        exact = sum((value * weights[code] for code, value in parts.items()), Fraction(0)) / whole
        shares = [
            [code, _fraction(parts[code]), _fraction(weight / whole)] if code in parts else [code, None, "0/1"]
            for code, weight in weights.items()
        ]
        reached = [grade for grade in formula.row["grades"] if exact >= fraction(grade["from"])]
        grade = max(reached, key=lambda one: fraction(one["from"]))["id"] if reached else ""
        said = str(formula.version), str(counts[agency]), fixed(exact, 4), *map(str, moved[agency]), grade
        computed[kind, period, formula.code, agency] = (*said, canonical(shares).decode())


def _parts(formula: Formula, figures: Mapping[str, Figure]) -> dict[str, Fraction]:
    """Return the parts of an index that are known, between 0 and 1."""
    found = {}
    for part in formula.row["parts"]:
        figure = figures.get(part["code"])
        if figure is None or figure.exact is None or figure.n < part["minimum"]:
            continue
        low, high = fraction(part.get("from", "0")), fraction(part.get("to", "1"))
        found[part["code"]] = (figure.exact - low) / (high - low)
    return found


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _sensitivity(
    weights: Mapping[str, Fraction], share: Fraction, known: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, tuple[int, int, int]]:
    """Return rank, best and worst of each agency when one weight at a time is moved; all cut to twelve digits."""
    cut = {agency: {code: _cut(value) for code, value in parts.items()} for agency, parts in known.items()}
    others = [{**weights, code: weights[code] * (1 + sign * share)} for code in weights for sign in (-1, 1)]
    orders = [_order(cut, {code: _cut(weight) for code, weight in one.items()}) for one in (weights, *others)]
    return {
        agency: (orders[0][agency], min(one[agency] for one in orders), max(one[agency] for one in orders))
        for agency in known
    }


def _cut(value: Fraction) -> int:
    return value.numerator * 10**12 // value.denominator


def _order(values: Mapping[str, Mapping[str, int]], weights: Mapping[str, int]) -> dict[str, int]:
    totals = {
        agency: sum(value * weights[code] for code, value in parts.items()) // sum(weights[code] for code in parts)
        for agency, parts in values.items()
    }
    ordered = sorted(totals.values(), reverse=True)
    places: dict[int, int] = {}
    for place, total in enumerate(ordered, start=1):
        places.setdefault(total, place)
    return {agency: places[total] for agency, total in totals.items()}


# 8. The log, and the files -------------------------------------------------------------------------------------------

SHAPES: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "boolean": lambda text: text in ("true", "false"),
    "date": _day,
    "object": lambda text: isinstance(parse_json(text), dict),
    "array": lambda text: isinstance(parse_json(text), list),
}


def check_log(context: Context) -> Result:
    """Check that the log is whole, and that each checkpoint signed the root over it; keep its leaves for the others."""
    result, tree, ends = Result(), Tree(), {one.size: one for one in context.checkpoints}
    table, right, is_broken = context.package.tables["log"], 0, False
    with open(context.leaves, "wb") as leaves:
        for place, row in enumerate(table.rows()):
            result.counts["rows of log"] += 1
            index, text = row.cells[table.places["log_index"]], row.cells[table.places["hash"]]
            is_leaf = HEX64.fullmatch(text) is not None
            leaf = bytes.fromhex(text) if is_leaf else bytes(32)
            leaves.write(leaf)
            if (index != str(place) or not is_leaf) and not is_broken:
                is_broken = True
                result.say(table.path, row.line, f"log entry {place} is missing, or no hash (found {index!r} here)")
            tree.add(leaf)
            made = ends.pop(tree.size, None)
            if made is not None and not is_broken:
                is_broken = _is_another_root(tree, made, right, row, result)
                right = made.size
    if tree.size > right and not ends and not is_broken:
        result.notes.append(f"{tree.size - right} entries of the log are not signed yet")
    for made in ends.values():
        result.say(table.path, 0, f"{made}: the log ends at {tree.size}, or no group ends there")
    return result


def _is_another_root(tree: Tree, made: Checkpoint, right: int, row: Row, result: Result) -> bool:
    if tree.root() == made.root:
        result.counts["roots"] += 1
        return False
    text = f"{made}: something among the log entries {right} to {made.size - 1} is not what was signed"
    result.say(row.table.path, row.line, text)
    return True


def check_file(package: Package, place: int) -> Result:
    """Check size and hash of a file, and the mark of each of its lines where there are marks."""
    result = Result()
    one = package.resources[place]
    path, digest, size, line = one["path"], hashlib.sha256(), 0, 0
    marks = _marks(package, path)
    changed = list[tuple[int, bytes]]()
    with safe_open(package.folder, path) as file:
        while found := file.readline(LONGEST_LINE + 1) if marks is not None else file.read(1 << 20):
            digest.update(found)
            size += len(found)
            line += 1
            if marks is not None and hashlib.sha256(found.rstrip(b"\r\n")).hexdigest()[:8] != next(marks, ""):
                changed.append((line, found[:120]))
                if len(changed) > MOST:
                    break
        else:
            if size != one["bytes"] or f"sha256:{digest.hexdigest()}" != one["hash"]:
                result.say(path, 0, "size or hash is not what datapackage.json says")
            if marks is not None and next(marks, None) is not None:
                changed.append((line, b""))
    result.counts["files"] += 1
    numbers = [number for number, _found in changed]
    if len(numbers) > 1 and numbers[1:] == list(range(numbers[0] + 1, numbers[-1] + 1)) and numbers[-1] >= line:
        result.say(path, numbers[0], "from here on no line has the mark of its place: lines were removed or put in")
        return result
    for number, found in changed:
        shown = found.decode(errors="replace").strip()[:80]
        result.say(path, number, f"the line has not the mark that it had when the file was made: {shown!r}")
    return result


def _marks(package: Package, path: str) -> Iterator[str] | None:
    """Return the marks of the lines of a table, None where there are none."""
    name = path.rpartition("/")[2].removesuffix(".csv")
    if not path.startswith("data/") or not path.endswith(".csv"):
        return None
    marks = f"lines/{name}.txt"
    if not any(one["path"] == marks for one in package.resources):
        return None
    return _read_marks(package.folder, marks)


def _read_marks(folder: str, path: str) -> Iterator[str]:
    with safe_open(folder, path) as file:
        while found := file.readline(64):
            yield found.decode("ascii", "replace").strip()


def check_folder(package: Package) -> Result:
    """Check that the package has no file that its description does not name, and that the dictionary is complete."""
    result = Result()
    known = {"datapackage.json", "signature.json", *(one["path"] for one in package.resources)}
    if len(known) < len(package.resources) + 2:
        result.say("datapackage.json", 0, "a file is described twice")
    count = 0
    for root, folders, files in os.walk(package.folder):
        for name in (*files, *(one for one in folders if os.path.islink(os.path.join(root, one)))):
            count += 1
            path = os.path.relpath(os.path.join(root, name), package.folder).replace(os.sep, "/")
            if path not in known:
                result.say(path, 0, "datapackage.json does not name this file")
        if count > MOST_FILES:
            result.say(package.folder, 0, f"there are more than {MOST_FILES} files: the rest was not looked at")
            break
    if any(one["path"].endswith(".parquet") for one in package.resources):
        result.notes.append("of Parquet files only size and hash were checked: the CSV beside them has the same rows")
    _check_dictionary(package, result)
    return result


def _check_dictionary(package: Package, result: Result) -> None:
    if not any(one["path"] == "kamus.csv" for one in package.resources):
        result.say("kamus.csv", 0, "the dictionary is missing")
        return
    said = set[tuple[str, ...]]()
    lines = read_file(package.folder, "kamus.csv").decode(errors="replace").splitlines()
    try:
        said.update(tuple(cells[:3]) for cells in csv.reader(lines[1:]))
    except csv.Error as error:
        result.say("kamus.csv", 0, f"it cannot be read: {error}")
        return
    for table in package.tables.values():
        for column, type_ in zip(table.columns, table.types, strict=True):
            if (table.name, column, type_) not in said:
                result.say("kamus.csv", 0, f"{column} ({type_}) of {table.name} is not explained")


def check_table(package: Package, name: str) -> Result:
    """Check each cell of a table against its type, and that no row stands there twice."""
    result, table = Result(), package.tables[name]
    shapes, columns, seen = _shapes(table), UNIQUE.get(name, 0), set[bytes]()
    for row in table.rows():
        result.counts[f"rows of {name}"] += 1
        _check_cells(row, shapes, result)
        if columns:
            mark = hashlib.sha256(canonical(row.cells[:columns])).digest()
            if mark in seen:
                result.say(table.path, row.line, f"{', '.join(row.cells[:columns])} stands here twice")
            seen.add(mark)
    return result


# How many columns from the left tell the rows of a table apart; those of the others are held against each other.
UNIQUE = {
    **dict.fromkeys(("agencies", "units", "areas", "categories", "calendar_versions", "policies", "assessments"), 1),
    **dict.fromkeys(("sign_in_days", "frozen_periods"), 2),
    **dict.fromkeys(("rest", "assessment_points", "calendar_days"), 3),
    **dict.fromkeys(("oversight", "frozen_figures", "secret_counts", "time_limits"), 4),
    "standings": 3,
}


def _shapes(table: Table) -> list[tuple[int, Callable[[str], Any] | None, bool]]:
    """Return what there is to check of which cell: its shape, and whether it may be empty."""
    found = ((place, SHAPES.get(type_), table.required[place]) for place, type_ in enumerate(table.types))
    return [one for one in found if one[1] is not None or one[2]]


def _check_cells(row: Row, shapes: Iterable[tuple[int, Callable[[str], Any] | None, bool]], result: Result) -> None:
    for place, shape, is_needed in shapes:
        text = row.cells[place]
        if not text:
            if is_needed:
                result.say(row.table.path, row.line, f"{row.table.columns[place]} is empty")
        elif shape is not None and not _fits(shape, text):
            what = f"{row.table.columns[place]} is no {row.table.types[place]}: {text[:60]!r}"
            result.say(row.table.path, row.line, what)


def _fits(shape: Callable[[str], Any], text: str) -> bool:
    try:
        found = shape(text)
    except ValueError:
        return False
    return found is not None and found is not False


def check_open311(package: Package) -> Result:
    """Check that the table of Open311 tells of the same reports as reports.csv, and the same of each."""
    result, table = Result(), package.tables["open311"]
    shown = (row for row in package.tables["reports"].rows() if row.text("is_stub") != "true")
    names = {name: _names(package.tables[name]) for name in ("agencies", "units", "categories", "areas")}
    for row in table.rows():
        one = next(shown, None)
        if one is None or row.cells[0] != one.text("number"):
            said = one.text("number") if one else "no more reports"
            result.say(table.path, row.line, f"report {row.cells[0]} stands where reports.csv has {said}")
            return result
        is_over = one.text("status") in ("closed", "archived", "withdrawn")
        wanted = {
            "status": "closed" if is_over else "open",
            "status_notes": one.text("status"),
            "service_code": one.text("category"),
            "address_id": one.text("area"),
            "requested_datetime": one.text("received_on"),
        }
        wanted |= _wanted_names(one, names, str(package.description.get("homepage", "")))
        for name, value in wanted.items():
            if row.text(name)[: 10 if name.endswith("_datetime") else None] != value:
                what = f"report {row.cells[0]}: {name} is {row.text(name)!r}"
                result.say(table.path, row.line, f"{what}, reports.csv line {one.line} says {value!r}")
    for one in islice(shown, 1):
        result.say(table.path, 0, f"report {one.text('number')} is not here")
    return result


def _names(table: Table) -> dict[str, str]:
    return {row.cells[0]: row.text("name") for row in table.rows()}


def _wanted_names(report: Row, names: Mapping[str, Mapping[str, str]], home: str) -> dict[str, str]:
    """Return what Open311's table says of a report in words; of a district: it and what is above it."""
    offices = [names["agencies"].get(report.text("agency")), names["units"].get(report.text("unit"))]
    area = report.text("area")
    places = [names["areas"].get(area), names["areas"].get(area.rpartition(".")[0])]
    days = [report.text(name) for name in ("published_on", "answered_on", "closed_on")]
    return {
        "service_name": names["categories"].get(report.text("category"), ""),
        "agency_responsible": ", ".join(filter(None, offices)),
        "address": ", ".join(filter(None, places)),
        "service_notice": f"{home.removesuffix('/data-terbuka')}/laporan/{report.text('number')}",
        "updated_datetime": max(days),
    }


def check_organisation(package: Package) -> Result:
    """Check that addresses tell agencies and units apart, and that what stands above something is there."""
    result, seen = Result(), set[tuple[str, str]]()
    agencies = {row.text("agency"): row.text("slug") for row in package.tables["agencies"].rows()}
    if len({*agencies.values()}) < len(agencies):
        result.say("data/agencies.csv", 0, "two agencies have the same slug")
    units = {row.text("unit"): row.text("agency") for row in package.tables["units"].rows()}
    for row in package.tables["units"].rows():
        agency, key = row.text("agency"), (row.text("agency"), row.text("slug"))
        if agency not in agencies or units.get(row.text("parent") or row.text("unit")) != agency or key in seen:
            result.say(row.table.path, row.line, f"unit {row.text('unit')}: no such agency or parent, or a slug twice")
        seen.add(key)
    for name in ("areas", "categories"):
        known = {row.cells[0] for row in package.tables[name].rows()}
        for row in package.tables[name].rows():
            if (above := row.text("parent")) and above not in known:
                result.say(row.table.path, row.line, f"{row.cells[0]}: {above[:40]} above it is not there")
    return result


def check_secret(package: Package) -> Result:
    """Check that no count of secret reports is so small that it points at one, and what is said of dropped ones."""
    result, table = Result(), package.tables["secret_counts"]
    for row in table.rows():
        if row.number("n") < SMALLEST or row.text("kind") not in ("agency", "province", "nation"):
            text = f"{row.text('n')} of {row.text('kind')[:40]} {row.text('place')[:40]} is no count that may be told"
            result.say(table.path, row.line, text)
    if "dropped" in package.tables:
        rows = list(islice(package.tables["dropped"].rows(), 2))
        if len(rows) != 1 or not 0 <= rows[0].number("dropped") <= rows[0].number("ever"):
            result.say("data/dropped.csv", 0, "there is one row, of those that ever went out and those of them dropped")
    return result


SMALLEST = 5  # of secret reports in a place


def check_frozen(context: Context) -> Result:
    """Check the checksum of every version of a closed period."""
    result, tables = Result(), context.package.tables
    periods = tables["frozen_periods"]
    digests: dict[tuple[str, str], Any] = {}
    heads: dict[tuple[str, str], Row] = {}
    for row in periods.rows():
        key = row.text("period"), row.text("version")
        if key in heads or (key[1] != "1" and (key[0], str(row.number("version") - 1)) not in heads):
            result.say(
                row.table.path, row.line, f"version {key[1]} of {key[0]} stands here twice, or the one before is gone"
            )
        said = {"format": "tanggap-frozen-1", "period": key[0], "version": row.number("version")}
        said |= {"closed_at": row.text("closed_at"), "formulas": row.text("formulas")}
        heads[key], digests[key] = row, hashlib.sha256(canonical(said) + b"\n")
        result.counts["closed periods"] += 1
    _note_open(context, {period for period, _version in heads}, result)
    if context.package.agency is not None:
        return result
    for row in tables["frozen_figures"].rows():
        key = row.text("period"), row.text("version")
        if key not in digests:
            result.say(row.table.path, row.line, f"there is no version {key[1]} of {key[0]}")
            continue
        said = {"kind": row.text("kind"), "place": row.text("place"), "figures": row.json("figures")}
        digests[key].update(canonical(said) + b"\n")
    for key, row in heads.items():
        if digests[key].hexdigest() != row.text("checksum"):
            text = (
                f"version {key[1]} of {key[0]}: its rows in frozen_figures.csv have not the checksum that stands here"
            )
            result.say(periods.path, row.line, text)
    return result


def _note_open(context: Context, closed: Collection[str], result: Result) -> None:
    """Say which months are long over, and have no figures that were kept as they were then."""
    on = context.package.computed_on - 7 * DAY
    months = {row.text("period") for row in context.package.tables["standings"].rows() if len(row.text("period")) == 7}
    if never := sorted(month for month in months - {*closed} if _last_day(month) < on):
        shown = ", ".join(never[:12]) + (" …" if len(never) > 12 else "")
        result.notes.append(f"{len(never)} months that are over were never closed: {shown}")


# 9. An older package -------------------------------------------------------------------------------------------------


def check_previous(context: Context, folder: str, keys: Keys) -> Result:
    """Compare with a package that was kept: nothing that it has may be another now, or gone without a word."""
    result, new, old = Result(), context.package, Package(folder)
    if (new.month, new.agency) != (old.month, old.agency):
        raise UnreadableError(f"{folder}: this is no package of the same part (full, month or agency)")
    if new.created < old.created:
        result.say(
            "datapackage.json", 0, f"this package is stale: it is of {new.created}, the older one of {old.created}"
        )
    aside = Result()
    before = Keys(read_json(folder, "keys.json"), (), aside)
    for name, public in before.public.items():
        if keys.public.get(name) != public:
            result.say("keys.json", 0, f"the key {name} of the older package is not here")
    _compare_checkpoints(context, read_checkpoints(read_json(folder, "checkpoints.json"), before, aside), result)
    if new.is_full and "log" in new.tables and "log" in old.tables:
        _compare_logs(new.tables["log"], old.tables["log"], result)
    _compare_events(new, old, result)
    _compare_stamps(new, old, result)
    _compare_lists(new, old, result)
    _compare_formulas(context.formulas, read_json(folder, "formulas.json")["indicators"], result)
    for one in aside.findings:
        result.say(f"{folder}/{one.file}", one.line, one.text)
    return result


# What was written once stays: the key of a row, and the columns that may come to an end.
KEPT: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("frozen_periods", 2, ()),
    ("calendar_versions", 1, ()),
    ("time_limits", 4, ()),
    ("policies", 1, ("valid_to",)),
    ("calendar_days", 5, ("until_version",)),
)
# Of these an id stays what it is, though its names and its end may come to be others: what changed is noted.
RENAMED = ("agencies", "units", "areas", "categories")
LASTING = {"kind", "valid_from", "agency", "level", "active_from", "zone"}


def _compare_stamps(new: Package, old: Package, result: Result) -> None:
    """A time stamp that was there stays as it was."""
    stamps = []
    for package in (new, old):
        has = any(one["path"] == "timestamps.json" for one in package.resources)
        said = read_json(package.folder, "timestamps.json")["timestamps"] if has else ()
        stamps.append({(one["size"], one["response"]) for one in said})
    for size, _response in sorted(stamps[1] - stamps[0]):
        result.say("timestamps.json", 0, f"the time stamp over {size} entries of the older package is gone")


def _compare_lists(new: Package, old: Package, result: Result) -> None:
    for name, columns, free in KEPT:
        _compare_kept(new.tables[name], old.tables[name], columns, free, result)
    for name in RENAMED:
        _compare_names(new.tables[name], old.tables[name], result)


def _compare_names(new: Table, old: Table, result: Result) -> None:
    here, changed = {row.cells[0]: row for row in new.rows()}, list[str]()
    for one in old.rows():
        found = here.get(one.cells[0])
        if found is None:
            result.say(new.path, 0, f"{one.cells[0]} of the older package is gone")
            continue
        for name in (name for name in old.columns if found.text(name) != one.text(name)):
            if name in LASTING:
                text = f"{name} of {one.cells[0]} was {one.text(name)!r} in the older package"
                result.say(new.path, found.line, f"{text}, here it is {found.text(name)!r}")
            else:
                changed.append(f"{one.cells[0]} ({name} {one.text(name)[:40]!r} → {found.text(name)[:40]!r})")
    if changed:
        result.notes.append(f"{new.name}: {len(changed)} changed since: {', '.join(changed[:10])}")


def _compare_formulas(new: Iterable[Formula], old: Iterable[Any], result: Result) -> None:
    """A version of a formula is never changed: the next one stands beside it."""
    here = {(one.code, one.version): one.row for one in new}
    for one in old:
        found = here.get((one["code"], one["version"]), {})
        for name in sorted({*one, *found} - TEXTS):
            if one.get(name) != found.get(name):
                text = f"{name} of {one['code']}@{one['version']} is not what it was in the older package"
                result.say("formulas.json", 0, text)


TEXTS = {"name", "definition", "source"}


def _compare_checkpoints(context: Context, before: Sequence[Checkpoint], result: Result) -> None:
    here, file = {one.size: one for one in context.checkpoints}, "checkpoints.json"
    for one in before:
        found = here.get(one.size)
        if found is None:
            is_last = not context.checkpoints or one.size > context.checkpoints[-1].size
            what = "the record was cut short, or this package is older" if is_last else "the record was forked"
            result.say(file, 0, f"{one}: the older package has it, this one has not: {what}")
        elif found.digest != one.digest:
            result.say(file, 0, f"{one}: the record was forked: its root was {one.root}, here it is {found.root}")
        result.counts["checkpoints compared"] += 1


def _compare_logs(new: Table, old: Table, result: Result) -> None:
    rows = new.rows()
    for one in old.rows():
        found = next(rows, None)
        if found is None:
            result.say(new.path, 0, f"the log ends before entry {one.cells[0]}, which the older package has")
            return
        if found.cells != one.cells:
            result.say(
                new.path, found.line, f"log entry {one.cells[0]} was {one.cells[1][:64]}: history was written anew"
            )
            return


def _compare_events(new: Package, old: Package, result: Result) -> None:
    """Each event of the older package has its hash and place still; how many reports are gone, `dropped` says."""
    streams = [_by_number(package.tables["events"], (0, 1 << 62, 1), Result()) for package in (new, old)]
    here, gone = next(streams[0], None), list[str]()
    listed = {row.cells[0] for row in new.tables["reports"].rows() if row.text("is_stub") == "true"}
    _compare_receipts(new.tables["reports"], old.tables["reports"], result)
    # One that was dropped and came back makes room for another: public long ago, and not in the older package.
    before, known = str(old.created.date()), {row.cells[0] for row in old.tables["reports"].rows()}
    came_back = sum(
        row.text("published_on") < before and row.cells[0] not in known for row in new.tables["reports"].rows()
    )
    for number, rows in streams[1]:
        result.counts["reports compared"] += 1
        while here is not None and here[0] < number:
            here = next(streams[0], None)
        if here is not None and here[0] == number:
            _compare_chain(number, here[1], rows, result)
            here = next(streams[0], None)
        elif number not in listed:
            gone.append(number)
    told = _dropped(new) - _dropped(old)
    shown = ", ".join(gone[:20]) + (" …" if len(gone) > 20 else "")
    if len(gone) > told + came_back and new.agency is None:
        text = f"{len(gone)} reports of the older package are gone ({shown}); the package says that {told} were dropped"
        result.say("data/reports.csv", 0, text)
    elif gone:
        result.notes.append(f"{len(gone)} reports of the older package are not here ({shown}); dropped.csv says {told}")


def _compare_receipts(new: Table, old: Table, result: Result) -> None:
    """A report was received when it was received; only the zone of another agency may move it by a day."""
    known = {row.cells[0]: row.text("received_on") for row in old.rows()}
    for row in new.rows():
        before, here = known.get(row.cells[0]), row.text("received_on")
        if before not in (None, here) and abs(_day(str(before)) - _day(here)) > DAY:
            text = f"report {row.cells[0]}: received_on is {row.text('received_on')}, it was {before}"
            result.say(new.path, row.line, text)


def _dropped(package: Package) -> int:
    return sum(row.number("dropped") for row in package.tables["dropped"].rows()) if package.agency is None else 0


def _compare_chain(number: str, new: Sequence[Row], old: Sequence[Row], result: Result) -> None:
    for place, one in enumerate(old):
        if place >= len(new):
            result.say(
                new[-1].table.path,
                new[-1].line,
                f"report {number}: event {one.text('seq')} of the older package is gone",
            )
            return
        found = new[place]
        if found.text("hash") != one.text("hash"):
            result.say(
                found.table.path,
                found.line,
                f"report {number}: event {one.text('seq')} was another in the older package",
            )
            return
        if one.text("log_index") and found.text("log_index") != one.text("log_index"):
            result.say(
                found.table.path,
                found.line,
                f"report {number}: event {one.text('seq')} stood at {one.text('log_index')} in the log",
            )


def _compare_kept(new: Table, old: Table, columns: int, free: Sequence[str], result: Result) -> None:
    here = {tuple(row.cells[:columns]): row for row in new.rows()}
    for one in old.rows():
        found = here.get(tuple(one.cells[:columns]))
        if found is None:
            result.say(new.path, 0, f"{', '.join(one.cells[:columns])} of the older package is gone")
            continue
        for place, name in enumerate(old.columns):
            text = found.cells[place]
            if text != one.cells[place] and not (name in free and not one.cells[place]):
                result.say(
                    new.path, found.line, f"{name} was {one.cells[place]!r} in the older package, here it is {text!r}"
                )


def check_assessments(package: Package) -> Result:
    """Recompute what an assessment adds up to, from its points and the weights of its form."""
    result = Result()
    if package.is_told_everywhere:  # the forms came with schema 1.2
        return result
    forms = {f"{one['code']}@{one['version']}": one for one in read_json(package.folder, FORMS)["forms"]}
    points: dict[str, dict[str, int]] = defaultdict(dict)
    for row in package.tables["assessment_points"].rows():
        if row.text("side") == "evaluator" and row.text("points"):
            points[row.text("assessment")][row.text("criterion")] = row.number("points") or 0
    for row in package.tables["assessments"].rows():
        result.counts["assessments"] += 1
        what, form = f"assessment {row.text('assessment')}", forms.get(f"{row.text('form')}@{row.text('version')}")
        if form is None:
            result.say(row.table.path, row.line, f"{what}: {FORMS} has no form of that version")
        else:
            _check_score(row, what, _scored(form, points[row.text("assessment")]), result)
    return result


def _check_score(row: Row, what: str, computed: tuple[str, str, dict[str, str]], result: Result) -> None:
    for name, value in zip(("total", "grade"), computed[:2], strict=True):
        if row.text(name) != value:
            result.say(row.table.path, row.line, f"{what}: {name} is {row.text(name)!r}, recomputed {value!r}")
    if row.json("aspects") != computed[2]:
        result.say(row.table.path, row.line, f"{what}: aspects are not what its points add up to: {computed[2]}")


FORMS = "assessment-forms.json"
BEST_POINTS = {"five": 5, "partly": 2}


def _scored(form: Any, points: Mapping[str, int]) -> tuple[str, str, dict[str, str]]:
    """Return total, grade and aspects as they are printed."""
    exact = {
        aspect["code"]: sum(
            (
                fraction(one["weight"]) * Fraction(points.get(one["code"], 0), BEST_POINTS[one["scale"]])
                for one in aspect["criteria"]
            ),
            Fraction(0),
        )
        for aspect in form["aspects"]
    }
    total = 100 * sum((fraction(one["weight"]) * exact[one["code"]] for one in form["aspects"]), Fraction(0))
    grade = next((one["code"] for one in form["grades"] if total >= fraction(one["from"])), "")
    return fixed(total, 2), grade, {code: fixed(value * 100, 2) for code, value in exact.items()}


# 10. The command -----------------------------------------------------------------------------------------------------

CONTEXT: list[Context] = []
PIECE = 12 << 20  # bytes of events that one task takes


def _task(name: str, *args: Any) -> Result:
    """Do one part of the work, here or in a process of its own; what cannot be read is a finding."""
    context = CONTEXT[0]
    tasks: dict[str, Callable[..., Result]] = {
        "reports": lambda piece: check_reports(context, piece),
        "figures": lambda kinds: check_figures(context, kinds),
        "log": lambda: check_log(context),
        "file": lambda place: check_file(context.package, place),
        "table": lambda table: check_table(context.package, table),
        "rest": lambda: check_rest(context),
        "open311": lambda: check_open311(context.package),
        "secret": lambda: check_secret(context.package),
        "organisation": lambda: check_organisation(context.package),
        "folder": lambda: check_folder(context.package),
        "assessments": lambda: check_assessments(context.package),
        "frozen": lambda: check_frozen(context),
    }
    result = Result()
    try:
        result = tasks[name](*args)
    except BadCellError as error:
        result.say(*error.finding)
    except UnreadableError as error:
        result.say("unreadable", 0, str(error))
    except Exception as error:  # whatever a package makes a check stumble over is a finding
        result.say(
            f"{name} {args if name in ('table', 'figures') else ''}".strip(), 0, f"this cannot be checked: {error!r}"
        )
    return result


def _begin(context: Context) -> None:
    CONTEXT[:] = [context]
    csv.field_size_limit(LONGEST_LINE)
    gc.set_threshold(200_000, 20, 20)  # rows come and go by the million, and hold no circles


def _tasks(context: Context) -> list[tuple[Any, ...]]:
    """Return what there is to do: the log first, because the reports look into its leaves, then the longest."""
    package = context.package
    size = package.tables["events"].size
    found: list[tuple[Any, ...]] = [("log",)] if "log" in package.tables else []
    found += [("figures", ("agency", "unit")), ("figures", (*MONTHLY[:2], *YEARLY))]
    found += [("reports", piece) for piece in pieces(package, 1 + size // PIECE)]
    found += [("frozen",), ("rest",), ("open311",), ("secret",), ("organisation",), ("folder",), ("assessments",)]
    found += [("file", place) for place in range(len(package.resources))]
    found += [("table", name) for name in package.tables if name not in OF_REPORTS and name != "log"]
    return found


def verify(
    folder: str,
    *,
    trusted: Collection[str] = (),
    previous: str = "",
    kept: Sequence[str] = (),
    receipts: Sequence[str] = (),
    certificates: str = "",
    processes: int = 1,
) -> Result:
    """Check a package; return what was found. Raises UnreadableError where there is none."""
    result, package = Result(), Package(folder)
    context, keys = _context(package, trusted, result)
    with tempfile.TemporaryDirectory() as aside:
        if "log" in package.tables:
            context.leaves = os.path.join(aside, "leaves")
        else:
            result.notes.append("a part of the data has no log: the full package of that day proves where events stand")
        _run(context, processes, result)
    others = Result()
    for path in kept:
        _check_kept(context, path, keys, others)
    asked = {part for text in receipts for part in text.split(".")}
    firsts = {row.cells[0]: row.text("hash") for row in _first_events(package) if row.cells[0] in asked}
    for text in receipts:
        check_receipt(text, keys, firsts, others)
    _check_stamps(context, certificates, others)
    result.add(others)
    if previous:
        try:
            result.add(check_previous(context, previous, keys))
        except UnreadableError:
            raise
        except Exception as error:
            raise UnreadableError(f"{previous}: it cannot be compared: {error!r}") from None
    return result


def _check_stamps(context: Context, certificates: str, result: Result) -> None:
    package = context.package
    if any(one["path"] == "timestamps.json" for one in package.resources):
        try:
            check_timestamps(package.folder, context.checkpoints, certificates, result)
        except (KeyError, TypeError) as error:
            result.say("timestamps.json", 0, f"this cannot be checked: {error!r}")
    elif certificates:
        result.say("timestamps.json", 0, "a certificate was given, and no checkpoint has a time stamp")


def _context(package: Package, trusted: Collection[str], result: Result) -> tuple[Context, Keys]:
    """Read what all else rests on: keys, checkpoints, formulas, rules. Raises UnreadableError."""
    folder = package.folder
    try:
        keys = Keys(read_json(folder, "keys.json"), trusted, result)
        checkpoints = read_checkpoints(read_json(folder, "checkpoints.json"), keys, result)
        formulas = [Formula(row) for row in read_json(folder, "formulas.json")["indicators"]]
        check_signature(package, keys, result)
        rules = Rules(package)
    except BadCellError as error:
        raise UnreadableError(str(error)) from None
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(f"keys, checkpoints, formulas or rules are not what they should be: {error!r}") from None
    if len({(one.code, one.version) for one in formulas}) < len(formulas):
        result.say("formulas.json", 0, "a version of a formula stands there twice")
    if fingerprint(formulas) != package.formulas:
        result.say("formulas.json", 0, "the formulas have not the fingerprint that datapackage.json cites")
    _check_age(package, checkpoints, result)
    return Context(package, rules, formulas, checkpoints), keys


def _first_events(package: Package) -> Iterator[Row]:  # read through once, where a receipt is to be checked
    return (row for row in package.tables["events"].rows() if row.text("seq") == "1")


def _check_age(package: Package, checkpoints: Sequence[Checkpoint], result: Result) -> None:
    if abs((package.computed_on - package.created.date()).days) > 1:
        text = f"made on {package.created.date()}, of the facts of {package.computed_on}"
        result.say("datapackage.json", 0, text)
    if package.created > datetime.now(UTC) + DAY:  # noqa: TID251
        result.say("datapackage.json", 0, f"made on {package.created}: that day is still to come")
    if checkpoints and checkpoints[-1].at > package.created + HOUR:
        result.say("checkpoints.json", 0, f"{checkpoints[-1]} is younger than the package")
    if not checkpoints:
        result.notes.append("there is no checkpoint yet: the record is not proven")
    elif package.created - checkpoints[-1].at > 2 * DAY:
        text = f"the newest checkpoint is of {checkpoints[-1].at.date()}, the package of {package.created.date()}"
        result.notes.append(f"{text}: what came between is not proven")


def _run(context: Context, processes: int, result: Result) -> None:
    """Do all tasks, in so many processes, and what needs their answers."""
    todo = _tasks(context)
    if processes > 1:
        with ProcessPoolExecutor(processes, initializer=_begin, initargs=(context,)) as pool:
            begun = [pool.submit(_task, *one) for one in todo[:3]]
            begun[0].result()
            begun += [pool.submit(_task, *one) for one in todo[3:]]
            done = [waiting.result() for waiting in begun]
    else:
        _begin(context)
        done = [_task(*one) for one in todo]
    values: Values = {}
    claimed: list[bytes] = []
    for one, made in zip(todo, done, strict=True):
        result.add(made)
        if one[0] == "figures":
            values |= made.value or {}
        elif one[0] == "reports" and made.value:
            claimed.append(made.value)
    result.add(_check_together(context, values, claimed, result.counts))


def _check_together(context: Context, values: Values, claimed: Sequence[bytes], counts: Counter[str]) -> Result:
    """Check what only all parts together tell: rows, places in the log, ranks. A flood elsewhere hides none of it."""
    result = Result()
    _check_claims(claimed, result)
    for table in context.package.tables.values():
        count = counts.pop(f"rows of {table.name}", 0)
        if count != table.said.get("rows"):
            result.say(table.path, 0, f"{count} rows were read, datapackage.json says {table.said.get('rows')}")
        result.counts["rows"] += count
    try:
        result.add(check_rankings(context, values))
    except Exception as error:  # as in a task
        result.say("data/rankings.csv", 0, f"ranks cannot be checked: {error!r}")
    return result


def _check_claims(claimed: Sequence[bytes], result: Result) -> None:
    """No two pieces may have an event at the same entry of the log."""
    seen = 0
    for one in claimed:
        found = int.from_bytes(one, "little")
        if seen & found:
            entry = ((seen & found) & -(seen & found)).bit_length() - 1
            result.say("data/events.csv", 0, f"two events have the entry {entry} of the log")
        seen |= found


def _check_kept(context: Context, path: str, keys: Keys, result: Result) -> None:
    """Compare with the published file of a checkpoint that was kept."""
    try:
        said = parse_json(Path(path).read_bytes()[:LARGEST_JSON])
        one = read_checkpoint(said, keys, path, "the kept checkpoint", result)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"{path}: this is no checkpoint ({error})") from None
    _compare_checkpoints(context, [one], result)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tanggap-verify",
        description="Check the open data of a Tanggap installation without trusting it.",
        epilog="Ends with 0 where all is right, 1 with what differs, 2 where there is no package to check.",
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the package, with datapackage.json")
    parser.add_argument(
        "--trust", action="append", default=[], metavar="KEY", help="fingerprint of a key, 64 hex digits"
    )
    parser.add_argument("--previous", default="", metavar="OLD", help="an older package that you kept")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help="a checkpoint that you kept")
    parser.add_argument("--receipt", action="append", default=[], metavar="TEXT", help="a receipt as it is written")
    parser.add_argument("--tsa-cert", default="", metavar="FILE", help="certificates of who stamps checkpoints, as PEM")
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 8), help="how many work at once")
    made = parser.parse_args(words)
    made.trust = [key.lower().replace(":", "") for key in made.trust]
    if not all(map(HEX64.fullmatch, made.trust)) or made.processes < 1:
        parser.error("--trust takes a fingerprint of 64 hex digits, --processes a number above 0")
    return made


def main(words: Sequence[str] | None = None) -> int:
    """Check a package and say what was found; return the exit code."""
    csv.field_size_limit(LONGEST_LINE)
    asked = _arguments(words)
    began = datetime.now(UTC)  # noqa: TID251
    try:
        small = os.path.isdir(asked.folder) and _size(asked.folder) < PIECE
        result = verify(
            asked.folder,
            trusted=asked.trust,
            previous=asked.previous,
            kept=asked.checkpoint,
            receipts=asked.receipt,
            certificates=asked.tsa_cert,
            processes=1 if small else asked.processes,
        )
    except (UnreadableError, OSError) as error:
        print(printable(f"tanggap-verify: {error}"), file=sys.stderr)
        return 2
    findings = sorted(set(result.findings))
    shown = [
        one for _file, of_file in groupby(findings, key=lambda one: one.file) for one in islice(of_file, MOST_OF_FILE)
    ]
    for one in shown:
        print(one)
    total = len(findings) + result.left_out
    if total > len(shown):
        print(f"and {total - len(shown)} more")
    for note in result.notes:
        print(printable(f"note: {note}"), file=sys.stderr)
    counts = ", ".join(f"{number} {what}" for what, number in sorted(result.counts.items()) if number)
    seconds = (datetime.now(UTC) - began).total_seconds()  # noqa: TID251
    print(f"{'verified' if not total else f'{total} findings'}: {counts}; {seconds:.1f} s")
    return 1 if total else 0


def _size(folder: str) -> int:
    """Return how many bytes the tables of reports have, as far as that can be known before anything is read."""
    path = Path(folder) / "data" / "events.csv"
    return path.lstat().st_size if path.is_file() else 0


if __name__ == "__main__":
    sys.exit(main())
