"""The open data for everyone: /data-terbuka says what there is, and gives it as it was made. Nothing is counted."""

from operator import itemgetter
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.adapters import open_data_shelf as shelf
from tanggap.adapters.open_data_shelf import Shelved
from tanggap.domain.open_data import ARCHIVE, DESCRIPTION, FULL, SCHEMA_VERSION
from tanggap.domain.periods import Period
from tanggap.selectors import names, open_data_dictionary
from tanggap.templatetags.tanggap import angka, ukuran, when
from tanggap.web import ranges

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}


type Cells = list[str]


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """Say what the open data are, under which licence, how to check them, and list the packages."""
    found = shelf.listed(settings.OPEN_DATA_DIR)
    full = next((one for one in found if one.name == FULL), None)
    known = names.current()
    months = sorted((one for one in found if one.month and one.agency_id is None), key=_by_month, reverse=True)
    agencies = sorted(
        ((known.agency(one.agency_id).name, one) for one in found if one.agency_id is not None and not one.month),
        key=itemgetter(0),
    )
    context = {
        "full": full,
        "full_archive": _address(FULL, ARCHIVE),
        "description": _address(FULL, DESCRIPTION),
        "columns": _columns(_("Paket"), _("Laporan"), _("Dibuat"), _("Unduh")),
        "months": [_row(date_format(Period.named(one.month).first, "F Y"), one) for one in months],
        "agencies": [_row(name, one) for name, one in agencies],
        "file_columns": _columns(_("Tabel"), _("Isi"), _("Unduh")),
        "tables": _tables(full) if full else [],
        "schema": SCHEMA_VERSION,
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "public/open_data.html", context)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Say what every column of every table means."""
    language = _language()
    tables = [
        {
            "name": one.name,
            "meaning": one.meanings[language],
            "rows": [[column.name, column.type.value, column.meanings[language]] for column in one.columns],
        }
        for one in open_data_dictionary.tables().values()
    ]
    columns = _columns(_("Nama kolom"), _("Jenis isi"), _("Arti"))
    return render(
        request, "public/open_data_dictionary.html", {"tables": tables, "columns": columns, "schema": SCHEMA_VERSION}
    )


def _by_month(one: Shelved) -> str:
    return one.month


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]


def _row(title: str, one: Shelved) -> Cells:
    link = _link(_address(one.name, ARCHIVE), f"ZIP, {ukuran(one.archive_bytes)}", title)
    return [title, angka(one.reports), when(one.made_at, "short"), link]


def _tables(full: Shelved) -> list[Cells]:
    """Return the tables of the full package with what each is, in the language of the page."""
    sizes, language = dict(full.files), _language()
    found = []
    for one in open_data_dictionary.tables().values():
        if (path := f"data/{one.name}.csv") in sizes:
            csv = _link(_address(FULL, path), f"CSV, {ukuran(sizes[path])}", one.name)
            parquet = _link(_address(FULL, f"data/{one.name}.parquet"), "Parquet", one.name)
            found.append([one.name, one.meanings[language], format_html("{} · {}", csv, parquet)])
    return found


def _address(name: str, path: str) -> str:
    return reverse("public:open_data_file", args=[name, path])


def _link(address: str, label: str, of: str) -> str:
    return format_html('<a href="{}" rel="nofollow"><span class="sr">{}: </span>{}</a>', address, of, label)


@require_safe
def file(request: HttpRequest, name: str, path: str) -> HttpResponseBase:
    """Give a file of a package, or a part of it."""
    try:
        opened = shelf.open_(settings.OPEN_DATA_DIR, name, path)
    except OSError as error:
        raise Http404 from error
    stem, _dot, ending = path.rpartition("/")[2].rpartition(".")
    shown = f"tanggap-{name}.zip" if path == ARCHIVE else f"tanggap-{name}-{stem}.{ending}"
    return ranges.give(request, opened, content_type=_TYPES[ending], name=shown)


@require_safe
def open311(request: HttpRequest) -> HttpResponseBase:
    """Give the bulk file of Open311 under an address of its own."""
    return file(request, name=FULL, path="data/open311.csv")


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "id"
