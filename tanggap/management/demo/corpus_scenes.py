"""What offices and reporters say in the scenes of the cast, and officers among themselves."""

from typing import Final

ADDRESSEE: Final = "Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian"
SENT_ELSEWHERE: Final = (
    "Terima kasih atas laporannya. Mengenai {jalan}, silakan menghubungi instansi terkait untuk keterangan "
    "lebih lanjut."
)
MEMO_RETURNS: Final = (
    "Sebutkan tanggal pekerjaan dimulai dan siapa yang dapat dihubungi warga.",
    "Jelaskan dulu hasil pemeriksaan di lapangan, baru rencana kerjanya.",
    "Kalimat terakhir terlalu umum; tulis apa yang sudah dilakukan dan kapan selesai.",
)
FORMAL_GROUNDS: Final = (
    "Saya memerlukan informasi ini secara resmi untuk tugas akhir kuliah.",
    "Mohon diproses sebagai permohonan informasi publik; informasinya untuk bahan rembuk warga.",
    "Untuk kajian anggaran oleh kelompok warga kami, mohon salinan dokumennya.",
)
FORMAL_LONGER: Final = "Dokumen yang diminta ada pada tiga unit kerja dan perlu disatukan serta diperiksa dulu."
FORMAL_OBJECTION: Final = "Informasi yang diberikan belum lengkap: rincian per kegiatan yang saya minta tidak ada."
WHY_LONGER: Final = (
    "Pengadaan material memerlukan waktu lebih lama karena stok di gudang habis.",
    "Pemeriksaan bersama pihak sekolah baru dapat dilakukan setelah ujian selesai.",
    "Alat berat masih dipakai di lokasi lain yang lebih mendesak.",
)
PLANS: Final = (
    "Minggu ini pemeriksaan, minggu depan pekerjaan, lalu laporan hasil kepada pelapor.",
    "Tiga hari menunggu material, dua hari pengerjaan, satu hari pemeriksaan hasil.",
)
TIME_GRANTED: Final = "Waktu jawaban diperpanjang karena pekerjaan memerlukan persiapan; rencananya sudah kami periksa."
TIME_REFUSED: Final = (
    "Rencana kerja belum menunjukkan mengapa waktu yang ada tidak cukup. Mohon dijawab sesuai tenggat."
)
ASKED_FOR_ADVICE: Final = "Mohon keterangan tentang lalu lintas dan rambu di lokasi ini sebagai bahan jawaban."
ASKED_TO_WORK: Final = "Mohon bantu pembersihan di lokasi, lalu sampaikan hasilnya kepada pelapor."
ADVICE: Final = (
    "Menurut data kami, lokasi ini dilalui angkutan umum dan kendaraan berat; rambu dipasang dua tahun lalu."
)
HELPERS_STEP: Final = "Kami dijadwalkan membersihkan saluran dan bahu jalan di sekitar {patokan} dalam minggu ini."
DIVIDED: Final = "Laporan ini memuat dua masalah yang ditangani dua instansi, sehingga kami bagi menjadi dua bagian."
WASTE_TITLE: Final = "Tumpukan sampah di {jalan}"
WASTE_ANSWER: Final = (
    "Pengangkutan sampah di {jalan} masuk rute harian mulai Senin depan, pukul 05.00 sampai 07.00. Petugas yang dapat "
    "dihubungi ada di kantor dinas pada jam kerja."
)
TOGETHER: Final = "Masalah dan lokasi yang sama; ditangani sebagai satu pekerjaan."
TO_REPORTER: Final = (
    "Agar dapat kami telusuri: kejadiannya pada jam pelajaran atau sesudahnya? Anda tidak perlu menyebut nama.",
    "Apakah kejadian ini masih berlangsung minggu ini? Cukup jawab di sini; Anda tidak perlu menyebut nama.",
    "Di ruang atau loket mana hal ini terjadi? Jawaban Anda hanya dibaca oleh petugas.",
)
FROM_REPORTER: Final = (
    "Masih berlangsung, terakhir hari {hari} sekitar pukul {siang}.",
    "Terjadi pada jam pelajaran, di dekat {patokan}. Saya tidak ingin disebut.",
    "Di loket depan, pagi hari. Beberapa orang lain mengalami hal yang sama.",
)
THANKS: Final = (
    "Terima kasih, keterangan Anda cukup. Kami lanjutkan pemeriksaannya dan menjawab di halaman laporan ini."
)
NO_COMPLAINT: Final = (
    "Isinya usul kegiatan baru, bukan pelayanan yang tidak dipenuhi; mohon diubah menjadi aspirasi.",
    "Pelapor mengusulkan penambahan fasilitas. Menurut kami ini aspirasi.",
)
STAYS_A_COMPLAINT: Final = (
    "Pelapor menyebut kerusakan yang sudah ada, jadi tetap pengaduan. Mohon dijawab sesuai tenggat."
)
WHY_OPEN: Final = "Pelapor harus dihubungi langsung untuk memastikan keselamatan anak yang disebut dalam laporan."
# Among officers: {who} is mentioned.
NOTES: Final = (
    "@{who} mohon dicek, lokasi ini pernah dilaporkan tahun lalu.",
    "@{who} sudah saya hubungi lewat telepon, menunggu hasil pemeriksaan lapangan.",
    "@{who} tolong siapkan bahan jawaban sebelum rapat hari Kamis.",
    "Foto dari pelapor jelas; titiknya {patokan}. @{who} silakan dilanjutkan.",
    "@{who} apakah ini masuk kegiatan pemeliharaan rutin tahun ini?",
)
TAGS: Final = ("musim hujan", "rapat mingguan", "pemeliharaan rutin", "perlu survei", "media")
