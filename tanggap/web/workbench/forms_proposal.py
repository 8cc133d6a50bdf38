"""The forms of what one officer proposes and another decides (DOMAIN 1.9)."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.proposal_guards import proposable
from tanggap.web.workbench.fields import LARGEST_ID, text_area
from tanggap.web.workbench.forms import NO, YES, DeedForm, Desk, TextForm
from tanggap.web.workbench.forms_correction import ReclassifyForm
from tanggap.web.workbench.widgets import CleanField

_INSIDE: Final = _("Hanya dibaca petugas.")
# What is asked besides the words; all other fields belong to another deed.
_ASKED: Final[dict[Action, frozenset[str]]] = {
    Action.RECLASSIFY: frozenset({"category", "classification", "supervisory"}),
    Action.MERGE: frozenset({"lead"}),
}
_ALL: Final = frozenset().union(*_ASKED.values())


class ProposeForm(ReclassifyForm):
    """A deed that this officer may not do, with what it would be done with, and why (U1)."""

    proposes = forms.CharField(required=False, widget=forms.HiddenInput)
    lead = CleanField(
        label=_("Nomor laporan utama"),
        required=False,
        help_text=_("Laporan tentang hal yang sama, yang sudah diverifikasi."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Whom a report is about, who decides about the proposal says.
    named_units = None  # type: ignore[assignment]
    named_users = None  # type: ignore[assignment]
    text = text_area(_("Alasan"), hint=_INSIDE)
    field_order = ("category", "classification", "supervisory", "lead", "text")  # type: ignore[assignment]  # as in VerifyForm

    def draw(self) -> None:
        """Keep the fields of the one deed that is proposed."""
        super().draw()
        for name in _ALL - _ASKED.get(self.kind or Action.PROPOSE, frozenset()):
            del self.fields[name]
        self.initial["proposes"] = self.kind.value if self.kind else ""

    @property
    def kinds(self) -> tuple[Action, ...]:
        """Return what this officer may propose here, the look at an identity left out: it has a place of its own."""
        found = proposable(self.desk.viewer, self.desk.dossier.case)
        return tuple(kind for kind in found if kind != Action.OPEN_IDENTITY)

    @property
    def kind(self) -> Action | None:
        """Return what is proposed: what was asked for, else the first that may be; None where nothing may be."""
        asked = str(self.data.get("proposes") if self.is_bound else self.initial.get("proposes") or "")
        found = proposable(self.desk.viewer, self.desk.dossier.case)
        return next((kind for kind in found if kind.value == asked), next(iter(self.kinds or found), None))

    def move(self) -> Move:
        """Return the proposal."""
        data, said = self.cleaned_data, self.cleaned_data.get("supervisory")
        return Move(
            text=data.get("text", ""),
            proposes=self.kind,
            lead_number=data.get("lead", ""),
            category_code=data.get("category", ""),
            classification=Classification(data["classification"]) if data.get("classification") else None,
            supervisory=said == YES if said else None,
        )


def _which() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)


class AgreeForm(DeedForm):
    """Four eyes: a second officer agrees that a hidden identity is opened (U2)."""

    refers_to = _which()

    def move(self) -> Move:
        """Return which request."""
        return Move(refers_to=self.cleaned_data.get("refers_to"))


class RefuseForm(TextForm):
    """Why a proposal is not followed (U3)."""

    refers_to = _which()
    text = text_area(_("Alasan menolak"), hint=_INSIDE)

    def move(self) -> Move:
        """Return which proposal, and why not."""
        return Move(text=self.cleaned_data.get("text", ""), refers_to=self.cleaned_data.get("refers_to"))


def first_values(desk: Desk, action: Action, asked: str) -> dict[str, Any]:
    """Return what a form begins with that is opened out of a proposal, named by its event; or for a kind of one."""
    if action == Action.PROPOSE:
        return {"proposes": asked}
    one = desk.dossier.facts.undecided.get(int(asked)) if asked.isdecimal() else None
    if one is None:
        return {}
    if action in {Action.AGREE, Action.REFUSE_PROPOSAL}:
        return {"refers_to": one.seq}
    if one.kind != action:
        return {}
    words = {"text": desk.dossier.texts.get((one.seq, "text")) or ""}
    if action != Action.RECLASSIFY:
        return words
    answer = {True: YES, False: NO, None: ""}[one.values["supervisory"]]
    said = {"category": one.values["category"], "classification": one.values["classification"]}
    return words | said | {"supervisory": answer}
