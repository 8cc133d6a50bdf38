"""The result of one agency, year on year: aspects, the main formulas, and what was recommended with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.assessment_forms import Grade
from tanggap.domain.figures import Figure
from tanggap.selectors import agencies, assessment_results, formulas, years
from tanggap.web import assessing, recommending, wording_figures
from tanggap.web import wording_assessment as wording

if TYPE_CHECKING:
    from tanggap.models import Assessment, Recommendation

# PANRB's, Kemendagri's and the strict rate of follow-up, answers in time, what reporters say.
MAIN: Final = ("followup_rate_v1", "followup_rate_v2", "followup_rate_v3", "sla_rate", "satisfaction")
_MOST_YEARS: Final = 5


@require_safe
def result(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Show what was told to an agency in a round, beside its other years."""
    try:
        agency = agencies.by_slug(slug)
    except agencies.NotFoundError as error:
        raise Http404 from error
    row = assessment_results.told_to(number, agency.pk)
    if row is None:
        raise Http404
    today = timezone.localdate(timezone.now())  # noqa: TID251 - a door
    recommended = assessment_results.recommended(row.pk)
    codes = {*MAIN, *(one.formula.partition("@")[0] for one in recommended if one.formula)} & set(formulas.newest())
    wanted = sorted({row.round.year - 1, row.round.year, row.round.year + 1, today.year})
    told = years.figures(agency.pk, wanted, codes, today=today)
    same = [one for one in assessment_results.told_of(agency.pk) if one.round.form_code == row.round.form_code]
    page = {
        "agency": agency,
        "round": row.round,
        "name": wording.spoken(assessment_results.form_of(row.round).names),
        "form": assessment_results.form_of(row.round),
        "result": assessing.result_of(row),
        "aspects": _aspects(row, sorted(same[:_MOST_YEARS], key=lambda one: one.round.year)),
        "figures": _figures(told, [code for code in MAIN if code in codes], today),
        "recommended": [_recommended(one, told, today) for one in recommended],
    }
    return render(request, "public/assessment_result.html", page)


def _column(labels: Sequence[str]) -> list[dict[str, Any]]:
    return [{"label": label, "number": at > 0} for at, label in enumerate(labels)]


def _aspects(row: "Assessment", same: Sequence["Assessment"]) -> dict[str, Any]:
    """Return scores by aspect of each year; another version of the form is named, for it weighs otherwise."""
    keys = {assessment_results.form_of(one.round).key for one in same}
    labels = [str(one.round.year) if len(keys) == 1 else _dated(one) for one in same]
    rows = [
        [wording.spoken(aspect.names), *(assessing.number(one.aspects.get(aspect.code)) for one in same)]
        for aspect in assessment_results.form_of(row.round).aspects
    ]
    rows.append([_("Nilai"), *(assessing.number(one.total) for one in same)])
    rows.append([_("Predikat"), *(str(wording.GRADE[Grade(one.grade)]) for one in same)])
    return {"columns": _column([_("Aspek"), *labels]), "rows": rows}


def _dated(one: "Assessment") -> str:
    return f"{one.round.year} ({assessment_results.form_of(one.round).key})"


def _figures(told: Mapping[int, Mapping[str, Figure]], codes: Sequence[str], today: date) -> dict[str, Any]:
    newest = formulas.newest()
    rows = [
        [
            f"{wording.spoken(newest[code].names)} ({newest[code].key})",
            *(_cell(found[code]) for found in told.values()),
        ]
        for code in codes
    ]
    return {"columns": _column([_("Rumus"), *(_year(year, today) for year in told)]), "rows": rows}


def _year(year: int, today: date) -> str:
    return _("%(year)s, sampai hari ini") % {"year": year} if year == today.year else str(year)


def _cell(figure: Figure) -> str:
    said = (wording_figures.value(figure) if figure.shown is not None else "", wording_figures.standing(figure))
    return ". ".join(filter(None, said))


def _recommended(one: "Recommendation", told: Mapping[int, Mapping[str, Figure]], today: date) -> dict[str, Any]:
    """Return a recommendation as everybody reads it; its formula in the assessed year, the year after, and now."""
    code, year = one.formula.partition("@")[0], one.assessment.round.year
    shown = [
        {"year": _year(at, today), "value": _cell(told[at][code])}
        for at in sorted({year, year + 1, today.year})
        if at in told and code in told[at]
    ]
    return recommending.line(one, place="", today=today) | {"figures": shown}
