"""Where it happens: real areas of Banten by their codes, with streets and landmarks that are plainly invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from tanggap.selectors import areas

# Regencies and cities with the share of reports that concern them (D10.3), and the slug of their government.
REGENCIES: Final = {
    "36.01": ("kab-pandeglang", 6),
    "36.02": ("kab-lebak", 6),
    "36.03": ("kab-tangerang", 30),
    "36.04": ("kab-serang", 12),
    "36.71": ("kota-tangerang", 14),
    "36.72": ("kota-cilegon", 8),
    "36.73": ("kota-serang", 11),
    "36.74": ("kota-tangerang-selatan", 13),
}
LANDMARKS: Final = (
    "dekat Toko Serba Contoh", "depan Warung Contoh Sari", "seberang Minimarket Contoh", "dekat pertigaan pasar",
    "samping balai warga", "depan gerbang Perumahan Griya Contoh", "dekat jembatan kecil", "belakang lapangan bola",
    "dekat tikungan setelah pos ronda", "depan Bengkel Contoh Motor", "samping Mushola Contoh", "dekat gardu listrik",
    "depan kantor koperasi", "seberang pangkalan ojek", "dekat saluran irigasi", "depan Apotek Contoh Sehat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One village or ward with what it lies in."""

    code: str
    village: str
    district: str
    regency: str
    agency: str  # slug of the government of the regency or city

    def street(self, rng: Random) -> str:
        """Return a street of this place that is on no map."""
        return rng.choice(
            (
                f"Jalan Raya {self.district}",
                f"Jalan Desa {self.village}",
                f"Jalan Lingkar {self.district}",
                f"Jalan penghubung {self.village} ke {self.district}",
                f"Jalan Lingkungan {self.village}",
                f"Jalan Contoh {rng.choice(('Barat', 'Timur', 'Raya', 'Dalam', 'Baru'))}",
            )
        )


class Places:
    """All villages of Banten, by regency."""

    def __init__(self) -> None:
        self._by_regency = {code: _villages(code, slug) for code, (slug, _) in REGENCIES.items()}
        self._codes = [code for code, found in self._by_regency.items() if found]
        self._weights = [REGENCIES[code][1] for code in self._codes]
        self._agencies = {slug: code for code, (slug, _) in REGENCIES.items()}

    def choose(self, rng: Random, *, agency: str = "") -> Place:
        """Return a village; with the slug of a government one of its own."""
        code = self._agencies[agency] if agency else rng.choices(self._codes, weights=self._weights)[0]
        return rng.choice(self._by_regency[code])


def _villages(regency: str, slug: str) -> list[Place]:
    name = areas.get(regency).name
    districts = sorted(areas.children(regency), key=lambda area: area.code)
    return [
        Place(village.code, village.name, district.name, name, slug)
        for district in districts
        for village in _by_code(areas.children(district.code))
    ]


def _by_code[T](found: Iterable[T]) -> list[T]:
    return sorted(found, key=lambda area: str(getattr(area, "code", "")))
