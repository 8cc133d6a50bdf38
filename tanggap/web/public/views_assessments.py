"""The results of assessments that were told, and who sent nothing: agency, form, year, predikat, score by aspect."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.assessment_forms import Grade
from tanggap.domain.assessments import PUBLIC, State
from tanggap.selectors import assessment_results as selectors
from tanggap.web import assessing, sheets
from tanggap.web import wording_assessment as wording

if TYPE_CHECKING:
    from tanggap.models import Assessment, AssessmentRound


@require_safe
def results(request: HttpRequest) -> HttpResponseBase:
    """Show the rounds with a result, and of one of them every agency; the newest, where none is asked for."""
    now = timezone.now()  # noqa: TID251 - a door
    rounds = selectors.rounds(on=timezone.localdate(now))
    asked = request.GET.get("putaran", "")
    chosen = next((one for one in rounds if str(one.pk) == asked), None) if asked else next(iter(rounds), None)
    if asked and chosen is None:
        raise Http404
    page: dict[str, Any] = {
        "tabs": [
            {"label": f"{_name(one)} {one.year}", "href": f"/penilaian?putaran={one.pk}", "current": one is chosen}
            for one in rounds
        ]
    }
    return render(request, "public/assessments.html", page) if chosen is None else _of(request, chosen, page, now)


def _of(request: HttpRequest, chosen: "AssessmentRound", page: dict[str, Any], now: datetime) -> HttpResponseBase:
    form = selectors.form_of(chosen)
    rows = selectors.told(round_id=chosen.pk, on=timezone.localdate(now))
    labels = [_("Instansi"), _("Predikat"), _("Nilai"), *(wording.spoken(one.names) for one in form.aspects)]
    labels.append(_("Rekomendasi, selesai"))
    recommended = selectors.recommendation_counts(chosen.pk)
    cells = [[*_cells(row, [one.code for one in form.aspects]), _said(recommended.get(row.pk))] for row in rows]
    if kind := sheets.asked(request):
        headings = [*labels, _("Formulir"), _("Tahun")]
        plain = ([row.agency.name, *line, form.key, row.round.year] for row, line in zip(rows, cells, strict=True))
        return sheets.give(kind, f"penilaian-{chosen.year}", headings, plain, now=now)
    page |= {
        "round": chosen,
        "name": _name(chosen),
        "form": form,
        "columns": [{"label": label, "number": at > 1} for at, label in enumerate(labels)],
        "rows": [[_link(row), *line] for row, line in zip(rows, cells, strict=True)],
        "files": sheets.links(request),
    }
    return render(request, "public/assessments.html", page)


def _cells(row: "Assessment", aspects: list[str]) -> list[str]:
    if State(row.state) not in PUBLIC:
        return [str(wording.NOT_SENT), *("–" for _every in range(len(aspects) + 1))]
    totals = [assessing.number(row.total), *(assessing.number(row.aspects.get(code)) for code in aspects)]
    return [str(wording.GRADE[Grade(row.grade)]), *totals]


def _said(counts: tuple[int, int] | None) -> str:
    return f"{counts[0]}, {counts[1]}" if counts else "–"


def _name(round_: "AssessmentRound") -> str:
    return wording.spoken(selectors.form_of(round_).names)


def _link(row: "Assessment") -> str:
    if State(row.state) not in PUBLIC:
        return format_html('<a href="/instansi/{}">{}</a>', row.agency.slug, row.agency.name)
    return format_html('<a href="/penilaian/{}/{}">{}</a>', row.round_id, row.agency.slug, row.agency.name)
