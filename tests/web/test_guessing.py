"""Who guesses passwords waits, and locks out nobody but himself."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from tanggap.domain.actors import System
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.services import accounts
from tanggap.web.account import devices
from tests.web.test_accounts import NOW, PASSWORD, sign_in

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


class TestGuessing:
    def test_a_client_that_guesses_at_a_name_locks_itself_out_even_with_the_right_password(self, officer):
        for _ in range(LIMITS[Bucket.SIGN_IN_NAME].times):
            answer = sign_in(Client(REMOTE_ADDR="203.0.113.7"), password="wrong password")
            assert answer.status_code == 422
        answer = sign_in(Client(REMOTE_ADDR="203.0.113.7"))
        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
        assert "Terlalu banyak percobaan" in answer.content.decode()
        assert sign_in(Client(REMOTE_ADDR="203.0.113.8")).status_code == 302

    def test_many_clients_that_guess_at_a_name_together_have_to_wait_too(self, officer):
        for number in range(LIMITS[Bucket.SIGN_IN_ACCOUNT].times):
            answer = sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), password="wrong password")
            assert answer.status_code == 422
        assert sign_in(Client(REMOTE_ADDR="203.0.113.99")).status_code == 429

    def test_no_stranger_shuts_out_an_officer_who_has_signed_in_in_this_browser_before(self, client, officer):
        sign_in(client)
        client.post("/keluar")
        for number in range(LIMITS[Bucket.SIGN_IN_ACCOUNT].times):
            # The address of the officer's own office, too.
            sign_in(Client(REMOTE_ADDR=f"127.0.0.{number // 4}"), password="wrong password")
        for number in range(LIMITS[Bucket.SIGN_IN_CLIENT].times):
            sign_in(Client(), username=f"name.{number}")
        assert sign_in(Client()).status_code == 429
        assert sign_in(Client(REMOTE_ADDR="203.0.113.99")).status_code == 429
        assert sign_in(client).status_code == 302

    def test_a_known_browser_guesses_no_more_often_than_a_client(self, client, officer):
        sign_in(client)
        client.post("/keluar")
        for _ in range(LIMITS[Bucket.SIGN_IN_DEVICE].times):
            assert sign_in(client, password="wrong password").status_code == 422
        assert sign_in(client).status_code == 429

    def test_a_browser_is_known_for_the_accounts_that_were_opened_in_it_and_for_no_other(self, client, officer):
        accounts.create_officer(
            actor=System(), username="dua", password=PASSWORD, role="agency_admin", agency="pemprov-banten", now=NOW
        )
        for name in ("pejabat.uji", "dua"):
            sign_in(client, username=name)
            client.post("/keluar")
        request = RequestFactory().get("/masuk")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        assert devices.known(request, "Pejabat.Uji") == devices.known(request, "dua") != ""
        assert devices.known(request, "another") == ""

    @pytest.mark.parametrize("value", ["", "x", f"{'a' * 32}.{'b' * 16}", f"{'a' * 32}.{'b' * 16}:c:d"])
    def test_a_browser_that_says_so_itself_is_not_known(self, client, officer, value):
        for _ in range(LIMITS[Bucket.SIGN_IN_NAME].times):
            sign_in(Client(), password="wrong password")
        client.cookies[devices.COOKIE] = value
        assert sign_in(client).status_code == 429

    def test_the_mark_of_a_browser_lasts_is_signed_and_read_by_no_script(self, client, officer):
        sign_in(client)
        cookie = client.cookies[devices.COOKIE]
        assert cookie["httponly"]
        assert cookie["max-age"] > 300 * 24 * 60 * 60
        assert "pejabat" not in cookie.value

    def test_a_name_that_does_not_exist_is_locked_just_the_same(self):
        for _ in range(LIMITS[Bucket.SIGN_IN_NAME].times):
            assert sign_in(Client(), username="nobody.here").status_code == 422
        assert sign_in(Client(), username="nobody.here").status_code == 429

    def test_after_the_wait_the_right_password_works_and_wipes_the_slate(self, officer, clock):
        for _ in range(LIMITS[Bucket.SIGN_IN_NAME].times):
            sign_in(Client(), password="wrong password")
        clock.shift(timedelta(seconds=61))
        assert sign_in(Client()).status_code == 302
        for _ in range(LIMITS[Bucket.SIGN_IN_NAME].times):
            assert sign_in(Client(), password="wrong password").status_code == 422

    def test_one_client_that_tries_many_names_has_to_wait(self):
        client = Client(REMOTE_ADDR="203.0.113.7")
        for number in range(LIMITS[Bucket.SIGN_IN_CLIENT].times):
            assert sign_in(client, username=f"name.{number}").status_code == 422
        assert sign_in(client, username="one.more").status_code == 429
        assert sign_in(Client(REMOTE_ADDR="203.0.113.8"), username="one.more").status_code == 422

    def test_the_password_that_is_asked_again_is_counted_too(self, client, officer):
        sign_in(client)
        answers = [client.post("/akun/pastikan", {"password": "wrong password"}).status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]
