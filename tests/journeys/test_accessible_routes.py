"""No page is added without being walked: every address that answers HTML stands in the accessibility walk."""

import ast
import contextlib
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Response

from tanggap.models import Problem
from tanggap.services import problems
from tests import make
from tests.journeys import acts, test_accessible, test_accessible_desk, test_evaluator_story
from tests.journeys.accessible import Stop, describe, sent, spoken, walk
from tests.journeys.test_accessible_desk import PASSWORD, Owner, at_desk
from tests.web.test_every_address import ADMIN, PLAIN, of_report, routes

WALK = (test_accessible, test_accessible_desk, test_evaluator_story, sys.modules[__name__])
# What answers a GET, and is no page: each with what it is instead.
NO_PAGE = {
    "sehat": "text for monitors",
    "robots.txt": "text for search engines",
    "sitemap.xml": "XML",
    "sitemap-halaman.xml": "XML",
    r"^sitemap-(?P<year>\d{4})-(?P<number>\d{2})-(?P<page>\d{1,4})\.xml$": "XML",
    "laporan/<str:number>/kartu.png": "a picture",
    "laporan.atom": "a feed",
    "wilayah/titik.json": "data for the browser",
    "catatan/kunci.json": "data for who verifies",
    "catatan/feed.atom": "a feed",
    "lapor/wilayah": "a part of the page of filing, which redraws it",
    "lapor/tanda-terima.pdf": "a file, or back to the form",
    "laporan/<str:number>/berkas/<str:key>": "a file",
    "laporan/<str:number>/berkas/<str:key>/kecil": "a file",
    "lacak/berkas/<slug:key>": "a file",
    "lacak/berkas/<slug:key>/kecil": "a file",
    "meja/<str:number>/berkas/<slug:key>": "a file",
    "meja/pekerjaan/<slug:key>/berkas": "a file",
    "meja/impor/contoh/<slug:what>/<slug:form>": "a file",
    "meja/impor/<slug:key>/perbaiki/<slug:form>": "a file",
    "masuk/kunci-sandi": "what a browser signs",
    "meja/<str:number>/templat/<slug:place>": "the page of the report, with a text filled in",
    "keluar": "a redirect",
    "statistik.csv": "a file",
    "statistik/laporan.csv": "a file",
    "perbandingan.csv": "a file",
}


# A page that answers a form: a word by which the walk finds the form.
BY_FORM = {
    "meja/<str:number>/identitas": "identitas",
    "meja/pekerjaan/<slug:key>": "#alasan",
    "meja/massal/<slug:key>": "#word",
    "meja/impor/<slug:key>": "#berkas",
}


def constants(module: ModuleType) -> Iterator[ast.expr]:
    """Yield the texts that a module holds."""
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield node


def address(node: ast.expr) -> str:
    """Return the address that a text is, or ''; what is filled in is a sample."""
    match node:
        case ast.Constant(value=str(text)) if text.startswith("/"):
            return re.split(r"[?#]", text)[0]
        case ast.JoinedStr(values=[ast.Constant(value=str(first)), *_] as parts) if first.startswith("/"):
            made = "".join(str(part.value) if isinstance(part, ast.Constant) else "7KQ2-M9TD" for part in parts)
            return re.split(r"[?#]", made)[0]
    return ""


def walked() -> set[str]:
    """Return the patterns of the addresses that the walk goes to."""
    found: set[str] = set()
    words = {node.value for node in constants(test_accessible_desk) if isinstance(node, ast.Constant)}
    found |= {route for route, word in BY_FORM.items() if word in words}
    for node in (node for module in WALK for node in constants(module)):
        with contextlib.suppress(Resolver404):
            found.add(resolve(address(node) or "/").route)
    return found


def pages() -> set[str]:
    """Return the patterns of the addresses that answer somebody with a page, and of those that answer a form."""
    read = {
        route
        for route, row in (PLAIN | of_report("public")).items()
        if 200 in (row.get.values() if isinstance(row.get, dict) else (row.get,))
    }
    return (read | set(BY_FORM)) - set(NO_PAGE)


def test_every_page_is_walked():
    assert pages() - walked() == set()


def test_what_is_said_to_be_no_page_exists():
    assert set(NO_PAGE) | set(BY_FORM) <= {route for route in routes() if not route.startswith(ADMIN)}


@pytest.mark.parametrize("route", ["lacak/laporan", "meja/<str:number>", "laporan/<str:number>/tenggat"])
def test_the_walk_is_read_rightly(route):
    assert route in walked() & pages()


@pytest.mark.browser
@pytest.mark.parametrize("language", spoken("en"))
def test_the_original_words_opened_by_an_admin(people, site, django_db_blocker, language):
    with site.rows(django_db_blocker):
        number = acts.published(title=f"Laporan tentang atasan, {language}", is_anonymous=True).number
    page = at_desk(people, "admin.banten", language)

    def opened(_page: Page) -> Response:
        page.goto(f"/meja/{number}")
        form = page.locator(f"form[action='/meja/{number}/asli']")
        form.evaluate("form => form.closest('details').open = true")
        form.locator("textarea").fill("Perlu membaca kalimat aslinya.")
        answer = sent(page, lambda: form.locator("button").click())
        assert answer.url.endswith(f"/meja/{number}/asli")
        return answer

    found = walk(page, [Stop("original", opened)], language)
    assert found == [], describe(found)


@pytest.mark.browser
@pytest.mark.parametrize("language", spoken("id"))
def test_a_problem_that_comes_again(people, site, django_db_blocker, language):
    with site.rows(django_db_blocker):
        for place in range(5):
            acts.published(title=f"Jalan amblas, titik {place}, {language}")
        problems.set_rule(actor=make.agency_admin(), least=5, months=3, now=make.NOW)
        problems.find(now=datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
        number = Problem.objects.values_list("pk", flat=True).first()
    seats = {"dpupr": "/meja/masalah-berulang", "pengawas.banten": "/pengawasan/masalah-berulang"}
    found = [
        fault
        for who, place in seats.items()
        for fault in walk(at_desk(people, who, language), [Stop("a problem", f"{place}/{number}")], language)
    ]
    assert found == [], describe(found)


@pytest.mark.browser
@pytest.mark.parametrize("language", spoken("id"))
def test_the_code_that_is_asked_for_again(people, site, django_db_blocker, language):
    username = f"petugas.kode.{language}"
    with site.rows(django_db_blocker):
        acts.officer(username, PASSWORD)
    page = people.desk()
    owner = Owner(page, username, language)
    owner.enrolling(page)
    owner.recovery(page)
    found = walk(page, [Stop("code again", "/akun/pastikan/kode?next=/akun/dua-langkah/matikan")], language)
    assert found == [], describe(found)
