"""The words of imports: why a sheet is not taken, what is wrong with a row and how to mend it, what each column is."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.imports import Kind, LetterColumn, Problem, SheetFault, State
from tanggap.domain.intake import Fault
from tanggap.domain.sp4n import Column
from tanggap.web import wording

KIND: Mapping[Kind, Promise] = {
    Kind.LETTERS: _("Surat dan telepon yang dicatat di lembar kerja"),
    Kind.HISTORY: _("Riwayat dari SP4N-LAPOR! (21 kolom ekspor admin)"),
}
KIND_HELP: Mapping[Kind, Promise] = {
    Kind.LETTERS: _("Setiap baris menjadi laporan baru, seperti dicatat di loket."),
    Kind.HISTORY: _(
        "Setiap baris menjadi laporan dengan status lamanya. Tidak tampil ke publik, tidak ada yang disurati."
    ),
}
SHEET_FAULT: Mapping[SheetFault, Promise] = {
    SheetFault.EMPTY: _("Berkas ini tidak berisi baris."),
    SheetFault.TOO_LARGE: _("Berkas ini terlalu besar. Bagi menjadi beberapa berkas."),
    SheetFault.TOO_MANY_ROWS: _("Baris di berkas ini terlalu banyak. Bagi menjadi beberapa berkas."),
    SheetFault.UNKNOWN_TYPE: _("Berkas ini bukan XLSX atau CSV."),
    SheetFault.OLD_OR_LOCKED: _("Berkas Excel ini bentuk lama (XLS) atau berkata sandi. Simpan ulang sebagai XLSX."),
    SheetFault.INFLATES: _("Isi berkas ini terlalu besar untuk dibuka. Simpan sebagai CSV, atau bagi."),
    SheetFault.BROKEN: _("Berkas ini rusak atau tidak dapat dibaca. Buka dan simpan ulang."),
    SheetFault.NO_HEADINGS: _("Baris judul kolom tidak ditemukan. Yang belum ada: %(missing)s."),
    SheetFault.NO_ROOM: _("Penyimpanan penuh. Coba lagi nanti."),
}
PROBLEM: Mapping[Problem, Promise] = {
    Problem.NO_DATE: _("Bukan tanggal. Tulis misalnya 21-07-2026."),
    Problem.NO_TIME: _("Bukan jam. Tulis misalnya 14:30."),
    Problem.NO_EMAIL: _("Bukan alamat surel. Tulis misalnya nama@contoh.id."),
    Problem.NO_PHONE: _("Nomor telepon ini tidak dikenal. Tulis misalnya 0812 3456 7890."),
    Problem.NO_CHOICE: _("Bukan salah satu pilihan. Lihat daftar kolom di halaman impor."),
    Problem.NO_NUMBER: _("Nomor ini tidak dapat dipakai: hanya huruf, angka, titik, garis miring dan tanda hubung."),
    Problem.TWO_MEANINGS: _("Nama ini dipakai lebih dari satu kali. Tulis kodenya, atau tetapkan artinya."),
    Problem.OTHER_AGENCY: _("Laporan ini milik instansi lain. Hapus baris ini."),
    Problem.OFFICE_ENDED: _(
        "Instansi atau unit ini sudah ditutup, padahal laporannya belum selesai. Tetapkan penggantinya."
    ),
    Problem.TOO_OLD: _("Tanggal ini lebih tua daripada aturan batas waktu yang dikenal sistem."),
    Problem.TWICE: _("Nomor ini ada dua kali di berkas ini dengan isi berbeda. Pilih satu."),
    Problem.CHANGED: _("Nomor ini sudah diimpor dengan isi lain. Yang tersimpan tidak diubah."),
    Problem.HERE: _("Nomor ini laporan yang sudah ada di sistem ini. Hapus baris ini."),
    Problem.EXAMPLE: _("Ini baris contoh. Hapus baris ini."),
    Problem.FAILED: _("Gagal karena kesalahan sistem. Kirim lagi baris ini."),
}
STATE: Mapping[State, Promise] = {
    State.GOOD: _("Siap diimpor"),
    State.BAD: _("Perlu diperbaiki"),
    State.KNOWN: _("Sudah pernah diimpor"),
    State.CHANGED: _("Sudah diimpor dengan isi lain"),
    State.DONE: _("Terimpor"),
    State.REFUSED: _("Ditolak saat diimpor"),
}
# More exact than the words of a fault in general.
_OF_COLUMN: Final[Mapping[tuple[str, Fault], Promise]] = {
    (LetterColumn.TITLE, Fault.TOO_SHORT): _("Judul terlalu pendek: paling sedikit 10 huruf."),
    (LetterColumn.TITLE, Fault.TOO_LONG): _("Judul terlalu panjang: paling banyak 150 huruf."),
    (LetterColumn.BODY, Fault.TOO_SHORT): _("Isi terlalu pendek: paling sedikit 30 huruf."),
    (LetterColumn.BODY, Fault.TOO_LONG): _("Isi terlalu panjang: paling banyak 5.000 huruf."),
    (LetterColumn.RECEIVED, Fault.RECEIVED_LATER): _("Tanggal diterima tidak boleh di masa depan."),
    (LetterColumn.PROVINCE, Fault.UNKNOWN): _("Wilayah ini tidak dikenal. Tulis nama lengkapnya, atau kodenya."),
    (LetterColumn.AREA, Fault.UNKNOWN): _("Kode wilayah ini tidak dikenal. Contoh: 36.01.02.2003."),
    (LetterColumn.CATEGORY, Fault.UNKNOWN): _("Kategori ini tidak dikenal. Tetapkan artinya, atau kosongkan."),
    (LetterColumn.AGENCY, Fault.UNKNOWN): _("Instansi ini tidak dikenal. Tulis nama lengkapnya, atau kosongkan."),
    (LetterColumn.EMAIL, Fault.CONTACT): _("Isi surel, nomor telepon atau alamat, atau tulis Ya di kolom Anonim."),
    (LetterColumn.NAME, Fault.MISSING): _("Isi nama pelapor, atau tulis Ya di kolom Anonim."),
    (Column.DATE, Fault.FUTURE): _("Tanggal masuk tidak boleh di masa depan."),
    (Column.OFFICE, Fault.UNKNOWN): _("Unit ini tidak dikenal di instansi Anda. Tetapkan artinya."),
    (Column.PARENT_AGENCY, Fault.UNKNOWN): _("Instansi ini tidak dikenal. Tulis nama lengkapnya."),
    (Column.STATUS, Fault.UNKNOWN): _("Status ini tidak dikenal. Tulis seperti di SP4N-LAPOR!."),
    (Column.SOURCE, Fault.UNKNOWN): _("Sumber ini tidak dikenal. Tulis misalnya Website atau Surat."),
}

COLUMN_HELP: Mapping[LetterColumn, Promise] = {
    LetterColumn.REFERENCE: _("Nomor di buku agenda Anda. Dengan nomor ini sebuah baris hanya masuk satu kali."),
    LetterColumn.CHANNEL: _("Wajib. Datang langsung, Telepon, Surat, Surel, SMS, WhatsApp atau X."),
    LetterColumn.RECEIVED: _("Wajib. Hari laporan sampai di kantor Anda; batas waktu dihitung sejak hari itu."),
    LetterColumn.CLASSIFICATION: _("Wajib. Pengaduan, Aspirasi atau Permintaan informasi."),
    LetterColumn.TITLE: _("Wajib. 10 sampai 150 huruf."),
    LetterColumn.BODY: _("Wajib. Kata-kata warga apa adanya, 30 sampai 5.000 huruf."),
    LetterColumn.EVENT_DATE: _("Wajib untuk pengaduan."),
    LetterColumn.AREA: _("Kode Kemendagri, misalnya 36.01.02.2003. Bila diisi, nama wilayah tidak dibaca."),
    LetterColumn.PROVINCE: _("Wajib untuk pengaduan, bila kode wilayah kosong."),
    LetterColumn.REGENCY: _("Bila tahu."),
    LetterColumn.DISTRICT: _("Bila tahu."),
    LetterColumn.VILLAGE: _("Bila tahu."),
    LetterColumn.LOCATION: _("Bila tahu."),
    LetterColumn.CATEGORY: _("Nama atau kode kategori. Boleh kosong."),
    LetterColumn.AGENCY: _("Nama instansi. Kosong berarti instansi Anda."),
    LetterColumn.URGENCY: _(
        "Mengancam keselamatan jiwa, Menyangkut anak, Menyangkut penyandang disabilitas, atau Bencana. "
        "Kosong berarti tidak mendesak."
    ),
    LetterColumn.SOLUTION: _("Boleh kosong."),
    LetterColumn.LOSS: _("Boleh kosong."),
    LetterColumn.NAME: _("Wajib, kecuali anonim."),
    LetterColumn.EMAIL: _("Salah satu dari surel, telepon dan alamat wajib, kecuali anonim."),
    LetterColumn.PHONE: _("Boleh kosong."),
    LetterColumn.ADDRESS: _("Boleh kosong."),
    LetterColumn.PROXY: _("Bila pelapor diwakili orang lain."),
    LetterColumn.ANONYMOUS: _("Ya atau Tidak. Kosong berarti Tidak."),
    LetterColumn.CONFIDENTIAL: _("Ya atau Tidak. Kosong berarti Tidak."),
}


def fault(column: str, code: str) -> str:
    """Say what is wrong with a cell, and how to mend it."""
    if code in set(Problem):
        return str(PROBLEM[Problem(code)])
    known = Fault(code)
    return str(_OF_COLUMN.get((column, known)) or wording.FAULT[known])
