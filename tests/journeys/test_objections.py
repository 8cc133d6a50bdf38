"""What is archived can be appealed, and another admin decides; what is asked for can be supplied."""

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.acts import choose, field, press

pytestmark = pytest.mark.browser


def test_an_archive_is_appealed_and_decided_by_another_admin(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.filed(title="Dana kompensasi belum dibayarkan"))
    first = people.officer("admin.banten")
    acts.deed(first, kept.number, "Arsipkan")
    choose(first, "Alasan arsip", "Tidak terkait kinerja atau layanan pemerintah")
    field(first, "Penjelasan untuk pelapor").fill("Sengketa dengan perusahaan swasta, bukan layanan pemerintah.")
    first.get_by_role("button", name="Arsipkan", exact=True).last.click()
    expect(first.get_by_text("Diarsipkan").first).to_be_visible()

    citizen = people.phone()
    acts.track(citizen, kept)
    expect(citizen.get_by_text("Sengketa dengan perusahaan swasta").first).to_be_visible()
    field(citizen, "Mengapa Anda tidak setuju?").fill(
        "Kompensasi ini diatur peraturan gubernur dan dibayar lewat dinas."
    )
    press(citizen, "Ajukan keberatan")
    expect(citizen.get_by_text("Keberatan Anda sudah kami terima", exact=False)).to_be_visible()

    acts.open_on_desk(first, kept.number)
    expect(first.get_by_role("button", name="Verifikasi", exact=True)).to_have_count(0)
    second = people.officer("admin.banten2")
    acts.verify(second, kept.number)
    acts.track(citizen, kept)
    expect(citizen.get_by_text("Laporan Anda diteruskan ke Dinas Pekerjaan Umum", exact=False).first).to_be_visible()


def test_data_that_was_asked_for_is_supplied_and_the_work_goes_on(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.filed(title="Saluran air tersumbat di perumahan"))
    admin = people.officer("admin.banten")
    acts.deed(admin, kept.number, "Minta Kelengkapan")
    field(admin, "Yang perlu dilengkapi").fill("Mohon sebutkan nama perumahan dan bloknya.")
    admin.get_by_role("button", name="Minta Kelengkapan", exact=True).last.click()
    expect(admin.get_by_text("Tertunda").first).to_be_visible()

    citizen = people.phone()
    acts.track(citizen, kept)
    expect(citizen.get_by_text("Mohon sebutkan nama perumahan dan bloknya.").first).to_be_visible()
    field(citizen, "Keterangan Anda").fill("Perumahan Taman Pipitan, gang ketiga dari gerbang.")
    press(citizen, "Tambah keterangan")
    expect(citizen.get_by_text("Keterangan Anda sudah kami teruskan.")).to_be_visible()

    acts.open_on_desk(admin, kept.number)
    expect(admin.get_by_text("Taman Pipitan").first).to_be_visible()
    acts.verify(admin, kept.number)


def test_a_report_can_be_withdrawn_after_a_second_question(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        kept = acts.kept(acts.published(title="Pohon tumbang menutup trotoar"))
    citizen = people.phone()
    acts.track(citizen, kept)
    citizen.get_by_role("link", name="Cabut laporan").click()
    press(citizen, "Cabut laporan")
    expect(citizen.get_by_text("Laporan sudah dicabut.")).to_be_visible()
    page = people.desk()
    page.goto(f"/laporan/{kept.number}")
    assert "Pohon tumbang" not in page.content()
