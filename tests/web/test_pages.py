"""The home page and the pages that explain: what must stand there, and that it is true."""

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tanggap.adapters import demo_state
from tanggap.domain.lifecycle import Status
from tanggap.web.public import steps
from tests import make

pytestmark = pytest.mark.django_db


def test_the_home_page_offers_the_three_ways_in_and_the_five_steps():
    text = Client().get("/").content.decode()
    for words in (
        "Laporkan",
        "Lacak laporan",
        "Cari laporan",
        "Verifikasi",
        "Tindak lanjut",
        "Jawaban",
        "Tanggapan Anda",
    ):
        assert words in text


def test_the_time_limits_of_the_steps_are_those_of_the_policy_in_force():
    made = steps.five_steps(steps.limits_here(make.NOW))
    assert [step.limit for step in made][1:] == [
        "3 hari kerja",
        "5 hari kerja",
        "5, 14 atau 60 hari kerja",
        "10 hari kerja",
    ]


@pytest.mark.parametrize("path", ["/", "/tentang", "/privasi", "/aksesibilitas"])
def test_pages_speak_both_languages_and_set_no_cookie(path):
    client = Client()
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<html lang="id">' in answer.content.decode()
    assert not answer.cookies
    # A telephone that is set to English says nothing of its owner: only the switch counts.
    assert '<html lang="id">' in client.get(path, headers={"Accept-Language": "en"}).content.decode()
    client.cookies["bahasa"] = "en"
    assert '<html lang="en">' in client.get(path).content.decode()


def test_the_language_is_changed_without_a_token_and_goes_back_to_where_the_reader_was():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/bahasa", {"language": "en"}, headers={"Referer": "http://testserver/privasi"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("/privasi")
    assert answer.cookies["bahasa"].value == "en"
    assert '<html lang="en">' in client.get("/privasi").content.decode()


def test_the_language_switch_does_not_lead_to_another_site():
    answer = Client().post("/bahasa", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_the_privacy_notice_says_who_sees_what_and_whom_to_ask(settings):
    settings.PRIVACY_CONTACT = "pdp@example.go.id"
    text = Client().get("/privasi").content.decode()
    for words in ("pengendali data pribadi", "Dasar hukum", "Berapa lama", "Hak Anda", "pdp@example.go.id"):
        assert words in text


def test_the_about_page_explains_each_status_and_what_to_do_when_late():
    text = Client().get("/tentang").content.decode()
    for words in ("Tertunda", "Diarsipkan", "Ombudsman", "680 Tahun 2020"):
        assert words in text


def test_a_demonstration_says_so_on_every_page_and_keeps_search_engines_out(settings):
    settings.IS_DEMO = True
    for path in ("/", "/tentang", "/tidak-ada"):
        assert "Data contoh (sintetis)" in Client().get(path).content.decode()
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_demonstration_that_grows_says_so_until_it_is_complete(settings, tmp_path):
    settings.IS_DEMO, settings.DATA_DIR = True, tmp_path
    words = "Contoh masih dibuat"
    assert words not in Client().get("/").content.decode()
    demo_state.write(tmp_path, {"state": demo_state.GROWING})
    assert words in Client().get("/").content.decode()
    demo_state.write(tmp_path, {"state": demo_state.COMPLETE})
    assert words not in Client().get("/").content.decode()


def test_search_engines_stay_away_from_desk_and_tracking(settings):
    settings.IS_DEMO = False
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /meja\n" in text
    assert "Disallow: /lacak\n" in text
    assert "Disallow: /\n" not in text


def test_health_is_the_health_of_the_database(monkeypatch):
    assert Client().get("/sehat").content == b"ok\n"
    monkeypatch.setattr(connection, "cursor", _gone)
    assert Client().get("/sehat").status_code == 503


def _gone(*_args, **_kwargs):
    from django.db import OperationalError

    raise OperationalError("gone")


def test_the_page_of_components_is_for_development_only():
    assert Client().get("/gaya").status_code == 404


def test_the_three_numbers_of_the_home_page_count_what_is_published():
    text = Client().get("/").content.decode()
    assert "laporan sedang ditangani</dt><dd>0</dd>" in text
    assert "belum ada jawaban" in text


def test_the_home_page_shows_the_latest_answers_and_counts_them():
    answered = make.report(status=Status.ANSWERED)
    with time_machine.travel(make.NOW + 5 * make.DAY, tick=False):
        text = Client().get("/").content.decode()
    assert f'href="/laporan/{answered.number}"' in text
    assert "dijawab tepat waktu</dt><dd>100" in text
    assert "Siti" not in text
