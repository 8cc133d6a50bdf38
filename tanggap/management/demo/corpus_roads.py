"""Roads, bridges, drains, lamps, pavements, stops."""

from typing import Final

from tanggap.domain.intake import Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic

TOPICS: Final = (
    Topic(
        key="jalan-berlubang",
        category="pekerjaan-umum.jalan-berlubang",
        weight=959,
        desks=(Desk(PROVINCE, "dpupr", 6), Desk(REGENCY, "dpupr", 7)),
        scene="jalan",
        urgency=Urgency.LIFE,
        titles=(
            "{jalan} berlubang parah di {desa}",
            "Lubang dalam di {jalan}, {patokan}",
            "Jalan rusak sepanjang {m} meter di {kec}",
            "Sudah {n} pengendara jatuh karena jalan berlubang",
        ),
        openings=(
            "{jalan} di {desa}, Kecamatan {kec}, berlubang sepanjang kurang lebih {m} meter.",
            "Saya melaporkan lubang besar di {jalan}, {patokan}, yang sudah {bulan} bulan tidak diperbaiki.",
            "Tolong diperhatikan jalan rusak {patokan} di {desa}, lubangnya tertutup air kalau hujan.",
            "Aspal di {jalan} sudah mengelupas dan batunya berserakan sampai ke tepi.",
        ),
        details=(
            "Kedalaman lubang sekitar {n2} sentimeter dan lebarnya hampir separuh badan jalan.",
            "Malam hari lubang tidak kelihatan karena tidak ada lampu, pada {hari} lalu ada pengendara motor yang jatuh.",
            "Truk bermuatan tanah lewat setiap hari sejak {tgl} sehingga kerusakan bertambah cepat.",
            "Warga menaruh ban bekas dan ranting sebagai tanda supaya pengendara hati-hati.",
            "Angkutan umum sekarang enggan masuk ke {desa} karena takut patah as.",
            "Ibu hamil yang mau ke puskesmas harus digotong melewati bagian yang paling rusak.",
        ),
        asks=(
            "Mohon segera ditambal atau diaspal ulang sebelum ada korban lagi.",
            "Kami minta dinas terkait mengecek ke lokasi dan memberi kepastian kapan diperbaiki.",
            "Tolong setidaknya diuruk dulu supaya aman dilewati.",
        ),
        questions=(
            "Mohon sebutkan titik awal dan akhir kerusakan di {jalan} serta patokan terdekat.",
            "Apakah ruas ini jalan desa atau jalan penghubung kecamatan? Mohon sebutkan nama pangkal dan ujung ruasnya.",
        ),
        steps=(
            "Tim pemeliharaan jalan mengukur kerusakan di {jalan} pada {lalu}: {m} meter, sebagian besar lapis permukaan.",
            "Bahan tambalan sudah dipesan, rambu peringatan dipasang di {patokan}.",
        ),
        answers={
            Outcome.FIXED: (
                "Penambalan di {jalan} sepanjang {m} meter selesai pada {lalu}. Lubang ditutup campuran aspal panas dan "
                "dipadatkan. Foto sebelum dan sesudah terlampir.",
                "Regu pemeliharaan menutup {n2} titik lubang di {jalan} pada {lalu}. Kami memantau kembali dua minggu lagi.",
            ),
            Outcome.SCHEDULED: (
                "Ruas {jalan} masuk paket pemeliharaan berkala. Pekerjaan sepanjang {m} meter dijadwalkan selesai {nanti}.",
            ),
            Outcome.BUDGET_NEEDED: (
                "Kerusakan {jalan} sudah sampai lapis pondasi sehingga perlu rekonstruksi. Usulan anggaran diajukan untuk "
                "tahun {tahun}; sementara ini lubang diuruk dan diberi rambu.",
            ),
            Outcome.EXPLAINED: (
                "Ruas yang dilaporkan sedang dalam masa pemeliharaan penyedia jasa. Kami sudah menegur penyedia agar "
                "memperbaiki bagian di {patokan} dalam masa tanggungannya.",
            ),
        },
        tongues=(
            ("id", "Jalan bolong di {desa}, bahaya pisan",
             "Punten Pak, ieu jalan di {desa} kacida rusakna, loba liang nu jero. Tos {n} motor nu labuh di dinya. "
             "Mohon gancang dibenerkeun, tepatna {patokan}."),
            ("en", "Deep potholes near {desa}",
             "The road in {desa}, {kec} district, has deep potholes along about {m} metres. I saw a motorcyclist fall there "
             "last week. There are no lamps and no warning signs. Please repair it before somebody is badly hurt."),
        ),
    ),
    Topic(
        key="jembatan",
        category="pekerjaan-umum.jembatan",
        weight=70,
        desks=(Desk(PROVINCE, "dpupr", 3), Desk(REGENCY, "dpupr", 5)),
        scene="jalan",
        urgency=Urgency.LIFE,
        titles=(
            "Jembatan di {desa} hampir putus",
            "Pangkal jembatan {jalan} ambles",
            "Jembatan gantung {desa} papannya lapuk",
        ),
        openings=(
            "Jembatan di {desa} yang menghubungkan dua kampung sudah miring dan lantainya berlubang.",
            "Pondasi jembatan {patokan} tergerus arus sehingga tanah di pangkalnya ambles sekitar {n2} sentimeter.",
            "Papan jembatan gantung menuju {desa} banyak yang lapuk dan beberapa sudah hilang.",
        ),
        details=(
            "Anak sekolah menyeberang bergantian karena takut jembatannya roboh.",
            "Pagar pengamannya tinggal sebelah, sepanjang {m} meter tidak ada pembatas.",
            "Sejak banjir {tgl} kendaraan roda empat sudah tidak bisa lewat.",
            "Kalau jembatan ditutup, warga harus memutar {n} kilometer lewat kampung sebelah.",
            "Warga memasang bambu sebagai penahan sementara.",
        ),
        asks=(
            "Mohon diperiksa kekuatannya dan dipasang batas muatan sebelum ada korban.",
            "Kami berharap jembatan segera diperbaiki atau diganti yang permanen.",
        ),
        steps=("Tim jembatan memeriksa pondasi pada {lalu}; muatan dibatasi dua ton sampai perbaikan selesai.",),
        answers={
            Outcome.FIXED: (
                "Lantai dan pagar jembatan sudah diganti pada {lalu}; {n2} lembar papan dan {m} meter pagar dipasang baru.",
            ),
            Outcome.SCHEDULED: (
                "Perbaikan pangkal jembatan dengan bronjong dijadwalkan selesai {nanti}. Selama pengerjaan jalur dibagi dua.",
            ),
            Outcome.BUDGET_NEEDED: (
                "Jembatan perlu diganti seluruhnya. Rancangan teknis disusun tahun ini dan pembangunan diusulkan tahun {tahun}.",
            ),
        },
    ),
    Topic(
        key="drainase",
        category="pekerjaan-umum.drainase-gorong-gorong-parit",
        weight=380,
        desks=(Desk(PROVINCE, "dpupr", 2), Desk(REGENCY, "dpupr", 7)),
        scene="air",
        titles=(
            "Saluran air di {jalan} mampet",
            "Gorong-gorong {patokan} tersumbat, air meluap",
            "Tutup saluran {jalan} pecah",
            "Selokan di {desa} penuh lumpur dan bau",
        ),
        openings=(
            "Saluran air di sepanjang {jalan} mampet oleh lumpur dan sampah sehingga air meluap ke jalan.",
            "Gorong-gorong {patokan} di {desa} tidak berfungsi sejak {tgl}.",
            "Tutup saluran di {jalan} pecah dan besinya mencuat, berbahaya untuk pejalan kaki.",
        ),
        details=(
            "Setiap hujan setengah jam saja air sudah setinggi mata kaki.",
            "Endapan lumpurnya hampir setebal {n2} sentimeter dan baunya menyengat.",
            "Nyamuk menjadi banyak, {n} anak di RT kami sempat demam.",
            "Saluran menyempit karena ada bangunan kios di atasnya.",
            "Panjang saluran yang tersumbat kira-kira {m} meter.",
        ),
        asks=(
            "Mohon dikeruk dan ditutup kembali dengan rapi.",
            "Tolong dikirim petugas untuk membersihkan sebelum puncak musim hujan.",
        ),
        steps=("Pengerukan dimulai dari {patokan}; {n} petugas dan satu truk diturunkan pada {lalu}.",),
        answers={
            Outcome.FIXED: (
                "Saluran sepanjang {m} meter di {jalan} selesai dikeruk pada {lalu}; lumpur diangkut {n} rit. Foto terlampir.",
                "Saluran dibersihkan dan tutup yang pecah diganti beton bertulang pada {lalu}. Foto terlampir.",
            ),
            Outcome.SCHEDULED: ("Normalisasi saluran {jalan} dijadwalkan bergiliran dan sampai di lokasi Anda pada {nanti}.",),
            Outcome.EXPLAINED: (
                "Penyempitan saluran disebabkan bangunan di atasnya. Pemiliknya sudah dipanggil pada {lalu} dan bersedia "
                "membongkar sendiri.",
            ),
        },
        tongues=(
            ("id", "Got mampet ning {desa}",
             "Pak, got ning pinggir {jalan} mampet wis {bulan} wulan, banyune melimpah ning dalan. Tulung dikeduk, "
             "cedake {patokan}. Matur nuwun."),
        ),
    ),
    Topic(
        key="lampu-jalan",
        category="perhubungan.lampu-penerangan-jalan-umum",
        weight=784,
        desks=(Desk(PROVINCE, "dishub", 3), Desk(REGENCY, "dishub", 8)),
        scene="lampu",
        urgency=Urgency.LIFE,
        titles=(
            "Lampu jalan mati di {jalan}",
            "{jalan} gelap gulita setiap malam",
            "Lampu penerangan jalan {patokan} menyala siang, mati malam",
            "{n} tiang lampu padam di {desa}",
        ),
        openings=(
            "Lampu penerangan jalan di {jalan} mati {n} titik sejak {tgl}.",
            "Jalan dari {desa} ke arah {kec} gelap karena lampu jalannya padam semua.",
            "Lampu jalan {patokan} menyala siang hari tetapi mati pada malam hari.",
        ),
        details=(
            "Pada {hari} malam ada warga yang hampir dijambret di tempat gelap itu.",
            "Pekerja pabrik yang pulang sekitar pukul {jam} ketakutan lewat sini.",
            "Kabelnya terlihat menjuntai rendah di {patokan}.",
            "Jarak yang gelap sekitar {m} meter, tepat di tikungan.",
            "Sudah ada dua kecelakaan kecil karena pengendara tidak melihat polisi tidur.",
        ),
        asks=(
            "Mohon lampunya diperbaiki atau diganti.",
            "Tolong dinyalakan kembali demi keamanan warga.",
            "Kami minta ditambah satu tiang lagi di {patokan}.",
        ),
        questions=("Mohon kirimkan nomor tiang atau jumlah tiang yang padam serta patokan terdekat di {jalan}.",),
        steps=("Petugas mengecek panel pada {lalu}: sekring dan {n} lampu perlu diganti, suku cadang sedang diambil.",),
        answers={
            Outcome.FIXED: (
                "{n} titik lampu di {jalan} sudah menyala kembali sejak {lalu}; lampu diganti jenis LED. Foto malam terlampir.",
                "Kabel yang putus di {patokan} disambung pada {lalu} dan semua lampu kembali menyala.",
            ),
            Outcome.SCHEDULED: ("Penggantian panel untuk ruas {jalan} dijadwalkan pada {nanti}.",),
            Outcome.BUDGET_NEEDED: ("Penambahan tiang baru kami usulkan dalam anggaran tahun {tahun}; titik lama sudah diperbaiki.",),
        },
        tongues=(
            ("id", "Lampu jalan pareum di {desa}",
             "Lampu jalan di {jalan} pareum kabeh ti tanggal {tgl}, poek pisan upami wengi. Mohon dihurungkeun deui."),
            ("en", "Street lamps out on the way to {desa}",
             "All {n} street lamps between {desa} and {kec} have been out for weeks. Workers on the late shift walk home in "
             "the dark. Could the lamps please be repaired?"),
        ),
    ),
    Topic(
        key="trotoar",
        category="pekerjaan-umum.trotoar",
        weight=59,
        desks=(Desk(PROVINCE, "dpupr", 2), Desk(REGENCY, "dpupr", 5)),
        scene="jalan",
        urgency=Urgency.DISABILITY,
        titles=("Trotoar {jalan} rusak dan tidak ramah kursi roda", "Ubin pemandu hilang di {jalan}", "Trotoar dipakai parkir di {kec}"),
        openings=(
            "Trotoar di {jalan} pecah-pecah sehingga kursi roda tidak bisa lewat.",
            "Ubin pemandu untuk tunanetra di {jalan} banyak yang hilang dan berakhir di tiang listrik.",
            "Trotoar {patokan} tertutup material bangunan, pejalan kaki turun ke badan jalan.",
        ),
        details=(
            "Saya pengguna kursi roda dan terpaksa lewat jalan raya bersama truk.",
            "Kerusakannya sekitar {m} meter, yang paling parah {patokan}.",
            "Tidak ada landaian di penyeberangan, tingginya {n2} sentimeter.",
            "Setiap {hari} pagi trotoar penuh motor.",
        ),
        asks=("Mohon dibuat landai dan ubinnya dipasang ulang.", "Tolong diperbaiki supaya aman untuk semua orang."),
        steps=("Survei aksesibilitas dilakukan bersama perwakilan penyandang disabilitas pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Ubin pemandu sepanjang {m} meter dipasang ulang dan dua landaian dibuat; selesai {lalu}.",),
            Outcome.SCHEDULED: ("Perbaikan trotoar {jalan} masuk pekerjaan tahap kedua, selesai paling lambat {nanti}.",),
        },
    ),
    Topic(
        key="rambu",
        category="perhubungan.transportasi-darat",
        weight=110,
        desks=(Desk(PROVINCE, "dishub", 3), Desk(REGENCY, "dishub", 4)),
        scene="jalan",
        titles=("Lampu lalu lintas {kec} mati", "Rambu dan cermin tikungan rusak di {jalan}", "Zebra cross depan {sd} sudah hilang"),
        openings=(
            "Lampu lalu lintas di perempatan {kec} mati sejak {hari} dan kendaraan saling serobot.",
            "Cermin tikungan di {jalan} pecah sehingga kendaraan dari arah berlawanan tidak terlihat.",
            "Garis penyeberangan di depan {sd} sudah tidak terlihat.",
        ),
        details=(
            "Pada jam masuk sekolah tidak ada petugas yang menyeberangkan anak-anak.",
            "Sudah {n} kali terjadi senggolan dalam sebulan.",
            "Hitungan mundurnya juga tidak sesuai, hijau hanya {n} detik.",
            "Rambu batas kecepatan tertutup dahan pohon.",
        ),
        asks=("Mohon diperbaiki dan dicat ulang.", "Tolong ditempatkan petugas sampai lampunya menyala."),
        steps=("Kontroler lampu diperiksa pada {lalu}; modul pengganti dipesan.",),
        answers={
            Outcome.FIXED: ("Perbaikan di lokasi selesai pada {lalu}; lampu, cermin, dan marka sudah berfungsi. Foto terlampir.",),
            Outcome.SCHEDULED: ("Pengecatan marka dikerjakan bersama ruas lain, selesai {nanti}.",),
        },
    ),
    Topic(
        key="halte",
        category="pekerjaan-umum.halte",
        weight=32,
        desks=(Desk(PROVINCE, "dishub", 2), Desk(REGENCY, "dishub", 4)),
        scene="gedung",
        titles=("Halte {kec} atapnya bocor", "Halte di {jalan} dipakai berjualan", "Bangku halte {kec} rusak dan kotor"),
        openings=(
            "Atap halte di {jalan} bolong sehingga penumpang kehujanan.",
            "Halte {patokan} penuh gerobak dan tidak ada tempat untuk menunggu bus.",
            "Bangku halte {kec} patah dan lantainya kotor.",
        ),
        details=(
            "Lampunya mati, malam hari terasa tidak aman bagi perempuan.",
            "Informasi trayek dan jam bus sudah pudar.",
            "Penumpang menunggu di pinggir jalan sampai {n2} menit.",
            "Jalur kursi rodanya tertutup tiang reklame.",
        ),
        asks=("Mohon dibersihkan dan diperbaiki.", "Tolong ditata supaya nyaman dipakai."),
        steps=("Pedagang di halte sudah diberi pemberitahuan untuk pindah pada {lalu}.",),
        answers={
            Outcome.FIXED: ("Atap dan bangku halte sudah diganti pada {lalu}; papan trayek dipasang baru.",),
            Outcome.BUDGET_NEEDED: ("Pembangunan halte baru diusulkan untuk tahun {tahun}; lokasi sudah disurvei.",),
        },
    ),
)  # fmt: skip
