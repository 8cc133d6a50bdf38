"""The forms of the second look: a held answer is released, or sent back with a ground (T12b, T12c)."""

from django.utils.translation import gettext_lazy as _

from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import text_area


class ReleaseForm(forms.DeedForm):
    """Nothing to type: the answer goes out as its author wrote it."""


class SendBackForm(forms.TextForm):
    """What the author has to mend."""

    text = text_area(
        _("Alasan mengembalikan"), hint=_("Dibaca penulis jawaban. Sebutkan apa yang belum dijawab atau dibuktikan.")
    )
