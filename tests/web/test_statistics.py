"""Pages of figures: what they say of many, of one and of no report, where they lead, and what an address may ask."""

import csv
import dataclasses
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.figures import per_heads
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.selectors import areas, formulas
from tanggap.services import indicators as folding
from tanggap.templatetags.tanggap import angka
from tests import facts, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counted():
    """Forty reports of the province, most of its public works; one of them of a regency; a published one of each."""
    agency, unit = make.agency().pk, make.unit().pk
    facts.count(facts.row(agency, unit, category=make.category()), 30)
    facts.count(facts.row(agency, resolve_state="missed", category=make.category()), 10)
    facts.count(facts.row(make.agency("kab-lebak").pk, category=make.category()))
    folding.fold(now=make.NOW)


def page(path, status=200):
    answer = Client().get(path)
    assert answer.status_code == status, path
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def top():
    return make.category().partition(".")[0]


def sheet(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_a_figure_says_its_number_its_cases_its_interval_and_its_formula(counted):
    text = page("/statistik?bulan=2020-07")
    assert "Jawaban tepat waktu 75,61 %" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "31 dari 41 · selang 95 % 60,66–86,18" in text
    assert "sla_rate@1" in text
    for key in ("followup_rate_v1@1", "followup_rate_v2@1", "followup_rate_v3@1"):
        assert key in text
    assert "Laporan rahasia tidak ada dalam angka mana pun di atas." in text


def test_every_figure_leads_to_its_formula_and_every_bar_to_its_reports(counted):
    report = make.report(status=Status.ASSIGNED)
    make.act(report, Action.ANSWER)
    folding.fold(now=make.NOW)
    html = Client().get("/statistik?bulan=2020-07").content.decode()
    for path in set(re.findall(r'href="(/statistik/rumus/[a-z0-9_]+)"', html)):
        assert Client().get(path).status_code == 200, path
    (link,) = {one for one in re.findall(r'href="(/laporan\?[^"]*)"', html) if f"kategori={top()}&" in one}
    found = page(link.replace("&amp;", "&"))
    assert report.title in found
    assert "Diterima sejak Rabu, 1 Juli 2020" in found


def test_one_report_and_none_are_said_to_be_too_few(counted):
    assert "Baru satu laporan dalam rentang ini." in page("/statistik?cakupan=instansi:kab-lebak")
    text = page("/statistik?cakupan=instansi:kota-serang")
    assert "Tidak ada laporan dalam rentang ini." in text
    assert "sla_rate" not in text
    assert "Tidak ada laporan" in page("/statistik?bulan=2020-02")


@pytest.mark.usefixtures("counted")
def test_an_area_tells_its_reports_beside_how_many_live_there():
    text = page("/wilayah/36?bulan=2020-07")
    lives_there = areas.get("36").population
    assert f"{angka(float(per_heads(41, lives_there)), 2)} laporan per 10.000 penduduk" in text
    assert f"(penduduk: {angka(lives_there)})" in text
    assert "per 10.000 penduduk" not in page("/statistik?bulan=2020-07")


def test_before_anything_was_counted_it_says_so():
    assert "Angka belum dihitung." in page("/statistik")


@pytest.mark.parametrize(
    "asked",
    [
        *("rentang=31", "rentang=x", "bulan=2020-13", "bulan=2020-7", "bulan=1999-01", "tahun=20", "tahun=0000"),
        *("cakupan=instansi:tidak-ada", "cakupan=x", "cakupan=wilayah:36.01.01.2001", "cakupan=wilayah:%00"),
        *("cakupan=kategori:tidak-ada", "cakupan=kanal:faks", "cakupan=instansi:pemprov-banten/x", "cakupan=:"),
        "cakupan=" + "a" * 10_000,
    ],
)
def test_what_an_address_cannot_mean_is_refused_in_words(asked):
    for path in ("/statistik", "/statistik.csv", "/statistik/laporan.csv"):
        assert "Permintaan tidak terbaca" in page(f"{path}?{asked}", 400)


@pytest.mark.usefixtures("counted")
def test_the_names_of_the_list_of_reports_mean_the_same_scope_at_every_door():
    """They once gave the figures of the nation without a word."""
    names = {
        "instansi=kab-lebak": "cakupan=instansi:kab-lebak",
        "instansi=pemprov-banten/dpupr": "cakupan=instansi:pemprov-banten/dpupr",
        "wilayah=36.03": "cakupan=wilayah:36.03",
        "wilayah=36&wilayah=36.01&wilayah=": "cakupan=wilayah:36.01",
        f"kategori={top()}": f"cakupan=kategori:{top()}",
        "klasifikasi=aspiration&instansi=": "cakupan=klasifikasi:aspiration",
        "kanal=letter": "cakupan=kanal:letter",
    }
    everything = sheet("/statistik.csv?bulan=2020-07")
    for said, scope in names.items():
        assert page(f"/statistik?bulan=2020-07&{said}") == page(f"/statistik?bulan=2020-07&{scope}"), said
        rows = sheet(f"/statistik.csv?bulan=2020-07&{said}")
        assert rows == sheet(f"/statistik.csv?bulan=2020-07&{scope}"), said
        assert rows != everything, said
    agency = make.agency("kab-lebak")
    make.act(make.report(status=Status.ASSIGNED), Action.ANSWER)
    assert len(sheet("/statistik/laporan.csv")) == 1
    assert sheet(f"/statistik/laporan.csv?instansi={agency.slug}") == []


@pytest.mark.parametrize(
    "asked",
    [
        *("instansi=tidak-ada", "wilayah=x", "kategori=tidak-ada", "klasifikasi=keluhan", "kanal=faks"),
        *("cakupan=wilayah:36&kategori=jalan", "instansi=kab-lebak&wilayah=36", "wilayah=36.01&wilayah=36.02"),
        *("cakupan=wilayah:36&cakupan=wilayah:36.01", "instansi=kab-lebak&instansi=kota-serang&wilayah=36"),
    ],
)
def test_a_scope_that_is_not_there_or_two_at_once_are_refused(asked):
    for path in ("/statistik", "/statistik.csv", "/statistik/laporan.csv"):
        assert "Permintaan tidak terbaca" in page(f"{path}?{asked}", 400), path


def test_a_comparison_has_no_scope_and_says_so():
    for asked in ("wilayah=36.03", "cakupan=instansi:kab-lebak", "kelompok=kabupaten&kategori=" + top()):
        for path in ("/perbandingan", "/perbandingan.csv"):
            assert "Perbandingan tidak mengenal cakupan" in page(f"{path}?{asked}", 400), asked


def test_a_thousand_filters_cost_no_query(counted):
    with CaptureQueriesContext(connection) as many:
        page("/statistik?bulan=2020-07&" + "&".join(f"cakupan{at}=x" for at in range(1000)), 400)
    assert len(many) == 0


def test_a_file_of_figures_says_what_the_page_says_with_the_formula_in_each_row(counted):
    rows = {row["Rumus"]: row for row in sheet("/statistik.csv?bulan=2020-07")}
    assert (rows["sla_rate"]["Nilai"], rows["sla_rate"]["Pembilang"], rows["sla_rate"]["n"]) == ("75.61", "31", "41")
    assert rows["sla_rate"]["Dari"] == "2020-07-01"
    assert set(rows) == {c for c, one in formulas.newest().items() if one.population == "reports"} - {"ikp"}
    (road,) = [row for row in sheet("/statistik.csv?bagian=kategori&bulan=2020-07") if row["Rumus"] == "volume"]
    assert (road["Kode"], road["Nilai"]) == (top(), "41")
    assert len(sheet("/statistik.csv?bagian=bulan&bulan=2020-07")) % 12 == 0
    assert sheet("/statistik.csv?bagian=hari&bulan=2020-07")[0]["Jumlah"] == "41"
    page("/statistik.csv?bagian=lain", 400)


def test_the_cases_are_the_published_reports_of_these_days_and_hold_no_text():
    shown = make.report(status=Status.ASSIGNED)
    make.act(shown, Action.ANSWER)
    make.report()  # not published
    make.report(status=Status.ASSIGNED, is_confidential=True)
    for path in ("cakupan=instansi:pemprov-banten/dpupr&bulan=2020-07", "cakupan=instansi:pemprov-banten"):
        (row,) = sheet(f"/statistik/laporan.csv?{path}")
        assert row["Nomor laporan"] == shown.number
    assert (row["Tepat waktu"], row["Status"], row["Kecamatan"]) == ("ya", "Menunggu tanggapan pelapor", "Sumur")
    assert not any(word in str(row) for word in (shown.title, "berlubang"))
    assert sheet("/statistik/laporan.csv?bulan=2020-06") == []
    assert len(sheet("/statistik/laporan.csv?cakupan=wilayah:36&angka=sla_rate")) == 1
    page("/statistik/laporan.csv?cakupan=kanal:web", 400)
    page("/statistik/laporan.csv?angka=ikp", 400)


def test_every_file_is_counted_for_its_client_also_where_nothing_is_asked_for(monkeypatch):
    bucket = Bucket.FIGURE_FILE_CLIENT
    monkeypatch.setitem(LIMITS, bucket, dataclasses.replace(LIMITS[bucket], times=2))
    client = Client(REMOTE_ADDR="192.0.2.78")
    paths = ("/statistik/laporan.csv", "/statistik.csv", "/perbandingan.csv", "/statistik/laporan.csv?bulan=2020-07")
    answers = [client.get(path) for path in paths]
    assert all(b"".join(answer) for answer in answers), "a file is closed when it was read"
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert client.get("/statistik").status_code == 200


def test_a_formula_is_shown_in_both_languages_with_what_it_counts():
    text = page("/statistik/rumus/sla_rate")
    for said in (
        "Laporan yang dijawab sebelum",
        "Reports that were answered before",
        "Penyebut",
        "resolve_state = kept",
    ):
        assert said in text
    assert "20 % Verifikasi tepat waktu" in page("/statistik/rumus/ikp")
    page("/statistik/rumus/tidak-ada", 404)
    assert page("/statistik/rumus").count("@1") == len(formulas.newest())


def test_what_is_shown_follows_the_sums(counted):
    before = page("/statistik?bulan=2020-07")
    facts.count(facts.row(make.agency().pk), 5)
    folding.fold(now=make.NOW + timedelta(seconds=15))
    assert "Jumlah laporan 46 laporan" in page("/statistik?bulan=2020-07")
    assert "Jumlah laporan 46 laporan" not in before
