"""The forms of a formal request for information (UU 14/2008): hand it to the PPID, and take seven days more."""

from django.utils.translation import gettext_lazy as _

from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import text_area


class HandForm(forms.TextForm):
    """The applicant's consent, and what the information is for (T31)."""

    text = text_area(
        _("Persetujuan pemohon dan tujuan informasi"),
        hint=_("Kapan dan bagaimana pemohon menyetujui, dan untuk apa informasinya. Pemohon membaca ini."),
    )


class ExtendForm(forms.TextForm):
    """The written reason that the law asks for (T31a)."""

    text = text_area(_("Alasan tertulis"), hint=_("Pemohon membaca ini (UU 14/2008 Pasal 22 ayat 8)."))
