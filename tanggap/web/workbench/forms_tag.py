"""The form of one word to be hung on a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain import bulk
from tanggap.web.workbench.widgets import CleanField


class TagForm(forms.Form):
    """One word."""

    use_required_attribute = False
    word = CleanField(
        label=_("Tanda baru"), required=False, help_text=_("2 sampai 40 huruf. Hanya dibaca instansi Anda.")
    )

    def clean_word(self) -> str:
        """Return the word as it is kept."""
        word = bulk.tag(self.cleaned_data["word"])
        if not word:
            raise forms.ValidationError(_("Tulis satu tanda, 2 sampai 40 huruf."))
        return word
