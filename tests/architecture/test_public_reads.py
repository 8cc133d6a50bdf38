"""Pages that anyone may open read publications and reference data: hidden content leaks through the second query."""

import ast
from pathlib import Path

import pytest

from tanggap.domain.clocks import CLOCKS, STATUTORY
from tanggap.web.public import story, urls_reading

PUBLIC = Path(__file__).resolve().parent.parent.parent / "tanggap" / "web" / "public"
SELECTORS = {"publications", "agencies", "areas", "calendars", "categories", "names", "policies", "public_search"}
# Sums without secret reports, and what they are computed by.
SELECTORS |= {"indicators", "formulas"}
SELECTORS |= {"assessment_results", "open_data_dictionary"}
SELECTORS |= {
    "moderation",
    "maps",
    "published_cases",
    "published_comments",
    "published_problems",
    "published_recaps",
    "years",
}
SERVICES = {"limits"}
READING = (
    "alike",
    "breakdowns",
    "cards",
    "cases",
    "charts",
    "figure_doors",
    "filters",
    "guesses",
    "scopes",
    "spans",
    "story",
    "telling",
    "urls_reading",
    "views_agencies",
    "views_assessments",
    "views_calculator",
    "views_comparison",
    "views_feed",
    "views_figures",
    "views_map",
    "views_moderation",
    "views_open_data",
    "views_places",
    "views_problems",
    "views_recaps",
    "views_reports",
    "views_sitemap",
    "views_statistics",
    "views_years",
)


def _imported(path: Path) -> set[str]:
    """Return what a module takes from selectors, services and models, as `layer.module`; types alone do not count."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            _package, _, rest = node.module.partition(".")
            layer, _, module = rest.partition(".")
            if layer in {"selectors", "services", "models"}:
                found |= {f"{layer}.{module}"} if module else {f"{layer}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("name", READING)
def test_a_public_page_reads_publications_and_reference_data_alone(name):
    allowed = {f"selectors.{name}" for name in SELECTORS} | {f"services.{name}" for name in SERVICES}
    assert _imported(PUBLIC / f"{name}.py") <= allowed


def test_every_view_of_these_addresses_is_in_a_module_that_is_looked_at():
    modules = {pattern.callback.__module__.rpartition(".")[2] for pattern in urls_reading.urlpatterns}
    assert modules <= set(READING)


def test_every_clock_that_the_public_sees_is_said_in_words():
    shown = {clock for clock, rule in CLOCKS.items() if rule.is_shown}
    assert shown - STATUTORY == set(story.OWED) | set(story.REPORTER_MAY)
