"""The form of a deed to many: what is done, and what it needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain import bulk
from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.domain.bulk import Kind
from tanggap.domain.intake import EXTRA_MOST, clean
from tanggap.selectors.queues import Filters
from tanggap.web import wording_bulk
from tanggap.web.workbench import lists
from tanggap.web.workbench.fields import IdField, text_area
from tanggap.web.workbench.widgets import CleanField

CODES: Mapping[str, Kind] = {
    "teruskan": Kind.ASSIGN,
    "gabungkan": Kind.MERGE,
    "serahkan": Kind.ENTRUST,
    "tegur": Kind.NUDGE,
    "tandai": Kind.TAG,
    "lepas-tanda": Kind.UNTAG,
}


def choices_for(viewer: Officer, filters: Filters) -> list[tuple[str, Promise]]:
    """Return what this officer may do to many of a list, as codes of the address and words."""
    if filters.queue.is_others:
        return []
    allowed = bulk.offered(viewer.role, filters.statuses, is_own=filters.queue.is_own)
    return [(code, wording_bulk.DEEDS[kind]) for code, kind in CODES.items() if kind in allowed]


class BulkForm(forms.Form):
    """What a deed to many needs: a destination and a note, a report that leads the others, or a word."""

    use_required_attribute = False
    agency = IdField(_("Instansi"))
    unit = IdField(_("Unit tujuan"))
    assignee = IdField(_("Rekan yang menangani"))
    text = text_area(_("Catatan"), hint=_("Hanya dibaca petugas. Sama untuk semua laporan yang dipilih."), rows=3)
    word = CleanField(label=_("Tanda"), required=False, help_text=_("2 sampai 40 huruf. Hanya dibaca instansi Anda."))

    lead = forms.ChoiceField(
        label=_("Laporan utama"),
        help_text=_("Laporan lain mengikuti laporan ini. Yang tertua sudah dipilih."),
        error_messages={
            "required": _("Pilih paling sedikit satu laporan terverifikasi sebagai laporan utama."),
            "invalid_choice": _("Pilih laporan utama dari daftar ini."),
        },
    )
    is_checked = forms.BooleanField(
        label=_("Saya sudah membaca setiap laporan yang belum diverifikasi"),
        help_text=_("Laporan itu ikut terverifikasi dan terbit. Data pribadi yang ditemukan disamarkan semuanya."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        viewer: Officer,
        today: date,
        leads: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        self.kind = kind
        is_word = kind in {Kind.TAG, Kind.UNTAG}
        is_national = isinstance(viewer, NationalAdmin)
        drop = {"text", "agency", "unit"} if is_word else {"word"}
        drop |= {"text"} if kind in {Kind.MERGE, Kind.ENTRUST} else set()
        drop |= set() if kind == Kind.MERGE else {"lead", "is_checked"}
        drop |= set() if kind == Kind.ENTRUST else {"assignee"}
        if kind != Kind.ASSIGN:
            drop |= {"agency", "unit"}
        drop |= {"unit"} if is_national else {"agency"}
        for name in drop & self.fields.keys():
            del self.fields[name]
        if "lead" in self.fields:
            self.fields["lead"].choices = leads  # type: ignore[attr-defined]
        if "agency" in self.fields:
            self._options("agency", lists.of_agencies())
        if "assignee" in self.fields:
            self._options("assignee", lists.of_office(viewer, today))
        if "unit" in self.fields:
            self._options("unit", lists.of_units(viewer, viewer.agency_id))

    def _options(self, name: str, choices: Any) -> None:
        self.fields[name].widget.choices = [("", _("Pilih")), *choices]

    def clean(self) -> None:
        """Say everything that is missing at once."""
        data = self.cleaned_data
        if "word" in self.fields and not bulk.tag(data.get("word", "")):
            self.add_error("word", _("Tulis satu tanda, 2 sampai 40 huruf."))
        for name in ("agency", "unit", "assignee"):
            if name in self.fields and data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Pilih rekannya.") if name == "assignee" else _("Pilih tujuannya."))
        if "text" in self.fields and not 0 < len(clean(data.get("text", ""))) <= EXTRA_MOST:
            self.add_error("text", _("Tulis catatan."))

    def asked(self) -> dict[str, Any]:
        """Return what was typed as the job keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}
