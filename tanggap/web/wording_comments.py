"""The words of readers' comments; complete by test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.comments import Fault, Ground, State

GROUND: dict[Ground, Promise] = {
    Ground.PERSONAL: _("Data pribadi"),
    Ground.ABUSIVE: _("SARA, hinaan, atau kata kasar"),
    Ground.ACCUSATION: _("Tuduhan kepada orang bernama"),
    Ground.OFF_TOPIC: _("Tidak tentang laporan ini"),
    Ground.ADVERT: _("Iklan atau pesan berulang"),
    Ground.IMPOSTURE: _("Mengaku sebagai orang atau kantor lain"),
}

# As who wrote it reads it.
STATE: dict[State, Promise] = {
    State.WAITING: _("Menunggu diperiksa"),
    State.SHOWN: _("Tampil"),
    State.REFUSED: _("Tidak ditampilkan"),
    State.HIDDEN: _("Disembunyikan"),
    State.REMOVED: _("Dihapus"),
}

FAULT: dict[Fault, Promise] = {
    Fault.TEXT_MISSING: _("Tulis komentar Anda."),
    Fault.TEXT_TOO_LONG: _("Komentar paling panjang 1.000 karakter."),
    Fault.NAME_TOO_LONG: _("Nama paling panjang 40 karakter."),
    Fault.NAME_REACHES: _("Jangan pakai surel atau nomor telepon sebagai nama."),
    Fault.CLOSED: _("Instansi ini tidak menerima komentar baru."),
    Fault.WRONG_STATE: _("Komentar ini sudah diputuskan, atau sudah dihapus penulisnya."),
    Fault.GROUND_MISSING: _("Pilih golongan alasannya."),
}
