"""Forms of a round of assessment: which form, which year, which agencies, and until when."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Evaluator
from tanggap.domain.assessments import Fault
from tanggap.selectors import agencies, assessment_results
from tanggap.services.assessment_rounds import NewRound
from tanggap.services.assessments import AssessmentError
from tanggap.web import wording_assessment as wording

_EVERY: Final = "semua"
_TIME_TO_FILL: Final = timedelta(days=30)
# Beside which field a refusal is said; the others stand above the form.
_FIELD: Final = {
    Fault.UNKNOWN_FORM: "form",
    Fault.OPENED_BEFORE: "year",
    Fault.NO_AGENCIES: "scope",
    Fault.DATE_PAST: "due_on",
    Fault.PERIOD_BACKWARDS: "last_day",
}


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada.")},
    )


class RoundForm(forms.Form):
    """A new round, filled in with the year before this one."""

    use_required_attribute = False

    form = forms.ChoiceField(label=_("Formulir"), error_messages={"required": _("Pilih formulir dari daftar.")})
    year = forms.IntegerField(
        label=_("Tahun"),
        min_value=2000,
        max_value=2100,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Isi tahun, misalnya 2026.")),
    )
    scope = forms.ChoiceField(
        label=_("Instansi yang dinilai"),
        help_text=_("Pemerintah daerah yang diawasi kantor Anda, tanpa kantor Anda sendiri."),
        error_messages={"required": _("Pilih wilayah dari daftar.")},
    )
    first_day = _day(_("Masa yang dinilai, sejak"))
    last_day = _day(_("Masa yang dinilai, sampai"))
    due_on = _day(_("Batas kirim"), _("Hari terakhir instansi dapat mengirim."))

    def __init__(self, posted: Any = None, *, viewer: Evaluator, today: date) -> None:
        last = today.year - 1
        usual = {"year": last, "first_day": date(last, 1, 1), "last_day": date(last, 12, 31)}
        super().__init__(posted, initial={**usual, "due_on": today + _TIME_TO_FILL})
        self._governments = agencies.governments(viewer.overseen - {viewer.agency_id})
        provinces = [(row.area_id, row.name) for row in self._governments if row.area_id and "." not in row.area_id]
        forms_ = [(one.code, wording.spoken(one.names)) for one in assessment_results.newest_forms(today)]
        self._choose("form", forms_)
        self._choose("scope", [(_EVERY, _("Semua pemerintah daerah")), *provinces])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
            field.error_messages["invalid_choice"] = str(_("Pilih dari daftar."))

    def said(self, viewer: Evaluator) -> NewRound:
        """Return the round that was filled in. The form is valid."""
        said = dict(self.cleaned_data)
        scope = said.pop("scope")
        rows = [row for row in self._governments if scope == _EVERY or (row.area_id or "").startswith(scope)]
        return NewRound(**said, agency_ids=frozenset(row.pk for row in rows) - {viewer.agency_id})

    def refuse(self, error: AssessmentError) -> None:
        """Say why the round was not opened, beside the field where that is one."""
        self.add_error(_FIELD.get(error.fault), str(wording.FAULT[error.fault]))


class ExtendForm(forms.Form):
    """A later last day to submit."""

    use_required_attribute = False

    due_on = _day(_("Batas kirim yang baru"))
