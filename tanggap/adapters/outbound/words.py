"""The words of every notice: one row each, complete by test.

Plain Indonesian, active, to "Anda"; English comes from the catalogue. A paragraph that names something
that is not known is left out by the writer of letters. A row may name number, office, date and code;
never a title, a text, a person or a token (`tanggap.domain.letters` has no field for them). Why
something was decided stands on the report's page, behind the tracking token.
"""

from django.utils.translation import gettext_lazy as _

from tanggap.adapters.outbound.office_words import TO_OFFICES
from tanggap.adapters.outbound.paragraphs import Words
from tanggap.domain.notices import Notice

_TRACK = _(
    "Lihat laporan Anda di sini: %(track)s\n"
    "Anda memerlukan nomor laporan %(number)s dan kode pelacakan dari tanda terima Anda."
)

LETTERS: dict[Notice, Words] = {
    **TO_OFFICES,
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
    Notice.ASSIGNED: Words(
        _("Laporan %(number)s diteruskan ke %(office)s"),
        (
            _("Laporan Anda diteruskan ke %(office)s."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
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
            _("Keberatan kepada atasan PPID dapat diajukan sampai %(object_until)s (UU 14/2008 Pasal 35 dan 36)."),
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
    Notice.PROMISE_ASKED: Words(
        _("Apakah janji pada laporan %(number)s sudah dilaksanakan?"),
        (
            _("%(agency)s menjanjikan penanganan laporan Anda, dan harinya sudah tiba."),
            _("Kami menanyakannya juga kepada %(agency)s."),
            _("Belum dilaksanakan? Anda dapat menanggapi atau membuka kembali laporan ini."),
            _TRACK,
        ),
    ),
    Notice.REDACTED: Words(
        _("Sebagian isi laporan %(number)s disamarkan"),
        (
            _("%(office)s menyamarkan sebagian isi laporan Anda di halaman publik."),
            _("Alasannya ada di halaman laporan Anda."),
            _("Laporan Anda sendiri tidak berubah, dan penanganannya berlanjut."),
            _TRACK,
        ),
    ),
    Notice.UNHIDDEN: Words(
        _("Kerahasiaan laporan %(number)s dikurangi"),
        (
            _("%(office)s mencabut anonim atau rahasia yang dipasang petugas pada laporan Anda. Pilihan Anda tetap."),
            _("Alasannya ada di halaman laporan Anda. Di sana Anda dapat memasangnya sendiri kapan saja."),
            _TRACK,
        ),
    ),
    Notice.HANDOVER_ACCEPTED: Words(
        _("Ombudsman menerima laporan %(number)s"),
        (
            _("Ombudsman menerima penyerahan laporan Anda dengan nomor %(number)s."),
            _("%(agency)s tetap dapat menjawab laporan ini. Anda tetap dapat menarik persetujuan Anda."),
            _TRACK,
        ),
    ),
    Notice.HANDOVER_DECLINED: Words(
        _("Ombudsman tidak menerima laporan %(number)s"),
        (
            _("Ombudsman tidak menerima penyerahan laporan Anda dengan nomor %(number)s."),
            _("Alasannya ada di halaman laporan Anda. Penyerahan berakhir; Anda dapat menyerahkannya lagi."),
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
    Notice.CLOSED: Words(
        _("Laporan %(number)s ditutup"),
        (
            "%(closing)s",
            "%(outcome)s",
            _("Ditutup tidak berarti masalahnya selesai. Nilai atau buka kembali laporan ini paling lambat %(due)s."),
            _TRACK,
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
    Notice.RECLASSIFIED: Words(
        _("Klasifikasi laporan %(number)s diubah"),
        (
            _("%(office)s mengubah klasifikasi laporan Anda. Alasannya ada di halaman laporan Anda."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.SPLIT: Words(
        _("Laporan %(number)s dibagi menjadi beberapa bagian"),
        (
            _("%(office)s membagi laporan Anda menjadi beberapa bagian, agar setiap masalah ditangani yang berwenang."),
            _("Setiap bagian punya nomor sendiri. Kode pelacakan Anda membuka semuanya."),
            _("Semua bagian diselesaikan paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.FORMAL_REQUEST: Words(
        _("Permintaan informasi %(number)s diserahkan ke PPID"),
        (
            _("Laporan Anda sekarang permintaan informasi resmi menurut UU 14/2008, ditangani %(office)s."),
            _("PPID menjawab paling lambat %(due)s. Waktu itu dapat ditambah 7 hari kerja dengan alasan tertulis."),
            _("Batas waktu laporan biasa tidak berlaku lagi."),
            _TRACK,
        ),
    ),
    Notice.FORMAL_EXTENDED: Words(
        _("Jawaban PPID atas %(number)s memerlukan waktu tambahan"),
        (
            _("%(office)s memperpanjang waktu jawaban (UU 14/2008 Pasal 22). Alasannya ada di halaman laporan."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
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
    Notice.MERGED: Words(
        _("Laporan %(number)s ditangani bersama laporan lain yang serupa"),
        (
            _("Beberapa pelapor menyampaikan hal yang sama. %(office)s menanganinya bersama."),
            _("Laporan Anda tetap memiliki nomor, tenggat, dan jawaban sendiri."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.UNMERGED: Words(
        _("Laporan %(number)s ditangani sendiri lagi"),
        (
            _("Laporan Anda tidak lagi ditangani bersama laporan lain. Tidak ada yang hilang."),
            _("Jawaban paling lambat %(due)s."),
            _TRACK,
        ),
    ),
    Notice.WRITTEN_FOR_YOU: Words(
        _("Petugas mencatat keterangan Anda pada laporan %(number)s"),
        (
            _("%(office)s mencatat keterangan yang disampaikan atas nama Anda. Isinya ada di halaman laporan Anda."),
            _("Bukan dari Anda, atau ada yang keliru? Tulis keterangan di halaman itu. Petugas membacanya."),
            _TRACK,
        ),
    ),
    # That there is a message, and nothing of it: a mail is read by whoever holds the phone.
    Notice.MESSAGE: Words(
        _("Ada pesan untuk Anda: laporan %(number)s"),
        (_("%(office)s menulis pesan kepada Anda tentang laporan %(number)s."), _TRACK),
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
            _("Laporan kantor Anda yang ditegur karena terlambat: %(nudged)s"),
            _("Permintaan buka kembali yang menunggu lebih dari 5 hari kerja: %(asked)s"),
            _("Penilaian yang menunggu Anda: %(assessed)s"),
            _("Rekomendasi yang menunggu Anda atau terlambat: %(recommended)s"),
            _("Masalah berulang yang menunggu sebab dan rencana: %(recurring)s"),
            _("Buka meja kerja: %(desk)s"),
        ),
    ),
    Notice.HEAD_DIGEST: Words(
        _("Ringkasan mingguan: %(overdue)s laporan terlambat"),
        (
            _("Dikerjakan kantor Anda: %(owed)s\nTerlambat: %(overdue)s\nJatuh tempo hari ini: %(due_today)s"),
            _("Dieskalasi kepada Anda karena terlambat: %(escalated)s"),
            _("Laporan kantor Anda yang ditegur karena terlambat: %(nudged)s"),
            _("Buka halaman pengawasan: %(desk)s"),
        ),
    ),
}

SIGNATURE = _("%(site)s. Surel ini dikirim otomatis; balasannya tidak dibaca.")
