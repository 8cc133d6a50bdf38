"""Identity cards and records, health, social aid."""

from typing import Final

from tanggap.domain.intake import Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic

TOPICS: Final = (
    Topic(
        key="ktp",
        category="kependudukan.ktp-kartu-tanda-penduduk",
        weight=220,
        desks=(Desk(REGENCY, "disdukcapil"),),
        titles=("KTP elektronik belum jadi sejak {tgl}", "Blangko KTP habis di {kec}", "Data KTP saya salah dan sulit diperbaiki"),
        openings=(
            "Saya merekam data KTP di kantor kecamatan {kec} pada {tgl} dan sampai sekarang belum jadi.",
            "Petugas mengatakan blangko KTP kosong dan meminta saya kembali bulan depan.",
            "Tanggal lahir di KTP saya salah satu angka sehingga tidak bisa mengurus rekening.",
        ),
        details=(
            "Saya sudah {n} kali izin kerja untuk mengurusnya.",
            "Surat keterangan pengganti yang saya pegang sudah habis masa berlakunya.",
            "Nomor antrean habis sebelum pukul 09.00.",
            "Ada orang yang datang belakangan tetapi dilayani lebih dulu.",
            "Mesin rekamnya rusak sejak {hari}.",
        ),
        asks=("Mohon dicetak segera.", "Tolong diberi kepastian tanggal jadinya."),
        questions=("Mohon sebutkan tanggal perekaman dan kantor tempat perekaman; nomor identitas cukup ditunjukkan di loket.",),
        steps=("Data perekaman Anda ditemukan dan masuk antrean cetak pada {lalu}.",),
        answers={
            Outcome.FIXED: ("KTP sudah dicetak pada {lalu} dan dapat diambil di loket kecamatan {kec}; foto bukti cetak terlampir.",),
            Outcome.EXPLAINED: ("Blangko baru tiba pada {lalu}. Pencetakan mengikuti urutan perekaman, perkiraan giliran Anda {n} hari kerja.",),
        },
        tongues=(
            ("en", "My identity card has not been printed",
             "I recorded my data for the identity card at the {kec} office on {tgl}, and I am told each time that the blanks have "
             "run out. I need the card for a bank account. When can I collect it?"),
        ),
    ),
    Topic(
        key="akta-kelahiran",
        category="kependudukan.akta-kelahiran",
        weight=120,
        desks=(Desk(REGENCY, "disdukcapil"),),
        urgency=Urgency.CHILD,
        titles=("Akta kelahiran anak belum terbit", "Pengurusan akta kelahiran di {kec} berbelit", "Nama anak di akta salah tulis"),
        openings=(
            "Permohonan akta kelahiran anak saya sejak {tgl} belum terbit.",
            "Saya diminta bolak-balik {n} kali untuk melengkapi syarat yang berbeda-beda.",
            "Nama anak saya di akta kelahiran salah tulis dan diminta mengurus dari awal.",
        ),
        details=(
            "Aktanya diperlukan untuk mendaftar sekolah.",
            "Aplikasi layanan menampilkan status diproses terus.",
            "Bidan dan rumah sakit sudah memberi surat lahir.",
            "Loket buka siang dan tutup lebih awal.",
        ),
        asks=("Mohon diterbitkan secepatnya.", "Tolong dijelaskan syarat yang pasti."),
        steps=("Berkas diperiksa pada {lalu}; kurang satu tanda tangan saksi yang dapat disusulkan.",),
        answers={
            Outcome.FIXED: ("Akta kelahiran terbit pada {lalu} dan dikirim ke surel pemohon; bukti penyerahan terlampir.",),
            Outcome.EXPLAINED: ("Syaratnya surat lahir, kartu keluarga, dan KTP orang tua; dua saksi hanya bila surat lahir tidak ada. "
                                "Petugas loket sudah kami arahkan.",),
        },
    ),
    Topic(
        key="kartu-keluarga",
        category="kependudukan.kartu-keluarga",
        weight=140,
        desks=(Desk(REGENCY, "disdukcapil"),),
        titles=("Pembaruan KK di {kec} lambat", "Pindah domisili ke {desa} dipersulit", "Akta kematian orang tua belum terbit"),
        openings=(
            "Pembaruan kartu keluarga saya di {kec} sudah {minggu} minggu belum selesai.",
            "Saya pindah ke {desa} dan surat pindahnya tidak bisa diproses karena sistem error.",
            "Akta kematian ayah saya belum terbit sehingga pensiun ibu tidak bisa diurus.",
        ),
        details=(
            "Data online berbeda dengan yang di loket.",
            "Nomor layanan pesan tidak pernah membalas.",
            "Anak saya tidak masuk dalam kartu keluarga yang baru.",
            "Petugas menyuruh lewat aplikasi, tetapi aplikasinya menolak foto berkas.",
        ),
        asks=("Mohon dibantu penyelesaiannya.", "Tolong datanya disamakan."),
        steps=("Perbaikan data diajukan ke pusat pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Dokumen baru terbit pada {lalu} dan dapat dicetak sendiri; bukti terlampir.",),
            Outcome.EXPLAINED: ("Keterlambatan karena data ganda di dua daerah; penghapusan data lama selesai pada {lalu}.",),
        },
    ),
    Topic(
        key="puskesmas",
        category="kesehatan.pelayanan-kesehatan",
        weight=170,
        desks=(Desk(REGENCY, "dinkes", 8), Desk(PROVINCE, "dinkes", 1)),
        titles=("Antrean puskesmas di {kec} terlalu lama", "Dokter puskesmas sering tidak ada", "Petugas puskesmas kurang ramah"),
        openings=(
            "Antrean di Puskesmas Contoh {kec} bisa sampai {n} jam.",
            "Dokter di puskesmas pembantu {desa} sering tidak di tempat.",
            "Petugas pendaftaran puskesmas membentak orang tua saya yang lanjut usia.",
        ),
        details=(
            "Kursi tunggu tidak cukup, banyak ibu hamil berdiri.",
            "Nomor antrean dibagikan sebelum pukul 07.00 lalu habis.",
            "Pendaftaran lewat aplikasi tidak berlaku di loket.",
            "Obatnya harus dibeli sendiri di luar.",
        ),
        asks=("Mohon ditambah petugas.", "Tolong dibenahi pelayanannya."),
        steps=("Kepala puskesmas diminta menyusun pengaturan loket pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Loket kedua dibuka sejak {lalu} khusus lansia dan ibu hamil; foto terlampir.",),
            Outcome.EXPLAINED: ("Kepala puskesmas kami mintai keterangan pada {lalu}. Jadwal dokter ditempel di loket, petugas dibina, dan alur antrean diperbaiki.",),
            Outcome.SCHEDULED: ("Penambahan satu dokter dan dua perawat berlaku mulai {nanti}.",),
        },
    ),
    Topic(
        key="rumah-sakit",
        category="kesehatan.masalah-pelayanan-kesehatan",
        weight=100,
        desks=(Desk(PROVINCE, "rsud-banten", 4), Desk(PROVINCE, "rsud-malingping", 2), Desk(REGENCY, "dinkes", 3)),
        urgency=Urgency.LIFE,
        titles=("Pasien menunggu kamar {n} hari di IGD", "Pelayanan rawat jalan rumah sakit lambat", "Jadwal operasi terus diundur"),
        openings=(
            "Ibu saya menunggu kamar rawat inap di IGD selama {n} hari.",
            "Poli di rumah sakit baru dibuka pukul {siang} padahal pasien datang sejak subuh.",
            "Jadwal operasi adik saya diundur sampai {n} kali tanpa penjelasan.",
        ),
        details=(
            "Perawat menyatakan kamar penuh, tetapi ada pasien yang datang belakangan langsung mendapat kamar.",
            "Kami tidak diberi tahu siapa dokter penanggung jawabnya.",
            "Kursi roda sulit didapat di lobi.",
            "Hasil laboratorium baru keluar setelah {n} jam.",
        ),
        asks=("Mohon dibantu kamar dan penjelasan.", "Tolong dibenahi alurnya supaya pasien tidak telantar."),
        steps=("Manajemen rumah sakit memeriksa catatan pelayanan pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Pada hari itu terjadi lonjakan pasien. Keluarga sudah dihubungi pada {lalu}; papan ketersediaan kamar dan jadwal poli "
                                "kini ditampilkan di lobi.",),
            Outcome.FIXED: ("Jam buka poli dimajukan dan loket ditambah sejak {lalu}; foto pengumuman terlampir.",),
        },
    ),
    Topic(
        key="obat-fogging",
        category="kesehatan.pelayanan-obat",
        weight=70,
        desks=(Desk(REGENCY, "dinkes", 6), Desk(PROVINCE, "dinkes", 2)),
        titles=("Obat rutin kosong di puskesmas {kec}", "Mohon pengasapan nyamuk di {desa}", "Vaksin anak tidak tersedia"),
        openings=(
            "Obat rutin darah tinggi kosong di puskesmas {kec} sejak {tgl}.",
            "Sudah {n} warga {desa} terkena demam berdarah, mohon pengasapan.",
            "Imunisasi anak saya tertunda karena vaksin tidak tersedia.",
        ),
        details=(
            "Harga obat di luar {rp} untuk dua minggu.",
            "Kader sudah melapor tetapi belum ada tindakan.",
            "Banyak genangan di sekitar {patokan}.",
            "Anak saya sudah lewat jadwal satu bulan.",
        ),
        asks=("Mohon segera disediakan.", "Tolong petugas datang ke {desa}."),
        steps=("Petugas puskesmas memeriksa keadaan di {desa} pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Penanganan di {desa} dilaksanakan pada {lalu}: persediaan di puskesmas diisi dan pengasapan dilakukan di titik kasus; foto terlampir.",),
            Outcome.SCHEDULED: ("Kiriman obat dan vaksin tiba paling lambat {nanti}; sementara dapat diambil di puskesmas terdekat.",),
        },
    ),
    Topic(
        key="bansos",
        category="sosial.bansos-daerah",
        weight=320,
        desks=(Desk(REGENCY, "dinsos", 7), Desk(PROVINCE, "dinsos", 3)),
        titles=("Bansos di {desa} tidak tepat sasaran", "Nama saya dicoret dari daftar bantuan", "Bantuan pangan {kec} belum diterima"),
        openings=(
            "Pembagian bantuan sosial di {desa} tidak tepat sasaran, keluarga mampu malah menerima.",
            "Nama ibu saya dicoret dari daftar penerima bantuan tanpa pemberitahuan.",
            "Bantuan pangan yang seharusnya dibagikan pada {tgl} belum kami terima.",
        ),
        details=(
            "Ibu saya janda berusia {n2} tahun dan tinggal di rumah papan.",
            "Ketua RT menyatakan datanya dari pusat dan tidak bisa diubah.",
            "Tetangga yang punya dua mobil justru mendapat.",
            "Beras yang diterima berkutu dan beratnya kurang.",
            "Sudah didata {n} kali tetapi tidak pernah keluar.",
        ),
        asks=("Mohon didata ulang dengan jujur.", "Tolong keluarga saya dimasukkan kembali."),
        questions=("Mohon sebutkan jenis bantuan dan tahun terakhir menerima; identitas dapat ditunjukkan langsung di kantor desa.",),
        steps=("Pendamping sosial melakukan kunjungan rumah di {desa} pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Status kepesertaan berubah karena data penghasilan dari pemutakhiran. Usul perbaikan sudah dimasukkan lewat "
                                "musyawarah {desa} pada {lalu} dan ditetapkan pada pemutakhiran berikutnya.",),
            Outcome.FIXED: ("Bantuan susulan diserahkan kepada keluarga pada {lalu}; berita acara dan foto terlampir.",),
            Outcome.REJECTED_WITH_REASON: ("Menurut hasil kunjungan, keluarga tidak memenuhi kriteria penerima tahun ini; keberatan dapat "
                                           "diajukan lewat musyawarah desa.",),
        },
        tongues=(
            ("id", "Bansos teu rata di {desa}",
             "Punten, bantosan beras di {desa} teu rata. Nu beunghar kenging, nini abdi nu randa teu kenging. Mohon didata deui "
             "ku petugas anu leres."),
        ),
    ),
    Topic(
        key="rumah-tidak-layak",
        category="pekerjaan-umum.permukiman",
        weight=70,
        desks=(Desk(REGENCY, "dprkp", 6), Desk(PROVINCE, "perkim", 3)),
        scene="gedung",
        titles=("Rumah nenek di {desa} hampir roboh", "Bantuan rumah tidak layak huni tidak merata"),
        openings=(
            "Rumah tetangga saya di {desa} hampir roboh dan dihuni nenek seorang diri.",
            "Kami sudah {n} kali mengajukan bantuan rumah tidak layak huni tanpa hasil.",
        ),
        details=(
            "Dindingnya bambu lapuk dan lantainya tanah.",
            "Saat hujan beliau menumpang tidur di rumah warga.",
            "Fotonya sudah diambil petugas tetapi tidak ada kabar.",
            "Ukuran rumah sekitar {n} kali {n} meter.",
        ),
        asks=("Mohon dibantu perbaikannya.", "Tolong disurvei."),
        steps=("Survei kelayakan dilakukan pada {lalu}; rumah memenuhi {n} dari sepuluh kriteria.",),
        answers={
            Outcome.SCHEDULED: ("Rumah tersebut masuk daftar penerima dan pembangunan dimulai sebelum {nanti}.",),
            Outcome.BUDGET_NEEDED: ("Kuota tahun ini sudah terisi; usulan dimasukkan untuk tahun {tahun} dengan prioritas.",),
            Outcome.FIXED: ("Atap dan dinding rumah diperbaiki gotong royong bersama dinas, selesai {lalu}. Foto terlampir.",),
        },
    ),
    Topic(
        key="telantar",
        category="kesetaraan.anak-terlantar",
        weight=50,
        desks=(Desk(REGENCY, "dinsos", 5), Desk(PROVINCE, "dp3akkb", 3)),
        urgency=Urgency.CHILD,
        titles=("Anak telantar di {patokan}", "Orang dengan gangguan jiwa telantar di {kec}", "Lansia tinggal sendiri butuh bantuan"),
        openings=(
            "Ada anak sekitar umur {n} tahun yang tidur di emperan {patokan} setiap malam.",
            "Seorang dengan gangguan jiwa berkeliaran di {jalan} tanpa pakaian yang layak.",
            "Seorang kakek tinggal sendiri di gubuk di {desa} dan sedang sakit.",
        ),
        details=(
            "Warga bergantian memberi makan.",
            "Keluarganya tidak diketahui.",
            "Kami khawatir ia tertabrak karena sering menyeberang.",
            "Sudah terlihat di sini sejak {tgl}.",
        ),
        asks=("Mohon segera dijemput dan dirawat.", "Tolong petugas sosial datang."),
        steps=("Tim reaksi cepat menuju lokasi pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Yang bersangkutan dijemput pada {lalu} dan kini dirawat di rumah singgah; keadaannya stabil.",),
            Outcome.EXPLAINED: ("Keluarga ditemukan dan sudah dipertemukan pada {lalu}; pendampingan berlanjut tiga bulan.",),
        },
    ),
)  # fmt: skip
