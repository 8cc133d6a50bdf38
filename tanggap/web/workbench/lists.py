"""The long lists of the desk's forms: categories, units, agencies, officers, as groups of choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import (
    AgencyAdmin,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Officer,
    UnitAdmin,
    unit_of,
)
from tanggap.domain.case import Projection
from tanggap.domain.clocks import CLOCKS
from tanggap.domain.reference_rows import AgencyKind
from tanggap.selectors import accounts, agencies, areas, categories, names, recipients
from tanggap.selectors.narrowing import NEWEST, WHOLE
from tanggap.selectors.queues import NO_UNIT
from tanggap.web import wording
from tanggap.web.workbench.widgets import options_of


class _Named(Protocol):
    """A category, as far as a list needs it."""

    code: Any
    name: Any
    name_en: Any


type Option = tuple[str, str]
type Group = tuple[str, list[Option]]

_KINDS: Final[dict[str, Promise]] = {
    AgencyKind.PROVINCE: _("Pemerintah provinsi"),
    AgencyKind.REGENCY: _("Pemerintah kabupaten"),
    AgencyKind.CITY: _("Pemerintah kota"),
    AgencyKind.MINISTRY: _("Kementerian"),
    AgencyKind.INSTITUTION: _("Lembaga"),
    AgencyKind.STATE_COMPANY: _("Badan usaha milik negara"),
}


def of_categories() -> list[Group]:
    """Return every category in force under its top one, which can be chosen itself."""
    return names.current().remembered("categories", get_language() or "id", _categories)


# Nearly a thousand categories and 640 agencies: read once for each load of reference data, not with each form.
def _categories() -> list[Group]:
    return [
        (_name(branch.category), [_option(branch.category), *(_option(child.category) for child in branch.children)])
        for branch in categories.tree()
    ]


def of_top_categories() -> list[Option]:
    """Return the top categories, for the filters of the list."""
    return [_option(category) for category in categories.tops()]


@dataclass(frozen=True, slots=True)
class Choices:
    """The list of one filter, in words and as it is drawn while nothing is chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    drawn: SafeString


def of_filters(viewer: Officer, load: int, language: str) -> tuple[Choices, ...]:
    """Return the filters of the list of the desk; they are read again after each load of reference data (`load`)."""
    unit_id = unit_of(viewer) if isinstance(viewer, LiaisonOfficer | UnitAdmin) else None
    agency_id = None if isinstance(viewer, NationalAdmin) else viewer.agency_id
    return _of_filters(agency_id, unit_id, load, language)


# Measured: to read and draw these took a fifth of the time of the desk's first page.
@lru_cache(maxsize=1024)
def _of_filters(agency_id: int | None, unit_id: int | None, _load: int, _language: str) -> tuple[Choices, ...]:
    found: list[tuple[str, Promise, list[Option]]] = [
        ("status", _("Status"), [(WHOLE, gettext("Termasuk yang sudah berakhir")), *_coded(wording.STATUS)]),
        ("tenggat", _("Tenggat yang berjalan"), _coded({clock: wording.CLOCK[clock] for clock in _DUE_CLOCKS})),
        ("kategori", _("Kategori"), of_top_categories()),
        ("klasifikasi", _("Klasifikasi"), _coded(wording.CLASSIFICATION)),
        ("pengawasan", _("Berkadar pengawasan"), [("ya", gettext("Ya")), ("tidak", gettext("Tidak"))]),
        ("kanal", _("Saluran masuk"), _coded(wording.CHANNEL)),
        ("nilai", _("Penilaian"), [(str(stars), f"{stars}/5") for stars in range(5, 0, -1)]),
        ("kerahasiaan", _("Kerahasiaan"), _coded(wording.SECRECY)),
    ]
    if agency_id is not None:
        found.append(("unit", _("Unit"), _of_own_units(agency_id, unit_id)))
    found.append(("wilayah", _("Wilayah"), [(area.code, area.name) for area in areas.children(settings.HOME_AREA)]))
    found.append(("urut", _("Urutan"), [(NEWEST, gettext("Perubahan terbaru dahulu"))]))
    return tuple(Choices(name, str(label), tuple(options), options_of(options, ())) for name, label, options in found)


# Which clocks can be the one that a report is due by.
_DUE_CLOCKS: Final = tuple(clock for clock, rule in CLOCKS.items() if not (rule.survives_end or rule.is_others))


def _coded(table: Mapping[Any, Promise]) -> list[Option]:
    return [(str(code.value), str(words)) for code, words in table.items()]


def _option(category: _Named) -> Option:
    return category.code, _name(category)


def _name(category: _Named) -> str:
    english = (get_language() or "id").startswith("en")
    return str((english and category.name_en) or category.name)


def of_units(viewer: Officer, agency_id: int) -> list[Option]:
    """Return the units that the viewer may hand a report of the agency to, each below the one that it belongs to."""
    rows = list(agencies.units(agency_id))
    match viewer:
        case UnitAdmin(unit_id=unit_id) | LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            below = agencies.with_units_below(unit_id) - {unit_id}
            rows = [row for row in rows if row.pk in below]
        case AgencyAdmin() | NationalAdmin():
            pass
    return list(indented(rows))


def of_unit_slugs(agency_slug: str, agency_id: int) -> list[Option]:
    """Return the units of an agency by their slugs, for names in a sheet."""
    return [(f"{agency_slug}/{row.slug}", row.name) for row in agencies.units(agency_id)]


def _of_own_units(agency_id: int, unit_id: int | None) -> list[Option]:
    """Return the units whose reports stand on a desk: those of the agency, or those below one of its units."""
    rows = list(agencies.units(agency_id))
    if unit_id is None:
        return [(str(NO_UNIT), gettext("Belum ada unit")), *indented(rows)]
    below = {unit_id}
    while more := {row.pk for row in rows if row.parent_id in below} - below:
        below |= more
    return list(indented([row for row in rows if row.pk in below]))


def indented(rows: list[Any]) -> Iterable[Option]:
    """Return units as options, each below the one it belongs to."""
    known = {row.pk for row in rows}
    children: dict[int | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def walk(parent: int | None, depth: int) -> Iterable[Option]:
        for row in children.get(parent, ()):
            yield str(row.pk), f"{'— ' * depth}{row.name}"
            yield from walk(row.pk, depth + 1)

    return walk(None, 0)


def of_agencies() -> list[Group]:
    """Return every agency that a report can be sent to, by kind."""
    return names.current().remembered("agencies", get_language() or "id", _agencies)


def _agencies() -> list[Group]:
    groups: dict[str, list[Option]] = {}
    for agency in agencies.destinations():
        groups.setdefault(agency.kind, []).append((str(agency.pk), agency.name))
    return [(str(words), groups[kind]) for kind, words in _KINDS.items() if kind in groups]


def of_colleagues(facts: Projection, agency_id: int, on: date) -> list[Option]:
    """Return who may work on a report: those who serve in its office, but for those it is about and who has it."""
    excluded = recipients.excluded(facts.named_user_ids, facts.named_unit_ids, on=on) | {facts.assignee_id}
    offices = accounts.colleagues(agency_id=agency_id, unit_id=facts.owner_unit_id, on=on)
    return [(str(office.user_id), _of_unit(office)) for office in offices if office.user_id not in excluded]


def of_office(viewer: Officer, on: date) -> list[Option]:
    """Return who may work on the reports of an office: for an admin anybody of the agency, for a unit its own."""
    unit_id = unit_of(viewer)
    if unit_id is None:
        found = accounts.workers(agency_id=viewer.agency_id, on=on)
    else:
        found = accounts.colleagues(agency_id=viewer.agency_id, unit_id=unit_id, on=on)
    return [(str(office.user_id), _of_unit(office)) for office in found]


def _of_unit(office: Any) -> str:
    return " · ".join(part for part in (str(office.user), str(office.unit or "")) if part)


def of_officers(viewer: Officer, agency_id: int, on: date) -> list[Option]:
    """Return the officers of an agency that the viewer may know of, for naming one that a report is about."""
    offices = accounts.list_officers(viewer=viewer, on=on, agency_id=agency_id)
    return [
        (
            str(office.user_id),
            " · ".join(part for part in (office.user.get_full_name(), str(office.unit or "")) if part),
        )
        for office in offices
    ]
