"""The form by which an officer says: I am away from … to …, and … stands in."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import AgencyAdmin, LiaisonOfficer, NationalAdmin, Officer
from tanggap.selectors import duty
from tanggap.web.workbench.fields import IdField

_FIELD_EMPTY = {"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak dikenal.")}


class LeaveForm(forms.Form):
    """Days and deputy; an admin or a liaison officer says whose leave it is."""

    person = IdField(_("Siapa yang cuti"))
    first_day = forms.DateField(
        label=_("Hari pertama"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_FIELD_EMPTY
    )
    last_day = forms.DateField(
        label=_("Hari terakhir"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_FIELD_EMPTY
    )
    deputy = IdField(_("Wakil"), hint=_("Wakil menerima pemberitahuan Anda. Ia memakai akunnya sendiri."))

    def __init__(self, *args: Any, viewer: Officer, on: date, **values: Any) -> None:
        super().__init__(*args, **values)
        if isinstance(viewer, AgencyAdmin | NationalAdmin | LiaisonOfficer):
            people = _people(duty.colleagues(viewer=viewer, on=on))
            self._choose("person", people)
            self.fields["person"].initial = viewer.user_id
            self.fields["deputy"].help_text = _("Wakil menerima pemberitahuannya. Ia memakai akunnya sendiri.")
        else:
            del self.fields["person"]
        offered = _people(duty.deputies(viewer=viewer, on=on))
        self._choose("deputy", [("", _("Tidak ada wakil")), *offered])

    def _choose(self, name: str, rows: list[tuple[str, Any]]) -> None:
        cast(forms.Select, self.fields[name].widget).choices = rows


def _people(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Return people as choices, each once: one may hold several offices."""
    return list({str(row.user_id): _named(row) for row in rows}.items())


def _named(row: Any) -> str:
    return " · ".join(part for part in (row.user.get_full_name(), str(row.unit or "")) if part)
