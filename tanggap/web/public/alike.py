"""Who may be compared with whom: governments of one kind, bodies of one kind, the offices of one government (REQ-38).

An office is named as in the address of its page: `kab-lebak`, or `pemprov-banten/dpupr`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain.reference_rows import AgencyKind, UnitKind
from tanggap.selectors import agencies
from tanggap.web.public.spans import BadAddressError

EVERYWHERE: Final = "semua"
UNITS: Final = "opd"
MOST: Final = 6
_LONGEST: Final = 170


@dataclass(frozen=True, slots=True)
class Office:
    """One of those that are compared: the id of its sums, its name, its place in an address."""

    place: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Group:
    """Offices that are alike: the kind of their sums, and who they are."""

    code: str
    kind: str  # "agency" or "unit"
    name: str
    offices: tuple[Office, ...]
    is_everywhere: bool = False
    has_everywhere: bool = False


GROUPS: Final[Mapping[str, tuple[AgencyKind | None, Promise]]] = {
    UNITS: (None, lazy("Perangkat daerah")),
    "kabupaten": (AgencyKind.REGENCY, lazy("Pemerintah kabupaten")),
    "kota": (AgencyKind.CITY, lazy("Pemerintah kota")),
    "provinsi": (AgencyKind.PROVINCE, lazy("Pemerintah provinsi")),
    "kementerian": (AgencyKind.MINISTRY, lazy("Kementerian")),
    "lembaga": (AgencyKind.INSTITUTION, lazy("Lembaga")),
    "bumn": (AgencyKind.STATE_COMPANY, lazy("Badan usaha milik negara")),
}
_LOCAL: Final = frozenset({AgencyKind.REGENCY, AgencyKind.CITY})


def group(code: str, where: str) -> Group:
    """Return a group: regencies and cities of the home province, or everywhere. Raises BadAddressError."""
    if code not in GROUPS or where not in {"", EVERYWHERE}:
        raise BadAddressError(_("Kelompok ini tidak ada. Pilih dari daftar."))
    kind, name = GROUPS[code]
    if kind is None:
        return _units(code, name)
    has_everywhere = kind in _LOCAL
    rows = agencies.of_kind(kind, inside=settings.HOME_AREA if has_everywhere and not where else "")
    offices = tuple(Office(str(row.pk), row.name, row.slug) for row in rows)
    return Group(code, "agency", str(name), offices, where == EVERYWHERE, has_everywhere)


def _units(code: str, name: Promise) -> Group:
    try:
        home = agencies.home()
    except agencies.NotFoundError:
        return Group(code, "unit", str(name), ())
    rows = agencies.units_of_kind(home.pk, UnitKind.OPD)
    offices = tuple(Office(str(row.pk), row.name, f"{home.slug}/{row.slug}") for row in rows)
    return Group(code, "unit", f"{name} {home.short_name or home.name}", offices)


def chosen(slugs: Sequence[str]) -> tuple[str, list[Office]]:
    """Return the kind of the sums of some offices and who they are, ended ones too. Raises BadAddressError.

    They are two to six, each once, and of one kind: else whoever has more to do looks worse.
    """
    wanted = list(dict.fromkeys(slugs))
    if not 1 < len(wanted) <= MOST:
        raise BadAddressError(_("Pilih dua sampai %(most)s instansi untuk dibandingkan.") % {"most": MOST})
    found = [_office(slug) for slug in wanted]
    kinds = {kind for kind, _office_ in found}
    if len(kinds) > 1:
        raise BadAddressError(_("Hanya yang sejenis yang dibandingkan: kabupaten dengan kabupaten, OPD dengan OPD."))
    (_sort, kind), *_rest = kinds
    return kind, [office for _kind, office in found]


def _office(slug: str) -> tuple[tuple[str, str], Office]:
    """Return what an office is alike with, the kind of its sums, and the office."""
    slug, _slash, unit_slug = slug[:_LONGEST].replace("\0", "").partition("/")
    try:
        agency = agencies.by_slug(slug)
        if not unit_slug:
            return (agency.kind, "agency"), Office(str(agency.pk), agency.name, slug)
        unit = agencies.unit(agency.pk, unit_slug)
    except agencies.NotFoundError as error:
        raise BadAddressError(_("Instansi ini tidak ada. Pilih dari daftar.")) from error
    return (f"{agency.kind}/{unit.kind}", "unit"), Office(str(unit.pk), unit.name, f"{slug}/{unit_slug}")
