"""Requests for information, and wishes."""

from typing import Final

from tanggap.domain.intake import Classification
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic


def _question(
    key: str,
    category: str,
    desks: tuple[Desk, ...],
    titles: tuple[str, ...],
    openings: tuple[str, ...],
    answers: tuple[str, ...],
    weight: int = 10,
) -> Topic:
    return Topic(
        key=key,
        category=category,
        weight=weight,
        desks=desks,
        titles=titles,
        openings=openings,
        details=(
            "Saya sudah mencari di situs resmi tetapi tidak menemukan keterangan terbaru.",
            "Petugas yang saya tanya memberi jawaban yang berbeda-beda.",
            "Saya bekerja sampai sore sehingga sulit datang ke kantor.",
            "Bila ada formulir, mohon diberi tahu di mana mengunduhnya.",
            "Apakah dapat diurus keluarga karena orang tua saya sakit?",
        ),
        asks=(
            "Mohon informasinya.",
            "Mohon penjelasan syarat, biaya, dan lamanya.",
            "Terima kasih bila dapat dijawab segera.",
        ),
        steps=("Pertanyaan Anda sedang kami siapkan jawabannya bersama bidang terkait.",),
        answers={Outcome.INFORMATION_GIVEN: answers},
        classification=Classification.INFORMATION_REQUEST,
    )


def _wish(
    key: str,
    category: str,
    desks: tuple[Desk, ...],
    titles: tuple[str, ...],
    openings: tuple[str, ...],
    details: tuple[str, ...],
    weight: int = 10,
) -> Topic:
    return Topic(
        key=key,
        category=category,
        weight=weight,
        desks=desks,
        titles=titles,
        openings=openings,
        details=(*details, "Daerah lain sudah melakukannya dan hasilnya baik.", "Warga siap membantu bila diajak."),
        asks=(
            "Semoga usulan ini dipertimbangkan.",
            "Mohon dimasukkan dalam rencana tahun depan.",
            "Terima kasih bila berkenan.",
        ),
        steps=("Usulan diteruskan ke bidang perencanaan pada {lalu}.",),
        answers={},
        classification=Classification.ASPIRATION,
    )


TOPICS: Final = (
    _question(
        "tanya-pajak-kendaraan", "ekonomi.pajak-daerah", (Desk(PROVINCE, "bapenda", 3), Desk(PROVINCE, "samsat", 2)),
        ("Syarat balik nama kendaraan", "Apakah ada pemutihan pajak kendaraan?", "Jadwal Samsat keliling di {kec}"),
        ("Saya ingin balik nama motor bekas, apa saja syarat dan biayanya?",
         "Apakah tahun ini ada keringanan denda pajak kendaraan?", "Kapan Samsat keliling datang ke {kec}?"),
        ("Syaratnya BPKB, STNK, kuitansi, dan KTP pemilik baru; selesai satu hari kerja. Tarif tertera di loket dan situs resmi.",
         "Program keringanan diumumkan lewat kanal resmi; yang terakhir menghapus denda, bukan pokok pajaknya.",
         "Jadwal Samsat keliling di {kec}: setiap Selasa dan Kamis pukul 08.30-13.00 di halaman kantor kecamatan."),
        weight=14,
    ),
    _question(
        "tanya-ppdb", "pendidikan.penerimaan-siswa-baru", (Desk(PROVINCE, "dindikbud", 4), Desk(REGENCY, "disdik", 3)),
        ("Jadwal penerimaan siswa baru SMA", "Syarat jalur afirmasi", "Cara pindah sekolah dari luar daerah"),
        ("Kapan pendaftaran siswa baru SMA dan SMK negeri dibuka?", "Apa syarat jalur afirmasi untuk anak penyandang disabilitas?",
         "Anak saya akan pindah sekolah ke {kec}, bagaimana caranya?"),
        ("Pendaftaran dibuka pada bulan Juni; jadwal rincinya tertera di laman resmi dan papan pengumuman sekolah.",
         "Jalur afirmasi memerlukan kartu bantuan atau surat keterangan dinas sosial; bagi penyandang disabilitas cukup asesmen sekolah.",
         "Perpindahan diajukan dengan surat pindah dari sekolah asal, rapor, dan akta; gratis, selesai lima hari kerja."),
        weight=14,
    ),
    _question(
        "tanya-ktp", "kependudukan.administrasi-kependudukan-dan-pencatatan-sipil", (Desk(REGENCY, "disdukcapil"),),
        ("Cara mengurus KTP hilang", "Syarat pindah domisili ke {desa}", "Perekaman KTP untuk lansia di rumah"),
        ("KTP saya hilang, apa saja yang harus dibawa?", "Apa syarat pindah domisili ke {desa}?",
         "Nenek saya tidak bisa berjalan, apakah perekaman dapat dilakukan di rumah?"),
        ("Cukup membawa surat kehilangan dari kepolisian dan kartu keluarga; dicetak hari itu juga bila blangko tersedia, tanpa biaya.",
         "Pindah domisili memerlukan kartu keluarga dan formulir pindah; surat pengantar RT/RW tidak lagi diwajibkan, tanpa biaya.",
         "Perekaman di rumah tersedia setiap pekan; daftarkan lewat {desa} dan petugas datang paling lambat {nanti}."),
        weight=20,
    ),
    _question(
        "tanya-izin", "tik.aplikasi-perizinan", (Desk(PROVINCE, "dpmptsp"),),
        ("Syarat izin usaha rumahan", "Lama pengurusan izin bangunan"),
        ("Saya ingin membuka usaha rumahan di {desa}, izin apa yang diperlukan?", "Berapa lama persetujuan bangunan gedung terbit?"),
        ("Usaha mikro cukup memiliki nomor induk berusaha yang terbit gratis hari itu juga lewat sistem perizinan.",
         "Persetujuan bangunan gedung diproses paling lama 28 hari kerja setelah dokumen lengkap."),
    ),
    _question(
        "tanya-jalan", "pekerjaan-umum.infrastruktur-jalan", (Desk(PROVINCE, "dpupr", 3), Desk(REGENCY, "dpupr", 3)),
        ("Status {jalan} jalan provinsi atau kabupaten?", "Jadwal perbaikan jalan di {kec}"),
        ("Apakah {jalan} termasuk jalan provinsi atau jalan kabupaten?", "Kapan pelebaran jalan di {kec} dimulai dan selesai?"),
        ("{jalan} tercatat sebagai jalan kabupaten/kota; daftar ruas menurut status tersedia di situs dinas.",
         "Pelebaran dimulai setelah lelang selesai, perkiraan {nanti}; selama pekerjaan jalur dialihkan."),
    ),
    _question(
        "tanya-bantuan", "sosial.data-terpadu-kesejahteraan-sosial-dtks", (Desk(REGENCY, "dinsos", 3), Desk(PROVINCE, "dinsos", 1)),
        ("Cara mendaftar bantuan sosial", "Cara mengecek status penerima bantuan"),
        ("Bagaimana cara mendaftarkan tetangga saya yang miskin ke data bantuan?", "Di mana saya dapat memeriksa status bantuan ibu saya?"),
        ("Usulan diajukan lewat musyawarah {desa} atau aplikasi cek bantuan; hasilnya ditetapkan setiap bulan.",
         "Status dapat dilihat di aplikasi cek bantuan atau ditanyakan di kantor {desa} dengan menunjukkan KTP."),
        weight=12,
    ),
    _question(
        "tanya-kesehatan", "kesehatan.pelayanan-kesehatan", (Desk(PROVINCE, "rsud-banten", 2), Desk(REGENCY, "dinkes", 3)),
        ("Jadwal dokter spesialis anak", "Jadwal imunisasi di {kec}"),
        ("Hari apa saja dokter spesialis anak praktik di rumah sakit daerah?", "Kapan jadwal imunisasi di puskesmas {kec}?"),
        ("Poli anak buka Senin, Rabu, dan Jumat pukul 08.00-12.00; pendaftaran daring dibuka H-3.",
         "Imunisasi dilaksanakan setiap {hari} pukul 08.00-11.00 di puskesmas dan posyandu."),
    ),
    _question(
        "tanya-kerja", "ketenagakerjaan.rekrutmen-tenaga-kerja", (Desk(PROVINCE, "disnakertrans"),),
        ("Jadwal bursa kerja", "Pelatihan kerja gratis di balai latihan"),
        ("Kapan bursa kerja berikutnya diadakan di {kab}?", "Apakah ada pelatihan las gratis tahun ini?"),
        ("Bursa kerja berikutnya {nanti}; pendaftaran gratis lewat akun resmi dinas.",
         "Pelatihan dibuka dua kali setahun; kuota {n2} peserta, syarat usia 18 tahun dan ijazah terakhir."),
    ),
    _question(
        "tanya-data", "topik-khusus.sosialisasi-dan-edukasi", (Desk(PROVINCE, "diskominfo", 2), Desk(PROVINCE, "bappeda", 1)),
        ("Permintaan data jumlah penduduk {kec}", "Cara mengikuti musyawarah perencanaan"),
        ("Saya mahasiswa dan memerlukan data penduduk {kec} per desa, di mana dapat diperoleh?",
         "Bagaimana warga dapat ikut musyawarah perencanaan pembangunan?"),
        ("Data tersedia di portal data terbuka dan dapat diunduh tanpa biaya; petugas PPID melayani pukul 08.00-15.00.",
         "Musyawarah dimulai di {desa} pada bulan Januari; warga menyampaikan usulan lewat RT/RW atau langsung di forum."),
    ),
    _wish(
        "usul-bus", "perhubungan.transportasi-darat", (Desk(PROVINCE, "dishub", 3), Desk(REGENCY, "dishub", 3)),
        ("Usul rute bus sampai {kec}", "Usul bus sekolah gratis", "Usul jalur sepeda di {jalan}"),
        ("Saya mengusulkan bus umum diperpanjang sampai {kec}.", "Sebaiknya disediakan bus sekolah gratis untuk pelajar di {kec}."),
        ("Pekerja dan pelajar dari {desa} sekarang menghabiskan {rp} seminggu untuk ojek.", "Jalur sepeda membuat anak sekolah lebih aman."),
        weight=12,
    ),
    _wish(
        "usul-taman", "pekerjaan-umum.taman", (Desk(REGENCY, "dprkp", 4), Desk(PROVINCE, "perkim", 2)),
        ("Usul taman bermain di {desa}", "Usul ruang terbuka ramah disabilitas"),
        ("Di {desa} belum ada taman bermain, sedangkan ada lahan kosong milik pemerintah {patokan}.",
         "Kami mengusulkan ruang terbuka yang ramah kursi roda di {kec}."),
        ("Anak-anak sekarang bermain di pinggir jalan.", "Luas lahannya sekitar {m} meter persegi."),
    ),
    _wish(
        "usul-sekolah", "pendidikan.pendidikan-dasar-dan-menengah", (Desk(PROVINCE, "dindikbud", 4), Desk(REGENCY, "disdik", 2)),
        ("Usul SMA negeri baru di {kec}", "Usul perpustakaan keliling", "Usul kelas malam paket C"),
        ("Di {kec} belum ada SMA negeri sehingga lulusan SMP harus ke kecamatan lain.", "Saya mengusulkan perpustakaan keliling singgah di {desa}."),
        ("Jaraknya lebih dari {n2} kilometer pulang pergi.", "Banyak anak akhirnya tidak melanjutkan sekolah."),
    ),
    _wish(
        "usul-jalan", "pekerjaan-umum.infrastruktur-jalan", (Desk(PROVINCE, "dpupr", 4), Desk(REGENCY, "dpupr", 3)),
        ("Usul pelebaran {jalan}", "Usul jembatan penyeberangan di {kec}"),
        ("Mohon dipertimbangkan pelebaran {jalan} karena kendaraan makin banyak.", "Usul dibangun jembatan penyeberangan di depan pasar {kec}."),
        ("Panjang yang sempit sekitar {m} meter.", "Warga bersedia menghibahkan sebagian halaman."),
    ),
    _wish(
        "usul-sampah", "lingkungan.pengelolaan-sampah", (Desk(REGENCY, "dlh", 4), Desk(PROVINCE, "dlhk", 2)),
        ("Usul bank sampah di setiap RW", "Usul tempat sampah terpilah di {kec}"),
        ("Saya mengusulkan bank sampah dibina di setiap RW di {desa}.", "Tempat sampah terpilah sebaiknya disediakan di pusat {kec}."),
        ("Kelompok ibu-ibu sudah mulai memilah sendiri.", "Hasil penjualannya dapat untuk kas RT."),
    ),
    _wish(
        "usul-pelayanan", "sp4n-lapor.kritik-dan-saran-untuk-sp4n-lapor", (Desk(PROVINCE, "biroorganisasi", 2), Desk(PROVINCE, "diskominfo", 3)),
        ("Usul pelayanan hari Sabtu", "Usul antrean daring di semua loket", "Saran untuk layanan pengaduan"),
        ("Sebaiknya loket pelayanan buka juga pada Sabtu pagi.", "Usul agar semua loket memakai antrean daring."),
        ("Banyak pekerja pabrik tidak bisa izin pada hari kerja.", "Jawaban laporan sebaiknya mencantumkan nama bidang yang menangani."),
    ),
    _wish(
        "usul-wisata", "ekonomi.destinasi-pariwisata", (Desk(PROVINCE, "dispar", 3), Desk(PROVINCE, "dispora", 1)),
        ("Usul penataan wisata di {kec}", "Usul festival budaya di {desa}"),
        ("Tempat wisata di {kec} sebaiknya diberi toilet dan petunjuk arah.", "Kami mengusulkan festival budaya tahunan di {desa}."),
        ("Pengunjung akhir pekan sekitar {n2} keluarga.", "Pemuda setempat siap menjadi pemandu."),
    ),
)  # fmt: skip
