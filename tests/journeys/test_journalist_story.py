"""A journalist without an account compares two offices of the province and downloads the cases behind a figure."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tanggap.services import indicators as folding
from tests import facts, make
from tests.journeys import acts
from tests.journeys.acts import press

pytestmark = pytest.mark.browser
OFFICES = ("Dinas Kesehatan", "Dinas Pekerjaan Umum dan Penataan Ruang")


@pytest.fixture(scope="module")
def published(site, django_db_blocker):
    """Publish a report, and count forty of each of two offices."""
    with site.rows(django_db_blocker):
        report = acts.kept(acts.published(title="Jembatan gantung miring"))
        for slug in ("dinkes", "dpupr"):
            row = facts.row(make.agency().pk, make.unit(slug).pk, received_on=acts.today().isoformat())
            facts.count(row, 40)
        folding.fold(now=datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
    return report


def test_a_journalist_compares_two_offices_and_downloads_the_cases_behind_a_figure(people, published):
    page = people.phone(java_script_enabled=False, accept_downloads=True)
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Statistik", exact=True).last.click()
    expect(page.get_by_text("Jawaban tepat waktu").first).to_be_visible()
    page.get_by_role("link", name="Bandingkan instansi yang sejenis").click()
    for office in OFFICES:
        page.get_by_label(f"Pilih: {office}").check()
    press(page, "Bandingkan yang dipilih (2 sampai 6)")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bersisian")
    for office in OFFICES:
        expect(page.get_by_role("heading", level=2, name=office)).to_be_visible()
    page.get_by_role("link", name="sla_rate@1").first.click()
    expect(page.get_by_text("Reports that were answered before the time", exact=False)).to_be_visible()
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh laporan di balik angka (CSV)").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    # Other stories publish at the same site: all of the two offices, and no word of any.
    assert published.number in [row["Nomor laporan"] for row in rows]
    assert {row["Unit"] for row in rows} <= set(OFFICES)
    assert "Jembatan" not in str(rows)
