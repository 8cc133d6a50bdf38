"""Statistics: the figures of the nation or of a chosen place over chosen days, as a page and as files.

Everything on the page is read from sums (`selectors.indicators`), never from reports.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from tanggap.domain.exports import Format
from tanggap.domain.indicators import Indicator, Kind
from tanggap.domain.periods import Period
from tanggap.selectors import formulas, indicators, names, published_cases
from tanggap.selectors.public_search import Filters
from tanggap.templatetags.tanggap import angka
from tanggap.web import sheets
from tanggap.web import wording_figures as said
from tanggap.web.public import alike, breakdowns, cases, figure_doors, scopes, spans, telling
from tanggap.web.public.scopes import NAME, Place
from tanggap.web.public.spans import BadAddressError, Span
from tanggap.web.wording_assessment import spoken


@require_safe
@figure_doors.bounded
def statistics(request: HttpRequest, *, now: datetime) -> HttpResponseBase:
    """Show the figures of the nation, or of a place that is chosen."""
    known = names.current()
    place, chosen = scopes.asked(request.GET), figure_doors.span(request, now)
    context = {
        "place": place,
        "chosen": chosen,
        "options": scopes.options(known, get_language() or "id", place),
        "spans": spans.links(chosen, {NAME: place.code} if place.code else {}),
        "figures": figure_doors.drawn(place, chosen, known, is_whole=True),
        "is_plain": not request.GET,
    }
    return render(request, "public/statistics.html", context)


@require_safe
@figure_doors.bounded_file
def statistics_csv(request: HttpRequest, *, now: datetime) -> HttpResponseBase:
    """Give what a part of the page shows: every formula, the months, a distribution, or a breakdown with all parts."""
    place, chosen = scopes.asked(request.GET), figure_doors.span(request, now)
    part = request.GET.get("bagian", "angka")
    headings, rows = _table(part, place, chosen)
    return sheets.give(Format.CSV, f"statistik-{part}", headings, rows, now=now)


type Table = tuple[Sequence[Any], Iterable[list[Any]]]


def _table(part: str, place: Place, chosen: Span) -> Table:
    if part in _FILES:
        return _FILES[part](place, chosen)
    if part in telling.SPREADS:
        return _spread(part, place, chosen)
    if part in breakdowns.names(place):
        return _breakdown(part, place, chosen)
    raise BadAddressError(_("Berkas ini tidak ada."))


def _every(place: Place, chosen: Span) -> Table:
    found = indicators.told(place.scope, chosen.period, telling.codes())
    covered = indicators.covered(place.scope, chosen.period)
    return telling.HEADINGS, [telling.row(place.name, covered, figure) for figure in found.values()]


def _months(place: Place, chosen: Span) -> Table:
    found = indicators.series(place.scope, chosen.year, telling.codes())
    rows = (
        telling.row(place.name, Period.named(month), figure)
        for month, told in found.items()
        for figure in told.values()
    )
    return telling.HEADINGS, rows


def _spread(part: str, place: Place, chosen: Span) -> Table:
    code = telling.SPREADS[part]
    figure = indicators.told(place.scope, chosen.period, [code])[code]
    covered = indicators.covered(place.scope, chosen.period)
    words = telling.names_of(part)
    days = [covered.first.isoformat(), covered.last.isoformat()]
    headings = (*telling.HEADINGS[:5], lazy("Kode"), pgettext_lazy("rincian", "Bagian"), lazy("Jumlah"))
    rows = [
        [place.name, *days, figure.code, figure.version, value, words.get(value, value), n]
        for value, n in figure.spread
    ]
    return headings, rows


def _breakdown(part: str, place: Place, chosen: Span) -> Table:
    covered, found = breakdowns.rows(place, chosen.period, part)
    headings = (*telling.HEADINGS[:1], lazy("Kode"), pgettext_lazy("rincian", "Bagian"), *telling.HEADINGS[1:])

    def rows() -> Iterator[list[Any]]:
        for code, name, row in found:
            for one in breakdowns.CODES:
                first, *rest = telling.row(place.name, covered, row.figures[one])
                yield [first, code, name, *rest]

    return headings, rows()


_FILES: Final[Mapping[str, Callable[[Place, Span], Table]]] = {"angka": _every, "bulan": _months}


@require_safe
@figure_doors.bounded_file
def cases_csv(request: HttpRequest, *, now: datetime) -> HttpResponseBase:
    """Give the published reports behind the figures of a place, or of offices that are compared, without their text."""
    chosen, figure = figure_doors.span(request, now), request.GET.get("angka", "volume")
    if len(slugs := request.GET.getlist("instansi")) > 1:
        scopes.refuse(request.GET, besides=["instansi"])
        _kind, offices = alike.chosen(slugs)
        places = [scopes.of_agency(*office.slug.split("/", 1)) for office in offices]
    else:
        places = [scopes.asked(request.GET)]
    place = places[0]
    if place.listed is None or not published_cases.is_known(figure):
        raise BadAddressError(_("Laporan di balik angka ini tidak dapat disebut satu per satu."))
    covered = indicators.covered(place.scope, chosen.period)
    return give_cases([cases.filters(one, covered) for one in places], figure, cases.called(covered), now)


def give_cases(asked: Iterable[Filters], figure: str, name: str, now: datetime) -> HttpResponseBase:
    """Give the reports of some offices or places one after the other, read page by page."""
    known, every = names.current(), list(asked)
    pages = (
        page
        for one in every
        for page in sheets.walk(
            lambda after, one=one: published_cases.page(one, figure, after, sheets.SIZE, now=now)  # type: ignore[misc]
        )
    )
    rows = (row for page in pages for row in cases.rows(page, known, now))
    total = lambda: sum(published_cases.count(one, figure, now=now) for one in every)  # noqa: E731
    return sheets.give(Format.CSV, name, cases.HEADINGS, rows, now=now, count=total)


@require_safe
def formula_list(request: HttpRequest) -> HttpResponseBase:
    """List every formula by its name."""
    found = [_spoken(one) for one in formulas.newest().values()]
    return render(request, "public/formulas.html", {"formulas": found})


@require_safe
def formula(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the definition of a formula in both languages, with every version, newest first."""
    found = [one for one in formulas.every() if one.code == code]
    if not found:
        raise Http404
    found.sort(key=lambda one: -one.version)
    context = {
        "formula": _spoken(found[0]),
        "versions": [_detail(one) for one in found],
    }
    return render(request, "public/formula.html", context)


def _spoken(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "key": one.key,
        "name": spoken(one.names),
        "definition": spoken(one.definitions),
        "source": one.source,
        "kind": said.KIND[one.kind],
        "is_proposal": one.is_proposal,
    }


def _detail(one: Indicator) -> dict[str, Any]:
    is_composite = one.kind == Kind.COMPOSITE
    return {
        "key": one.key,
        "names": one.names,
        "definitions": one.definitions,
        "source": one.source,
        "since": one.since,
        "kind": said.KIND[one.kind],
        "counts": said.population(one),
        "unit": said.UNIT[one.unit],
        "stage": "" if is_composite else said.STAGE[one.stage.value],
        "numerator": said.condition(one.numerator) if one.numerator is not None else "",
        "of": "" if is_composite else said.condition(one.of),
        "is_ratio": one.numerator is not None,
        "value": one.value,
        "quantile": str(one.quantile) if one.kind == Kind.QUANTILE else "",
        "minimum": one.minimum,
        "rank_minimum": one.rank_minimum,
        "parts": [
            {"code": part.code, "name": spoken(formulas.newest()[part.code].names),
             "weight": angka(float(part.weight) * 100), "minimum": part.minimum}
            for part in one.parts
        ],
        "grades": [(angka(float(grade.from_value), 2), spoken(grade.names)) for grade in one.grades],
        "sensitivity": angka(float(one.sensitivity) * 100) if one.sensitivity else "",
        "is_proposal": one.is_proposal,
    }  # fmt: skip
