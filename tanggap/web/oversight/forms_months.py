"""Which months of receipt a page of oversight is asked for."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

_MOST_YEARS: Final = 5
_MONTH: Final = {"invalid": lazy("Isi bulan, misalnya 2026-07."), "required": lazy("Isi bulan, misalnya 2026-07.")}


def _month(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    return forms.DateField(label=label, input_formats=["%Y-%m"], widget=widget, error_messages=_MONTH)


class MonthsForm(forms.Form):
    """From which month to which reports were received."""

    use_required_attribute = False

    dari = _month(lazy("Sejak bulan"))
    sampai = _month(lazy("Sampai bulan"))

    def clean(self) -> dict[str, Any]:
        """Refuse months that go backwards, and more of them than one question may cost."""
        said = self.cleaned_data
        if "dari" in said and "sampai" in said:
            if said["sampai"] < said["dari"]:
                self.add_error("sampai", str(_("Bulan akhir lebih awal daripada bulan awal.")))
            elif said["sampai"].year - said["dari"].year > _MOST_YEARS:
                self.add_error("dari", str(_("Pilih paling lama lima tahun.")))
        return said
