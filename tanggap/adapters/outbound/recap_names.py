"""The words of a recap for codes: standings, channels, kinds of reports, periods; complete by test."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.adapters.outbound.recap_document import Sheet, day
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.lifecycle import Family
from tanggap.domain.outcomes import ArchiveReason
from tanggap.domain.recaps import Size
from tanggap.domain.reference_rows import DayKind
from tanggap.templatetags.tanggap import bulan, tanggal_surat

FAMILY: dict[Family, Promise] = {
    Family.UNVERIFIED: lazy("Belum terverifikasi"),
    Family.ASSIGNED: lazy("Belum ditindaklanjuti"),
    Family.IN_PROGRESS: lazy("Sedang diproses"),
    Family.PENDING: lazy("Tertunda"),
    Family.CLOSED: lazy("Selesai"),
    # Withdrawn ones are counted with them by SP4N-LAPOR!: "archived" alone is another, smaller number (`archive_rate`).
    Family.ARCHIVED: lazy("Diarsipkan atau dicabut"),
}
# The same within a sentence, after a number.
STANDING: dict[Family, Promise] = {
    Family.CLOSED: lazy("selesai"),
    Family.IN_PROGRESS: lazy("sedang diproses"),
    Family.ASSIGNED: lazy("belum ditindaklanjuti"),
    Family.UNVERIFIED: lazy("belum terverifikasi"),
    Family.PENDING: lazy("tertunda"),
    Family.ARCHIVED: lazy("diarsipkan atau dicabut pelapor"),
}
CLASSIFICATION: dict[Classification, Promise] = {
    Classification.COMPLAINT: lazy("Pengaduan"),
    Classification.ASPIRATION: lazy("Aspirasi"),
    Classification.INFORMATION_REQUEST: lazy("Permintaan Informasi"),
}
CHANNEL: dict[ReportChannel, Promise] = {
    ReportChannel.WEB: lazy("Situs web"),
    ReportChannel.ANDROID: lazy("Aplikasi Android"),
    ReportChannel.IOS: lazy("Aplikasi iOS"),
    ReportChannel.SMS: lazy("SMS"),
    ReportChannel.X: lazy("X"),
    ReportChannel.WHATSAPP: lazy("WhatsApp"),
    ReportChannel.EMAIL: lazy("Surel"),
    ReportChannel.LETTER: lazy("Surat"),
    ReportChannel.PHONE: lazy("Telepon"),
    ReportChannel.WALK_IN: lazy("Datang langsung"),
    ReportChannel.AGENCY_APP: lazy("Aplikasi instansi"),
}
ARCHIVE_REASON: dict[ArchiveReason, Promise] = {
    ArchiveReason.UNCLEAR: lazy("Isi tidak jelas atau tidak lengkap"),
    ArchiveReason.TOO_GENERAL: lazy("Terlalu umum"),
    ArchiveReason.NOT_GOVERNMENT: lazy("Tidak terkait kinerja atau layanan pemerintah"),
    ArchiveReason.OUT_OF_SCOPE_LEGAL: lazy("Ranah peradilan atau proses hukum berjalan"),
    ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL: lazy("Ada kanal khusus (KPK, Polri, PPID, WBS)"),
    ArchiveReason.ALREADY_ANSWERED: lazy("Sudah pernah dijawab"),
    ArchiveReason.HOAX_SPAM: lazy("Palsu, spam, atau uji coba"),
    ArchiveReason.ABUSIVE_SARA: lazy("SARA, pornografi, atau ujaran kebencian"),
    ArchiveReason.TEST: lazy("Laporan uji coba admin"),
    ArchiveReason.UNDER_OMBUDSMAN: lazy("Sedang ditangani Ombudsman"),
    ArchiveReason.AS_IN_SOURCE: lazy("Alasan dari sistem asal"),
}
DAY_OFF: dict[DayKind, Promise] = {
    DayKind.HOLIDAY: lazy("Hari libur"),
    DayKind.JOINT_LEAVE: lazy("Cuti bersama"),
    DayKind.CLOSURE: lazy("Kantor tutup"),
    DayKind.WORKING: lazy("Hari kerja"),
}
# At most 31 signs in either language, and none of []:*?/\: more no spreadsheet takes.
SHEET: dict[Sheet, Promise] = {
    Sheet.CLASSIFICATION: lazy("Klasifikasi"),
    Sheet.CHANNEL: lazy("Saluran"),
    Sheet.CONFIDENTIAL: lazy("Laporan rahasia"),
    Sheet.IN_TIME: lazy("Ketepatan waktu"),
    Sheet.DURATION: lazy("Lama penanganan"),
    Sheet.FOLLOW_UP: lazy("Tindak lanjut"),
    Sheet.GUARDS: lazy("Yang dapat mengubah angka"),
    Sheet.ARCHIVE_REASONS: lazy("Alasan diarsipkan"),
    Sheet.BACKLOG: lazy("Tunggakan"),
    Sheet.REPORTERS: lazy("Menurut pelapor"),
    Sheet.OFFICES_STANDING: lazy("OPD, keadaan"),
    Sheet.OFFICES_TIMING: lazy("OPD, waktu dan mutu"),
    Sheet.GOVERNMENTS_STANDING: lazy("Kabupaten dan kota, keadaan"),
    Sheet.GOVERNMENTS_TIMING: lazy("Kabupaten dan kota, waktu"),
    Sheet.DECREES: lazy("SK dan keaktifan"),
    Sheet.INHABITANTS: lazy("Jumlah penduduk"),
    Sheet.CATEGORIES: lazy("Kategori"),
    Sheet.MATRIX: lazy("Kategori menurut wilayah"),
    Sheet.PROBLEMS: lazy("Masalah berulang"),
    Sheet.RECOMMENDATIONS: lazy("Rekomendasi"),
    Sheet.FORMULAS: lazy("Rumus"),
    Sheet.CLOSED: lazy("Periode yang sudah ditutup"),
    Sheet.DAYS_OFF: lazy("Hari libur"),
}


def title(period: dict[str, Any]) -> str:
    """Return what a recap is called: "Rekap tahunan 2026"."""
    match Size(period["size"]):
        case Size.YEAR:
            return _("Rekap tahunan pengelolaan pengaduan")
        case Size.MONTH:
            return _("Rekap bulanan pengelolaan pengaduan")
        case Size.WEEK:
            return _("Rekap mingguan pengelolaan pengaduan")


def stretch(period: dict[str, Any]) -> str:
    """Return the period in words: "Tahun 2026", "Oktober 2026", "Minggu ke-40 tahun 2026"."""
    first = day(period["first"])
    match Size(period["size"]):
        case Size.YEAR:
            return _("Tahun %(year)s") % {"year": first.year}
        case Size.MONTH:
            return bulan(first)
        case Size.WEEK:
            year, week, _weekday = first.isocalendar()
            return _("Minggu ke-%(week)s tahun %(year)s") % {"week": week, "year": year}


def days(period: dict[str, Any]) -> str:
    """Return from which day to which a recap tells: "1 Januari 2026 sampai 26 November 2026"."""
    said = {"first": tanggal_surat(day(period["first"])), "last": tanggal_surat(day(period["until"]))}
    return _("%(first)s sampai %(last)s") % said
