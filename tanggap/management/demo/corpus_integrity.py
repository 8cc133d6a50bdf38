"""Levies and abuse of office: supervisory reports that an inspectorate looks into."""

from typing import Final

from tanggap.domain.outcomes import Outcome
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic

_ASKS: Final = (
    "Mohon diperiksa dan identitas saya dirahasiakan.",
    "Tolong ditindak sesuai aturan, jangan sampai korban bertambah.",
    "Kami minta uangnya dikembalikan dan pelayanannya dibenahi.",
)
_ANSWERS: Final = {
    Outcome.EXPLAINED: (
        "Pemeriksaan pendahuluan menunjukkan kesalahan administrasi, bukan pungutan. Unit diwajibkan memasang tarif resmi dan "
        "kamera di loket sejak {lalu}.",
    ),
}

TOPICS: Final = (
    Topic(
        key="pungli-samsat",
        category="hukum.pungutan-liar",
        weight=50,
        desks=(Desk(PROVINCE, "inspektorat"),),
        is_supervisory=True,
        named="samsat",
        titles=("Pungutan liar saat cek fisik kendaraan", "Diminta uang {rp} di luar tarif resmi", "Calo dan oknum petugas di loket pajak kendaraan"),
        openings=(
            "Saat cek fisik kendaraan saya diminta {rp} tanpa kuitansi oleh oknum petugas.",
            "Petugas loket menawarkan jalur cepat dengan uang {rp} di luar tarif resmi.",
        ),
        details=(
            "Yang tidak membayar disuruh kembali besok.",
            "Kejadiannya {hari} sekitar pukul {jam}.",
            "Ada {n} orang lain yang membayar di depan saya.",
            "Uang dimasukkan ke laci tanpa dicatat.",
        ),
        asks=_ASKS,
        steps=("Tim memeriksa rekaman kamera dan meminta keterangan {n} petugas pada {lalu}.",),
        answers=_ANSWERS,
    ),
    Topic(
        key="pungli-sekolah",
        category="hukum.pungutan-liar",
        weight=50,
        desks=(Desk(PROVINCE, "inspektorat", 5), Desk(REGENCY, "inspektorat", 3)),
        is_supervisory=True,
        named="kcd-pendidikan",
        titles=("Uang bangku untuk masuk {sekolah}", "Pungli pengambilan ijazah di {sekolah}", "Pungutan liar berkedok sumbangan di {sekolah}"),
        openings=(
            "Orang tua diminta {rp} agar anaknya dapat pindah ke {sekolah}.",
            "Pengambilan ijazah di {sekolah} dikenai biaya {rp} oleh oknum.",
            "Ada oknum yang mengaku dari kantor cabang dan meminta uang untuk mengurus mutasi siswa.",
        ),
        details=(
            "Uang diserahkan di luar sekolah, {patokan}.",
            "Tidak ada kuitansi, hanya pesan singkat.",
            "Sedikitnya {n} orang tua mengalami hal yang sama.",
            "Kami diminta tidak bercerita kepada siapa pun.",
        ),
        asks=_ASKS,
        questions=("Mohon sebutkan kapan dan kepada siapa uang diserahkan; keterangan Anda tidak dibuka kepada sekolah.",),
        steps=("Surat tugas pemeriksaan terbit dengan nomor {surat}.",),
        answers=_ANSWERS,
    ),
    Topic(
        key="potongan-bansos",
        category="topik-khusus.penyalahgunaan-bantuan",
        weight=45,
        desks=(Desk(REGENCY, "inspektorat", 6), Desk(PROVINCE, "inspektorat", 2)),
        is_supervisory=True,
        titles=("Bantuan sosial dipotong oknum di {desa}", "Potongan {rp} setiap pencairan bantuan"),
        openings=(
            "Setiap pencairan bantuan warga {desa} dipotong {rp} oleh oknum pengurus.",
            "Kartu bantuan ibu saya dipegang oknum dan hanya sebagian uangnya yang diberikan.",
        ),
        details=(
            "Alasannya untuk uang administrasi.",
            "Jumlah penerima sekitar {n2} keluarga.",
            "Warga takut dicoret bila bertanya.",
            "Pencairan terakhir pada {tgl}.",
        ),
        asks=_ASKS,
        steps=("Tim meminta keterangan {n} penerima bantuan di {desa} pada {lalu}.",),
        answers=_ANSWERS,
    ),
    Topic(
        key="dana-desa",
        category="desa.penyalahgunaan-dana-desa",
        weight=45,
        desks=(Desk(REGENCY, "inspektorat"),),
        is_supervisory=True,
        titles=("Penggunaan dana desa {desa} tidak terbuka", "Pekerjaan jalan desa fiktif di {desa}"),
        openings=(
            "Papan informasi anggaran {desa} tidak pernah dipasang dan pekerjaan jalan {m} meter tidak ada wujudnya.",
            "Dalam laporan disebut ada pengadaan lampu, tetapi di {desa} tidak ada satu pun yang baru.",
        ),
        details=(
            "Musyawarah desa hanya dihadiri kerabat pengurus.",
            "Nilainya sekitar Rp{n2} juta.",
            "Warga yang meminta penjelasan tidak ditanggapi.",
            "Tanda tangan hadir diduga dipalsukan.",
        ),
        asks=_ASKS,
        steps=("Pemeriksaan dokumen pertanggungjawaban dilakukan pada {lalu}.",),
        answers=_ANSWERS,
    ),
    Topic(
        key="disiplin-pegawai",
        category="hukum.penyalahgunaan-wewenang",
        weight=50,
        desks=(Desk(PROVINCE, "inspektorat", 5), Desk(REGENCY, "inspektorat", 3)),
        is_supervisory=True,
        titles=("Pegawai sering tidak masuk kerja", "Kendaraan dinas dipakai untuk usaha pribadi", "Oknum pegawai meminta gratifikasi"),
        openings=(
            "Seorang pegawai di kantor {kec} jarang masuk tetapi daftar hadirnya penuh.",
            "Kendaraan dinas terlihat mengangkut barang dagangan setiap {hari} di {patokan}.",
            "Untuk mengurus izin saya diminta menyiapkan bingkisan bagi oknum pegawai.",
        ),
        details=(
            "Warga yang datang selalu disuruh kembali.",
            "Kejadian terakhir {tgl}.",
            "Ada rekaman video dari warga.",
            "Atasannya diduga tahu dan membiarkan.",
        ),
        asks=_ASKS,
        steps=("Daftar hadir elektronik dan kamera gerbang diperiksa pada {lalu}.",),
        answers=_ANSWERS,
    ),
    Topic(
        key="pungli-layanan",
        category="hukum.pungutan-liar",
        weight=45,
        desks=(Desk(REGENCY, "inspektorat"),),
        is_supervisory=True,
        titles=("Pungutan liar pengurusan surat tanah di {desa}", "Pungli pembuatan KTP di {kec}"),
        openings=(
            "Pengurusan surat keterangan tanah di {desa} dipungut {rp} tanpa dasar.",
            "Untuk mencetak KTP lebih cepat oknum meminta {rp}.",
        ),
        details=(
            "Tarif resmi tidak pernah dipasang.",
            "Yang membayar selesai sehari, yang tidak menunggu {minggu} minggu.",
            "Uang diminta di ruang belakang.",
            "Sudah berlangsung sejak {tgl}.",
        ),
        asks=_ASKS,
        steps=("Petugas menyamar sebagai pemohon pada {lalu}.",),
        answers=_ANSWERS,
    ),
)  # fmt: skip
