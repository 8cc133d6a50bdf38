"""Locking an account, a link to a new password, and a lost second factor: who may, what follows, what is kept of it."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.models import AdministrationEntry, Report, User
from tanggap.selectors import administration
from tanggap.selectors.ladder import Landscape
from tanggap.services import accounts, handing_over, reports, ways_in
from tanggap.services.accounts import AccountError, Refusal
from tanggap.tasks import entrance
from tests import make

pytestmark = pytest.mark.django_db

HOME = "/meja/organisasi/pemprov-banten"
PASSWORD = "sandi yang cukup panjang"
NEW = "sandi lain yang panjang"
SECRET = "JBSWY3DPEHPK3PXP"
WHY = {"reason": "Ponselnya hilang di terminal"}
DEEDS = ("kunci", "buka", "kata-sandi", "dua-langkah")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    """Argon2 is slow on purpose; the service's tests see that it is the one in use."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def officer(username="petugas.uji", *, role="liaison_officer", unit="dpupr", email="petugas@example.org", **more):
    where = {"agency": "pemprov-banten"} | more
    return accounts.create_officer(
        actor=System(), username=username, password=PASSWORD, role=role, unit=unit, now=make.NOW, email=email, **where
    )


def sign_in(username="petugas.uji", password=PASSWORD):
    client = Client()
    client.post("/masuk", {"login": username, "password": password})
    return client


def at_desk(actor):
    """Return the browser of an admin who has just shown the password once more."""
    client, user = Client(), User.objects.get(pk=actor.user_id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client.force_login(user)
    client.post("/akun/pastikan", {"password": PASSWORD})
    return client


def page(user, deed, agency="pemprov-banten"):
    return f"/meja/organisasi/{agency}/petugas/{administration.person_key(user.pk)}/akun/{deed}"


def do(client, user, deed):
    return client.post(page(user, deed), WHY)


def link_of(answer):
    return re.search(r'value="https?://[^/]+(/kata-sandi/[^"]+)"', answer.content.decode())[1]


def choose(path, password=NEW, again=None):
    return Client().post(path, {"password": password, "again": again or password})


def deliver(name):
    """Do the jobs of a name as the worker does, each once."""
    tasks = {ways_in.LINK: entrance.send_password_link, ways_in.NEWS: entrance.tell_news}
    for args in ProcrastinateJob.objects.filter(task_name=name, status="todo").values_list("args", flat=True):
        tasks[name](**args)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "role", "unit", "may"),
        [
            ("agency", "liaison_officer", "dpupr", True),
            ("agency", "agency_admin", None, False),
            ("agency", "regional_overseer", None, False),
            ("other", "liaison_officer", "dpupr", False),
            ("liaison", "unit_admin", "dpupr", False),
            ("national", "agency_admin", None, True),
            ("national", "liaison_officer", "dpupr", True),
        ],
    )
    def test_each_manages_those_whose_every_office_is_theirs_to_give(self, who, role, unit, may):
        people = {
            "agency": make.agency_admin,
            "other": lambda: make.agency_admin("kab-lebak"),
            "liaison": make.liaison,
            "national": make.national_admin,
        }
        client, user = at_desk(people[who]()), officer(role=role, unit=unit)
        make.agency_admin()  # so that nobody is the last one
        accounts.give_factor(actor=System(), user_id=user.pk, secret=SECRET)
        found = {deed: client.get(page(user, deed)).status_code for deed in DEEDS}
        assert found == {deed: 200 if may and deed != "buka" else 404 for deed in DEEDS}
        answers = {do(client, user, deed).status_code for deed in ("kunci", "buka")}
        assert answers == ({302} if may else {404})
        user.refresh_from_db()
        assert (user.is_active, user.check_password(PASSWORD)) == (True, True)

    def test_nobody_does_it_to_the_own_account_or_to_the_national_admin_of_somebody_else(self):
        national, admin = make.national_admin(), make.agency_admin()
        mine = User.objects.get(pk=national.user_id)
        client = at_desk(national)
        assert {client.post(page(mine, deed, "admin-nasional"), WHY).status_code for deed in DEEDS} == {404}
        assert not ways_in.reaches(admin, user_id=national.user_id, now=make.NOW)
        another = make.national_admin()
        assert ways_in.reaches(national, user_id=another.user_id, now=make.NOW)
        for deed in (ways_in.give_link, ways_in.remove_factors):
            with pytest.raises(AccountError) as refused:
                deed(actor=national, user_id=national.user_id, now=make.NOW)
            assert refused.value.reason is Refusal.NOT_ALLOWED

    def test_one_office_elsewhere_takes_a_person_out_of_reach(self):
        client, user = at_desk(make.agency_admin()), officer()
        accounts.appoint(actor=System(), user_id=user.pk, role="agency_admin", agency="kab-lebak", now=make.NOW)
        assert {client.post(page(user, deed), WHY).status_code for deed in DEEDS} == {404}

    def test_the_last_admin_of_an_agency_is_not_locked_and_the_reason_stays(self):
        client, user = at_desk(make.national_admin()), officer(role="agency_admin", unit=None, agency="kab-lebak")
        answer = client.post(page(user, "kunci", "kab-lebak"), WHY)
        assert answer.status_code == 422
        assert "admin terakhir instansi" in answer.content.decode()
        assert WHY["reason"] in answer.content.decode()

    def test_what_makes_a_way_in_asks_for_the_password_again_and_then_goes_on(self, clock):
        client, user = at_desk(make.agency_admin()), officer()
        clock.shift(timedelta(hours=1))
        asked = do(client, user, "kata-sandi")
        assert asked.url.startswith("/akun/pastikan?next=")
        assert User.objects.get(pk=user.pk).has_usable_password()
        assert client.get(page(user, "kunci")).status_code == 200, "a lock closes a way in"
        done = client.post(asked.url, {"password": PASSWORD})
        assert choose(link_of(done)).status_code == 302

    def test_a_deed_needs_a_reason(self):
        client, user = at_desk(make.agency_admin()), officer()
        answer = client.post(page(user, "kunci"), {"reason": "  "})
        assert (answer.status_code, "Tulis alasannya." in answer.content.decode()) == (422, True)
        assert User.objects.get(pk=user.pk).is_active


class TestLock:
    def test_the_next_request_of_a_locked_person_is_a_strangers_and_stays_so_when_it_is_unlocked(self):
        client, user = at_desk(make.agency_admin()), officer()
        there = sign_in()
        assert there.get("/meja").status_code == 200
        assert do(client, user, "kunci").status_code == 302
        assert there.get("/meja").url.startswith("/masuk")
        assert "Terkunci" in client.get(f"{HOME}/petugas").content.decode()
        assert sign_in().get("/meja").status_code == 302
        assert do(client, user, "buka").status_code == 302
        assert there.get("/meja").status_code == 302, "the old session is gone"
        assert sign_in().get("/meja").status_code == 200

    def test_what_a_locked_person_worked_on_is_handed_over_and_the_ladder_passes_by(self):
        client, user, other = at_desk(make.agency_admin()), officer(), make.liaison()
        report = make.report(status=Status.IN_PROGRESS)
        move = Move(assignee_id=user.pk)
        reports.act(actor=make.agency_admin(), number=report.number, action=Action.ENTRUST, move=move, now=make.NOW)
        do(client, user, "kunci")
        assert handing_over.hand_over(now=make.NOW) == 1
        assert Report.objects.get(pk=report.pk).assignee_id is None
        land = Landscape(make.NOW.date())
        assert (land.is_present(user.pk), land.is_present(other.user_id)) == (False, True)


class TestLink:
    def test_it_sets_a_password_once_and_every_session_ends(self):
        client, user = at_desk(make.agency_admin()), officer()
        there = sign_in()
        answer = do(client, user, "kata-sandi")
        path = link_of(answer)
        assert "no-store" in answer["Cache-Control"]
        assert there.get("/meja").status_code == 302
        assert sign_in().get("/meja").status_code == 302, "the old password is void"
        assert user.username in Client().get(path).content.decode()
        assert choose(path).url == "/masuk"
        assert choose(path).status_code == Client().get(path).status_code == 404, "it is good once"
        assert sign_in(password=NEW).get("/meja").status_code == 200

    def test_what_is_wrong_with_the_password_is_said_and_the_link_stays(self):
        path = link_of(do(at_desk(make.agency_admin()), officer(), "kata-sandi"))
        for password, again, words in (
            ("pendek", "pendek", "Kata sandi terlalu lemah."),
            (NEW, PASSWORD, "Kedua kata sandi berbeda."),
        ):
            answer = choose(path, password, again)
            assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert choose(path).status_code == 302

    def test_it_dies_by_a_newer_one_by_a_lock_by_time_and_with_the_office_of_who_gave_it(self, clock):
        admin, user = make.agency_admin(), officer()
        client = at_desk(admin)
        first, second = (link_of(do(client, user, "kata-sandi")) for _ in range(2))
        assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
        do(client, user, "kunci")
        assert Client().get(second).status_code == 404
        do(client, user, "buka")
        assert choose(second).status_code == 404, "nor does it come back to life"
        third = link_of(do(client, user, "kata-sandi"))
        clock.shift(timedelta(hours=24))
        assert Client().get(third).status_code == 404
        clock.shift(timedelta(hours=-24))
        assert Client().get(third).status_code == 200
        User.objects.filter(pk=admin.user_id).update(is_active=False)
        assert choose(third).status_code == 404
        assert Client().get(third[:-2] + "xx").status_code == 404

    def test_it_is_mailed_and_its_use_is_told_and_a_used_one_is_not_mailed(self):
        client, user = at_desk(make.agency_admin()), officer()
        path = link_of(do(client, user, "kata-sandi"))
        deliver(ways_in.LINK)
        assert path in mail.outbox[0].body
        choose(path)
        deliver(ways_in.LINK)
        deliver(ways_in.NEWS)
        assert [letter.subject for letter in mail.outbox[1:]] == ["Kata sandi akun Anda diganti"]

    def test_without_an_address_the_admin_is_told_to_hand_it_over(self):
        answer = do(at_desk(make.agency_admin()), officer(email=""), "kata-sandi")
        assert "tidak punya alamat surel" in answer.content.decode()
        assert not ProcrastinateJob.objects.filter(task_name=ways_in.LINK).exists()


class TestFactor:
    def test_an_admin_without_the_lost_factor_sets_a_new_one_up_before_anything_else(self):
        client, user = at_desk(make.national_admin()), officer(role="agency_admin", unit=None)
        accounts.give_factor(actor=System(), user_id=user.pk, secret=SECRET)
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
        there = Client()
        assert there.post("/masuk", {"login": user.username, "password": PASSWORD}).url == "/masuk/kode"
        assert do(client, user, "dua-langkah").status_code == 302
        assert not Authenticator.objects.filter(user=user).exists()
        again = sign_in()
        assert again.get("/meja").url == "/akun/langkah-kedua"
        deliver(ways_in.NEWS)
        assert [letter.to for letter in mail.outbox] == [["petugas@example.org"]]
        assert client.get(page(user, "dua-langkah")).status_code == 404, "there is nothing left to remove"

    def test_sessions_end_with_the_factor(self):
        client, user = at_desk(make.agency_admin()), officer()
        there = sign_in()
        accounts.give_factor(actor=System(), user_id=user.pk, secret=SECRET)
        assert there.get("/meja").status_code == 200
        do(client, user, "dua-langkah")
        assert there.get("/meja").status_code == 302


def test_each_deed_is_in_the_log_with_its_reason_and_without_any_secret():
    admin, user = make.agency_admin(), officer()
    client = at_desk(admin)
    accounts.give_factor(actor=System(), user_id=user.pk, secret=SECRET)
    path = link_of(do(client, user, "kata-sandi"))
    choose(path)
    for deed in ("dua-langkah", "kunci", "buka"):
        do(client, user, deed)
    made = AdministrationEntry.objects.filter(subject=user).exclude(kind="account_created").order_by("pk")
    kinds = ["password_link", "password_set", "factors_removed", "account_switched", "account_switched"]
    assert [entry.kind for entry in made] == kinds
    assert [entry.by_id for entry in made] == [admin.user_id, None, *[admin.user_id] * 3]
    assert {entry.agency_id for entry in made} == {admin.agency_id}
    kept = json.dumps([entry.before | entry.after for entry in made])
    jobs = json.dumps(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    for secret in (path.rpartition("/")[2], NEW, PASSWORD, SECRET):
        assert secret not in kept + jobs
    read = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(f"{HOME}/catatan").content.decode()))
    for words in ("Tautan kata sandi baru diberikan", "dikunci", "dibuka kembali", WHY["reason"]):
        assert words in read
