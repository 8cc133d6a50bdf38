"""The admin export of SP4N-LAPOR!, its 21 columns and its words: one table that export and import both read.

Columns, their order and the words come from a real export of a city (240 reports of 2024). Words that it did not
happen to hold (reports that were still open) are those of the dashboard. What SP4N-LAPOR! has no word for is written
so that reading it back gives the same: an outcome is lost, a status, a category and an office are not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.lifecycle import Status
from tanggap.domain.outcomes import ArchiveReason, Closing


class Column(StrEnum):
    """The columns, in their order; the value is the heading."""

    NUMBER = "Tracking ID"
    DATE = "Tanggal Laporan Masuk"
    TIME = "Waktu Laporan Masuk"
    REPORTER = "Nama Pelapor"
    CLASSIFICATION = "Klasifikasi Laporan"
    CATEGORY_ID = "ID Kategori"
    CATEGORY = "Kategori"
    TITLE = "Judul Laporan"
    FIRST_BODY = "Isi Laporan Awal"
    LAST_BODY = "Isi Laporan Akhir"
    SECRECY = "Tipe Laporan (Anonim/Rahasia)"
    SOURCE = "Sumber Laporan"
    PARENT_AGENCY = "Instansi Induk"
    OFFICE_ID = "ID Instansi Terdisposisi"
    OFFICE = "Instansi Terdisposisi"
    STATUS = "Status Laporan"
    REASON = "Alasan Tunda/Arsip"
    PROVINCE = "Provinsi"
    REGENCY = "Kota/Kabupaten"
    DISTRICT = "Kecamatan"
    VILLAGE = "Kelurahan"


COLUMNS: Final = tuple(Column)
PERSONAL: Final = Column.REPORTER
ANONYMOUS_NAME: Final = "Anonim"
DATE_FORMAT: Final = "%Y-%m-%d"
TIME_FORMAT: Final = "%H:%M:%S"

_C = Classification
# What kind, and whether misconduct is suspected; an empty cell is a complaint that nobody has decided on.
CLASSIFICATIONS: Final[dict[tuple[Classification, bool | None], str]] = {
    (_C.COMPLAINT, None): "",
    (_C.COMPLAINT, True): "Pengaduan Berkadar Pengawasan",
    (_C.COMPLAINT, False): "Pengaduan Tidak Berkadar Pengawasan",
    (_C.ASPIRATION, None): "Aspirasi",
    (_C.INFORMATION_REQUEST, None): "Permintaan Informasi",
}
# Anonymous, confidential.
SECRECIES: Final[dict[tuple[bool, bool], str]] = {
    (False, False): "",
    (True, False): "Anonim",
    (False, True): "Rahasia",
    (True, True): "Anonim|Rahasia",
}
_R = ReportChannel
# An agency's own application stands there as "Website - " and its slug.
SOURCES: Final[dict[ReportChannel, str]] = {
    _R.WEB: "Website",
    _R.ANDROID: "Android",
    _R.IOS: "iOS",
    _R.SMS: "SMS",
    _R.X: "Twitter",
    _R.WHATSAPP: "Whatsapp",
    _R.EMAIL: "Email",
    _R.LETTER: "Surat",
    _R.PHONE: "Telepon",
    _R.WALK_IN: "Tatap Muka",
    _R.AGENCY_APP: "Website - ",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands, as far as SP4N-LAPOR! tells it: `closing` is '' but for what was closed."""

    status: Status
    closing: Closing | str = ""


_S = Status
# More than one of ours may have one word of theirs; read back, the first one counts.
STATUSES: Final[tuple[tuple[Standing, str], ...]] = (
    (Standing(_S.UNVERIFIED), "Belum Terverifikasi"),
    (Standing(_S.ASSIGNED), "Terdisposisi - Belum Ditindaklanjuti"),
    (Standing(_S.IN_PROGRESS), "Terdisposisi - Sedang Diproses"),
    (Standing(_S.ANSWERED), "Ditindaklanjuti oleh Instansi"),
    (Standing(_S.PENDING), "Menunggu Kelengkapan Informasi"),
    (Standing(_S.CLOSED, Closing.AUTO), "Ditutup oleh Sistem"),
    (Standing(_S.CLOSED, Closing.CONFIRMED), "Ditutup oleh Pelapor"),
    (Standing(_S.CLOSED, Closing.MANUAL), "Ditutup oleh Admin"),
    (Standing(_S.CLOSED, Closing.DEEMED_WITHDRAWN), "Ditutup oleh Sistem"),
    (Standing(_S.CLOSED, Closing.PARTS), "Ditutup oleh Sistem"),
    # Theirs knows no parts: a report that was divided is still being worked on, and read back as that.
    (Standing(_S.SPLIT), "Terdisposisi - Sedang Diproses"),
    (Standing(_S.ARCHIVED), "Diarsipkan oleh Admin"),
    (Standing(_S.WITHDRAWN), "Diarsipkan oleh Pelapor"),
    # Seen in their exports alone: an archive that no admin made.
    (Standing(_S.ARCHIVED), "Diarsipkan oleh Sistem"),
)
_A = ArchiveReason
# Their words first where they have some, ours otherwise.
REASONS: Final[tuple[tuple[ArchiveReason, str], ...]] = (
    (_A.UNCLEAR, "Tidak Jelas"),
    (_A.TOO_GENERAL, "Terlalu Umum"),
    (_A.NOT_GOVERNMENT, "Tidak Relevan dengan Kinerja Pemerintah"),
    (_A.OUT_OF_SCOPE_LEGAL, "Ranah Peradilan"),
    (_A.OUT_OF_SCOPE_OTHER_CHANNEL, "Ada Kanal Khusus"),
    (_A.ALREADY_ANSWERED, "Sudah Pernah Dijawab"),
    (_A.HOAX_SPAM, "Palsu atau Spam"),
    (_A.ABUSIVE_SARA, "Mengandung SARA"),
    (_A.TEST, "Laporan Uji Coba"),
    (_A.UNDER_OMBUDSMAN, "Sedang Ditangani Ombudsman"),
    (_A.AS_IN_SOURCE, "Alasan dari sistem asal"),
    (_A.UNCLEAR, "Tidak Memiliki Bukti Dukung"),
)
EXPIRED: Final = "sudah mencapai batas kadaluarsa pengaduan"
AT_WISH: Final = "sesuai dengan keinginan Pelapor"


def classification(kind: str, *, supervisory: bool | None) -> str:
    """Return the words for a classification."""
    known = Classification(kind)
    return CLASSIFICATIONS[known, supervisory if known == Classification.COMPLAINT else None]


def read_classification(words: str) -> tuple[Classification, bool | None] | None:
    """Return what the words say, or None for words that nobody knows."""
    return _read(CLASSIFICATIONS.items(), words)


def secrecy(*, is_anonymous: bool, is_confidential: bool) -> str:
    """Return the words for the flags."""
    return SECRECIES[is_anonymous, is_confidential]


def read_secrecy(words: str) -> tuple[bool, bool] | None:
    """Return whether a report is anonymous, and whether it is confidential, or None."""
    return _read(SECRECIES.items(), words)


def source(channel: str, agency_slug: str) -> str:
    """Return the words for a channel."""
    words = SOURCES[ReportChannel(channel)]
    return words + agency_slug if channel == ReportChannel.AGENCY_APP else words


def read_source(words: str) -> ReportChannel | None:
    """Return the channel, or None."""
    if _bare(words).startswith(_bare(SOURCES[ReportChannel.AGENCY_APP]) + " "):
        return ReportChannel.AGENCY_APP
    return _read(SOURCES.items(), words)


def status(code: str, closing: str) -> str:
    """Return the words for where a report stands."""
    known = Standing(Status(code), Closing(closing) if code == Status.CLOSED and closing else "")
    words = dict(reversed(STATUSES))
    return words[known]


def read_status(words: str) -> Standing | None:
    """Return where a report stands, or None."""
    return _read(STATUSES, words)


def reason(code: str, archive_reason: str, closing: str) -> str:
    """Return why a report waits or was laid aside: '' where there is nothing to say."""
    if code == Status.WITHDRAWN:
        return AT_WISH
    if closing == Closing.DEEMED_WITHDRAWN:
        return EXPIRED
    if code != Status.ARCHIVED or not archive_reason:
        return ""
    return next(words for known, words in REASONS if known == archive_reason)


def read_reason(words: str) -> ArchiveReason | None:
    """Return the reason to archive, or None."""
    return _read(REASONS, words)


def _read[T](rows: Iterable[tuple[T, str]], words: str) -> T | None:
    wanted = _bare(words)
    return next((value for value, said in rows if _bare(said) == wanted), None)


# An import asks for the same few words thousands of times.
@lru_cache(maxsize=512)
def _bare(words: str) -> str:
    return " ".join(words.casefold().split())
