"""The form by which an admin corrects what a report is, after its verification (T24)."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import Classification
from tanggap.domain.moves import Move
from tanggap.web import wording
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import choices_of, radios, text_area
from tanggap.web.workbench.widgets import CleanField, QuickSelect

_YES, _NO = "ya", "tidak"
_ANSWERS: Final = {True: _YES, False: _NO, None: ""}


class ReclassifyForm(forms.TextForm):
    """Category, classification and supervision anew, with the reason; the time limit of the answer follows."""

    category = CleanField(label=_("Kategori"), required=False, widget=QuickSelect)
    classification = radios(_("Klasifikasi"), choices_of(wording.CLASSIFICATION))
    supervisory = radios(_("Berkadar pengawasan"), [(_YES, _("Ya")), (_NO, _("Tidak"))])
    text = text_area(
        _("Alasan perubahan"),
        hint=_("Pelapor dan publik membaca ini. Batas waktu jawaban dihitung ulang dari awal penyelesaian."),
    )
    field_order = ("category", "classification", "supervisory", "text")

    def first_values(self, desk: forms.Desk) -> dict[str, Any]:
        """Begin with what stands now."""
        report = desk.dossier.report
        return {
            "category": report.category_id or "",
            "classification": report.classification,
            "supervisory": _ANSWERS[report.supervisory],
        }

    def draw(self) -> None:
        """Fetch the categories."""
        self.options("category", lists.of_categories())

    def move(self) -> Move:
        """Return the correction."""
        data = self.cleaned_data
        said = data.get("supervisory")
        return Move(
            text=data.get("text", ""),
            category_code=data.get("category", ""),
            classification=Classification(data["classification"]) if data.get("classification") else None,
            supervisory=said == _YES if said else None,
        )
