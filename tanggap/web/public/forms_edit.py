"""The form by which a reporter writes the own report anew: the filing form without person, addressee and files."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language

from tanggap.domain.intake import Classification, IncomingReport, StagedFile
from tanggap.domain.reasons import Reason
from tanggap.selectors.own_reports import OwnReport
from tanggap.web import wording_refusals
from tanggap.web.forms_filing import LEVELS, FilingForm
from tanggap.web.public.forms_tracking import seal_seen, seen_of

_NOT_EDITED: Final = frozenset(
    {"urgency", "destination", "is_anonymous", "is_confidential", "link_hidden", "name", "email", "phone", "files"}
)
# How much of an area code names each level.
_LENGTHS: Final = (2, 5, 8, 13)


class EditForm(FilingForm):
    """All that may still be changed before somebody has verified the report."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, report_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._report_id = report_id
        for name in _NOT_EDITED:
            del self.fields[name]

    def clean_seen(self) -> int:
        """Return how many events the page knew of."""
        seen = seen_of(self._report_id, self.cleaned_data["seen"])
        if seen is None:
            raise ValidationError(str(wording_refusals.REFUSAL[Reason.WRONG_STATUS]))
        return seen

    def incoming(self, files: Iterable[StagedFile] = ()) -> IncomingReport:
        """Return the words and codes as the service takes them; who reported is no part of it."""
        data = self.cleaned_data
        return IncomingReport(
            classification=Classification(data.get("classification") or Classification.COMPLAINT),
            title=data["title"],
            body=data["body"],
            event_date=data.get("event_date"),
            area_code=data.get(self.deepest()) or None,
            location=data["location"],
            category_code=data["category"] or None,
            solution=data["solution"],
            loss=data["loss"],
            language=(get_language() or "id")[:2],
            files=tuple(files),
        )


def filled(own: OwnReport) -> EditForm:
    """Return the form with the report as it stands."""
    return EditForm(initial=_first(own), report_id=own.report.pk)


def again(data: QueryDict, own: OwnReport) -> EditForm:
    """Return the form as it was filled in, without judging it: for a redraw with the next list of areas."""
    typed = {name: data.get(name, "") for name in EditForm.base_fields}
    return EditForm(initial={**typed, "seen": _seen(own)}, report_id=own.report.pk)


def on_top(form: EditForm, own: OwnReport) -> None:
    """Let a form that is shown again speak of the newest state of the report."""
    form.data = {**{name: form.data.get(name) for name in form.fields}, "seen": _seen(own)}


def _seen(own: OwnReport) -> str:
    return seal_seen(own.report.pk, own.report.event_count)


def _first(own: OwnReport) -> Mapping[str, Any]:
    code = own.facts.area or ""
    places = {level: code[:length] for level, length in zip(LEVELS, _LENGTHS, strict=True) if len(code) >= length}
    return {
        **own.words,
        **places,
        "classification": own.facts.classification,
        "category": own.facts.category or "",
        "event_date": own.report.event_date,
        "seen": _seen(own),
    }
