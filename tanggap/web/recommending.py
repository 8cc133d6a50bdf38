"""Recommendations as the desk and oversight show them: lines of a list, one with its history, and what may be done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Actor
from tanggap.domain.assessment_forms import Form
from tanggap.domain.recommendations import ENDED, OWED, ROWS, Act, Fault, State, decide, is_overdue
from tanggap.selectors import assessment_results, formulas
from tanggap.selectors import recommendations as selectors
from tanggap.selectors.recommendations import After, Sight
from tanggap.services.recommendations import LONGEST, RecommendationError
from tanggap.web import files, wording_assessment
from tanggap.web import wording_recommendations as wording

if TYPE_CHECKING:
    from tanggap.models import Recommendation

ROWS_OF_A_PAGE: Final = 50
_SHOWS: Final[Mapping[str, tuple[str, Promise]]] = {
    "": ("owed", _("Belum selesai")),
    "terlambat": ("overdue", _("Terlambat")),
    "dilaporkan": ("reported", _("Menunggu evaluator")),
    "berakhir": ("ended", _("Selesai atau dicabut")),
}
# What the buttons do, what is written on them, and what is said when it is done.
DEEDS: Final[Mapping[str, tuple[Act, Promise, Promise]]] = {
    "rencana": (Act.PLAN, _("Simpan rencana"), _("Rencana tersimpan.")),
    "kemajuan": (Act.PROGRESS, _("Simpan kemajuan"), _("Kemajuan tersimpan.")),
    "selesai": (Act.REPORT, _("Laporkan selesai"), _("Dilaporkan selesai. Evaluator memeriksanya.")),
    "terima": (Act.ACCEPT, _("Terima sebagai selesai"), _("Rekomendasi selesai.")),
    "kembalikan": (Act.RETURN, _("Kembalikan"), _("Rekomendasi dikembalikan kepada instansi.")),
    "undur": (Act.EXTEND, _("Undurkan tenggat"), _("Tenggat diundur.")),
    "cabut": (Act.WITHDRAW, _("Cabut rekomendasi"), _("Rekomendasi dicabut.")),
}


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """Return a field for a day, as the browser of the reader shows one."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada.")},
    )


class ActForm(forms.Form):
    """Words for an act; beside them the date that an evaluator sets, or the files that an agency gives."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Penjelasan"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, beside: str, field: forms.Field) -> None:
        super().__init__(*args)
        self.fields[beside] = field

    def refuse(self, error: RecommendationError) -> None:
        """Say beside the field, or above the form, why nothing was done."""
        place = {Fault.TEXT_MISSING: "text", Fault.DATE_PAST: "due_on"}.get(error.fault)
        self.add_error(place, str(wording.FAULT[error.fault]))


def deed(asked: str) -> tuple[Act, Promise, Promise]:
    """Return the deed of a button; raises Http404 for a made-up one."""
    if asked not in DEEDS:
        raise Http404
    return DEEDS[asked]


def deeds(viewer: Actor, sight: Sight) -> list[dict[str, Any]]:
    """Return the buttons that the viewer has; the first of them is the one to press."""
    found = [(code, *row) for code, row in DEEDS.items() if decide(row[0], viewer, sight.standing) is None]
    return [{"code": code, "label": label, "dates": ROWS[act].needs_date} for code, act, label, _done in found]


def subject(form: Form, code: str) -> str:
    """Return the aspect or criterion that a recommendation is about, in words; '' for none."""
    names = {aspect.code: aspect.names for aspect in form.aspects}
    words = names.get(code) or (form.criteria[code].words if code in form.criteria else None)
    return wording_assessment.spoken(words) if words else ""


def formula(key: str) -> str:
    """Return the name of the formula that a recommendation is about; '' for none."""
    found = next((one for one in formulas.every() if one.key == key), None)
    return wording_assessment.spoken(found.names) if found else ""


def get(viewer: Actor, number: int) -> Sight:
    """Return a recommendation with all that was done. Raises Http404 alike for unknown and forbidden."""
    try:
        return selectors.get(viewer=viewer, number=number)
    except selectors.NotFoundError as error:
        raise Http404 from error


def file(viewer: Actor, number: int, key: str) -> HttpResponseBase:
    """Give a file that an agency gave as evidence. Raises Http404 alike for unknown and forbidden."""
    try:
        row = selectors.file(viewer=viewer, number=number, key=key)
    except selectors.NotFoundError as error:
        raise Http404 from error
    return files.serve(key=row.key, media_type=row.media_type, name=row.name)


def detail(viewer: Actor, sight: Sight, *, place: str, today: date) -> dict[str, Any]:
    """Return what the page of one recommendation shows but its form; `place` is the list that it stands in."""
    return {
        "one": line(sight.row, place=place, today=today),
        "history": history(sight, file_href=f"{place}/{sight.row.pk}"),
        "deeds": deeds(viewer, sight),
        "back": place,
    }


def line(row: "Recommendation", *, place: str, today: date) -> dict[str, Any]:
    """Return what a list shows of a recommendation, and what stands above its history."""
    assessment, state = row.assessment, State(row.state)
    form = assessment_results.form_of(assessment.round)
    return {
        "href": f"{place}/{row.pk}",
        "text": row.text,
        "agency": assessment.agency.name,
        "owner": row.unit.name if row.unit else assessment.agency.name,
        "form": wording_assessment.spoken(form.names),
        "year": assessment.round.year,
        "body": assessment.round.body.name,
        "subject": subject(form, row.criterion),
        "formula": formula(row.formula),
        "formula_key": row.formula,
        "state": wording.STATE[state],
        "tone": tone(state, row.due_on, today=today),
        "due_on": row.due_on,
        "is_late": is_overdue(state, row.due_on, today=today),
        "is_over": state in ENDED,
        "is_owed": state in OWED,
    }


def tone(state: State, due_on: date, *, today: date) -> str:
    """Return the tone of the badge of a state."""
    if is_overdue(state, due_on, today=today):
        return "late"
    return {State.DONE: "done", State.REPORTED: "wait", State.WITHDRAWN: "calm"}.get(state, "soon")


def history(sight: Sight, *, file_href: str) -> list[dict[str, Any]]:
    """Return the acts, the newest first, with the files that came with each and the date that it set."""
    return [
        {
            "what": wording.ACT[Act(row.kind)],
            "at": row.at,
            "by": row.office.name if row.office else "",
            "text": row.text,
            "due_on": row.due_on,
            "files": [{"name": one.name, "href": f"{file_href}/berkas/{one.key}"} for one in row.files.all()],
        }
        for row in sight.acts
    ]


def listing(viewer: Actor, asked: Mapping[str, str], *, place: str, today: date) -> dict[str, Any]:
    """Return a page of the list: tabs with counts, lines, and the way on. Raises Http404 for what cannot be."""
    code = asked.get("lihat", "")
    if code not in _SHOWS:
        raise Http404
    found = selectors.list_(
        viewer=viewer, show=_SHOWS[code][0], today=today, after=_after(asked), size=ROWS_OF_A_PAGE + 1
    )
    rows, counts = found[:ROWS_OF_A_PAGE], selectors.counts(viewer=viewer, today=today)
    on = f"&lihat={code}" if code else ""
    last = rows[-1] if len(found) > ROWS_OF_A_PAGE else None
    return {
        "rows": [line(row, place=place, today=today) for row in rows],
        "tabs": [
            {"label": label, "href": f"?lihat={key}" if key else "?", "count": counts[show], "current": key == code}
            for key, (show, label) in _SHOWS.items()
        ],
        "onward": f"?sesudah={last.due_on.isoformat()}.{last.pk}{on}" if last else "",
        "first": (f"?lihat={code}" if code else "?") if asked.get("sesudah") else "",
    }


def _after(asked: Mapping[str, str]) -> After | None:
    text = asked.get("sesudah", "")
    if not text:
        return None
    day, _dot, number = text.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    try:
        return After(date.fromisoformat(day), int(number))
    except ValueError as error:
        raise Http404 from error


def asked_again(pairs: Iterable[tuple["Recommendation", bool]], *, place: str, today: date) -> list[dict[str, Any]]:
    """Return what earlier rounds still wait for, each with whether it must be answered before the form is sent."""
    return [line(row, place=place, today=today) | {"must": must} for row, must in pairs]
