"""The board of what is late, drawn alike for the desk and for those who look: by office, clock and age."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tanggap.domain.lateness import Range
from tanggap.selectors import names
from tanggap.selectors.overdue import Line
from tanggap.selectors.queues import NO_UNIT
from tanggap.web import wording, wording_duty

# A board of the worst is read; one of five hundred agencies is not.
MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Board:
    """The lines of a board, and how one comes from a number to the list behind it."""

    lines: Sequence[Line]
    bands: Sequence[Range]
    is_of_agencies: bool
    address: Callable[[Line, Mapping[str, str]], str]

    @property
    def headings(self) -> list[str | Promise]:
        """Return what stands above the columns."""
        place = _("Instansi") if self.is_of_agencies else _("Unit")
        bands = [wording_duty.BAND[one.band] for one in self.bands]
        return [place, _("Batas waktu"), *bands, _("Jumlah")]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return the headings as components/table.html takes them."""
        texts = 2
        return [{"label": words, "number": at >= texts} for at, words in enumerate(self.headings)]

    @property
    def total(self) -> int:
        """Return how many reports are late on the whole board."""
        return sum(line.total for line in self.lines)

    @property
    def is_cut(self) -> bool:
        """Say whether the page shows the fullest lines only."""
        return len(self.lines) > MOST_LINES

    def rows(self, known: names.Names) -> Iterator[list[Any]]:
        """Give the lines of the page, each number with the way to its list."""
        for line in self.lines[:MOST_LINES]:
            said = {"terlambat": "1", "tenggat": line.clock.value}
            cells = [self._cell(line, n, said | _days(one)) for n, one in zip(line.counts, self.bands, strict=True)]
            yield [
                self._place(line, known, is_short=True),
                wording.CLOCK[line.clock],
                *cells,
                self._cell(line, line.total, said),
            ]

    def plain_rows(self, known: names.Names) -> Iterator[list[Any]]:
        """Give every line as a row of a file."""
        for line in self.lines:
            yield [self._place(line, known), wording.CLOCK[line.clock], *line.counts, line.total]

    def _place(self, line: Line, known: names.Names, *, is_short: bool = False) -> str:
        if line.place_id == NO_UNIT:
            return _("Belum ada unit")
        office = (known.agency if self.is_of_agencies else known.unit)(line.place_id)
        return (is_short and office.short_name) or office.name

    def _cell(self, line: Line, n: int, said: Mapping[str, str]) -> Any:
        return format_html('<a href="{}">{}</a>', self.address(line, said), n) if n else n


def _days(one: Range) -> dict[str, str]:
    return {"jatuh-dari": one.since.isoformat() if one.since else "", "jatuh-sampai": one.until.isoformat()}
