"""The form by which more of a published report is hidden (T30)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain import hiding
from tanggap.domain.hiding import HidingGround
from tanggap.domain.moves import Move
from tanggap.services.hiding import uncovered
from tanggap.web import wording_grounds
from tanggap.web.workbench.fields import UNKNOWN, choices_of, radios, text_area
from tanggap.web.workbench.forms import LONGEST_NAME, MOST_NAMES, DeedForm, Desk


class RedactForm(DeedForm):
    """Which words and pictures the public shall not see any more, and why."""

    hiding_ground = radios(_("Alasan menyamarkan"), choices_of(wording_grounds.HIDING_GROUND))
    masked_words = text_area(
        _("Kata yang disamarkan"),
        hint=_("Satu per baris. Setiap kemunculannya di teks publik disamarkan dan tidak dapat dibuka lagi."),
        rows=3,
    )
    hidden_files = forms.MultipleChoiceField(
        label=_("Gambar yang disembunyikan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN["invalid_choice"]},
    )

    def first_values(self, desk: Desk) -> dict[str, Any]:
        """Begin with what today's finders see and nobody has answered."""
        found = uncovered(desk.dossier.events, desk.dossier.texts)
        return {"masked_words": "\n".join(dict.fromkeys(words for _place, _kind, words in found))}

    def draw(self) -> None:
        """Offer the pictures that are public."""
        gone = hiding.hidden_files(self.desk.dossier.events)
        files = [file for found in self.desk.dossier.files.values() for file in found]
        shown = [(file.key, file.name) for file in files if file.is_publishable and file.key not in gone]
        if shown:
            self.fields["hidden_files"].choices = shown  # type: ignore[attr-defined]
        else:
            del self.fields["hidden_files"]

    def _words(self) -> tuple[str, ...]:
        lines = str(self.cleaned_data.get("masked_words", "")).splitlines()
        return tuple(word for line in lines[:MOST_NAMES] if (word := line.strip()[:LONGEST_NAME]))

    def clean_masked_words(self) -> str:
        """Say which words stand in no public text: what is not found would stay in the open."""
        dossier = self.desk.dossier
        texts = [dossier.texts.get(place) or "" for place in hiding.public_places(dossier.events)]
        lost = [word for word in self._words() if not any(hiding.spans_of(text, [word]) for text in texts)]
        if lost:
            raise forms.ValidationError(_("Tidak ada dalam teks publik: %(words)s") % {"words": ", ".join(lost)})
        return str(self.cleaned_data.get("masked_words", ""))

    def move(self) -> Move:
        """Return what is to be hidden."""
        ground = self.cleaned_data.get("hiding_ground")
        return Move(
            hidden_words=self._words(),
            hidden_files=tuple(self.cleaned_data.get("hidden_files") or ()),
            hiding_ground=HidingGround(ground) if ground else None,
        )
