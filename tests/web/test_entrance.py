"""Invitations by mail, the browsers in which one is signed in, and the mail about a new one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Appointment, Device, Invitation, User
from tanggap.selectors import devices as device_selectors
from tanggap.services import accounts, devices, invitations
from tanggap.services.devices import browser_of
from tanggap.tasks import entrance
from tests import make

pytestmark = pytest.mark.django_db

HOME = "/meja/organisasi/pemprov-banten/undangan"
PASSWORD = "sandi yang cukup panjang"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def admin(client):
    actor = make.agency_admin()
    client.force_login(User.objects.get(pk=actor.user_id))
    return actor


def deliver(name):
    """Do the jobs of a name as the worker does, each once."""
    tasks = {invitations.SEND: entrance.send_invitation, devices.ALERT: entrance.alert}
    found = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("pk")
    for args in list(found.values_list("args", flat=True)):
        tasks[name](**args)
    return found.count()


def invite(client, **more):
    said = {"tindakan": "undang", "name": "Rina Contoh", "email": "rina@example.org", "role": "liaison_officer"}
    return client.post(HOME, said | {"unit": make.unit().pk} | more)


def link():
    """Return the path of the newest invitation that was mailed."""
    deliver(invitations.SEND)
    return re.search(r"https?://[^/]+(/undangan/\S+)", mail.outbox[-1].body)[1]


def accept(client, path, **more):
    return client.post(path, {"username": "rina", "password": PASSWORD, "again": PASSWORD} | more)


class TestInvitations:
    def test_whoever_opens_the_link_makes_an_account_and_holds_the_office(self, client, admin):
        assert invite(client).status_code == 302
        path = link()
        letter = mail.outbox[-1]
        assert letter.to == ["rina@example.org"]
        assert "Dear Rina Contoh," in letter.body
        guest = Client()
        assert "Dinas Pekerjaan Umum" in guest.get(path).content.decode()
        answer = accept(guest, path)
        assert (answer.status_code, answer.url) == (302, "/masuk?next=/akun/dua-langkah")
        user = User.objects.get(username="rina")
        assert (user.email, user.check_password(PASSWORD)) == ("rina@example.org", True)
        assert Appointment.objects.get(user=user).unit == make.unit()
        assert guest.get(path).status_code == 404, "it is good once"

    def test_one_with_an_account_takes_the_office_with_it(self, client, admin):
        invite(client)
        path, other = link(), make.liaison("dindikbud")
        guest = Client()
        guest.force_login(User.objects.get(pk=other.user_id))
        assert guest.post(path, {"akun-ini": "1"}).url == "/akun/jabatan"
        assert Appointment.objects.filter(user_id=other.user_id, valid_to=None).count() == 2

    def test_an_address_that_has_an_account_gets_the_same_answer_and_page(self, client, admin):
        known = User.objects.get(pk=make.liaison("dindikbud").user_id).email

        def page(email):
            answer = invite(client, email=email)
            assert (answer.status_code, answer.url) == (302, HOME)
            return re.sub(r'(value|nonce)="[^"]*"', "", Client().get(link()).content.decode())

        assert page(known) == page("belum.ada@example.org")

    def test_a_new_mail_makes_the_old_link_void_and_a_withdrawn_one_opens_nothing(self, client, admin):
        invite(client)
        first = link()
        key = re.search(r'name="undangan" value="([^"]+)"', client.get(HOME).content.decode())[1]
        client.post(HOME, {"tindakan": "ulang", "undangan": key})
        second = link()
        assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
        client.post(HOME, {"tindakan": "batal", "undangan": key})
        assert Client().get(second).status_code == 404
        assert "Tidak ada undangan yang menunggu" in client.get(HOME).content.decode()
        assert client.post(HOME, {"tindakan": "ulang", "undangan": key}).status_code == 404

    def test_it_ends_after_a_week_and_with_the_office_of_whoever_sent_it(self, client, admin, clock):
        invite(client)
        path = link()
        with time_machine.travel(make.NOW + timedelta(days=7, seconds=1), tick=False):
            assert Client().get(path).status_code == 404
        make.agency_admin()
        last = make.NOW.date() - timedelta(days=1)
        accounts.end_appointment(actor=admin, user_id=admin.user_id, last_day=last, now=make.NOW)
        assert Client().get(path).status_code == 404

    def test_an_admin_invites_to_no_office_that_is_not_theirs_to_give(self, client, admin):
        assert invite(client, role="agency_admin", unit="").status_code == 422
        assert invite(client, unit=make.agency("kab-lebak").pk * 1000).status_code == 422
        assert invite(client, email="kacau").status_code == 422
        assert Invitation.objects.count() == 0

    def test_what_is_wrong_on_the_page_of_the_link_is_said_and_the_name_stays(self, client, admin):
        invite(client)
        path = link()
        for more, words in (
            ({"again": "lain"}, "Kedua kata sandi berbeda."),
            ({"password": "pendek", "again": "pendek"}, "Kata sandi terlalu lemah."),
            ({"username": User.objects.get(pk=admin.user_id).username}, "tidak dapat dipakai"),
        ):
            answer = accept(Client(), path, **more)
            assert answer.status_code == 422
            assert words in answer.content.decode()
        assert 'value="rina"' in accept(Client(), path, again="lain").content.decode()

    def test_a_mailbox_is_not_flooded(self, client, admin):
        for _ in range(LIMITS[Bucket.INVITE_ADDRESS].times + 1):
            invite(client)
        deliver(invitations.SEND)
        assert len(mail.outbox) == LIMITS[Bucket.INVITE_ADDRESS].times


def officer(**more):
    return accounts.create_officer(
        actor=make.System(), username="petugas.masuk", password=PASSWORD, role="liaison_officer",
        agency="pemprov-banten", unit="dpupr", now=make.NOW, email="petugas@example.org", **more,
    )  # fmt: skip


def sign_in(client):
    answer = client.post("/masuk", {"login": "petugas.masuk", "password": PASSWORD}, headers={"user-agent": CHROME})
    assert answer.status_code == 302
    return client


class TestDevices:
    def test_sessions_are_listed_and_each_can_be_ended(self):
        officer()
        here, there = sign_in(Client()), sign_in(Client())
        page = here.get("/akun/perangkat").content.decode()
        assert page.count("Chrome · Android") >= 2
        assert page.count("sesi ini") == 1
        key = re.search(r'name="sesi" value="([^"]+)"', page)[1]
        here.post("/akun/perangkat", {"sesi": key})
        assert there.get("/meja").status_code == 302, "the other one has to sign in again"
        assert here.get("/meja").status_code == 200

    def test_all_others_are_ended_at_once_and_a_new_password_does_not_hide_one(self):
        officer()
        here, there, third = (sign_in(Client()) for _ in range(3))
        new = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
        assert here.post("/akun/kata-sandi", new).status_code == 302
        assert here.get("/akun/perangkat").content.decode().count("sesi ini") == 1
        here.post("/akun/perangkat", {"lain": "1"})
        assert [client.get("/meja").status_code for client in (here, there, third)] == [200, 302, 302]
        assert Device.objects.count() == 1
        here.post("/keluar")
        assert Device.objects.count() == 0

    def test_nobody_ends_the_session_of_somebody_else(self, client):
        officer()
        theirs = sign_in(Client())
        client.force_login(User.objects.get(pk=make.liaison().user_id))
        assert client.post("/akun/perangkat", {"sesi": device_selectors.key(Device.objects.get())}).status_code == 404
        assert theirs.get("/meja").status_code == 200

    def test_a_mail_tells_of_a_browser_that_was_not_known_and_of_no_other(self):
        officer()
        first = sign_in(Client())
        assert deliver(devices.ALERT) == 0, "the first sign-in of all is no news"
        first.post("/keluar")
        sign_in(first)
        assert deliver(devices.ALERT) == 0
        sign_in(Client())
        assert deliver(devices.ALERT) == 1
        (letter,) = mail.outbox
        assert letter.to == ["petugas@example.org"]
        assert "Chrome · Android" in letter.body
        assert "127.0.0.1" not in letter.body

    def test_what_has_no_session_any_more_is_forgotten(self):
        officer()
        sign_in(Client())
        assert devices.purge(now=make.NOW) == 0
        assert devices.purge(now=make.NOW + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (CHROME, "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox · Linux"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_known_by_its_family_alone(agent, family):
    assert browser_of(agent) == family
