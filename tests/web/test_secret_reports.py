"""A secret report through its whole life: no word, name, file or number of it reaches a stranger, letter or log."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tanggap.domain.intake import Identity
from tanggap.domain.lifecycle import Action
from tanggap.domain.outcomes import Outcome
from tanggap.models import Message, User
from tanggap.tasks.messages import deliver
from tests import make, world
from tests.web.test_every_address import PLAIN, address, admin_addresses, of_report

pytestmark = pytest.mark.django_db

PERSON = Identity(name="Kartikasari Wulandhani", email="kartika.w@example.org", phone="081399887766", language="id")
WORDS = {
    "title": "Kuitansi fiktif zamrud di kantor cabang",
    "body": "Bendahara kantor meminta setoran bulanan pirusia dari setiap pegawai honorer.",
    "location": "Belakang gudang kecubung, lantai dua",
    "solution": "Pemeriksaan oleh inspektur akik dari luar kantor",
    "loss": "Tiga kali gaji bulanan yang disebut delimasari",
}
ANSWER = "Pemeriksaan khusus nefritika sudah selesai; berita acara diserahkan kepada atasan."
REPLY = "Setoran itu diminta lagi kemarin, saya simpan rekaman topaziana."
# One word of each text that stands nowhere else.
MARKS = ("zamrud", "pirusia", "kecubung", "akik dari", "delimasari", "nefritika", "topaziana", "intanbaiduri")
SOUGHT = ("zamrud", "kecubung", "nefritika", "topaziana", "Wulandhani", "kuitansi fiktif")
STRANGERS = ("anyone", "other_reporter", "named", "other_liaison", "other_admin", "no_office")


@pytest.fixture
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def people(clock):
    return world.build()


@pytest.fixture
def told(caplog):
    """Return what was logged, on every level, by everybody."""
    caplog.set_level(logging.DEBUG)
    return caplog


def secrets_of(report, *files):
    """Return every string that may stand nowhere."""
    compact = report.number.replace("-", "")
    return [
        report.number,
        compact,
        *MARKS,
        *files,
        PERSON.name,
        "Kartikasari",
        PERSON.email,
        PERSON.phone,
        "+6281399887766",
    ]


def file_it(people, clock):
    return make.submit(
        now=make.NOW,
        identity=PERSON,
        is_confidential=True,
        files=(world.picture("intanbaiduri.jpg"),),
        **WORDS,
    )


def live(report, people, stage):
    """Lead the report one step on."""
    named = people.users["named"].pk
    match stage:
        case "verified":
            make.act(report, Action.VERIFY_AND_ASSIGN, title=WORDS["title"], supervisory=True, named_users=(named,))
        case "answered":
            evidence = world.picture("berita-intanbaiduri.jpg")
            make.act(report, Action.ANSWER, text=ANSWER, outcome=Outcome.PROVEN_SANCTIONED, files=(evidence,))
        case "replied":
            make.act(report, Action.REPORTER_REPLY, text=REPLY)
        case "answered again":
            make.act(report, Action.ANSWER, text=ANSWER, outcome=Outcome.EXPLAINED)
        case "closed":
            make.act(report, Action.CONFIRM_DONE)


STAGES = ("filed", "verified", "answered", "replied", "answered again", "closed")


def addresses(people):
    """Yield every address that a stranger may try, with searches for what should not be found; each once."""
    yield from (address(route, people, "public") for route in PLAIN if route not in {"keluar", "lacak/keluar"})
    of_reports = (address(route, people, kind) for kind in ("public", "stub") for route in of_report(kind))
    yield from dict.fromkeys(of_reports)
    yield from searches(SOUGHT)
    narrowed = ("instansi=pemprov-banten", "status=unverified", "status=assigned", "wilayah=36", "terlambat=1")
    yield from (f"/laporan?{query}" for query in (*narrowed, f"kategori={make.category()}"))
    yield from ("/instansi/pemprov-banten/dpupr", "/sitemap-2020-06-1.xml")


def own_addresses(report):
    """Yield what somebody may try who knows the number."""
    yield from searches(_spellings(report.number))
    own = ("/laporan/{}", "/laporan/{}/tenggat", "/meja/{}", "/meja/{}/tenggat")
    yield from (path.format(report.number) for path in own)


def searches(sought):
    for words in sought:
        yield f"/laporan?q={words}"
        yield f"/instansi?q={words}"


def _spellings(number):
    return number, number.lower(), number.replace("-", " "), number.replace("-", ""), number[:4]


def text_of(answer):
    if answer.streaming:
        b"".join(answer.streaming_content)
        return ""
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{answer.content.decode('utf-8', 'replace')}"


def shown_on(path, answer):
    """Return what an answer says of itself: without its own address, and what was typed into its search field."""
    shown, typed = text_of(answer).replace(path, ""), path.partition("?q=")[2]
    return _without_echo(shown, typed) if typed else shown


def test_no_address_shows_a_word_of_it_to_whoever_may_not_know_of_it(people, clock):
    report = file_it(people, clock)
    found = []
    for stage in STAGES:
        live(report, people, stage)
        if stage == "answered again":
            continue  # nothing is new to a stranger since "answered"
        forbidden = secrets_of(report)
        # What a browser without any session gets elsewhere at the other stages is searched by the test below.
        is_full = stage == "replied"
        paths = [*(addresses(people) if is_full else ()), *own_addresses(report)]
        for role in STRANGERS if is_full else ["anyone"]:
            client = people.client(role, "public")
            for path in paths:
                shown = shown_on(path, client.get(path))
                found += [f"{mark!r} on {path} for {role} when {stage}" for mark in forbidden if mark in shown]
    assert found == []


def _without_echo(page, typed):
    """Take out what the reader typed: the field with it, and sentences that quote it."""
    return page.replace(typed, "").replace(typed.replace(" ", "%20"), "").replace(typed.replace(" ", "+"), "")


def test_nothing_that_is_counted_or_listed_changes_by_it_and_no_word_of_it_is_shown(people, clock):
    def everything():
        client = Client()
        return {path: client.get(path) for path in addresses(people)}

    before = {path: _bare(answer) for path, answer in everything().items()}
    report = file_it(people, clock)
    forbidden, found = secrets_of(report), []
    for stage in STAGES:
        live(report, people, stage)
        if stage in {"replied", "answered again"}:
            continue  # the last one shows what any of them would have left
        for path, answer in everything().items():
            found += [f"{path} changed when {stage}"] if _bare(answer) != before[path] else []
            shown = "" if answer.streaming else shown_on(path, answer)
            found += [f"{mark!r} on {path} when {stage}" for mark in forbidden if mark in shown]
    assert found == []


def _bare(answer):
    """Return a page without what is random in it."""
    if answer.streaming:
        return b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("image/"):
        return answer.content
    text = answer.content.decode()
    text = re.sub(r'nonce="[^"]*"|"challenge": ?"[^"]*"', "", text)
    return re.sub(r'name="(csrfmiddlewaretoken|formulir|halaman|lampiran_tersimpan)" value="[^"]*"', "", text)


def test_a_search_for_it_answers_like_a_search_for_nothing(people, clock):
    report = file_it(people, clock)
    live(report, people, "verified")
    client = Client()
    nothing = _bare(client.get("/laporan?q=takadakatabegini"))
    for words in (*SOUGHT, report.number, report.number.lower(), "ZZZZ-ZZZZ"):
        page = _bare(client.get("/laporan", {"q": words}))
        assert _without_words(page, words) == _without_words(nothing, "takadakatabegini"), words


def _without_words(page, words):
    from django.utils.html import escape
    from django.utils.http import urlencode

    for form in (urlencode({"q": words}), escape(words)):
        page = page.replace(form, "")
    return page


def test_letters_go_only_to_who_may_know_of_it_and_say_no_word_of_it(people, clock):
    report = file_it(people, clock)
    for stage in STAGES[1:]:
        clock.shift(timedelta(hours=1))
        live(report, people, stage)
        _deliver_all()
    letters = [letter for letter in mail.outbox if report.number in _whole(letter)]
    assert letters, "somebody is told of it"
    allowed = {PERSON.email, *_officers_who_may(people)}
    assert {address for letter in letters for address in letter.to} <= allowed
    words = [*MARKS, PERSON.name, PERSON.phone]
    assert [mark for letter in mail.outbox for mark in words if mark in _whole(letter)] == []
    assert [letter for letter in mail.outbox if PERSON.email in _whole(letter) and letter.to != [PERSON.email]] == []


def _whole(letter):
    return letter.message().as_string() + letter.body


def _deliver_all():
    """Do what the worker would: every message that is owed, and the copies that come of it."""
    while pending := list(Message.objects.filter(state="queued").values_list("pk", flat=True)):
        before = len(pending)
        for pk in pending:
            deliver(message_id=pk)
        if Message.objects.filter(state="queued").count() >= before:
            break


def _officers_who_may(people):
    """Return the addresses of everybody in an office that may read it: all but the named one and the strangers."""
    excluded = {people.users[role].pk for role in STRANGERS if people.users[role]}
    return set(User.objects.exclude(pk__in=excluded).values_list("email", flat=True))


def test_the_log_says_no_word_of_it_and_not_its_number(people, clock, told):
    report = file_it(people, clock)
    for stage in STAGES:
        live(report, people, stage)
    for role in ("anyone", "named", "liaison", "admin", "auditor"):
        client = people.client(role, "public")
        for path in ("/laporan/{}", "/meja/{}", "/meja/{}/tenggat"):
            client.get(path.format(report.number))
        client.post(f"/meja/{report.number}", {"tindakan": "follow_up", "text": REPLY})
        client.post(f"/meja/{report.number}/identitas", {"identitas-text": "Perlu memeriksa."})
    tracking = Client()
    world.track(tracking, report)
    tracking.get("/lacak/laporan")
    Client().post("/lacak", {"number": report.number, "token": "AAAA-AAAA-AAAA-AAAA"})
    _deliver_all()
    # Queries are logged by Django on the level DEBUG alone, where no installation runs; the rest must be clean.
    lines = [line for line in told.records if not line.name.startswith("django.db.backends")]
    said = "\n".join(f"{line.getMessage()} {line.__dict__}" for line in lines)
    assert [mark for mark in secrets_of(report) if mark in said] == []


def test_reference_pages_of_the_admin_say_nothing_of_it(people, clock):
    report = file_it(people, clock)
    live(report, people, "verified")
    client = people.client("national", "public")
    shown = "".join(text_of(client.get(path)) for _route, path in admin_addresses())
    assert [mark for mark in secrets_of(report) if mark in shown] == []
