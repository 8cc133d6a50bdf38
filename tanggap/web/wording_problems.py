"""The words of problems that come again: states, acts, refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.problems import Act, Fault, State

STATE: dict[State, Promise] = {
    State.OPEN: _("Menunggu sebab dan rencana"),
    State.PLANNED: _("Ada rencana"),
    State.CLOSED: _("Ditutup"),
}

ACT: dict[Act, Promise] = {
    Act.FIND: _("Ditemukan"),
    Act.PLAN: _("Sebab dan rencana"),
    Act.CLOSE: _("Ditutup"),
    Act.REOPEN: _("Berulang lagi"),
}

FAULT: dict[Fault, Promise] = {
    Fault.NOT_ALLOWED: _("Tindakan ini di luar kewenangan Anda."),
    Fault.WRONG_STATE: _("Masalah ini sudah berubah keadaannya. Muat ulang halaman."),
    Fault.TEXT_MISSING: _("Tulis isinya."),
    Fault.DATE_PAST: _("Pilih hari ini atau hari sesudahnya."),
    Fault.DATE_FAR: _("Pilih tanggal paling lambat tiga tahun dari sekarang."),
    Fault.TOO_EARLY: _("Belum dapat ditutup: tunggu satu bulan penuh sesudah tanggal rencana, agar dapat diukur."),
    Fault.OUT_OF_RANGE: _("Isi 5 sampai 1.000 laporan, dalam 1 sampai 12 bulan."),
}
