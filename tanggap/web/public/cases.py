"""The reports behind a figure as a file: what the public may read of each, without a word of its text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Status
from tanggap.domain.outcomes import Outcome
from tanggap.domain.periods import Period
from tanggap.selectors import areas, categories
from tanggap.selectors.names import Names
from tanggap.selectors.public_search import Filters
from tanggap.selectors.published_cases import Case
from tanggap.templatetags.tanggap import named
from tanggap.web import sheets, wording
from tanggap.web.public.filters import midnight
from tanggap.web.public.scopes import LEVELS, Place

HEADINGS: Final[tuple[Promise, ...]] = (
    *(lazy("Nomor laporan"), lazy("Diterima"), lazy("Terbit"), lazy("Dijawab"), lazy("Ditutup")),
    *(pgettext_lazy("daftar", "Instansi"), lazy("Unit"), lazy("Klasifikasi"), lazy("Kategori")),
    *(lazy("Provinsi"), lazy("Kabupaten/Kota"), lazy("Kecamatan"), lazy("Kode wilayah")),
    *(lazy("Status"), lazy("Hasil"), lazy("Tepat waktu"), lazy("Nilai pelapor")),
)


def filters(place: Place, period: Period) -> Filters:
    """Return what narrows published reports to a place and to days of receipt."""
    found = Filters(received_since=midnight(period.first), received_until=midnight(period.last + timedelta(days=1)))
    scope = place.scope
    match scope.kind:
        case "agency":
            return replace(found, agency_id=int(scope.places[0]))
        case "unit":
            return replace(found, unit_id=int(scope.places[0]))
        case "category":
            return replace(found, categories=categories.with_those_below(scope.places[0]))
        case "classification":
            return replace(found, classification=scope.places[0])
        case "province" | "regency" | "district":
            return replace(found, area=scope.places[0])
        case _:
            return found


def rows(found: Sequence[Case], known: Names, now: datetime) -> Iterator[list[Any]]:
    """Yield the reports as rows of a file; the names of places that are new come in one query."""
    places = known.places(case.area_id for case in found if case.area_id)
    for case in found:
        zone = known.agency(case.agency_id).timezone
        days = (case.received_at, case.published_at, case.answered_at, case.closed_at)
        yield [
            case.number,
            *(sheets.day(moment, ZoneInfo(zone)) for moment in days),
            known.agency(case.agency_id).name,
            known.unit(case.unit_id).name if case.unit_id else "",
            str(wording.CLASSIFICATION[Classification(case.classification)]),
            named(known.category(case.category_id)) if case.category_id else "",
            *_areas(case.area_id, places),
            str(wording.STATUS[Status(case.status)]),
            str(wording.OUTCOME[Outcome(case.outcome)]) if case.outcome else "",
            _in_time(case, now),
            "" if case.rating is None else case.rating,
        ]


def _areas(code: str | None, names: Mapping[str, str]) -> list[str]:
    """Return province, regency and district of a place, and the code of the deepest of them."""
    parts = areas.codes_of(code)[: len(LEVELS)] if code else []
    told = [names.get(part, "") for part in parts]
    return [*told, *[""] * (len(LEVELS) - len(told)), parts[-1] if parts else ""]


def _in_time(case: Case, now: datetime) -> str:
    """Say whether the answer came in time; what is not answered and not late has no word yet."""
    if case.answered_in_time is not None:
        return _("ya") if case.answered_in_time else _("tidak")
    is_late = case.answered_at is None and case.is_open and case.due_at is not None and case.due_at < now
    return _("tidak, belum dijawab") if is_late else ""


def called(period: Period) -> str:
    """Return the name of a file of these days."""
    first: date = period.first
    return f"laporan-{first.isoformat()}-{period.last.isoformat()}"
