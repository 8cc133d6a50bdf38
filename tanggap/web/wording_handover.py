"""The words of what a reporter hands over to the Ombudsman."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.handover import Part

PART: dict[Part, Promise] = {
    Part.TEXT: _("Isi laporan"),
    Part.FILES: _("Lampiran"),
    Part.NAME: _("Nama"),
    Part.CONTACT: _("Kontak"),
    Part.HISTORY: _("Riwayat"),
}
PART_HELP: dict[Part, Promise] = {
    Part.TEXT: _("Judul, isi, patokan, penyelesaian yang diharapkan, dan uraian kerugian."),
    Part.FILES: _("Berkas yang Anda lampirkan, apa adanya."),
    Part.NAME: _("Nama yang Anda tulis. NIK tidak pernah diserahkan."),
    Part.CONTACT: _("Surel, telepon, dan alamat Anda."),
    Part.HISTORY: _("Apa yang terjadi, jawaban instansi dan berkasnya, dan tanggapan Anda."),
}
