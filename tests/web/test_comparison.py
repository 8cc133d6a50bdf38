"""Comparison: who is compared with whom, in which order, with which sample; and the pages of places that lead there."""

import csv
import io
import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Agency, Area
from tanggap.services import decrees
from tanggap.services import indicators as folding
from tests import facts, make
from tests.rights import owning

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counted():
    """Three regencies: good with many reports, late with as many, perfect with three; two offices of the province."""
    lebak, serang, pandeglang = (make.agency(slug).pk for slug in ("kab-lebak", "kab-serang", "kab-pandeglang"))
    facts.count(facts.row(lebak), 40)
    facts.count(facts.row(serang), 20)
    facts.count(facts.row(serang, resolve_state="late"), 20)
    facts.count(facts.row(pandeglang), 3)
    for slug in ("dpupr", "dinkes"):
        facts.count(facts.row(make.agency().pk, make.unit(slug).pk), 35)
    folding.fold(now=make.NOW)


def page(path, status=200):
    answer = Client().get(path)
    assert answer.status_code == status, path
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def sheet(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_few_reports_never_lift_a_rank(counted):
    text = page("/perbandingan?kelompok=kabupaten")
    text = text[text.index("30 sampai 299 laporan") :]
    names = ("Kabupaten Lebak", "Kabupaten Serang", "Kurang dari 30 laporan", "Kabupaten Pandeglang")
    assert sorted(names, key=text.index) == list(names)
    few = text[text.index("Kurang dari 30 laporan") :]
    assert "Karena itu tidak ada peringkat." in few
    rows = sheet("/perbandingan.csv?kelompok=kabupaten")
    ranks = {row["Alamat"]: row["Peringkat"] for row in rows if row["Rumus"] == "sla_rate"}
    assert (ranks["kab-lebak"], ranks["kab-serang"], ranks["kab-pandeglang"]) == ("1", "2", "")
    assert "kab-bogor" not in ranks
    assert "kab-bogor" in {row["Alamat"] for row in sheet("/perbandingan.csv?kelompok=kabupaten&lingkup=semua")}


def test_the_index_is_marked_as_a_proposal_with_weights_and_how_far_its_ranks_hang_on_them(counted):
    text = page("/perbandingan?kelompok=kabupaten")
    text = text[text.index("Indeks Kinerja Pengaduan (usulan)") :]
    for said in ("Usulan Tanggap, bukan indeks resmi.", "25 % Jawaban tepat waktu", "digeser 20 %", "ikp@1"):
        assert said in text
    assert "Pandeglang" not in text
    assert "Indeks usulan hanya ada untuk instansi" in page("/perbandingan")


def test_two_offices_are_seen_side_by_side_each_figure_with_its_formula(counted):
    text = page("/perbandingan?instansi=pemprov-banten/dpupr&instansi=pemprov-banten/dinkes&bulan=2020-07")
    assert text.count("35 laporan") >= 2
    assert "sla_rate@1" in text
    assert "berbeda lebih dari sepuluh kali" not in text
    assert "berbeda lebih dari sepuluh kali" not in page("/perbandingan?instansi=kab-lebak&instansi=kab-serang")
    text = page("/perbandingan?instansi=kab-lebak&instansi=kab-pandeglang&bulan=2020-07")
    assert "berbeda lebih dari sepuluh kali" in text


@pytest.mark.parametrize(
    "asked",
    [
        *("instansi=kab-lebak", "instansi=kab-lebak&instansi=kab-lebak", "instansi=kab-lebak&instansi=tidak-ada"),
        *("instansi=kab-lebak&instansi=kota-serang", "instansi=pemprov-banten&instansi=pemprov-banten/dpupr"),
        "&".join(f"instansi=kab-{name}" for name in ("lebak", "serang", "pandeglang", "tangerang", "a", "b", "c")),
        *("kelompok=semua", "kelompok=kota&lingkup=x", "rentang=7"),
    ],
)
def test_what_is_not_alike_or_not_there_is_refused_in_words(asked):
    assert "Permintaan tidak terbaca" in page(f"/perbandingan?{asked}", 400)
    page(f"/perbandingan.csv?{asked}", 400)


def test_the_cases_of_two_offices_come_in_one_file():
    one = make.report(status=Status.ASSIGNED)
    rows = sheet("/statistik/laporan.csv?instansi=pemprov-banten/dpupr&instansi=pemprov-banten/dinkes")
    assert [row["Nomor laporan"] for row in rows] == [one.number]


def test_an_area_and_a_category_have_a_page_of_their_figures_and_latest_reports(counted):
    report = make.act(make.report(status=Status.ASSIGNED), Action.ANSWER)
    code = make.category()
    for path in ("/wilayah/36", "/wilayah/36.01.01", f"/kategori/{code}", f"/kategori/{code}?rentang=30"):
        text = page(path)
        assert report.title in text, path
    assert "Pemerintah Kabupaten Pandeglang" in page("/wilayah/36.01")
    for path in (
        "/wilayah/99",
        "/wilayah/36.01.01.2001",
        "/wilayah/%00",
        "/wilayah/36%00",
        "/kategori/tidak-ada",
        "/kategori/%00",
    ):
        page(path, 404)
    page("/wilayah/36?rentang=1", 400)


def test_a_place_that_is_over_or_renamed_keeps_its_page(counted):
    with owning():
        Agency.objects.filter(slug="kab-lebak").update(valid_to=date(2020, 7, 15), name="Kabupaten Lebak Lama")
        Area.objects.filter(pk="36.02").update(valid_to=date(2020, 7, 15))
    assert "Instansi ini sudah tidak ada." in page("/instansi/kab-lebak")
    assert "Jumlah laporan 40" in page("/instansi/kab-lebak")
    assert "Nama ini tidak dipakai lagi." in page("/wilayah/36.02")
    assert "Kabupaten Lebak Lama" in page("/perbandingan?instansi=kab-lebak&instansi=kab-serang")


def test_an_agency_shows_its_decree_and_one_that_was_withdrawn_or_is_over_is_not_there(counted):
    admin = make.agency_admin()
    for number, last in (("800/1", None), ("700/1", date(2020, 6, 1))):
        begun = date(2020, 1, 2)
        said = decrees.NewDecree(number, "Gubernur Contoh", begun, begun, last, covers_agency=True)
        decrees.enter(actor=admin, agency_id=admin.agency_id, said=said, now=make.NOW)
    text = page("/instansi/pemprov-banten")
    assert "800/1, 2 Jan 2020" in text
    assert "700/1" not in text
    assert "Gubernur Contoh" not in text


def test_no_page_of_figures_reads_a_report_and_what_was_drawn_is_not_counted_again(counted):
    paths = ("/statistik", "/perbandingan", "/perbandingan?kelompok=kabupaten", "/wilayah/36.01", "/instansi/kab-lebak")
    for path in paths:
        page(path)
        with CaptureQueriesContext(connection) as asked:
            page(path)
        said = [one["sql"] for one in asked]
        assert not any(table in one for one in said for table in ("indicatorcell", '"tanggap_report"')), path
        assert len(said) <= 20, (path, len(said))
