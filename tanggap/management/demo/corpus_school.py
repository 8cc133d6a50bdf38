"""Schools: fees, admission, buildings, certificates, scholarships, bullying."""

from typing import Final

from tanggap.domain.intake import Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic

TOPICS: Final = (
    Topic(
        key="biaya-sekolah",
        category="pendidikan.biaya-sekolah",
        weight=210,
        desks=(Desk(PROVINCE, "dindikbud", 7), Desk(REGENCY, "disdik", 4)),
        titles=("Iuran komite {sekolah} terlalu besar", "Uang kegiatan di {sekolah} tidak jelas", "Biaya seragam di {sekolah} memberatkan",
                "Sekolah negeri masih meminta uang {rp}"),
        openings=(
            "{sekolah} meminta iuran komite {rp} per bulan kepada semua orang tua murid.",
            "Anak saya di {sekolah} diwajibkan membayar uang kegiatan tanpa rincian.",
            "Pembelian seragam di {sekolah} diwajibkan lewat koperasi dengan harga jauh di atas pasar.",
        ),
        details=(
            "Dalam rapat {hari} lalu tidak ada pilihan untuk tidak membayar.",
            "Anak yang belum melunasi tidak diberi kartu ujian.",
            "Kuitansinya tidak diberi cap sekolah.",
            "Kami keluarga buruh harian, penghasilan tidak tetap.",
            "Jumlahnya sudah {n} kali naik dalam dua tahun.",
        ),
        asks=("Mohon dijelaskan apakah iuran ini dibenarkan.", "Tolong sekolah ditegur dan uang yang sudah dibayar dihitung ulang."),
        questions=("Mohon sebutkan nama sekolah, kelas, dan bukti permintaan iuran (foto surat edaran bila ada).",),
        steps=("Pengawas sekolah meminta keterangan kepala sekolah dan komite pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Sumbangan komite bersifat sukarela sesuai Permendikbud 75/2016. Sekolah sudah membuat pemberitahuan "
                                "baru pada {lalu} bahwa tidak ada batas jumlah dan waktu, dan kartu ujian diberikan kepada semua siswa.",),
            Outcome.FIXED: ("Sekolah mengembalikan uang kegiatan kepada {n2} orang tua pada {lalu}; berita acara terlampir.",),
            Outcome.REJECTED_WITH_REASON: ("Iuran tersebut diputuskan orang tua untuk kegiatan di luar kurikulum dan tidak diwajibkan, "
                                           "sehingga tidak dapat kami batalkan.",),
        },
        tongues=(
            ("id", "Bayaran sakola ageung teuing",
             "Assalamualaikum. Di {sekolah} murid dipenta bayaran {rp} unggal bulan. Abdi ukur buruh, teu kuat mayar. Naha "
             "sakola nagri meunang menta kitu? Mohon dijelaskeun."),
        ),
    ),
    Topic(
        key="penerimaan-siswa",
        category="pendidikan.penerimaan-siswa-baru",
        weight=150,
        desks=(Desk(PROVINCE, "dindikbud", 7), Desk(REGENCY, "disdik", 3)),
        titles=("Anak tidak diterima padahal rumah dekat {sekolah}", "Sistem pendaftaran siswa baru error",
                "Jalur domisili penerimaan siswa baru tidak sesuai"),
        openings=(
            "Jarak rumah kami ke {sekolah} hanya {m} meter tetapi anak saya tidak diterima.",
            "Situs pendaftaran siswa baru tidak bisa dibuka sejak pukul {jam} sehingga berkas tidak terkirim.",
            "Ada calon siswa yang baru pindah alamat {bulan} bulan tetapi diterima lewat jalur domisili di {sekolah}.",
        ),
        details=(
            "Titik koordinat yang muncul berbeda dengan alamat di kartu keluarga.",
            "Petugas sekolah meminta kami menunggu pengumuman kedua.",
            "Jalur afirmasi penuh sebelum jadwal berakhir.",
            "Nomor bantuan yang tertera tidak pernah diangkat.",
            "Kami sudah menyerahkan {n} berkas lengkap.",
        ),
        asks=("Mohon data jaraknya diperiksa ulang.", "Tolong diberi kesempatan mengunggah ulang berkas."),
        steps=("Panitia mencocokkan koordinat dan kartu keluarga pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Setelah diperiksa, pendaftar terakhir yang diterima berjarak lebih dekat {m} meter dari rumah Anda. "
                                "Rincian peringkat kami lampirkan di pengumuman.",),
            Outcome.FIXED: ("Koordinat rumah Anda diperbaiki pada {lalu} dan peringkat dihitung ulang; bukti perubahan terlampir.",),
            Outcome.REJECTED_WITH_REASON: ("Daya tampung sudah terpenuhi sehingga penambahan siswa tidak dapat dilakukan; tersedia kursi "
                                           "di dua sekolah terdekat.",),
        },
    ),
    Topic(
        key="gedung-sekolah",
        category="pendidikan.pendidikan-dasar-dan-menengah",
        weight=90,
        desks=(Desk(PROVINCE, "dindikbud", 5), Desk(REGENCY, "disdik", 5)),
        scene="gedung",
        urgency=Urgency.CHILD,
        titles=("Atap kelas {sekolah} ambruk", "Toilet {sekolah} tidak layak", "Dinding kelas {sekolah} retak lebar"),
        openings=(
            "Atap {n} ruang kelas di {sekolah} bocor dan sebagian plafonnya sudah jatuh.",
            "Toilet siswa di {sekolah} rusak dan tidak ada airnya.",
            "Dinding kelas {sekolah} retak lebar sejak gempa kecil {tgl}.",
        ),
        details=(
            "Murid belajar bergantian pagi dan siang.",
            "Waktu hujan buku-buku dipindahkan ke ruang guru.",
            "Orang tua khawatir atapnya jatuh saat anak belajar.",
            "Meja dan kursi yang layak tinggal {n2} pasang.",
            "Anak berkursi roda tidak bisa masuk kelas karena tidak ada landaian.",
        ),
        asks=("Mohon segera diperbaiki demi keselamatan anak.", "Tolong dicek oleh petugas yang mengerti bangunan."),
        steps=("Tim sarana menilai kerusakan pada {lalu}; bagian yang berbahaya ditutup sementara.",),
        answers={
            Outcome.FIXED: ("Kerusakan di {sekolah} diperbaiki dan ruang dapat dipakai lagi sejak {lalu}. Foto terlampir.",),
            Outcome.SCHEDULED: ("Rehabilitasi ruang kelas dimulai saat libur sekolah dan selesai {nanti}.",),
            Outcome.BUDGET_NEEDED: ("Kerusakan tergolong berat; usulan dana alokasi khusus diajukan untuk tahun {tahun}.",),
        },
    ),
    Topic(
        key="ijazah",
        category="pendidikan.administrasi-siswa",
        weight=70,
        desks=(Desk(PROVINCE, "dindikbud", 6), Desk(REGENCY, "disdik", 2)),
        titles=("Ijazah ditahan {sekolah} karena tunggakan", "Nama di ijazah salah tulis", "Legalisasi ijazah dipersulit"),
        openings=(
            "Ijazah adik saya masih ditahan {sekolah} karena tunggakan {rp}.",
            "Nama pada ijazah anak saya salah satu huruf dan tidak cocok dengan akta.",
            "Legalisasi ijazah di {sekolah} harus menunggu {minggu} minggu.",
        ),
        details=(
            "Ijazah itu diperlukan untuk melamar kerja bulan ini.",
            "Petugas meminta kami datang lagi tanpa tanggal pasti.",
            "Kami sudah menunjukkan kartu keluarga tidak mampu.",
            "Kepala sekolah yang baru mengaku tidak tahu.",
        ),
        asks=("Mohon ijazahnya diserahkan.", "Tolong diberi surat keterangan sementara."),
        steps=("Kantor cabang dinas memanggil pihak sekolah pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Dokumen sudah diserahkan kepada pemiliknya pada {lalu}; tanda terima terlampir.",),
            Outcome.EXPLAINED: ("Sekolah negeri dilarang menahan ijazah atau mempersulit legalisasi dan perbaikan nama. Sekolah sudah kami tegur; "
                                "layanan tersedia setiap hari kerja.",),
        },
    ),
    Topic(
        key="guru-kosong",
        category="ketenagakerjaan.guru-dan-tenaga-kependidikan-gtk",
        weight=60,
        desks=(Desk(PROVINCE, "dindikbud", 5), Desk(REGENCY, "disdik", 4)),
        titles=("Tidak ada guru matematika di {sekolah}", "Honor guru {sekolah} terlambat {bulan} bulan", "Guru sering tidak masuk di {sekolah}"),
        openings=(
            "Di {sekolah} sudah {bulan} bulan tidak ada guru matematika.",
            "Honor guru tidak tetap di {sekolah} belum dibayar sejak {tgl}.",
            "Jam pelajaran di {sekolah} sering kosong, dalam sepekan bisa {n} kali.",
        ),
        details=(
            "Murid hanya diberi tugas menyalin buku.",
            "Kelas {n} paling sering ditinggal.",
            "Orang tua sudah bertemu wali kelas tetapi tidak ada perubahan.",
            "Anak-anak akan menghadapi ujian dua bulan lagi.",
        ),
        asks=("Mohon ditempatkan guru pengganti.", "Tolong honornya segera dibayarkan."),
        steps=("Data kebutuhan guru {sekolah} diperiksa dengan kantor cabang dinas pada {lalu}.",),
        answers={
            Outcome.SCHEDULED: ("Penambahan guru dan pembayaran honor diselesaikan paling lambat {nanti}.",),
            Outcome.EXPLAINED: ("Data guru {sekolah} diperiksa pada {lalu}; honor triwulan sudah cair dan jadwal mengajar disusun ulang.",),
        },
    ),
    Topic(
        key="perundungan",
        category="kekerasan-pendidikan.perundungan-bullying",
        weight=40,
        desks=(Desk(PROVINCE, "dindikbud", 5), Desk(REGENCY, "disdik", 3)),
        urgency=Urgency.CHILD,
        titles=("Anak saya dirundung di {sekolah}", "Perundungan di {sekolah} dibiarkan"),
        openings=(
            "Anak saya kelas {n} di {sekolah} dirundung teman-temannya sejak {bulan} bulan lalu.",
            "Sudah dua kali anak saya pulang dengan seragam robek dan sekolah menganggap itu bercanda.",
        ),
        details=(
            "Sekarang ia tidak mau berangkat sekolah.",
            "Kejadiannya direkam dan disebar di grup kelas.",
            "Wali kelas hanya menyuruh saling memaafkan.",
            "Kami sudah membawa anak ke psikolog.",
        ),
        asks=("Mohon ada pendampingan dan tindakan dari dinas.", "Tolong sekolah membentuk tim pencegahan kekerasan."),
        steps=("Tim pencegahan kekerasan bertemu orang tua dan sekolah pada {lalu}; pendampingan psikolog dimulai.",),
        answers={
            Outcome.EXPLAINED: ("Sekolah bersama dinas melakukan mediasi pada {lalu}. Pelaku mendapat pembinaan, korban didampingi psikolog, "
                                "dan laporan berkala dibuat tiap dua minggu.",),
        },
    ),
    Topic(
        key="bantuan-pendidikan",
        category="pendidikan.kartu-indonesia-pintar-kip",
        weight=80,
        desks=(Desk(REGENCY, "disdik", 4), Desk(PROVINCE, "dindikbud", 3)),
        titles=("Dana KIP belum cair di {sekolah}", "Anak tidak terdaftar penerima bantuan pendidikan", "Beasiswa daerah belum dibayar"),
        openings=(
            "Dana KIP anak saya di {sekolah} belum cair sejak {bulan} bulan lalu.",
            "Keluarga kami penerima bantuan, tetapi nama anak tidak muncul di daftar KIP.",
            "Beasiswa daerah semester ini belum masuk ke rekening.",
        ),
        details=(
            "Pihak bank menyatakan rekening belum diaktifkan.",
            "Teman sekelasnya sudah menerima sejak {tgl}.",
            "Sekolah meminta kami mengurus sendiri ke dinas.",
            "Uangnya akan dipakai membeli buku dan sepatu.",
        ),
        asks=("Mohon dicek statusnya.", "Tolong dibantu pengaktifan rekeningnya."),
        steps=("Data siswa dicocokkan dengan daftar penerima pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Rekening belum diaktifkan sehingga dana kembali ke kas. Aktivasi dilakukan kolektif lewat sekolah pada {nanti}.",),
            Outcome.FIXED: ("Data yang tidak cocok diperbaiki dan dana masuk pada {lalu}; bukti pencairan terlampir.",),
        },
    ),
)  # fmt: skip
