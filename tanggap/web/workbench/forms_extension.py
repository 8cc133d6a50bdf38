"""The forms by which a unit asks for more time, and an admin gives it or not (T25)."""

from datetime import date
from typing import Any

from django import forms as fields
from django.utils.translation import gettext_lazy as _

from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import text_area


def _day(label: Any) -> fields.DateField:
    return fields.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=fields.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal yang benar, misalnya 21-07-2026.")},
    )


class RequestForm(forms.TextForm):
    """Ground, plan and date (T25)."""

    new_date = _day(_("Batas waktu baru yang diminta"))
    text = text_area(_("Alasan memerlukan waktu"), hint=_("Dibaca admin. Bila disetujui, pelapor membaca alasannya."))
    plan = text_area(_("Rencana sampai tanggal itu"), rows=3)
    field_order = ("new_date", "text", "plan")

    def move(self) -> Move:
        """Return ground, plan and date."""
        data = self.cleaned_data
        return Move(text=data.get("text", ""), plan=data.get("plan", ""), new_date=data.get("new_date"))


class GrantForm(forms.TextForm):
    """The decision in the admin's words, which begin as what was asked (T25a)."""

    new_date = _day(_("Batas waktu baru"))
    text = text_area(_("Alasan dan rencana"), hint=_("Pelapor dan publik membaca ini."))
    field_order = ("new_date", "text")

    def first_values(self, desk: forms.Desk) -> dict[str, Any]:
        """Begin with the request."""
        asked = next((e for e in reversed(desk.dossier.events) if e.kind == Action.REQUEST_EXTENSION), None)
        if asked is None:
            return {}
        said = [desk.dossier.texts.get((asked.seq, name)) or "" for name in ("text", "plan")]
        return {"new_date": date.fromisoformat(asked.data["until"]), "text": "\n\n".join(said)}

    def move(self) -> Move:
        """Return ground and date."""
        return Move(text=self.cleaned_data.get("text", ""), new_date=self.cleaned_data.get("new_date"))


class RefuseForm(forms.TextForm):
    """No, and why (T25b)."""

    text = text_area(_("Alasan menolak"), hint=_("Hanya dibaca petugas."))
