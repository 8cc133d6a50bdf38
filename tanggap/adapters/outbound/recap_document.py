"""What a recap is made of, whatever it is drawn on: sections of sentences, tables and charts, in the reader's words.

The paper, the sheet and the page draw the same document, so that they say the same. A cell has its text as it is read,
and its number for what can count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.templatetags.tanggap import angka

NONE: Final = "–"
NO_CASES, TOO_FEW, PARTS = "no_cases", "too_few", "parts"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as it is read, and as a number with so many decimals where it is one."""

    text: str
    number: Decimal | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is how wide it is beside the others."""

    label: str
    is_number: bool = True
    share: float = 1.0


class Sheet(StrEnum):
    """Every table that a recap can have; its sheet is named after it, in the language of the document."""

    CLASSIFICATION = "classification"
    CHANNEL = "channel"
    CONFIDENTIAL = "rahasia"
    IN_TIME = "tepat_waktu"
    DURATION = "lama"
    FOLLOW_UP = "tindak_lanjut"
    GUARDS = "pengaman"
    ARCHIVE_REASONS = "alasan_arsip"
    BACKLOG = "tunggakan"
    REPORTERS = "kata_pelapor"
    OFFICES_STANDING = "opd_keadaan"
    OFFICES_TIMING = "opd_waktu"
    GOVERNMENTS_STANDING = "kabkota_keadaan"
    GOVERNMENTS_TIMING = "kabkota_waktu"
    DECREES = "sk"
    INHABITANTS = "kabkota_penduduk"
    CATEGORIES = "kategori"
    MATRIX = "matriks"
    PROBLEMS = "berulang"
    RECOMMENDATIONS = "rekomendasi"
    FORMULAS = "rumus"
    CLOSED = "ditutup"
    DAYS_OFF = "hari_libur"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `key` names its sheet. `is_wide`: the paper is turned for it. `has_total`: the last row sums up."""

    key: Sheet
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    is_wide: bool = False
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart, as it is read and as it is drawn; None where there is none. `low` and `high`: interval."""

    label: str
    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers that are printed in it, too. `shape`: columns, rows or line; `beside`: the year before."""

    shape: str
    title: str
    alt: str
    bars: tuple[Bar, ...]
    most: Decimal
    beside: tuple[Bar, ...] = ()
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


type Block = Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said below it, and its tables and charts in order."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole recap in words."""

    language: str
    title: str
    agency: str
    period: str
    site: str
    demo: str  # '' unless the data are a demonstration
    state: str  # '' unless the period goes on
    facts: tuple[tuple[str, str], ...]  # of the cover: how it was made, its mark
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    annex: tuple[Section, ...]
    signed: tuple[str, ...]
    signed_title: str
    summary_title: str
    annex_title: str
    link: str
    link_words: str
    footer: str

    @property
    def tables(self) -> list[Table]:
        """Return all tables in order."""
        return [
            block for section in (*self.sections, *self.annex) for block in section.blocks if isinstance(block, Table)
        ]


type Told = Mapping[str, Any]


def spoken(words: Mapping[str, str]) -> str:
    """Return words that are given in both languages, in the reader's."""
    return words["en" if (get_language() or "id").startswith("en") else "id"]


def text(words: str) -> Cell:
    """Return a cell of words."""
    return Cell(words)


def whole(n: int) -> Cell:
    """Return a cell of a count."""
    return Cell(angka(n), Decimal(n))


def number(told: Told, unit: str = "") -> Cell:
    """Return the number of a figure as it was printed, or why there is none."""
    value = told["value"]
    if value is None:
        return Cell(_silence(told))
    found = Decimal(value)
    decimals = max(0, -int(found.as_tuple().exponent))
    return Cell(_joined(angka(float(found), decimals), unit), found, decimals)


def _joined(words: str, unit: str) -> str:
    return f"{words}\N{NO-BREAK SPACE}{unit}" if unit else words


def _silence(told: Told) -> str:
    match told.get("silence"):
        case "too_few":
            return _("n = %(n)s") % {"n": angka(told["n"])}
        case "parts":
            return "…"
        case "few":
            return "< 5"
        case _:
            return NONE


def interval(told: Told) -> Cell:
    """Return the interval of a share in words."""
    found = told.get("interval")
    return Cell("–".join(angka(float(bound), 2) for bound in found) if found else NONE)


def counted(told: Told) -> Cell:
    """Return how many met a share: its numerator, known also where the share is not told; a mean has none."""
    numerator = told.get("numerator")
    return Cell(NONE) if numerator is None else whole(numerator)


def noted(rows: Sequence[tuple[Cell, ...]], *notes: str) -> tuple[str, ...]:
    """Return the notes of a table; what "n = 3" means is said where it stands."""
    has_few = any(cell.number is None and cell.text.startswith("n = ") for row in rows for cell in row)
    few = _("“n = 3” berarti hanya ada tiga kasus, terlalu sedikit untuk sebuah angka; “–” berarti tidak ada kasus.")
    return tuple(note for note in (*notes, few if has_few else "") if note)


def spread(told: Told) -> dict[str, int]:
    """Return how many have which value."""
    return dict(told.get("spread", ()))


def bar(label: str, told: Told, unit: str = "") -> Bar:
    """Return a figure as a bar of a chart."""
    cell = number(told, unit)
    low, high = told.get("interval") or (None, None)
    return Bar(
        label, cell.text, cell.number, Decimal(low) if low is not None else None, Decimal(high) if high else None
    )


def bars(rows: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Return counts as bars of a chart."""
    return tuple(Bar(label, angka(n), Decimal(n)) for label, n in rows)


def most(*groups: Sequence[Bar]) -> Decimal:
    """Return the largest value of some bars, at least one: what fills a chart."""
    return max([Decimal(1), *(one.value for group in groups for one in group if one.value is not None)])


def joined(words: Sequence[str]) -> str:
    """Return parts of a sentence as a list: "a, b, dan c"."""
    if len(words) < 2:
        return "".join(words)
    if len(words) == 2:
        return _("%(first)s dan %(last)s") % {"first": words[0], "last": words[1]}
    return _("%(some)s, dan %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def counted_words(n: int, none: str, one: str, many: str) -> str:
    """Return the sentence for none, one or many; `%(n)s` in it is the number."""
    return (none if n == 0 else one if n == 1 else many).replace("%(n)s", angka(n))


def day(iso: str) -> date:
    """Return a day of the content."""
    return date.fromisoformat(iso)


def moment(iso: str) -> datetime:
    """Return a moment of the content."""
    return datetime.fromisoformat(iso)
