"""The confined process that reads a stranger's sheet, XLSX or CSV, into rows of plain text that we can trust.

Run as `python -m tanggap.adapters.scanning.sheets MOST SOURCE TARGET`; says in one line of JSON how many rows there
are, or why there are none. A formula is never computed: what Excel had put into its cell is read. Macros and links to
other files are not looked at.
"""

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from tanggap.adapters.scanning import confinement
from tanggap.domain.attachments import MOST_INFLATED, Refusal
from tanggap.domain.cells import unguarded
from tanggap.domain.imports import MOST_COLUMNS, SheetError, SheetFault
from tanggap.domain.intake import clean as cleaned

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and every workbook with a password
_MOST_PARTS: Final = 2000
_PROLOGUE: Final = 65_536
_LONGEST_CELL: Final = 200_000
_HEAD: Final = 4096
_BLOCK: Final = 1024 * 1024
_SECONDS: Final = 120  # fifty thousand rows of 21 columns took 17


def read(most: str, source: Path, target: Path) -> confinement.Answer | Refusal:
    """Write the rows of a sheet into `target`, one JSON list a line: its number in the sheet, then its cells."""
    try:
        encoding, rows = _rows(source)
        return {"rows": _write(rows, target, int(most)), "encoding": encoding}
    except SheetError as error:
        return {"fault": error.fault.value}


def _rows(source: Path) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    with source.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLD):
        raise SheetError(SheetFault.OLD_OR_LOCKED)
    if head.startswith(_ZIP):
        _look_through(source)
        return "xlsx", _of_workbook(source)
    encoding = _encoding(source, head)
    return encoding, _of_text(source, encoding)


def _write(rows: Iterable[tuple[int, list[str]]], target: Path, most: int) -> int:
    count = 0
    with target.open("w", encoding="utf-8") as file:
        for number, cells in rows:
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            count += 1
            if count > most + 1:  # the headings are a row as well
                raise SheetError(SheetFault.TOO_MANY_ROWS)
            file.write(json.dumps([number, *cells], ensure_ascii=False))
            file.write("\n")
    if not count:
        raise SheetError(SheetFault.EMPTY)
    return count


def _look_through(source: Path) -> None:
    """Refuse what would grow without bound before it is unpacked: `zipfile` reads no more than is declared."""
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
                raise SheetError(SheetFault.INFLATES)
            if any(part.flag_bits & 1 for part in parts):
                raise SheetError(SheetFault.OLD_OR_LOCKED)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise SheetError(SheetFault.UNKNOWN_TYPE)
            for part in parts:
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(_PROLOGUE).replace(b"\0", b""):
                        raise SheetError(SheetFault.BROKEN)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise SheetError(SheetFault.BROKEN) from error


def _of_workbook(source: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # takes longer to load than a CSV takes to read

    try:
        with source.open("rb") as file:  # by its content, whatever it is called
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:1]:
                sheet.reset_dimensions()  # what the file says of its own size is not believed
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                    yield number, [_text(value) for value in row[:MOST_COLUMNS]]
    except MemoryError:
        raise
    except Exception as error:  # a library that reads what strangers bend raises whatever it stumbles over
        raise SheetError(SheetFault.BROKEN) from error


def _text(value: Any) -> str:
    """Return a cell as text: a number without the point that a spreadsheet adds, a day as ISO writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "Ya" if value else "Tidak"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.replace(tzinfo=None, microsecond=0).isoformat(sep=" ")
        case date():
            return value.isoformat()
        case time():
            return value.replace(tzinfo=None, microsecond=0).isoformat()
        case _:
            return unguarded(cleaned(str(value)))


def _encoding(source: Path, head: bytes) -> str:
    """Return how a text is encoded: as its mark says, else UTF-8 where all of it is that, else as Windows writes it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise SheetError(SheetFault.UNKNOWN_TYPE)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _of_text(source: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with io.TextIOWrapper(source.open("rb"), encoding=encoding, errors="replace", newline="") as file:
            sign = _separator(file.read(_HEAD))
            file.seek(0)
            for number, row in enumerate(csv.reader(file, delimiter=sign), start=1):
                yield number, [unguarded(cleaned(cell)) for cell in row[:MOST_COLUMNS]]
    except (csv.Error, UnicodeError) as error:
        raise SheetError(SheetFault.BROKEN) from error


def _separator(head: str) -> str:
    """Return what stands between the cells: whichever sign the first lines have most of."""
    first = "\n".join(head.splitlines()[:3])
    return max((";", ",", "\t"), key=first.count)


if __name__ == "__main__":
    confinement.main(read, seconds=_SECONDS)
