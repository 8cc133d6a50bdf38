"""The form by which an admin corrects what a report is, after its verification (T24)."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import Classification
from tanggap.domain.moves import Move
from tanggap.web import wording
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import IdsField, choices_of, radios, text_area
from tanggap.web.workbench.widgets import CleanField, QuickSelect

_YES, _NO = "ya", "tidak"
_ANSWERS: Final = {True: _YES, False: _NO, None: ""}


class ReclassifyForm(forms.TextForm):
    """What a report is, and whom it is about, anew, with the reason; the time limit of the answer follows."""

    category = CleanField(label=_("Kategori"), required=False, widget=QuickSelect)
    classification = radios(_("Klasifikasi"), choices_of(wording.CLASSIFICATION))
    supervisory = radios(_("Berkadar pengawasan"), [(_YES, _("Ya")), (_NO, _("Tidak"))])
    named_units = IdsField(_("Unit terlapor"), hint=_("Unit ini dan bawahannya tidak dapat melihat laporan."))
    named_users = IdsField(_("Pejabat terlapor"), hint=_("Akun ini tidak dapat melihat laporan."))
    text = text_area(
        _("Alasan perubahan"),
        hint=_("Pelapor dan publik membaca ini. Batas waktu jawaban dihitung ulang dari awal penyelesaian."),
    )
    field_order = ("category", "classification", "supervisory", "named_units", "named_users", "text")

    def first_values(self, desk: forms.Desk) -> dict[str, Any]:
        """Begin with what stands now."""
        report = desk.dossier.report
        return {
            "category": report.category_id or "",
            "classification": report.classification,
            "supervisory": _ANSWERS[report.supervisory],
        }

    def draw(self) -> None:
        """Fetch the lists."""
        self.options("category", lists.of_categories())
        if "named_units" in self.fields:
            viewer, agency_id = self.desk.viewer, self.desk.dossier.report.owner_agency_id
            self.options("named_units", lists.of_units(viewer, agency_id))
            self.options("named_users", lists.of_officers(viewer, agency_id, self.desk.today))

    def move(self) -> Move:
        """Return the correction."""
        data = self.cleaned_data
        said = data.get("supervisory")
        return Move(
            text=data.get("text", ""),
            category_code=data.get("category", ""),
            classification=Classification(data["classification"]) if data.get("classification") else None,
            supervisory=said == _YES if said else None,
            named_units=tuple(data.get("named_units") or ()),
            named_users=tuple(data.get("named_users") or ()),
        )
