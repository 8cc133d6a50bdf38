"""Controls of the desk: long lists drawn fast, and fields that take what people paste."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tanggap.domain.intake import clean

type Choices = Sequence[tuple[Any, Any]]


class QuickSelect(forms.Select):
    """A select of hundreds of options in one go: Django renders a template for each (four times as slow)."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """Return the control; the value is compared as text, as a browser sends it."""
        chosen = {str(one) for one in self.format_value(value)}
        return format_html(
            "<select{}>{}</select>",
            flatatt({**self.build_attrs(self.attrs, attrs), "name": name}),
            format_html_join("", "{}", ((_part(key, label, chosen),) for key, label in self.choices)),
        )


class QuickSelectMultiple(QuickSelect, forms.SelectMultiple):
    """The same for a list from which several are chosen."""

    allow_multiple_selected = True

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say that several may be chosen."""
        return {**super().build_attrs(base_attrs, extra_attrs), "multiple": True}


def _part(key: Any, label: Any, chosen: set[str]) -> SafeString:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', key, options_of(label, chosen))
    return options_of([(key, label)], chosen)


def options_of(rows: Iterable[tuple[Any, Any]], chosen: Container[str]) -> SafeString:
    """Return the options of a select in one go; `chosen` holds the values that are set, as text."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if str(key) in chosen else "", label) for key, label in rows),
    )


class CleanField(forms.CharField):
    """Text as it is stored: without NUL, with tidy line ends. Its length is judged by the service."""

    def to_python(self, value: Any) -> str:
        """Return the text before any validator looks at it."""
        return clean(str(value or ""))


class ManyFilesInput(forms.FileInput):
    """One field for several files."""

    allow_multiple_selected = True
