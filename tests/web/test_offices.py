"""Several offices of one person: one at a time, chosen and changed by the person, with the rights of that one alone."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import Action
from tanggap.models import Appointment, Event, User
from tanggap.services import accounts
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def person():
    """A liaison officer of DPUPR who is an agency admin of the province, too."""
    officer = make.liaison()
    user = User.objects.get(pk=officer.user_id)
    accounts.appoint(actor=System(), user_id=user.pk, role="agency_admin", agency="pemprov-banten", now=make.NOW)
    accounts.give_factor(actor=System(), user_id=user.pk, secret="JBSWY3DPEHPK3PXP")
    return user


def keys_of(page):
    """Return the key of each office by its words."""
    found = re.findall(r'name="office" value="([^"]+)">([^<]+)<', page)
    return {words.split(" · ")[0].strip(): key for key, words in found}


def act_as(client, words, **more):
    key = keys_of(client.get("/akun/jabatan").content.decode())[words]
    return client.post("/akun/jabatan", {"office": key, **more})


def test_whoever_holds_several_is_asked_first_and_comes_back(client, person):
    client.force_login(person)
    answer = client.get("/meja?status=assigned")
    assert answer.url == "/akun/jabatan?next=%2Fmeja%3Fstatus%3Dassigned"
    assert act_as(client, "Admin instansi", next="/meja?status=assigned").url == "/meja?status=assigned"
    assert client.get("/meja").status_code == 200


def test_the_rights_are_those_of_the_chosen_office_and_the_event_names_it(client, person):
    client.force_login(person)
    report = make.submit()
    act_as(client, "Pejabat penghubung")
    assert client.get(f"/meja/{report.number}").status_code == 404
    act_as(client, "Admin instansi")
    page = client.get(f"/meja/{report.number}").content.decode()
    assert "Bertindak sebagai" in page
    answer = client.post(f"/meja/{report.number}", {"tindakan": "set_visibility", "is_confidential": "on"})
    assert answer.status_code == 302
    event = Event.objects.get(report=report, kind="set_visibility")
    assert (event.user_id, event.role, event.unit_id) == (person.pk, "agency_admin", None)


def test_what_is_about_the_unit_of_one_office_is_unknown_in_every_other(client, person):
    client.force_login(person)
    report = make.submit()
    act_as(client, "Admin instansi")
    assert client.get(f"/meja/{report.number}").status_code == 200
    make.act(
        report,
        Action.VERIFY_AND_ASSIGN,
        supervisory=True,
        unit_id=make.unit("inspektorat").pk,
        named_units=(make.unit().pk,),
    )
    assert client.get(f"/meja/{report.number}").status_code == 404
    assert report.number not in client.get("/meja").content.decode()


@pytest.mark.parametrize("key", ["", "x", "1"])
def test_an_office_of_somebody_else_is_no_choice(client, person, key):
    client.force_login(person)
    answer = client.post("/akun/jabatan", {"office": key})
    assert answer.status_code == 422
    assert "Pilih satu jabatan" in answer.content.decode()


def test_the_way_back_is_never_another_site(client, person):
    client.force_login(person)
    assert act_as(client, "Admin instansi", next="//evil.example/").url == "/meja"


def test_an_admin_without_a_second_factor_is_led_to_one_and_can_do_nothing_else(client, person):
    Authenticator.objects.filter(user=person).delete()
    client.force_login(person)
    act_as(client, "Admin instansi")
    assert client.get("/meja").url == "/akun/langkah-kedua"
    page = client.get("/akun/langkah-kedua").content.decode()
    assert 'href="/akun/dua-langkah"' in page
    report = make.submit()
    for answer in (
        client.get(f"/meja/{report.number}"),
        client.post(f"/meja/{report.number}", {"tindakan": "archive"}),
    ):
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/akun/langkah-kedua")
    accounts.give_factor(actor=System(), user_id=person.pk, secret="JBSWY3DPEHPK3PXP")
    assert client.get("/meja").url == "/akun/langkah-kedua", "a factor counts in the session that passed it"
    assert client.get("/akun/langkah-kedua").url == "/akun/pastikan/kode?next=%2Fmeja"
    client.force_login(person)
    act_as(client, "Admin instansi")
    assert client.get("/meja").status_code == 200
    assert client.get("/akun/langkah-kedua").url == "/meja"


def test_the_reference_tables_are_open_to_the_national_admin_only_while_acting_as_one(client, person):
    accounts.appoint(actor=System(), user_id=person.pk, role="national_admin", agency="admin-nasional", now=make.NOW)
    client.force_login(person)
    act_as(client, "Admin instansi")
    assert client.get("/pengelola/").status_code == 302
    act_as(client, "Admin nasional")
    assert client.get("/pengelola/").status_code == 200


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        (make.agency_admin, ("/meja", "/meja/loket", "/meja/organisasi"), ("/pengawasan",)),
        (make.unit_admin, ("/meja",), ("/meja/loket", "/meja/organisasi", "/pengawasan")),
        (make.head, ("/pengawasan",), ("/meja", "/meja/loket", "/meja/cari")),
    ],
)
def test_the_own_account_leads_to_the_own_places_and_nowhere_else(client, who, there, not_there):
    client.force_login(User.objects.get(pk=who().user_id))
    page = client.get("/akun").content.decode()
    assert [path for path in (*there, *not_there) if f'href="{path}"' in page or f'action="{path}"' in page] == [*there]


def test_who_holds_one_office_is_not_told_of_several(client):
    with time_machine.travel(make.NOW, tick=False):
        one = make.liaison()
        client.force_login(User.objects.get(pk=one.user_id))
        page = client.get("/akun/jabatan").content.decode()
        assert ("Anda memegang satu jabatan." in page, "beberapa jabatan" in page) == (True, False)
        Appointment.objects.create(
            user_id=one.user_id, role="head", agency=make.agency(), unit=make.unit(), valid_from=make.NOW.date()
        )
        assert "Anda memegang beberapa jabatan." in client.get("/akun/jabatan").content.decode()
