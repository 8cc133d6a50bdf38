"""The offices that answer: a list of all agencies, and a page for each with what it owes and what it did."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from tanggap.domain.reference_rows import AgencyKind
from tanggap.selectors import agencies, assessment_results, names, publications
from tanggap.web import assessing, wording_assessment
from tanggap.web.public import cards, figure_doors, scopes, spans
from tanggap.web.public.spans import Span

if TYPE_CHECKING:
    from tanggap.models import Agency, Unit

_KINDS: Final[dict[str, Promise]] = {
    AgencyKind.PROVINCE: gettext_lazy("Pemerintah provinsi"),
    AgencyKind.MINISTRY: gettext_lazy("Kementerian"),
    AgencyKind.INSTITUTION: gettext_lazy("Lembaga"),
    AgencyKind.STATE_COMPANY: gettext_lazy("Badan usaha milik negara"),
    AgencyKind.REGENCY: gettext_lazy("Pemerintah kabupaten"),
    AgencyKind.CITY: gettext_lazy("Pemerintah kota"),
    AgencyKind.NATIONAL: gettext_lazy("Admin nasional"),
}
_LONGEST: Final = 100
_SHOWN: Final = 2  # of each list; the rest is on the list of reports


@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    """List every agency: the home province with its regencies and cities first, the others by kind."""
    query = " ".join(request.GET.get("q", "")[:_LONGEST].replace("\0", " ").split())
    context = {"query": query, "groups": _groups(query)}
    return render(request, "public/agencies.html", context)


def _groups(query: str) -> list[dict[str, Any]]:
    words = query.lower().split()
    found = [agency for agency in agencies.active() if all(word in _spoken(agency) for word in words)]
    home = [agency for agency in found if _is_home(agency)]
    groups: list[dict[str, Any]] = [
        {"name": settings.HOME_NAME, "agencies": sorted(home, key=lambda agency: str(agency.area_id))}
    ]
    for kind, name in _KINDS.items():
        groups.append({"name": name, "agencies": [a for a in found if a.kind == kind and not _is_home(a)]})
    return [group | {"is_open": bool(query) or index == 0} for index, group in enumerate(groups) if group["agencies"]]


def _spoken(agency: "Agency") -> str:
    return f"{agency.name} {agency.short_name} {agency.slug}".lower()


def _is_home(agency: "Agency") -> bool:
    area = agency.area_id or ""
    return area == settings.HOME_AREA or area.startswith(f"{settings.HOME_AREA}.")


@require_safe
@figure_doors.bounded
def agency(request: HttpRequest, slug: str, *, now: datetime) -> HttpResponse:
    """Show an agency: who is responsible, its figures, what is open and overdue, its latest answers."""
    try:
        found = agencies.by_slug(slug)
    except agencies.NotFoundError as error:
        raise Http404 from error
    known = names.current()
    units = known.remembered(f"offices.{found.pk}", "", partial(_offices, found))
    crumbs = [{"label": pgettext("daftar", "Instansi"), "href": "/instansi"}, {"label": found.name}]
    page: dict[str, Any] = {"units": units, "crumbs": crumbs, "assessed": _assessed(found.pk)}
    page["decrees"] = agencies.decrees(found.pk, timezone.localdate(now))
    chosen = figure_doors.span(request, now)
    return render(request, "public/agency.html", _page(found, None, chosen, known, now) | page)


def _offices(agency: "Agency") -> SafeString:
    """Draw the links to the offices of an agency, which has some forty of them."""
    units = agencies.units(agency.pk).select_related(None).values_list("slug", "name")
    rows = [(agency.slug, slug, name) for slug, name in units]
    return format_html_join("", '<li><a href="/instansi/{}/{}">{}</a></li>', rows)


def _assessed(agency_id: int) -> list[dict[str, Any]]:
    """Return the results of the assessments of an agency that were told, the newest first."""
    return [
        {
            "name": wording_assessment.spoken(assessment_results.form_of(row.round).names),
            "year": row.round.year,
            "body": row.round.body.name,
            "result": assessing.result_of(row),
            "href": f"/penilaian?putaran={row.round_id}",
        }
        for row in assessment_results.told_of(agency_id)
    ]


@require_safe
@figure_doors.bounded
def unit(request: HttpRequest, slug: str, unit_slug: str, *, now: datetime) -> HttpResponse:
    """Show one office of an agency in the same way."""
    try:
        found = agencies.by_slug(slug)
        office = agencies.unit(found.pk, unit_slug)
    except agencies.NotFoundError as error:
        raise Http404 from error
    crumbs = [
        {"label": pgettext("daftar", "Instansi"), "href": "/instansi"},
        {"label": found.short_name or found.name, "href": f"/instansi/{found.slug}"},
        {"label": office.name},
    ]
    page = _page(found, office, figure_doors.span(request, now), names.current(), now)
    return render(request, "public/agency.html", page | {"crumbs": crumbs})


# Other sites may show this page, and no other, in a frame: it has no script, no cookie and nothing to press.
@xframe_options_exempt
@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.SELF], "base-uri": [CSP.SELF], "frame-ancestors": ["*"]})
@require_safe
def card(request: HttpRequest, slug: str, unit_slug: str = "") -> HttpResponse:
    """Show the figures of an agency, or of one of its offices, small enough for a frame."""
    try:
        found = agencies.by_slug(slug)
        office = agencies.unit(found.pk, unit_slug) if unit_slug else None
    except agencies.NotFoundError as error:
        raise Http404 from error
    now = timezone.now()  # noqa: TID251 - a door
    chosen = spans.read({}, timezone.localdate(now))
    computed_at, figures = figure_doors.few(scopes.of_office(found, office), chosen, names.current())
    context = {
        "agency": found,
        "unit": office,
        "name": office.name if office else found.name,
        "slug": f"{found.slug}/{office.slug}" if office else found.slug,
        "figures": figures,
        "computed_at": computed_at,
        "chosen": chosen,
        "plain": True,
    }
    return render(request, "public/agency_card.html", context)


def _page(agency: "Agency", unit: "Unit | None", chosen: Span, known: names.Names, now: datetime) -> dict[str, Any]:
    unit_id = unit.pk if unit else None
    place = scopes.of_office(agency, unit)
    overdue = publications.overdue(agency_id=agency.pk, unit_id=unit_id, now=now, size=_SHOWN)
    waiting = publications.waiting(agency_id=agency.pk, unit_id=unit_id, now=now, size=_SHOWN)
    answers = publications.latest_answers(agency_id=agency.pk, unit_id=unit_id, now=now, size=_SHOWN)
    # Names of places and calendars are asked for once for all three lists.
    shown = iter(cards.cards([*overdue, *waiting, *answers], known, now=now))
    return {
        "agency": agency,
        "unit": unit,
        "name": unit.name if unit else agency.name,
        "website": _web(unit.website if unit else agency.website),
        "slug": f"{agency.slug}/{unit.slug}" if unit else agency.slug,
        "figures": figure_doors.drawn(place, chosen, known, is_whole=False),
        "spans": spans.links(chosen, {}),
        "overdue": _draw(shown, overdue, "answered", "excerpt", "category"),
        "waiting": _draw(shown, waiting, "answered", "excerpt", "category"),
        "answers": _draw(shown, answers, "left", "excerpt", "category", "filed"),
    }


def _draw(shown: Iterator[cards.Card], rows: Sequence[Any], *without: str) -> list[SafeString]:
    """Draw as many of the cards as there are rows, without what the list says already."""
    return [cards.draw(card | dict.fromkeys(without)) for card in islice(shown, len(rows))]


def _web(website: str) -> str:
    """Return an address that can be opened; reference data names the host alone."""
    return f"https://{website}" if website and "://" not in website else website
