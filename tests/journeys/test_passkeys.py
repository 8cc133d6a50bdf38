"""A passkey is made, signs in without a password, and is removed: with the browser's virtual authenticator."""

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.acts import field, press

pytestmark = pytest.mark.browser

PASSWORD = "kata-sandi-untuk-uji-coba"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_opens_the_desk_without_a_password(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        acts.officer("petugas.kunci", PASSWORD)
    host = site.url.replace("127.0.0.1", "localhost")  # a key belongs to a name, never to a number
    people.watch.host = host
    page = people.context(base_url=host).new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    acts.sign_in(page, "petugas.kunci", PASSWORD)

    page.goto("/akun/kunci-sandi/baru")
    if page.get_by_role("heading", name="Pastikan ini Anda").is_visible():
        field(page, "Kata sandi").fill(PASSWORD)
        press(page, "Lanjutkan")
    field(page, "Nama kunci").fill("Ponsel saya")
    press(page, "Buat kunci sandi")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    page.goto("/akun/kunci-sandi")
    expect(page.get_by_text("Ponsel saya").first).to_be_visible()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto("/masuk")
    press(page, "Masuk dengan kunci sandi")
    page.wait_for_url("**/meja")

    # The password alone opens nothing any more: the key is the second step, too.
    page.get_by_role("button", name="Keluar").first.click()
    page.goto("/masuk")
    field(page, "Nama pengguna").fill("petugas.kunci")
    field(page, "Kata sandi").fill(PASSWORD)
    press(page, "Masuk")
    page.wait_for_url("**/masuk/kode")
    press(page, "Pakai kunci sandi")
    page.wait_for_url("**/meja")

    page.goto("/akun/kunci-sandi")
    page.get_by_role("link", name="Hapus Ponsel saya").click()
    page.wait_for_url(lambda url: not url.endswith("/akun/kunci-sandi"))  # to the form, or to the password before it
    if page.get_by_role("heading", name="Pastikan ini Anda").is_visible():
        field(page, "Kata sandi").fill(PASSWORD)
        press(page, "Lanjutkan")
    press(page, "Hapus kunci sandi")
    expect(page.get_by_text("Belum ada kunci sandi.")).to_be_visible()
