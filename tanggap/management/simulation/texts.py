"""Plain words for simulated reports; nothing in them is personal data, and no two answers are alike."""

from random import Random
from typing import Final

from tanggap.domain.intake import Classification, Identity

CLASSIFICATIONS: Final = (
    (Classification.COMPLAINT, 84),
    (Classification.INFORMATION_REQUEST, 9),
    (Classification.ASPIRATION, 7),
)
REPORTER: Final = Identity(name="Warga Contoh", email="warga@simulasi.example", language="id")
LOCATION: Final = "Dekat pasar desa"
NOTE: Final = "Mohon ditindaklanjuti."
SAYING: Final = "Kami sudah memeriksa laporan ini dan menuliskan keadaannya di sini."
REPLY: Final = "Saya sudah membaca dan menuliskan keadaan terakhir di sini."
_WHAT: Final = (
    "Jalan berlubang",
    "Lampu jalan padam",
    "Sampah menumpuk",
    "Antrean panjang",
    "Air keruh",
    "Loket tutup",
)
_WHERE: Final = ("di depan sekolah", "di dekat pasar", "di kantor layanan", "di tepi sungai", "di terminal")
_WHEN: Final = ("sejak pekan lalu", "sudah tiga hari", "setiap sore", "sejak hujan deras", "sejak awal bulan")
_DONE: Final = (
    "Petugas memeriksa lokasi bersama perangkat desa",
    "Tim melihat keadaan dan mencatat kerusakan",
    "Kami membicarakan hal ini dalam rapat bidang",
    "Pengawas mencocokkan laporan dengan catatan",
)
_WHY: Final = (
    "penyebabnya adalah saluran yang tersumbat",
    "penyebabnya adalah alat yang rusak",
    "keterlambatan terjadi karena antrean bahan",
    "layanan terganggu karena pergantian petugas",
)
_THEN: Final = ("pekerjaan berlanjut pekan depan", "jadwal baru kami pasang di papan", "kami pantau setiap pekan")


def title(rng: Random) -> str:
    """Return a title."""
    return f"{rng.choice(_WHAT)} {rng.choice(_WHERE)}"


def body(rng: Random) -> str:
    """Return what is wrong, where and since when."""
    return f"{rng.choice(_WHAT)} {rng.choice(_WHERE)} {rng.choice(_WHEN)}. Warga sudah menunggu dan berharap ditangani."


def answer(rng: Random) -> str:
    """Return an answer that says what was found and what follows."""
    about = f"{rng.choice(_WHAT)} {rng.choice(_WHERE)}".lower()
    more = f"{rng.choice(_WHAT)} {rng.choice(_WHEN)}".lower()
    found = f"{rng.choice(_DONE)} tentang {about}; {rng.choice(_WHY)}."
    return f"{found} Mengenai {more}, {rng.choice(_THEN)}. Catatan kami memuat {rng.randrange(100, 1000)} butir."
