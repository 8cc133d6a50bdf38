"""Answers as offices write them, made up, by what the closing guard must say of them.

The rules were written against the first halves (`KNOWN`). The second halves (`UNSEEN`) were never tuned to, nor
changed after the first look: they measure what the rules do with words that nobody tuned them to.
"""

# They only send the citizen elsewhere, or say nothing at all besides.
EVASIVE_KNOWN = (
    "Silakan buka website kami di www.contoh.go.id.",
    "Silakan menghubungi instansi terkait.",
    "Terima kasih atas laporan Anda. Silahkan hubungi PLN di nomor 123.",
    "Yth. Bapak/Ibu pelapor, mohon menghubungi Dinas Perhubungan Kabupaten Pandeglang. Terima kasih.",
    "Hal tersebut bukan kewenangan kami. Silakan melapor ke pemerintah pusat.",
    "Terima kasih atas laporannya. Untuk hal ini dapat menghubungi kantor kecamatan setempat.",
    "Mohon maaf, bukan ranah kami. Hubungi instansi lain.",
    "Untuk informasi lebih lanjut silakan datang ke kantor kami pada jam kerja.",
    "Selamat pagi. Harap menghubungi BPJS Kesehatan cabang Serang ya Pak.",
    "Laporan Anda sudah kami terima. Silakan berkoordinasi dengan RT/RW setempat.",
    "Sebaiknya Bapak menanyakan langsung kepada pihak sekolah.",
    "Yth. Pelapor. Terkait laporan tersebut agar disampaikan kepada Kementerian PUPR karena merupakan jalan nasional.",
    "Silakan cek di website resmi kami. Terima kasih.",
    "Terima kasih atas perhatiannya. Saudara dapat menyampaikan laporan melalui kanal pengaduan Dinas Kesehatan.",
    "Mohon untuk melaporkan langsung ke kepolisian terdekat.",
    "Kami sarankan untuk menghubungi pengembang perumahan yang bersangkutan. Demikian, terima kasih.",
    "Assalamualaikum. Bukan tupoksi dinas kami, silakan ke dinas yang membidangi.",
)
EVASIVE_UNSEEN = (
    "Terima kasih. Mohon hubungi call center PDAM.",
    "Yth. Sdr. Pelapor, laporan Saudara bukan merupakan kewenangan Dinas PUPR. Silakan disampaikan ke "
    "Balai Besar Jalan.",
    "Silakan datang langsung ke kantor Disdukcapil. Terima kasih.",
    "Bapak/Ibu bisa menghubungi nomor layanan 112 untuk keluhan ini.",
    "Terima kasih atas masukannya, untuk selanjutnya mohon melapor melalui aplikasi yang tersedia.",
    "Di luar kewenangan kami, silahkan hubungi provinsi.",
    "Pelapor dipersilakan menghubungi instansi yang berwenang.",
    "Mohon maaf atas ketidaknyamanannya. Untuk masalah ini bisa ditanyakan ke kelurahan.",
    "Selamat siang, laporan telah kami terima. Mohon berkenan menghubungi Satpol PP. Salam.",
    "Silakan adukan ke OJK. Terima kasih telah menggunakan layanan kami.",
    "Untuk lebih jelasnya agar menghubungi bagian pelayanan di kantor kami.",
    "Terima kasih laporannya Kak, langsung aja ke puskesmas ya.",
    "Kami bukan pihak yang berwenang atas hal tersebut, sehingga disarankan menghubungi Kementerian Agama.",
    "Disarankan agar pelapor membuat laporan ke Ombudsman.",
    "Hubungi dinas terkait.",
    "Yang terhormat pelapor, jalan dimaksud adalah jalan provinsi. Silakan menghubungi Dinas PUPR Provinsi Banten.",
)
# They say what was done, what is so, or what will be done when; many name another office as well.
GOOD_KNOWN = (
    "Lubang di depan Pasar Badak sudah kami tambal pada 3 Juli 2020. Foto terlampir. Bila berlubang "
    "lagi, silakan hubungi kami.",
    "Lampu jalan di ruas itu dijadwalkan diganti pada 20 Juli 2020 oleh UPT Penerangan Jalan.",
    "Setelah kami periksa, tiang itu milik PLN. Kami sudah bersurat ke PLN Pandeglang dengan nomor "
    "600/123 tanggal 2 Juli.",
    "Keterlambatan KTP terjadi karena blangko habis. Blangko tiba 8 Juli dan KTP Anda dapat diambil mulai 10 Juli.",
    "Permintaan ini tidak dapat dipenuhi karena Perda 7/2014 melarang bangunan di sempadan sungai.",
    "Usulan trotoar di Jalan Raya Labuan kami catat untuk rencana kerja 2021.",
    "Pemeriksaan terhadap petugas loket selesai. Tidak ditemukan pungutan; bukti pembayaran tercatat resmi.",
    "Untuk perpanjangan izin, datang ke loket 3 DPMPTSP dengan membawa KTP, NPWP, dan izin lama. Tidak dipungut biaya.",
    "Sampah di TPS Cibaliung diangkut pada 1 Juli. Pengangkutan berikutnya setiap Selasa dan Jumat.",
    "Siswa yang dimaksud sudah diterima melalui jalur afirmasi. Pengumuman dikirim ke orang tua pada 2 Juli.",
    "Anggaran perbaikan jembatan belum tersedia tahun ini dan kami usulkan dalam perubahan APBD Agustus.",
    "Antrean obat disebabkan pergantian sistem. Sejak 30 Juni loket ditambah menjadi empat.",
    "Air tidak mengalir karena pipa pecah di Kampung Baru. Penyambungan selesai kemarin sore. Untuk "
    "gangguan berikutnya "
    "hubungi 0254-123456.",
    "Kami sudah meneruskan laporan Anda kepada Balai Jalan Nasional dengan surat 620/45, dan jawabannya "
    "kami kabarkan di sini.",
    "Bantuan tahap dua dibagikan 15 Juli di balai desa. Nama Anda ada dalam daftar penerima.",
    "Terima kasih. Pohon di depan SDN 2 dipangkas hari Kamis oleh tim pertamanan.",
)
GOOD_UNSEEN = (
    "Saluran air di RT 04 dikeruk tanggal 5 Juli, panjang 120 meter. Mohon kabari kami bila masih meluap.",
    "Petugas yang Anda sebut sudah ditegur tertulis dan dipindahkan dari loket sejak 1 Juli.",
    "Jam layanan akta kelahiran adalah Senin sampai Jumat pukul 08.00–15.00 di lantai 2, gratis, "
    "selesai dalam satu hari.",
    "Jalan itu jalan nasional. Surat kami ke Balai Besar (nomor 602/77) dibalas: perbaikan dikerjakan Agustus.",
    "Kami menolak permohonan ini karena lahan tersebut berstatus sengketa di pengadilan.",
    "Angkot trayek 05 berkurang karena sopir mogok. Sejak Senin dua belas unit beroperasi lagi.",
    "Data bantuan Anda diperbaiki pada 3 Juli. Silakan cek saldo mulai tanggal 10, lalu hubungi "
    "pendamping desa bila kosong.",
    "Tarif parkir yang benar dua ribu rupiah. Juru parkir yang menagih lima ribu sudah dicabut tugasnya.",
    "Vaksin tersedia lagi di Puskesmas Labuan mulai Rabu; stok 200 dosis.",
    "Guru honorer itu menerima gaji April sampai Juni pada 30 Juni, bukti transfer ada pada sekolah.",
    "Kami belum dapat memasang rambu karena menunggu izin dari Kementerian Perhubungan; permohonan diajukan 25 Juni.",
    "Tidak terbukti ada pemotongan: 40 penerima kami wawancarai dan semua menerima utuh.",
    "Syaratnya fotokopi KK dan surat pengantar desa. Serahkan ke kecamatan, prosesnya tiga hari kerja tanpa biaya.",
    "Genangan terjadi karena gorong-gorong tersumbat bangunan warga. Pemilik diberi waktu sampai 31 "
    "Juli untuk membongkar.",
    "Usulan Anda disetujui dan masuk dalam musrenbang kecamatan tahun depan.",
    "Sinyal di desa Anda dibangun Kominfo tahun 2021 menurut surat mereka tanggal 4 Juni, yang kami lampirkan.",
)

# They say that the report was got, handed on or will be seen to, and nothing else.
HOLLOW_KNOWN = (
    "Bukan kewenangan kami.",
    "Akan dikerjakan.",
    "Sudah.",
    "asdf asdf asdf asdf",
    "Mohon bapak/ibu bersabar ya, kami usahakan secepatnya.",
    "Laporan Anda telah kami koordinasikan dengan instansi terkait untuk ditindaklanjuti.",
    "Telah kami teruskan ke dinas terkait.",
    "Terima kasih atas laporannya, akan segera kami tindak lanjuti.",
    "Laporan Saudara telah kami terima dan sedang diproses.",
    "Yth. Pelapor. Laporan telah kami sampaikan kepada Bidang Bina Marga untuk ditindaklanjuti. Terima kasih.",
    "Sudah kami disposisikan ke UPT Wilayah Selatan.",
    "Laporan Anda sedang dalam proses tindak lanjut.",
    "Akan kami koordinasikan dengan pihak terkait.",
    "Terima kasih atas perhatian dan kerja samanya.",
    "Laporan mengenai jalan berlubang di Kampung Baru telah kami teruskan ke Dinas PUPR Kabupaten Pandeglang.",
    "Telah kami teruskan ke Dinas Perhubungan pada 3 Juli 2020 untuk dilakukan penanganan.",
    "Mohon menunggu, laporan sedang kami proses sesuai prosedur yang berlaku.",
    "Telah ditindaklanjuti.",
    "Laporan nomor TG-123 telah kami limpahkan ke instansi yang berwenang.",
    "Bukan kewenangan kami. Laporan telah diteruskan ke Pemerintah Provinsi Banten.",
    "Selamat pagi Bapak/Ibu. Terima kasih telah melapor. Laporan Anda menjadi perhatian kami.",
    "Aduan telah diteruskan kepada OPD teknis guna mendapatkan tindak lanjut.",
    "Baik, akan kami sampaikan ke bagian terkait ya Kak.",
    "Yth. Bapak/Ibu, laporan Anda sudah kami tindaklanjuti dengan berkoordinasi dengan Dinas Lingkungan Hidup.",
    "Terima kasih.",
    "Permasalahan tersebut akan menjadi bahan evaluasi kami.",
    "Laporan Saudara sudah kami teruskan kepada PDAM agar segera ditangani. Mohon bersabar.",
    "Kami sudah berkoordinasi dengan pihak kecamatan.",
    "Salam. Informasi Saudara kami terima dan akan ditindaklanjuti sesuai kewenangan. Demikian.",
    "Pengaduan Anda telah disampaikan ke pimpinan.",
    "Sedang dikoordinasikan dengan bidang terkait, hasilnya akan kami informasikan.",
    "Telah kami proses lebih lanjut.",
    "Keluhan tentang sampah menumpuk di pasar sudah disampaikan ke DLH.",
)
HOLLOW_UNSEEN = (
    "Laporan sudah kami terima dan akan kami tindaklanjuti.",
    "Telah dilakukan koordinasi dengan instansi terkait.",
    "Laporan Bapak telah kami laporkan ke atasan.",
    "Kami teruskan ke Satpol PP ya, terima kasih.",
    "Menindaklanjuti laporan Saudara, telah kami koordinasikan dengan Dinas Pendidikan.",
    "Terima kasih atas informasinya. Akan kami pelajari terlebih dahulu.",
    "Aduan Saudara sudah masuk dan akan diproses oleh bidang teknis.",
    "Laporan ini sudah kami eskalasi ke tim teknis.",
    "Telah kami teruskan ke dinas terkait. Silakan menghubungi dinas tersebut.",
    "Diteruskan ke Disdukcapil.",
)
# They say that, too, and something of the matter, or are short.
FULL_KNOWN = (
    "Gratis.",
    "Laporan Anda telah kami koordinasikan dengan PLN, dan travo di Kampung Baru diganti pada 20 Juli "
    "karena kelebihan beban.",
    "Telah kami teruskan ke Dinas PUPR dengan surat 620/45; ruas itu masuk perbaikan tahap dua bulan Agustus.",
    "Laporan telah kami sampaikan ke sekolah. Kepala sekolah menjelaskan bahwa iuran itu sukarela dan "
    "uang yang terlanjur dibayar dikembalikan.",
    "Kami sudah berkoordinasi dengan Dinas Sosial: nama Anda belum terdaftar karena NIK ganda.",
    "Terima kasih. Jalan itu milik provinsi dan diperbaiki Agustus.",
    "Sudah kami tindaklanjuti dengan menegur juru parkir dan mencabut surat tugasnya.",
    "Laporan diterima. Setelah kami periksa, tagihan naik karena meteran lama salah baca.",
    "Tidak terbukti.",
    "Laporan telah kami teruskan ke inspektorat. Petugas itu sudah dijatuhi teguran tertulis.",
    "Usulan Anda kami catat untuk rencana kerja 2021.",
    "Permohonan Anda diterima.",
    "Terima kasih, lampu kami ganti besok.",
    "Sudah kami koordinasikan dengan kontraktor; pekerjaan dimulai setelah aspal tersedia.",
    "Laporan sedang diproses; KTP dapat diambil mulai 10 Juli.",
    "Kami sudah berkoordinasi dengan BPBD dan dua tangki air dikirim setiap Senin.",
    "Laporan telah kami teruskan ke Balai Jalan, yang menjawab bahwa kontraknya baru ditandatangani September.",
    "Terima kasih atas laporannya. Loket tutup pukul 14.00 karena rapat; petugas pengganti ditempatkan mulai besok.",
    "Keluhan Anda kami sampaikan ke puskesmas: dokter cuti sampai Jumat dan pasien dilayani dokter pengganti.",
    "Laporan Anda sedang kami proses. Berkas yang kurang adalah surat pengantar RT dan fotokopi KK.",
    "Sudah ditindaklanjuti. Guru tersebut meminta maaf kepada orang tua siswa.",
    "Permasalahan terjadi karena server pusat mati dua hari.",
    "Bukan kewenangan kami; jalan itu dikelola pengembang sampai penyerahan aset tahun 2022.",
    "Kami tolak karena lahan itu sempadan sungai.",
    "Telah kami koordinasikan dengan Satpol PP dan pedagang dipindah ke Pasar Baru.",
    "Terima kasih, angkutan tambahan beroperasi mulai Senin.",
    "Masalah ini disebabkan pipa tua.",
)
FULL_UNSEEN = (
    "Telah kami teruskan ke Disdukcapil; cetak ulang KTP selesai Jumat.",
    "Petugas yang menolak berkas sudah ditegur dan loketnya kini dijaga dua orang.",
    "Kami sudah meneruskan ke PLN, dan PLN menjadwalkan penggantian tiang pekan kedua Juli.",
    "Laporan sudah ditindaklanjuti: iuran dihentikan dan uang dikembalikan kepada wali murid.",
    "Masukan Anda kami terima, jam buka loket kami ubah menjadi pukul 07.30.",
    "Kami sudah memproses klaim Anda dan dana masuk rekening pekan ini.",
    "Sudah kami sampaikan ke sopir, dan rute kembali lewat Jalan Raya.",
    "Anggaran belum ada tahun ini.",
)
