"""Fields that several forms of the desk share: choices from codes, ids from lists, texts."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import Fault
from tanggap.web import wording
from tanggap.web.workbench.widgets import CleanField, QuickSelect, QuickSelectMultiple

type Words = Any  # a text that is translated when it is shown

LARGEST_ID: Final = 2**31
UNKNOWN: Final[dict[str, Words]] = dict.fromkeys(
    ("invalid_choice", "invalid", "min_value", "max_value"), wording.FAULT[Fault.UNKNOWN]
)


def choices_of(codes: dict[Any, Words], *, first: Words = None) -> list[tuple[str, Words]]:
    """Return codes with their words as the choices of a field; `first` stands for none of them."""
    rows: list[tuple[str, Words]] = [(code.value, words) for code, words in codes.items()]
    return [("", first), *rows] if first else rows


def text_area(label: Words, *, hint: Words = "", rows: int = 5) -> CleanField:
    """Return a field for a longer text."""
    return CleanField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def radios(label: Words, choices: Sequence[tuple[str, Words]]) -> forms.ChoiceField:
    """Return a field for one of a few choices that are all shown."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages=UNKNOWN,
    )


class IdField(forms.IntegerField):
    """The id of a row, from a list: whether it may be chosen, the service knows."""

    def __init__(self, label: Words, *, hint: Words = "", multiple: bool = False) -> None:
        widget = QuickSelectMultiple(attrs={"size": 6}) if multiple else QuickSelect()
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            min_value=1,
            max_value=LARGEST_ID,
            widget=widget,
            error_messages=UNKNOWN,
        )


class IdsField(IdField):
    """Several ids."""

    def __init__(self, label: Words, *, hint: Words = "") -> None:
        super().__init__(label, hint=hint, multiple=True)

    def clean(self, value: Any) -> Any:
        """Return the ids as a tuple."""
        ids = (super(IdsField, self).clean(one) for one in value or ())
        return tuple(one for one in ids if one is not None)


def schedule_date(label: Words, *, hint: Words = "") -> forms.DateField:
    """Return a field for the day that an office promises."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal yang benar, misalnya 21-07-2026.")},
    )
