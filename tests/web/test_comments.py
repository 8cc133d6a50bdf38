"""Comments of readers: from the mailed code over the moderator to the page; what never shows one; who may do what."""

import re
from html import unescape

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.actors import Reporter
from tanggap.domain.comments import Act, Fault, Ground, State
from tanggap.domain.hiding import HidingGround
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import AdministrationEntry, Citizen, Comment, CommentAct, CommentRule, User
from tanggap.selectors import comments as selectors
from tanggap.selectors import published_comments
from tanggap.services import citizen_removal, citizens, comment_rules, comments
from tanggap.services.comments import CommentError
from tanggap.services.organisation import OrganisationError
from tests import make
from tests.make import DAY, NOW
from tests.web.test_citizens import sign_in

ADDRESS = "pembaca@example.org"
HOSTILE = '<script>alert(1)</script> & <a href="https://jahat.example">klik</a> https://jahat.example'


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One report of the province, which takes comments; tests that change more change it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        admin, liaison = make.agency_admin(), make.liaison()
        comment_rules.change(actor=admin, agency_id=admin.agency_id, is_on=True, ground="SK contoh", now=NOW)
        yield admin, liaison, make.report(status=Status.ASSIGNED)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture(autouse=True)
def _told(told_contexts):
    return told_contexts


def words_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def wrote(report, text="Di gang sebelah juga begitu.", name="", address=ADDRESS):
    comments.write(citizens.enter(address, language="id", now=NOW), report.pk, text=text, name=name, now=NOW)
    return Comment.objects.latest("pk")


def decided(row, act, actor, ground=None, **more):
    return comments.decide(actor=actor, comment_id=row.pk, act=act, ground=ground, now=NOW, **more)


def page_of(report, more=""):
    return words_of(Client().get(f"/laporan/{report.number}{more}"))


def refused(fault):
    return pytest.raises(CommentError, match=f"^{fault.value}$")


def test_from_the_mailed_code_over_the_moderator_to_the_page(world, client):
    _admin, liaison, report = world
    page = client.get(f"/laporan/{report.number}").content.decode()
    path = f"/saya/komentar/{report.number}"
    assert path in page
    assert client.get(path)["Location"] == f"/saya/masuk?lanjut={path}"
    sign_in(client, ADDRESS)
    assert client.get(path).status_code == 200
    said = {"text": "Tanya Pak Budi, 0812-3456-7890. Jalan ini rusak sejak lama.", "name": " Warga  RT 3 "}
    assert client.post(path, said)["Location"] == "/saya/komentar"
    assert client.post(path, said).status_code == 302, "sent twice it is one comment"
    row = Comment.objects.get()
    assert "rusak sejak lama" not in page_of(report)
    assert "Menunggu diperiksa" in words_of(client.get("/saya/komentar"))
    desk = signed_in(liaison)
    assert "/meja/komentar" in desk.get("/meja").content.decode()
    shown = desk.get("/meja/komentar")
    assert "1 komentar menunggu" in words_of(shown)
    assert "nomor telepon" in words_of(shown).lower()
    spans = re.findall(r'name="samar" value="([\d-]+)"', shown.content.decode())
    key = re.search(r'name="komentar" value="([^"]+)"', shown.content.decode())[1]
    answer = desk.post("/meja/komentar", {"komentar": key, "tindakan": "tampilkan", "temuan": spans, "samar": spans})
    assert answer.status_code == 302
    text = page_of(report)
    assert "Jalan ini rusak sejak lama." in text
    assert "Warga RT 3 (pembaca)" in text
    assert ("0812" in text, "Budi" in text, "[nomor telepon disamarkan]" in text) == (False, False, True)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id, row.body[:5]) == (State.SHOWN, liaison.user_id, "Tanya")
    again = desk.post("/meja/komentar", {"komentar": key, "tindakan": "tampilkan"})
    assert again.status_code == 409


def test_what_a_moderator_leaves_in_the_open_stays_and_what_was_not_looked_at_is_masked(world):
    admin, _liaison, report = world
    row = wrote(report, "Hubungi Pak Budi di 0812-3456-7890.")
    (name, phone) = [(one.start, one.end) for one in comments.findings(row.body)]
    assert decided(row, Act.SHOW, admin, left={name}).shown == "Hubungi Pak Budi di [nomor telepon disamarkan]."
    assert phone not in {name}


def test_it_is_off_until_an_admin_says_so_with_a_ground(world):
    admin, liaison, report = world
    row = wrote(report)
    decided(row, Act.SHOW, admin)
    other = make.agency("kab-lebak").pk
    assert (published_comments.is_on(admin.agency_id), published_comments.is_on(other)) == (True, False)
    for actor, agency, ground in (
        (liaison, admin.agency_id, "SK"),
        (admin, other, "SK"),
        (admin, admin.agency_id, " "),
    ):
        with pytest.raises(OrganisationError):
            comment_rules.change(actor=actor, agency_id=agency, is_on=False, ground=ground, now=NOW)
    desk = signed_in(admin)
    place = "/meja/organisasi/pemprov-banten/komentar"
    assert desk.post(place, {"mode": "off", "ground": ""}).status_code == 422
    assert desk.post(place, {"mode": "off", "ground": "Keputusan 7/2020"}).status_code == 302
    entry = AdministrationEntry.objects.get(kind="comment_rule", after__comments="off")
    assert (entry.by_id, entry.after["ground"]) == (admin.user_id, "Keputusan 7/2020")
    assert "Keputusan 7/2020" in words_of(desk.get("/meja/organisasi/pemprov-banten/catatan"))
    with refused(Fault.CLOSED):
        wrote(report, "Satu lagi.")
    text = page_of(report)
    assert ("Di gang sebelah juga begitu." in text, "Tulis komentar" in text) == (True, False), "what is shown stays"
    assert "tidak menerima komentar baru" in text
    with pytest.raises(ProgrammingError), transaction.atomic():
        CommentRule.objects.update(is_on=True)


def test_a_report_that_is_not_public_has_none_and_one_that_comes_back_is_looked_at_again(world, client):
    admin, liaison, report = world
    sign_in(client, ADDRESS)
    secret = make.report(status=Status.ASSIGNED, is_confidential=True)
    for number in (secret.number, "ZZZZ-ZZZZ", make.submit().number):
        answers = client.get(f"/saya/komentar/{number}"), client.post(f"/saya/komentar/{number}", {"text": "Hai"})
        assert [answer.status_code for answer in answers] == [404, 404]
    with refused(Fault.CLOSED):
        wrote(secret)
    waits, stands = wrote(report, "Belum dilihat."), wrote(report, "Sudah dilihat.")
    decided(stands, Act.SHOW, admin)
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
    assert Client().get(f"/laporan/{report.number}").status_code == 404
    mine = words_of(client.get("/saya/komentar"))
    assert ("Sudah dilihat." in mine, report.number in mine, "tidak lagi terbuka" in mine) == (True, False, True)
    assert selectors.waiting(viewer=liaison).count == 0
    for row in (waits, stands):
        with pytest.raises(selectors.NotFoundError):
            decided(row, Act.SHOW, admin)
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=False)
    assert "dilihat." not in page_of(report)
    assert selectors.waiting(viewer=liaison).count == 2
    assert [act.kind for act in stands.acts.order_by("pk")] == [Act.SHOW, Act.RETURN]


def test_a_redaction_and_an_archive_take_what_was_said_before_off_the_page(world):
    admin, _liaison, report = world
    decided(wrote(report, "Lihat lubang di depan rumah itu."), Act.SHOW, admin)
    ground = HidingGround.THIRD_PARTY
    make.act(report, Action.REDACT, actor=admin, hidden_words=("berlubang",), hiding_ground=ground)
    assert "depan rumah itu" not in page_of(report)
    row = Comment.objects.get()
    refusing = decided(row, Act.REFUSE, admin, Ground.PERSONAL)
    assert refusing.state == State.HIDDEN, "what was shown once is hidden, and is in the log"
    other = wrote(report, "Yang kedua.")
    decided(other, Act.SHOW, admin)
    make.act(report, Action.ARCHIVE, actor=admin)
    assert "Yang kedua." not in page_of(report)


def test_who_decides_and_who_does_not(world):
    admin, liaison, report = world
    row = wrote(report)
    strangers = (make.liaison("dindikbud"), make.unit_admin(), make.agency_admin("kab-lebak"), make.auditor())
    for actor in (*strangers, make.national_admin()):
        assert selectors.waiting(viewer=actor).count == 0, actor
        with pytest.raises(selectors.NotFoundError):
            decided(row, Act.SHOW, actor)
    stranger = signed_in(strangers[0])
    posted = {"komentar": selectors.key_of(row), "tindakan": "tampilkan"}
    assert stranger.post("/meja/komentar", posted).status_code == 404
    assert (selectors.waiting(viewer=liaison).count, selectors.waiting(viewer=admin).count) == (1, 1)
    assert signed_in(make.unit_admin()).get("/meja/komentar").status_code == 404
    with refused(Fault.GROUND_MISSING):
        decided(row, Act.REFUSE, liaison)
    assert decided(row, Act.REFUSE, liaison, Ground.OFF_TOPIC).state == State.REFUSED
    with refused(Fault.WRONG_STATE):
        decided(row, Act.SHOW, admin)


def test_hostile_text_is_shown_as_it_is_and_a_name_that_reaches_somebody_is_refused(world, client):
    admin, liaison, report = world
    decided(wrote(report, HOSTILE, "<b>Admin</b>\u202e"), Act.SHOW, admin)
    raw = Client().get(f"/laporan/{report.number}").content.decode()
    assert ("<script>alert" in raw, "<b>Admin" in raw, 'href="https://jahat' in raw, "\u202e" in raw) == (False,) * 4
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    sign_in(client, ADDRESS)
    path = f"/saya/komentar/{report.number}"
    bad = ("", "x"), ("a" * 1001, ""), ("ya", "n" * 41), ("ya", "budi@example.org"), ("ya", "0812-3456-7890")
    for text, name in (*bad, ("\u200b\x00 ", "")):
        assert client.post(path, {"text": text, "name": name}).status_code == 422, (text[:9], name)
    assert Comment.objects.count() == 1
    desk = signed_in(liaison)
    for said in ({}, {"komentar": "x", "tindakan": "tolak"}, {"komentar": "9" * 3000, "tindakan": "hapus"}):
        assert desk.post("/meja/komentar", said).status_code == 404
    for query in ("?sesudah=x", "?lihat=tampil&sesudah=%00", "?lihat=lain"):
        assert desk.get(f"/meja/komentar{query}").status_code == 200
    assert Client().get(f"/laporan/{report.number}?komentar=%00x").status_code == 200


def test_whoever_writes_too_many_waits(world, client):
    _admin, _liaison, report = world
    sign_in(client, ADDRESS)
    path = f"/saya/komentar/{report.number}"
    answers = [client.post(path, {"text": f"Nomor {n}"}).status_code for n in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_hidden_comment_is_in_the_log_of_moderation_without_a_word_of_it(world):
    admin, _liaison, report = world
    row = wrote(report, "Kata yang kasar.", "Si Anu")
    decided(row, Act.SHOW, admin)
    desk = signed_in(admin)
    posted = {"komentar": selectors.key_of(row), "tindakan": "sembunyikan"}
    assert desk.post("/meja/komentar?lihat=tampil", posted).status_code == 422
    assert desk.post("/meja/komentar?lihat=tampil", posted | {"alasan": "abusive"}).status_code == 302
    assert "Kata yang kasar." not in page_of(report)
    log = words_of(Client().get("/catatan-moderasi?bulan=2020-07&instansi=pemprov-banten"))
    assert "Komentar pembaca disembunyikan setelah terbit" in log
    assert "SARA, hinaan, atau kata kasar" in log
    assert (report.number in log, "Kata yang" in log, "Si Anu" in log) == (False,) * 3
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
    assert "Komentar pembaca disembunyikan" not in words_of(Client().get("/catatan-moderasi"))


def test_the_writer_takes_it_away_and_so_does_the_end_of_the_account(world, client):
    _admin, liaison, report = world
    first, second = wrote(report, "Yang pertama."), wrote(report, "Yang kedua.", "Wati")
    stranger = wrote(report, "Orang lain.", address="lain@example.org")
    for row in (first, second, stranger):
        decided(row, Act.SHOW, liaison)
    sign_in(client, ADDRESS)
    others = client.post("/saya/komentar", {"hapus": selectors.key_of(stranger)})
    gone = client.post("/saya/komentar", {"hapus": selectors.key_of(first)})
    assert (others.status_code, gone.status_code) == (302, 302)
    assert "Yang pertama." not in page_of(report)
    citizen_removal.remove(citizens.enter(ADDRESS, language="id", now=NOW), now=NOW)
    text = page_of(report)
    assert ("Yang kedua." in text, "Wati" in text, "Orang lain." in text) == (False, False, True)
    rows = list(Comment.objects.order_by("pk").values_list("state", "body", "name", "written_on"))
    day = NOW.date()
    assert rows == [("removed", "", "", day), ("removed", "", "", day), ("shown", "Orang lain.", "", day)]
    assert list(CommentAct.objects.filter(comment=first).values_list("kind", flat=True)) == ["show", "remove"]
    for change in ({"body": "Lain."}, {"state": "waiting", "body": "Lain."}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Comment.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Comment.objects.filter(pk=stranger.pk).update(body="Lain.")
    with pytest.raises(ProgrammingError), transaction.atomic():
        CommentAct.objects.update(ground="")


def test_what_is_not_shown_is_emptied_after_ninety_days_and_the_audit_compares_states_with_acts(world):
    admin, _liaison, report = world
    refused_one, shown = wrote(report, "Beli di sini."), wrote(report, "Masih begitu.")
    decided(refused_one, Act.REFUSE, admin, Ground.ADVERT)
    decided(shown, Act.SHOW, admin)
    assert (comments.purge(now=NOW + 89 * DAY), comments.purge(now=NOW + 91 * DAY)) == (0, 1)
    assert list(Comment.objects.order_by("pk").values_list("state", "body")) == [
        ("removed", ""),
        ("shown", "Masih begitu."),
    ]
    assert selectors.own([refused_one.pk, shown.pk]) == [shown]
    assert list(selectors.disagreements()) == []
    Comment.objects.filter(pk=shown.pk).update(state="waiting", shown="")
    assert list(selectors.disagreements()) == [f"comment {shown.pk}: it is waiting, the last act on it is show"]


def test_no_row_says_who_wrote_it(world):
    _admin, _liaison, report = world
    wrote(report)
    fields = {field.name for field in Comment._meta.fields}
    assert fields == {
        "id",
        "report",
        "name",
        "body",
        "shown",
        "written_on",
        "state",
        "ground",
        "decided_by",
        "decided_at",
    }
    assert ADDRESS not in str(list(Comment.objects.values()))
    assert Citizen.objects.count() == 1


def test_many_are_paged_the_oldest_first_and_each_page_asks_as_much(world, monkeypatch):
    admin, _liaison, report = world
    monkeypatch.setattr(published_comments, "PAGE", 2)
    monkeypatch.setattr(selectors, "PAGE", 2)
    for n in range(6):
        decided(wrote(report, f"Komentar nomor {n}."), Act.SHOW, admin)
    page_of(report)
    seen, more, asked = [], "", []
    while more or not seen:
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(f"/laporan/{report.number}{more}")
        asked.append(len(queries))
        seen += re.findall(r"Komentar nomor \d", answer.content.decode())
        more = answer.context["comments_after"].partition("#")[0]
    assert seen == [f"Komentar nomor {n}" for n in range(6)]
    assert asked == [asked[0]] * 3
    desk, found, more = signed_in(admin), [], "?lihat=tampil"
    while more:
        answer = desk.get(f"/meja/komentar{more}")
        found += re.findall(r"Komentar nomor \d", answer.content.decode())
        more = answer.context["onward"]
    assert found == seen[::-1], "what is shown is looked through from the newest on"
