"""A head on a telephone of 360 pixels: what is late in the own office, read, nudged, left to those who do it.

The story of a head, and the one at 360 pixels; those of the other roles are named in `test_national_story`.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tanggap.domain.lifecycle import Action
from tanggap.services import reminders
from tests import make
from tests.journeys import acts

pytestmark = pytest.mark.browser

TITLE = "Drainase mampet di depan sekolah"
SECRET = "Uang pelicin untuk izin galian"


def test_a_head_sees_on_a_phone_what_is_late_and_of_a_secret_report_only_where_it_stands(
    people, site, django_db_blocker
):
    with site.rows(django_db_blocker):
        late = acts.published(title=TITLE, hours=24 * 60)
        secret = acts.filed(title=SECRET, hours=24 * 60, is_anonymous=True, is_confidential=True)
        make.act(secret, Action.VERIFY_AND_ASSIGN, title=SECRET)
        reminders.flag_overdue(now=datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
    page = people.context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).new_page()
    acts.sign_in(page, "kepala.dpupr", site.accounts["kepala.dpupr"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pekerjaan Umum")
    page.get_by_role("navigation", name="Keadaan laporan").get_by_role("link", name="Terlambat").click()
    expect(page.get_by_role("heading", name="Terlambat")).to_be_visible()
    expect(page.get_by_text(secret.number)).to_be_visible()
    assert SECRET not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(make.BODY)).to_be_visible()
    assert make.PERSON.name not in page.content()
    assert page.get_by_role("main").get_by_role("button").count() == 1, "there is nothing to do here but this"
    page.get_by_label("Isi teguran").fill("Mohon dijawab minggu ini.")
    page.get_by_role("button", name="Kirim teguran").click()
    expect(page.get_by_text("teguran tercatat dan dikirim")).to_be_visible()
    page.goto(f"/pengawasan/laporan/{secret.number}")
    expect(page.get_by_text("Laporan ini rahasia.")).to_be_visible()
    assert make.BODY not in page.content()
    assert page.goto(f"/meja/{late.number}").status == 404
