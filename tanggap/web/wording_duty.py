"""The words for leave and deputies, complete by test as those of `wording`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.duty import LeaveFault
from tanggap.domain.escalation import Rung, Skipped
from tanggap.domain.lateness import Band

LEAVE_FAULT: dict[LeaveFault, Promise] = {
    LeaveFault.ENDS_BEFORE_IT_BEGINS: _("Hari terakhir tidak boleh sebelum hari pertama."),
    LeaveFault.IS_PAST: _("Cuti ini sudah lewat. Isi hari ini atau sesudahnya."),
    LeaveFault.TOO_LONG: _("Cuti paling lama satu tahun. Untuk lebih lama, akhiri jabatannya."),
    LeaveFault.OVERLAPS: _("Pada hari-hari itu sudah tercatat cuti. Batalkan dahulu yang lama."),
    LeaveFault.DEPUTY_IS_ONESELF: _("Wakil harus orang lain."),
    LeaveFault.DEPUTY_NOT_THERE: _("Orang ini tidak memegang jabatan. Pilih wakil lain."),
    LeaveFault.DEPUTY_SEES_LESS: _(
        "Wakil ini tidak dapat membuka laporan yang sama. Pilih orang dari unit yang sama atau di atasnya."
    ),
    LeaveFault.IN_A_CIRCLE: _("Wakil ini sedang diwakili oleh orang yang sama. Pilih wakil lain."),
}

# Under which field a mistake stands.
FIELD: dict[LeaveFault, str] = {
    LeaveFault.ENDS_BEFORE_IT_BEGINS: "last_day",
    LeaveFault.IS_PAST: "last_day",
    LeaveFault.TOO_LONG: "last_day",
    LeaveFault.OVERLAPS: "first_day",
    LeaveFault.DEPUTY_IS_ONESELF: "deputy",
    LeaveFault.DEPUTY_NOT_THERE: "deputy",
    LeaveFault.DEPUTY_SEES_LESS: "deputy",
    LeaveFault.IN_A_CIRCLE: "deputy",
}

RUNG: dict[Rung, Promise] = {
    Rung.OFFICER: _("petugas unit"),
    Rung.DEPUTY: _("wakil atau rekan"),
    Rung.ADMIN: _("admin instansi"),
    Rung.HEAD: _("pimpinan"),
    Rung.PROVINCE: _("pengawas provinsi"),
    Rung.NATIONAL: _("admin nasional"),
}

SKIPPED: dict[Skipped, Promise] = {
    Skipped.VACANT: _("jabatan kosong"),
    Skipped.ABSENT: _("tidak hadir, tanpa wakil"),
    Skipped.NAMED: _("disebut dalam laporan"),
    Skipped.NO_UNIT: _("belum ada unit"),
    Skipped.NO_DEPUTY: _("tidak ada wakil"),
    Skipped.MAY_NOT_READ: _("laporan rahasia"),
    Skipped.NO_OVERSEER: _("tidak ada pengawas"),
    Skipped.TOLD: _("sudah diberi tahu"),
}

BAND: dict[Band, Promise] = {
    Band.DAYS: _("0–3 hk"),
    Band.WEEKS: _("4–14 hk"),
    Band.MONTHS: _("15–60 hk"),
    Band.LONGER: _("> 60 hk"),
}
