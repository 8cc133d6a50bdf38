"""Talk about a report: notes among officers, mentions, and messages to and from a reporter who stays hidden."""

import re

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from tanggap.adapters.outbound.words import LETTERS
from tanggap.domain.actors import LiaisonOfficer, Reporter
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notes import Audience, may_read, mentioned
from tanggap.domain.notices import Notice
from tanggap.models import Mention, Message, Note, Report, User
from tanggap.selectors import accounts
from tanggap.selectors import notes as selector
from tanggap.selectors import reports as report_selectors
from tanggap.services import notes, reports
from tanggap.web.workbench.forms_note import AUDIENCE, FLAW
from tests import make
from tests.world import track

pytestmark = pytest.mark.django_db

WORDS = "Alatnya baru ada hari Senin."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sit(client):
    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


def name_of(actor):
    return User.objects.get(pk=actor.user_id).username


def write(actor, report, text=WORDS, audience=Audience.AGENCY, *, now=make.NOW):
    return notes.write(actor=actor, number=report.number, text=text, audience=audience, now=now)


def page(client, report):
    return client.get(f"/meja/{report.number}").content.decode()


def on_desk(client):
    """Return the number beside the queue of mentions."""
    page = client.get("/meja").content.decode()
    return re.search(r'href="/meja/disebut".*?<span class="count">(\d+)</span>', page)[1]


def test_every_code_has_its_words():
    assert (set(AUDIENCE), set(FLAW)) == (set(Audience), set(notes.Flaw))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Rina tolong cek.", ("rina",)),
        ("(@rina, @budi.s).", ("rina", "budi.s")),
        ("rina@example.org", ()),
        ("@rina dan @RINA", ("rina",)),
        ("@ rina @", ()),
    ],
)
def test_who_is_mentioned(text, names):
    assert mentioned(text) == names


@pytest.mark.parametrize(
    ("audience", "same_unit", "below", "above", "other_agency"),
    [
        (Audience.ALL, True, True, True, True),
        (Audience.AGENCY, True, True, True, False),
        (Audience.UNIT, True, True, False, False),
    ],
)
def test_who_reads_a_note_of_a_unit(audience, same_unit, below, above, other_agency):
    def reads(unit_id, path, agency_id=1):
        reader = LiaisonOfficer(9, agency_id, unit_id)
        return may_read(reader, audience, agency_id=1, unit_id=10, path=frozenset(path))

    found = reads(10, {10, 5}), reads(11, {11, 10, 5}), reads(5, {5}), reads(20, {20}, agency_id=2)
    assert found == (same_unit, below, above, other_agency)


class TestNotes:
    def test_a_colleague_reads_it_and_nobody_outside_does(self, sit, client):
        report = make.report(status=Status.ASSIGNED)
        form = {"catatan-text": WORDS, "catatan-audience": "agency"}
        before = Report.objects.get(pk=report.pk).event_count
        assert sit(make.liaison()).post(f"/meja/{report.number}/catatan", form).status_code == 302
        assert WORDS in page(sit(make.agency_admin()), report)
        assert WORDS not in page(sit(make.national_admin()), report), "another agency's talk"
        client.logout()
        assert WORDS not in client.get(f"/laporan/{report.number}").content.decode()
        track(client, report)
        assert WORDS not in client.get("/lacak/laporan").content.decode()
        assert Report.objects.get(pk=report.pk).event_count == before, "a note is no event: nobody's form is stale"

    def test_who_is_named_in_the_report_reads_none_of_it(self, sit):
        report, named = make.submit(), make.liaison()
        make.act(report, Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
        write(make.liaison(), report, audience=Audience.ALL)
        assert sit(named).get(f"/meja/{report.number}").status_code == 404
        answer = sit(named).post(f"/meja/{report.number}/catatan", {"catatan-text": "x", "catatan-audience": "all"})
        assert answer.status_code == 404

    def test_an_empty_note_is_refused(self, sit):
        report = make.report()
        answer = sit(make.agency_admin()).post(f"/meja/{report.number}/catatan", {"catatan-audience": "agency"})
        assert answer.status_code == 422
        assert "Isi dahulu catatannya." in answer.content.decode()

    @pytest.mark.parametrize("change", ["UPDATE tanggap_note SET text = 'x'", "DELETE FROM tanggap_note"])
    def test_the_database_keeps_it_as_it_was_written(self, owner, change):
        write(make.agency_admin(), make.report())
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
        assert Note.objects.get().text == WORDS


class TestMentions:
    def test_who_is_mentioned_is_told_and_finds_it_until_the_report_was_opened(self, sit):
        report, colleague = make.report(status=Status.ASSIGNED), make.liaison()
        write(make.liaison(), report, text=f"@{name_of(colleague)} {WORDS}")
        told = Message.objects.get(notice=Notice.MENTIONED.value)
        assert (told.user_id, told.report_id) == (colleague.user_id, report.pk)
        assert selector.mentions(viewer=colleague).count() == 1
        client = sit(colleague)
        assert on_desk(client) == "1"
        mine = client.get("/meja/disebut").content.decode()
        assert report.number in mine
        assert "Belum dibaca" in mine
        assert WORDS in page(client, report)
        assert on_desk(client) == "0"
        assert "Belum dibaca" not in client.get("/meja/disebut").content.decode()

    def test_what_was_not_read_stands_first_and_the_newest_above_from_page_to_page(self, monkeypatch):
        monkeypatch.setattr(selector, "PAGE", 2)
        colleague, writer, reports_ = make.liaison(), make.liaison(), []
        for days in (3, 0, 4, 1, 2):  # in another order than they come in
            reports_.append(make.report(status=Status.ASSIGNED))
            at = make.NOW + days * make.DAY
            write(writer, reports_[-1], text=f"@{name_of(colleague)} {WORDS}", now=at)
        for place in (0, 3):
            notes.have_read(actor=colleague, report=reports_[place], now=make.NOW)
        found, after = [], ""
        while after or not found:
            page = selector.list_(viewer=colleague, after=after)
            found, after = [*found, *(row.note.report.number for row in page.rows)], page.after
        assert found == [reports_[place].number for place in (2, 4, 1, 0, 3)]

    def test_a_mention_of_whoever_may_not_read_it_is_refused_and_the_words_are_kept(self, sit):
        report, named = make.submit(), make.liaison()
        make.act(report, Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
        stranger = make.liaison("dindikbud")
        client = sit(make.liaison())
        for name in (name_of(named), name_of(stranger), "tidak.ada"):
            form = {"catatan-text": f"@{name} {WORDS}", "catatan-audience": "agency"}
            answer = client.post(f"/meja/{report.number}/catatan", form)
            said = answer.content.decode()
            assert answer.status_code == 422
            assert f"Tidak dapat membaca catatan ini, jadi tidak dapat disebut: @{name}." in said
            assert WORDS in said
        above = name_of(make.national_admin())
        form = {"catatan-text": f"@{above} {WORDS}", "catatan-audience": "agency"}
        assert client.post(f"/meja/{report.number}/catatan", form).status_code == 422, "knows the report, not the note"
        assert (Note.objects.count(), Mention.objects.count(), Message.objects.filter(notice="mentioned").count()) == (
            0,
            0,
            0,
        )

    def test_only_who_may_know_of_the_report_is_suggested(self):
        report, named = make.submit(), make.liaison()
        make.act(report, Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
        report.refresh_from_db()
        colleague, admin = make.liaison(), make.agency_admin()
        make.liaison("dindikbud")
        viewer = make.liaison()
        found = {name for name, _shown in selector.suggested(viewer=viewer, report=report, on=make.NOW.date())}
        assert {name_of(colleague), name_of(admin)} <= found
        for account in User.objects.filter(username__in=found):
            officers = accounts.working_officers_of(account.pk, make.NOW.date())
            assert any(report_selectors.visible(viewer=one).filter(pk=report.pk).exists() for one in officers)
        assert name_of(named) not in found

    def test_a_mention_is_out_of_sight_with_its_report(self, sit):
        report, colleague = make.report(status=Status.ASSIGNED), make.liaison()
        write(make.liaison(), report, text=f"@{name_of(colleague)} {WORDS}")
        make.act(report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), unit_id=make.unit("dindikbud").pk, text="x")
        assert on_desk(sit(colleague)) == "0"
        assert selector.list_(viewer=colleague).rows == []


class TestMessages:
    def test_an_office_and_a_hidden_reporter_write_to_each_other(self, sit, client):
        report = make.submit(is_anonymous=True)
        make.act(report, Action.VERIFY_AND_ASSIGN)
        form = {"tindakan": "message_reporter", "seen": 2, "text": "Di sisi jalan yang mana?"}
        before = Report.objects.get(pk=report.pk)
        assert sit(make.liaison()).post(f"/meja/{report.number}", form).status_code == 302
        client.logout()
        track(client, report)
        theirs = client.get("/lacak/laporan").content.decode()
        assert "Di sisi jalan yang mana?" in theirs
        assert "Balas pesan instansi" in theirs
        reply = Action.MESSAGE_OFFICE
        make.act(report, reply, actor=Reporter(report.pk), text="Sisi utara. Telepon saya 0812 3456 7890.")
        ours = page(sit(make.liaison()), report)
        assert "Sisi utara." in ours
        assert "0812 3456 7890" not in ours, "the unit from which the reporter is hidden reads no number"
        client.logout()
        public = client.get(f"/laporan/{report.number}").content.decode()
        assert "Di sisi jalan" not in public
        assert "Sisi utara" not in public
        assert "Pesan dari" not in public
        after = Report.objects.get(pk=report.pk)
        assert (after.status, after.due_at) == (before.status, before.due_at)
        told = set(Message.objects.filter(report=report).values_list("notice", "audience"))
        assert {("message", "reporter"), ("reporter_wrote", "owner")} <= told

    def test_a_reporter_answers_a_message_and_begins_none(self):
        report = make.report(status=Status.ASSIGNED)
        with pytest.raises(reports.NotAllowedError):
            make.act(report, Action.MESSAGE_OFFICE, actor=Reporter(report.pk), text="Halo.")

    def test_the_mail_says_only_that_there_is_a_message(self):
        words = " ".join(map(str, (LETTERS[Notice.MESSAGE].subject, *LETTERS[Notice.MESSAGE].paragraphs)))
        assert "%(text)s" not in words
