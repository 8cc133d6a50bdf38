"""Everything without JavaScript: filing with "Pilih", tracking, verifying and answering at the desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.acts import choose, field, press

pytestmark = pytest.mark.browser

TITLE = "Lampu jalan padam di Jalan Raya Serang"
BODY = "Lampu jalan padam sejak dua minggu lalu sepanjang tiga ratus meter, rawan kecelakaan pada malam hari."


def pick(page):
    """Press the button that brings the next list."""
    page.get_by_role("button", name="Pilih", exact=True).click()


def test_the_whole_way_works_without_javascript(people, site):
    citizen = people.phone(java_script_enabled=False)
    acts.start_report(citizen, today=acts.today(), title=TITLE, body=BODY)
    field(citizen, "Lampiran").set_input_files([acts.upload("lampu.jpg", acts.picture())])
    choose(citizen, "Provinsi", "Banten")
    choose(citizen, "Kabupaten/Kota", "Kabupaten Serang")
    pick(citizen)
    choose(citizen, "Kecamatan", "Ciruas")
    pick(citizen)
    choose(citizen, "Desa/Kelurahan", "Citerep")
    choose(citizen, "Instansi tujuan", "Pemerintah Provinsi Banten")
    field(citizen, "Nama").fill("Budi Contoh")
    field(citizen, "Surel").fill("budi@example.org")
    expect(field(citizen, "Judul laporan")).to_have_value(TITLE)
    expect(citizen.get_by_text("lampu.webp").first).to_be_visible()
    kept = acts.send(citizen)

    officer = people.officer("admin.banten", java_script_enabled=False)
    acts.verify(officer, kept.number)
    expect(officer.get_by_text("lampu.webp").first).to_be_visible()
    dpupr = people.officer("dpupr", java_script_enabled=False)
    acts.answer(dpupr, kept.number, "Dua belas lampu sudah diganti dan menyala.")

    acts.track(citizen, kept)
    expect(citizen.get_by_text("Dua belas lampu sudah diganti dan menyala.").first).to_be_visible()
    press(citizen, "Selesai")
    citizen.get_by_role("group", name="Penilaian").get_by_label("5").check()
    citizen.get_by_role("group", name="Masalah selesai?").get_by_label("Sebagian", exact=True).check()
    press(citizen, "Kirim penilaian")
    expect(citizen.get_by_text("Penilaian Anda sudah kami simpan", exact=False)).to_be_visible()
    field(citizen, "Apa yang belum selesai?").fill("Tiga lampu di ujung jalan padam lagi malam ini.")
    press(citizen, "Buka kembali")
    expect(citizen.get_by_text("Laporan dibuka kembali.")).to_be_visible()

    stranger = people.phone(java_script_enabled=False)
    stranger.goto("/")
    stranger.goto(f"/laporan/{kept.number}")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(TITLE)
    stranger.goto("/laporan")
    field(stranger, "Cari").fill("lampu jalan padam")
    press(stranger, "Cari")
    expect(stranger.get_by_role("link", name=TITLE)).to_be_visible()
