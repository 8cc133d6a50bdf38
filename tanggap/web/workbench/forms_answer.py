"""The forms of the second look (T12b, T12c), and of a promise whose day has come (T12e, T12f)."""

from django.utils.translation import gettext_lazy as _

from tanggap.domain.moves import Move
from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import schedule_date, text_area


class ReleaseForm(forms.DeedForm):
    """Nothing to type: the answer goes out as its author wrote it."""


class SendBackForm(forms.TextForm):
    """What the author has to mend."""

    text = text_area(
        _("Alasan mengembalikan"), hint=_("Dibaca penulis jawaban. Sebutkan apa yang belum dijawab atau dibuktikan.")
    )


class ScheduleKeptForm(forms.FollowUpForm):
    """What was promised is done, and this shows it (T12e)."""

    text = text_area(_("Apa yang dilaksanakan"), hint=_("Pelapor dan publik membaca ini. Bukti wajib dilampirkan."))


class RescheduleForm(forms.TextForm):
    """Another day, and why (T12f)."""

    outcome_on = schedule_date(_("Tanggal yang baru"))
    text = text_area(_("Alasan mengubah tanggal"), hint=_("Pelapor dan publik membaca ini."))
    field_order = ("outcome_on", "text")

    def move(self) -> Move:
        """Return the reason and the day."""
        return Move(text=self.cleaned_data.get("text", ""), outcome_on=self.cleaned_data.get("outcome_on"))
