"""What an export of a list looks like: its layouts with their headings, its formats, and who may have names in it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from tanggap.domain import sp4n
from tanggap.domain.actors import Role
from tanggap.domain.sp4n import Column


class Layout(StrEnum):
    """Which columns."""

    LIST = "daftar"
    SP4N = "sp4n"


class Format(StrEnum):
    """Which kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


# D1.9: names leave the house only through an admin or the inspectorate, with a reason that is written down.
MAY_NAME: Final = frozenset({Role.AGENCY_ADMIN, Role.NATIONAL_ADMIN, Role.INTERNAL_AUDITOR})
# What is longer is made by a job.
MOST_AT_ONCE: Final = 1000
# Rows of what a page shows already, which cost no more than their page: offices, people, what somebody looks after.
MOST_IN_A_PAGE: Final = 20_000
KEPT: Final = timedelta(days=1)
REASON_LENGTH: Final = (10, 500)

# Beside what SP4N-LAPOR! knows: what an office works with.
_LIST: Final = (
    *("Nomor laporan", "Judul", "Status", "Klasifikasi", "Kategori", "Instansi", "Unit", "Petugas", "Saluran"),
    *("Tipe", "Diterima", "Dicatat", "Tenggat", "Terlambat", "Dibuka kembali", "Penilaian"),
    *("Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan"),
)
HEADINGS: Final[dict[Layout, tuple[str, ...]]] = {
    Layout.LIST: _LIST,
    Layout.SP4N: tuple(column.value for column in sp4n.COLUMNS),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One report as an export tells it: every cell a text, with nothing that its reader may not read."""

    number: str
    date: str
    time: str
    registered: str
    reporter: str
    classification: str
    category_id: str
    category: str
    title: str
    first_body: str
    last_body: str
    secrecy: str
    source: str
    agency: str
    office_id: str
    office: str
    unit: str
    status: str
    reason: str
    places: tuple[str, str, str, str]
    assignee: str
    due: str
    is_overdue: bool
    reopened: int
    rating: int | None

    def cells(self, layout: Layout) -> tuple[str, ...]:
        """Return the cells in the order of the headings."""
        if layout == Layout.SP4N:
            return tuple(self._sp4n()[column] for column in sp4n.COLUMNS)
        return (
            *(self.number, self.title, self.status, self.classification, self.category, self.agency, self.unit),
            *(self.assignee, self.source, self.secrecy, f"{self.date} {self.time}", self.registered, self.due),
            "Ya" if self.is_overdue else "Tidak",
            str(self.reopened),
            "" if self.rating is None else str(self.rating),
            *self.places,
        )

    def _sp4n(self) -> dict[Column, str]:
        province, regency, district, village = self.places
        return {
            Column.NUMBER: self.number,
            Column.DATE: self.date,
            Column.TIME: self.time,
            Column.REPORTER: self.reporter,
            Column.CLASSIFICATION: self.classification,
            Column.CATEGORY_ID: self.category_id,
            Column.CATEGORY: self.category,
            Column.TITLE: self.title,
            Column.FIRST_BODY: self.first_body,
            Column.LAST_BODY: self.last_body,
            Column.SECRECY: self.secrecy,
            Column.SOURCE: self.source,
            Column.PARENT_AGENCY: self.agency,
            Column.OFFICE_ID: self.office_id,
            Column.OFFICE: self.office,
            Column.STATUS: self.status,
            Column.REASON: self.reason,
            Column.PROVINCE: province,
            Column.REGENCY: regency,
            Column.DISTRICT: district,
            Column.VILLAGE: village,
        }
