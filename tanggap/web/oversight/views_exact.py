"""The exact counts of secret reports, for who evaluates the agencies (ADR 0059): by agency, standing and outcome.

Everybody else is told of five or more (`domain.small_counts`). No number, no category and no area stands here either,
and each look is written down before it is answered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Evaluator
from tanggap.domain.exports import Format
from tanggap.domain.figures import Figure
from tanggap.domain.outcomes import Outcome
from tanggap.domain.periods import Period
from tanggap.selectors import agencies, exact_indicators, formulas, indicators, names
from tanggap.selectors.indicators import Scope
from tanggap.services import exact_counts
from tanggap.services.accounts import office_day
from tanggap.templatetags.tanggap import angka
from tanggap.web import sheets, wording
from tanggap.web import wording_figures as said
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors
from tanggap.web.oversight.forms_months import MonthsForm
from tanggap.web.wording_assessment import spoken

ROWS: Final = 50  # agencies on one page
_USUAL: Final = 365  # days, in whole months
# What an agency is judged by first, without its secret reports and with them.
FORMULAS: Final = (
    *("volume", "verify_ontime", "first_response_ontime", "sla_rate", "resolve_median", "overdue_open"),
    *("followup_rate_v1", "followup_rate_v3", "followup_rate_v2", "satisfaction", "solved_yes"),
)

type Told = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, when, and of which months; `period` is None where the form is not filled in rightly."""

    viewer: Evaluator
    now: datetime
    form: MonthsForm
    period: Period | None

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        """Read a request. Raises Http404 for whoever evaluates nobody."""
        now = timezone.now()  # noqa: TID251 - a door
        viewer = doors.watcher(request, now)
        if not isinstance(viewer, Evaluator):
            raise Http404
        usual = Period.months_of_last(office_day(now), _USUAL)
        form = MonthsForm(
            request.GET if "dari" in request.GET else None, initial={"dari": usual.first, "sampai": usual.last}
        )
        if not form.is_bound:
            return cls(viewer, now, form, usual)
        chosen = form.cleaned_data if form.is_valid() else None
        return cls(viewer, now, form, Period(chosen["dari"], chosen["sampai"]).whole() if chosen else None)

    def months(self, period: Period) -> str:
        """Return the months as an address says them."""
        return urlencode({"dari": period.months()[0], "sampai": period.months()[-1]})

    def secret(self, period: Period, slug: str = "", agency_id: int | None = None) -> Mapping[int, Told]:
        """Return the figures of secret reports by agency, of one or of all; that it was looked at stands in the log."""
        exact_counts.log(actor=self.viewer, period=period, agency=slug, now=self.now)
        asked = self.viewer.overseen if agency_id is None else (agency_id,)
        return exact_indicators.of_secret(viewer=self.viewer, agencies=asked, period=period, on=office_day(self.now))

    def page(self, period: Period | None) -> dict[str, Any]:
        """Return what every page here shows."""
        return {
            "nav": doors.places(self.viewer),
            "form": self.form,
            "period": period,
            "computed_at": indicators.computed_at(),
        }


@watcher_required
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Show how many secret reports each agency got in some months, and what became of them."""
    asked = _Asked.of(request)
    period = asked.period
    if period is None:
        return render(request, "oversight/exact.html", asked.page(None), status=422)
    known = names.current()
    offices = ((known.agency(pk), told) for pk, told in asked.secret(period).items())
    rows = sorted(((one.name, one.slug, told) for one, told in offices), key=lambda row: row[:2])
    if kind := sheets.asked(request):
        headings = [*(column["label"] for column in _columns()), *wording.OUTCOME.values(), said.NOT_KNOWN]
        plain = ([name, *_counts(told), *_outcomes([told]).values()] for name, _slug, told in rows)
        return sheets.give(kind, "rahasia", headings, plain, now=asked.now)
    page = doors.page_of(request.GET.get("halaman", ""))
    first = (page - 1) * ROWS
    shown = rows[first : first + ROWS]
    if page > 1 and not shown:
        raise Http404
    months = asked.months(period)
    context = asked.page(period) | {
        "total": sum(told["volume"].n for _name, _slug, told in rows),
        "count": len(rows),
        "tables": [_by_agency(shown, months), _ended(told for _name, _slug, told in rows)] if rows else [],
        "files": sheets.links(request),
        "older": f"?{months}&halaman={page + 1}" if len(rows) > first + ROWS else "",
        "newer": f"?{months}&halaman={page - 1}" if page > 1 else "",
    }
    return render(request, "oversight/exact.html", context)


@watcher_required
@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the secret reports of one agency in some months, and its main figures without them and with them."""
    asked = _Asked.of(request)
    try:
        agency = agencies.by_slug(slug)
    except agencies.NotFoundError as error:
        raise Http404 from error
    if agency.pk not in asked.viewer.overseen:
        raise Http404
    period, office = asked.period, {"agency": agency, "back": "/pengawasan/rahasia"}
    if period is None:
        return render(request, "oversight/exact.html", asked.page(None) | office, status=422)
    told = asked.secret(period, slug, agency.pk).get(agency.pk)
    scope, on = Scope("agency", (str(agency.pk),)), office_day(asked.now)
    without = indicators.told(scope, period, FORMULAS, on=on)
    together = exact_indicators.told(viewer=asked.viewer, scope=scope, period=period, codes=FORMULAS, on=on)
    if kind := sheets.asked(request):
        return _file(kind, slug, without, together, asked.now)
    context = (
        asked.page(period)
        | office
        | {
            "back": f"/pengawasan/rahasia?{asked.months(period)}",
            "total": told["volume"].n if told else 0,
            "tables": [*([_stands(told), _ended([told])] if told else []), _compared(without, together)],
            "files": sheets.links(request),
        }
    )
    return render(request, "oversight/exact.html", context)


def _columns() -> list[dict[str, Any]]:
    labels = [_("Instansi"), _("Jumlah"), *wording.FAMILY.values(), _("Terlambat")]
    return [{"label": label, "number": at > 0} for at, label in enumerate(labels)]


def _counts(told: Told) -> list[int]:
    """Return the counts of an agency in the order of their headings."""
    stands = dict(told["status_distribution"].spread)
    families = [stands.get(family.value, 0) for family in wording.FAMILY]
    return [told["volume"].n, *families, told["overdue_open"].n]


def _outcomes(every: Iterable[Told]) -> dict[str, int]:
    """Return how many ended how, all outcomes of the law and last those that say none."""
    found = dict.fromkeys([*(outcome.value for outcome in Outcome), ""], 0)
    for told in every:
        for value, n in told["outcome_distribution"].spread:
            found[value if value in found else ""] += n
    return found


def _by_agency(rows: list[tuple[str, str, Told]], months: str) -> dict[str, Any]:
    linked = [
        [format_html('<a href="/pengawasan/rahasia/{}?{}">{}</a>', slug, months, name), *map(angka, _counts(told))]
        for name, slug, told in rows
    ]
    return {"caption": _("Jumlah laporan rahasia per instansi"), "columns": _columns(), "rows": linked}


def _stands(told: Told) -> dict[str, Any]:
    stands = dict(told["status_distribution"].spread)
    rows = [[words, angka(stands.get(family.value, 0))] for family, words in wording.FAMILY.items()]
    rows.append([_("Terlambat"), angka(told["overdue_open"].n)])
    return {"caption": _("Keadaan laporan rahasia"), "columns": _pair(_("Keadaan")), "rows": rows}


def _ended(every: Iterable[Told]) -> dict[str, Any]:
    words = {outcome.value: str(name) for outcome, name in wording.OUTCOME.items()}
    rows = [[words.get(code, str(said.NOT_KNOWN)), angka(n)] for code, n in _outcomes(every).items() if n]
    empty = "" if rows else _("Belum ada yang selesai.")
    columns = _pair(pgettext("laporan", "Hasil"))
    return {"caption": _("Hasil laporan rahasia yang selesai"), "columns": columns, "rows": rows, "empty": empty}


def _pair(first: str) -> list[dict[str, Any]]:
    return [{"label": first}, {"label": _("Jumlah"), "number": True}]


def _compared(without: Told, together: Told) -> dict[str, Any]:
    labels = [_("Rumus"), _("Tanpa laporan rahasia"), _("Dengan laporan rahasia")]
    rows = [[_formula(together[code]), _said(without[code]), _said(together[code])] for code in FORMULAS]
    columns = [{"label": label} for label in labels]
    return {"caption": _("Angka utama tanpa dan dengan laporan rahasia"), "columns": columns, "rows": rows}


def _formula(one: Figure) -> str:
    return format_html("{} <code>{}</code>", spoken(formulas.newest()[one.code].names), one.key)


def _said(one: Figure) -> str:
    """Return a figure with the cases it stands on, or why there is none."""
    return " · ".join(filter(None, [said.value(one), said.standing(one)]))


def _file(kind: Format, slug: str, without: Told, together: Told, now: datetime) -> HttpResponseBase:
    parts = (_("pembilang"), _("penyebut"))
    sides = (_("Tanpa laporan rahasia"), _("Dengan laporan rahasia"))
    headings = [_("Rumus"), _("Nama"), *(f"{side}{part}" for side in sides for part in ("", *(f" {p}" for p in parts)))]
    return sheets.give(kind, f"rahasia-{slug}", headings, _plain(without, together), now=now)


def _plain(without: Told, together: Told) -> Iterator[list[Any]]:
    for code in FORMULAS:
        row: list[Any] = [together[code].key, spoken(formulas.newest()[code].names)]
        for one in (without[code], together[code]):
            row += ["" if one.shown is None else str(one.shown), "" if one.numerator is None else one.numerator, one.n]
        yield row
