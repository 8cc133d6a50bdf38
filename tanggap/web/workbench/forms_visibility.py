"""The form by which a report is made more secret; less so by the national admin, where an officer was wrong (T26)."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.policy import Allowed, Reason, decide
from tanggap.web.wording_refusals import REFUSAL
from tanggap.web.workbench.fields import text_area
from tanggap.web.workbench.forms import DeedForm, Desk

_LIFTS: Final = {"lifts_anonymous": "is_anonymous", "lifts_confidential": "is_confidential"}


class VisibilityForm(DeedForm):
    """More secret; less only what officers set, by the national admin, for a reason."""

    is_anonymous = forms.BooleanField(
        label=_("Jadikan anonim"), required=False, help_text=_("Unit tidak melihat nama pelapor.")
    )
    is_confidential = forms.BooleanField(
        label=_("Jadikan rahasia"), required=False, help_text=_("Laporan segera hilang dari halaman publik.")
    )
    lifts_anonymous = forms.BooleanField(
        label=_("Cabut anonim yang dipasang petugas"), required=False, help_text=_("Unit melihat nama pelapor lagi.")
    )
    lifts_confidential = forms.BooleanField(
        label=_("Cabut rahasia yang dipasang petugas"),
        required=False,
        help_text=_("Laporan yang sudah diverifikasi terbit lagi untuk publik."),
    )
    lift_reason = text_area(_("Alasan mencabut"), hint=_("Dibaca pelapor."), rows=3)

    def draw(self) -> None:
        """A flag that is set already is no question; one that may not be taken back neither."""
        report = self.desk.dossier.report
        if report.is_anonymous:
            del self.fields["is_anonymous"]
        if report.is_confidential:
            del self.fields["is_confidential"]
        liftable = _liftable(self.desk)
        for name in _LIFTS:
            if name not in liftable:
                del self.fields[name]
        if not liftable:
            del self.fields["lift_reason"]

    def clean(self) -> None:
        """Say beside the field that the reason is missing."""
        super().clean()
        data = self.cleaned_data
        if any(data.get(lift) for lift in _LIFTS) and not data.get("lift_reason"):
            self.add_error("lift_reason", str(REFUSAL[Reason.MISSING_TEXT]))

    def move(self) -> Move:
        """Return the flags that were ticked, and why one is taken back."""
        data = self.cleaned_data
        found = {name: _said(data.get(name), data.get(lift)) for lift, name in _LIFTS.items()}
        return Move(
            is_anonymous=found["is_anonymous"],
            is_confidential=found["is_confidential"],
            text=data.get("lift_reason", "") if False in found.values() else "",
        )


def _said(sets: object, lifts: object) -> bool | None:
    return False if lifts else True if sets else None


def may_change(desk: Desk) -> bool:
    """Say whether there is anything to change: a flag to set, or one to take back."""
    report = desk.dossier.report
    return not (report.is_anonymous and report.is_confidential) or bool(_liftable(desk))


def _liftable(desk: Desk) -> frozenset[str]:
    """Return the fields of the flags that this officer may take back."""
    moves = {
        "lifts_anonymous": Move(is_anonymous=False, text="?"),
        "lifts_confidential": Move(is_confidential=False, text="?"),
    }
    found = {
        lift: decide(Action.SET_VISIBILITY, actor=desk.viewer, case=desk.dossier.case, move=move)
        for lift, move in moves.items()
    }
    return frozenset(lift for lift, decision in found.items() if isinstance(decision, Allowed))
