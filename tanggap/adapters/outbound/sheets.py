"""Tables for other programs, written row by row: as long as they are, they take the same memory."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import BinaryIO, Final

import xlsxwriter

from tanggap.domain.cells import guarded
from tanggap.domain.exports import Format

MEDIA_TYPES: Final = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}
# A sheet of Excel has no room for more.
_MOST_ROWS: Final = 1_048_575
_MOST_LETTERS: Final = 32_767
_WIDTH: Final = 22

type Cell = str | int


def write(file: BinaryIO, kind: Format, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table with its headings into a file that can be written as bytes: texts as texts, numbers as numbers."""
    if kind == Format.CSV:
        _write_csv(file, headings, rows)
    else:
        _write_xlsx(file, headings, rows)


def _write_csv(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    # With a mark of its encoding, without which Excel takes it for another one.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        # The headings of a sheet that somebody sent in go back with its rows.
        writer.writerows([_guarded(cell) for cell in row] for row in chain([headings], rows))
    finally:
        text.detach()


def _guarded(cell: Cell) -> Cell:
    return cell if isinstance(cell, int) else guarded(cell)


def _write_xlsx(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    # Nothing a stranger wrote is taken for a formula, a number or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False, "in_memory": False}) as book:
        bold = book.add_format({"bold": True})
        sheet, place = None, _MOST_ROWS
        for row in rows:
            if sheet is None or place >= _MOST_ROWS:
                sheet, place = _new_sheet(book, headings, bold), 0
            place += 1
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell)
                else:
                    sheet.write_string(place, column, guarded(cell)[:_MOST_LETTERS])
        if sheet is None:
            _new_sheet(book, headings, bold)


def _new_sheet(book: xlsxwriter.Workbook, headings: Sequence[str], bold: object) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet()
    sheet.set_column(0, len(headings) - 1, _WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, bold)
    return sheet
