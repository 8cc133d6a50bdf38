"""The words of recommendations: states, acts, refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.recommendations import Act, Fault, State

STATE: dict[State, Promise] = {
    State.OPEN: _("Belum dijawab instansi"),
    State.PLANNED: _("Direncanakan"),
    State.UNDERWAY: _("Sedang dikerjakan"),
    State.REPORTED: _("Dilaporkan selesai, menunggu evaluator"),
    State.DONE: _("Selesai, diterima evaluator"),
    State.WITHDRAWN: _("Dicabut evaluator"),
}

ACT: dict[Act, Promise] = {
    Act.GIVE: _("Rekomendasi diberikan"),
    Act.PLAN: _("Rencana instansi"),
    Act.PROGRESS: _("Kemajuan"),
    Act.REPORT: _("Dilaporkan selesai"),
    Act.RETURN: _("Dikembalikan evaluator"),
    Act.ACCEPT: _("Diterima evaluator"),
    Act.EXTEND: _("Tenggat diundur"),
    Act.WITHDRAW: _("Dicabut evaluator"),
}

FAULT: dict[Fault, Promise] = {
    Fault.NOT_ALLOWED: _("Tindakan ini di luar kewenangan Anda."),
    Fault.NOT_TOLD: _("Sampaikan hasil penilaian dahulu; rekomendasi menyertai hasilnya."),
    Fault.WRONG_STATE: _("Rekomendasi ini sudah berubah keadaannya. Muat ulang halaman."),
    Fault.TEXT_MISSING: _("Tulis isinya."),
    Fault.DATE_PAST: _("Pilih hari ini atau hari sesudahnya, dan sesudah tenggat yang berlaku."),
    Fault.UNKNOWN_SUBJECT: _("Pilih dari daftar."),
    Fault.OTHER_UNIT: _("Pilih unit dari daftar."),
    Fault.TOO_MANY: _("Satu penilaian paling banyak punya 50 rekomendasi."),
}
