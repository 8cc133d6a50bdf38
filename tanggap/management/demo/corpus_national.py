"""What ministries, institutions and state companies handle: it comes by the national queue."""

from typing import Final

from tanggap.domain.intake import Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import Desk, Topic

TOPICS: Final = (
    Topic(
        key="listrik-padam",
        category="energi.pemadaman-listrik",
        weight=70,
        desks=(Desk("pln"),),
        scene="lampu",
        titles=("Listrik sering padam di {desa}", "Tiang listrik miring di {jalan}", "Tegangan listrik {kec} naik turun"),
        openings=(
            "Listrik di {desa} padam hampir setiap hari, terakhir {hari} selama {n} jam.",
            "Tiang listrik di {jalan} {patokan} miring dan kabelnya menjuntai.",
        ),
        details=("Peralatan rumah tangga warga rusak.", "Tidak ada pemberitahuan sebelumnya.", "Usaha es dan laundry merugi.",
                 "Aplikasi pengaduan hanya menampilkan sedang diproses."),
        asks=("Mohon diperbaiki jaringannya.", "Tolong ada jadwal pemadaman yang jelas."),
        steps=("Regu gangguan memeriksa gardu pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Gardu di {patokan} diperbaiki dan tiang ditegakkan pada {lalu}; foto terlampir.",),
            Outcome.EXPLAINED: ("Pemadaman terjadi karena pohon menyentuh jaringan; perabasan selesai pada {lalu}.",),
        },
    ),
    Topic(
        key="internet",
        category="tik.jaringan-internet",
        weight=60,
        desks=(Desk("komdigi"),),
        titles=("Tidak ada sinyal internet di {desa}", "Internet mati berhari-hari di {kec}", "Kabel internet semrawut di {jalan}"),
        openings=(
            "Di {desa} tidak ada sinyal sama sekali, warga harus naik ke bukit.",
            "Internet di {kec} putus sejak {tgl}.",
            "Kabel internet di {jalan} menjuntai rendah sampai tersangkut truk.",
        ),
        details=("Anak sekolah kesulitan mengerjakan tugas.", "Menara terdekat berjarak {n} kilometer.", "Pelayanan puskesmas ikut terganggu."),
        asks=("Mohon dibangun menara.", "Tolong kabelnya dirapikan."),
        steps=("Data cakupan diperiksa bersama operator pada {lalu}.",),
        answers={
            Outcome.SCHEDULED: ("Perbaikan jaringan di {desa} masuk rencana dan selesai {nanti}.",),
            Outcome.EXPLAINED: ("Operator memeriksa jaringan di {kec}; penyambungan dan perapian kabel selesai pada {lalu}.",),
        },
        tongues=(
            ("en", "No mobile signal in our village",
             "There is no signal at all in {desa}. Pupils climb a hill to send their homework, and nobody can call an ambulance. "
             "Is a mast planned?"),
        ),
    ),
    Topic(
        key="sertifikat-tanah",
        category="pekerjaan-umum.sertifikat-tanah",
        weight=70,
        desks=(Desk("atr-bpn"),),
        titles=("Sertifikat tanah belum terbit {bulan} bulan", "Pendaftaran tanah massal di {desa} tidak selesai"),
        openings=(
            "Permohonan sertifikat tanah saya di {desa} sudah {bulan} bulan belum terbit.",
            "Program pendaftaran tanah massal di {desa} berhenti sejak {tgl} tanpa penjelasan.",
        ),
        details=("Pengukuran sudah dilakukan {n} kali.", "Berkas asli masih di kantor.", "Tetangga yang mengurus bersamaan sudah menerima.",
                 "Biaya yang diminta berbeda-beda."),
        asks=("Mohon kepastian.", "Tolong diselesaikan."),
        steps=("Berkas ditemukan di seksi pengukuran pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Ada tumpang tindih bidang dengan tetangga; mediasi selesai pada {lalu} dan penerbitan dilanjutkan.",),
            Outcome.SCHEDULED: ("Sertifikat dijadwalkan terbit paling lambat {nanti}.",),
        },
    ),
    Topic(
        key="bpjs",
        category="kesehatan.status-kepesertaan",
        weight=100,
        desks=(Desk("bpjskes"),),
        urgency=Urgency.LIFE,
        titles=("BPJS Kesehatan tiba-tiba nonaktif", "Iuran BPJS sudah dibayar tetapi nonaktif", "Rujukan BPJS dipersulit"),
        openings=(
            "Kartu BPJS Kesehatan ayah saya nonaktif saat akan kontrol.",
            "Iuran sudah saya bayar {rp} tetapi kepesertaan tetap nonaktif.",
            "Rujukan dari puskesmas ditolak rumah sakit karena data tidak cocok.",
        ),
        details=("Ayah saya harus cuci darah dua kali seminggu.", "Petugas meminta kami ke dinas sosial, dinas sosial meminta ke BPJS.",
                 "Aplikasinya meminta menunggu tiga hari.", "Terakhir aktif pada {tgl}."),
        asks=("Mohon segera diaktifkan.", "Tolong dijelaskan alurnya."),
        steps=("Status peserta diperiksa pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Kepesertaan aktif kembali sejak {lalu}; bukti status terlampir.",),
            Outcome.EXPLAINED: ("Kepesertaan dari pemerintah berhenti karena pemutakhiran data. Pengaktifan darurat dilakukan rumah sakit bersama "
                                "dinas sosial dalam 3 x 24 jam.",),
        },
    ),
    Topic(
        key="jalan-nasional",
        category="pekerjaan-umum.infrastruktur-jalan",
        weight=50,
        desks=(Desk("kemenpu"),),
        scene="jalan",
        urgency=Urgency.LIFE,
        titles=("Jalan nasional di {kec} bergelombang", "Lubang di jalur nasional dekat {desa}"),
        openings=(
            "Jalan nasional yang melewati {kec} bergelombang dan berlubang sepanjang {m} meter.",
            "Median jalan nasional di {desa} rusak dan tidak ada lampu.",
        ),
        details=("Sudah {n} kecelakaan dalam sebulan.", "Genangan menutup lubang saat hujan.", "Truk menghindar ke lajur motor."),
        asks=("Mohon segera ditambal.", "Tolong dipasang rambu."),
        steps=("Balai jalan memeriksa ruas pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Penambalan {n2} titik selesai pada {lalu}; foto terlampir.",),
            Outcome.SCHEDULED: ("Pelapisan ulang ruas ini selesai {nanti}.",),
        },
    ),
    Topic(
        key="elpiji",
        category="energi.kelangkaan-bbm-elpiji",
        weight=50,
        desks=(Desk("kemenesdm"),),
        titles=("Elpiji tiga kilogram langka di {kec}", "Harga elpiji di {desa} di atas ketentuan"),
        openings=(
            "Elpiji tiga kilogram sulit didapat di {kec} sejak {tgl}.",
            "Harga elpiji di {desa} dua kali lipat dari ketentuan.",
        ),
        details=("Pangkalan menjual ke pengecer pada malam hari.", "Warung makan saya berhenti {n} hari.", "Antreannya {n2} orang."),
        asks=("Mohon pengawasan.", "Tolong ditambah pasokannya."),
        steps=("Pemantauan di {n} pangkalan dilakukan pada {lalu}.",),
        answers={Outcome.EXPLAINED: ("Pasokan tambahan dikirim pada {lalu}; satu pangkalan yang menjual di atas ketentuan diberi sanksi.",)},
    ),
    Topic(
        key="kereta",
        category="perhubungan.perkeretaapian",
        weight=40,
        desks=(Desk("kemenhub"),),
        titles=("Pelintasan kereta di {kec} tanpa palang", "Kereta lokal sering terlambat"),
        openings=(
            "Pelintasan kereta di {desa} tidak berpalang dan tidak dijaga.",
            "Kereta lokal dari {kec} terlambat hampir setiap pagi.",
        ),
        details=("Warga menjaga bergantian secara sukarela.", "Sudah ada {n} kejadian nyaris tertabrak.", "Penumpang berdesakan sampai di pintu."),
        asks=("Mohon dipasang palang.", "Tolong jadwalnya ditepati."),
        steps=("Survei keselamatan pelintasan dilakukan pada {lalu}.",),
        answers={Outcome.SCHEDULED: ("Perbaikan keselamatan dan jadwal kereta lokal dijalankan paling lambat {nanti}.",)},
    ),
    Topic(
        key="pupuk",
        category="pertanian.pupuk",
        weight=40,
        desks=(Desk("kementan"),),
        titles=("Pupuk bersubsidi sulit didapat di {kec}", "Kuota pupuk petani {desa} berkurang"),
        openings=(
            "Pupuk bersubsidi di kios {kec} selalu habis ketika petani datang.",
            "Kuota pupuk kelompok tani {desa} berkurang separuh tanpa penjelasan.",
        ),
        details=("Tanaman sudah umur {n2} hari dan harus dipupuk.", "Kami dipaksa membeli pupuk lain sebagai paket.", "Data di kios berbeda dengan data desa."),
        asks=("Mohon ditambah kuotanya.", "Tolong kiosnya diawasi."),
        steps=("Data kebutuhan kelompok tani dicocokkan pada {lalu}.",),
        answers={Outcome.EXPLAINED: ("Alokasi ditambah pada {lalu} dan kios dilarang menjual paket.",)},
    ),
    Topic(
        key="makan-bergizi",
        category="mbg.kualitas-makanan-mbg",
        weight=40,
        desks=(Desk("bgn"),),
        urgency=Urgency.CHILD,
        titles=("Makanan bergizi di {sd} berbau", "Porsi makan bergizi di {sd} berkurang"),
        openings=(
            "Makanan yang dibagikan di {sd} pada {hari} berbau dan {n} anak mual.",
            "Porsi makan bergizi di {sd} berkurang dan datang terlambat.",
        ),
        details=("Makanan tiba pukul {jam}.", "Sekolah sudah menyimpan contohnya.", "Orang tua meminta penjelasan."),
        asks=("Mohon dapurnya diperiksa.", "Tolong diawasi mutunya."),
        steps=("Dapur pelaksana diperiksa pada {lalu}.",),
        answers={Outcome.EXPLAINED: ("Pemeriksaan menemukan penyimpanan yang tidak sesuai; dapur dihentikan sementara sejak {lalu}.",)},
    ),
)  # fmt: skip
