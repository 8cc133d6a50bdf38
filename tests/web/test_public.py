"""The public site: what everyone finds there."""

import dataclasses
import re

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.adapters.scanning import staging
from tanggap.domain.intake import StagedFile
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Publication
from tanggap.selectors import public_search
from tanggap.services import indicators
from tanggap.web.public import cards, views_reports
from tests import make
from tests.adapters import hostile_files

pytestmark = pytest.mark.django_db

LISTS = ("/", "/laporan", "/laporan?terlambat=1", "/instansi", "/instansi/pemprov-banten")
LISTS += ("/instansi/pemprov-banten/dpupr", "/sitemap.xml", "/sitemap-2020-07-1.xml", "/sitemap-halaman.xml")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def later(clock):
    def go(days):
        clock.move_to(make.NOW + days * make.DAY)

    return go


def published(status=Status.ASSIGNED, **values):
    return make.report(status=status, **values)


def page(path, language="id"):
    """Return the text of a page that must be there."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def words(text):
    """Return a page as it is read: without tags, spaces drawn together."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def report_page(report, suffix=""):
    return words(page(f"/laporan/{report.number}{suffix}"))


def staged(*, is_publishable=True):
    """Return an image on the disk, as the door of filing would stage it."""
    upload = SimpleUploadedFile("foto.jpg", hostile_files.photo(), "image/jpeg")
    settings.ATTACHMENTS_DIR.mkdir(parents=True, exist_ok=True)
    found = staging.stage(upload, root=settings.ATTACHMENTS_DIR, least_free=0)
    return StagedFile(
        key=found.key,
        sha256=found.sha256.hex(),
        size=found.size,
        media_type=found.media_type,
        kind=found.kind.value,
        name=found.name,
        is_publishable=is_publishable,
    )


class TestList:
    def test_it_shows_each_published_report_and_who_has_it_by_when(self):
        report = published()
        text = words(page("/laporan"))
        for said in (report.title, report.number, "Dinas Pekerjaan Umum", "sisa 5 hari kerja", "1 Jul 2020"):
            assert said in text

    def test_the_labels_that_people_look_for_are_there(self):
        text = page("/laporan")
        for label in ("Cari", "Status", "Instansi", "Kategori", "Wilayah", "Terlambat"):
            assert re.search(rf"<label[^>]*>{label}</label>", text), label

    def test_an_active_filter_is_a_chip_that_takes_it_away(self):
        published()
        text = page("/laporan?q=jalan&status=assigned&terlambat=1&wilayah=36.01")
        assert 'href="/laporan?q=jalan&amp;status=assigned&amp;wilayah=36.01"' in text
        assert 'href="/laporan?status=assigned&amp;wilayah=36.01&amp;terlambat=1"' in text

    def test_a_place_is_chosen_step_by_step_without_javascript(self):
        village = make.village()
        district = village.rpartition(".")[0]
        assert 'name="kecamatan"' not in page("/laporan")
        assert 'name="kecamatan"' in page("/laporan?wilayah=36.01")
        text = page(f"/laporan?wilayah=36.01&kecamatan={district}&desa={village}")
        assert f'<option value="{village}" selected>' in text
        # A district of another regency is left over from the choice before.
        assert 'name="desa"' not in page("/laporan?wilayah=36.02&kecamatan=36.01.01")

    def test_what_was_filtered_for_is_all_that_is_shown(self):
        published()
        shown = page("/laporan?status=assigned&instansi=pemprov-banten/dpupr&wilayah=36.01&q=berlubang")
        assert "Jalan rusak di depan pasar" in shown
        for other in ("status=closed", "instansi=pemprov-banten/dinkes", "wilayah=36.02", "q=sekolah", "terlambat=1"):
            assert "Tidak ada laporan yang cocok." in page(f"/laporan?{other}")

    @pytest.mark.parametrize(
        ("family", "badges"),
        [
            ("assigned", {"Terdisposisi, belum ditindaklanjuti"}),
            ("in_progress", {"Sedang diproses", "Menunggu tanggapan pelapor"}),
            ("closed", {"Selesai"}),
        ],
    )
    def test_a_family_lists_what_its_badges_say(self, family, badges):
        for status in (Status.ASSIGNED, Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED):
            published(status)
        text = page(f"/laporan?status={family}")
        shown = re.findall(r'<article class="card report"><p class="row tight"><span.*?<span>(.*?)</span>', text)
        assert set(shown) == badges

    @pytest.mark.parametrize(
        "query",
        [
            "status=nonsense&instansi=a/b/c&kategori=%27%22&wilayah=36.99.99&terlambat=yes&setelah=1_2_3",
            "q=%00&status=%00&instansi=%00&kategori=%00&wilayah=%00&setelah=%00",
            "q=%22%27%3Cscript%3Ealert(1)%3C/script%3E&instansi=%3Cb%3E",
            "status[]=1&status=archived&setelah=9999-12-31T23:59:59-23:59_9223372036854775807",
            "setelah=0001-01-01T00:00:00%2B14:00_1",
        ],
    )
    def test_an_address_that_somebody_made_up_is_no_error(self, query):
        published()
        text = page(f"/laporan?{query}")
        assert "<script>alert" not in text

    def test_every_filter_is_an_address_and_stays_in_the_form(self):
        published()
        asked = "klasifikasi=complaint&hasil=fixed&dari=2020-07-01&sampai=2020-07-31&urut=terlambat"
        text = page(f"/laporan?{asked}")
        for kept in ('value="complaint" selected', 'value="fixed" selected', 'value="terlambat" selected'):
            assert kept in text
        assert 'name="dari" value="2020-07-01"' in text
        assert text.count('class="chip"') == 5
        assert "Jalan rusak" in page("/laporan?dari=2020-07-01&sampai=2020-07-01&klasifikasi=complaint")
        assert "Tidak ada laporan yang cocok." in page("/laporan?sampai=2020-06-30")
        for wrong in ("dari=2020-13-40", "sampai=kapan", "dari=0001-01-01", "urut=acak", "hasil=withdrawn"):
            assert 'class="chip"' not in page(f"/laporan?{wrong}")

    def test_what_may_be_meant_is_offered_with_the_results(self):
        text = page("/laporan?q=pandeg")
        assert 'href="/laporan?instansi=kab-pandeglang"' in text
        assert re.search(r'href="/laporan\?wilayah=36.01"', text)
        assert "Mungkin yang Anda maksud" not in page("/laporan?q=pa")

    def test_a_hostile_address_is_refused_or_cut_in_plain_words(self, monkeypatch):
        assert Client().get("/laporan?" + "&".join(f"f{n}=1" for n in range(1000))).status_code == 400
        assert "Hanya 200 huruf pertama yang dicari." in page("/laporan?q=" + "kata+" * 2000)
        monkeypatch.setitem(LIMITS, Bucket.SEARCH_CLIENT, dataclasses.replace(LIMITS[Bucket.SEARCH_CLIENT], times=2))
        answers = [Client(REMOTE_ADDR="192.0.2.77").get(f"/laporan?status=closed&q={n}") for n in range(3)]
        assert answers[-1].status_code == 429
        assert Client(REMOTE_ADDR="192.0.2.77").get("/laporan").status_code == 200

    def test_a_question_that_is_too_wide_is_said_to_be(self, monkeypatch):
        def never(*_args, **_values):
            raise public_search.TooWideError

        monkeypatch.setattr(public_search, "_walk", never)
        answer = Client().get("/laporan?q=jalan")
        assert answer.status_code == 422
        assert "terlalu luas" in answer.content.decode()

    def test_the_districts_at_home_are_given_for_the_browser_to_compare_itself(self):
        rows = Client().get("/wilayah/titik.json").json()["districts"]
        assert len(rows) == 155
        assert rows[0][0] == "36.01.01"

    def test_older_reports_are_a_page_further(self, monkeypatch):
        monkeypatch.setattr(views_reports, "_PAGE", 1)
        published()
        published()
        first = page("/laporan")
        older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        second = page(f"/laporan{older}")
        seen = [re.findall(r'href="/laporan/([0-9A-Z-]{9})"', text) for text in (first, second)]
        assert len(seen[0]) == len(seen[1]) == 1
        assert seen[0] != seen[1]
        assert 'rel="next"' not in second

    def test_only_the_plain_list_is_for_search_engines(self):
        assert "noindex" not in page("/laporan")
        assert "noindex" in page("/laporan?terlambat=1")

    def test_searching_is_limited_per_client_and_looking_is_not(self):
        client = Client()
        for _ in range(LIMITS[Bucket.SEARCH_CLIENT].times):
            assert client.get("/laporan?q=jalan").status_code == 200
        answer = client.get("/laporan?q=jalan")
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert client.get("/laporan").status_code == 200

    def test_more_reports_do_not_cost_more_queries(self):
        published()
        page("/laporan?q=jalan&wilayah=36.01")  # what is remembered of reference data is there then
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                page("/laporan?q=jalan&wilayah=36.01")
            counts.append(len(queries))
            for _ in range(3):
                published()
        assert counts[0] == counts[1]
        assert counts[0] <= 14

    def test_a_card_is_drawn_as_the_component_draws_it(self):
        full = {
            "href": "/laporan/X", "title": "Jalan <rusak> & gelap", "number": "AAAA-AAAA", "code": "in_progress",
            "status": "Sedang diproses", "left": -3, "outcome": "Dijelaskan", "excerpt": "Isi <b>", "agency": "Dinas X",
            "area": "Labuan", "category": "Jalan", "filed": make.NOW.date(), "answered": make.NOW,
        }  # fmt: skip
        empty = dict.fromkeys(full) | {"href": "/", "title": "T", "code": "closed", "status": "Selesai"}
        for card in (full, empty, full | {"left": 0}, full | {"left": 1}, full | {"left": 9}):
            component = render_to_string("components/report_card.html", card)
            component = re.sub(r"\{#.*?#\}", "", component)
            assert re.sub(r"\s", "", component) == re.sub(r"\s", "", cards.draw(card))


class TestAgencies:
    def test_the_home_province_comes_first_and_a_name_is_found(self):
        text = page("/instansi")
        assert text.index("Pemerintah Kota Serang") < text.index("Kementerian")
        found = words(page("/instansi?q=kota+serang"))
        assert "Pemerintah Kota Serang" in found
        assert "Kabupaten Lebak" not in found
        assert "Tidak ada instansi" in page("/instansi?q=%00zzz<script>")

    def test_an_agency_says_who_is_responsible_and_its_figures(self):
        published()
        answered = published(title="Lampu jalan mati")
        make.act(answered, Action.ANSWER)
        indicators.fold(now=make.NOW)
        text = words(page("/instansi/pemprov-banten"))
        for said in ("Penanggung jawab pengaduan", "Alamat", "Situs web", "Jumlah laporan 2", "sla_rate@1"):
            assert said in text
        assert text.index("Sedang ditangani") < text.index("Jawaban terbaru")

    def test_overdue_reports_are_listed(self, later):
        report = published()
        later(40)
        text = words(page("/instansi/pemprov-banten/dpupr"))
        assert report.title in text[text.index("Terlambat") :]
        assert "Tidak ada laporan yang terlambat." in words(page("/instansi/pemprov-banten/dinkes"))

    @pytest.mark.parametrize("path", ["/instansi/tidak-ada", "/instansi/pemprov-banten/tidak-ada", "/instansi/x/dpupr"])
    def test_an_unknown_office_is_not_found(self, path):
        assert Client().get(path).status_code == 404

    def test_its_queries_do_not_grow(self):
        published()
        page("/instansi/pemprov-banten")
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                page("/instansi/pemprov-banten")
            counts.append(len(queries))
            published()
            published(Status.ANSWERED)
        assert counts[0] == counts[1]


class TestCalculator:
    def test_it_counts_as_a_report_would_be_counted(self):
        text = words(page("/hitung-tenggat?mulai=2020-07-01&jam=resolve&klasifikasi=complaint&pengawasan=on"))
        assert "Selasa, 29 September 2020" in text
        assert "tidak dihitung: akhir pekan" in text
        assert "Rabu, 1 Juli 2020" in words(page("/hitung-tenggat?mulai=2020-06-26&jam=verify"))

    def test_it_says_where_holidays_are_not_known_yet(self):
        sure = "Hari libur sesudah 2027 belum ditetapkan"
        beyond = words(page("/hitung-tenggat?mulai=2027-12-30&jam=verify"))
        assert "2028" in beyond
        assert sure in beyond
        for known in ("mulai=2027-12-01&jam=verify", "mulai=2027-12-30&jam=statutory_max"):
            assert sure not in words(page(f"/hitung-tenggat?{known}"))

    def test_the_empty_form_is_no_error(self):
        text = page("/hitung-tenggat")
        assert "Tanggal mulai" in text
        assert "Isi tanggal mulai." not in text

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("mulai=&jam=verify", "Isi tanggal mulai."),
            ("mulai=2020-02-31&jam=verify", "Tanggal ini tidak dikenal"),
            ("mulai=1999-01-01&jam=verify", "Kalender kami mencakup tahun 2018 sampai 2027."),
            ("mulai=9999-12-31&jam=verify", "Kalender kami mencakup"),
            ("mulai=2018-06-01&jam=verify", "Aturan pertama yang kami catat"),
            ("mulai=2020-07-01&jam=nonsense", "Pilih batas waktu dari daftar."),
            ("mulai=2020-07-01&jam=verify&instansi=x", "Pilih instansi dari daftar."),
            ("mulai=%00&jam=%00&klasifikasi=%00", "tidak dikenal"),
        ],
    )
    def test_what_cannot_be_counted_is_said(self, query, said):
        answer = Client().get(f"/hitung-tenggat?{query}")
        assert answer.status_code == 422
        assert said in answer.content.decode()


class TestSitemap:
    def test_it_leads_to_every_report_that_can_be_read(self):
        report = published()
        gone = published()
        make.act(gone, Action.WITHDRAW)
        assert f"{settings.PUBLIC_URL}/sitemap-2020-07-1.xml" in page("/sitemap.xml")
        text = page("/sitemap-2020-07-1.xml")
        assert f"{settings.PUBLIC_URL}/laporan/{report.number}" in text
        assert gone.number not in text
        assert f"{settings.PUBLIC_URL}/laporan<" in page("/sitemap-halaman.xml")

    def test_search_engines_are_told_of_it(self, settings):
        settings.IS_DEMO = False
        assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in page("/robots.txt")

    @pytest.mark.parametrize("part", ["2020-13-1", "2020-07-2", "1999-01-1", "9999-12-1", "2020-07-0"])
    def test_what_has_no_reports_is_not_found(self, part):
        published()
        assert Client().get(f"/sitemap-{part}.xml").status_code == 404


def test_no_address_of_these_pages_takes_a_post():
    report = published()
    for path in ("/laporan", f"/laporan/{report.number}", "/instansi", "/hitung-tenggat", "/sitemap.xml"):
        assert Client().post(path).status_code in {403, 405}


def test_pages_set_no_cookie_and_need_none():
    report = published()
    for path in ("/laporan", f"/laporan/{report.number}", "/instansi", "/instansi/pemprov-banten", "/hitung-tenggat"):
        assert not Client().get(path).cookies


def test_words_of_the_lists_are_kept_apart_by_language():
    english = page("/laporan", "en")
    assert '<html lang="en">' in english
    assert english.count("<optgroup") == page("/laporan").count("<optgroup")


def test_a_publication_is_what_the_pages_read():
    report = published()
    Publication.objects.filter(number=report.number).update(title="Dari proyeksi saja")
    assert "Dari proyeksi saja" in page(f"/laporan/{report.number}")
