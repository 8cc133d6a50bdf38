"""The form of a new recommendation: what, about which criterion or formula, whose it is, and by when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.indicators import Kind, Population
from tanggap.domain.recommendations import Fault
from tanggap.selectors import formulas
from tanggap.selectors.assessments import Sight
from tanggap.services.recommendations import LONGEST, NewRecommendation, RecommendationError
from tanggap.web import recommending, wording_assessment
from tanggap.web import wording_recommendations as wording

if TYPE_CHECKING:
    from tanggap.models import Unit

_FIELD = {Fault.TEXT_MISSING: "text", Fault.DATE_PAST: "due_on", Fault.OTHER_UNIT: "unit"}


class GiveForm(forms.Form):
    """A new recommendation."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Rekomendasi"),
        help_text=_("Terbuka untuk umum. Tulis apa yang perlu berubah, tanpa nama orang."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis isinya.")},
    )
    due_on = recommending.day_field(_("Tenggat"), _("Hari terakhir instansi melaporkan selesai."))

    def __init__(self, sight: Sight, units: Sequence["Unit"], *args: Any) -> None:
        super().__init__(*args)
        spoken = wording_assessment.spoken
        form = sight.form
        parts = [(part.code, spoken(part.names)) for part in form.aspects]
        parts += [(code, spoken(one.words)) for code, one in form.criteria.items()]
        told = [
            (code, f"{spoken(one.names)} ({one.key})")
            for code, one in formulas.newest().items()
            if one.population == Population.REPORTS and one.kind in {Kind.RATIO, Kind.MEAN}
        ]
        self.fields["subject"] = _choice(_("Aspek atau kriteria"), [("", _("Tidak khusus")), *parts])
        self.fields["formula"] = _choice(
            _("Rumus angka"),
            [("", _("Tidak ada")), *told],
            _("Angkanya diperbandingkan: tahun yang dinilai, tahun sesudahnya, dan sekarang."),
        )
        rows = [(str(one.pk), one.name) for one in units]
        self.fields["unit"] = _choice(_("Pemilik"), [("", sight.assessment.agency.name), *rows])

    def said(self) -> NewRecommendation:
        """Return what was said. The form is valid."""
        said = self.cleaned_data
        return NewRecommendation(
            text=said["text"],
            due_on=said["due_on"],
            subject=said["subject"],
            formula=said["formula"],
            unit_id=int(said["unit"]) if said["unit"] else None,
        )

    def refuse(self, error: RecommendationError) -> None:
        """Say beside the field, or above the form, why nothing was done."""
        self.add_error(_FIELD.get(error.fault), str(wording.FAULT[error.fault]))


def _choice(label: Any, choices: list[tuple[str, Any]], hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )
