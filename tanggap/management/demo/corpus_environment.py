"""Water, floods, waste, rivers, air, quarries, trees, fields."""

from typing import Final

from tanggap.domain.intake import Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic

TOPICS: Final = (
    Topic(
        key="air-minum",
        category="energi.gangguan-layanan-penyaluran-air",
        weight=441,
        desks=(Desk(REGENCY, "dprkp", 8), Desk(PROVINCE, "perkim", 1)),
        scene="air",
        titles=("Air PDAM tidak mengalir di {desa}", "Air ledeng keruh dan berbau di {kec}", "Pipa bocor di {jalan} dibiarkan",
                "Tagihan air naik padahal air mati"),
        openings=(
            "Air PDAM di {desa} sudah {n} hari tidak mengalir.",
            "Air yang keluar dari keran keruh kecokelatan dan berbau sejak {tgl}.",
            "Pipa di {jalan}, {patokan}, bocor besar dan airnya terbuang siang malam.",
        ),
        details=(
            "Kami terpaksa membeli air jeriken {rp} per minggu.",
            "Air hanya menetes antara pukul 01.00 dan 04.00.",
            "Sekitar {n2} rumah di RT kami mengalaminya.",
            "Tagihan bulan ini tetap penuh, bahkan lebih tinggi dari biasanya.",
            "Bayi saya gatal-gatal setelah mandi dengan air itu.",
        ),
        asks=("Mohon dikirim tangki air dan dijelaskan kapan normal kembali.", "Tolong pipanya segera diperbaiki.",
              "Kami minta kualitas airnya diuji dan hasilnya diumumkan."),
        steps=("Pengecekan tekanan dilakukan pada {lalu}; dua mobil tangki dikirim ke {desa} setiap pagi.",),
        answers={
            Outcome.FIXED: ("Kebocoran pipa induk di {patokan} selesai diperbaiki pada {lalu}; aliran normal kembali.",
                            "Katup yang macet diganti pada {lalu} dan pipa dikuras, air sudah jernih. Foto terlampir."),
            Outcome.EXPLAINED: ("Gangguan terjadi karena air baku sungai keruh setelah hujan deras. Produksi kembali penuh sejak "
                                "{lalu}; tagihan akan dikoreksi sesuai pemakaian.",),
            Outcome.SCHEDULED: ("Penggantian pipa {m} meter di {jalan} dijadwalkan selesai {nanti}.",),
        },
        tongues=(
            ("id", "Banyu PDAM mati ning {desa}",
             "Assalamualaikum, banyu PDAM ning {desa} wis {n} dina ora mili. Tulung dikirim tangki lan dicek pipane."),
        ),
    ),
    Topic(
        key="banjir",
        category="lingkungan.banjir",
        weight=150,
        desks=(Desk(PROVINCE, "bpbd", 2), Desk(PROVINCE, "dpupr", 2), Desk(REGENCY, "dpupr", 6)),
        scene="air",
        urgency=Urgency.DISASTER,
        titles=("Banjir di {desa} belum surut", "{desa} langganan banjir, tanggul jebol", "Genangan setinggi {n2} cm di {jalan}"),
        openings=(
            "Banjir merendam {desa} sejak {hari} malam dengan ketinggian sekitar {n2} sentimeter.",
            "Tanggul sungai {patokan} jebol sepanjang {m} meter dan air masuk ke rumah warga.",
            "Setiap hujan lebat {jalan} selalu tergenang karena pompanya tidak jalan.",
        ),
        details=(
            "Warga lanjut usia dan bayi mengungsi ke mushola, butuh selimut dan makanan siap santap.",
            "Ada {n} rumah yang dindingnya roboh.",
            "Pompa di {patokan} rusak dan tidak pernah diperbaiki.",
            "Sungai mendangkal karena endapan, terakhir dikeruk lama sekali.",
            "Anak-anak tidak sekolah sudah {n} hari.",
        ),
        asks=("Mohon bantuan logistik dan perahu karet.", "Tolong tanggulnya segera ditutup sebelum hujan berikutnya.",
              "Kami minta sungainya dikeruk."),
        steps=("Posko didirikan di balai warga pada {lalu}; karung pasir dipasang sepanjang {m} meter.",),
        answers={
            Outcome.FIXED: ("Tanggul darurat sepanjang {m} meter selesai dipasang pada {lalu} dan pompa kembali bekerja. Foto terlampir.",),
            Outcome.SCHEDULED: ("Pengerukan sungai dengan alat berat dijadwalkan sampai {nanti}.",),
            Outcome.BUDGET_NEEDED: ("Tanggul permanen membutuhkan anggaran besar dan diusulkan untuk tahun {tahun}.",),
        },
        tongues=(
            ("en", "Flood water in {desa} for days",
             "Our street in {desa} has been under water since {hari}. Elderly neighbours cannot leave their houses. We need a "
             "boat, drinking water, and somebody to look at the broken pump near the bridge."),
        ),
    ),
    Topic(
        key="sampah",
        category="lingkungan.pengelolaan-sampah",
        weight=420,
        desks=(Desk(REGENCY, "dlh", 9), Desk(PROVINCE, "dlhk", 1)),
        scene="sampah",
        titles=("Sampah di {desa} tidak diangkut {minggu} minggu", "TPS {kec} meluber ke jalan", "Truk sampah jarang datang ke {desa}"),
        openings=(
            "Sampah di {desa} tidak diangkut sejak {tgl} dan mulai membusuk.",
            "Tempat pembuangan sementara {patokan} meluber sampai setengah badan jalan.",
            "Truk sampah yang seharusnya datang tiap {hari} sudah {minggu} minggu tidak muncul.",
        ),
        details=(
            "Iuran kebersihan {rp} per bulan tetap ditagih.",
            "Baunya sampai ke ruang kelas {sd}.",
            "Lalat dan belatung masuk ke rumah warga.",
            "Sebagian orang akhirnya membakar sampah dan asapnya mengganggu.",
            "Air lindinya mengalir ke selokan.",
        ),
        asks=("Mohon segera diangkut dan jadwalnya ditetapkan.", "Tolong disediakan kontainer yang lebih besar."),
        questions=("Mohon sebutkan RT/RW dan nama tempat pembuangan sementara yang dimaksud.",),
        steps=("Armada tambahan dikirim pada {lalu}; keterlambatan terjadi karena {n} truk diperbaiki.",),
        answers={
            Outcome.FIXED: ("Sampah di {patokan} diangkut pada {lalu} sebanyak {n} rit dan lokasi dibersihkan. Foto terlampir.",),
            Outcome.EXPLAINED: ("Pengangkutan tersendat karena antrean di tempat pemrosesan akhir. Jadwal {desa} kini dua kali seminggu.",),
            Outcome.SCHEDULED: ("Kontainer tambahan ditempatkan paling lambat {nanti}.",),
        },
    ),
    Topic(
        key="sampah-liar",
        category="ketertiban.sampah-liar",
        weight=120,
        desks=(Desk(REGENCY, "dlh", 6), Desk(REGENCY, "satpolpp", 2)),
        scene="sampah",
        titles=("Pembuangan sampah liar di {jalan}", "Tumpukan sampah di pinggir sungai {desa}"),
        openings=(
            "Lahan kosong {patokan} dijadikan tempat pembuangan sampah liar oleh orang luar.",
            "Setiap malam ada mobil bak yang membuang sampah di pinggir {jalan}.",
        ),
        details=(
            "Tumpukannya sekarang sekitar {m} meter persegi.",
            "Saat hujan sampah hanyut ke saluran dan menyumbat.",
            "Spanduk larangan sudah disobek.",
            "Biasanya terjadi sekitar pukul {jam}.",
        ),
        asks=("Mohon dibersihkan dan pelakunya ditindak.", "Tolong dipasang kamera dan pagar."),
        steps=("Petugas berjaga pada malam hari sejak {lalu} dan memberi teguran kepada {n} orang.",),
        answers={
            Outcome.FIXED: ("Tumpukan dibersihkan pada {lalu}, portal dan papan larangan dipasang. Foto terlampir.",),
            Outcome.EXPLAINED: ("{n} pelanggar sudah dikenai sanksi kerja sosial; pengawasan dilanjutkan bersama desa.",),
        },
    ),
    Topic(
        key="pencemaran-sungai",
        category="lingkungan.pencemaran-lingkungan",
        weight=130,
        desks=(Desk(PROVINCE, "dlhk", 4), Desk(REGENCY, "dlh", 4)),
        scene="air",
        titles=("Air sungai di {desa} berwarna hitam dan berbau", "Limbah {pabrik} mencemari sungai", "Ikan mati di sungai {kec}"),
        openings=(
            "Air sungai di {desa} berubah hitam dan berbusa sejak {tgl}.",
            "Diduga {pabrik} membuang limbah ke sungai pada malam hari.",
            "Ratusan ikan mati mengambang di sungai dekat {patokan}.",
        ),
        details=(
            "Petambak di hilir merugi karena bibit ikannya mati.",
            "Sumur warga yang dekat sungai ikut berbau.",
            "Busanya setinggi {n2} sentimeter setiap pukul {jam}.",
            "Beberapa anak mengalami gatal setelah bermain di sungai.",
            "Warga sudah mengambil contoh air dalam {n} botol.",
        ),
        asks=("Mohon diuji kualitas airnya dan pelakunya ditindak.", "Tolong hasil pengujian dibuka kepada warga."),
        steps=("Contoh air diambil di {n} titik pada {lalu} dan dikirim ke laboratorium.",),
        answers={
            Outcome.EXPLAINED: ("Hasil uji menunjukkan kadar BOD melebihi baku mutu di {n} titik. Perusahaan diberi paksaan pemerintah "
                                "untuk memperbaiki pengolahan limbahnya paling lambat {nanti}.",),
            Outcome.SCHEDULED: ("Pengawasan ulang dan uji kedua dilakukan {nanti}; hasilnya kami sampaikan di sini.",),
            Outcome.TRANSFERRED_OUTSIDE: ("Izin perusahaan diterbitkan kementerian, sehingga hasil pengawasan kami teruskan dengan surat "
                                          "nomor {surat}.",),
        },
    ),
    Topic(
        key="bau-asap",
        category="lingkungan.lainnya-terkait-lingkungan-hidup-dan-kehutanan",
        weight=80,
        desks=(Desk(REGENCY, "dlh", 5), Desk(PROVINCE, "dlhk", 2)),
        titles=("Asap hitam dari pabrik di {kec}", "Bau menyengat setiap malam di {desa}", "Debu pabrik masuk ke rumah warga"),
        openings=(
            "Asap hitam dari cerobong {pabrik} menyelimuti {desa} setiap sekitar pukul {jam}.",
            "Bau menyengat seperti karet terbakar tercium di {desa} hampir setiap malam.",
            "Debu halus berwarna abu-abu menempel di lantai rumah kami setiap pagi.",
        ),
        details=(
            "Anak saya yang asma sering kambuh.",
            "Jemuran jadi kotor dan harus dicuci dua kali.",
            "Kalau ditanya, satpamnya menjawab mesin sedang diuji.",
            "Sudah {n2} warga menandatangani surat keberatan.",
        ),
        asks=("Mohon diperiksa alat penyaring udaranya.", "Tolong diukur mutu udaranya."),
        steps=("Alat ukur udara dipasang di {desa} selama tiga hari sejak {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Pengukuran menunjukkan debu melampaui baku mutu pada malam hari. Perusahaan diwajibkan mengganti "
                                "penyaring paling lambat {nanti}.",),
            Outcome.SCHEDULED: ("Pemeriksaan mendadak bersama laboratorium dijadwalkan sebelum {nanti}.",),
        },
        tongues=(
            ("en", "Black smoke from a factory in {kec}",
             "Every evening black smoke drifts over {desa} from a factory chimney. My child has asthma and coughs all night. "
             "Please measure the air and tell us the result."),
        ),
    ),
    Topic(
        key="galian",
        category="energi.dampak-lingkungan-area-pertambangan",
        weight=70,
        desks=(Desk(PROVINCE, "desdm", 6), Desk(REGENCY, "satpolpp", 1)),
        scene="jalan",
        urgency=Urgency.LIFE,
        titles=("Galian tanah tanpa izin di {desa}", "Bekas galian pasir dibiarkan menganga", "Truk tanah merusak jalan {kec}"),
        openings=(
            "Ada galian tanah di {desa} yang beroperasi siang malam tanpa papan izin.",
            "Bekas galian pasir {patokan} dibiarkan menganga sedalam lebih dari {n} meter.",
            "Truk pengangkut tanah dari galian di {desa} lewat tanpa penutup dan tanahnya tercecer.",
        ),
        details=(
            "Tebingnya longsor sedikit demi sedikit mendekati rumah warga.",
            "Ceceran tanah membuat jalan licin, {n} motor tergelincir pekan lalu.",
            "Mata air warga mengering sejak galian dibuka.",
            "Jumlah truk sekitar {n2} rit sehari.",
        ),
        asks=("Mohon diperiksa izinnya dan dihentikan bila tidak ada.", "Tolong lubangnya ditimbun dan dipagari."),
        steps=("Pemeriksaan lapangan bersama kepolisian dilakukan pada {lalu}.",),
        answers={
            Outcome.EXPLAINED: ("Kegiatan tersebut tidak berizin dan sudah dihentikan pada {lalu}; garis pembatas dipasang.",),
            Outcome.TRANSFERRED_OUTSIDE: ("Temuan dugaan pidana kami serahkan kepada penegak hukum dengan surat nomor {surat}.",),
        },
    ),
    Topic(
        key="pohon",
        category="pekerjaan-umum.taman",
        weight=240,
        desks=(Desk(REGENCY, "dprkp", 5), Desk(REGENCY, "dlh", 5), Desk(PROVINCE, "dlhk", 1)),
        scene="jalan",
        titles=("Pohon besar di {jalan} rawan tumbang", "Mohon pemangkasan pohon di {desa}", "Taman {kec} tidak terawat"),
        openings=(
            "Pohon besar {patokan} sudah condong ke jalan dan batangnya keropos.",
            "Dahan pohon di {jalan} menyentuh kabel listrik.",
            "Taman bermain di {kec} rumputnya tinggi dan ayunannya patah.",
        ),
        details=(
            "Waktu angin kencang {hari} lalu ada dahan jatuh menimpa motor.",
            "Tinggi pohon sekitar {n2} meter.",
            "Warga tidak berani memangkas sendiri karena dekat kabel.",
            "Akar pohon juga mengangkat trotoar.",
        ),
        asks=("Mohon dipangkas sebelum musim angin.", "Tolong ditebang bila memang berbahaya."),
        steps=("Petugas menilai kesehatan pohon pada {lalu}; pemangkasan menunggu pemadaman listrik sesaat.",),
        answers={
            Outcome.FIXED: ("Pemangkasan dan perapian selesai pada {lalu}; dahan kering diturunkan dan lokasi dibersihkan. Foto terlampir.",),
            Outcome.SCHEDULED: ("Pemangkasan dijadwalkan {nanti} bersama petugas listrik.",),
        },
    ),
    Topic(
        key="irigasi",
        category="pertanian.irigasi-pertanian",
        weight=60,
        desks=(Desk(PROVINCE, "dpupr", 5), Desk(PROVINCE, "dispertan", 2), Desk(REGENCY, "dpupr", 3)),
        scene="air",
        titles=("Saluran irigasi {desa} jebol", "Pintu air {desa} rusak", "Sawah di {kec} kekurangan air"),
        openings=(
            "Saluran irigasi di {desa} jebol sepanjang {m} meter sehingga sawah di hilir kering.",
            "Pintu air {patokan} tidak bisa dibuka karena ulirnya patah.",
            "Sudah {bulan} bulan sawah kami di {kec} tidak kebagian air.",
        ),
        details=(
            "Sekitar {n2} hektare terancam gagal tanam.",
            "Petani patungan menyewa pompa {rp} sehari.",
            "Air banyak terambil untuk kolam di hulu.",
            "Jadwal gilir air tidak dijalankan.",
        ),
        asks=("Mohon diperbaiki sebelum musim tanam.", "Tolong pembagian airnya diatur."),
        steps=("Penjaga pintu air dan ketua kelompok tani bertemu pada {lalu} untuk mengatur giliran.",),
        answers={
            Outcome.FIXED: ("Tanggul saluran ditutup dengan bronjong {m} meter, selesai {lalu}. Air mengalir ke {desa}.",),
            Outcome.SCHEDULED: ("Penggantian pintu air dijadwalkan selesai {nanti}, sebelum musim tanam.",),
            Outcome.BUDGET_NEEDED: ("Rehabilitasi saluran {m} meter diusulkan tahun {tahun}; perbaikan darurat sudah dilakukan.",),
        },
    ),
)  # fmt: skip
