"""The words of every notice: one row each, complete by test.

Plain Indonesian, active, to "Anda"; English comes from the catalogue. A paragraph that names something
that is not known is left out by the writer of letters. A row may name number, office, date and code;
never a title, a text, a person or a token (`tanggap.domain.letters` has no field for them). Why
something was decided stands on the report's page, behind the tracking token.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.notices import Notice


@dataclass(frozen=True, slots=True)
class Words:
    """The subject and the paragraphs of a letter."""

    subject: Promise
    paragraphs: tuple[Promise | str, ...]


_TRACK = _(
    "Lihat laporan Anda di sini: %(track)s\n"
    "Anda memerlukan nomor laporan %(number)s dan kode pelacakan dari tanda terima Anda."
)
_OPEN = _("Buka laporan: %(report)s")

LETTERS: dict[Notice, Words] = {
    Notice.RECEIVED: Words(
        _("Laporan %(number)s sudah kami terima"),
        (
            _("Laporan Anda sudah kami terima. Nomor %(number)s."),
            _("%(agency)s memverifikasinya paling lambat %(due)s."),
            _("Alamat surel Anda sudah dikonfirmasi. Setiap kemajuan kami kabarkan ke alamat ini."),
            _TRACK,
        ),
    ),
    Notice.CONFIRM_ADDRESS: Words(
        _("Konfirmasi surel Anda untuk laporan %(number)s"),
        (
            _("Laporan Anda sudah kami terima. Nomor %(number)s."),
            _("%(agency)s memverifikasinya paling lambat %(due)s."),
            _(
                "Buka tautan ini untuk mengonfirmasi bahwa alamat surel ini milik Anda:\n%(confirm)s\n"
                "Tautan berlaku 14 hari. Sebelum dikonfirmasi, kami tidak mengirim kabar ke alamat ini."
            ),
            _("Anda tidak mengirim laporan? Abaikan surel ini."),
        ),
    ),
    Notice.TO_VERIFY: Words(
        _("Laporan %(number)s menunggu verifikasi"),
        (
            _("Laporan %(number)s menunggu verifikasi oleh %(agency)s."),
            _("Verifikasi paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.ASSIGNED: Words(
        _("Laporan %(number)s diteruskan ke %(office)s"),
        (
            _("Laporan Anda diteruskan ke %(office)s."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.NEW_WORK: Words(
        _("Laporan %(number)s menunggu tindak lanjut Anda"),
        (
            _("Laporan %(number)s diteruskan ke %(office)s."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.RETURNED: Words(
        _("Laporan %(number)s dikembalikan, kami mencari instansi yang tepat"),
        (
            _("%(office)s menyatakan laporan ini bukan wewenangnya. Alasannya ada di halaman laporan Anda."),
            _("Kami mencari instansi yang tepat. Waktu Anda tidak diulang dari awal."),
            _("Verifikasi berikutnya paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.UNIT_RETURNED: Words(
        _("%(office)s mengembalikan laporan %(number)s"),
        (
            _("%(office)s mengembalikan laporan %(number)s kepada admin instansi. Alasannya ada di halaman laporan."),
            _("Teruskan ke unit yang tepat. Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.DATA_REQUESTED: Words(
        _("Laporan %(number)s memerlukan keterangan Anda"),
        (
            _("%(office)s meminta keterangan tambahan. Permintaannya ada di halaman laporan Anda."),
            _("Kirim keterangan paling lambat %(due)s. Setelah itu laporan dianggap dicabut."),
            _TRACK,
        ),
    ),
    Notice.DATA_REMINDER: Words(
        _("Laporan %(number)s masih menunggu keterangan Anda"),
        (
            _("Kami belum menerima keterangan tambahan untuk laporan Anda."),
            _("Kirim keterangan paling lambat %(due)s. Setelah itu laporan dianggap dicabut."),
            _TRACK,
        ),
    ),
    Notice.DEEMED_WITHDRAWN: Words(
        _("Laporan %(number)s dianggap dicabut"),
        (
            _(
                "Keterangan tambahan tidak kami terima sampai batas waktunya. "
                "Laporan Anda dianggap dicabut dan ditutup."
            ),
            _("Masih ingin melanjutkan? Buka kembali laporan ini paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.FOLLOWED_UP: Words(
        _("Tindak lanjut untuk laporan %(number)s"),
        (
            _("%(office)s menulis tindak lanjut untuk laporan Anda. Ini belum jawaban akhir."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.ANSWERED: Words(
        _("%(office)s menjawab laporan %(number)s"),
        (
            _("%(office)s menjawab laporan Anda."),
            "%(outcome)s",
            _("Apakah masalahnya selesai? Beri tahu kami di halaman laporan."),
            _("Jika kami tidak mendengar kabar sampai %(due)s, laporan ditutup. Anda tetap dapat membukanya kembali."),
            _TRACK,
        ),
    ),
    Notice.ANSWER_REMINDER: Words(
        _("Apakah masalah pada laporan %(number)s selesai?"),
        (
            _("Laporan Anda sudah dijawab, dan kami belum mendengar kabar dari Anda."),
            "%(outcome)s",
            _("Jika kami tidak mendengar kabar sampai %(due)s, laporan ditutup. Anda tetap dapat membukanya kembali."),
            _TRACK,
        ),
    ),
    Notice.ANSWER_HELD: Words(
        _("Jawaban laporan %(number)s menunggu pemeriksaan Anda"),
        (
            _("Jawaban dari %(office)s belum dikirim. Petugas kedua perlu memeriksanya dahulu."),
            _("Alasannya ada di halaman laporan. Lepas jawaban itu, atau kembalikan dengan alasan."),
            _("Jam penyelesaian tetap berjalan: paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.ANSWER_SENT_BACK: Words(
        _("Jawaban Anda untuk laporan %(number)s dikembalikan"),
        (
            _("%(office)s mengembalikan jawaban Anda. Pelapor belum menerimanya."),
            _("Alasannya ada di halaman laporan. Teks Anda masih ada di sana."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.REPORTER_WROTE: Words(
        _("Pelapor menulis pada laporan %(number)s"),
        (
            _("Pelapor menambah keterangan atau tanggapan pada laporan %(number)s."),
            _("Batas waktu terdekat: %(due)s (%(clock)s)."),
            _OPEN,
        ),
    ),
    Notice.PROMISE_DUE: Words(
        _("Janji pada laporan %(number)s: sudah dilaksanakan?"),
        (
            _("Hari yang Anda janjikan untuk laporan %(number)s sudah tiba."),
            _("Laporkan pelaksanaannya dengan bukti, atau sebutkan tanggal baru dengan alasannya."),
            _("Sampai dilaporkan, halaman publik menyebut bahwa jadwalnya lewat."),
            _OPEN,
        ),
    ),
    Notice.PROMISE_ASKED: Words(
        _("Apakah janji pada laporan %(number)s sudah dilaksanakan?"),
        (
            _("%(agency)s menjanjikan penanganan laporan Anda, dan harinya sudah tiba."),
            _("Kami menanyakannya juga kepada %(agency)s."),
            _("Belum dilaksanakan? Anda dapat menanggapi atau membuka kembali laporan ini."),
            _TRACK,
        ),
    ),
    Notice.PROMISE_KEPT: Words(
        _("%(office)s melaporkan janji pada laporan %(number)s sudah dilaksanakan"),
        (
            _("%(office)s melaporkan bahwa yang dijanjikan sudah dilaksanakan. Buktinya ada di halaman laporan Anda."),
            _("Belum benar? Tanggapi atau buka kembali laporan ini paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.PROMISE_MOVED: Words(
        _("Jadwal pada laporan %(number)s berubah"),
        (
            _("%(office)s menyebut tanggal baru. Alasannya ada di halaman laporan Anda."),
            _TRACK,
        ),
    ),
    Notice.OBJECTED: Words(
        _("Pelapor menyatakan laporan %(number)s belum selesai"),
        (
            _("Pelapor menanggapi jawaban atas laporan %(number)s: masalahnya belum selesai."),
            _("Laporan tidak ditutup. Jawab tanggapan itu paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.CONFIRMED: Words(
        _("Pelapor menutup laporan %(number)s"),
        (
            _("Pelapor menutup laporan %(number)s setelah membaca jawaban. Penilaiannya ada di halaman laporan."),
            _OPEN,
        ),
    ),
    Notice.CLOSED: Words(
        _("Laporan %(number)s ditutup"),
        (
            "%(closing)s",
            "%(outcome)s",
            _("Ditutup tidak berarti masalahnya selesai. Nilai atau buka kembali laporan ini paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.REOPENED: Words(
        _("Laporan %(number)s dibuka kembali"),
        (
            _("Laporan %(number)s dibuka kembali: masalahnya belum selesai."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.REOPENED_AGAIN: Words(
        _("Laporan %(number)s sudah berkali-kali dibuka kembali"),
        (
            _("Laporan %(number)s di %(office)s dibuka kembali, bukan untuk pertama kali."),
            _("Masalahnya belum selesai menurut pelapor. Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.ARCHIVE_PROPOSED: Words(
        _("Laporan %(number)s diusulkan untuk diarsipkan"),
        (
            _("Seorang petugas mengusulkan laporan %(number)s untuk diarsipkan. Petugas kedua perlu memeriksanya."),
            _OPEN,
        ),
    ),
    Notice.ARCHIVED: Words(
        _("Laporan %(number)s tidak dapat diproses"),
        (
            _("Laporan Anda tidak dapat diproses dan diarsipkan. Alasannya ada di halaman laporan Anda."),
            _("Jika Anda tidak setuju, ajukan keberatan paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.WITHDRAWN: Words(
        _("Laporan %(number)s dicabut"),
        (
            _("Pelapor mencabut laporan %(number)s. Tidak ada lagi yang perlu Anda kerjakan."),
            _OPEN,
        ),
    ),
    Notice.TRANSFER_OFFERED: Words(
        _("Laporan %(number)s dilimpahkan kepada instansi Anda"),
        (
            _("%(office)s melimpahkan laporan %(number)s kepada instansi Anda. Terima atau tolak pelimpahan ini."),
            _("Jawaban Anda paling lambat %(due)s. Setelah itu admin nasional yang menetapkan."),
            _OPEN,
        ),
    ),
    Notice.TRANSFER_REFUSED: Words(
        _("Pelimpahan laporan %(number)s ditolak"),
        (
            _("%(office)s menolak pelimpahan laporan %(number)s. Laporan tetap berada di instansi Anda."),
            _("Batas waktu terdekat: %(due)s (%(clock)s)."),
            _OPEN,
        ),
    ),
    Notice.TO_DECIDE: Words(
        _("Laporan %(number)s menunggu penetapan instansi"),
        (
            _("Instansi-instansi tidak sepakat siapa yang berwenang atas laporan %(number)s. Tetapkan instansinya."),
            _("Penetapan paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.NUDGED: Words(
        _("Teguran: laporan %(number)s terlambat"),
        (
            _("%(office)s menegur instansi Anda karena laporan %(number)s terlambat."),
            _("Batas waktunya %(due)s (%(clock)s)."),
            _OPEN,
        ),
    ),
    Notice.ESCALATED: Words(
        _("Laporan %(number)s diserahkan ke Ombudsman"),
        (_("Pelapor menyerahkan laporan %(number)s ke Ombudsman. Anda tetap dapat menjawabnya."), _OPEN),
    ),
    Notice.HANDED_OVER: Words(
        _("Laporan %(number)s diserahkan kepada Ombudsman"),
        (_("Pelapor menyetujui penyerahan laporan %(number)s tentang %(agency)s."), _OPEN),
    ),
    Notice.CONSENT_WITHDRAWN: Words(
        _("Penyerahan laporan %(number)s ke Ombudsman dibatalkan"),
        (_("Pelapor menarik persetujuannya untuk laporan %(number)s."), _OPEN),
    ),
    Notice.RECLASSIFIED: Words(
        _("Klasifikasi laporan %(number)s diubah"),
        (
            _("%(office)s mengubah klasifikasi laporan Anda. Alasannya ada di halaman laporan Anda."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.SUPPORT_ASKED: Words(
        _("Laporan %(number)s memerlukan dukungan Anda"),
        (
            _("%(office)s meminta dukungan kantor Anda untuk laporan %(number)s."),
            _("Tulis masukan Anda di halaman laporan. %(agency)s tetap yang menjawab."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.CONTRIBUTED: Words(
        _("Masukan untuk laporan %(number)s"),
        (
            _("%(office)s menulis masukan pada laporan %(number)s."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.EXTENSION_ASKED: Words(
        _("Laporan %(number)s: permintaan perpanjangan waktu"),
        (
            _("%(office)s meminta perpanjangan waktu untuk laporan %(number)s. Putuskan sebelum batas yang berlaku."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.EXTENDED: Words(
        _("Batas waktu laporan %(number)s diperpanjang"),
        (
            _("%(office)s memperpanjang batas waktu jawaban laporan Anda. Alasannya ada di halaman laporan Anda."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.EXTENSION_DECIDED: Words(
        _("Laporan %(number)s: keputusan atas perpanjangan waktu"),
        (
            _("Permintaan perpanjangan waktu untuk laporan %(number)s sudah diputus oleh %(office)s."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.DUE_SOON: Words(
        _("Laporan %(number)s jatuh tempo %(due)s"),
        (
            _("Laporan %(number)s di %(office)s jatuh tempo %(due)s (%(clock)s)."),
            _OPEN,
        ),
    ),
    Notice.OVERDUE: Words(
        _("Terlambat: laporan %(number)s"),
        (
            _("Laporan %(number)s di %(office)s terlambat. Batas waktunya %(due)s (%(clock)s)."),
            _OPEN,
        ),
    ),
    Notice.STATUTORY_PASSED: Words(
        _("Batas waktu undang-undang untuk laporan %(number)s terlewat"),
        (
            _("%(statutory)s Batas waktunya %(due)s. Admin instansi juga diberi tahu."),
            _(
                "Anda dapat melapor ke Ombudsman Republik Indonesia: https://ombudsman.go.id atau telepon 137. "
                "Laporan Anda di sini tetap berjalan."
            ),
            _TRACK,
        ),
    ),
    Notice.DIGEST: Words(
        _("Ringkasan: %(owed)s laporan menunggu Anda"),
        (
            _("Menunggu Anda: %(owed)s\nTerlambat: %(overdue)s\nJatuh tempo hari ini: %(due_today)s"),
            _("Dieskalasi kepada Anda karena terlambat: %(escalated)s"),
            _("Buka meja kerja: %(desk)s"),
        ),
    ),
    Notice.HEAD_DIGEST: Words(
        _("Ringkasan mingguan: %(overdue)s laporan terlambat"),
        (
            _("Dikerjakan kantor Anda: %(owed)s\nTerlambat: %(overdue)s\nJatuh tempo hari ini: %(due_today)s"),
            _("Dieskalasi kepada Anda karena terlambat: %(escalated)s"),
            _("Buka halaman pengawasan: %(desk)s"),
        ),
    ),
}

SIGNATURE = _("%(site)s. Surel ini dikirim otomatis; balasannya tidak dibaca.")
