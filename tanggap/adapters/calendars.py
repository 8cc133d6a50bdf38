"""National holidays and joint leave of Indonesia, out of the library `holidays`: a source to import from.

The calendar itself is the file `tanggap/data/holidays.csv`, and then a table with versions: a running
installation never asks the library, so an upgrade of it moves no deadline.
"""

from collections.abc import Iterable
from importlib.metadata import version

from holidays import country_holidays
from holidays.constants import GOVERNMENT, PUBLIC

from tanggap.domain.reference_rows import DayKind, DayRow

_SPELLING = {"Pegangti ": "Pengganti "}  # the library's slip
_ESTIMATE = "(perkiraan)"
_ELECTION = "Hari Pemilihan"


def library() -> str:
    """Return the library and its version."""
    return f"holidays {version('holidays')}"


def national_days(years: Iterable[int]) -> list[DayRow]:
    """Return the holidays and the days of joint leave (cuti bersama) of these years, in order.

    Both categories of the library are asked: its default leaves joint leave out. A day that is both
    counts as a holiday. `line` is the line on which the row will stand.
    """
    wanted = sorted(set(years))
    public = country_holidays("ID", years=wanted, categories=PUBLIC, language="id")
    both = country_holidays("ID", years=wanted, categories=(PUBLIC, GOVERNMENT), language="id")
    rows = []
    for line, (day, label) in enumerate(sorted(both.items()), 2):
        name = str(label)
        for wrong, right in _SPELLING.items():
            name = name.replace(wrong, right)
        kind = DayKind.HOLIDAY if day in public else DayKind.JOINT_LEAVE
        rows.append(DayRow(line=line, day=day, name=name, kind=kind, source=_source(day.year, name)))
    return rows


def _source(year: int, name: str) -> str:
    if _ESTIMATE in name:
        return f"Perkiraan untuk {year}, menunggu penetapan"
    if name.startswith(_ELECTION):
        return f"Keppres hari libur pemungutan suara {year}"
    return f"SKB tiga menteri, hari libur nasional dan cuti bersama {year}"
