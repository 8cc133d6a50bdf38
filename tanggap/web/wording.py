"""The words for codes that people read, complete by test: every code of the domain has its row here.

Plain Indonesian, active, addressed to "Anda"; English comes from the catalogue.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanggap.domain.actors import Role
from tanggap.domain.attachments import Refusal
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification, Fault, ReportChannel, Urgency
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.domain.outcomes import ArchiveReason, Closing, Outcome, Solved
from tanggap.domain.queues import Secrecy

STATUS: dict[Status, Promise] = {
    Status.UNVERIFIED: _("Belum terverifikasi"),
    Status.ASSIGNED: _("Terdisposisi, belum ditindaklanjuti"),
    Status.IN_PROGRESS: _("Sedang diproses"),
    Status.ANSWERED: _("Menunggu tanggapan pelapor"),
    Status.PENDING: _("Tertunda"),
    Status.SPLIT: _("Dipecah"),
    Status.CLOSED: _("Selesai"),
    Status.ARCHIVED: _("Diarsipkan"),
    Status.WITHDRAWN: _("Dicabut pelapor"),
}
RETURNED = _("Dikembalikan, mencari instansi yang tepat")

STATUS_HELP: dict[Status, Promise] = {
    Status.UNVERIFIED: _("Admin memeriksa laporan dan menentukan instansi yang berwenang."),
    Status.ASSIGNED: _("Laporan sudah diteruskan. Instansi belum memberi tindak lanjut."),
    Status.IN_PROGRESS: _("Instansi sudah memberi tindak lanjut dan masih bekerja."),
    Status.ANSWERED: _("Instansi sudah menjawab. Pelapor dapat menanggapi sebelum laporan ditutup."),
    Status.PENDING: _("Instansi menunggu data tambahan dari pelapor."),
    Status.SPLIT: _("Laporan ini dibagi; setiap bagian ditangani sendiri."),
    Status.CLOSED: _("Laporan ditutup. Pelapor dapat menilai dan membukanya kembali."),
    Status.ARCHIVED: _("Laporan tidak dapat diproses, dengan alasan. Pelapor dapat mengajukan keberatan."),
    Status.WITHDRAWN: _("Pelapor mencabut laporannya."),
}

FAMILY: dict[Family, Promise] = {
    Family.UNVERIFIED: _("Belum terverifikasi"),
    Family.ASSIGNED: _("Belum ditindaklanjuti"),
    Family.IN_PROGRESS: _("Sedang diproses"),
    Family.PENDING: _("Tertunda"),
    Family.CLOSED: _("Selesai"),
    Family.ARCHIVED: _("Arsip"),
}

CLASSIFICATION: dict[Classification, Promise] = {
    Classification.COMPLAINT: _("Pengaduan"),
    Classification.ASPIRATION: _("Aspirasi"),
    Classification.INFORMATION_REQUEST: _("Permintaan Informasi"),
}
CLASSIFICATION_HELP: dict[Classification, Promise] = {
    Classification.COMPLAINT: _("Ada layanan yang buruk, rusak, atau menyimpang."),
    Classification.ASPIRATION: _("Saran, harapan, atau apresiasi."),
    Classification.INFORMATION_REQUEST: _("Anda ingin mengetahui sesuatu tentang layanan."),
}

URGENCY: dict[Urgency, Promise] = {
    Urgency.NONE: _("Tidak mendesak"),
    Urgency.LIFE: _("Mengancam keselamatan jiwa"),
    Urgency.CHILD: _("Menyangkut anak"),
    Urgency.DISABILITY: _("Menyangkut penyandang disabilitas"),
    Urgency.DISASTER: _("Bencana"),
}

SECRECY: dict[Secrecy, Promise] = {
    Secrecy.OPEN: _("Terbuka"),
    Secrecy.ANONYMOUS: _("Anonim"),
    Secrecy.CONFIDENTIAL: _("Rahasia"),
}
QUEUE: dict[str, Promise] = {
    "perlu": _("Perlu saya kerjakan"),
    "saya": _("Yang saya ambil"),
    "belum-diambil": _("Belum diambil"),
    "kembali": _("Kembali kepada saya"),
    "belum-selesai": _("Belum selesai menurut pelapor"),
    "keputusan": _("Menunggu keputusan saya"),
    "menunggu-pelapor": _("Menunggu pelapor"),
    "terlambat": _("Terlambat"),
    "unit": _("Unit saya"),
    "nota": _("Nota dinas"),
    "ditahan": _("Menunggu pemeriksaan kedua"),
    "ditahan-semua": _("Menunggu pemeriksaan kedua"),
    "pelimpahan": _("Dilimpahkan kepada kami"),
    "penetapan": _("Menunggu penetapan"),
    "diminta-buka": _("Diminta dibuka kembali"),
    "menggantikan": _("Menggantikan yang terlambat"),
    "dilimpahkan": _("Pernah kami pegang"),
    "mendukung": _("Kami mendukung"),
    "pengawasan": _("Berkadar pengawasan"),
    "semua": _("Semua instansi"),
}
_OWN_OFFICE: dict[Role, Promise] = {
    Role.AGENCY_ADMIN: _("Instansi saya"),
    Role.NATIONAL_ADMIN: _("Antrean nasional"),
}


def queue(code: str, role: Role) -> Promise:
    """Return what a queue is called to somebody."""
    return _OWN_OFFICE.get(role, QUEUE[code]) if code == "unit" else QUEUE[code]


# The deed, as a button says it.
ACTION: dict[Action, Promise] = {
    Action.SUBMIT: _("Kirim laporan"),
    Action.EDIT: _("Ubah laporan"),
    Action.IMPORT: _("Impor riwayat"),
    Action.VERIFY_AND_ASSIGN: pgettext_lazy("tombol", "Verifikasi"),
    Action.MANAGE_SELF: _("Kelola"),
    Action.ASSIGN_TO_UNIT: _("Teruskan"),
    Action.ACCEPT_ASSIGNMENT: pgettext_lazy("tombol", "Terima"),
    Action.PROPOSE_RETURN: _("Usulkan pengembalian"),
    Action.RETURN_TO_ADMIN: _("Kembalikan ke admin"),
    Action.TAKE_BACK: _("Ambil kembali"),
    Action.HAND_OVER: _("Serahkan kepada kantor pengganti"),
    Action.RETURN: _("Bukan Wewenang"),
    Action.REQUEST_DATA: _("Minta Kelengkapan"),
    Action.SUPPLY_DATA: _("Catat data dari pelapor"),
    Action.DATA_DEADLINE_PASSED: _("Tutup karena data tidak dilengkapi"),
    Action.FOLLOW_UP: _("Tindak Lanjut"),
    Action.ANSWER: _("Jawab"),
    Action.HOLD_ANSWER: _("Tahan jawaban"),
    Action.RELEASE_ANSWER: _("Lepas jawaban"),
    Action.SEND_BACK_ANSWER: _("Kembalikan jawaban"),
    Action.SUBMIT_MEMO: _("Ajukan nota dinas"),
    Action.CHECK_MEMO: _("Tandai nota dinas diperiksa"),
    Action.RETURN_MEMO: _("Kembalikan nota dinas"),
    Action.SIGN_MEMO: _("Tanda tangani dan kirim jawaban"),
    Action.ASK_SCHEDULE: _("Tanyakan jadwal"),
    Action.CONFIRM_SCHEDULE: _("Laporkan pelaksanaan"),
    Action.RESCHEDULE: _("Ubah jadwal"),
    Action.REPORTER_REPLY: _("Balas"),
    Action.CONFIRM_DONE: pgettext_lazy("tombol", "Selesai"),
    Action.AUTO_CLOSE: _("Tutup otomatis"),
    Action.CLOSE_MANUAL: _("Tutup"),
    Action.REOPEN: _("Buka kembali"),
    Action.PROPOSE_ARCHIVE: _("Usulkan arsip"),
    Action.ARCHIVE: _("Arsipkan"),
    Action.APPEAL: _("Ajukan keberatan"),
    Action.ADD_INFORMATION: _("Catat keterangan pelapor"),
    Action.RATE: _("Penilaian"),
    Action.SET_VISIBILITY: _("Ubah kerahasiaan"),
    Action.WITHDRAW: _("Cabut laporan"),
    Action.CONFIRM_TEXT: _("Tampilkan ke publik"),
    Action.OPEN_IDENTITY: _("Buka identitas"),
    Action.OPEN_ORIGINAL: _("Buka teks asli"),
    Action.LIFT: _("Angkat ke tingkat atas"),
    Action.REDACT: _("Samarkan lagi"),
    Action.RECOMPUTE: _("Hitung ulang tenggat"),
    Action.TRANSFER: _("Limpahkan"),
    Action.ACCEPT_TRANSFER: _("Terima pelimpahan"),
    Action.REFUSE_TRANSFER: _("Tolak pelimpahan"),
    Action.DISPUTE: _("Minta penetapan"),
    Action.DECIDE_OWNER: _("Tetapkan instansi"),
    Action.NUDGE: _("Tegur"),
    Action.MESSAGE_REPORTER: _("Pesan kepada pelapor"),
    Action.MESSAGE_OFFICE: _("Pesan kepada instansi"),
    Action.RECLASSIFY: _("Ubah klasifikasi"),
    Action.PROPOSE: _("Usulkan"),
    Action.AGREE: _("Setujui pembukaan identitas"),
    Action.REFUSE_PROPOSAL: _("Tolak usul"),
    Action.ESCALATE_OMBUDSMAN: _("Serahkan ke Ombudsman"),
    Action.WITHDRAW_CONSENT: _("Tarik persetujuan"),
    Action.OPEN_HANDOVER: _("Unduh berkas penyerahan"),
    Action.ACCEPT_HANDOVER: _("Terima penyerahan"),
    Action.DECLINE_HANDOVER: _("Tolak penyerahan"),
    Action.ASK_REOPEN: _("Minta dibuka kembali"),
    Action.REFUSE_REOPEN: _("Tolak permintaan membuka kembali"),
    Action.ERASE_IDENTITY: _("Hapus identitas saya"),
    Action.HAND_TO_PPID: _("Serahkan ke PPID"),
    Action.EXTEND_FORMAL: _("Perpanjang waktu PPID"),
    Action.OBJECT_FORMAL: _("Ajukan keberatan ke atasan PPID"),
    Action.TAKE: pgettext_lazy("tombol", "Ambil"),
    Action.ENTRUST: _("Serahkan ke rekan"),
    Action.ESCALATE: _("Eskalasi"),
    Action.RELEASE: _("Lepaskan"),
    Action.SPLIT: _("Pecah"),
    Action.CLOSE_PARTS: _("Tutup karena semua bagian selesai"),
    Action.REOPEN_PARTS: _("Buka karena ada bagian yang dibuka"),
    Action.ADD_SUPPORT: _("Minta dukungan"),
    Action.END_SUPPORT: _("Akhiri dukungan"),
    Action.CONTRIBUTE: _("Beri masukan"),
    Action.SUPPORT_FOLLOW_UP: _("Tulis dukungan"),
    Action.REQUEST_EXTENSION: _("Minta perpanjangan"),
    Action.GRANT_EXTENSION: _("Perpanjang"),
    Action.REFUSE_EXTENSION: _("Tolak perpanjangan"),
    Action.MERGE: _("Gabungkan"),
    Action.UNMERGE: _("Pisahkan"),
    Action.TAKE_IN: _("Pimpin gabungan"),
    Action.LET_GO: _("Lepaskan dari gabungan"),
}

PROPOSED = _("Instansi yang diusulkan: %(office)s")
EXTENDED = _("Diperpanjang")
HELD = _("Pelapor menanggapi. Isinya tampil setelah diperiksa petugas.")

OUTCOME: dict[Outcome, Promise] = {
    Outcome.FIXED: _("Diperbaiki"),
    Outcome.EXPLAINED: _("Dijelaskan"),
    Outcome.SCHEDULED: _("Dijadwalkan"),
    Outcome.BUDGET_NEEDED: _("Menunggu anggaran"),
    Outcome.REJECTED_WITH_REASON: _("Tidak dapat dipenuhi"),
    Outcome.INFORMATION_GIVEN: _("Informasi diberikan"),
    Outcome.ASPIRATION_NOTED: _("Aspirasi dicatat"),
    Outcome.ASPIRATION_ADOPTED: _("Aspirasi diterima"),
    Outcome.PROVEN_SANCTIONED: _("Terbukti, ditindak"),
    Outcome.NOT_PROVEN: _("Tidak terbukti"),
    Outcome.TRANSFERRED_OUTSIDE: _("Diteruskan ke lembaga lain"),
    Outcome.DEEMED_WITHDRAWN: _("Dianggap dicabut"),
    Outcome.WITHDRAWN: _("Dicabut"),
    Outcome.NOT_RECORDED: _("Tidak tercatat di sistem asal"),
}

CLOSING: dict[Closing, Promise] = {
    Closing.CONFIRMED: _("Ditutup oleh pelapor"),
    Closing.AUTO: _("Ditutup oleh sistem"),
    Closing.MANUAL: _("Ditutup oleh admin"),
    Closing.DEEMED_WITHDRAWN: _("Dianggap dicabut: data tidak dilengkapi"),
    Closing.PARTS: _("Ditutup karena semua bagiannya berakhir"),
}

ARCHIVE_REASON: dict[ArchiveReason, Promise] = {
    ArchiveReason.UNCLEAR: _("Isi tidak jelas atau tidak lengkap"),
    ArchiveReason.TOO_GENERAL: _("Terlalu umum"),
    ArchiveReason.NOT_GOVERNMENT: _("Tidak terkait kinerja atau layanan pemerintah"),
    ArchiveReason.OUT_OF_SCOPE_LEGAL: _("Ranah peradilan atau proses hukum berjalan"),
    ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL: _("Ada kanal khusus (KPK, Polri, PPID, WBS)"),
    ArchiveReason.ALREADY_ANSWERED: _("Sudah pernah dijawab"),
    ArchiveReason.HOAX_SPAM: _("Palsu, spam, atau uji coba"),
    ArchiveReason.ABUSIVE_SARA: _("SARA, pornografi, atau ujaran kebencian"),
    ArchiveReason.TEST: _("Laporan uji coba admin"),
    ArchiveReason.UNDER_OMBUDSMAN: _("Sedang ditangani Ombudsman"),
    ArchiveReason.AS_IN_SOURCE: _("Alasan dari sistem asal"),
}

SOLVED: dict[Solved, Promise] = {
    Solved.YES: _("Ya"),
    Solved.PARTLY: _("Sebagian"),
    Solved.NO: _("Tidak"),
}

CLOCK: dict[Clock, Promise] = {
    Clock.VERIFY: _("Verifikasi"),
    Clock.INTERNAL_ACCEPT: _("Penerimaan oleh unit"),
    Clock.FIRST_FOLLOWUP: _("Tindak lanjut pertama"),
    Clock.RESOLVE: _("Penyelesaian"),
    Clock.REOPENED: _("Penyelesaian setelah dibuka kembali"),
    Clock.AUTO_CLOSE: _("Masa tanggapan pelapor"),
    Clock.DATA_REQUEST: _("Pelengkapan data oleh pelapor"),
    Clock.REPLY: _("Jawaban atas tanggapan pelapor"),
    Clock.STATUTORY_MAX: _("Batas menurut undang-undang"),
    Clock.STATUTORY_NOTICE: _("Pemberitahuan kelengkapan menurut undang-undang"),
    Clock.OUTCOME_NOTICE: _("Penyampaian hasil"),
    Clock.REOPEN_WINDOW: _("Kesempatan menilai dan membuka kembali"),
    Clock.APPEAL: _("Kesempatan mengajukan keberatan"),
    Clock.HOP: _("Persetujuan pelimpahan"),
    Clock.ARBITRATION: _("Penetapan instansi yang berwenang"),
    Clock.EXTENSION: _("Perpanjangan paling lama"),
    Clock.PARTS: _("Penyelesaian semua bagian"),
    Clock.FORMAL: _("Jawaban PPID"),
    Clock.FORMAL_WINDOW: _("Kesempatan berkeberatan kepada atasan PPID"),
    Clock.FORMAL_OBJECTION: _("Jawaban atasan PPID"),
}

CHANNEL: dict[ReportChannel, Promise] = {
    ReportChannel.WEB: _("Situs web"),
    ReportChannel.ANDROID: _("Aplikasi Android"),
    ReportChannel.IOS: _("Aplikasi iOS"),
    ReportChannel.SMS: _("SMS"),
    ReportChannel.X: _("X"),
    ReportChannel.WHATSAPP: _("WhatsApp"),
    ReportChannel.EMAIL: _("Surel"),
    ReportChannel.LETTER: _("Surat"),
    ReportChannel.PHONE: _("Telepon"),
    ReportChannel.WALK_IN: _("Datang langsung"),
    ReportChannel.AGENCY_APP: _("Aplikasi instansi"),
}

ROLE: dict[Role, Promise] = {
    Role.ANYONE: _("Publik"),
    Role.REPORTER: _("Pelapor"),
    Role.UNIT_ADMIN: _("Admin unit kerja"),
    Role.LIAISON_OFFICER: _("Pejabat penghubung"),
    Role.AGENCY_ADMIN: _("Admin instansi"),
    Role.NATIONAL_ADMIN: _("Admin nasional"),
    Role.INTERNAL_AUDITOR: _("Inspektorat"),
    Role.HEAD: _("Pimpinan"),
    Role.REGIONAL_OVERSEER: _("Pengawas daerah"),
    Role.OVERSEER: _("Pengawas nasional"),
    Role.EVALUATOR: _("Evaluator"),
    Role.OMBUDSMAN: _("Ombudsman"),
    Role.SYSTEM: _("Sistem"),
}

FINDING: dict[str, Promise] = {
    "nik": _("NIK"),
    "kk": _("nomor KK"),
    "npwp": _("NPWP"),
    "phone": _("nomor telepon"),
    "email": _("alamat surel"),
    "plate": _("nomor polisi kendaraan"),
    "bank_account": _("nomor rekening"),
    "card": _("nomor kartu"),
    "bpjs": _("nomor BPJS"),
    "address": _("alamat rumah"),
    "long_number": _("nomor panjang"),
    "name_after_honorific": _("nama orang"),
    "hidden": _("kata yang disamarkan"),
}

FAULT: dict[Fault, Promise] = {
    Fault.MISSING: _("Isian ini wajib diisi."),
    Fault.TOO_SHORT: _("Isian ini terlalu pendek. Tambahkan keterangan."),
    Fault.TOO_LONG: _("Isian ini terlalu panjang. Persingkat."),
    Fault.FUTURE: _("Tanggal kejadian tidak boleh di masa depan."),
    Fault.LONG_AGO: _("Tanggal kejadian paling awal tahun 1945. Periksa tahunnya."),
    Fault.UNKNOWN: _("Pilihan ini tidak dikenal. Pilih dari daftar."),
    Fault.NOT_BELOW: _("Pilihan ini tidak berada di bawah unit Anda."),
    Fault.TOO_MANY: _("Paling banyak lima berkas."),
    Fault.NOT_LATER: _("Tanggal ini tidak lebih lambat dari batas sekarang."),
    Fault.TAKEN: _("Nomor ini sudah dipakai nota lain di unit ini. Pilih yang lain, atau kosongkan."),
    Fault.TOO_LATE: _("Tanggal ini terlalu jauh: aturan atau undang-undang tidak mengizinkannya."),
    Fault.PROMISE_PAST: _("Yang dijanjikan harus sesudah hari ini. Sudah terlaksana? Pilih hasil yang lain."),
    Fault.PROMISE_FAR: _("Tanggal ini lebih dari dua tahun lagi. Janjikan hari yang dapat ditagih."),
    Fault.TOO_EARLY: _("Tanggal ini lebih awal dari laporannya atau dari permintaan datanya."),
    Fault.RECEIVED_LATER: _("Tanggal diterima tidak boleh di masa depan."),
    Fault.RECEIVED_EARLY: _("Tanggal diterima paling awal 1 Desember 2018, hari pertama aturan yang kami catat."),
    Fault.AFTER_RECEIPT: _("Tanggal kejadian tidak boleh sesudah tanggal laporan diterima."),
    Fault.CONTACT: _("Isi surel atau nomor telepon, atau pilih Anonim."),
}

FILE_REFUSAL: dict[Refusal, Promise] = {
    Refusal.TOO_MANY: _("Paling banyak lima berkas. Hapus salah satu."),
    Refusal.EMPTY: _("Berkas ini kosong. Pilih berkas lain."),
    Refusal.TOO_LARGE: _("Berkas ini terlalu besar: gambar dan PDF paling besar 10 MB, video 50 MB."),
    Refusal.UNKNOWN_TYPE: _(
        "Jenis berkas ini tidak diterima. Pakai foto (JPG, PNG, WebP), PDF, atau video (MP4, WebM)."
    ),
    Refusal.MIXED_TYPE: _(
        "Isi berkas ini mencurigakan, jadi tidak diterima. Simpan ulang berkasnya atau pilih yang lain."
    ),
    Refusal.BROKEN: _("Berkas ini rusak atau tidak lengkap. Pilih berkas lain."),
    Refusal.TOO_MANY_PIXELS: _("Gambar ini terlalu besar untuk dibuka. Kecilkan dahulu ukurannya."),
    Refusal.ENCRYPTED: _("PDF ini terkunci. Unggah PDF tanpa kata sandi."),
    Refusal.ACTIVE_CONTENT: _("PDF ini berisi program. Simpan ulang sebagai PDF biasa."),
    Refusal.INFLATES: _("PDF ini membengkak saat dibuka, jadi tidak diterima."),
    Refusal.NO_ROOM: _(
        "Ruang penyimpanan penuh, berkas belum dapat diterima. Kirim laporan tanpa berkas, atau coba lagi nanti."
    ),
}
