"""Comparison: offices that are alike, ordered by what is in time and what reporters say, never by few reports.

With a sample that is too small nobody has a rank (REQ-38), and those with many reports are not ranked among those with
few. Two to six can be seen side by side. The proposed index is shown apart, with how far its ranks hang on the weights.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tanggap.domain.exports import Format
from tanggap.domain.indicators import Indicator, Kind
from tanggap.selectors import formulas, indicators, names
from tanggap.selectors.indicators import Row, Scope
from tanggap.templatetags.tanggap import angka
from tanggap.web import sheets
from tanggap.web import wording_figures as said
from tanggap.web.public import alike, charts, figure_doors, scopes, spans, telling
from tanggap.web.public.alike import Group, Office
from tanggap.web.public.spans import Span
from tanggap.web.wording_assessment import spoken

COLUMNS: Final = ("sla_rate", "satisfaction", "completion_rate", "followup_rate_v1", "volume")
BESIDE: Final = (
    *("volume", "sla_rate", "resolve_median", "first_response_median", "verify_ontime", "verify_median"),
    *("followup_rate_v1", "followup_rate_v3", "followup_rate_v2", "completion_rate", "genuine_completion"),
    *("autoclose_share", "reopen_rate", "archive_rate", "overdue_open", "satisfaction", "solved_yes"),
)
SHOWN: Final = ("sla_rate", "volume")  # month by month
INDEX: Final = "ikp"
_BANDS: Final[Mapping[int, Promise]] = {
    3000: lazy("3.000 laporan atau lebih"),
    300: lazy("300 sampai 2.999 laporan"),
    30: lazy("30 sampai 299 laporan"),
    0: lazy("kurang dari 30 laporan: tidak diperingkat"),
}
_ROWS: Final = 60  # of one band on the page; all are in the file


@require_safe
@figure_doors.bounded
def comparison(request: HttpRequest, *, now: datetime) -> HttpResponseBase:
    """Show a group of offices that are alike, or those that were chosen side by side."""
    span, known = figure_doors.span(request, now), names.current()
    scopes.refuse(request.GET, besides=["instansi"])
    if slugs := request.GET.getlist("instansi"):
        kind, offices = alike.chosen(slugs)
        return render(request, "public/beside.html", _beside(kind, offices, span, known))
    group = alike.group(request.GET.get("kelompok", alike.UNITS), request.GET.get("lingkup", ""))
    values = _values(group, span)
    context = {
        "group": group,
        "chosen": span,
        "groups": [(code, words) for code, (_kind, words) in alike.GROUPS.items()],
        "figures": _drawn(figure_doors.where(known), indicators.computed_at(), group, span),
        "is_plain": not request.GET,
        "everywhere": f"?{urlencode({**values, 'lingkup': alike.EVERYWHERE})}" if group.has_everywhere else "",
        "at_home": f"?{urlencode({**values, 'lingkup': ''})}" if group.is_everywhere else "",
        "most": alike.MOST,
    }
    return render(request, "public/comparison.html", context)


def _values(group: Group, span: Span) -> dict[str, str]:
    return {"kelompok": group.code, **({"lingkup": alike.EVERYWHERE} if group.is_everywhere else {}),
            **dict(span.values)}  # fmt: skip


@lru_cache(maxsize=64)
def _drawn(_where: tuple[str, int, str], computed_at: datetime | None, group: Group, span: Span) -> SafeString:
    """Draw a group once until the sums are brought up to date again: everyone sees the same."""
    context: dict[str, Any] = {"computed_at": computed_at, "chosen": span, "group": group}
    if computed_at is not None:
        known = {office.place: office for office in group.offices}
        rows = indicators.comparison(group.kind, known, span.period, COLUMNS)
        context |= {
            "covered": indicators.covered(Scope(group.kind), span.period),
            "bands": [_band(band, found, known) for band, found in indicators.in_bands(rows) if found],
            "columns": [_head(code) for code in COLUMNS],
            "index": _index(group, span, computed_at) if group.kind == "agency" else None,
            "file": f"{reverse('public:comparison_csv')}?{urlencode(_values(group, span))}",
            "most": alike.MOST,
        }
    return render_to_string("public/_comparison.html", context)


def _head(code: str) -> dict[str, Any]:
    formula = formulas.newest()[code]
    return {"name": spoken(formula.names), "key": formula.key, "href": reverse("public:formula", args=[code])}


def _band(band: int, rows: Sequence[Row], known: Mapping[str, Office]) -> dict[str, Any]:
    told = [row for row in rows if row.figures["volume"].n]
    return {
        "title": _BANDS[band],
        "code": band,
        "is_ranked": any(row.rank for row in told),
        "rows": [_line(row, known[row.place]) for row in told[:_ROWS]],
        "left": max(0, len(told) - _ROWS),
        "silent": len(rows) - len(told),
    }


def _line(row: Row, office: Office) -> dict[str, Any]:
    told = row.figures
    return {
        "office": office,
        "rank": row.rank,
        "whisker": charts.whisker(told["sla_rate"].low, told["sla_rate"].shown, told["sla_rate"].high),
        "cells": [
            {
                "value": said.number(told[code]) if code == "volume" else said.value(told[code]),
                "more": said.interval(told[code]) if code == "sla_rate" else _sample(told[code]),
            }
            for code in COLUMNS
        ],
    }


def _sample(figure: Any) -> str:
    return "" if figure.kind == Kind.COUNT or not figure.n else f"n = {angka(figure.n)}"


def _index(group: Group, span: Span, computed_at: datetime) -> dict[str, Any]:
    """Return the proposed index of a group: only who has reports, the best first, with how far the ranks hang."""
    formula = formulas.newest()[INDEX]
    on = min(span.period.last, figure_doors.day(computed_at))
    found, moved = indicators.index([int(office.place) for office in group.offices], span.period, on)
    known = {int(office.place): office for office in group.offices}
    rows = [
        {"office": known[pk], "figure": said.number(one.figure), "n": angka(one.figure.n),
         "grade": spoken(one.grade.names) if one.grade else "", "moved": moved[pk]}
        for pk, one in sorted(found.items(), key=lambda item: -(item[1].figure.value or 0))
        if one.figure.value is not None and one.figure.n >= formula.rank_minimum
    ]  # fmt: skip
    return {"head": _head(INDEX), "rows": rows[:_ROWS], "weights": _weights(formula), "minimum": formula.rank_minimum,
            "share": angka(float(formula.sensitivity) * 100)}  # fmt: skip


def _weights(formula: Indicator) -> list[dict[str, Any]]:
    return [{**_head(part.code), "weight": angka(float(part.weight) * 100)} for part in formula.parts]


def _beside(kind: str, offices: Sequence[Office], span: Span, known: names.Names) -> dict[str, Any]:
    slugs = [("instansi", office.slug) for office in offices]
    return {
        "offices": offices,
        "spans": [{**link, "href": f"{link['href']}&{urlencode(slugs)}"} for link in spans.links(span, {})],
        "figures": _side_by_side(figure_doors.where(known), indicators.computed_at(), kind, tuple(offices), span),
    }


@lru_cache(maxsize=64)
def _side_by_side(
    _where: tuple[str, int, str], computed_at: datetime | None, kind: str, offices: tuple[Office, ...], span: Span
) -> SafeString:
    """Draw some offices side by side, once until the sums are brought up to date again."""
    places = [office.place for office in offices]
    told = indicators.beside(kind, places, span.period, BESIDE)
    months = indicators.series_beside(kind, places, span.year, SHOWN)
    address = urlencode([*(("instansi", office.slug) for office in offices), *span.values])
    volumes = [told[place]["volume"].n for place in places]
    context = {
        "offices": offices,
        "chosen": span,
        "covered": indicators.covered(Scope(kind), span.period),
        "computed_at": computed_at,
        "columns": [{"label": _("Angka")}, *({"label": office.name, "number": True} for office in offices)],
        "rows": [_row(code, [told[place][code] for place in places]) for code in BESIDE],
        "charts": [(office, telling.monthly(months[office.place], SHOWN)) for office in offices],
        "is_far": min(volumes) * _FAR < max(volumes),
        "file": f"{reverse('public:comparison_csv')}?{address}",
        "cases": f"{reverse('public:cases')}?{address}",
        "few": any(n < telling.FEWEST for n in volumes),
    }
    return render_to_string("public/_beside.html", context)


_FAR: Final = 10  # so many times as many reports are another kind of work


def _row(code: str, found: Sequence[Any]) -> dict[str, Any]:
    cells = [
        {"value": said.value(one), "more": said.interval(one) or _sample(one), "why": said.standing(one)
         if one.silence else "", "whisker": charts.whisker(one.low, one.shown, one.high)}
        for one in found
    ]  # fmt: skip
    return {**_head(code), "cells": cells}


_HEADINGS: Final = (
    *(lazy("Kelompok"), lazy("Golongan jumlah laporan"), lazy("Peringkat"), lazy("Alamat")),
    *(pgettext_lazy("daftar", "Instansi"), *telling.HEADINGS[1:]),
)


@require_safe
@figure_doors.bounded_file
def comparison_csv(request: HttpRequest, *, now: datetime) -> HttpResponseBase:
    """Give the figures of a group, or of those that were chosen, one row for each office and formula."""
    span = figure_doors.span(request, now)
    scopes.refuse(request.GET, besides=["instansi"])
    if slugs := request.GET.getlist("instansi"):
        kind, offices = alike.chosen(slugs)
        rows = _rows_beside(kind, offices, span)
    else:
        rows = _rows(alike.group(request.GET.get("kelompok", alike.UNITS), request.GET.get("lingkup", "")), span)
    return sheets.give(Format.CSV, "perbandingan", _HEADINGS, rows, now=now)


def _rows_beside(kind: str, offices: Sequence[Office], span: Span) -> Iterator[list[Any]]:
    told = indicators.beside(kind, [office.place for office in offices], span.period, telling.codes())
    covered = indicators.covered(Scope(kind), span.period)
    for office in offices:
        for figure in told[office.place].values():
            yield ["", "", "", office.slug, *telling.row(office.name, covered, figure)]


def _rows(group: Group, span: Span) -> Iterator[list[Any]]:
    known = {office.place: office for office in group.offices}
    covered = indicators.covered(Scope(group.kind), span.period)
    found = indicators.in_bands(indicators.comparison(group.kind, known, span.period, COLUMNS))
    for band, row in ((band, row) for band, rows in found for row in rows):
        office = known[row.place]
        for code in COLUMNS:
            told = telling.row(office.name, covered, row.figures[code])
            yield [group.name, str(_BANDS[band]), row.rank or "", office.slug, *told]
    if group.kind == "agency" and (computed_at := indicators.computed_at()) is not None:
        yield from _index_rows(group, span, min(covered.last, figure_doors.day(computed_at)))


def _index_rows(group: Group, span: Span, last: Any) -> Iterator[list[Any]]:
    """Yield the proposed index, with its rank and the best and the worst it gets, in a row of its own."""
    found, moved = indicators.index([int(office.place) for office in group.offices], span.period, last)
    covered = indicators.covered(Scope(group.kind), span.period)
    for office in group.offices:
        one = found.get(int(office.place))
        if one is not None and one.figure.value is not None and one.figure.n:
            rank = moved[int(office.place)]
            words = f"{rank.rank} ({rank.best}-{rank.worst})"
            yield [group.name, "", words, office.slug, *telling.row(office.name, covered, one.figure)]
