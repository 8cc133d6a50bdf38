"""The forms by which agencies hand a report to each other, and the next tier decides whose it is."""

from django.utils.translation import gettext_lazy as _

from tanggap.domain.moves import Move
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import IdField, text_area


class TransferForm(forms.TextForm):
    """To which other agency, and why it is theirs (T7); with the same words the arbiter decides (T7d)."""

    agency = IdField(_("Instansi tujuan"))
    text = text_area(
        _("Alasan melimpahkan"), hint=_("Pelapor dan publik membaca ini. Sebutkan mengapa instansi itu yang berwenang.")
    )
    field_order = ("agency", "text")

    def draw(self) -> None:
        """Offer every agency."""
        self.options("agency", lists.of_agencies())

    def move(self) -> Move:
        """Return reason and destination."""
        return Move(text=self.cleaned_data.get("text", ""), agency_id=self.cleaned_data.get("agency"))


class DecideForm(TransferForm):
    """The arbiter's decision."""

    text = text_area(_("Alasan penetapan"), hint=_("Pelapor dan publik membaca ini."))


class AcceptForm(forms.DeedForm):
    """Taking a report over, at once to a unit where that is known (T7a)."""

    unit = IdField(_("Unit tujuan"))

    def draw(self) -> None:
        """Offer the own units; without one the admin of the agency keeps it."""
        agency_id = self.desk.viewer.agency_id
        self.options("unit", lists.of_units(self.desk.viewer, agency_id), first=_("Belum ditentukan"))

    def move(self) -> Move:
        """Return the unit."""
        return Move(unit_id=self.cleaned_data.get("unit"))


class RefuseForm(forms.ReturnForm):
    """Not ours either, and whose it is (T7b)."""
