"""The form by which a list is exported: which columns, which file, and with names only for a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Officer
from tanggap.domain.exports import MAY_NAME, REASON_LENGTH, Format, Layout
from tanggap.domain.intake import clean
from tanggap.web.workbench.fields import text_area

_LAYOUTS = {
    Layout.LIST: _("Daftar kerja: status, tenggat, petugas, tempat"),
    Layout.SP4N: _("21 kolom ekspor admin SP4N-LAPOR!"),
}
_FORMATS = {Format.XLSX: _("Excel (XLSX)"), Format.CSV: _("CSV")}


class ExportForm(forms.Form):
    """What is exported, and why where that must be said."""

    use_required_attribute = False
    kolom = forms.ChoiceField(
        label=_("Kolom"),
        choices=[(code.value, words) for code, words in _LAYOUTS.items()],
        initial=Layout.LIST.value,
        widget=forms.RadioSelect,
    )
    bentuk = forms.ChoiceField(
        label=_("Bentuk berkas"),
        choices=[(code.value, words) for code, words in _FORMATS.items()],
        initial=Format.XLSX.value,
        widget=forms.RadioSelect,
    )
    nama = forms.BooleanField(
        label=_("Sertakan nama pelapor"),
        required=False,
        help_text=_("Hanya di kolom SP4N. Setiap nama yang dibuka tercatat dan dibaca pelapor. Anonim tetap anonim."),
    )
    alasan = text_area(_("Alasan menyertakan nama"), hint=_("Tercatat selamanya."), rows=2)

    def __init__(self, *args: Any, viewer: Officer, **kwargs: Any) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        if viewer.role not in MAY_NAME:
            del self.fields["nama"], self.fields["alasan"]

    def clean(self) -> None:
        """Names leave only with a reason that says something, and only where there is a column for them."""
        data = self.cleaned_data
        if not data.get("nama"):
            return
        least, most = REASON_LENGTH
        reason = clean(data.get("alasan", ""))
        if data.get("kolom") != Layout.SP4N:
            self.add_error("nama", _("Daftar kerja tidak memuat nama. Pilih kolom SP4N."))
        if not least <= len(reason) <= most:
            self.add_error("alasan", _("Tulis alasan yang jelas, 10 sampai 500 huruf."))

    @property
    def reason(self) -> str:
        """Return why names are wanted; '' when they are not."""
        data = self.cleaned_data
        return clean(data.get("alasan", "")) if data.get("nama") else ""
