"""The forms by which an office asks others to help, ends that, and by which they help (T23)."""

from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import NationalAdmin
from tanggap.domain.moves import Move
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import IdField, text_area


class AddForm(forms.TextForm):
    """Who is asked to help: a unit of the own agency, or another agency (T23)."""

    unit = IdField(_("Unit pendukung"))
    agency = IdField(_("Instansi pendukung"))
    text = text_area(_("Yang diminta"), hint=_("Hanya dibaca petugas."), rows=3)
    field_order = ("unit", "agency", "text")

    def draw(self) -> None:
        """Offer the own units and every agency; the national admin has no units."""
        self.options("agency", lists.of_agencies(), first=_("Tidak ada"))
        if isinstance(self.desk.viewer, NationalAdmin):
            del self.fields["unit"]
        else:
            agency_id = self.desk.dossier.report.owner_agency_id
            self.options("unit", lists.of_units(self.desk.viewer, agency_id), first=_("Tidak ada"))

    def move(self) -> Move:
        """Return note and office; where both were chosen, the unit."""
        data = self.cleaned_data
        unit_id = data.get("unit")
        return Move(text=data.get("text", ""), unit_id=unit_id, agency_id=None if unit_id else data.get("agency"))


class EndForm(forms.DeedForm):
    """Who helps no longer (T23a)."""

    unit = IdField(_("Unit pendukung"))
    agency = IdField(_("Instansi pendukung"))

    def draw(self) -> None:
        """Offer those who help now."""
        dossier = self.desk.dossier
        facts = dossier.facts
        for name, ids, names in (
            ("unit", facts.supporting_unit_ids, dossier.units),
            ("agency", facts.supporting_agency_ids, dossier.agencies),
        ):
            if ids:
                self.options(name, [(str(pk), names.get(pk, "")) for pk in sorted(ids)], first=_("Tidak ada"))
            else:
                del self.fields[name]

    def move(self) -> Move:
        """Return the office."""
        unit_id = self.cleaned_data.get("unit")
        return Move(unit_id=unit_id, agency_id=None if unit_id else self.cleaned_data.get("agency"))


class ContributeForm(forms.TextForm):
    """What the office knows or has done, for the one that answers (T23b)."""

    text = text_area(_("Masukan"), hint=_("Hanya dibaca petugas. Untuk ditulis ke publik, pilih “Tulis dukungan”."))


class SupportForm(forms.FollowUpForm):
    """What the supporting office did, for everybody (T23c)."""

    text = text_area(_("Yang dilakukan kantor Anda"), hint=_("Pelapor dan publik membaca ini. Bukan jawaban akhir."))
