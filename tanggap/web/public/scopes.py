"""Of what figures are told: the nation, or one agency, unit, area, category, channel or classification.

An address says it as `cakupan=instansi:pemprov-banten/dpupr`, or with the name that the list of reports uses:
`instansi=pemprov-banten/dpupr`. What is not there raises `BadAddressError`: figures of all for one would mislead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tanggap.domain.intake import Classification, ReportChannel
from tanggap.selectors import agencies, areas, categories
from tanggap.selectors.indicators import Scope
from tanggap.selectors.names import Names
from tanggap.templatetags.tanggap import named
from tanggap.web import wording
from tanggap.web.public.filters import place
from tanggap.web.public.spans import BadAddressError

if TYPE_CHECKING:
    from tanggap.models import Agency, Area, Category, Unit

NAME: Final = "cakupan"
_LONGEST: Final = 120
LEVELS: Final = ("province", "regency", "district")


@dataclass(frozen=True, slots=True)
class Place:
    """What figures are told of: `listed` is what narrows the list of reports to it, None where nothing does."""

    code: str  # as an address says it; '' for the nation
    name: str
    scope: Scope
    listed: tuple[tuple[str, str], ...] | None = ()
    page: str = ""  # the page that is about it alone
    population: int | None = None  # of an area where it is known


def nation() -> Place:
    """Return everything that this installation counts."""
    return Place("", _("Seluruh Indonesia"), Scope())


def of_agency(slug: str, unit_slug: str = "") -> Place:
    """Return an agency or one of its units, ended or not. Raises agencies.NotFoundError."""
    agency = agencies.by_slug(slug)
    return of_office(agency, agencies.unit(agency.pk, unit_slug) if unit_slug else None)


def of_office(agency: "Agency", unit: "Unit | None") -> Place:
    """Return an agency, or one of its units."""
    if unit is None:
        scope, slug = Scope("agency", (str(agency.pk),)), agency.slug
    else:
        scope, slug = Scope("unit", (str(unit.pk),)), f"{agency.slug}/{unit.slug}"
    name = unit.name if unit else agency.name
    return Place(f"instansi:{slug}", name, scope, (("instansi", slug),), f"/instansi/{slug}")


def of_area(code: str) -> Place:
    """Return a province, regency or district. Raises areas.NotFoundError."""
    return of_path(areas.path(code[:_LONGEST]))


def of_path(path: Sequence["Area"]) -> Place:
    """Return the last of some areas of which each lies in the one before. Raises areas.NotFoundError, as `of_area`."""
    code = path[-1].code
    if len(path) > len(LEVELS) or path[-1].level not in LEVELS:
        raise areas.NotFoundError(code)
    name = place(area.name for area in path[1:] or path)
    scope, narrowed = Scope(path[-1].level, (code,)), (("wilayah", code),)
    return Place(f"wilayah:{code}", name, scope, narrowed, f"/wilayah/{code}", path[-1].population)


def of_category(code: str) -> Place:
    """Return a category with those below it, retired or not. Raises categories.NotFoundError."""
    return of_row(categories.get(code))


def of_row(category: "Category") -> Place:
    """Return a category with those below it."""
    code = category.code
    return Place(
        f"kategori:{code}", named(category), Scope("category", (code,)), (("kategori", code),), f"/kategori/{code}"
    )


def _of_office(value: str) -> Place:
    return of_agency(*value.split("/", 1))


def _of_channel(value: str) -> Place:
    # The channel of a report is not public: no list of reports is narrowed by it.
    return Place(f"kanal:{value}", str(wording.CHANNEL[ReportChannel(value)]), Scope("channel", (value,)), None)


def _of_classification(value: str) -> Place:
    name = str(wording.CLASSIFICATION[Classification(value)])
    return Place(f"klasifikasi:{value}", name, Scope("classification", (value,)), (("klasifikasi", value),))


_KINDS: Final[Mapping[str, Callable[[str], Place]]] = {
    "instansi": _of_office,
    "wilayah": of_area,
    "kategori": of_category,
    "kanal": _of_channel,
    "klasifikasi": _of_classification,
}
_UNKNOWN: Final = (agencies.NotFoundError, areas.NotFoundError, categories.NotFoundError, ValueError)


def read(value: str) -> Place:
    """Return what an address asks for, the nation for nothing. Raises BadAddressError."""
    if not value:
        return nation()
    kind, _colon, code = value.partition(":")
    if kind in _KINDS and code and len(value) <= _LONGEST and "\0" not in value:
        try:
            return _KINDS[kind](code)
        except _UNKNOWN:
            pass
    raise BadAddressError(_("Cakupan ini tidak ada. Pilih dari daftar."))


def asked(values: QueryDict, *, besides: Sequence[str] = ()) -> Place:
    """Return what an address asks for by `cakupan` or by one name of the list of reports, the nation for nothing.

    `besides` are names that mean something else there. Raises BadAddressError, also for two at once.
    """
    found = [(NAME, said) for said in values.getlist(NAME) if said]
    found += [(kind, said) for kind in _KINDS if kind not in besides for said in _said(values, kind)]
    if len(found) > 1:
        raise BadAddressError(
            _("Angka diceritakan untuk satu cakupan saja: satu instansi, wilayah, kategori, kanal, atau klasifikasi.")
        )
    for name, said in found:
        return read(said if name == NAME else f"{name}:{said}")
    return nation()


def _said(values: QueryDict, kind: str) -> list[str]:
    """Return what is said of a kind; of areas one inside another, as the lists to choose from send them, the inner."""
    every = [said for said in values.getlist(kind) if said]
    if kind != "wilayah":
        return every
    return [code for code in every if not any(other.startswith(f"{code}.") for other in every)]


def refuse(values: QueryDict, *, besides: Sequence[str] = ()) -> None:
    """Raise BadAddressError where an address asks for a scope and what it leads to has none."""
    if asked(values, besides=besides).code:
        raise BadAddressError(_("Perbandingan tidak mengenal cakupan: pilih kelompok, atau instansi yang sejenis."))


def options(known: Names, language: str, chosen: Place) -> SafeString:
    """Return the options of the list to choose from, drawn once for each load of reference data."""
    html = known.remembered("scopes", language, _drawn)
    option = format_html('<option value="{}">', chosen.code)
    marked = format_html('<option value="{}" selected>', chosen.code)
    if option in html:
        return SafeString(html.replace(option, marked))
    return SafeString(f"{html}{marked}{conditional_escape(chosen.name)}</option>")


def _drawn() -> SafeString:
    groups = [
        (pgettext("daftar", "Instansi"), [(f"instansi:{one.slug}", one.name) for one in agencies.at_home()]),
        (_("Perangkat daerah"), list(_units())),
        (_("Wilayah"), [(f"wilayah:{settings.HOME_AREA}", areas.get(settings.HOME_AREA).name),
                        *((f"wilayah:{one.code}", one.name) for one in areas.children(settings.HOME_AREA))]),
        (_("Kategori"), sorted(((f"kategori:{one.code}", named(one)) for one in categories.tops()), key=_by_name)),
        (_("Kanal"), [(f"kanal:{code.value}", str(words)) for code, words in wording.CHANNEL.items()]),
        (_("Klasifikasi"), [(f"klasifikasi:{code.value}", str(said)) for code, said in wording.CLASSIFICATION.items()]),
    ]  # fmt: skip
    option = partial(format_html_join, "", '<option value="{}">{}</option>')
    drawn = [format_html('<optgroup label="{}">{}</optgroup>', name, option(rows)) for name, rows in groups if rows]
    return SafeString(format_html('<option value="">{}</option>', _("Seluruh Indonesia")) + "".join(drawn))


def _by_name(option: tuple[str, str]) -> str:
    return option[1]


def _units() -> list[tuple[str, str]]:
    try:
        home = agencies.home()
    except agencies.NotFoundError:
        return []
    return [(f"instansi:{home.slug}/{unit.slug}", unit.name) for unit in agencies.units(home.pk)]
