"""The form by which colleagues settle who of them works on a report."""

from django.utils.translation import gettext_lazy as _

from tanggap.domain.moves import Move
from tanggap.web.workbench import forms, lists
from tanggap.web.workbench.fields import IdField


class EntrustForm(forms.DeedForm):
    """To which colleague of the office a report is handed."""

    assignee = IdField(_("Rekan yang menangani"))

    def draw(self) -> None:
        """Offer those who serve in the office that has the report, without those it is about."""
        dossier = self.desk.dossier
        colleagues = lists.of_colleagues(dossier.facts, dossier.report.owner_agency_id, self.desk.today)
        self.options("assignee", colleagues)

    def move(self) -> Move:
        """Return the colleague."""
        return Move(assignee_id=self.cleaned_data.get("assignee"))
