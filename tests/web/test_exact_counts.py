"""The exact counts of secret reports: told to who evaluates the agency, written down, and pointing at no report."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.periods import Period
from tanggap.models import AccessLog, User
from tanggap.selectors import exact_indicators
from tanggap.services import indicators
from tests import facts, make
from tests.sheets import sheet_of
from tests.web.test_assessments import words_of

pytestmark = pytest.mark.django_db
PAGE = "/pengawasan/rahasia"
JULY = "dari=2020-07&sampai=2020-07"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def _of(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def secrets():
    """Three secret reports of the province, one closed, one late, and one of a regency a month before."""
    home, other = make.agency().pk, make.agency("kab-lebak").pk
    facts.count(facts.row(home, is_secret=True, status="closed", family="closed", outcome="fixed"))
    facts.count(facts.row(home, is_secret=True, overdue_since="2020-06-30", resolve_state="late"))
    passed_on = {"received_agency": make.agency("kab-serang").pk, "verify_agency": make.agency("kab-serang").pk}
    facts.count(facts.row(home, is_secret=True, status="pending", family="pending", **passed_on))
    facts.count(facts.row(other, is_secret=True, received_on="2020-06-30"))
    facts.count(facts.row(home), 5)
    facts.count(facts.row(make.agency("kab-serang").pk), 2)  # none of them secret


def test_each_agency_is_told_exactly_by_standing_and_outcome(secrets):
    client = _of(make.evaluator())
    assert PAGE in client.get("/pengawasan").content.decode()
    home, other = (make.agency(slug).name for slug in ("pemprov-banten", "kab-lebak"))
    rows = {row["Instansi"]: row for row in sheet_of(client.get(f"{PAGE}?bentuk=csv"))}
    assert set(rows) == {home, other}, "the year of the page ends with this month; who has none is not named"
    told = {name: n for name, n in rows[home].items() if n != "0"}
    expected = {"Jumlah": "3", "Sedang diproses": "1", "Tertunda": "1", "Selesai": "1", "Terlambat": "1"}
    assert told == {"Instansi": home, **expected, "Diperbaiki": "1"}
    page = words_of(client.get(f"{PAGE}?{JULY}"))
    assert "Laporan rahasia: 3, pada 1 instansi." in page
    assert other not in page, "of another month"
    assert words_of(client.get(f"{PAGE}?dari=2020-05&sampai=2020-05")).count("Tidak ada laporan rahasia") == 1


def test_the_main_figures_stand_without_the_secret_reports_and_with_them(secrets):
    client = _of(make.evaluator())
    page = words_of(client.get(f"{PAGE}/pemprov-banten?{JULY}"))
    assert "3 laporan rahasia diterima." in page
    assert "Tertunda 1" in page
    assert "Diperbaiki 1" in page
    (volume, sla) = (
        row
        for row in sheet_of(client.get(f"{PAGE}/pemprov-banten?{JULY}&bentuk=csv"))
        if row["Rumus"] in {"volume@1", "sla_rate@1"}
    )
    assert (volume["Tanpa laporan rahasia"], volume["Dengan laporan rahasia"]) == ("5", "8")
    assert (sla["Tanpa laporan rahasia"], sla["Dengan laporan rahasia"]) == ("100.00", "87.50")
    assert (sla["Dengan laporan rahasia pembilang"], sla["Dengan laporan rahasia penyebut"]) == ("7", "8")
    none = words_of(client.get(f"{PAGE}/kab-serang?{JULY}"))
    assert "0 laporan rahasia diterima." in none


def test_a_look_is_written_down_before_it_is_answered_and_read_where_looks_are(secrets):
    evaluator, strange = make.evaluator(), make.regional_overseer()
    client = _of(evaluator)
    for path in (f"{PAGE}?dari=2020-07&sampai=2020-01", f"{PAGE}/tidak-ada"):
        assert client.get(path).status_code in {404, 422}
    assert _of(strange).get(PAGE).status_code == 404
    assert not AccessLog.objects.exists(), "nothing was shown"
    client.get(f"{PAGE}?{JULY}")
    client.get(f"{PAGE}/pemprov-banten?{JULY}")
    sheet_of(client.get(f"{PAGE}/pemprov-banten?{JULY}&bentuk=csv"))
    looks = list(AccessLog.objects.order_by("pk").values_list("kind", "user_id", "detail"))
    months = {"period": "2020-07/2020-07"}
    of_agency = ("exact_counts", evaluator.user_id, {**months, "agency": "pemprov-banten"})
    assert looks == [("exact_counts", evaluator.user_id, {**months, "agency": ""}), of_agency, of_agency]
    log = words_of(_of(make.national_admin()).get("/meja/organisasi/admin-nasional/akses"))
    assert log.count("Jumlah persis laporan rahasia") == 3


def test_who_evaluates_other_agencies_is_told_nothing_of_this_one(secrets):
    evaluator = make.evaluator("pemprov-banten")
    assert make.agency().pk not in evaluator.overseen, "it looks after its regencies"
    client = _of(evaluator)
    assert client.get(f"{PAGE}/pemprov-banten").status_code == 404
    page = words_of(client.get(PAGE))
    assert make.agency().name not in page.partition("Laporan rahasia: ")[2]
    assert make.agency("kab-lebak").name in page
    with pytest.raises(exact_indicators.NotFoundError):
        exact_indicators.of_secret(
            viewer=evaluator, agencies=[make.agency().pk], period=Period.named("2020"), on=date(2020, 7, 1)
        )


def test_a_page_names_no_report_no_category_and_no_area():
    report = make.report(status=Status.CLOSED, is_confidential=True, is_anonymous=True)
    make.act(make.submit(is_confidential=True, is_anonymous=True), Action.VERIFY_AND_ASSIGN)
    indicators.fold(now=make.NOW + make.DAY)  # what came today is counted when the day is over
    client = _of(make.evaluator())
    said = {PAGE: "Laporan rahasia: 2, pada 1 instansi.", f"{PAGE}/pemprov-banten": "2 laporan rahasia diterima."}
    for path, words in said.items():
        page = client.get(path).content.decode()
        assert words in words_of(client.get(path))
        for secret in (report.number, report.category.name, "36.01", "Jalan rusak"):
            assert secret not in page, secret


def test_many_agencies_cost_as_many_questions_as_one():
    client = _of(make.evaluator())
    ids, counts = sorted(make.evaluator().overseen), []
    for some in (ids[:1], ids[1:9]):
        for pk in some:
            facts.count(facts.row(pk, is_secret=True))
        client.get(PAGE)  # names are read once
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_list_is_turned_over(monkeypatch):
    monkeypatch.setattr("tanggap.web.oversight.views_exact.ROWS", 1)
    for slug in ("kab-lebak", "kab-serang"):
        facts.count(facts.row(make.agency(slug).pk, is_secret=True))
    client = _of(make.evaluator())
    first, second = (words_of(client.get(f"{PAGE}?{JULY}{more}")) for more in ("", "&halaman=2"))
    lebak, serang = (make.agency(slug).name for slug in ("kab-lebak", "kab-serang"))
    assert (lebak in first, serang in first) == (True, False)
    assert (lebak in second, serang in second) == (False, True)
    assert "Laporan rahasia: 2, pada 2 instansi." in second
    assert client.get(f"{PAGE}?{JULY}&halaman=3").status_code == 404
