"""An officer sets an authenticator app up, and from then on the password alone opens nothing."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.acts import field, press

pytestmark = pytest.mark.browser

PASSWORD = "kata-sandi-untuk-uji-coba"
STEP = 30


def code(secret, *, ahead=0):
    """Return what the app shows; the server takes a code one step early or late, so no test waits for the next."""
    moment = datetime.now(UTC).timestamp()  # noqa: TID251 - the app of a person reads the clock
    return format_hotp_value(hotp_value(secret, int(moment) // STEP + ahead))


def test_the_password_alone_opens_nothing_once_an_app_is_set_up(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        acts.officer("petugas.dua.langkah", PASSWORD)
    page = people.desk()
    acts.sign_in(page, "petugas.dua.langkah", PASSWORD)
    page.goto("/akun")
    before = page.url
    page.get_by_role("link", name="Aktifkan verifikasi dua langkah").click()
    page.wait_for_url(lambda url: url != before)  # to the key, or to the password before it
    if page.get_by_role("heading", name="Pastikan ini Anda").is_visible():
        field(page, "Kata sandi").fill(PASSWORD)
        press(page, "Lanjutkan")
    expect(page.get_by_role("heading", name="Aktifkan verifikasi dua langkah")).to_be_visible()
    secret = page.get_by_role("main").locator("code").first.inner_text().strip()
    page.get_by_label("Kode", exact=False).fill(code(secret))
    press(page, "Aktifkan")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    recovery = page.get_by_role("main").locator("code").first.inner_text().strip()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto("/masuk")
    field(page, "Nama pengguna").fill("petugas.dua.langkah")
    field(page, "Kata sandi").fill(PASSWORD)
    press(page, "Masuk")
    page.wait_for_url("**/masuk/kode")
    assert page.request.get("/meja", max_redirects=0).status == 302
    page.get_by_label("Kode", exact=False).fill("000000")
    press(page, "Masuk")
    expect(page.get_by_text("Kode salah atau sudah terpakai", exact=False).first).to_be_visible()
    page.get_by_label("Kode", exact=False).fill(code(secret, ahead=1))
    press(page, "Masuk")
    page.wait_for_url("**/meja")

    # The telephone is lost: a recovery code opens once.
    other = people.desk()
    for opens in (True, False):
        other.context.clear_cookies()
        other.goto("/masuk")
        field(other, "Nama pengguna").fill("petugas.dua.langkah")
        field(other, "Kata sandi").fill(PASSWORD)
        press(other, "Masuk")
        other.get_by_label("Kode", exact=False).fill(recovery)
        press(other, "Masuk")
        expect(other.get_by_role("heading", name="Verifikasi dua langkah")).to_have_count(0 if opens else 1)
