"""Every page that a citizen may see keeps what `accessible` asks for, in both languages."""

import functools
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Page, Response

from tanggap.adapters import open_data_shelf as shelf
from tanggap.domain.actors import System
from tanggap.domain.checkpoints import SignedReceipt
from tanggap.domain.lifecycle import Action
from tanggap.domain.outcomes import Outcome
from tanggap.domain.recaps import Stretch
from tanggap.selectors import open_data_dictionary
from tanggap.services import confirmations, indicators, recaps, record
from tanggap.web import errors
from tests import facts, make, packages, world
from tests.journeys import acts
from tests.journeys.accessible import Stop, describe, led_to, sent, spoken, walk
from tests.journeys.acts import choose, field

pytestmark = pytest.mark.browser

ERRORS = {
    "400": errors.bad_request,
    "403": errors.forbidden,
    "csrf": errors.csrf_failure,
    "429": functools.partial(errors.too_many, retry_after=60),
    "500": errors.server_error,
    "503": errors.unavailable,
    "wrong code": errors.wrong_code,
    "directory refused": errors.directory_refused,
    "directory away": errors.directory_away,
}


@pytest.fixture(scope="module")
def rows(site, django_db_blocker):
    """Make one report of everything that a page of a citizen can show."""
    with site.rows(django_db_blocker):
        made = {name: acts.filed(title=f"Jalan rusak di depan pasar {name}") for name in ("baru", "tertunda", "arsip")}
        make.act(made["tertunda"], Action.REQUEST_DATA)
        make.act(made["arsip"], Action.VERIFY_AND_ASSIGN)
        make.act(made["arsip"], Action.ARCHIVE)
        answered = acts.published(title="Jembatan gantung miring", files=(world.picture(),))
        make.act(answered, Action.FOLLOW_UP)
        make.act(answered, Action.ANSWER, outcome=Outcome.FIXED, files=(world.picture("sesudah.jpg"),))
        make.act(answered, Action.REPORTER_REPLY)
        make.act(answered, Action.ANSWER, outcome=Outcome.EXPLAINED)
        closed = acts.published(title="Lampu jalan padam sepanjang jalan raya", is_anonymous=True)
        make.act(closed, Action.ANSWER)
        make.act(closed, Action.CONFIRM_DONE)
        returned = acts.published(title="Sampah menumpuk di tepi sungai")
        make.act(returned, Action.RETURN)
        late = make.report(now=make.NOW, title="Laporan lama yang terlambat", is_confidential=True)
        # The site opens only what is signed with its own key.
        with override_settings(SECRET_KEY=site.env["TANGGAP_SECRET_KEY"]):
            link = confirmations.make(answered.pk, "siti@example.org")
        record.checkpoint(now=datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
        for slug in ("pemprov-banten", "kab-lebak", "kab-serang"):
            facts.count(facts.row(make.agency(slug).pk, received_on=acts.today().isoformat()), 40)
        acts.commented(answered)
        _recap(datetime.now(UTC))  # noqa: TID251 - the server reads the same clock
        made |= {"dijawab": answered, "selesai": closed, "dikembalikan": returned, "terlambat": late}
        return {name: acts.kept(report) for name, report in made.items()}, link


def _recap(now: datetime) -> None:
    """Make a recap and publish it, without its files."""
    indicators.fold(now=now)
    stretch = Stretch.named(str(now.year))
    asked = recaps.ask(actor=System(), agency_id=make.agency().pk, stretch=stretch, now=now, is_queued=False)
    recaps.make(asked.pk, render=lambda *_: b"", now=now)
    recaps.publish(actor=System(), recap_id=asked.pk, now=now)


@pytest.fixture(scope="module")
def signed_in(site, rows, django_db_blocker):
    """Return the cookie of a citizen whose account holds some of the reports."""
    kept, _link = rows
    with site.rows(django_db_blocker):
        mine, secret = [kept[name] for name in ("baru", "tertunda", "terlambat")], site.env["TANGGAP_SECRET_KEY"]
        return acts.citizen("siti@example.org", mine, secret=secret)


@pytest.fixture
def lay_packages(site, rows, django_db_blocker):
    """Return what lays packages on the shelf of the site; they are taken away in the end, or the worker made more."""
    root = site.folder / "open-data"
    with site.rows(django_db_blocker):
        agency_id = make.agency().pk
    yield lambda: packages.lay(root, *open_data_dictionary.tables(), agency_id=agency_id)
    for one in shelf.listed(root):
        shelf.drop(root, one.name)


def in_language(people, language, **options) -> Page:
    page = people.desk(**options)
    page.context.add_cookies([{"name": "bahasa", "value": language, "url": people.site.url}])
    return page


@pytest.mark.parametrize("language", spoken("id"))
def test_pages_that_anyone_reads(people, rows, lay_packages, language):
    kept, _link = rows
    public = kept["dijawab"].number
    page = in_language(people, language)

    def forged(_page: Page) -> Response:
        """The text behind the sign # is filled in by itself, and sent when the reader says so."""
        text = SignedReceipt(public, "ab" * 32, "2026-11-26", "0123456789abcdef", bytes(64)).written()
        page.goto(f"/catatan/tanda-terima#{text}")
        answer = sent(page, lambda: page.locator("form[data-receipt] button").first.click())
        assert page.locator("section[aria-labelledby=hasil] [role=alert]").count() == 1, "the text was not filled in"
        return answer

    def with_packages(_page: Page) -> Response:
        """The tables of packages are there only when there are packages."""
        lay_packages()
        return page.goto("/data-terbuka")

    stops = [
        Stop("home", "/", is_kind=True),
        Stop("about", "/tentang"),
        Stop("privacy", "/privasi"),
        Stop("accessibility", "/aksesibilitas"),
        Stop("list", "/laporan", is_kind=True),
        Stop("list, narrowed", "/laporan?q=jembatan&status=answered&instansi=pemprov-banten&wilayah=36"),
        Stop("list, nothing found", "/laporan?q=tidakadayangbegini"),
        Stop("report", f"/laporan/{public}", is_kind=True),
        Stop("report, closed", f"/laporan/{kept['selesai'].number}"),
        Stop("report, returned", f"/laporan/{kept['dikembalikan'].number}"),
        Stop("report, archived", f"/laporan/{kept['arsip'].number}"),
        Stop("clocks", f"/laporan/{public}/tenggat"),
        Stop("agencies", "/instansi"),
        Stop("agencies, found", "/instansi?q=banten"),
        Stop("agency", "/instansi/pemprov-banten"),
        Stop("results of assessments", "/penilaian"),
        Stop("recurring problems", "/masalah-berulang"),
        Stop("unit", "/instansi/pemprov-banten/dpupr"),
        Stop("card of an agency", "/instansi/pemprov-banten/kartu"),
        Stop("card of a unit", "/instansi/pemprov-banten/dpupr/kartu"),
        Stop("statistics", "/statistik", part="main"),
        Stop("formula", "/statistik/rumus/ikp", part="main"),
        Stop("formulas", "/statistik/rumus", part="main"),
        Stop("category", "/kategori/agama", part="main"),
        Stop("area", "/wilayah/36.01", part="main"),
        Stop("comparison", "/perbandingan?kelompok=kabupaten", part="main"),
        Stop("side by side", "/perbandingan?instansi=kab-lebak&instansi=kab-serang", part="main"),
        Stop("map", "/peta"),
        Stop("map of a district", "/peta?wilayah=36.01.01"),
        Stop("calculator", "/hitung-tenggat"),
        Stop("log of moderation", "/catatan-moderasi"),
        Stop("open data, nothing yet", "/data-terbuka"),
        Stop("open data", with_packages),
        Stop("dictionary of the open data", "/data-terbuka/kamus"),
        Stop("recaps", "/rekap"),
        Stop("a recap", f"/rekap/pemprov-banten/{datetime.now(UTC).year}"),  # noqa: TID251 - as it was made
        Stop("record", "/catatan"),
        Stop("signed receipt, forged", forged),
        Stop("not found", "/laporan/ZZZZ-ZZZZ"),
        Stop("sign in", "/masuk"),
        Stop("sign in as a citizen", "/saya/masuk"),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_that_say_what_went_wrong(people, language):
    page = in_language(people, language)

    def failing(make_page) -> Response:
        with translation.override(language):
            body = make_page(None).content.decode()
        page.route("**/galat", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        return page.goto("/galat")

    stops = [Stop(name, functools.partial(lambda made, _page: failing(made), made)) for name, made in ERRORS.items()]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_of_filing(people, language):
    """The form is filled in Indonesian: its words are what the steps know."""
    page = in_language(people, "id")

    def fill(_page: Page) -> None:
        acts.start_report(page, today=acts.today(), title="Jalan berlubang di depan pasar", body=make.BODY)
        choose(page, "Kabupaten/Kota", "Kabupaten Lebak")
        field(page, "Nama").fill("Ani Contoh")
        field(page, "Surel").fill("ani@example.org")
        field(page, "Lampiran").set_input_files([acts.upload("bukti.jpg", acts.picture())])
        page.context.add_cookies([{"name": "bahasa", "value": language, "url": page.url}])

    def with_faults(_page: Page) -> Response:
        page.goto("/lapor")
        page.locator("input[type=checkbox][name=is_anonymous]").check()
        return sent(page, lambda: page.locator("button[name=kirim]").click())

    def in_review(_page: Page) -> Response:
        page.context.add_cookies([{"name": "bahasa", "value": "id", "url": page.url}])
        fill(page)
        return sent(page, lambda: page.locator("button[name=periksa]").click())

    def received(_page: Page) -> Response:
        return led_to(page, "/lapor/tanda-terima", lambda: page.locator("button[name=kirim]").click())

    page.goto("/")
    page.context.add_cookies([{"name": "bahasa", "value": language, "url": page.url}])
    stops = [
        Stop("form", "/lapor", is_kind=True),
        Stop("form with faults", with_faults),
        Stop("form in review", in_review),
        Stop("receipt", received, is_kind=True),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("id"))
def test_pages_of_tracking(people, rows, signed_in, language):
    kept, link = rows
    page = in_language(people, language)
    page.context.add_cookies([{"name": "warga", "value": signed_in, "url": people.site.url}])

    def opened(name: str, _page: Page) -> Response:
        page.goto("/lacak")
        page.locator("input[name=number]").fill(kept[name].number)
        page.locator("input[name=token]").fill(kept[name].token)
        return led_to(page, "/lacak/laporan", lambda: page.locator("form[data-track] button").click())

    def emptied(_page: Page) -> Response:
        page.goto("/lacak")
        return sent(page, lambda: page.locator("form[data-track] button").click())

    def reply_without_words(_page: Page) -> Response:
        opened("dijawab", page)
        return sent(page, lambda: page.locator("form[action$='/balas'] button").first.click())

    def changed(_page: Page) -> Response | None:
        opened("baru", page)
        return page.goto("/lacak/laporan/mengubah")

    names = ("baru", "tertunda", "arsip", "selesai", "dikembalikan", "terlambat", "dijawab")
    stops = [
        Stop("door", "/lacak"),
        Stop("door with faults", emptied),
        Stop("changing the own words", changed),
        *(Stop(f"own report, {name}", functools.partial(opened, name), is_kind=name == "dijawab") for name in names),
        Stop("clocks of the own report", "/lacak/laporan/tenggat"),
        Stop("withdrawing", "/lacak/laporan/mencabut"),
        Stop("erasing", "/lacak/laporan/menghapus-identitas"),
        Stop("reply without words", reply_without_words),
        Stop("own reports of an account", "/saya"),
        Stop("account", "/saya/pengaturan"),
        Stop("own comments", "/saya/komentar"),
        Stop("a comment", f"/saya/komentar/{kept['dijawab'].number}"),
        Stop("confirm an address", f"/surel/{link}"),
        Stop("a link that is gone", "/surel/abc:def:ghi"),
    ]
    found = walk(page, stops, language)
    page.goto("/saya")
    assert page.url.endswith("/saya"), "the account was not open"
    assert found == [], describe(found)
