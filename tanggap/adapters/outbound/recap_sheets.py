"""A recap as a workbook: a first sheet with what it is, then one sheet for each table, numbers as numbers."""

from datetime import datetime
from typing import Any, BinaryIO, Final

import xlsxwriter
from django.utils.translation import gettext as _

from tanggap.adapters.outbound import recap_names as names
from tanggap.adapters.outbound.recap_document import Cell, Document, Table
from tanggap.domain.cells import guarded

_UNIT_WIDTH: Final = 11  # of a column of share 1, in signs
_OPTIONS: Final = {
    "in_memory": True,
    # Nothing that stands in it is taken for a formula, a number or a link.
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(file: BinaryIO, document: Document, *, made_at: datetime) -> None:
    """Write a recap into a file that can be written as bytes."""
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": guarded(f"{document.title} {document.period}"),
                "author": guarded(document.agency),
                "created": made_at.replace(tzinfo=None),
            }
        )
        formats = _Formats(book)
        sheets = [str(names.SHEET[table.key]) for table in document.tables]
        _first(book, document, sheets, formats)
        for name, table in zip(sheets, document.tables, strict=True):
            _table(book.add_worksheet(name), table, formats)


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EBEBEB"}
        )
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.note = book.add_format({"italic": True})
        self._numbers: dict[tuple[str, bool], Any] = {}

    def number(self, cell: Cell, *, is_bold: bool) -> Any:
        """Return how a number is shown: with its decimals, grouped, a percentage with its sign."""
        shape = "#,##0" if cell.decimals == 0 else f"0.{'0' * cell.decimals}"
        if cell.text.endswith("%"):
            shape += '" %"'
        if (shape, is_bold) not in self._numbers:
            said = {"num_format": shape, "valign": "top", "bold": is_bold}
            self._numbers[shape, is_bold] = self.book.add_format(said)
        return self._numbers[shape, is_bold]


def _first(book: xlsxwriter.Workbook, document: Document, sheets: list[str], formats: _Formats) -> None:
    sheet = book.add_worksheet(_("Rekap"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    rows: list[tuple[str, str]] = [(document.agency, ""), (document.period, "")]
    rows += [(words, "") for words in (document.state, document.demo) if words]
    rows += [("", ""), *document.facts, (_("Alamat"), document.link), ("", "")]
    rows += [(document.summary_title if place == 0 else "", words) for place, words in enumerate(document.summary)]
    rows += [("", ""), *((name, table.caption) for name, table in zip(sheets, document.tables, strict=True))]
    sheet.write_string(0, 0, guarded(document.title), formats.title)
    for place, (label, words) in enumerate(rows, start=1):
        sheet.write_string(place, 0, guarded(label), formats.bold)
        if words:
            sheet.write_string(place, 1, guarded(words), formats.wrapped)


def _table(sheet: Any, table: Table, formats: _Formats) -> None:
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if table.is_wide:
        sheet.set_landscape()
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(_UNIT_WIDTH, round(column.share * _UNIT_WIDTH)))
        sheet.write_string(0, place, guarded(column.label), formats.head)
    for line, row in enumerate(table.rows, start=1):
        _row(sheet, line, row, formats, is_bold=table.has_total and line == len(table.rows))
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows) - table.has_total, len(table.columns) - 1)
    for place, note in enumerate((table.caption, *table.notes), start=len(table.rows) + 2):
        if note:
            sheet.write_string(place, 0, guarded(note), formats.note)


def _row(sheet: Any, line: int, row: tuple[Cell, ...], formats: _Formats, *, is_bold: bool) -> None:
    for place, cell in enumerate(row):
        if cell.number is None:
            sheet.write_string(line, place, guarded(cell.text), formats.bold if is_bold else formats.wrapped)
        else:
            sheet.write_number(line, place, float(cell.number), formats.number(cell, is_bold=is_bold))
