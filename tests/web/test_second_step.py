"""The second step of signing in: setting it up, its codes, and what is without it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tanggap.domain.actors import System
from tanggap.models import Device
from tanggap.services import accounts
from tests.web.test_accounts import NOW, PASSWORD, code_at, enrol, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


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


class TestSecondStep:
    def test_whoever_has_an_app_is_asked_for_its_code(self, client, officer, clock):
        sign_in(client)
        secret = enrol(client)
        clock.shift(timedelta(minutes=5))
        other = Client()
        answer = sign_in(other)
        assert (answer.status_code, answer.url) == (302, "/masuk/kode")
        assert not is_signed_in(other)
        answer = other.post("/masuk/kode", {"code": code_at(secret, NOW + timedelta(minutes=5))})
        assert (answer.status_code, answer.url) == (302, "/meja")
        assert is_signed_in(other)

    def test_a_code_works_once_whoever_saw_it_typed(self, client, officer, clock):
        sign_in(client)
        secret = enrol(client)
        clock.shift(timedelta(minutes=5))
        code = code_at(secret, NOW + timedelta(minutes=5))
        first, second = Client(), Client()
        sign_in(first)
        sign_in(second)
        assert first.post("/masuk/kode", {"code": code}).status_code == 302
        cache.clear()  # another worker has another memory
        assert second.post("/masuk/kode", {"code": code}).status_code == 422
        assert not is_signed_in(second)

    def test_codes_cannot_be_guessed_without_end(self, client, officer, clock):
        sign_in(client)
        enrol(client)
        other = Client()
        sign_in(other)
        answers = [other.post("/masuk/kode", {"code": "000000"}).status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]

    def test_a_recovery_code_works_once(self, client, officer):
        sign_in(client)
        enrol(client)
        page = client.get("/akun/kode-pemulihan").content.decode()
        code = re.findall(r"<code[^>]*>(\d{8})</code>", page)[0]
        first, second = Client(), Client()
        sign_in(first)
        sign_in(second)
        assert first.post("/masuk/kode", {"code": code}).status_code == 302
        assert second.post("/masuk/kode", {"code": code}).status_code == 422

    def test_without_the_password_there_is_no_second_step(self, client):
        answer = client.get("/masuk/kode")
        assert (answer.status_code, answer.url) == (302, "/masuk")

    def test_setting_it_up_and_turning_it_off_asks_for_the_password_again(self, client, officer, clock):
        sign_in(client)
        assert client.get("/akun/dua-langkah").url.startswith("/akun/pastikan")
        enrol(client)
        clock.shift(timedelta(hours=1))
        assert client.get("/akun/dua-langkah/matikan").url.startswith("/akun/pastikan")
        client.post("/akun/pastikan", {"password": PASSWORD})
        assert client.post("/akun/dua-langkah/matikan").status_code == 302
        assert sign_in(Client()).url == "/meja"

    def test_an_admins_factor_counts_only_in_the_session_that_passed_it(self, client, clock):
        of = {"role": "agency_admin", "agency": "pemprov-banten"}
        accounts.create_officer(actor=System(), username="pejabat.uji", password=PASSWORD, now=NOW, **of)
        thief, unlisted = Client(), Client()
        for browser in (client, thief, unlisted):
            sign_in(browser)
        Device.objects.filter(session_key=unlisted.session.session_key).delete()
        unlisted.post("/akun/pastikan", {"password": PASSWORD})
        secret = enrol(client)
        assert client.get("/meja").status_code == 200
        assert not is_signed_in(thief), "every other session ends"
        assert unlisted.get("/meja").url == "/akun/langkah-kedua"
        assert unlisted.get("/akun/langkah-kedua").url == "/akun/pastikan/kode?next=%2Fmeja"
        for path in ("kunci-sandi/baru", "dua-langkah", "dua-langkah/matikan", "kode-pemulihan", "kode-pemulihan/baru"):
            assert unlisted.get(f"/akun/{path}").url.startswith("/akun/pastikan/kode"), path
        clock.shift(timedelta(minutes=2))
        code = {"code": code_at(secret, NOW + timedelta(minutes=2))}
        assert unlisted.post("/akun/pastikan/kode?next=/meja", code).url == "/meja"
        assert unlisted.get("/meja").status_code == 200

    def test_the_secret_is_not_in_the_database_in_the_clear(self, client, officer):
        sign_in(client)
        secret = enrol(client)
        kept = Authenticator.objects.get(type="totp").data["secret"]
        assert secret not in kept
