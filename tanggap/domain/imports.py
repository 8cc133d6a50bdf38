"""What comes into the record from a sheet: its kinds, its columns, what may be wrong with it, what becomes of a row.

Two kinds. Letters and calls that an office kept in a sheet become reports as the counter makes them; the past of
SP4N-LAPOR! comes in the 21 columns of its admin export, with the statuses it had there (ADR 0034).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tanggap.domain import sp4n
from tanggap.domain.actors import ADMINS, OFFICERS, Role
from tanggap.domain.intake import Classification, ReportChannel, Urgency

# What is longer is checked by the worker; what is typed in a week is checked while one waits.
MOST_AT_ONCE: Final = 500
# And what is larger is read by the worker, too: unpacking takes longer than a page may.
LARGEST_AT_ONCE: Final = 512 * 1024
# The sheet itself lies on the disk this long: it holds names, and no longer than the work takes.
KEPT: Final = timedelta(days=3)
MOST_COLUMNS: Final = 60
# A title or a logo may stand above the headings.
MOST_ABOVE: Final = 10


class Kind(StrEnum):
    """What the rows are."""

    LETTERS = "surat"
    HISTORY = "sp4n"


MAY: Final[Mapping[Kind, frozenset[Role]]] = {Kind.LETTERS: OFFICERS, Kind.HISTORY: ADMINS}


class SheetFault(StrEnum):
    """Why nothing of a sheet is taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_TYPE = "unknown_type"
    OLD_OR_LOCKED = "old_or_locked"
    INFLATES = "inflates"
    BROKEN = "broken"
    NO_HEADINGS = "no_headings"
    NO_ROOM = "no_room"


class SheetError(Exception):
    """A sheet is not taken; `fault` says why, and nothing of it is kept."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Problem(StrEnum):
    """What is wrong with a cell beside the faults that every door knows (`intake.Fault`)."""

    NO_DATE = "no_date"
    NO_TIME = "no_time"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_CHOICE = "no_choice"
    NO_NUMBER = "no_number"
    TWO_MEANINGS = "two_meanings"
    OTHER_AGENCY = "other_agency"
    OFFICE_ENDED = "office_ended"
    TOO_OLD = "too_old"
    TWICE = "twice"
    CHANGED = "changed"
    HERE = "here"
    EXAMPLE = "example"
    FAILED = "failed"


class State(StrEnum):
    """How a row stands: judged, then done."""

    GOOD = "good"
    BAD = "bad"
    KNOWN = "known"  # it came before, word for word
    CHANGED = "changed"  # it came before with other words: what was kept is kept
    DONE = "done"
    REFUSED = "refused"  # it was good when it was judged


# What is given back to be mended and sent again.
TO_MEND: Final = (State.BAD, State.CHANGED, State.REFUSED)


class LetterColumn(StrEnum):
    """The columns of letters and calls; the value is the heading."""

    REFERENCE = "Nomor agenda"
    CHANNEL = "Saluran"
    RECEIVED = "Tanggal diterima"
    CLASSIFICATION = "Klasifikasi"
    TITLE = "Judul laporan"
    BODY = "Isi laporan"
    EVENT_DATE = "Tanggal kejadian"
    AREA = "Kode wilayah"
    PROVINCE = "Provinsi"
    REGENCY = "Kabupaten/Kota"
    DISTRICT = "Kecamatan"
    VILLAGE = "Desa/Kelurahan"
    LOCATION = "Patokan"
    CATEGORY = "Kategori"
    AGENCY = "Instansi tujuan"
    URGENCY = "Yang terancam"
    SOLUTION = "Penyelesaian yang diharapkan"
    LOSS = "Uraian kerugian"
    NAME = "Nama pelapor"
    EMAIL = "Surel"
    PHONE = "Nomor telepon"
    ADDRESS = "Alamat"
    PROXY = "Nama kuasa"
    ANONYMOUS = "Anonim"
    CONFIDENTIAL = "Rahasia"


_L = LetterColumn
# Who reported: it goes into the vault, and nothing that is kept elsewhere tells of it.
PERSONAL: Final[frozenset[str]] = frozenset(
    {_L.NAME, _L.EMAIL, _L.PHONE, _L.ADDRESS, _L.PROXY, sp4n.PERSONAL},
)
EXAMPLE: Final = "CONTOH"
EXAMPLE_ROW: Final[Mapping[LetterColumn, str]] = {
    _L.REFERENCE: "CONTOH-1",
    _L.CHANNEL: "Surat",
    _L.RECEIVED: "21-07-2026",
    _L.CLASSIFICATION: "Pengaduan",
    _L.TITLE: "Jalan berlubang di depan pasar",
    _L.BODY: "Jalan di depan pasar berlubang sejak bulan lalu dan sudah dua kali membuat orang jatuh.",
    _L.EVENT_DATE: "15-07-2026",
    _L.PROVINCE: "Banten",
    _L.NAME: "Nama Contoh",
    _L.ADDRESS: "Jalan Contoh 1",
    _L.ANONYMOUS: "Tidak",
    _L.CONFIDENTIAL: "Tidak",
}
NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.LETTERS: tuple(column.value for column in (_L.CHANNEL, _L.RECEIVED, _L.CLASSIFICATION, _L.TITLE, _L.BODY)),
    Kind.HISTORY: tuple(column.value for column in sp4n.COLUMNS),
}
HEADINGS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.LETTERS: tuple(column.value for column in LetterColumn),
    Kind.HISTORY: NEEDED[Kind.HISTORY],
}

# The first word of each is the one that we write.
CHANNELS: Final[Mapping[str, ReportChannel]] = {
    "Datang langsung": ReportChannel.WALK_IN,
    "Tatap muka": ReportChannel.WALK_IN,
    "Telepon": ReportChannel.PHONE,
    "Surat": ReportChannel.LETTER,
    "Surel": ReportChannel.EMAIL,
    "Email": ReportChannel.EMAIL,
    "SMS": ReportChannel.SMS,
    "WhatsApp": ReportChannel.WHATSAPP,
    "X": ReportChannel.X,
    "Twitter": ReportChannel.X,
}
CLASSIFICATIONS: Final[Mapping[str, Classification]] = {
    "Pengaduan": Classification.COMPLAINT,
    "Aspirasi": Classification.ASPIRATION,
    "Permintaan informasi": Classification.INFORMATION_REQUEST,
}
URGENCIES: Final[Mapping[str, Urgency]] = {
    "Tidak mendesak": Urgency.NONE,
    "": Urgency.NONE,
    "Mengancam keselamatan jiwa": Urgency.LIFE,
    "Menyangkut anak": Urgency.CHILD,
    "Menyangkut penyandang disabilitas": Urgency.DISABILITY,
    "Bencana": Urgency.DISASTER,
}
_YES_NO: Final = {
    **dict.fromkeys(("", "tidak", "t", "no", "0"), False),
    **dict.fromkeys(("ya", "y", "yes", "1"), True),
}
_DATES: Final = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
_TIMES: Final = ("%H:%M:%S", "%H:%M", "%H.%M.%S", "%H.%M")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number there, where it lies in what was read, its cells."""

    number: int
    place: int
    cells: tuple[str, ...]


def bare(words: str) -> str:
    """Return words as they are compared: without case and doubled space."""
    return " ".join(words.casefold().split())


def chosen[T](words: str, choices: Mapping[str, T]) -> T | None:
    """Return what a cell says of a few choices, or None."""
    wanted = bare(words)
    return next((value for said, value in choices.items() if bare(said) == wanted), None)


def yes_or_no(words: str) -> bool | None:
    """Return what a cell says; an empty one says no, and None is neither."""
    return _YES_NO.get(bare(words))


def day(words: str) -> date | None:
    """Return a day as it is written here or as a spreadsheet writes it, with an hour behind it or not."""
    first = words.strip().replace("T", " ").split(" ")[0]
    return next((found.date() for form in _DATES if (found := _parsed(first, form))), None)


def clock_time(words: str) -> tuple[int, int, int] | None:
    """Return hour, minute and second; midnight for an empty cell, None for what is no time."""
    text = words.strip().removesuffix("WIB").removesuffix("WITA").removesuffix("WIT").strip().split(" ")[-1]
    if not text:
        return 0, 0, 0
    found = next((found for form in _TIMES if (found := _parsed(text, form))), None)
    return (found.hour, found.minute, found.second) if found else None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - a cell knows no zone
    except ValueError:
        return None


def heading_at(kind: Kind, rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows holds the headings, or None."""
    needed = {bare(heading) for heading in NEEDED[kind]}
    found = (at for at, row in enumerate(rows[:MOST_ABOVE]) if needed <= {bare(cell) for cell in row})
    return next(found, None)


def missing(kind: Kind, rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the headings that the row lacks which has most of them."""
    best = max(rows[:MOST_ABOVE], key=lambda row: len(_known(kind, row)), default=())
    known = _known(kind, best)
    return [heading for heading in NEEDED[kind] if bare(heading) not in known]


def _known(kind: Kind, row: Sequence[str]) -> set[str]:
    return {bare(heading) for heading in HEADINGS[kind]} & {bare(cell) for cell in row}


def by_heading(kind: Kind, headings: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row under the headings that we know; a heading without a cell is empty."""
    places = _places(kind, tuple(headings))
    return {heading: row[at].strip() if at < len(row) else "" for heading, at in places}


# Asked for each row, and the same for all of a sheet.
@lru_cache(maxsize=8)
def _places(kind: Kind, headings: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    at = {bare(heading): place for place, heading in reversed(list(enumerate(headings)))}
    return tuple((heading, at.get(bare(heading), MOST_COLUMNS)) for heading in HEADINGS[kind])
