"""The national admin's story: what no office was named for, what two offices refuse, and what nobody answers.

With the others, each role that the desk is for has its story in a real browser: the liaison officer and the agency
admin in `test_main_story` (an agency admin by keyboard alone in `test_keyboard`), the inspectorate in
`test_secret_story`, a head on a telephone of 360 pixels in `test_head_story`.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tanggap.domain.lifecycle import Action
from tanggap.services import reminders
from tests import make
from tests.journeys import acts
from tests.journeys.acts import choose, field, press

pytestmark = pytest.mark.browser

LOST, DISPUTED, LATE = "Loket tutup tanpa pengumuman", "Jalan batas kabupaten rusak", "Bantuan benih belum dibagikan"
HERE, LEBAK, SERANG = "pemprov-banten", "kab-lebak", "kab-serang"
REMINDER = "Pelapor menunggu dua bulan. Mohon dijawab minggu ini."
GROUND = "Menurut peta jalan, ruas ini jalan kabupaten."


def refused_by_two():
    """Return a report that the province offered to two regencies, neither of which takes it."""
    report = acts.published(title=DISPUTED)
    for there, elsewhere in ((LEBAK, SERANG), (SERANG, LEBAK)):
        here, now = make.agency_admin(HERE), datetime.now(UTC)  # noqa: TID251 - the server reads the same clock
        said = {"text": make.SAYING.text, "masked": {"text": ()}, "checks_answered": True, "now": now}
        make.act(report, Action.TRANSFER, actor=here, agency_id=make.agency(there).pk, **said)
        proposed = make.agency(elsewhere).pk
        make.act(report, Action.REFUSE_TRANSFER, actor=make.agency_admin(there), suggested_agency_id=proposed, **said)
    return report


def queue(page: Page, name: str) -> None:
    """Open a queue of the desk."""
    page.get_by_role("navigation", name="Antrean").get_by_role("link", name=name).click()


def test_a_national_admin_finds_an_office_for_a_report_ends_a_dispute_and_nudges_who_is_late(
    people, site, django_db_blocker
):
    with site.rows(django_db_blocker):
        lost = acts.filed(title=LOST, destination_id=None)
        disputed = refused_by_two()
        late = acts.published(title=LATE, hours=24 * 60)
        reminders.flag_overdue(now=datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
    page = people.desk()
    acts.sign_in(page, "admin.nasional", site.accounts["admin.nasional"])

    # The reporter named no office, and none is found by itself: a person says whose it is.
    page.get_by_role("link", name=LOST).click()
    acts.verify(page, lost.number, field_of="Instansi", to="Pemerintah Provinsi Banten")

    # Two refusals, and the agencies offer it to nobody any more: what is said here stands.
    page.goto("/meja")
    queue(page, "Menunggu penetapan")
    page.get_by_role("link", name=DISPUTED).click()
    choose(page, "Instansi tujuan", "Pemerintah Kabupaten Lebak")
    field(page, "Alasan penetapan").fill(GROUND)
    press(page.locator("#tindakan-form"), "Tetapkan instansi")
    expect(page.get_by_text("Admin nasional menetapkan").first).to_be_visible()

    # Nobody answers: it is another office's, and whoever looks over all of them reminds it.
    page.goto("/meja")
    queue(page, "Semua instansi")
    page.get_by_role("link", name=LATE).click()
    field(page, "Catatan").fill(REMINDER)
    press(page.locator("#tindakan-form"), "Tegur")
    expect(page.get_by_text("menegur karena terlambat").first).to_be_visible()

    # Whoever reported reads whose it is now, and why; that a colleague was reminded is not for the public.
    page.goto(f"/laporan/{disputed.number}")
    told = page.get_by_role("main")
    expect(told.get_by_text("Admin nasional menetapkan Pemerintah Kabupaten Lebak")).to_be_visible()
    expect(told.get_by_text(GROUND)).to_be_visible()
    page.goto(f"/laporan/{lost.number}")
    expect(page.get_by_role("main").get_by_text("Pemerintah Provinsi Banten").first).to_be_visible()
    assert REMINDER not in page.request.get(f"/laporan/{late.number}").text()
