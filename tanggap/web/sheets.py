"""A list as a file for other programs: the door that shows a list gives its file, so that nobody reads more in it.

A page that is asked for with `bentuk=xlsx` or `bentuk=csv` answers with all its rows, written one by one into a file on
disk: however long the list is, it takes the same memory (DOMAIN 5.6).
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final, Protocol

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tanggap.adapters.outbound import sheets
from tanggap.domain.exports import MOST_IN_A_PAGE, Format

FIELD: Final = "bentuk"
# How many rows are read with one question, where a page of the screen shows a few.
SIZE: Final = 500


class Page[T](Protocol):
    """One page of a list, and the key to the next, '' at the end."""

    @property
    def rows(self) -> Sequence[T]:
        """Return what stands on the page."""

    @property
    def after(self) -> str:
        """Return the key to the next page."""


def asked(request: HttpRequest) -> Format | None:
    """Return which file a list is wanted as; None for the page."""
    code = request.GET.get(FIELD, "")
    return next((kind for kind in Format if kind.value == code), None)


def links(request: HttpRequest) -> list[dict[str, str]]:
    """Return the ways to the list of this page as a file, from its first row on."""
    said = request.GET.copy()
    for name in (FIELD, "sesudah", "halaman"):
        said.pop(name, None)
    made = []
    for kind in Format:
        said[FIELD] = kind.value
        made.append({"href": f"{request.path}?{said.urlencode()}", "label": kind.value.upper()})
    return made


def walk[T](page_of: Callable[[str], Page[T]]) -> Iterator[Sequence[T]]:
    """Yield the pages of a list one after the other, read with the key that the page before gave."""
    after = ""
    while True:
        page = page_of(after)
        yield page.rows
        if not (after := page.after):
            return


def beside(at_most: int, count: Callable[[], int]) -> str:
    """Return what a page says beside its file; what is known for nothing decides whether the rows are counted."""
    return _cut_off(count()) if at_most > MOST_IN_A_PAGE else ""


def _cut_off(total: int) -> str:
    """Return what is left out of a file of so many rows, in words; '' where all are in it."""
    if total <= MOST_IN_A_PAGE:
        return ""
    said = {"n": _grouped(MOST_IN_A_PAGE), "rest": _grouped(total - MOST_IN_A_PAGE)}
    return _("Berkas memuat %(n)s baris pertama; %(rest)s baris lainnya tidak ikut. Persempit daftarnya.") % said


def _grouped(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def give(
    kind: Format,
    name: str,
    headings: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    now: datetime,
    count: Callable[[], int] | None = None,
) -> FileResponse:
    """Write rows into a file and give it: numbers as numbers, all else as text; what is cut off is said in it.

    `count` says how many there are in all, where asking is cheaper than reading the rest to its end.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    sheets.write(file, kind, [str(words) for words in headings], _told(rows, count))
    file.seek(0)
    return answer(file, kind, name, now)


def _told(rows: Iterable[Sequence[Any]], count: Callable[[], int] | None) -> Iterator[list[str | int]]:
    found = iter(rows)
    for row in islice(found, MOST_IN_A_PAGE):
        yield [cell if isinstance(cell, int) and not isinstance(cell, bool) else str(cell) for cell in row]
    if next(found, None) is not None:
        rest = 1 + sum(1 for _row in found) if count is None else max(1, count() - MOST_IN_A_PAGE)
        yield [_cut_off(MOST_IN_A_PAGE + rest)]


def answer(file: BinaryIO, kind: Format, name: str, moment: datetime) -> FileResponse:
    """Give a file that was written, under a name that says when its list was read."""
    called = f"{name}-{timezone.localtime(moment):%Y%m%d-%H%M}.{kind.value}"
    made = FileResponse(file, as_attachment=True, filename=called, content_type=sheets.MEDIA_TYPES[kind])
    patch_cache_control(made, private=True, no_store=True)
    return made


def day(moment: datetime | None, zone: Any = None) -> str:
    """Return the day of a moment as a spreadsheet sorts it, in an office's zone; '' for none."""
    return timezone.localtime(moment, zone).date().isoformat() if moment else ""
