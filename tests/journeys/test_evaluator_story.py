"""An evaluator's story: a regency says of itself how it handles complaints, is scored, objects, and all can read it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tanggap.domain.actors import Evaluator
from tanggap.selectors import accounts, assessment_results
from tanggap.services import assessment_rounds
from tanggap.services.accounts import office_day
from tanggap.services.assessment_rounds import NewRound
from tests import make
from tests.journeys import acts
from tests.journeys.accessible import Stop, describe, walk
from tests.journeys.acts import press

pytestmark = pytest.mark.browser

FORM = assessment_results.forms()["pemda@1"]
GROUND = "Anggaran ada di dokumen pelaksanaan, halaman 12."


def opened() -> int:
    """Open a round for two regencies, as the evaluator of the demonstration."""
    now = datetime.now(UTC)  # noqa: TID251 - the server reads the same clock
    today = office_day(now)
    evaluator = accounts.officer_of(accounts.id_of("evaluator"), today)
    assert isinstance(evaluator, Evaluator)
    year = today.year - 1
    regencies = frozenset(make.agency(slug).pk for slug in ("kab-tangerang", "kab-lebak"))
    due_on = today + timedelta(days=30)
    said = NewRound("pemda", year, date(year, 1, 1), date(year, 12, 31), due_on, regencies)
    return assessment_rounds.open_(actor=evaluator, said=said, now=now).pk


def fill(page, points: int) -> None:
    """Give every criterion a score."""
    for code, one in FORM.criteria.items():
        page.locator(f"[name=nilai_{code}]").select_option(str(min(points, one.best)))


def test_an_evaluator_scores_a_regency_which_objects_and_everybody_reads_the_result(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        number = opened()
    regency, ministry = people.officer("admin.tangerangkab"), people.officer("evaluator")
    place = f"/pengawasan/penilaian/{number}/kab-tangerang"
    regency.goto(f"/meja/penilaian/{number}")
    expect(regency.get_by_text("Belum ada SK yang berlaku.")).to_be_visible()
    faults = walk(regency, [Stop("own form", f"/meja/penilaian/{number}")], "id")
    fill(regency, 5)
    press(regency, "Kirim kepada evaluator")
    expect(regency.get_by_text("Penilaian mandiri terkirim.")).to_be_visible()
    ministry.goto(place)
    fill(ministry, 3)
    ministry.locator("[name=catatan_budget]").fill("Anggaran tidak ditemukan.")
    press(ministry, "Sampaikan hasil")
    expect(ministry.get_by_text("71,00 · Baik").first).to_be_visible()
    regency.reload()
    expect(regency.get_by_text("Anggaran tidak ditemukan.")).to_be_visible()
    regency.get_by_label("Mengapa Anda keberatan?").fill(GROUND)
    press(regency, "Ajukan keberatan")
    ministry.goto(place)
    expect(ministry.get_by_text(GROUND)).to_be_visible()
    faults += walk(ministry, [Stop("scoring", place), Stop("a round", f"/pengawasan/penilaian/{number}")], "id")
    ministry.goto(place)
    ministry.locator("[name=nilai_budget]").select_option("5")
    ministry.get_by_label("Keputusan atas keberatan").fill("Diterima: dokumennya ada.")
    press(ministry, "Putuskan keberatan")
    citizen = people.context().new_page()
    faults += walk(citizen, [Stop("results", f"/penilaian?putaran={number}")], "id")
    expect(citizen.get_by_role("row", name="Kabupaten Tangerang")).to_contain_text("72,80")
    assert GROUND not in citizen.content()
    faults += walk(citizen, [Stop("one result", f"/penilaian/{number}/kab-tangerang")], "id")
    faults += recommended(ministry, regency, place)
    assert faults == [], describe(faults)


def recommended(ministry: Page, regency: Page, place: str) -> list[str]:
    """Let the evaluator recommend something, and the regency report it as done; return the faults of their pages."""
    faults = walk(ministry, [Stop("recommending", f"{place}/rekomendasi")], "id")
    ministry.goto(f"{place}/rekomendasi")
    press(ministry, "Berikan rekomendasi")
    expect(ministry.get_by_text("Tulis isinya.").first).to_be_visible()
    ministry.get_by_label("Rekomendasi", exact=True).fill("Perbarui SK pengelola pengaduan.")
    ministry.get_by_label("Tenggat").fill((acts.today() + timedelta(days=60)).isoformat())
    press(ministry, "Berikan rekomendasi")
    line = ministry.get_by_role("link", name="Perbarui SK pengelola pengaduan.")
    expect(line).to_be_visible()
    number = str(line.get_attribute("href")).rpartition("/")[2]
    faults += walk(ministry, [Stop("one recommendation", f"/pengawasan/penilaian/rekomendasi/{number}")], "id")
    return faults + walk(regency, [Stop("own recommendation", f"/meja/penilaian/rekomendasi/{number}")], "id")
