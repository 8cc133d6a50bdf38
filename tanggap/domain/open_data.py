"""What goes out as open data: its files, their columns, and the description by which other programs read them.

The dictionary is `tanggap/data/open_data.csv`, in both languages. `docs/open-data.md` says how the files belong
together; what may be in them at all is decided in ADR 0064. Nothing here knows the database.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from tanggap.domain.ledger import canonical, moment
from tanggap.domain.periods import Period

FORMAT: Final = "tanggap-open-data-1"
SIGNED: Final = "tanggap-package-1"
# Of the columns: the second number rises when something comes to them, the first when anything else changes.
SCHEMA_VERSION: Final = "1.2"
FILE: Final = "open_data.csv"
DESCRIPTION: Final = "datapackage.json"
SIGNATURE: Final = "signature.json"
FULL: Final = "lengkap"
ARCHIVE: Final = "paket.zip"
_LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
_MONTH: Final = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG: Final = 80


class Type(StrEnum):
    """What a column holds, by the names of the table schema."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    OBJECT = "object"  # JSON
    ARRAY = "array"  # JSON


class BadScopeError(ValueError):
    """A month or an agency of that name cannot be; the text says which."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, whether every row has it, and what it means."""

    name: str
    type: Type
    is_required: bool
    meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A table that goes out."""

    name: str
    meanings: Mapping[str, str]
    columns: tuple[Column, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a package is: everything, a month of receipt, or an agency (its slug and id)."""

    month: str = ""
    agency: str = ""
    agency_id: int | None = None

    def __post_init__(self) -> None:
        if self.month and not _MONTH.fullmatch(self.month):
            raise BadScopeError(f"{self.month!r} is no month: say it as 2026-10")
        if self.agency and not (len(self.agency) <= _LONGEST_SLUG and _SLUG.fullmatch(self.agency)):
            raise BadScopeError(f"{self.agency[:100]!r} is no name of an agency: say it as in its address")

    @property
    def name(self) -> str:
        """Return the name of the package, as it stands in addresses."""
        return "-".join(part for part in (self.agency, self.month) if part) or FULL

    @property
    def is_full(self) -> bool:
        """Say whether all that there is belongs to it."""
        return not (self.month or self.agency)

    @property
    def days(self) -> Period | None:
        """Return the days of its month; None for all."""
        return Period.named(self.month) if self.month else None


@dataclass(slots=True)
class Table:
    """A table that is being written: its lines as bytes without the end of the line, the head left out."""

    resource: Resource
    lines: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a package as it was written."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(slots=True)
class About:
    """What a package says of itself beside its tables."""

    scope: Scope
    home: str
    at: datetime
    computed_on: date
    formulas: str
    names: Mapping[str, str] = field(default_factory=dict)


def read(text: str) -> dict[str, Resource]:
    """Read the dictionary. Raises ValueError or KeyError for a row that is none."""
    heads: dict[str, Mapping[str, str]] = {}
    columns: dict[str, list[Column]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        meanings = {"id": row["id"], "en": row["en"]}
        if not row["column"]:
            heads[row["resource"]] = meanings
            continue
        made = Column(row["column"], Type(row["type"]), row["required"] == "yes", meanings)
        columns.setdefault(row["resource"], []).append(made)
    return {name: Resource(name, meanings, tuple(columns[name])) for name, meanings in heads.items()}


def line(values: Iterable[object]) -> bytes:
    """Return one line of a table as RFC 4180 has it, without its end. Raises TypeError for a float."""
    return ",".join(map(_cell, values)).encode()


def mark(whole: bytes) -> bytes:
    """Return the mark of a line, as a line: the first 8 hex digits of its SHA-256."""
    return hashlib.sha256(whole).hexdigest()[:8].encode() + b"\n"


def _cell(value: object) -> str:
    # The kinds that most cells have go first: this is asked of every cell of every figure.
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        raise TypeError("Open data hold no floats: their written form differs between programs.")
    return _quoted(canonical(value).decode() if isinstance(value, dict | list | tuple) else str(value))


def _quoted(text: str) -> str:
    if _PLAIN(text):
        return text
    text = " ".join(text.splitlines())
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text


# What needs neither quotes nor a look for line breaks.
_PLAIN: Final = re.compile(r"[\w .:/@%+-]*", re.ASCII).fullmatch


def described(about: About, tables: Mapping[str, Resource], files: Iterable[Written]) -> dict[str, Any]:
    """Return the content of `datapackage.json` (Frictionless Data Package)."""
    scope = about.scope
    return {
        "name": f"tanggap-{scope.name}",
        "title": about.names.get("id", ""),
        "title_en": about.names.get("en", ""),
        "description": "Laporan masyarakat dan penanganannya. Kamus: kamus.csv.",
        "description_en": "Public complaints and how they are handled. Dictionary: kamus.csv.",
        "homepage": about.home,
        "version": f"{SCHEMA_VERSION}.0",
        "created": moment(about.at),
        "licenses": [_LICENCE],
        "tanggap": {
            "format": FORMAT,
            "schema": SCHEMA_VERSION,
            "month": scope.month or None,
            "agency": scope.agency_id,
            "computed_on": about.computed_on.isoformat(),
            "formulas": about.formulas,
        },
        "resources": [_resource(one, tables) for one in files],
    }


def _resource(one: Written, tables: Mapping[str, Resource]) -> dict[str, Any]:
    stem, _, ending = one.path.rpartition("/")[2].rpartition(".")
    common = {"path": one.path, "bytes": one.bytes, "hash": f"sha256:{one.sha256}"}
    table = tables.get(stem)
    if ending == "csv" and table is not None:
        return {
            "name": stem.replace("_", "-"),
            "type": "table",
            "title": table.meanings["id"],
            "title_en": table.meanings["en"],
            **common,
            "rows": one.rows,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"header": True, "csv": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'}},
            "schema": schema(table),
        }
    name = f"{stem}-{_KINDS.get(ending, ending)}".replace("_", "-")
    return {"name": name, "type": "file", **common, "format": ending, "mediatype": _MEDIA[ending]}


_KINDS: Final = {"txt": "lines"}
_MEDIA: Final = {
    "txt": "text/plain",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "md": "text/markdown",
}


def schema(table: Resource) -> dict[str, Any]:
    """Return the table schema of a resource."""
    return {"fields": [_field(column) for column in table.columns], "missingValues": [""]}


def _field(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "type": column.type.value,
        "description": column.meanings["id"],
        "description_en": column.meanings["en"],
    }
    return said | ({"constraints": {"required": True}} if column.is_required else {})


def dictionary(tables: Iterable[Resource]) -> Iterator[bytes]:
    """Yield the lines of `kamus.csv`: every column of every file, in both languages."""
    for table in tables:
        for one in table.columns:
            yield line((table.name, one.name, one.type.value, one.is_required, one.meanings["id"], one.meanings["en"]))


DICTIONARY_HEAD: Final = ("resource", "column", "type", "required", "id", "en")


def statement(*, origin: str, at: datetime, description: str, key: str) -> bytes:
    """Return the bytes that are signed of a package: which description, of which site, when, by which key."""
    return canonical({"format": SIGNED, "origin": origin, "at": moment(at), "datapackage": description, "key": key})
