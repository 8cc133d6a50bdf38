"""A handful of letters and calls that the province's admin brings in from a sheet, two of them with a mistake."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from django.db import transaction

from tanggap.adapters import imports as files
from tanggap.domain import references
from tanggap.domain.imports import Kind, LetterColumn, SheetRow
from tanggap.management.demo import people
from tanggap.management.demo.offices import PROVINCE
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.steps import Stage
from tanggap.selectors import bulk as jobs
from tanggap.services import bulk, imports, messages

_L = LetterColumn
_MOST_BYTES, _MOST_ROWS = 10**6, 100
# (channel, classification, title, text, days before the import)
_LETTERS: Final = (
    ("Surat", "Pengaduan", "Jembatan desa tanpa pagar pengaman", "Jembatan di jalan provinsi dekat balai desa tidak "
     "berpagar sejak tersenggol truk tiga minggu lalu. Anak sekolah melewatinya setiap hari.", 6),
    ("Telepon", "Pengaduan", "Saluran tersumbat di depan pasar", "Penelepon menyampaikan saluran di depan pasar "
     "tersumbat sehingga air masuk ke kios setiap hujan lebih dari satu jam.", 5),
    ("Surat", "Permintaan informasi", "Syarat beasiswa provinsi", "Mohon keterangan tentang syarat dan jadwal beasiswa "
     "dari pemerintah provinsi untuk siswa SMA tahun ini.", 5),
    ("Datang langsung", "Pengaduan", "Lampu penerangan padam di tikungan", "Warga datang menyampaikan bahwa lampu "
     "penerangan di tikungan setelah pos ronda padam sudah dua minggu.", 4),
    ("Surel", "Aspirasi", "Usul jam layanan pada hari Sabtu", "Mengusulkan agar layanan perizinan dibuka setengah hari "
     "pada hari Sabtu supaya pekerja dapat mengurus tanpa cuti.", 3),
    ("WhatsApp", "Pengaduan", "Antrean berobat sejak pukul empat pagi", "Pasien harus mengantre sejak pukul empat pagi "
     "untuk mendapat nomor, dan kuota habis sebelum loket dibuka.", 3),
)  # fmt: skip
_FAULTY: Final = (
    {_L.RECEIVED: "31-02-2026"},
    {_L.CATEGORY: "Lain-lain (lihat berkas)"},
)


def bring_in(stage: Stage, folder: Path, *, seed: int, started: datetime) -> int:
    """Bring the letters in once, on the last office day but one; returns how many came in."""
    admin = stage.offices.admin(PROVINCE)
    if jobs.latest(viewer=admin, kind=imports.CHECK, size=1):
        return 0
    now = stage.clockwork.last_office_moment() - timedelta(hours=2)
    content = _sheet(Random(f"letters:{seed}"), now)
    taken = files.take_in(folder, [content], most_bytes=_MOST_BYTES, most_rows=_MOST_ROWS, least_free=0)
    with transaction.atomic(), files.reader(folder, taken.key) as at:

        def rows() -> Iterator[SheetRow]:
            return files.rows(folder, taken.key)

        job = imports.receive(
            actor=admin,
            kind=Kind.LETTERS,
            sheet=taken.key,
            name="surat-masuk.csv",
            total=taken.count - 1,
            rows=rows,
            now=now,
            is_waited_for=True,
        )
        going = imports.begin(actor=admin, key=job.key, now=now, is_queued=False)
        headings, _body = imports.body_of(Kind.LETTERS, rows())
        imports.run(
            going, actor=admin, headings=headings, at=at, now=now, number_of=lambda row: _number(seed, row.number)
        )
        bulk.settle(going, is_done=True, now=now)
        messages.silence(before=started, now=stage.clockwork.end)
    return len(_LETTERS)


def _number(seed: int, row: int) -> str:
    return references.make(Random(f"letter:{seed}:{row}").randbytes(5))


def _sheet(dice: Random, now: datetime) -> bytes:
    """Return the sheet as CSV."""
    text = io.StringIO()
    out = csv.DictWriter(text, [column.value for column in LetterColumn])
    out.writeheader()
    for at, letter in enumerate((*_LETTERS, *_LETTERS[: len(_FAULTY)]), start=1):
        channel, kind, title, body, days = letter
        received = (now - timedelta(days=days)).astimezone(ZONE).strftime("%d-%m-%Y")
        row: dict[str, str] = {
            _L.REFERENCE: f"SM/{at:03d}/{now.year}",
            _L.CHANNEL: channel,
            _L.RECEIVED: received,
            _L.CLASSIFICATION: kind,
            _L.TITLE: title,
            _L.BODY: body,
            _L.EVENT_DATE: received,
            _L.PROVINCE: "Banten",
            _L.NAME: people.name(dice),
            _L.PHONE: people.phone(dice),
        }
        out.writerow(row | (_FAULTY[at - len(_LETTERS) - 1] if at > len(_LETTERS) else {}))
    return text.getvalue().encode()
