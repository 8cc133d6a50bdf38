"""Over which days figures are told: the months that the last 30, 90 or 365 days touch, a month or a year.

Whole months, because figures that moved on by a day each night would tell what single days added (ADR 0071).
Whoever asks for days that are none is told so: figures of other days than those that were asked for would mislead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tanggap.domain.periods import LAST, Period
from tanggap.templatetags.tanggap import bulan, tanggal_pendek

USUAL: Final = "365"
_EARLIEST: Final = 2000
_MONTH, _YEAR = len("2026-11"), len("2026")
_MONTHS_SHOWN: Final = 12
NAMES: Final = ("rentang", "bulan", "tahun")


class BadAddressError(ValueError):
    """An address asks for what is not there; the text says what, for whoever reads the page."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days that were asked for, and what in an address says so."""

    period: Period
    values: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """Say which days these are, in words."""
        ((name, value),) = self.values
        match name:
            case "rentang":
                return _("%(days)s hari terakhir, per bulan penuh") % {"days": value}
            case "bulan":
                return bulan(self.period.first)
            case _:
                return _("tahun %(year)s") % {"year": value}

    @property
    def last(self) -> int:
        """Return how many last days these are; 0 for a month or a year."""
        name, value = self.values[0]
        return int(value) if name == "rentang" else 0

    @property
    def month(self) -> str:
        """Return the month as an address says it; '' for other days."""
        return dict(self.values).get("bulan", "")

    @property
    def days(self) -> str:
        """Say the first and the last day."""
        return f"{tanggal_pendek(self.period.first)} – {tanggal_pendek(self.period.last)}"

    @property
    def year(self) -> Period:
        """Return the twelve months that end with the last one, for what is shown month by month."""
        year, month = divmod(self.period.last.year * 12 + self.period.last.month - _MONTHS_SHOWN, 12)
        return Period(date(year, month + 1, 1), self.period.whole().last)


def read(asked: Mapping[str, Any], today: date) -> Span:
    """Read what an address says: a month before a year before the last days. Raises BadAddressError."""
    if said := str(asked.get("bulan") or ""):
        return Span(_named(said, _MONTH, today), (("bulan", said),))
    if said := str(asked.get("tahun") or ""):
        return Span(_named(said, _YEAR, today), (("tahun", said),))
    said = str(asked.get("rentang") or USUAL)
    if said not in {str(days) for days in LAST}:
        raise BadAddressError(_("Rentang ini tidak ada. Pilih 30, 90, atau 365 hari, satu bulan, atau satu tahun."))
    return Span(Period.months_of_last(today, int(said)), (("rentang", said),))


def _named(said: str, length: int, today: date) -> Period:
    period = None
    if len(said) == length and said.isascii() and said.replace("-", "").isdecimal():
        try:
            period = Period.named(said)
        except ValueError:
            period = None
    if period is None or not _EARLIEST <= period.first.year <= today.year:
        raise BadAddressError(_("Bulan ditulis seperti 2026-07 dan tahun seperti 2026, dari 2000 sampai tahun ini."))
    return period


def links(chosen: Span, more: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the three usual spans as links beside each other, the one that is shown marked."""
    return [
        {
            "label": _("%(days)s hari") % {"days": days},
            "href": f"?{urlencode({**more, 'rentang': days})}",
            "current": chosen.values == (("rentang", str(days)),),
        }
        for days in LAST
    ]
