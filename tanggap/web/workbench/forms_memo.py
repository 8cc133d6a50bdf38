"""The forms of a memo (nota dinas): write it, sign it, return it (T12g to T12j)."""

from typing import Any, Final

from django import forms as fields
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import OFFICERS
from tanggap.domain.memos import HEAD_LENGTH, NUMBER_LENGTH
from tanggap.domain.moves import Move
from tanggap.web.workbench import forms
from tanggap.web.workbench.fields import UNKNOWN, text_area
from tanggap.web.workbench.widgets import CleanField

# A memo is Indonesian, whatever the desk speaks.
_SUBJECT: Final = "Jawaban atas laporan"


class MemoForm(forms.AnswerForm):
    """The answer with what a memo has besides. Whoever may sign it may mend every word before."""

    memo_number = CleanField(
        label=_("Nomor"),
        help_text=_("Kosongkan untuk nomor urut berikutnya."),
        max_length=NUMBER_LENGTH[1],
        required=False,
        widget=fields.TextInput(attrs={"autocomplete": "off"}),
    )
    addressee = CleanField(label=_("Kepada Yth."), max_length=HEAD_LENGTH[1], required=False)
    subject = CleanField(label=_("Hal"), max_length=HEAD_LENGTH[1], required=False)
    text = text_area(
        _("Isi nota dinas"),
        hint=_("Setelah ditandatangani, ini menjadi jawaban. Pelapor dan publik membacanya."),
        rows=7,
    )
    evidence = fields.MultipleChoiceField(
        label=_("Bukti yang sudah dilampirkan"),
        required=False,
        widget=fields.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN["invalid_choice"]},
    )
    field_order = (  # type: ignore[assignment]  # longer than that of the form below it
        "memo_number",
        "addressee",
        "subject",
        "outcome",
        "outcome_on",
        "text",
        "evidence",
        "files",
        "publish_files",
    )

    def first_values(self, desk: forms.Desk) -> dict[str, Any]:
        """Begin with the memo as it lies there; else with to whom such a memo usually goes, and about what it is."""
        dossier, report = desk.dossier, desk.dossier.report
        office = report.owner_agency.responsible_office or report.owner_agency.name
        made: dict[str, Any] = {
            "addressee": office,
            "subject": f"{_SUBJECT} {report.number}",
        }
        memo = dossier.facts.memo
        if memo is None:
            return made
        event = next(event for event in dossier.events if event.seq == memo.seq)
        answer: dict[str, Any] = event.data.get("answer", {})
        made |= {name: dossier.texts.get((memo.seq, name)) or "" for name in ("text", "addressee", "subject")}
        return made | answer | {"evidence": list(memo.evidence), "publish_files": event.data.get("shown", True)}

    def draw(self) -> None:
        """Offer the files that came with the memo before; a number is for who signs."""
        super().draw()
        memo = self.desk.dossier.facts.memo
        kept = set(memo.evidence) if memo else set()
        files = [file for found in self.desk.dossier.files.values() for file in found if file.key in kept]
        if files:
            self.fields["evidence"].choices = [(file.key, file.name) for file in files]  # type: ignore[attr-defined]
        else:
            del self.fields["evidence"]
        if self.desk.viewer.role not in OFFICERS:
            del self.fields["memo_number"]

    def move(self) -> Move:
        """Return the memo, all but its number."""
        data, answer = self.cleaned_data, super().move()
        return Move(
            text=answer.text,
            outcome=answer.outcome,
            outcome_on=answer.outcome_on,
            addressee=data.get("addressee", ""),
            subject=data.get("subject", ""),
            evidence=tuple(data.get("evidence") or ()),
            shows_evidence=bool(data.get("publish_files")),
        )


class ReturnMemoForm(forms.TextForm):
    """What its author has to mend."""

    text = text_area(
        _("Alasan mengembalikan"), hint=_("Dibaca penulis nota dinas. Sebutkan apa yang perlu diperbaiki.")
    )
