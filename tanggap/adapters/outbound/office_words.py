"""The words of the notices to officers, who open the report at their desk; the rules are those of `words`."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tanggap.adapters.outbound.paragraphs import Words
from tanggap.domain.notices import Notice

_OPEN = _("Buka laporan: %(report)s")

TO_OFFICES: Final[dict[Notice, Words]] = {
    Notice.TOGETHER: Words(
        _("Dan %(count)s laporan lain untuk Anda"),
        (
            _("Ada %(count)s laporan lain untuk Anda. Kami mengabarkannya dalam satu surel."),
            _("Buka laporan:\n%(others)s"),
        ),
    ),
    Notice.MENTIONED: Words(
        _("Anda disebut dalam laporan %(number)s"),
        (_("Seorang rekan menyebut Anda dalam catatan internal laporan %(number)s."), _OPEN),
    ),
    Notice.TO_VERIFY: Words(
        _("Laporan %(number)s menunggu verifikasi"),
        (
            _("Laporan %(number)s menunggu verifikasi oleh %(agency)s."),
            _("Verifikasi paling lambat %(due)s."),
            _OPEN,
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
    Notice.UNIT_RETURNED: Words(
        _("%(office)s mengembalikan laporan %(number)s"),
        (
            _("%(office)s mengembalikan laporan %(number)s kepada admin instansi. Alasannya ada di halaman laporan."),
            _("Teruskan ke unit yang tepat. Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.RETURN_PROPOSED: Words(
        _("Laporan %(number)s diusulkan untuk dikembalikan"),
        (
            _("Menurut admin unit kerja, laporan %(number)s bukan tugas unit Anda."),
            _("Alasannya ada di halaman laporan. Kembalikan ke admin instansi, atau tangani."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.PROPOSED: Words(
        _("Laporan %(number)s: usul menunggu keputusan Anda"),
        (
            _("%(office)s mengusulkan sesuatu untuk laporan %(number)s. Usul dan alasannya ada di halaman laporan."),
            _("Laksanakan usul itu, atau tolak dengan alasan."),
            _OPEN,
        ),
    ),
    Notice.PROPOSAL_DECIDED: Words(
        _("Laporan %(number)s: usul Anda diputus"),
        (
            _("%(office)s memutus usul Anda untuk laporan %(number)s. Hasilnya ada di halaman laporan."),
            _OPEN,
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
    Notice.MEMO_SUBMITTED: Words(
        _("Nota dinas laporan %(number)s menunggu tanda tangan Anda"),
        (
            _("%(office)s mengajukan nota dinas untuk laporan %(number)s."),
            _("Periksa, lalu tanda tangani atau kembalikan dengan alasan."),
            _("Jawaban paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.MEMO_RETURNED: Words(
        _("Nota dinas Anda untuk laporan %(number)s dikembalikan"),
        (
            _("%(office)s mengembalikan nota dinas Anda. Pelapor belum menerima jawaban."),
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
    Notice.OBJECTED: Words(
        _("Pelapor menyatakan laporan %(number)s belum selesai"),
        (
            _("Pelapor menanggapi jawaban atas laporan %(number)s: masalahnya belum selesai."),
            _("Laporan tidak ditutup. Jawab tanggapan itu paling lambat %(due)s."),
            _OPEN,
        ),
    ),
    Notice.FORMAL_OBJECTED: Words(
        _("Keberatan atas permintaan informasi resmi %(number)s"),
        (
            _("Pemohon mengajukan keberatan atas permintaan informasi resmi %(number)s (UU 14/2008 Pasal 35)."),
            _("Atasan PPID menjawab tertulis paling lambat %(due)s."),
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
            _("%(office)s menegur karena laporan %(number)s terlambat."),
            _("Batas waktunya %(due)s (%(clock)s)."),
            _OPEN,
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
    Notice.ESCALATED: Words(
        _("Laporan %(number)s diserahkan ke Ombudsman"),
        (_("Pelapor menyerahkan laporan %(number)s ke Ombudsman. Anda tetap dapat menjawabnya."), _OPEN),
    ),
    Notice.HANDED_OVER: Words(
        _("Laporan %(number)s diserahkan kepada Ombudsman"),
        (_("Pelapor menyetujui penyerahan laporan %(number)s tentang %(agency)s."), _OPEN),
    ),
    Notice.REOPEN_ASKED: Words(
        _("%(office)s meminta laporan %(number)s dibuka kembali"),
        (
            _("%(office)s meminta laporan %(number)s, yang sudah selesai di %(agency)s, dibuka kembali."),
            _("Alasannya ada di riwayat laporan. Buka kembali, atau tolak dengan alasan."),
            _OPEN,
        ),
    ),
    Notice.REOPEN_DECIDED: Words(
        _("Permintaan membuka kembali laporan %(number)s sudah diputuskan"),
        (
            _("Admin nasional memutuskan permintaan Anda untuk membuka kembali laporan %(number)s."),
            _("Keputusan dan alasannya ada di halaman laporan."),
            _OPEN,
        ),
    ),
    Notice.HANDOVER_DECIDED: Words(
        _("Ombudsman menanggapi penyerahan laporan %(number)s"),
        (
            _("Keputusan Ombudsman atas laporan %(number)s ada di riwayat laporan. Anda tetap dapat menjawabnya."),
            _OPEN,
        ),
    ),
    Notice.CONSENT_WITHDRAWN: Words(
        _("Penyerahan laporan %(number)s ke Ombudsman dibatalkan"),
        (_("Pelapor menarik persetujuannya untuk laporan %(number)s."), _OPEN),
    ),
}
