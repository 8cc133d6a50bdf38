"""A form of the counter that comes when its session is over opens again, filled in, for who typed it (ADR 0054)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Event, Report, UnsentForm, User
from tanggap.web import unsent
from tests import make
from tests.adapters import hostile_files
from tests.web.test_counter import sit, typed

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SENTENCE = "Sesi Anda berakhir. Yang Anda ketik tersimpan 15 menit; masuk lagi untuk melanjutkan."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())[1]


def filled(client, **more):
    """Return the form as a browser sends it, with what the page of this client held."""
    page = client.get("/meja/loket")
    return typed(formulir=hidden(page, "formulir"), halaman=hidden(page, "halaman"), **more)


def late(client, **more):
    """Fill the form in, lose the session, send it; returns the answer and what was sent."""
    sent = filled(client, **more)
    Session.objects.all().delete()
    return client.post("/meja/loket", sent), sent


def sign_in(client, actor, path):
    user = User.objects.get(pk=actor.user_id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return client.post("/masuk", {"login": user.username, "password": PASSWORD, "next": path})


def test_after_the_sign_in_it_opens_filled_in_and_is_sent_as_the_same_form(caplog):
    clerk = make.liaison()
    client = sit(clerk)
    paper = SimpleUploadedFile("surat-kuasa.jpg", hostile_files.photo(60, 40))
    answer, sent = late(client, proxy="Budi Kuasa", is_anonymous="on", files=paper)
    assert not Report.objects.exists()
    away = client.get(answer.url)
    door = client.get(away.url)
    assert away.url.startswith("/masuk?next=/meja/loket/lanjut/")
    assert SENTENCE in door.content.decode()
    back = sign_in(client, clerk, hidden(door, "next"))
    page = client.get(back.url)
    text = page.content.decode()
    for words in ("Isian Anda belum terkirim", "Siti Contoh", "Budi Kuasa", make.BODY, 'value="2020-06-26"'):
        assert words in text
    assert re.search(r'name="is_anonymous"[^>]* checked', text)
    assert "Lampiran yang belum tercantum di bawah harus dipilih lagi." in text
    assert "no-store" in page["Cache-Control"]
    assert hidden(page, "formulir") == sent["formulir"], "the key of the form is the same, so it is taken once"
    assert "surat-kuasa" not in text
    assert client.get(back.url).content.decode().count("Siti Contoh"), "a page that was lost on the way comes again"
    told = [answer.url, away.url, back.url, caplog.text, *(c.OutputString() for c in client.cookies.values())]
    assert not re.search("Siti|Budi|Pandeglang|pasar", " ".join(told))
    assert client.post("/meja/loket", {**sent, "files": "", "proxy": ""}).url == "/meja/loket/tanda-terima"
    assert (Report.objects.count(), UnsentForm.objects.exists()) == (1, False)
    assert client.get(back.url).url == "/meja/loket"


def test_files_that_were_taken_before_are_still_there():
    clerk = make.agency_admin()
    client = sit(clerk)
    refused = client.post("/meja/loket", filled(client, title="", files=_photo()))
    sent = typed(**{name: hidden(refused, name) for name in ("formulir", "halaman", "lampiran_tersimpan")})
    Session.objects.all().delete()
    address = client.post("/meja/loket", sent).url
    assert "foto-jalan.webp" in sit(clerk).get(address).content.decode()


def _photo():
    return SimpleUploadedFile("foto-jalan.jpg", hostile_files.photo(60, 40))


def test_another_officer_sees_nothing_of_it_and_who_lost_the_way_finds_it_at_the_counter(clock):
    clerk, colleague = make.liaison(), make.liaison()
    address = late(sit(clerk))[0].url
    other = sit(colleague)
    answer = other.get(address, follow=True)
    assert answer.redirect_chain == [("/meja/loket", 302)]
    text = answer.content.decode()
    assert "Isian itu tidak ada lagi, atau bukan isian akun ini." in text
    assert (make.BODY in text, "Siti" in text, "/lanjut/" in text) == (False, False, False)
    assert f'href="{address}"' in sit(clerk).get("/meja/loket").content.decode()
    assert sit(clerk).get(address).status_code == 200
    clock.shift(timedelta(minutes=15))
    assert sit(clerk).get(address).url == "/meja/loket"
    assert "/lanjut/" not in sit(clerk).get("/meja/loket").content.decode()
    assert SENTENCE not in Client().get(f"/masuk?next={address}").content.decode()


def test_nothing_is_kept_of_a_stranger_a_forged_or_old_page_or_of_who_may_not_take_reports_in(clock):
    clerk, operator = make.liaison(), make.unit_admin()
    sent = filled(sit(clerk))
    stranger = Client()
    for mark in ("", "x" * 80, sent["halaman"][:-2] + "AA", sent["formulir"]):
        answer = stranger.post("/meja/loket", {**sent, "halaman": mark})
        assert (answer.status_code, answer.url) == (302, "/masuk?next=/meja")
    User.objects.filter(pk=clerk.user_id).update(is_active=False)
    assert stranger.post("/meja/loket", sent).url == "/masuk?next=/meja"
    User.objects.filter(pk=clerk.user_id).update(is_active=True)
    of_operator = unsent.seal(operator.user_id, sent["formulir"], make.NOW)
    assert stranger.post("/meja/loket", {**sent, "halaman": of_operator}).url == "/masuk?next=/meja"
    clock.shift(timedelta(hours=12, seconds=1))
    assert stranger.post("/meja/loket", sent).url == "/masuk?next=/meja"
    assert "Sesi Anda berakhir" not in stranger.get("/masuk?next=/meja/loket/lanjut/x").content.decode()
    assert not UnsentForm.objects.exists()


def test_a_network_keeps_as_many_as_it_may_file(monkeypatch):
    client = sit(make.liaison())
    sent = filled(client)
    monkeypatch.setitem(LIMITS, Bucket.FILE_CLIENT, replace(LIMITS[Bucket.FILE_CLIENT], times=1))
    Session.objects.all().delete()
    assert client.post("/meja/loket", sent).status_code == 302
    answer = client.post("/meja/loket", {**sent, "title": "Yang kedua"})
    assert (answer.status_code, "muat ulang halaman ini" in answer.content.decode()) == (429, True)


def test_an_admin_whose_second_factor_is_due_shows_it_first(clock):
    admin = make.agency_admin()
    client = Client()
    client.force_login(User.objects.get(pk=admin.user_id))
    sent = filled(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post("/meja/loket", sent)
    asked = client.get(client.get(answer.url).url).url
    assert asked.startswith("/akun/pastikan/kode?next=%2Fmeja%2Floket%2Flanjut%2F")
    code = format_hotp_value(hotp_value(make.FACTOR, int(make.NOW.timestamp()) // 30))
    back = client.post(asked, {"code": code})
    assert make.BODY in client.get(back.url).content.decode()


def test_a_page_from_before_the_sign_in_in_another_tab_keeps_its_words_and_does_nothing():
    clerk = make.liaison()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=clerk.user_id))
    sent = filled(strict, csrfmiddlewaretoken="a" * 32)
    answer = strict.post("/meja/loket", sent)
    assert not Event.objects.exists()
    assert make.BODY in strict.get(answer.url).content.decode()
    UnsentForm.objects.all().delete()
    bare = strict.post("/meja/loket", {**sent, "halaman": ""})
    assert (bare.status_code, "sudah terlalu lama terbuka" in bare.content.decode()) == (403, True)
    assert strict.post("/masuk", {"login": "x", "password": "y", "halaman": sent["halaman"]}).status_code == 403
    assert not UnsentForm.objects.exists()
