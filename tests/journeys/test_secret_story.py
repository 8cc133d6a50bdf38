"""A complaint about an office, anonymous and secret: who may read it, and that nobody else learns that it exists.

The story of the inspectorate; those of the other roles are named in `test_national_story`.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.acts import choose, field, press, tick

pytestmark = pytest.mark.browser

TITLE = "Pungutan daftar ulang tanpa kuitansi"
BODY = "Kepala bidang meminta uang daftar ulang dua juta rupiah per siswa, tanpa kuitansi dan tanpa dasar."
UNKNOWN = "ZZZZ-ZZZZ"


def test_a_secret_complaint_is_read_by_the_inspectorate_and_not_by_those_it_names(people, site):
    citizen = people.phone()
    acts.start_report(citizen, today=acts.today(), title=TITLE, body=BODY)
    choose(citizen, "Instansi tujuan", "Pemerintah Provinsi Banten")
    tick(citizen, "Anonim")
    tick(citizen, "Rahasia")
    kept = acts.send(citizen)

    admin = people.officer("admin.banten")
    acts.open_on_desk(admin, kept.number)
    field(admin, "Kategori").select_option(index=2)
    admin.get_by_role("group", name="Berkadar pengawasan").get_by_label("Ya", exact=True).check()
    choose(admin, "Unit tujuan", "Badan Kepegawaian Daerah")
    field(admin, "Catatan").fill("Periksa bersama Inspektorat.")
    if not field(admin, "Unit terlapor").is_visible():
        admin.get_by_text("Pejabat/unit terlapor").click()
    choose(admin, "Unit terlapor", "Dinas Pendidikan dan Kebudayaan")
    acts.mask_everything(admin)
    acts.tick_checklist(admin)
    press(admin, "Verifikasi")
    expect(admin.get_by_text("Terdisposisi, belum ditindaklanjuti").first).to_be_visible()

    inspector = people.officer("inspektorat")
    inspector.goto("/meja")
    acts.open_on_desk(inspector, kept.number)
    expect(inspector.get_by_text("daftar ulang dua juta rupiah").first).to_be_visible()
    expect(inspector.get_by_text("Berkadar pengawasan").first).to_be_visible()

    named = people.officer("dindikbud")
    assert kept.number not in named.content()
    theirs = named.request.get(f"/meja/{kept.number}")
    unknown = named.request.get(f"/meja/{UNKNOWN}")
    assert theirs.status == unknown.status == 404
    assert theirs.text() == unknown.text()

    stranger = people.desk()
    for path in ("/laporan/{}", "/laporan/{}/tenggat", "/laporan/{}/berkas/abc"):
        secret, nothing = (stranger.request.get(path.format(number)) for number in (kept.number, UNKNOWN))
        assert secret.status == nothing.status == 404
        assert secret.body() == nothing.body()
        ours, others = (
            {k: v for k, v in r.headers.items() if k not in {"date", "x-request-id"}} for r in (secret, nothing)
        )
        assert ours == others
    stranger.goto("/laporan")
    field(stranger, "Cari").fill(kept.number)
    press(stranger, "Cari")
    expect(stranger.get_by_role("link", name=TITLE)).to_have_count(0)
    for path in ("/", "/laporan?q=pungutan+kuitansi", "/instansi/pemprov-banten", "/sitemap.xml"):
        assert TITLE not in stranger.request.get(path).text()

    # She follows it like any other, and reads who opened what.
    acts.track(citizen, kept)
    expect(citizen.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(citizen.get_by_role("heading", name="Siapa yang membuka identitas saya")).to_be_visible()
    expect(citizen.get_by_role("main")).to_contain_text(re.compile("Badan Kepegawaian Daerah"))


def test_a_report_that_is_made_secret_later_vanishes_at_once(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        report = acts.published(title="Sumur warga tercemar limbah")
        kept = acts.kept(report)
    stranger = people.desk()
    assert stranger.goto(f"/laporan/{kept.number}").status == 200
    citizen = people.phone()
    acts.track(citizen, kept)
    tick(citizen, "Rahasia")
    press(citizen, "Ubah kerahasiaan")
    expect(citizen.get_by_text("Kerahasiaan laporan sudah diubah.")).to_be_visible()
    answer = stranger.goto(f"/laporan/{kept.number}")
    assert answer.status == 404
    assert answer.body() == stranger.request.get(f"/laporan/{UNKNOWN}").body()
    stranger.goto("/laporan?q=sumur+tercemar")
    expect(stranger.get_by_role("link", name="Sumur warga tercemar limbah")).to_have_count(0)
