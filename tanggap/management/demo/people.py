"""Invented reporters: plainly invented names, numbers that belong to nobody, addresses that reach nobody."""

from random import Random
from typing import Final

from tanggap.domain.intake import Identity

FIRST: Final = (
    "Adi", "Ani", "Asep", "Ayu", "Bayu", "Budi", "Citra", "Dedi", "Dewi", "Eka", "Endang", "Fajar", "Gita", "Hadi",
    "Indah", "Joko", "Lestari", "Made", "Nani", "Nur", "Putri", "Rani", "Ratna", "Rini", "Sari", "Siti", "Tono", "Ujang",
    "Wati", "Yanto", "Yuni", "Zainal",
)  # fmt: skip
LAST: Final = ("Contoh", "Umpama", "Misalnya", "Andaikan", "Percobaan", "Ibarat", "Seumpama", "Pemisalan")


def name(rng: Random) -> str:
    """Return an invented name."""
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def phone(rng: Random) -> str:
    """Return a mobile number of a block that no operator gives out."""
    return f"0800{rng.randrange(10**8):08d}"


def mobile(rng: Random) -> str:
    """Return a number that looks like a mobile one in a text, with zeros where a real one has none."""
    return f"0812-0000-{rng.randrange(10**4):04d}"


def nik(rng: Random) -> str:
    """Return sixteen digits in the form of a NIK; 36.99 is no regency, so it is nobody's."""
    return f"3699{rng.randrange(1, 32):02d}{rng.randrange(1, 13):02d}{rng.randrange(60, 100)}000{rng.randrange(10)}"


def plate(rng: Random) -> str:
    """Return the plate of a vehicle that does not exist."""
    return f"A {rng.randrange(1000, 10000)} XX{rng.choice('XYZ')}"


def address(rng: Random) -> str:
    """Return an address with a house number, in a street that does not exist."""
    return f"Jalan Contoh No. {rng.randrange(1, 200)} RT {rng.randrange(1, 9):02d}/RW {rng.randrange(1, 12):02d}"


def reporter(rng: Random, index: int, *, is_anonymous: bool, language: str = "id") -> Identity:
    """Return who hands a report in; of the anonymous ones many leave nothing at all."""
    if is_anonymous and rng.random() < 0.5:
        return Identity(language=language)
    known = name(rng)
    local = known.lower().replace(" ", ".")
    has_email = rng.random() < 0.7
    return Identity(
        name=known,
        email=f"{local}.{index}@demo.example" if has_email else "",
        phone="" if has_email and rng.random() < 0.4 else phone(rng),
        nik=nik(rng) if rng.random() < 0.15 else "",
        language=language,
    )


def disclosure(rng: Random) -> str:
    """Return a sentence in which somebody tells too much, so that the verifying officer has something to hide."""
    known = name(rng)
    return rng.choice(
        (
            f"Saya {known}, NIK {nik(rng)}, nomor HP {mobile(rng)}.",
            f"Hubungi saya di {mobile(rng)} atas nama Ibu {known}.",
            f"Rumah saya di {address(rng)}, silakan dicek langsung.",
            f"Mobil dengan pelat nomor {plate(rng)} sering parkir di situ.",
            f"Data saya: nama Bapak {known}, NIK {nik(rng)}, alamat {address(rng)}.",
            f"Kalau perlu saksi, telepon tetangga saya Bapak {known} di {mobile(rng)}.",
            f"Surel saya {known.lower().replace(' ', '.')}@demo.example dan nomor WA {mobile(rng)}.",
            f"Nomor KK kami {nik(rng)}, sudah saya serahkan ke petugas.",
        )
    )
