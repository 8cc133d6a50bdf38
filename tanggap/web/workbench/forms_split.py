"""The form by which a report is divided into parts (T22)."""

from typing import Any, Final

from django import forms as fields
from django.utils.translation import gettext_lazy as _

from tanggap.domain.moves import Move, SplitPart
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import IdField, text_area
from tanggap.web.workbench.widgets import CleanField

ROWS: Final = 4


class SplitForm(forms.TextForm):
    """Why, and for each part what it is called and who gets it. Rows that stay empty are no parts."""

    text = text_area(
        _("Mengapa dibagi"), hint=_("Pelapor dan publik membaca ini. Setiap bagian memuat laporan utuh."), rows=3
    )
    parts = fields.CharField(required=False, widget=fields.HiddenInput)  # where an error about the parts hangs

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for row in range(1, ROWS + 1):
            title = _("Judul bagian %(row)s") % {"row": row}
            self.base_fields[f"title_{row}"] = CleanField(
                label=title, required=False, widget=fields.TextInput(attrs={"autocomplete": "off"})
            )
            self.base_fields[f"agency_{row}"] = IdField(_("Instansi bagian %(row)s") % {"row": row})
        super().__init__(*args, **kwargs)

    def draw(self) -> None:
        """Offer every agency for each part."""
        for row in range(1, ROWS + 1):
            self.options(f"agency_{row}", lists.of_agencies(), first=_("Tidak ada"))

    def rows(self) -> list[tuple[Any, Any]]:
        """Return the two fields of each part, for the page."""
        return [(self[f"title_{row}"], self[f"agency_{row}"]) for row in range(1, ROWS + 1)]

    def move(self) -> Move:
        """Return the reason and the parts that were named."""
        data = self.cleaned_data
        pairs = [(data.get(f"title_{row}") or "", data.get(f"agency_{row}")) for row in range(1, ROWS + 1)]
        parts = tuple(SplitPart(title, agency_id) for title, agency_id in pairs if title and agency_id)
        return Move(text=data.get("text", ""), parts=parts)
