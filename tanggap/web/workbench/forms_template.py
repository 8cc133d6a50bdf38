"""The form of a canned text."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.templates import Kind, Variable
from tanggap.services.templates import Content, Flaw, Found, flaws
from tanggap.web.workbench.fields import UNKNOWN, Words, choices_of, text_area
from tanggap.web.workbench.widgets import CleanField

KIND: Final[dict[Kind, Words]] = {
    Kind.NOTE: _("Catatan kepada unit"),
    Kind.ANSWER: _("Jawaban dan tindak lanjut"),
    Kind.DATA_REQUEST: _("Permintaan kelengkapan"),
    Kind.RETURN: _("Pengembalian dan pelimpahan"),
    Kind.ARCHIVE: _("Pengarsipan"),
}
FLAW: Final[dict[Flaw, Words]] = {
    Flaw.MISSING: _("Isian ini wajib diisi."),
    Flaw.TOO_LONG: _("Isian ini terlalu panjang. Persingkat."),
    Flaw.UNKNOWN_VARIABLE: _("Variabel ini tidak dikenal: %(named)s."),
    Flaw.TAKEN: _("Sudah ada templat dengan nama ini. Pilih nama lain."),
    Flaw.ENDS_TOO_EARLY: _("Tanggal akhir ada sebelum tanggal mulai."),
}
VARIABLE: Final[dict[Variable, Words]] = {
    Variable.NUMBER: _("nomor laporan"),
    Variable.TITLE: _("judul laporan"),
    Variable.AGENCY: _("nama instansi"),
    Variable.UNIT: _("nama unit"),
    Variable.DUE: _("tanggal tenggat"),
    Variable.REPORTER: _("sapaan kepada pelapor, tanpa nama"),
}
_WRONG_DATE: Final[dict[str, Words]] = {"invalid": _("Tulis tanggal yang benar, misalnya 21-07-2026.")}


def _day(label: Words, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={**_WRONG_DATE, "required": FLAW[Flaw.MISSING]},
    )


class TemplateForm(forms.Form):
    """A canned text, as its writer types it; the service judges."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Untuk"),
        choices=choices_of(KIND),
        error_messages={**UNKNOWN, "required": FLAW[Flaw.MISSING]},
    )
    name = CleanField(label=_("Nama templat"), required=False)
    text = text_area(_("Isi templat"), rows=8)
    valid_from = _day(_("Berlaku mulai"), required=True)
    valid_to = _day(_("Berlaku sampai"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask the service what is wrong, also where a field could not be read: all is said at once."""
        data = self.cleaned_data
        texts = data.get("name", ""), data.get("text", "")
        self.complain(flaws(*texts, data.get("valid_from"), data.get("valid_to")))
        return data

    def complain(self, found: Iterable[Found]) -> None:
        """Say what is wrong at its field."""
        for one in found:
            self.add_error(one.field, str(FLAW[one.flaw]) % {"named": f"{{{{{one.named}}}}}"})

    def content(self) -> Content:
        """Return the template; call it after `is_valid`."""
        data = self.cleaned_data
        return Content(Kind(data["kind"]), data["name"], data["text"], data["valid_from"], data["valid_to"])
