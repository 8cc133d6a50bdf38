"""The account of a citizen in the browser: come in, see the own reports, add one, follow one, go."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain.actors import Reporter
from tanggap.domain.citizens import MOST_REPORTS
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Citizen, Follow, Identity, Report, ShortMessage, Support, User
from tanggap.selectors import citizen_reports, public_search, publications
from tanggap.selectors.public_search import Order
from tanggap.services import citizen_codes, citizens, keys
from tanggap.tasks import citizens as tasks
from tanggap.tasks import short_messages
from tanggap.web import citizens as door
from tests import make
from tests.web.test_filing import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]
ADDRESS = "warga@example.org"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def code():
    """Mail what was asked for, and return the newest code."""
    for args in (
        ProcrastinateJob.objects.filter(task_name=citizen_codes.SEND).order_by("pk").values_list("args", flat=True)
    ):
        tasks.send_code(**args)
    return re.search(r"(\d{3} \d{3})", mail.outbox[-1].subject)[1]


def sign_in(client, address=ADDRESS, **more):
    asked = client.post("/saya/masuk", {"kontak": address, **more})
    assert asked.status_code == 302, asked.content.decode()
    return client.post(asked["Location"], {"kode": code()})


def account():
    row = Citizen.objects.get()
    return citizens._open(row)


@pytest.fixture
def signed(client):
    assert sign_in(client)["Location"] == "/saya"
    return client


class TestComingIn:
    def test_the_answer_to_an_address_is_the_same_with_an_account_and_without(self, client):
        def answers(address):
            browser = Client()
            asked = browser.post("/saya/masuk", {"kontak": address})
            page = browser.get(asked["Location"]).content.decode().replace(address, "ADDRESS")
            return asked.status_code, asked["Location"], re.sub(r'(token" value=|nonce=)"[^"]*"', r"\1", page)

        sign_in(client)
        assert answers(ADDRESS) == answers("tidak.ada@example.org")

    def test_a_wrong_code_is_named_and_a_right_one_is_good_for_this_browser_alone(self, client):
        asked = client.post("/saya/masuk", {"kontak": ADDRESS})
        right = code()
        wrong = client.post(asked["Location"], {"kode": "12"})
        assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"kode"})
        assert Client().post(asked["Location"], {"kode": right})["Location"] == "/saya/masuk"
        assert client.post(asked["Location"], {"kode": right}).status_code == 302
        assert client.get("/saya").status_code == 200
        bad = client.post("/saya/masuk", {"kontak": "bukan surel"})
        assert (bad.status_code, bad.context["form"].errors.keys()) == (422, {"kontak"})

    def test_it_lasts_half_a_day_or_a_month_where_wished_and_leads_back(self, clock):
        short, long = Client(), Client()
        assert short.get("/saya/pengaturan")["Location"] == "/saya/masuk?lanjut=/saya/pengaturan"
        asked = short.post("/saya/masuk?lanjut=/saya/pengaturan", {"kontak": ADDRESS})
        assert short.post(asked["Location"], {"kode": code()})["Location"] == "/saya/pengaturan"
        assert sign_in(long, ingat="on").status_code == 302
        assert short.cookies["warga"]["max-age"] == ""
        clock.move_to(make.NOW + make.DAY)
        assert (short.get("/saya").status_code, long.get("/saya").status_code) == (302, 200)
        clock.move_to(make.NOW + 31 * make.DAY)
        assert long.get("/saya").status_code == 302

    @pytest.mark.parametrize("onward", ["https://jahat.example", "//jahat.example", "/saya//jahat.example", "/meja"])
    def test_it_leads_nowhere_else(self, client, onward):
        asked = client.post(f"/saya/masuk?lanjut={onward}", {"kontak": ADDRESS})
        assert client.post(asked["Location"], {"kode": code()})["Location"] == "/saya"

    def test_leaving_ends_the_tracking_too_and_other_browsers_are_ended_at_once(self, signed):
        report = make.submit()
        other = Client()
        sign_in(other)
        citizens.link(citizens.enter(ADDRESS, language="id", now=make.NOW), report.pk)
        assert signed.post("/saya/laporan/buka", {"number": report.number})["Location"] == "/lacak/laporan"
        assert signed.get("/lacak/laporan").status_code == 200
        assert signed.post("/saya/keluar-lain").status_code == 302
        assert (signed.get("/saya").status_code, other.get("/saya").status_code) == (200, 302)
        signed.post("/saya/keluar")
        assert signed.get("/saya").status_code == 302
        assert signed.get("/lacak/laporan").status_code == 302


class TestByPhone:
    """With a number instead of an address: the same form and the same pages (ADR 0040)."""

    NUMBER = "+6281234567890"

    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.SMS_DIR = str(tmp_path)
        return tmp_path

    def sign_in(self, folder, client, number="0812-3456-7890"):
        asked = client.post("/saya/masuk", {"kontak": number})
        assert asked.status_code == 302, asked.content.decode()
        short_messages.deliver(short_message_id=ShortMessage.objects.latest("pk").pk)
        newest = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        said = json.loads(newest.read_text())
        assert said["to"] == self.NUMBER
        assert self.NUMBER in client.get(asked["Location"]).content.decode()
        return client.post(asked["Location"], {"kode": re.search(r"\d{6}", said["text"])[0]})

    def test_a_number_opens_one_account_however_it_is_written_and_no_other(self, folder, client):
        assert self.sign_in(folder, client)["Location"] == "/saya"
        self.sign_in(folder, Client(), "+62 812 3456 7890")
        sign_in(Client())
        assert sorted(citizens._open(row).address for row in Citizen.objects.all()) == [self.NUMBER, ADDRESS]
        assert self.NUMBER in client.get("/saya").content.decode()
        # News goes out by mail alone, and the pages say so.
        assert "wants_mail" not in client.get("/saya/pengaturan").context["form"].fields
        assert client.post("/saya/pengaturan", {"language": "en"}).status_code == 302
        report = make.report(status=Status.ASSIGNED)
        assert "by SMS" in client.get(f"/saya/ikuti/{report.number}").content.decode()
        assert json.loads(client.get("/saya/data").content)["address"] == self.NUMBER
        assert "more than 90 days" in client.get("/saya/hapus").content.decode()

    def test_a_report_with_this_number_is_linked_one_with_another_only_where_ticked(self, folder, client):
        self.sign_in(folder, client)
        for title, phone, email in (
            ("Dengan nomor saya sendiri", "+62 81234567890", ""),
            ("Nomor tetangga saya", "08119998887", ""),
            ("Surel tetangga saya", "", "tetangga@example.org"),
        ):
            assert send(client, title=title, phone=phone, email=email).status_code == 302
        assert list(Report.objects.filter(pk__in=account().reports).values_list("title", flat=True)) == [
            "Dengan nomor saya sendiri"
        ]

    def test_the_answer_is_the_same_with_an_account_and_without_page_by_page_and_query_by_query(self, folder, client):
        def answers(number):
            browser = Client()
            with CaptureQueriesContext(connection) as asking:
                asked = browser.post("/saya/masuk", {"kontak": number})
            queries = [re.sub(r"'[^']*'|\d+", "?", row["sql"]) for row in asking]  # the next request forgets them
            page = browser.get(asked["Location"]).content.decode().replace(number, "NUMBER")
            return asked["Location"], re.sub(r'(token" value=|nonce=)"[^"]*"', r"\1", page), queries

        self.sign_in(folder, client)
        known, unknown = answers(self.NUMBER), answers("+6281199988877")
        assert known == unknown
        assert len(known[2]) > 3

    @pytest.mark.parametrize("number", ["021 5551234", "+65 9123 4567", "0809 1234567", "0812", "abc"])
    def test_a_number_that_gets_no_code_is_named_with_what_would(self, client, number):
        answer = client.post("/saya/masuk", {"kontak": number})
        assert (answer.status_code, "nomor ponsel Indonesia" in answer.content.decode()) == (422, True)
        assert not ShortMessage.objects.exists()

    def test_without_a_gateway_the_form_says_that_only_mail_works_and_without_room_that_it_is_used_up(
        self, client, settings
    ):
        settings.SMS_A_DAY = 0
        full = client.post("/saya/masuk", {"kontak": self.NUMBER})
        assert (full.status_code, "Jatah SMS situs ini" in full.content.decode()) == (422, True)
        settings.SMS_DIR = ""
        assert "Nomor ponsel tidak dapat dipakai di situs ini" in client.get("/saya/masuk").content.decode()
        refused = client.post("/saya/masuk", {"kontak": self.NUMBER})
        assert (refused.status_code, "Tulis alamat surel yang lengkap" in refused.content.decode()) == (422, True)

    def test_a_number_that_rested_opens_nothing_of_before_but_to_who_has_a_code_of_it(self, folder, client, clock):
        first, second, other = make.submit(), make.submit(), make.report(status=Status.ASSIGNED)
        self.sign_in(folder, client)
        who = citizens.enter(self.NUMBER, language="id", now=make.NOW)
        citizens.follow(citizens.link(citizens.link(who, first.pk), second.pk), other.pk)
        clock.move_to(make.NOW + 89 * make.DAY)
        stranger = Client()
        self.sign_in(folder, stranger)
        assert first.number in stranger.get("/saya").content.decode()
        clock.move_to(make.NOW + 180 * make.DAY)
        self.sign_in(folder, client)  # in this browser it was opened before
        assert first.number in client.get("/saya").content.decode()
        clock.move_to(make.NOW + 271 * make.DAY)
        stranger = Client()
        self.sign_in(folder, stranger)
        page = stranger.get("/saya").content.decode()
        assert (first.number in page, "90 hari" in page) == (False, True)
        assert json.loads(stranger.get("/saya/data").content)["reports"] == []
        assert not Follow.objects.exists()
        self.sign_in(folder, client)  # and that it was found empty is the same for everybody
        assert first.number not in client.get("/saya").content.decode()
        client.post("/saya/tambah", {"number": second.number, "token": keys.token_for(second.number)})
        page = client.get("/saya").content.decode()
        assert (first.number in page, second.number in page) == (True, True)


class TestTheReports:
    def test_a_report_that_is_filed_while_signed_in_is_there_a_hidden_one_only_where_ticked(self, signed):
        def file(**values):
            return send(signed, **values)

        assert "Anda masuk sebagai warga@example.org" in signed.get("/lapor").content.decode()
        assert file(title="Jalan rusak di depan pasar", email="Warga@example.org").status_code == 302
        assert "juga ada di Laporan saya" in signed.get("/lapor/tanda-terima").content.decode()
        assert file(title="Laporan orang lain di ponsel ini", email="tetangga@example.org").status_code == 302
        assert "juga ada di Laporan saya" not in signed.get("/lapor/tanda-terima").content.decode()
        assert file(title="Nomor orang lain di ponsel ini", email="", phone="08119998887").status_code == 302
        assert "juga ada di Laporan saya" not in signed.get("/lapor/tanda-terima").content.decode()
        assert file(title="Laporan tanpa nama sama sekali", is_anonymous="on").status_code == 302
        assert "juga ada di Laporan saya" not in signed.get("/lapor/tanda-terima").content.decode()
        assert file(title="Laporan rahasia tersambung", is_confidential="on", link_hidden="on").status_code == 302
        titles = list(Report.objects.filter(pk__in=account().reports).order_by("pk").values_list("title", flat=True))
        assert titles == ["Jalan rusak di depan pasar", "Laporan rahasia tersambung"]
        page = signed.get("/saya").content.decode()
        assert "Laporan rahasia tersambung" in page
        assert "Laporan tanpa nama" not in page
        assert "sisa 3 hari kerja" in page

    def test_an_account_that_goes_in_the_same_moment_loses_no_receipt(self, signed, monkeypatch):
        who = citizens.enter(ADDRESS, language="id", now=make.NOW)
        monkeypatch.setattr(door, "current", lambda *_: who)
        citizens.remove(who, cleared=frozenset(), empty=list)
        assert send(signed, email=ADDRESS)["Location"] == "/lapor/tanda-terima"
        assert signed.get("/lapor/tanda-terima").status_code == 200
        assert signed.post("/saya/pengaturan", {"language": "en"})["Location"] == "/saya/masuk"

    def test_nobody_who_is_not_signed_in_sees_a_word_of_accounts_on_the_form(self, client):
        assert "Laporan saya" not in client.get("/lapor").content.decode()

    def test_an_earlier_one_is_added_by_number_and_code_and_can_be_let_go(self, signed):
        mine, other = make.submit(), make.submit()
        wrong = signed.post("/saya/tambah", {"number": mine.number, "token": keys.token_for(other.number)})
        assert wrong.status_code == 404
        assert signed.post("/saya/tambah", {"number": "", "token": ""}).status_code == 422
        assert (
            signed.post("/saya/tambah", {"number": mine.number, "token": keys.token_for(mine.number)}).status_code
            == 302
        )
        assert account().reports == (mine.pk,)
        assert signed.post("/saya/laporan/buka", {"number": other.number}).status_code == 404
        assert signed.post("/saya/laporan/lepas", {"number": other.number}).status_code == 404
        assert signed.post("/saya/laporan/lepas").status_code == 404
        page = signed.get("/saya").content.decode()
        assert re.search(rf'(?:action|href)="[^"]*{mine.number}', page) is None  # no log says whose it is
        assert signed.post("/saya/laporan/lepas", {"number": mine.number}).status_code == 302
        assert account().reports == ()

    def test_the_list_goes_by_pages_with_a_constant_number_of_queries(
        self, signed, django_assert_max_num_queries, monkeypatch
    ):
        reports = [make.submit() for _ in range(5)]
        who = citizens.enter(ADDRESS, language="id", now=make.NOW)
        for report in reports:
            who = citizens.link(who, report.pk)
        monkeypatch.setattr(citizen_reports, "PAGE", 2)
        seen, path = [], "/saya"
        while path:
            with django_assert_max_num_queries(4):
                page = signed.get(path)
            seen += [line["row"].number for line in page.context["lines"]]
            path = f"/saya{page.context['older']}" if page.context["older"] else ""
        assert seen == [report.number for report in reversed(reports)]

    def test_a_full_account_says_so(self, signed):
        who, report = citizens.enter(ADDRESS, language="id", now=make.NOW), make.submit()
        citizens._change(who, lambda one: citizens.replace(one, reports=tuple(range(10**9, 10**9 + MOST_REPORTS))))
        answer = signed.post("/saya/tambah", {"number": report.number, "token": keys.token_for(report.number)})
        assert (answer.status_code, "sudah penuh" in answer.content.decode()) == (422, True)


class TestFollowing:
    def test_a_public_report_is_followed_and_what_is_not_public_is_unknown(self, signed):
        public, secret = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED, is_confidential=True)
        assert f"/saya/ikuti/{public.number}" in signed.get(f"/laporan/{public.number}").content.decode()
        assert signed.get(f"/saya/ikuti/{public.number}").status_code == 200
        assert signed.post(f"/saya/ikuti/{public.number}")["Location"] == "/saya/kawalan"
        assert public.title in signed.get("/saya/kawalan").content.decode()
        for number in (secret.number, "ZZZZ-ZZZZ", make.submit().number):
            assert (
                signed.get(f"/saya/ikuti/{number}").status_code,
                signed.post(f"/saya/ikuti/{number}").status_code,
            ) == (404, 404)
        make.act(public, Action.SET_VISIBILITY, is_confidential=True)
        assert public.title not in signed.get("/saya/kawalan").content.decode()


class TestSupporting:
    def test_who_lives_with_it_too_is_counted_once_and_can_take_it_back(self, signed):
        public = make.report(status=Status.ASSIGNED)
        page = signed.get(f"/laporan/{public.number}").content.decode()
        assert (f"/saya/alami/{public.number}" in page, "orang juga mengalami" in page) == (True, False)
        assert signed.get(f"/saya/alami/{public.number}").status_code == 200
        for _twice in range(2):
            assert signed.post(f"/saya/alami/{public.number}")["Location"] == f"/laporan/{public.number}"
        assert "1 orang juga mengalami ini" in signed.get(f"/laporan/{public.number}").content.decode()
        assert "1 orang juga mengalami ini" in signed.get("/laporan?urut=dialami").content.decode()
        assert json.loads(signed.get("/saya/data").content)["supports"] == [public.number]
        signed.post(f"/saya/alami/{public.number}", {"batal": "1"})
        assert "orang juga mengalami" not in signed.get(f"/laporan/{public.number}").content.decode()

    def test_what_is_not_public_is_unknown_and_a_report_that_comes_back_is_supported_as_before(self, signed):
        public, secret = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED, is_confidential=True)
        assert (signed.get(f"/saya/alami/{secret.number}").status_code,) * 2 == (404, 404)
        assert signed.post(f"/saya/alami/{secret.number}").status_code == 404
        signed.post(f"/saya/alami/{public.number}")
        for is_confidential in (True, False):
            make.act(public, Action.SET_VISIBILITY, actor=Reporter(public.pk), is_confidential=is_confidential)
        assert publications.get(public.number).support_count == 1

    def test_the_most_supported_stand_first_and_the_pages_go_on_by_that_order(self):
        reports = [make.report(status=Status.ASSIGNED) for _ in range(3)]
        for place, report in enumerate(reports):
            for turn in range(place):
                citizens.support(citizens.enter(f"w{turn}@example.id", language="id", now=make.NOW), report.pk)
        first = public_search.list_(size=1, order=Order.SUPPORTED, now=make.NOW)
        then = public_search.list_(size=1, order=Order.SUPPORTED, after=first.after, now=make.NOW)
        assert [row.number for row in (*first.rows, *then.rows)] == [reports[2].number, reports[1].number]
        assert then.after == "", "what nobody supports is not in that list"

    def test_no_row_says_who_and_an_account_that_goes_takes_its_word_with_it(self, signed):
        public = make.report(status=Status.ASSIGNED)
        signed.post(f"/saya/alami/{public.number}")
        assert {field.name for field in Support._meta.fields} == {"id", "mark", "report"}
        who = citizens.enter(ADDRESS, language="id", now=make.NOW)
        citizens.remove(who, cleared=frozenset(), empty=list)
        assert not Support.objects.exists()
        assert publications.get(public.number).support_count == 0


class TestTheEnd:
    @pytest.mark.parametrize("path", ["/saya/data", "/saya/hapus"])
    def test_a_browser_that_was_left_open_gives_and_ends_nothing_without_a_new_code(self, signed, clock, path):
        clock.move_to(make.NOW + timedelta(minutes=16))
        answer = signed.get(path)
        assert answer["Location"] == f"/saya/masuk?lanjut={path}&lagi=1"
        assert signed.post("/saya/hapus")["Location"] == "/saya/masuk?lanjut=/saya/hapus&lagi=1"
        assert "pastikan lagi" in signed.get(answer["Location"]).content.decode()
        asked = signed.post(answer["Location"], {"kontak": ADDRESS})
        anew = signed.get(signed.get(asked["Location"]).context["anew"])
        assert (anew.status_code, anew.wsgi_request.GET["lanjut"]) == (200, path)  # it never came: not back to /saya
        assert signed.post(asked["Location"], {"kode": code()})["Location"] == path
        assert signed.get(path).status_code == 200

    def test_the_data_are_taken_along_and_the_account_goes_after_a_second_question(self, signed):
        report = make.submit()
        citizens.link(citizens.enter(ADDRESS, language="id", now=make.NOW), report.pk)
        found = signed.get("/saya/data")
        assert found["Content-Disposition"].startswith("attachment")
        assert "no-store" in found["Cache-Control"]
        assert json.loads(found.content)["reports"][0]["number"] == report.number
        assert signed.post("/saya/pengaturan", {"language": "en"}).cookies["bahasa"].value == "en"
        assert (account().language, account().wants_mail) == ("en", False)
        assert "Older backups" in signed.get("/saya/hapus").content.decode()
        assert Citizen.objects.exists()
        assert signed.post("/saya/hapus")["Location"] == "/"
        assert not Citizen.objects.exists()
        assert not Identity.objects.filter(erased_at=None).exists()
        assert signed.get("/saya").status_code == 302
        opened = Client().post("/lacak", {"number": report.number, "token": keys.token_for(report.number)})
        assert opened["Location"] == "/lacak/laporan"


def test_an_officer_sees_the_same_whether_a_report_belongs_to_an_account(client):
    report = make.report(status=Status.ASSIGNED)
    client.force_login(User.objects.get(pk=make.agency_admin().user_id))
    session = client.session
    session.save()
    pages = (
        f"/meja/{report.number}",
        "/meja?antrean=unit",
        f"/meja/cari?q={report.number}",
        f"/laporan/{report.number}",
    )

    def seen():
        return [re.sub(r'(token" value=|nonce=)"[^"]*"', r"\1", client.get(path).content.decode()) for path in pages]

    seen()  # who came by is on the page from the second time on
    before = seen()
    who = citizens.link(citizens.enter(make.PERSON.email, language="id", now=make.NOW), report.pk)
    citizens.follow(who, report.pk)
    assert seen() == before
