"""PANRB's three indicators of 2020, of provinces with their governments, as a page and as a file."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Evaluator, Head, Ombudsman, Overseer, RegionalOverseer, Watcher
from tanggap.domain.figures import Figure
from tanggap.domain.periods import Period
from tanggap.selectors import agencies, evaluation, formulas, indicators
from tanggap.selectors.evaluation import CODES, Government, Province
from tanggap.services.accounts import office_day
from tanggap.templatetags.tanggap import angka
from tanggap.web import sheets
from tanggap.web import wording_assessment as wording
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.forms_months import MonthsForm


@watcher_required
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Show the provinces that the viewer looks after, or one of them with its governments."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, today = doors.watcher(request, now), office_day(now)
    areas = _areas(viewer)
    usual = {"dari": date(today.year, 1, 1), "sampai": date(today.year, today.month, 1)}
    form = MonthsForm(request.GET if "dari" in request.GET else None, initial=usual)
    context: dict[str, Any] = {"nav": doors.places(viewer), "form": form}
    if form.is_bound and not form.is_valid():
        return render(request, "oversight/evaluation.html", context, status=422)
    said = form.cleaned_data if form.is_bound else usual
    period = Period(said["dari"], said["sampai"]).whole()
    chosen = request.GET.get("provinsi", "") or (next(iter(areas)) if len(areas) == 1 else "")
    if chosen and chosen not in areas:
        raise Http404
    found = evaluation.provinces({chosen} if chosen else areas, period, today=today)
    months = {"dari": said["dari"].strftime("%Y-%m"), "sampai": said["sampai"].strftime("%Y-%m")}
    if kind := sheets.asked(request):
        return _file(kind, found, chosen, now)
    context |= {
        "province": found[0] if chosen and found else None,
        "columns": _columns(bool(chosen)),
        "rows": _rows(found, bool(chosen), months),
        "period": period,
        "on": min(period.last, today),
        "computed_at": indicators.computed_at(),
        "definitions": [_definition(code) for code in CODES],
        "files": sheets.links(request),
        "totals": _totals(found[0]) if chosen and found else [],
        "back": f"?{urlencode(months)}" if chosen and len(areas) > 1 else "",
        "chosen": chosen,
    }
    return render(request, "oversight/evaluation.html", context)


def _areas(viewer: Watcher) -> frozenset[str]:
    """Return the provinces in which a viewer looks after a government. Raises Http404 for who looks after none."""
    match viewer:
        case Head() | Ombudsman():
            raise Http404
        case Overseer():
            rows = agencies.all_governments()
        case RegionalOverseer(overseen=overseen) | Evaluator(overseen=overseen):
            rows = agencies.governments(overseen)
    return frozenset((row.area_id or "")[:2] for row in rows)


def _columns(is_one: bool) -> list[dict[str, Any]]:
    names = [wording.spoken(formulas.newest()[code].names) for code in CODES]
    # Of one government two of the three are a yes or a no; on a phone each has a line of its own.
    numbers = (False, False, False) if is_one else (True, True, True)
    columns = [{"label": name, "number": is_number} for name, is_number in zip(names, numbers, strict=True)]
    return [{"label": _("Instansi") if is_one else _("Provinsi")}, *columns]


def _rows(found: list[Province], is_one: bool, months: dict[str, str]) -> list[list[str]]:
    if is_one:
        return [
            [one.name, _yes(one.has_decree), _yes(one.was_active), _share(one.followed_up)]
            for province in found
            for one in province.governments
        ]
    return [[_link(one, months), *(_share(one.figures[code]) for code in CODES)] for one in found]


def _link(one: Province, months: dict[str, str]) -> str:
    return format_html('<a href="?{}">{}</a>', urlencode({**months, "provinsi": one.area}), one.name)


def _yes(is_so: bool) -> str:
    return _("Ya") if is_so else _("Tidak")


def _share(one: Figure) -> str:
    """Return a share with the count that it stands on; a reason where there is no number."""
    counted = f"({angka(one.numerator or 0)}/{angka(one.n)})"
    return f"– {counted}" if one.shown is None else f"{angka(float(one.shown), 2)} % {counted}"


def _totals(one: Province) -> list[dict[str, str]]:
    return [{**_definition(code), "value": _share(one.figures[code])} for code in CODES]


def _definition(code: str) -> dict[str, str]:
    one = formulas.newest()[code]
    return {"key": one.key, "name": wording.spoken(one.names), "words": wording.spoken(one.definitions)}


def _file(kind: Any, found: list[Province], chosen: str, now: datetime) -> HttpResponseBase:
    """Give the provinces, or the governments of one, with the counts beside each share."""
    keys = [formulas.newest()[code].key for code in CODES]
    if chosen:
        headings = [_("Instansi"), *keys, _("Ditindaklanjuti"), _("Jumlah laporan")]
        rows = [_plain(one) for province in found for one in province.governments]
        return sheets.give(kind, f"panrb-{chosen}", headings, rows, now=now)
    counts = [f"{key} {part}" for key in keys for part in (_("pembilang"), _("penyebut"))]
    lines = [
        [
            one.name,
            *(_number(one.figures[code]) for code in CODES),
            *(n for code in CODES for n in (one.figures[code].numerator or 0, one.figures[code].n)),
        ]
        for one in found
    ]
    return sheets.give(kind, "panrb", [_("Provinsi"), *keys, *counts], lines, now=now)


def _plain(one: Government) -> list[Any]:
    done = one.followed_up
    return [one.name, _yes(one.has_decree), _yes(one.was_active), _number(done), done.numerator or 0, done.n]


def _number(one: Figure) -> str:
    return "" if one.shown is None else str(one.shown)
