"""Impatient fingers, the back button, two tabs, a late answer: nothing is doubled and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import acts
from tests.journeys.acts import choose, field, press, tick

pytestmark = pytest.mark.browser

BODY = "Jalan berlubang di depan pasar, dalamnya dua puluh sentimeter, dua motor sudah jatuh minggu ini."

# Resolves when the draft holds these words, or, for null, when there is none.
UNTIL = """words => new Promise(done => {
  const look = () => {
    const kept = localStorage.getItem("draft:lapor");
    if (words === null ? kept === null : kept?.includes(words)) done(kept); else requestAnimationFrame(look);
  };
  look();
})"""


def fill(page: Page, title: str) -> None:
    acts.start_report(page, today=acts.today(), title=title, body=BODY)
    choose(page, "Instansi tujuan", "Pemerintah Provinsi Banten")
    field(page, "Nama").fill("Ani Contoh")
    field(page, "Surel").fill("ani@example.org")


def count(site, blocker, title: str) -> int:
    from tanggap.models import Report

    with site.rows(blocker):
        return Report.objects.filter(title=title).count()


def test_a_double_click_sends_one_report(people, site, django_db_blocker):
    page = people.phone()
    fill(page, "Laporan yang ditekan dua kali")
    page.get_by_role("button", name="Kirim laporan", exact=True).dblclick()
    page.wait_for_url("**/lapor/tanda-terima")
    assert acts.receipt(page).number
    assert count(site, django_db_blocker, "Laporan yang ditekan dua kali") == 1


def test_the_back_button_and_a_second_sending_show_the_same_receipt(people, site, django_db_blocker):
    page = people.phone()
    fill(page, "Laporan yang dikirim lagi setelah kembali")
    first = acts.send(page)
    page.go_back()
    page.wait_for_url("**/lapor")
    expect(field(page, "Judul laporan")).to_have_value("Laporan yang dikirim lagi setelah kembali")
    again = acts.send(page)
    assert (again.number, again.token) == (first.number, first.token)
    assert "tidak ada laporan kedua" in again.text
    assert count(site, django_db_blocker, "Laporan yang dikirim lagi setelah kembali") == 1

    # Other words are another report: nothing typed is taken for a repetition.
    page.go_back()
    page.wait_for_url("**/lapor")
    field(page, "Judul laporan").fill("Laporan lain yang ditulis setelah kembali")
    assert acts.send(page).number != first.number
    assert count(site, django_db_blocker, "Laporan lain yang ditulis setelah kembali") == 1


def test_two_tabs_are_two_reports_and_each_shows_its_own_receipt(people, site):
    first = people.phone()
    second = first.context.new_page()
    fill(first, "Laporan pertama dari dua lembar")
    fill(second, "Laporan kedua dari dua lembar")
    one, other = acts.send(first), acts.send(second)
    assert one.number != other.number
    assert acts.receipt(first).number == one.number


def test_a_mistake_is_named_and_nothing_that_was_typed_is_lost(people):
    page = people.phone()
    fill(page, "Pendek")
    choose(page, "Kabupaten/Kota", "Kabupaten Lebak")
    field(page, "Lampiran").set_input_files([acts.upload("bukti.jpg", acts.picture())])
    press(page, "Kirim laporan")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Judul laporan: Judul terlalu pendek")
    expect(alert).to_be_focused()
    alert.get_by_role("link").first.click()
    expect(field(page, "Judul laporan")).to_be_focused()
    expect(field(page, "Judul laporan")).to_have_attribute("aria-invalid", "true")
    expect(field(page, "Isi laporan")).to_have_value(BODY)
    expect(field(page, "Nama")).to_have_value("Ani Contoh")
    expect(page.get_by_text("bukti.webp").first).to_be_visible()
    field(page, "Judul laporan").fill("Jalan berlubang di depan pasar")
    assert acts.send(page).number


def test_what_is_no_picture_is_refused_by_name(people):
    page = people.phone()
    fill(page, "Berkas yang bukan gambar")
    field(page, "Lampiran").set_input_files([acts.upload("foto.jpg", b"MZ\x90\x00" + b"\0" * 400)])
    press(page, "Kirim laporan")
    expect(page.get_by_role("alert")).to_contain_text("foto.jpg")
    expect(field(page, "Judul laporan")).to_have_value("Berkas yang bukan gambar")


def test_a_list_that_comes_late_does_not_undo_a_choice(people):
    """On a bad line the answer for the province comes after the answer for the regency."""
    page = people.phone()
    fill(page, "Daftar wilayah yang terlambat datang")
    late: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if late:
            route.continue_()
        else:
            late.append(route)

    page.route("**/lapor/wilayah?*", hold_the_first)
    with page.expect_request("**/lapor/wilayah?*"):
        choose(page, "Provinsi", "Banten")
    choose(page, "Kabupaten/Kota", "Kabupaten Lebak")
    expect(field(page, "Kecamatan").get_by_role("option", name="Rangkasbitung")).to_have_count(1)
    with page.expect_response("**/lapor/wilayah?*"):
        late[0].continue_()
    choose(page, "Kecamatan", "Rangkasbitung")
    expect(field(page, "Kabupaten/Kota")).to_have_value("36.02")


def test_a_draft_is_kept_in_this_browser_but_never_of_a_secret_report(people):
    page = people.phone()
    fill(page, "Konsep yang belum terkirim")
    kept = page.evaluate(UNTIL, "Konsep")
    assert "Ani Contoh" not in kept
    assert "ani@example.org" not in kept
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/lapor")
    expect(field(page, "Judul laporan")).to_have_value("Konsep yang belum terkirim")
    tick(page, "Rahasia")
    assert page.evaluate(UNTIL, None) is None


def test_an_officer_who_comes_second_reads_what_changed_and_keeps_the_words(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.published(title="Dua petugas pada satu laporan"))
    one, other = people.officer("dpupr"), people.officer("dpupr")
    for page in (one, other):
        acts.deed(page, kept.number, "Tindak Lanjut")
    field(one, "Isi tindak lanjut").fill("Sudah diperiksa di lokasi pagi ini.")
    field(other, "Isi tindak lanjut").fill("Material sudah dipesan, tiba hari Kamis.")
    one.get_by_role("button", name="Tindak Lanjut", exact=True).last.click()
    expect(one.get_by_text("Sedang diproses").first).to_be_visible()
    other.get_by_role("button", name="Tindak Lanjut", exact=True).last.click()
    expect(other.get_by_role("alert")).to_contain_text("sudah berubah sejak Anda membukanya")
    expect(other.get_by_role("alert")).to_contain_text("Tindak lanjut dari")
    expect(field(other, "Isi tindak lanjut")).to_have_value("Material sudah dipesan, tiba hari Kamis.")
    other.get_by_role("button", name="Tindak Lanjut", exact=True).last.click()
    expect(other.get_by_text(re.compile("Material sudah dipesan")).first).to_be_visible()


def test_a_double_click_on_the_desk_does_one_deed(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.published(title="Tombol meja ditekan dua kali"))
    page = people.officer("dpupr")
    acts.deed(page, kept.number, "Tindak Lanjut")
    field(page, "Isi tindak lanjut").fill("Tim sedang mengukur lubang di jalan itu.")
    page.get_by_role("button", name="Tindak Lanjut", exact=True).last.dblclick()
    expect(page.get_by_text("Sedang diproses").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Tim sedang mengukur lubang di jalan itu.")).to_have_count(1)


def test_a_double_click_of_a_citizen_does_one_deed(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.published(title="Tombol pelapor ditekan dua kali"))
    page = people.phone()
    acts.track(page, kept)
    field(page, "Keterangan Anda").fill("Lubangnya di jalur kiri dari arah pasar.")
    page.get_by_role("button", name="Tambah keterangan", exact=True).dblclick()
    expect(page.get_by_text("Keterangan Anda sudah kami teruskan.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Lubangnya di jalur kiri dari arah pasar.")).to_have_count(1)
