"""Sentences that fit any topic: greetings, what was tried before, answers, questions, reasons."""

from typing import Final

from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.management.demo.places import LANDMARKS

__all__ = ["LANDMARKS"]

GREETINGS: Final = (
    "Assalamualaikum wr. wb.", "Selamat pagi, Bapak/Ibu petugas.", "Selamat siang admin.", "Yth. petugas pengaduan,",
    "Dengan hormat,", "Halo admin,", "Mohon maaf mengganggu waktunya.", "Salam sejahtera,", "Punten, mau lapor.",
)  # fmt: skip
SHORT_ENDS: Final = (
    "Mohon ditindaklanjuti.", "Tolong dicek ya.", "Mohon segera diperbaiki.", "Terima kasih.", "Mohon bantuannya.",
    "Tolong segera, sudah lama.", "Kapan ditangani?", "Mohon perhatian.", "Sudah berminggu-minggu.",
)  # fmt: skip
THANKS: Final = (
    "Terima kasih.", "Terima kasih atas perhatiannya.", "Atas perhatian dan tindak lanjutnya kami ucapkan terima kasih.",
    "Semoga segera ada jawaban.", "Wassalam.", "Hatur nuhun.", "Kami menunggu kabar baiknya.",
)  # fmt: skip
# What the reporter did before.
BEFORE: Final = (
    "Saya sudah menyampaikan hal ini ke ketua RT setempat sejak {tgl}, tetapi belum ada perkembangan.",
    "Warga sudah pernah membuat surat ke kelurahan dan diterima petugas, namun tidak ada balasan.",
    "Kami sudah dua kali datang ke kantor kecamatan {kec} dan diminta menunggu.",
    "Sebelumnya saya menelepon nomor layanan, dijawab akan diteruskan, sampai sekarang belum ada yang datang.",
    "Pernah ada petugas yang memotret lokasi sekitar {bulan} bulan lalu, setelah itu tidak ada kabar.",
    "Hal ini sudah dibahas dalam rembuk warga di {desa}, hasilnya hanya janji.",
    "Tetangga saya juga pernah melapor lewat media sosial dan dijawab sedang dicek.",
    "Saya baru pertama kali melapor lewat sini karena cara lain tidak berhasil.",
    "Menurut pengurus RW, kewenangannya bukan di desa, jadi kami diarahkan melapor ke sini.",
    "Masalah serupa sempat diperbaiki tahun lalu, tetapi hanya bertahan beberapa minggu.",
)
EFFECTS: Final = (
    "Akibatnya warga harus mengeluarkan biaya tambahan setiap minggu.",
    "Yang paling terdampak anak sekolah dan orang tua lanjut usia.",
    "Kegiatan warga di {desa} jadi terganggu, terutama pada pagi hari.",
    "Sekitar {n2} keluarga di lingkungan kami merasakan hal yang sama.",
    "Kalau dibiarkan, saya khawatir keadaannya makin parah saat musim hujan.",
    "Pedagang kecil di sekitar lokasi mengeluh pembelinya berkurang.",
    "Saya sendiri terpaksa mengambil jalan memutar sekitar {n} kilometer.",
    "Warga mulai kehilangan kepercayaan karena terlalu lama menunggu.",
    "Kami hanya ingin pelayanan yang jelas dan ada kepastian waktunya.",
    "Sudah ada rencana warga berswadaya, tetapi dananya tidak cukup.",
    "Saya lampirkan keterangan seadanya, bila kurang silakan hubungi saya.",
)
# For questions and wishes, which have no history of complaints.
CALM: Final = (
    "Saya tinggal di {desa}, Kecamatan {kec}.",
    "Beberapa tetangga saya di {desa} menanyakan hal yang sama.",
    "Keterangan di papan pengumuman kantor {kec} sudah lama tidak diganti.",
    "Saya bersedia dihubungi bila diperlukan keterangan tambahan.",
    "Akan lebih baik bila diumumkan juga lewat media sosial resmi.",
)
ADDITIONS: Final = (
    "Sebagai tambahan, keadaan hari ini lebih parah dari kemarin, tepatnya di {patokan}.",
    "Menambahkan laporan saya: lokasi tepatnya {jalan}, {patokan}.",
    "Tambahan keterangan, kejadian berulang lagi sekitar pukul {jam}.",
    "Maaf, ada yang terlewat: warga RT kami juga mengalami hal yang sama.",
)
SUPPLIED: Final = (
    "Lokasinya di {jalan}, {patokan}, {desa}, Kecamatan {kec}. Kejadiannya mulai {tgl}.",
    "Baik, saya lengkapi: tempatnya {patokan} di {jalan}, sekitar pukul {jam}, hampir setiap hari {hari}.",
    "Berikut datanya: lokasinya {jalan}, {patokan}. Keadaannya masih sama sampai hari ini.",
    "Sudah saya cek lagi, panjangnya kira-kira {m} meter mulai dari {patokan}.",
)
SUPPLIED_POORLY: Final = (
    "Ya pokoknya di sekitar sini saja, petugas pasti tahu.",
    "Saya tidak ingat lagi tanggal dan tempatnya, tolong dicari sendiri.",
    "Semua orang juga sudah tahu masalahnya di mana.",
)
REPLIES: Final = (
    "Terima kasih jawabannya, tetapi setelah saya cek ke {patokan} keadaannya belum berubah. Mohon dilihat lagi.",
    "Jawabannya kurang jelas. Kapan tepatnya dikerjakan dan siapa yang bisa kami hubungi?",
    "Menurut warga belum ada petugas yang datang ke {desa}. Mohon dipastikan lagi.",
    "Sebagian memang sudah ditangani, namun yang di {jalan} belum. Mohon dilanjutkan.",
    "Saya belum puas karena pertanyaan utama saya belum dijawab.",
)
REOPENINGS: Final = (
    "Mohon dibuka kembali: masalah yang sama muncul lagi sejak {hari} kemarin.",
    "Ternyata hanya bertahan beberapa hari, sekarang keadaannya kembali seperti semula.",
    "Laporan ditutup padahal pekerjaan di {patokan} belum selesai.",
    "Saya baru sempat mengecek, ternyata belum ada perubahan di lokasi.",
)
APPEALS: Final = (
    "Saya keberatan laporan ini diarsipkan. Masalahnya menyangkut layanan pemerintah dan masih terjadi di {desa}.",
    "Mohon ditinjau kembali. Keterangan saya lengkap dan belum pernah dijawab sebelumnya.",
    "Saya tidak setuju dengan alasan pengarsipan, tolong dibaca lagi isi laporan saya.",
)
WITHDRAWALS: Final = (
    "Masalahnya sudah selesai sebelum ditangani, laporan saya cabut.",
    "Saya salah melapor, mohon dicabut saja.",
    "",
)
CONFIRMATIONS: Final = ("Terima kasih, sudah beres.", "", "", "Sudah saya lihat, terima kasih cepat ditangani.")
NOTES: Final = (
    "Mohon ditindaklanjuti sesuai tugas dan fungsi.", "Mohon diperiksa di lapangan dan dijawab sebelum tenggat.",
    "Teruskan ke bidang teknis, laporkan hasilnya.", "Prioritas: menyangkut keselamatan warga.",
    "Mohon koordinasi dengan kecamatan setempat.", "Laporan jelas dan lengkap, silakan diproses.",
    "Cek apakah lokasi termasuk kewenangan kita.", "Mohon jawaban yang mudah dipahami warga.",
)  # fmt: skip
RETURNS: Final = (
    "Setelah kami periksa, urusan ini bukan kewenangan kami. Kami mengusulkan agar diteruskan ke {usul}.",
    "Lokasi yang dilaporkan berada dalam pengelolaan {usul}, sehingga laporan kami kembalikan untuk diteruskan.",
    "Pelayanan ini diselenggarakan oleh {usul}. Mohon laporan diteruskan ke sana agar tertangani.",
)
UNIT_RETURNS: Final = (
    "Bukan tugas unit kami. Setelah ditelaah, materi laporan ini lebih tepat ditangani unit lain.",
    "Mohon ditinjau kembali unit tujuannya; data aset kami menunjukkan objek ini tidak kami kelola.",
)
QUESTIONS: Final = (
    "Mohon sebutkan lokasi yang lebih rinci (nama jalan, RT/RW, patokan) di {desa}.",
    "Agar dapat ditelusuri, mohon lengkapi tanggal dan perkiraan jam kejadian.",
    "Mohon lampirkan foto terbaru dan sebutkan patokan terdekat.",
    "Mohon jelaskan pelayanan apa yang diminta dan di kantor mana Anda dilayani.",
)
QUESTION_ENDS: Final = (
    "Keterangan Anda kami tunggu paling lambat 30 hari.",
    "Setelah data lengkap, laporan langsung kami lanjutkan.",
    "Terima kasih atas kerja samanya.",
)
STEPS: Final = (
    "Laporan sudah kami terima dan sedang kami periksa bersama petugas kecamatan {kec}.",
    "Kami akan berkoordinasi dengan pemerintah desa/kelurahan {desa} dan menyampaikan hasilnya di sini.",
    "Berkas sudah diteruskan ke bidang teknis dengan surat nomor {surat}.",
    "Keterangan dari petugas yang bersangkutan sudah kami minta pada {lalu}.",
)
STEPS_OUTSIDE: Final = (
    "Tim lapangan sudah meninjau lokasi pada {lalu}; hasilnya sedang disusun.",
    "Pemeriksaan lapangan dijadwalkan pada {nanti}.",
)
ANSWER_OPENINGS: Final = (
    "Terima kasih atas laporan Anda.", "Yth. pelapor, terima kasih telah menyampaikan laporan.",
    "Menindaklanjuti laporan Anda, kami sampaikan hal berikut.", "Kami sampaikan hasil tindak lanjut laporan ini.",
    "Salam, berikut penjelasan kami.",
)  # fmt: skip
ANSWER_CLOSINGS: Final = (
    "Bila masih ada kendala, silakan balas laporan ini.", "Mohon maaf atas ketidaknyamanannya.",
    "Kami menghargai kepedulian Anda terhadap pelayanan publik.", "Terima kasih atas kesabaran Anda.",
)  # fmt: skip
ANSWERS: Final[dict[Outcome, tuple[str, ...]]] = {
    Outcome.FIXED: (
        "Petugas kami telah menangani lokasi pada {lalu} dan keadaan sudah kembali baik. Foto sesudah penanganan terlampir.",
        "Pekerjaan selesai pada {lalu} oleh {n} petugas. Dokumentasi sebelum dan sesudah kami lampirkan.",
    ),
    Outcome.EXPLAINED: (
        "Berdasarkan pemeriksaan pada {lalu}, pelayanan berjalan sesuai prosedur; kendala yang Anda alami disebabkan "
        "pembaruan sistem dan kini sudah normal.",
        "Kami sudah menghubungi petugas terkait. Duduk perkaranya: berkas Anda sudah lengkap dan sedang dalam antrean.",
    ),
    Outcome.SCHEDULED: (
        "Penanganan sudah masuk rencana kerja dan dijadwalkan selesai paling lambat {nanti}.",
        "Lokasi sudah disurvei pada {lalu}. Pekerjaan dimulai setelah bahan tersedia, selambatnya {nanti}.",
    ),
    Outcome.BUDGET_NEEDED: (
        "Kebutuhan ini belum tersedia dalam anggaran berjalan dan kami usulkan untuk tahun {tahun}. "
        "Sementara itu dilakukan penanganan darurat.",
    ),
    Outcome.REJECTED_WITH_REASON: (
        "Permintaan belum dapat dipenuhi karena tidak sesuai dengan ketentuan yang berlaku; penjelasan tertulis kami "
        "kirim dengan surat nomor {surat}.",
    ),
    Outcome.INFORMATION_GIVEN: (
        "Informasi yang Anda minta dapat diperoleh di loket pelayanan pada hari kerja pukul 08.00-15.00, tanpa biaya.",
    ),
    Outcome.ASPIRATION_NOTED: (
        "Usulan Anda kami catat sebagai bahan penyusunan rencana kerja tahun {tahun} dan dibahas bersama bidang terkait.",
    ),
    Outcome.ASPIRATION_ADOPTED: (
        "Usulan Anda kami terima dan dimasukkan dalam rancangan kegiatan tahun {tahun}; pelaksanaannya kami umumkan.",
    ),
    Outcome.PROVEN_SANCTIONED: (
        "Pemeriksaan selesai pada {lalu}. Dugaan terbukti, yang bersangkutan dijatuhi sanksi disiplin sesuai ketentuan, "
        "dan uang yang dipungut dikembalikan.",
        "Tim pemeriksa meminta keterangan {n} saksi. Pelanggaran terbukti; rekomendasi sanksi sudah disampaikan kepada "
        "pejabat pembina kepegawaian dengan surat nomor {surat}.",
    ),
    Outcome.NOT_PROVEN: (
        "Kami telah meminta keterangan {n} orang dan memeriksa dokumen. Tidak ditemukan bukti yang cukup; pengawasan "
        "atas unit tersebut tetap kami tingkatkan.",
    ),
    Outcome.TRANSFERRED_OUTSIDE: (
        "Materi laporan ini berada di luar kewenangan kami dan telah kami teruskan kepada instansi yang berwenang "
        "dengan surat nomor {surat}.",
    ),
}
# To somebody who wrote again.
SECOND_ANSWERS: Final[dict[Outcome, tuple[str, ...]]] = {
    Outcome.FIXED: (
        "Setelah membaca balasan Anda, petugas kembali pada {lalu} dan menyelesaikan bagian yang tersisa. Foto terlampir.",
        "Terima kasih sudah mengingatkan. Kekurangannya dikerjakan ulang pada {lalu}; hasilnya kami lampirkan.",
    ),
    Outcome.EXPLAINED: (
        "Menanggapi balasan Anda: petugas penghubung kami menemui warga pada {lalu} dan menjelaskan langkah berikutnya. "
        "Pertanyaan lanjutan dapat diajukan di loket pengaduan pada hari kerja.",
        "Kami meninjau ulang laporan ini pada {lalu}. Keterangan sebelumnya kami perjelas: penanganan dilakukan bertahap dan "
        "bagian yang Anda sebut sudah dicatat.",
    ),
    Outcome.SCHEDULED: (
        "Benar, sebagian belum tertangani. Sisanya dijadwalkan selesai paling lambat {nanti}.",
        "Menanggapi balasan Anda, kami tetapkan waktunya: selesai paling lambat {nanti}.",
    ),
    Outcome.INFORMATION_GIVEN: (
        "Menanggapi balasan Anda, rinciannya kami tambahkan: pelayanan pada hari kerja pukul 08.00-15.00, tanpa biaya, dan "
        "dapat diwakilkan dengan surat kuasa.",
    ),
    Outcome.ASPIRATION_NOTED: (
        "Terima kasih atas balasannya. Usulan dibahas dalam rapat perencanaan berikutnya, paling lambat {nanti}.",
    ),
    Outcome.PROVEN_SANCTIONED: (
        "Menanggapi balasan Anda: sanksi berlaku sejak {lalu} dan pelaksanaannya diawasi; nama yang bersangkutan tidak kami umumkan.",
    ),
    Outcome.NOT_PROVEN: (
        "Berkas kami tinjau ulang pada {lalu} beserta keterangan tambahan Anda. Kesimpulan tetap, dan bukti baru dapat "
        "disampaikan kapan saja.",
    ),
}
ARCHIVES: Final[dict[ArchiveReason, tuple[str, ...]]] = {
    ArchiveReason.UNCLEAR: (
        "Keterangan tambahan yang diberikan belum menyebut tempat dan waktu, sehingga laporan tidak dapat ditelusuri.",
    ),
    ArchiveReason.TOO_GENERAL: (
        "Setelah dilengkapi pun laporan masih bersifat umum dan tidak menyebut pelayanan tertentu.",
    ),
    ArchiveReason.NOT_GOVERNMENT: (
        "Perkara antara warga dengan pihak swasta; tidak menyangkut pelayanan atau kinerja pemerintah.",
        "Laporan mengenai urusan pribadi antarwarga, silakan diselesaikan dengan musyawarah di lingkungan setempat.",
    ),
    ArchiveReason.OUT_OF_SCOPE_LEGAL: (
        "Perkara sedang diperiksa pengadilan, sehingga tidak dapat ditangani melalui pengaduan pelayanan publik.",
    ),
    ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL: (
        "Untuk permohonan dokumen publik tersedia jalur PPID; silakan mengajukan melalui layanan PPID instansi terkait.",
        "Dugaan tindak pidana disampaikan langsung ke kepolisian; nomor darurat 110 melayani 24 jam.",
    ),
    ArchiveReason.ALREADY_ANSWERED: (
        "Laporan yang sama dari pelapor yang sama sudah dijawab sebelumnya; silakan membuka laporan tersebut.",
    ),
    ArchiveReason.HOAX_SPAM: ("Isi berupa pesan berantai/iklan yang tidak berkaitan dengan pelayanan publik.",),
    ArchiveReason.ABUSIVE_SARA: ("Isi memuat hinaan dan tidak memuat persoalan pelayanan.",),
    ArchiveReason.TEST: ("Laporan uji coba oleh admin.",),
    ArchiveReason.UNDER_OMBUDSMAN: (
        "Laporan yang sama sedang ditangani Ombudsman Republik Indonesia, sehingga penanganan di sini dihentikan.",
    ),
}
IDENTITY_REASONS: Final = (
    "Perlu menghubungi pelapor untuk memastikan lokasi.",
    "Memeriksa apakah pelapor sama dengan pemohon berkas.",
    "Pemeriksaan memerlukan keterangan langsung dari pelapor.",
)
SOLUTIONS: Final = (
    "Mohon ditangani sebelum musim hujan.", "Cukup diberi kepastian waktu penyelesaiannya.",
    "Petugas datang ke lokasi dan menjelaskan kepada warga.", "Biaya yang sudah dibayar dikembalikan.",
    "Dibuatkan jadwal tetap dan diumumkan.",
)  # fmt: skip
LOSSES: Final = (
    "Biaya tambahan sekitar {rp} setiap minggu.", "Ongkos bolak-balik {n} kali ke kantor.",
    "Kendaraan rusak, biaya bengkel {rp}.", "Dagangan tidak laku selama {n} hari.",
)  # fmt: skip
_SPAM: Final = (
    ("Promo pinjaman cepat cair tanpa jaminan", "Butuh dana cepat? Hubungi agen kami, cair dalam lima menit tanpa syarat. "
     "Sebarkan pesan ini ke sepuluh orang agar dapat bonus."),
    ("Sebarkan pesan ini sebelum tengah malam", "Pesan berantai: siapa yang tidak meneruskan pesan ini akan kehilangan "
     "paket data. Ini bukan bohong, sudah terbukti."),
    ("Jual nomor cantik dan pulsa murah", "Jual nomor cantik, pulsa murah, gratis ongkir seluruh Indonesia, stok terbatas, "
     "beli sekarang juga."),
)  # fmt: skip
# Titles and texts of what is archived because of what it is.
STRAY: Final[dict[ArchiveReason, tuple[tuple[str, str], ...]]] = {
    ArchiveReason.HOAX_SPAM: _SPAM,
    ArchiveReason.NOT_GOVERNMENT: (
        ("Utang teman yang belum dibayar", "Teman saya meminjam {rp} sejak {tgl} dan sampai sekarang tidak mau membayar. "
         "Mohon ditagihkan."),
        ("Tetangga memelihara ayam terlalu banyak", "Ayam tetangga di {desa} sering masuk ke halaman saya dan merusak "
         "tanaman. Sudah saya tegur tetapi malah marah. Mohon dinasihati."),
        ("Barang belanja daring tidak sesuai gambar", "Saya membeli sepatu lewat toko daring seharga {rp}, yang datang "
         "berbeda warna. Penjual tidak menjawab pesan."),
        ("Perselisihan warisan dalam keluarga", "Saudara saya di {kec} tidak mau membagi hasil kebun peninggalan orang "
         "tua. Mohon bantuan supaya dibagi rata."),
    ),
    ArchiveReason.OUT_OF_SCOPE_LEGAL: (
        ("Putusan sengketa tanah dirasa tidak adil", "Perkara tanah saya di {desa} sedang berjalan di pengadilan dan saya "
         "merasa tidak diperlakukan adil. Mohon hakimnya diganti."),
        ("Perkara perceraian belum diputus", "Sidang saya sudah {n} kali ditunda. Mohon dibantu supaya cepat diputus."),
    ),
    ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL: (
        ("Permohonan salinan dokumen anggaran", "Saya meminta salinan lengkap dokumen anggaran tahun lalu beserta "
         "lampirannya dalam bentuk cetak untuk penelitian."),
        ("Motor hilang di parkiran", "Motor saya hilang pada {hari} pukul {jam} di {patokan}, {desa}. Mohon dicarikan "
         "pelakunya."),
        ("Penipuan lewat telepon", "Ada yang menelepon mengaku petugas dan meminta kode, uang saya di rekening hilang "
         "{rp}. Mohon pelakunya ditangkap."),
    ),
    ArchiveReason.TEST: (("Uji coba pengiriman laporan", "Ini hanya uji coba formulir oleh admin, mohon diabaikan."),),
    ArchiveReason.UNCLEAR: (
        ("Pelayanan tidak beres dari dulu", "Pelayanannya begitu terus dari dulu, tolong dibereskan semuanya."),
        ("Tolong ditindak yang kemarin itu", "Tolong ditindak yang kemarin itu, semua warga sudah resah dan tidak tahan lagi."),
    ),
    ArchiveReason.TOO_GENERAL: (
        ("Pemerintah harus lebih peduli", "Pemerintah harus lebih peduli kepada rakyat kecil di segala bidang, jangan "
         "hanya janji."),
    ),
}  # fmt: skip
