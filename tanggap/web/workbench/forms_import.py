"""The forms of an import: which sheet, and what names in it mean that nobody here has."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.domain.imports import MAY, Kind, SheetFault
from tanggap.services.import_rows import CATEGORY, NOTHING
from tanggap.web import wording_imports
from tanggap.web.workbench import lists
from tanggap.web.workbench.fields import UNKNOWN, IdField
from tanggap.web.workbench.widgets import QuickSelect

# More names than that are mended in the sheet itself.
MOST_NAMES: Final = 40


def kinds_for(viewer: Officer) -> list[Kind]:
    """Return what an officer may bring in."""
    return [kind for kind in Kind if viewer.role in MAY[kind]]


class ImportForm(forms.Form):
    """A sheet and what its rows are."""

    use_required_attribute = False
    jenis = forms.ChoiceField(
        label=_("Isi lembar kerja"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Pilih isi lembar kerja.")),
    )
    instansi = IdField(_("Instansi"), hint=_("Kosong: setiap baris menurut kolom Instansi Induk. Hanya untuk riwayat."))
    berkas = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        error_messages={
            "required": _("Pilih berkas XLSX atau CSV."),
            "empty": cast(str, wording_imports.SHEET_FAULT[SheetFault.EMPTY]),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, viewer: Officer, **kwargs: Any) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        kinds = kinds_for(viewer)
        cast(forms.ChoiceField, self.fields["jenis"]).choices = [
            (kind.value, wording_imports.KIND[kind]) for kind in kinds
        ]
        self.fields["jenis"].initial = kinds[0].value
        if isinstance(viewer, NationalAdmin):
            self.fields["instansi"].widget.choices = [("", _("Semua")), *lists.of_agencies()]
        else:
            del self.fields["instansi"]


class MeaningForm(forms.Form):
    """What each unknown name means; what is left open stays a fault of its rows."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        names: Mapping[str, Sequence[str]],
        choices: Mapping[str, Sequence[tuple[Any, Any]]],
        **kwargs: Any,
    ) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        self._names: dict[str, tuple[str, str]] = {}
        for what, said in names.items():
            none = _("Tanpa kategori") if what == CATEGORY else _("Instansi sendiri, tanpa unit")
            rows = [("", _("Belum ditetapkan")), (NOTHING, none), *choices[what]]
            for place, name in enumerate(said[:MOST_NAMES]):
                field = forms.ChoiceField(
                    label=name, required=False, choices=rows, widget=QuickSelect(), error_messages=UNKNOWN
                )
                self.fields[f"{what}_{place}"] = field
                self._names[f"{what}_{place}"] = what, name

    def meanings(self) -> dict[str, dict[str, str]]:
        """Return what was chosen, by kind and name."""
        made: dict[str, dict[str, str]] = {}
        for field, (what, name) in self._names.items():
            if said := self.cleaned_data.get(field):
                made.setdefault(what, {})[name] = said
        return made

    def parts(self) -> list[tuple[str, list[Any]]]:
        """Return the fields of each kind, to be drawn."""
        kinds = dict.fromkeys(what for what, _name in self._names.values())
        return [(what, [self[field] for field, (of, _name) in self._names.items() if of == what]) for what in kinds]
