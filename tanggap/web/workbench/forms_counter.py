"""The form of the counter: the citizen's own form, with how and when the report came, and who files for whom (D5.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import COUNTER_CHANNELS, Fault, IncomingReport, ReportChannel, StagedFile
from tanggap.web import wording
from tanggap.web.forms_filing import FilingForm, TextField

_LONGEST_NAME: Final = 200
_LONGEST_ADDRESS: Final = 500
# The clerk is not the reporter.
_TO_THE_CLERK: Final[Mapping[tuple[str, Fault], Promise]] = {
    ("name", Fault.MISSING): _("Isi nama pelapor, atau pilih Anonim."),
    ("email", Fault.CONTACT): _("Isi surel, nomor telepon, atau alamat pelapor, atau pilih Anonim."),
    ("body", Fault.MISSING): _("Tulis apa yang terjadi menurut pelapor."),
}


class CounterForm(FilingForm):
    """What an officer types in for a citizen who came, called or wrote."""

    channel = forms.ChoiceField(
        label=_("Melalui"),
        choices=[(code.value, wording.CHANNEL[code]) for code in COUNTER_CHANNELS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Pilih lewat mana laporan ini datang.")),
    )
    received_on = forms.DateField(
        label=_("Tanggal diterima"),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal yang benar, misalnya 21-07-2026.")},
    )
    address = TextField(label=_("Alamat"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    proxy = TextField(label=_("Nama kuasa"), required=False, widget=forms.TextInput)

    def words_of(self, field: str, fault: Fault) -> str:
        """Say what is wrong to the clerk, who asks the reporter."""
        words = _TO_THE_CLERK.get((field, fault))
        return str(words) if words else super().words_of(field, fault)

    def incoming(self, files: Iterable[StagedFile]) -> IncomingReport:
        """Return what was typed in as the service takes it; call it after `is_valid`."""
        made, data = super().incoming(files), self.cleaned_data
        return replace(
            made,
            channel=ReportChannel(data.get("channel") or ReportChannel.WALK_IN),
            received_on=data.get("received_on"),
            identity=replace(
                made.identity,
                address=data.get("address", "")[:_LONGEST_ADDRESS],
                proxy=data.get("proxy", "")[:_LONGEST_NAME],
            ),
            # A scan is never shown: who laid it on the counter was not asked about the public.
            files=tuple(replace(file, is_publishable=False) for file in made.files),
        )


def again(data: QueryDict) -> CounterForm:
    """Return the form as it was filled in, without judging it: for a redraw with the next list of areas."""
    return CounterForm(initial={name: data.get(name, "") for name in CounterForm.base_fields})


def empty(first: dict[str, Any]) -> CounterForm:
    """Return the form as an officer first sees it."""
    return CounterForm(initial={"channel": ReportChannel.WALK_IN.value, **first})
