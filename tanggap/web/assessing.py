"""The form of an assessment as the desk and oversight show it: aspects, criteria, what each side says, the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tanggap.domain.assessment_forms import Aspect, Criterion, Form, Grade
from tanggap.domain.assessments import Act, Side, State, is_not_sent
from tanggap.selectors.assessments import Points, Sight
from tanggap.services.assessments import LONGEST_REMARK, Answer, AssessmentError
from tanggap.templatetags.tanggap import angka, persen
from tanggap.web import wording_assessment as wording

if TYPE_CHECKING:
    from tanggap.models import Assessment

_POINTS: Final = "nilai_"
_REMARK: Final = "catatan_"


class AnswersForm(forms.Form):
    """A score and a remark for each criterion, a text, and how many acts the writer has seen."""

    use_required_attribute = False

    text = forms.CharField(
        label="", required=False, max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, form: Form, points: Points, *args: Any, text_label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        self.fields["text"].label = text_label
        for code, one in form.criteria.items():
            given = points.get(code)
            self.fields[_POINTS + code] = _points(one, given.points if given else None)
            self.fields[_REMARK + code] = forms.CharField(
                label=_("Catatan"),
                required=False,
                max_length=LONGEST_REMARK,
                initial=given.remark if given else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def answers(self) -> dict[str, Answer]:
        """Return what was said of each criterion that was sent: a form that came in part takes nothing back.

        The form is valid.
        """
        said = self.cleaned_data
        return {
            code: Answer(
                points=int(said[_POINTS + code]) if said[_POINTS + code] else None,
                remark=said[_REMARK + code],
            )
            for code in self.form.criteria
            if _POINTS + code in self.data
        }

    def set_seen(self, count: int) -> None:
        """Note that this writer has seen what was just written, for when the form is shown again."""
        self.data = {**self.data, "seen": str(count)}

    def refuse(self, error: AssessmentError) -> None:
        """Say beside each criterion without a score that it needs one, or above the form why nothing was done."""
        for code in error.criteria:
            self.add_error(_POINTS + code, str(_("Beri nilai.")))
        if not error.criteria:
            self.add_error(None, str(wording.FAULT[error.fault]))


def _points(one: Criterion, given: int | None) -> forms.ChoiceField:
    words = wording.SCALE[one.scale]
    return forms.ChoiceField(
        label=_("Nilai"),
        required=False,
        choices=[("", _("Belum dinilai")), *((str(at), word) for at, word in enumerate(words))],
        initial="" if given is None else str(given),
        error_messages={"invalid_choice": _("Pilih nilai dari daftar.")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as it is drawn."""

    criterion: Criterion
    words: str
    weight: str
    fact: str
    own: str
    own_remark: str
    score: str
    score_remark: str
    files: list[dict[str, str]]
    points: BoundField | None = None
    remark: BoundField | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect as it is drawn."""

    code: str
    name: str
    weight: str
    total: str  # as told
    lines: list[Line] = field(default_factory=list)


def parts(sight: Sight, form: AnswersForm | None, *, file_href: str) -> list[Part]:
    """Return the aspects of an assessment; `form` draws fields for whoever writes, `file_href` begins a file's way."""
    told = sight.assessment.aspects
    return [
        Part(
            code=aspect.code,
            name=wording.spoken(aspect.names),
            weight=_percent(float(aspect.weight)),
            total=number(told.get(aspect.code)),
            lines=list(_lines(sight, aspect, form, file_href)),
        )
        for aspect in sight.form.aspects
    ]


def _lines(sight: Sight, aspect: Aspect, form: AnswersForm | None, file_href: str) -> Iterator[Line]:
    for one in aspect.criteria:
        own, score = sight.own.get(one.code), sight.scores.get(one.code)
        yield Line(
            criterion=one,
            words=wording.spoken(one.words),
            weight=_percent(float(one.weight * aspect.weight)),
            fact=wording.fact(one.evidence.value, sight.facts.get(one.evidence.value)),
            own=wording.shown(one.scale, own.points) if own else "",
            own_remark=own.remark if own else "",
            score=wording.shown(one.scale, score.points) if score else "",
            score_remark=score.remark if score else "",
            files=[
                {"name": row.name, "key": row.key, "href": f"{file_href}/{row.key}"}
                for row in sight.files.get(one.code, ())
            ],
            points=form[_POINTS + one.code] if form else None,
            remark=form[_REMARK + one.code] if form else None,
        )


def _percent(share: float) -> str:
    return persen(share, 0 if round(share * 1000) % 10 == 0 else 1)


def number(value: Any) -> str:
    """Return a score out of a hundred as people write it; '–' where nothing was told."""
    return "–" if value is None or value == "" else angka(float(value), 2)


def state(found: State, due_on: date, *, today: date) -> str:
    """Return where an assessment stands, in words: what was not sent in time is said so."""
    late = is_not_sent(found, due_on, today=today)
    return str(wording.NOT_SENT if late else wording.STATE[found])


def result_of(row: "Assessment") -> str:
    """Return the result that was told, '' where none was."""
    return f"{number(row.total)} · {wording.GRADE[Grade(row.grade)]}" if row.grade else ""


def history(sight: Sight) -> list[dict[str, Any]]:
    """Return the acts that the viewer reads, the newest first, with what was told by them."""
    return [
        {
            "what": wording.ACT[Act(row.kind)],
            "at": row.at,
            "by": row.office.name if row.office else "",
            "text": row.text,
            "result": _result(row.data.get("result"), Act(row.kind)),
        }
        for row in sight.acts
    ]


def _result(result: Mapping[str, Any] | None, act: Act) -> str:
    if not result:
        return ""
    total, grade = number(result["total"]), wording.GRADE[Grade(result["grade"])]
    by_itself = _("menurut instansi sendiri") if act == Act.SUBMIT else ""
    return " ".join(filter(None, (f"{total} · {grade}", f"({by_itself})" if by_itself else "")))


def heading(sight: Sight) -> dict[str, Any]:
    """Return what stands above every form of an assessment."""
    row, round_ = sight.assessment, sight.assessment.round
    return {
        "agency": row.agency,
        "round": round_,
        "name": wording.spoken(sight.form.names),
        "formula": sight.form.key,
        "is_proposal": sight.form.is_proposal,
        "source": sight.form.source,
        "total": number(row.total),
        "grade": wording.GRADE[Grade(row.grade)] if row.grade else "",
        "facts_at": sight.facts_at,
        "objection_until": sight.standing.objection_until,
        "is_agency": sight.side == Side.AGENCY,
        "is_evaluator": sight.side == Side.EVALUATOR,
    }
