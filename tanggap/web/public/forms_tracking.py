"""The forms of the tracking page: number and code, and what a reporter may do with the own report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tanggap.domain.attachments import OFFERED_TYPES
from tanggap.domain.handover import Part
from tanggap.domain.intake import StagedFile
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import Solved
from tanggap.domain.reasons import Reason
from tanggap.selectors import opaque
from tanggap.web import wording, wording_handover, wording_refusals
from tanggap.web.forms_filing import ManyFilesInput, TextField


class TrackForm(forms.Form):
    """What opens a report. What is neither a number nor a code is answered like what is wrong."""

    use_required_attribute = False

    number = forms.CharField(
        label=_("Nomor laporan"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Isi nomor laporan.")},
    )
    token = forms.CharField(
        label=_("Kode pelacakan"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Isi kode pelacakan.")},
    )


def seal_seen(report_id: int, event_count: int) -> str:
    """Return how much of a history a page has seen, as a form carries it: unreadable, for it counts what offices
    did among themselves, and good for this report only.
    """
    return opaque.seal(_seen_of(report_id), [event_count])


def seen_of(report_id: int, sealed: str) -> int | None:
    """Return how much of a history a page has seen, or None for what we did not seal for this report."""
    parts = opaque.open_(_seen_of(report_id), sealed)
    return int(parts[0]) if parts is not None else None


def _seen_of(report_id: int) -> str:
    return f"events seen of {report_id}"


class ActionForm(forms.Form):
    """What every act carries: how much of the history the reporter had seen when deciding."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._report_id = report_id

    def clean_seen(self) -> int:
        """Return how many events the page knew of."""
        seen = seen_of(self._report_id, self.cleaned_data["seen"])
        if seen is None:
            raise ValidationError(str(wording_refusals.REFUSAL[Reason.WRONG_STATUS]))
        return seen

    def move(self, files: tuple[StagedFile, ...]) -> Move:  # noqa: ARG002 - most acts bring none
        """Return what is handed in with the act."""
        return Move()

    def look_at(self, seen: str) -> None:
        """Let a form that is shown again speak of the newest state of the report."""
        self.data = {**{name: self.data.get(name) for name in self.fields}, "seen": seen}


class TextForm(ActionForm):
    """An act with words."""

    text = TextField(required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def move(self, files: tuple[StagedFile, ...]) -> Move:  # noqa: ARG002
        """Return the words."""
        return Move(text=self.cleaned_data["text"])


class TextAndFilesForm(TextForm):
    """An act with words and files."""

    files = forms.FileField(  # type: ignore[assignment]  # fields are taken out of the class: no clash with Form.files
        label=_("Lampiran"),
        required=False,
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ",".join(OFFERED_TYPES)}),
    )

    def clean_files(self) -> None:
        """Leave the files to the door, which stages them."""

    def move(self, files: tuple[StagedFile, ...]) -> Move:
        """Return words and files."""
        return Move(text=self.cleaned_data["text"], files=files)


class RateForm(ActionForm):
    """How well it was handled, and whether the problem is gone."""

    rating = forms.TypedChoiceField(
        label=_("Penilaian"),
        coerce=int,
        choices=[
            (5, _("5 · sangat baik")),
            (4, _("4 · baik")),
            (3, _("3 · cukup")),
            (2, _("2 · buruk")),
            (1, _("1 · sangat buruk")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih nilai 1 sampai 5.")},
    )
    solved = forms.TypedChoiceField(
        label=_("Masalah selesai?"),
        coerce=Solved,
        choices=list(wording.SOLVED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih Ya, Sebagian, atau Tidak.")},
    )

    def move(self, files: tuple[StagedFile, ...]) -> Move:  # noqa: ARG002
        """Return rating and word."""
        return Move(rating=self.cleaned_data["rating"], solved=self.cleaned_data["solved"])


class ConsentForm(ActionForm):
    """What of the report is handed over to the Ombudsman: nothing is ticked beforehand."""

    parts = forms.TypedMultipleChoiceField(
        label=_("Yang Anda serahkan"),
        coerce=Part,
        choices=list(wording_handover.PART.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih apa yang Anda serahkan.")},
    )

    def move(self, files: tuple[StagedFile, ...]) -> Move:  # noqa: ARG002
        """Return what was ticked."""
        return Move(consent=tuple(self.cleaned_data["parts"]))

    @property
    def hints(self) -> dict[str, str]:
        """Return what each box stands for."""
        return {part.value: str(words) for part, words in wording_handover.PART_HELP.items()}


class VisibilityForm(ActionForm):
    """The reporter's own flags, both ways."""

    is_anonymous = forms.BooleanField(label=_("Anonim"), required=False)
    is_confidential = forms.BooleanField(label=_("Rahasia"), required=False)

    def move(self, files: tuple[StagedFile, ...]) -> Move:  # noqa: ARG002
        """Return both flags as they are wanted from now on."""
        data = self.cleaned_data
        return Move(is_anonymous=data["is_anonymous"], is_confidential=data["is_confidential"])
