"""The words of the organisation's editor: what was changed, and why something cannot be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.memos import MemoMode
from tanggap.domain.organisation import Change, Fault
from tanggap.domain.reference_rows import UnitKind
from tanggap.services import exact_counts, exports, finding
from tanggap.services.accounts import Refusal

CHANGE: dict[Change, Promise] = {
    Change.UNIT_ADDED: _("Unit ditambahkan"),
    Change.UNIT_RENAMED: _("Nama unit diganti"),
    Change.UNIT_MOVED: _("Unit dipindahkan"),
    Change.UNIT_DISSOLVED: _("Unit dibubarkan"),
    Change.AGENCY_CONTACT: _("Kontak instansi diubah"),
    Change.ACCOUNT_CREATED: _("Akun dibuat"),
    Change.ACCOUNT_SWITCHED: _("Akun dikunci atau dibuka"),
    Change.PASSWORD_LINK: _("Tautan kata sandi baru diberikan"),
    Change.PASSWORD_SET: _("Kata sandi dibuat lewat tautan"),
    Change.FACTORS_REMOVED: _("Verifikasi dua langkah dihapus"),
    Change.OFFICE_GIVEN: _("Jabatan diberikan"),
    Change.OFFICE_ENDED: _("Jabatan diakhiri"),
    Change.LEAVE_ENTERED: _("Cuti dicatatkan"),
    Change.LEAVE_ENDED: _("Cuti dibatalkan oleh orang lain"),
    Change.INVITED: _("Undangan dikirim"),
    Change.INVITATION_WITHDRAWN: _("Undangan dibatalkan"),
    Change.DECREE_ENTERED: _("SK dicatat"),
    Change.DECREE_WITHDRAWN: _("SK dicabut"),
    Change.MEMO_MODE: _("Aturan nota dinas diubah"),
    Change.COMMENT_RULE: _("Penerimaan komentar pembaca diubah"),
    Change.DIRECTORY_LINKED: _("Akun dihubungkan dengan direktori instansi"),
    Change.DIRECTORY_UNLINKED: _("Hubungan akun dengan direktori instansi dilepas"),
    Change.ROUND_OPENED: _("Putaran penilaian dibuka"),
    Change.ROUND_EXTENDED: _("Batas kirim penilaian diundur"),
    Change.ROUND_CLOSED: _("Putaran penilaian ditutup"),
}

# What is logged of looks at people beyond one report, by the kind in the log.
ACCESS: dict[str, Promise] = {
    exports.KIND: _("Ekspor dengan nama pelapor"),
    finding.KIND: _("Pencarian menurut nomor telepon atau surel"),
    exact_counts.KIND: _("Jumlah persis laporan rahasia"),
}

FAULT: dict[Fault, Promise] = {
    Fault.NOT_ALLOWED: _("Perubahan ini di luar kewenangan Anda."),
    Fault.NAME_MISSING: _("Tulis namanya."),
    Fault.NAME_TAKEN: _("Sudah ada unit dengan nama ini di instansi yang sama."),
    Fault.UNKNOWN_PARENT: _("Pilih unit induk dari daftar."),
    Fault.IN_A_CIRCLE: _("Unit tidak dapat berada di bawah dirinya sendiri. Pilih induk lain."),
    Fault.NOTHING_CHANGES: _("Tidak ada yang berubah."),
    Fault.DATE_AHEAD: _("Tanggal ini belum tiba. Catat perubahan pada harinya."),
    Fault.DATE_TOO_EARLY: _("Tanggal ini terlalu awal: nama atau unitnya belum ada saat itu."),
    Fault.HAS_SUBUNITS: _("Masih ada unit di bawahnya. Pindahkan atau bubarkan unit itu dahulu."),
    Fault.HAS_OPEN_REPORTS: _("Masih ada laporan terbuka. Centang penyerahannya, atau teruskan dahulu satu per satu."),
    Fault.GROUND_MISSING: _("Tulis dasarnya: aturan atau keputusan apa."),
    Fault.IS_CLOSED: _("Unit atau instansi ini sudah tidak aktif."),
    Fault.UNKNOWN_KIND: _("Pilih jenis unit dari daftar."),
    Fault.NUMBER_MISSING: _("Tulis nomor SK."),
    Fault.SIGNER_MISSING: _("Tulis siapa yang menandatangani."),
    Fault.ENDS_BEFORE_IT_BEGINS: _("Tanggal akhir lebih awal daripada tanggal mulai."),
    Fault.COVERS_NOTHING: _("Pilih cakupannya: seluruh instansi, unit, atau petugas."),
}

MEMO_MODE: dict[MemoMode, Promise] = {
    MemoMode.OFF: _("Tidak pernah: unit menjawab langsung"),
    MemoMode.GRAVE: _("Hanya untuk laporan berkadar pengawasan dan laporan berprioritas"),
    MemoMode.ALWAYS: _("Selalu"),
}

UNIT_KIND: dict[UnitKind, Promise] = {
    UnitKind.OPD: _("Perangkat daerah (OPD)"),
    UnitKind.SUBUNIT: _("Bidang atau bagian"),
    UnitKind.TECHNICAL_UNIT: _("Unit pelaksana teknis (UPT)"),
    UnitKind.INSPECTORATE: _("Inspektorat"),
    UnitKind.PPID: _("PPID (layanan informasi publik)"),
}

REFUSAL: dict[Refusal, Promise] = {
    Refusal.NOT_ALLOWED: _("Perubahan ini di luar kewenangan Anda."),
    Refusal.UNKNOWN_USER: _("Jabatan ini tidak ada, atau sudah berakhir."),
    Refusal.UNKNOWN_ROLE: _("Pilih jabatan dari daftar."),
    Refusal.UNKNOWN_AGENCY: _("Instansi ini sudah tidak aktif."),
    Refusal.UNKNOWN_UNIT: _("Pilih unit dari daftar."),
    Refusal.UNIT_NEEDED: _("Jabatan ini melekat pada unit. Pilih unitnya."),
    Refusal.UNIT_NOT_WANTED: _("Jabatan ini untuk seluruh instansi. Kosongkan unitnya."),
    Refusal.USERNAME_INVALID: _("Nama pengguna hanya boleh huruf, angka, dan tanda @ . + - _"),
    Refusal.USERNAME_TAKEN: _("Nama pengguna ini tidak dapat dipakai. Pilih yang lain."),
    Refusal.PASSWORD_WEAK: _("Kata sandi terlalu lemah."),
    Refusal.HOLDS_THIS_OFFICE: _("Orang ini sudah memegang jabatan itu."),
    Refusal.WHICH_OFFICE: _("Sebutkan jabatan yang mana."),
    Refusal.LAST_OFFICER: _("Ini petugas terakhir unit yang masih memegang laporan. Serahkan laporannya dahulu."),
    Refusal.LAST_ADMIN: _("Ini admin terakhir instansi. Angkat admin lain dahulu, lalu coba lagi."),
    Refusal.IS_LOCKED: _("Akun ini terkunci. Buka dahulu, lalu berikan tautannya."),
    Refusal.NO_FACTOR: _("Akun ini tidak memakai verifikasi dua langkah: tidak ada yang dihapus."),
    Refusal.UNKNOWN_LANGUAGE: _("Pilih bahasa dari daftar."),
}
