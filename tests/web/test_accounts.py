"""Signing in and out, the second step, and who may open the desk."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from tanggap.domain.actors import Anyone, LiaisonOfficer, Reporter, System
from tanggap.models import Agency, SignInDay, User
from tanggap.services import accounts, ways_in
from tanggap.web import actors

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    """Argon2 is slow on purpose; the service's tests see that it is the one in use."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer():
    return accounts.create_officer(
        actor=System(),
        username="pejabat.uji",
        password=PASSWORD,
        role="liaison_officer",
        agency="pemprov-banten",
        unit="dpupr",
        now=NOW,
        display_name="Pejabat Uji",
    )


def sign_in(client, username="pejabat.uji", password=PASSWORD, **more):
    return client.post("/masuk", {"login": username, "password": password, **more})


def is_signed_in(client):
    return SESSION_KEY in client.session


def code_at(secret, moment):
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def enrol(client, moment=NOW):
    """Set an authenticator app up as a person does, and return its secret."""
    client.post("/akun/pastikan?next=/akun/dua-langkah", {"password": PASSWORD})
    page = client.get("/akun/dua-langkah").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)[1]
    answer = client.post("/akun/dua-langkah", {"code": code_at(secret, moment)})
    assert answer.status_code == 302
    assert answer.url == "/akun/kode-pemulihan"
    return secret


class TestSigningIn:
    def test_the_page_has_the_words_that_people_look_for(self, client):
        page = client.get("/masuk").content.decode()
        for words in ("Nama pengguna", "Kata sandi", "Masuk"):
            assert words in page

    def test_name_and_password_lead_to_the_desk_and_leave_a_row_for_the_day(self, client, officer):
        answer = sign_in(client)
        assert (answer.status_code, answer.url) == (302, "/meja")
        assert SignInDay.objects.get().user_id == officer.pk

    def test_the_case_of_the_name_does_not_matter(self, client, officer):
        assert sign_in(client, username="Pejabat.Uji").status_code == 302

    def test_one_comes_back_to_where_one_wanted_to_go(self, client, officer):
        assert sign_in(client, next="/meja?status=assigned").url == "/meja?status=assigned"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"]
    )
    def test_one_is_never_sent_to_another_site(self, client, officer, elsewhere):
        assert sign_in(client, next=elsewhere).url == "/meja"

    def test_an_unknown_name_a_wrong_password_and_a_locked_account_get_the_same_page(self, officer):
        def page(**attempt):
            answer = sign_in(Client(), **attempt)
            assert answer.status_code == 422
            text = answer.content.decode().replace(attempt.get("username", "pejabat.uji"), "NAME")
            return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', r"\1", text)

        wrong = page(password="wrong password")
        unknown = page(username="nobody.here")
        ways_in.set_active(actor=System(), user_id=officer.pk, is_active=False, now=NOW)
        locked = page()
        assert "Nama pengguna atau kata sandi salah." in wrong
        assert wrong == unknown == locked

    def test_the_key_of_the_session_changes_and_what_was_tracked_is_forgotten(self, client, officer):
        session = client.session
        session["tracked"] = {"report_id": 1, "at": NOW.timestamp()}
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        sign_in(client)
        assert client.session.session_key != before
        assert "tracked" not in client.session

    def test_the_session_ends_with_the_browser(self, client, officer):
        sign_in(client)
        assert client.cookies["sessionid"]["max-age"] == ""
        assert client.cookies["sessionid"]["httponly"]

    def test_the_persons_language_is_spoken(self, client, officer):
        User.objects.filter(pk=officer.pk).update(language="en")
        sign_in(client)
        assert client.cookies["bahasa"].value == "en"

    @pytest.mark.parametrize(("chosen", "of_account"), [("en", "id"), ("id", "en")])
    def test_the_language_chosen_with_the_switch_is_kept(self, client, officer, chosen, of_account):
        User.objects.filter(pk=officer.pk).update(language=of_account)
        client.post("/bahasa", {"language": chosen})
        sign_in(client)
        assert client.cookies["bahasa"].value == chosen
        client.post("/keluar")
        assert client.cookies["bahasa"].value == chosen

    def test_who_signs_in_next_at_a_computer_does_not_get_the_language_of_the_one_before(self, client, officer):
        User.objects.filter(pk=officer.pk).update(language="en")
        sign_in(client)
        client.post("/keluar")
        assert client.cookies["bahasa"].value == ""

    def test_a_language_chosen_after_sign_in_stays_after_sign_out(self, client, officer):
        sign_in(client)
        client.post("/bahasa", {"language": "en"})
        client.post("/keluar")
        assert client.cookies["bahasa"].value == "en"

    def test_pages_of_a_signed_in_person_are_kept_by_no_cache(self, client, officer):
        sign_in(client)
        assert "no-store" in client.get("/akun")["Cache-Control"]

    def test_an_answer_in_json_is_not_given(self, client, officer):
        answer = client.post(
            "/masuk", {"login": "pejabat.uji", "password": PASSWORD}, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )
        assert answer.status_code == 302


class TestOwnAccount:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_an_account_without_a_password_has_none_to_change(self, client, officer, method):
        officer.set_unusable_password()
        officer.save(update_fields=["password"])
        client.force_login(officer)
        assert getattr(client, method)("/akun/kata-sandi").status_code == 404
        for path in ("/akun", "/akun/pastikan", "/akun/dua-langkah"):
            assert getattr(client, method)(path, follow=True).status_code < 500, path

    def test_it_shows_name_and_office(self, client, officer):
        sign_in(client)
        page = client.get("/akun").content.decode()
        for words in ("Pejabat Uji", "pejabat.uji", "Pejabat penghubung"):
            assert words in page

    def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(self, client, officer):
        other = Client()
        sign_in(client)
        sign_in(other)
        new = {"oldpassword": PASSWORD, "password1": "another good one 7", "password2": "another good one 7"}
        assert client.post("/akun/kata-sandi", new).status_code == 302
        assert client.get("/akun").status_code == 200
        assert other.get("/akun").status_code == 302
        assert sign_in(Client(), password="another good one 7").status_code == 302

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"oldpassword": "wrong password"}, "Kata sandi sekarang salah."),
            ({"password1": "short", "password2": "short"}, "12"),
            ({"password2": "something else 9"}, "error"),
        ],
    )
    def test_a_mistake_in_the_new_password_is_named(self, client, officer, change, words):
        sign_in(client)
        new = {"oldpassword": PASSWORD, "password1": "another good one 7", "password2": "another good one 7"}
        answer = client.post("/akun/kata-sandi", new | change)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert User.objects.get(pk=officer.pk).check_password(PASSWORD)

    def test_the_language_is_remembered(self, client, officer):
        sign_in(client)
        assert client.post("/akun/bahasa", {"language": "en"}).status_code == 302
        assert User.objects.get(pk=officer.pk).language == "en"
        assert client.post("/akun/bahasa", {"language": "xx"}).status_code == 400

    @pytest.mark.parametrize("path", ["/akun", "/akun/kata-sandi", "/akun/pastikan", "/akun/kode-pemulihan"])
    def test_a_stranger_is_sent_to_sign_in(self, client, path):
        assert client.get(path).url.startswith("/masuk")

    @pytest.mark.parametrize(
        "path", ["/signup/", "/accounts/signup/", "/password/reset/", "/email/", "/akun/email", "/masuk/signup"]
    )
    def test_nothing_else_of_allauth_can_be_reached(self, client, path):
        assert client.get(path).status_code == 404


class TestSigningOut:
    def test_it_empties_the_session(self, client, officer):
        sign_in(client)
        key = client.session.session_key
        answer = client.post("/keluar")
        assert (answer.status_code, answer.url) == (302, "/")
        assert not is_signed_in(client)
        client.cookies["sessionid"] = key
        assert client.get("/akun").status_code == 302

    def test_a_link_does_not_do_it(self, client, officer):
        sign_in(client)
        assert client.get("/keluar").url == "/akun"
        assert is_signed_in(client)


class TestTheDeskDoor:
    def request(self, client=None, *, method="get", path="/meja?x=1", **more):
        request = getattr(RequestFactory(), method)(path, **more)
        request.session = (client or Client()).session
        user_id = request.session.get(SESSION_KEY)
        request.user = User.objects.get(pk=user_id) if user_id else AnonymousUser()
        return request

    def test_a_stranger_signs_in_and_comes_back(self):
        answer = actors.officer_required(lambda request: HttpResponse())(self.request())
        assert answer.url == "/masuk?next=/meja%3Fx%3D1"

    def test_what_was_posted_without_a_session_is_not_posted_later(self):
        answer = actors.officer_required(lambda request: HttpResponse())(self.request(method="post", path="/meja/act"))
        assert answer.url == "/masuk?next=/meja"

    def test_a_person_without_an_office_gets_the_page_of_an_unknown_address(self, client, officer):
        sign_in(client)
        accounts.end_appointment(actor=System(), user_id=officer.pk, last_day=NOW.date(), now=NOW)
        request = self.request(client)
        with time_machine.travel(NOW + timedelta(days=1)), pytest.raises(Http404):
            actors.officer_required(lambda request: HttpResponse())(request)

    def test_an_officer_comes_in_and_is_looked_up_once(self, client, officer, django_assert_num_queries):
        sign_in(client)
        request = self.request(client)
        with django_assert_num_queries(1):
            first, second = actors.actor_of(request, NOW), actors.actor_of(request, NOW)
        assert isinstance(first, LiaisonOfficer)
        assert first is second

    def test_a_day_is_noted_when_a_session_goes_on_past_midnight(self, client, officer):
        sign_in(client)
        request = self.request(client)
        with time_machine.travel(NOW + timedelta(days=1)):
            actors.officer_required(lambda request: HttpResponse())(request)
        assert SignInDay.objects.filter(user=officer).count() == 2


class TestTracking:
    def request(self):
        request = RequestFactory().get("/lacak")
        request.session = Client().session
        request.user = AnonymousUser()
        return request

    def test_a_report_stays_open_for_two_hours(self):
        request = self.request()
        actors.grant_tracking(request, 7, NOW)
        assert actors.tracked_report(request, NOW + timedelta(hours=2)) == Reporter(report_id=7)
        assert actors.tracked_report(request, NOW + timedelta(hours=2, seconds=1)) is None

    def test_it_makes_nobody_an_officer(self):
        request = self.request()
        actors.grant_tracking(request, 7, NOW)
        assert actors.actor_of(request, NOW) == Anyone()

    def test_the_key_of_the_session_changes(self):
        request = self.request()
        request.session["x"] = 1
        request.session.save()
        before = request.session.session_key
        actors.grant_tracking(request, 7, NOW)
        assert request.session.session_key != before

    def test_who_never_showed_a_code_tracks_nothing(self):
        assert actors.tracked_report(self.request(), NOW) is None


class TestReferenceTables:
    def test_a_stranger_signs_in_at_the_one_page(self, client):
        answer = client.get("/pengelola/tanggap/agency/", follow=True)
        assert answer.redirect_chain[-1][0] == "/masuk?next=/pengelola/tanggap/agency/"

    def test_an_officer_finds_nothing(self, client, officer):
        sign_in(client)
        assert client.get("/pengelola/", follow=True).status_code == 404

    def test_the_national_admin_looks_and_changes_nothing(self, client):
        accounts.create_officer(
            actor=System(),
            username="admin.uji",
            password=PASSWORD,
            role="national_admin",
            agency="admin-nasional",
            now=NOW,
        )
        sign_in(client, username="admin.uji")
        assert client.get("/pengelola/").status_code == 302  # not before the second step is set up
        enrol(client)
        assert client.get("/pengelola/").status_code == 200
        assert client.get("/pengelola/tanggap/agency/").status_code == 200
        agency = Agency.objects.get(slug="pemprov-banten")
        assert client.get(f"/pengelola/tanggap/agency/{agency.pk}/change/").status_code == 200
        assert client.get("/pengelola/tanggap/agency/add/").status_code == 403
        assert client.post(f"/pengelola/tanggap/agency/{agency.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.post(f"/pengelola/tanggap/agency/{agency.pk}/change/", {"name": "x"}).status_code == 403
        assert Agency.objects.get(pk=agency.pk).name == agency.name
