"""The form by which an officer writes down what a reporter brought, told or wrote to the office (T9b, T9c)."""

from typing import Any

from django import forms as fields
from django.utils.translation import gettext_lazy as _

from tanggap.domain.attachments import OFFERED_TYPES
from tanggap.domain.intake import COUNTER_CHANNELS, ReportChannel
from tanggap.domain.moves import Move
from tanggap.web import wording
from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import UNKNOWN, choices_of, schedule_date, text_area
from tanggap.web.workbench.widgets import ManyFilesInput


class BroughtForm(forms.TextForm):
    """The reporter's words, how and when they came; a scan stays inside, for nobody was asked about the public."""

    channel = fields.ChoiceField(
        label=_("Melalui"),
        required=False,
        choices=choices_of({code: wording.CHANNEL[code] for code in COUNTER_CHANNELS}, first=_("Pilih")),
        error_messages=UNKNOWN,
    )
    received_on = schedule_date(
        _("Tanggal diterima"),
        hint=_("Hari pelapor menyampaikannya. Batas waktu dihitung dari hari itu, bukan dari hari dicatat."),
    )
    text = text_area(
        _("Yang disampaikan pelapor"),
        hint=_("Tulis apa adanya. Pelapor diberi tahu dan membacanya; publik hanya setelah diperiksa."),
    )
    files = fields.FileField(  # type: ignore[assignment]  # a field, not the files of the form
        label=_("Pindaian atau lampiran"),
        required=False,
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ",".join(OFFERED_TYPES)}),
    )
    field_order = ("channel", "received_on", "text", "files")

    def clean_files(self) -> None:
        """Leave the files to the door, which stages them."""

    def first_values(self, desk: forms.Desk) -> dict[str, Any]:
        """Begin with today: most is written down while the reporter stands there."""
        return {"received_on": desk.today}

    def move(self) -> Move:
        """Return the words, and how and when they came."""
        data = self.cleaned_data
        return Move(
            text=data.get("text", ""),
            channel=ReportChannel(data["channel"]) if data.get("channel") else None,
            received_on=data.get("received_on"),
        )
