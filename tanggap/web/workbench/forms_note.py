"""The form of a note among officers."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.notes import Audience
from tanggap.services.notes import Flaw
from tanggap.web.workbench import forms as deed_forms
from tanggap.web.workbench.fields import UNKNOWN, Words, choices_of, text_area

AUDIENCE: Final[dict[Audience, Words]] = {
    Audience.AGENCY: _("Seluruh instansi saya"),
    Audience.UNIT: _("Unit saya"),
    Audience.ALL: _("Semua yang menangani laporan ini"),
}
FLAW: Final[dict[Flaw, Words]] = {
    Flaw.MISSING: _("Isi dahulu catatannya."),
    Flaw.TOO_LONG: _("Isian ini terlalu panjang. Persingkat."),
    Flaw.TOO_MANY: _("Paling banyak sepuluh orang dapat disebut dalam satu catatan."),
    Flaw.NOT_TO_BE_MENTIONED: _("Tidak dapat membaca catatan ini, jadi tidak dapat disebut: %(names)s."),
}


class NoteForm(forms.Form):
    """A note, as it is typed; the service judges."""

    use_required_attribute = False
    text = text_area(_("Catatan baru"), hint=_("Sebut rekan dengan @nama-akun. Rekan itu diberi tahu."), rows=3)
    audience = forms.ChoiceField(
        label=_("Dibaca oleh"), choices=choices_of(AUDIENCE), error_messages={**UNKNOWN, "required": UNKNOWN["invalid"]}
    )


class MessageForm(deed_forms.TextForm):
    """A message to the reporter, by way of this system alone (R1, D4.4)."""

    text = text_area(
        _("Isi pesan"),
        hint=_("Hanya pelapor yang membaca ini, dan dapat membalas. Surelnya hanya mengatakan bahwa ada pesan."),
    )
