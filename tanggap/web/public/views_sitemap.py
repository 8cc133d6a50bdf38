"""The addresses of published reports for search engines: an index by month, and the pages of each month."""

from datetime import date
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.selectors import agencies, publications

_XML: Final = "application/xml; charset=utf-8"
_YEARS: Final = range(2000, 2200)
_PAGES: Final = (
    "home",
    "about",
    "reports",
    "statistics",
    "comparison",
    "formulas",
    "agencies",
    "assessments",
    "recaps",
    "calculator",
    "map",
    "moderation",
    "record",
    "privacy",
    "accessibility",
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps: that of the standing pages, and those of each month that has published reports."""
    zone = agencies.home().timezone
    parts = [
        f"{month:%Y-%m}-{page}" for month, pages in publications.sitemap_months(zone) for page in range(1, pages + 1)
    ]
    addresses = [_address(reverse("public:sitemap_pages")), *(_address(f"/sitemap-{part}.xml") for part in parts)]
    return render(request, "public/sitemap_index.xml", {"addresses": addresses}, content_type=_XML)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the standing pages and the pages of the agencies at home."""
    paths = [reverse(f"public:{name}") for name in _PAGES]
    paths += [reverse("public:agency", args=[agency.slug]) for agency in agencies.at_home()]
    return render(
        request, "public/sitemap.xml", {"rows": [(_address(path), None) for path in paths]}, content_type=_XML
    )


@require_safe
def by_month(request: HttpRequest, year: str, number: str, page: str) -> HttpResponse:
    """List the reports that were published in a month and can be read now."""
    try:
        month = date(int(year), int(number), 1)
    except ValueError as error:
        raise Http404 from error
    if month.year not in _YEARS or int(page) < 1:
        raise Http404
    found = publications.sitemap_page(month, int(page), agencies.home().timezone)
    if not found:
        raise Http404
    rows = [(_address(f"/laporan/{report}"), changed) for report, changed in found]
    return render(request, "public/sitemap.xml", {"rows": rows}, content_type=_XML)


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
