"""The words that a letter has for codes: outcomes, closings, clocks; complete by test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.clocks import Clock
from tanggap.domain.outcomes import Closing, Outcome

# What was done, in a sentence of its own: closed is not solved, and nobody is glad on the reporter's behalf.
OUTCOME: dict[Outcome, Promise] = {
    Outcome.FIXED: _("Menurut jawaban itu, masalahnya sudah diperbaiki. Buktinya ada di halaman laporan."),
    Outcome.EXPLAINED: _("Jawaban itu berisi penjelasan; belum ada yang diubah di lapangan."),
    Outcome.SCHEDULED: _("Penanganannya dijadwalkan: %(on)s. Masalahnya belum diperbaiki."),
    Outcome.BUDGET_NEEDED: _("Penanganannya menunggu anggaran. Masalahnya belum diperbaiki."),
    Outcome.REJECTED_WITH_REASON: _("Permintaan Anda tidak dapat dipenuhi. Alasannya ada di halaman laporan."),
    Outcome.INFORMATION_GIVEN: _("Informasi yang Anda minta ada di halaman laporan."),
    Outcome.ASPIRATION_NOTED: _("Aspirasi Anda dicatat. Belum ada keputusan untuk melaksanakannya."),
    Outcome.ASPIRATION_ADOPTED: _("Aspirasi Anda diterima untuk dilaksanakan."),
    Outcome.PROVEN_SANCTIONED: _("Pemeriksaan selesai: laporan Anda terbukti dan ditindak."),
    Outcome.NOT_PROVEN: _("Pemeriksaan selesai: laporan Anda tidak terbukti. Alasannya ada di halaman laporan."),
    Outcome.TRANSFERRED_OUTSIDE: _("Laporan Anda diteruskan ke lembaga lain. Keterangannya ada di halaman laporan."),
    Outcome.DEEMED_WITHDRAWN: _("Laporan ini ditutup tanpa jawaban karena keterangan tambahan tidak diterima."),
    Outcome.WITHDRAWN: _("Laporan ini dicabut oleh pelapor."),
    Outcome.NOT_RECORDED: _("Laporan ini ditangani di sistem lain; hasilnya tidak tercatat di sana."),
}

CLOSING: dict[Closing, Promise] = {
    Closing.CONFIRMED: _("Laporan Anda ditutup atas pernyataan Anda."),
    Closing.AUTO: _("Kami tidak mendengar kabar dari Anda sampai batas waktunya, jadi laporan Anda ditutup."),
    Closing.MANUAL: _("Laporan Anda ditutup oleh %(office)s. Penjelasannya ada di halaman laporan."),
    Closing.PARTS: _("Semua bagian laporan Anda sudah berakhir."),
    Closing.DEEMED_WITHDRAWN: _("Laporan Anda dianggap dicabut karena keterangan tambahan tidak diterima."),
}

# A clock as it stands within a sentence.
CLOCK: dict[Clock, Promise] = {
    Clock.VERIFY: _("verifikasi"),
    Clock.INTERNAL_ACCEPT: _("penerimaan oleh unit"),
    Clock.FIRST_FOLLOWUP: _("tindak lanjut pertama"),
    Clock.RESOLVE: _("jawaban"),
    Clock.REOPENED: _("jawaban setelah dibuka kembali"),
    Clock.AUTO_CLOSE: _("tanggapan pelapor"),
    Clock.DATA_REQUEST: _("keterangan dari pelapor"),
    Clock.REPLY: _("jawaban atas tanggapan pelapor"),
    Clock.STATUTORY_MAX: _("batas undang-undang untuk jawaban"),
    Clock.STATUTORY_NOTICE: _("batas undang-undang untuk pemberitahuan kelengkapan"),
    Clock.OUTCOME_NOTICE: _("penyampaian hasil"),
    Clock.REOPEN_WINDOW: _("kesempatan membuka kembali"),
    Clock.APPEAL: _("kesempatan mengajukan keberatan"),
    Clock.HOP: _("persetujuan pelimpahan"),
    Clock.ARBITRATION: _("penetapan instansi"),
    Clock.EXTENSION: _("perpanjangan paling lama"),
    Clock.PARTS: _("penyelesaian semua bagian"),
    Clock.FORMAL: _("jawaban PPID"),
    Clock.FORMAL_WINDOW: _("kesempatan berkeberatan kepada atasan PPID"),
    Clock.FORMAL_OBJECTION: _("jawaban atasan PPID"),
}

# What the law promised and did not happen (UU 25/2009 Ps 44 (3) and Ps 50).
STATUTORY: dict[Clock, Promise] = {
    Clock.STATUTORY_NOTICE: _("Undang-undang mewajibkan instansi memberi tahu apakah laporan Anda lengkap."),
    Clock.STATUTORY_MAX: _("Undang-undang mewajibkan instansi menjawab laporan Anda."),
}
