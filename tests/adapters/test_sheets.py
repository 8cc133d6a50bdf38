"""Sheets of strangers: read as text within bounds, or refused with the reason; never computed, never half kept."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from tanggap.adapters import imports
from tanggap.adapters.scanning import sheets
from tanggap.domain.imports import SheetError, SheetFault


def book(*rows) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with one of its parts exchanged, or with one more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return made.getvalue()


def read(tmp_path, content: bytes, most: int = 1000):
    """Read a sheet here, as the confined process does."""
    source, target = tmp_path / "came", tmp_path / "rows"
    source.write_bytes(content)
    answer = sheets.read(str(most), source, target)
    if fault := answer.get("fault"):
        return SheetFault(fault)
    return [row.cells for row in _rows(tmp_path)]


def _rows(folder):
    (folder / "rows").rename(folder / ("0" * 32))
    return list(imports.rows(folder, "0" * 32))


TABLE = [("Judul", "Nama"), ("Jalan rusak", "Siti Contoh é")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_text_is_read_however_its_program_writes_it(tmp_path, encoding, sign):
    text = "\r\n".join(sign.join(row) for row in TABLE)
    assert read(tmp_path, text.encode(encoding)) == TABLE


def test_cells_of_a_workbook_are_text_and_what_was_guarded_comes_back(tmp_path):
    moment = datetime(2020, 6, 26, 10, 5)  # noqa: DTZ001 - a sheet knows no zone
    cells = ["'=SUM(1)", 81234567890, 3.0, 2.5, True, date(2020, 6, 26), moment, time(9, 30), None, "a\r\nb"]
    (found,) = read(tmp_path, book(cells))
    assert found[:8] == ("=SUM(1)", "81234567890", "3", "2.5", "Ya", "2020-06-26", "2020-06-26 10:05:00", "09:30:00")
    assert found[8:] == ("", "a\nb")


def test_a_formula_is_never_computed(tmp_path):
    content = book(["Judul"], ['=WEBSERVICE("http://bahaya.example/")'])
    assert read(tmp_path, content) == [("Judul",)], "no value was stored for it, so the row is empty"


def test_macros_and_links_to_other_files_are_not_looked_at(tmp_path):
    plain = book(*TABLE)
    macros = with_part(plain, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)
    linked = with_part(plain, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert read(tmp_path, macros) == TABLE
    (tmp_path / ("0" * 32)).unlink()
    assert read(tmp_path, linked) == TABLE


def _lies() -> bytes:
    """Return a workbook whose sheet names a row far below."""
    sheet = zipfile.ZipFile(io.BytesIO(book(*TABLE))).read("xl/worksheets/sheet1.xml")
    return with_part(book(*TABLE), "xl/worksheets/sheet1.xml", sheet.replace(b'r="2"', b'r="1048576"'))


def _bomb() -> bytes:
    return with_part(book(*TABLE), "xl/sharedStrings.xml", b"<sst>" + bytes(120 * 1024 * 1024))


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
REFUSED = {
    "nothing": (b"", SheetFault.EMPTY),
    "blank rows": (b",,\n,,\n", SheetFault.EMPTY),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", SheetFault.UNKNOWN_TYPE),
    "old Excel, or a password": (b"\xd0\xcf\x11\xe0" + bytes(600), SheetFault.OLD_OR_LOCKED),
    "half a workbook": (book(*TABLE)[:-200], SheetFault.BROKEN),
    "an archive of something else": (with_part(b"PK\x05\x06" + bytes(18), "readme.txt", b"x"), SheetFault.UNKNOWN_TYPE),
    "entities": (with_part(book(*TABLE), "xl/worksheets/sheet1.xml", DOCTYPE), SheetFault.BROKEN),
    "a bomb": (_bomb(), SheetFault.INFLATES),
    "too many rows": (b"satu,dua\n" * 1002, SheetFault.TOO_MANY_ROWS),
    "a quote that never ends": (b'satu,"' + b"x" * 300_000, SheetFault.BROKEN),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, what):
    content, fault = REFUSED[what]
    assert read(tmp_path, content) == fault


def test_a_row_that_claims_to_lie_far_below_is_one_row(tmp_path):
    assert len(read(tmp_path, _lies())) == 2


def test_a_sheet_is_read_by_a_confined_process_and_lies_readable_by_us_alone(tmp_path):
    taken = imports.take_in(tmp_path, [book(*TABLE)], most_bytes=10**6, most_rows=5, least_free=0)
    assert (taken.count, taken.encoding) == (2, "xlsx")
    assert [path.name for path in tmp_path.iterdir()] == [taken.key]
    assert (tmp_path / taken.key).stat().st_mode & 0o077 == 0
    first, second = imports.rows(tmp_path, taken.key)
    with imports.reader(tmp_path, taken.key) as at:
        assert (at(second.place), at(first.place)) == (second, first)
    with pytest.raises(SheetError) as refused:
        imports.take_in(tmp_path, [b"satu,dua"], most_bytes=3, most_rows=5, least_free=0)
    assert refused.value.fault is SheetFault.TOO_LARGE
    with pytest.raises(SheetError) as full:
        imports.take_in(tmp_path, [b"satu,dua"], most_bytes=30, most_rows=5, least_free=2**62)
    assert full.value.fault is SheetFault.NO_ROOM
    assert [path.name for path in tmp_path.iterdir()] == [taken.key]
    with pytest.raises(FileNotFoundError):
        list(imports.rows(tmp_path, "../" + taken.key))
