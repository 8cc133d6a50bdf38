"""The main story in a real browser, told with the words of the pages alone: from a phone to the public page.

The agency admin verifies and assigns, the liaison officer works and answers. The stories of the other roles of the
desk are named in `test_national_story`.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tanggap.domain.calculator import calculate
from tanggap.domain.clocks import Clock
from tanggap.selectors import agencies, calendars, policies
from tests.journeys import acts
from tests.journeys.acts import choose, field, press

pytestmark = pytest.mark.browser

ZONE = ZoneInfo("Asia/Jakarta")
NAME, EMAIL, PHONE = "Ratna Kusumawardhani", "ratna.kusuma@example.org", "0812 7788 9911"
NIK = "3603281708950001"
TITLE = "Jembatan gantung Ciberang miring"
BODY = (
    f"Tali jembatan gantung putus satu sejak Senin. Anak sekolah tetap lewat. NIK saya {NIK}, tolong segera diperbaiki."
)


def file_from_a_phone(page: Page, *, title: str = TITLE, body: str = BODY) -> acts.Kept:
    acts.start_report(page, today=acts.today(), title=title, body=body)
    expect(page.get_by_text("Lokasi kejadian")).to_be_visible()
    choose(page, "Provinsi", "Banten")
    choose(page, "Kabupaten/Kota", "Kabupaten Lebak")
    choose(page, "Kecamatan", "Rangkasbitung")
    choose(page, "Desa/Kelurahan", "Cijoro Lebak")
    choose(page, "Instansi tujuan", "Pemerintah Provinsi Banten")
    field(page, "Lampiran").set_input_files([acts.upload("jembatan.jpg", acts.picture())])
    page.get_by_role("checkbox", name=re.compile("boleh ditampilkan ke publik")).check()
    field(page, "Nama").fill(NAME)
    field(page, "Surel").fill(EMAIL)
    field(page, "Nomor telepon").fill(PHONE)
    return acts.send(page)


def due_date(page: Page, clock: str) -> str | None:
    """Return the date that the public page shows for a clock."""
    box = page.get_by_role("region", name="Batas waktu")
    line = box.get_by_role("listitem").filter(has=page.get_by_text(clock, exact=True))
    return line.locator("time").get_attribute("datetime")


def moment_of(page: Page, words: str, *, nth: int = 0) -> datetime:
    """Return when something happened, as the timeline says it."""
    line = page.get_by_role("listitem").filter(has=page.get_by_text(words, exact=True)).nth(nth)
    return datetime.fromisoformat(line.locator("time").first.get_attribute("datetime") or "")


def test_a_citizen_reports_from_a_phone_and_everybody_sees_how_it_ends(people, site, django_db_blocker):
    citizen = people.phone()
    kept = file_from_a_phone(citizen)
    assert "paling lambat" in kept.text
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="Simpan tanda terima (PDF)").click()
    assert download.value.suggested_filename == f"tanda-terima-{kept.number}.pdf"

    # Nobody but her and the officers can know of it yet.
    stranger = people.desk()
    assert stranger.goto(f"/laporan/{kept.number}").status == 404

    admin = people.desk()
    acts.sign_in(admin, "admin.banten", site.accounts["admin.banten"])
    expect(admin.get_by_role("link", name=TITLE)).to_be_visible()
    admin.get_by_role("link", name=TITLE).click()
    expect(admin.get_by_role("radiogroup", name=re.compile("NIK"))).to_be_visible()
    acts.verify(admin, kept.number)

    dpupr = people.desk()
    acts.sign_in(dpupr, "dpupr", site.accounts["dpupr"])
    dpupr.get_by_role("link", name=TITLE).click()
    acts.deed(dpupr, kept.number, "Tindak Lanjut")
    field(dpupr, "Isi tindak lanjut").fill("Petugas memeriksa jembatan dan memasang palang pengaman.")
    dpupr.get_by_role("button", name="Tindak Lanjut", exact=True).last.click()
    expect(dpupr.get_by_text("Sedang diproses").first).to_be_visible()
    acts.answer(dpupr, kept.number, "Tali jembatan sudah diganti dan diuji beban.")

    acts.track(citizen, kept)
    expect(citizen.get_by_text("Tali jembatan sudah diganti dan diuji beban.").first).to_be_visible()
    field(citizen, "Balasan Anda").fill("Tali kiri sudah, tali kanan masih kendur.")
    press(citizen, "Belum selesai")
    expect(citizen.get_by_text("Balasan Anda sudah kami teruskan", exact=False)).to_be_visible()

    acts.answer(dpupr, kept.number, "Tali kanan juga sudah dikencangkan hari ini.")
    acts.track(citizen, kept)
    press(citizen, "Selesai")
    expect(citizen.get_by_role("group", name="Penilaian")).to_be_visible()
    citizen.get_by_role("group", name="Penilaian").get_by_label(re.compile("^4")).check()
    citizen.get_by_role("group", name="Masalah selesai?").get_by_label("Ya", exact=True).check()
    press(citizen, "Kirim penilaian")
    expect(citizen.get_by_text("Penilaian Anda sudah kami simpan", exact=False)).to_be_visible()

    assert stranger.goto(f"/laporan/{kept.number}").status == 200
    told = stranger.get_by_role("main").inner_text()
    for words in (TITLE, "Diperbaiki", "Selesai", "Pelapor memberi nilai 4 dari 5", "tali jembatan", "tali kanan juga"):
        assert words.lower() in told.lower(), words
    assert stranger.get_by_role("img").count() >= 3, "her photo and two of the office"
    page = stranger.content()
    for secret in (NAME, NAME.split()[0], EMAIL, PHONE, PHONE.replace(" ", "")[1:], NIK, "masih kendur"):
        assert secret not in page, secret

    verified = moment_of(stranger, "Terverifikasi dan diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang")
    expected = {
        "Verifikasi": (Clock.VERIFY, moment_of(stranger, "Laporan diterima")),
        "Tindak lanjut pertama": (Clock.FIRST_FOLLOWUP, verified),
        "Penyelesaian": (Clock.RESOLVE, verified),
        "Jawaban atas tanggapan pelapor": (Clock.REPLY, moment_of(stranger, "Pelapor menanggapi")),
        "Kesempatan menilai dan membuka kembali": (
            Clock.REOPEN_WINDOW,
            moment_of(stranger, "Pelapor menyatakan selesai"),
        ),
    }
    with site.rows(django_db_blocker):
        home = agencies.by_slug("pemprov-banten")
        calendar = calendars.working_calendar(home.pk, calendars.current_version())
        for name, (clock, start) in expected.items():
            limits = policies.in_force(home.pk, start.astimezone(ZONE).date())
            made = calculate(
                start.astimezone(UTC),
                clock,
                limits=limits,
                calendar=calendar,
                zone="Asia/Jakarta",
                classification="complaint",
                supervisory=False,
            )
            assert due_date(stranger, name) == made.due_on.isoformat(), name

    stranger.get_by_role("link", name="Mengapa tanggal ini?").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Mengapa tanggal ini?")
    stranger.goto("/laporan")
    field(stranger, "Cari").fill("jembatan gantung")
    press(stranger, "Cari")
    expect(stranger.get_by_role("link", name=TITLE)).to_be_visible()
    stranger.goto("/instansi/pemprov-banten")
    expect(stranger.get_by_role("link", name=TITLE)).to_be_visible()

    site.run_jobs()
    to_her = [mail for mail in site.mails() if mail["To"] == EMAIL]
    assert len(to_her) == 1, "an address that nobody confirmed gets one letter, which asks"
    link = re.search(r"http://\S+/surel/\S+", to_her[0].get_body(("plain",)).get_content())
    assert link
    citizen.goto(link[0])
    press(citizen, "Ya, ini surel saya")
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Surel Anda sudah dikonfirmasi")
