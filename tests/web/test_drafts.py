"""Drafts at the desk: what an officer typed is there again, whatever happened in between (REQ-27)."""

import re
from datetime import timedelta

import pytest
import time_machine

from tanggap.domain import references
from tanggap.domain.actors import System
from tanggap.domain.drafts import KEPT_AFTER_THE_END, SAME_FORM
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Draft, NamedParty, Report, User
from tanggap.services import accounts, drafts
from tanggap.web.workbench.deeds import DEEDS
from tests import make

pytestmark = pytest.mark.django_db

WORDS = "Perbaikan ruas ini masuk jadwal pemeliharaan rutin triwulan ketiga."
SCRIPT = {"X-Requested-With": "fetch"}


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


@pytest.fixture
def report():
    return make.report(status=Status.ASSIGNED)


def at(report, place="answer"):
    return f"/meja/{report.number}/draf/{place}"


def typed(report, text=WORDS, **values):
    """Return the form of an answer as a browser sends it while somebody types."""
    seen = Report.objects.get(pk=report.pk).event_count
    return {"seen": seen, "outcome": "explained", "text": text, "publish_files": "on", "draf": "otomatis", **values}


def mark(page):
    return re.search(r'name="draf_halaman" value="([^"]+)"', page).group(1)


def opened(client, report, action="answer"):
    return client.get(f"/meja/{report.number}?tindakan={action}").content.decode()


def test_two_deeds_of_one_form_have_one_draft():
    for deed in DEEDS.values():
        shares = {action for action, same in DEEDS.items() if same is deed}
        places = {SAME_FORM.get(action, action) for action in shares}
        assert len(places) == 1
        assert places <= shares


class TestSaving:
    def test_what_was_typed_is_there_again_on_another_device(self, sit, report):
        officer, colleague = make.liaison(), make.liaison()
        answer = sit(officer).post(at(report), typed(report), headers=SCRIPT)
        assert (answer.status_code, answer.content.decode()) == (200, "Draf dari 10.00 WIB.")
        page = opened(sit(officer), report)
        assert WORDS in page
        assert '<option value="explained" selected>' in page
        assert "Draf dari 10.00 WIB." in page
        assert WORDS not in opened(sit(colleague), report), "a draft is its officer's alone"

    def test_a_finding_in_a_draft_is_asked_about_and_its_answer_kept(self, sit, report):
        client = sit(make.liaison())
        client.post(at(report), typed(report, text=f"{WORDS} Hubungi 0812 3456 7890."), headers=SCRIPT)
        name = re.search(r'name="(temuan-text-[^"]+)"', opened(client, report)).group(1)
        client.post(at(report), typed(report, f"{WORDS} Hubungi 0812 3456 7890.", **{name: "samarkan"}), headers=SCRIPT)
        assert re.search(rf'name="{name}" value="samarkan" required checked', opened(client, report))

    def test_without_a_script_a_button_saves_and_leads_back_to_the_form(self, sit, report):
        client = sit(make.liaison())
        answer = client.post(at(report), typed(report, draf="simpan"))
        assert (answer.status_code, answer.url) == (302, f"/meja/{report.number}?tindakan=answer#tindakan")
        assert client.post(at(report), {"draf": "buang"}).status_code == 302
        assert Draft.objects.count() == 0

    def test_a_form_that_was_emptied_has_no_draft(self, sit, report):
        client = sit(make.liaison())
        client.post(at(report), typed(report), headers=SCRIPT)
        answer = client.post(at(report), typed(report, text="", outcome=""), headers=SCRIPT)
        assert (answer.status_code, answer.content, Draft.objects.count()) == (200, b"", 0)

    def test_a_page_never_overwrites_in_silence_what_another_page_wrote(self, sit, report, clock):
        client = sit(make.liaison())
        here = mark(opened(client, report))
        clock.shift(60)
        there = mark(opened(client, report))
        assert client.post(at(report), typed(report, draf_halaman=there), headers=SCRIPT).status_code == 200
        answer = client.post(at(report), typed(report, "Lain.", draf_halaman=here), headers=SCRIPT)
        assert answer.status_code == 409
        assert "Draf ini diubah di halaman lain: 10.01 WIB." in answer.content.decode()
        assert Draft.objects.get().values["text"] == [WORDS]
        assert client.post(at(report), typed(report, draf_halaman=there), headers=SCRIPT).status_code == 200
        client.post(at(report), typed(report, "Lain.", draf_halaman=here, draf="simpan"), headers=SCRIPT)
        assert Draft.objects.get().values["text"] == ["Lain."]

    def test_too_much_is_refused_and_an_unknown_form_does_not_exist(self, sit, report):
        client = sit(make.liaison())
        assert client.post(at(report), typed(report, text="x" * 100_001), headers=SCRIPT).status_code == 422
        for place in ("set_visibility", "confirm_done", "tidak-ada"):
            assert client.post(at(report, place), typed(report)).status_code == 404


class TestBadDays:
    def test_after_a_refusal_and_after_a_conflict_the_words_are_kept(self, sit, report):
        client = sit(make.liaison())
        before = typed(report, tindakan="answer")
        assert client.post(f"/meja/{report.number}", {**before, "outcome": ""}).status_code == 422
        assert Draft.objects.get().values["text"] == [WORDS]
        make.act(report, Action.FOLLOW_UP)
        answer = client.post(f"/meja/{report.number}", {**before, "text": f"{WORDS} Lagi."})
        assert answer.status_code == 409
        assert Draft.objects.get().values["text"] == [f"{WORDS} Lagi."]
        page = opened(client, report)
        assert f"{WORDS} Lagi." in page
        assert "Laporan berubah sejak draf ini disimpan:" in page

    def test_a_draft_of_a_report_that_moved_on_stays_readable(self, sit, report):
        client = sit(make.liaison())
        client.post(at(report), typed(report), headers=SCRIPT)
        make.act(report, Action.ANSWER)
        page = opened(client, report)
        assert "Draf Anda masih ada" in page
        assert WORDS in page
        client.post(at(report), {"draf": "buang"})
        assert WORDS not in opened(client, report)

    def test_what_is_sent_after_the_session_has_ended_is_kept(self, sit, report):
        officer = make.liaison()
        client = sit(officer)
        page = mark(opened(client, report))
        client.logout()
        answer = client.post(at(report), typed(report, draf_halaman=page), headers=SCRIPT)
        assert answer.content.decode() == "Draf dari 10.00 WIB."
        deed = typed(report, f"{WORDS} Selesai.", draf_halaman=page, tindakan="answer")
        answer = client.post(f"/meja/{report.number}", deed)
        assert answer.status_code == 302
        assert answer.url.startswith("/masuk?next=/meja/")
        assert Report.objects.get(pk=report.pk).event_count == report.event_count, "nothing is done without a session"
        assert f"{WORDS} Selesai." in opened(sit(officer), report)

    def test_it_is_kept_for_whoever_holds_several_offices_too(self, sit, report):
        officer = make.liaison()
        client = sit(officer)
        page = mark(opened(client, report))
        client.logout()
        more = {"role": "liaison_officer", "agency": "pemprov-banten", "unit": "dindikbud"}
        accounts.appoint(actor=System(), user_id=officer.user_id, now=make.NOW, **more)
        assert client.post(at(report), typed(report, draf_halaman=page), headers=SCRIPT).status_code == 200
        assert Draft.objects.get().user_id == officer.user_id

    def test_what_is_too_long_is_refused_without_a_session_too(self, sit, report):
        client = sit(make.liaison())
        page = mark(opened(client, report))
        client.logout()
        answer = client.post(at(report), typed(report, "x" * 100_001, draf_halaman=page), headers=SCRIPT)
        assert (answer.status_code, "terlalu panjang" in answer.content.decode()) == (422, True)

    def test_a_page_that_is_old_or_of_another_report_saves_nothing(self, client, sit, report, clock):
        page = mark(opened(sit(make.liaison()), report))
        other = make.report(status=Status.ASSIGNED)
        client.logout()
        assert client.post(at(other), typed(other, draf_halaman=page)).url.startswith("/masuk")
        clock.shift(timedelta(hours=13))
        assert client.post(at(report), typed(report, draf_halaman=page)).url.startswith("/masuk")
        assert client.post(at(report), typed(report, draf_halaman="x")).url.startswith("/masuk")
        assert Draft.objects.count() == 0


class TestTheEnd:
    def test_the_deed_takes_its_draft_with_it_and_leaves_the_others(self, sit, report):
        client = sit(make.liaison())
        client.post(at(report), typed(report), headers=SCRIPT)
        client.post(at(report, "follow_up"), typed(report, "Masih dikerjakan."), headers=SCRIPT)
        assert client.post(f"/meja/{report.number}", typed(report, tindakan="answer")).status_code == 302
        assert [draft.place for draft in Draft.objects.all()] == ["follow_up"]

    def test_what_is_long_over_is_swept_and_counted(self, sit, report, caplog):
        officer = make.liaison()
        sit(officer).post(at(report), typed(report), headers=SCRIPT)
        make.act(report, Action.ANSWER)
        make.act(report, Action.CONFIRM_DONE)
        assert drafts.sweep(now=make.NOW + KEPT_AFTER_THE_END) == 0
        caplog.set_level("INFO", "tanggap.drafts")
        assert drafts.sweep(now=make.NOW + KEPT_AFTER_THE_END + timedelta(seconds=1)) == 1
        assert "drafts.swept count=1" in caplog.text
        assert drafts.sweep(now=make.NOW + KEPT_AFTER_THE_END * 2) == 0


class TestOutOfSight:
    """A report leaves the officer's sight: the own words stay, and nothing else is told (ADR 0085)."""

    def pass_on(self, report, unit="dindikbud"):
        make.act(report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), unit_id=make.unit(unit).pk, text="x")

    def withdraw(self, report, officer, how):
        """Take a report out of an officer's sight in one way or another."""
        if how == "moved":
            return self.pass_on(report)
        if how == "secret":
            self.pass_on(report)
            return make.act(report, Action.SET_VISIBILITY, is_confidential=True)
        return NamedParty.objects.create(report=report, user_id=officer.user_id)

    def test_the_words_of_a_deed_that_came_too_late_are_shown_kept_and_listed(self, sit, report):
        officer = make.liaison()
        client = sit(officer)
        page = mark(opened(client, report, "follow_up"))
        sent = typed(report, WORDS, tindakan="follow_up", draf_halaman=page)
        client.post(at(report, "follow_up"), {**sent, "text": "Yang pertama."}, headers=SCRIPT)
        self.pass_on(report)
        answer = client.post(f"/meja/{report.number}", sent)
        told = answer.content.decode()
        assert answer.status_code == 409
        assert "Laporan pindah ke unit lain" in told
        assert re.search(rf"<textarea[^>]* readonly>{WORDS}</textarea>", told)
        assert 'href="/meja/draf"' in told
        assert Report.objects.get(pk=report.pk).event_count == sent["seen"] + 1, "nothing was done"
        assert [draft.values["text"] for draft in Draft.objects.all()] == [[WORDS]]
        own = client.get("/meja/draf").content.decode()
        for words in (report.number, WORDS, "Tindak Lanjut", "tidak ada lagi di meja Anda"):
            assert words in own
        for hidden in (report.title, f'"/meja/{report.number}?', "Dinas Pendidikan", "Dindikbud"):
            assert hidden not in told + own, hidden
        assert WORDS not in sit(make.liaison()).get("/meja/draf").content.decode()
        self.pass_on(report, "dpupr")
        assert WORDS in opened(sit(officer), report, "follow_up"), "it is in its form again when the report comes back"

    def test_whatever_took_the_report_away_the_answer_is_the_same(self, sit):
        told = set()
        for how in ("moved", "secret", "named"):
            report, officer = make.report(status=Status.ASSIGNED), make.liaison()
            client = sit(officer)
            sent = typed(report, tindakan="answer", draf_halaman=mark(opened(client, report)))
            self.withdraw(report, officer, how)
            assert client.get(f"/meja/{report.number}").status_code == 404
            pages = client.post(f"/meja/{report.number}", sent), client.get("/meja/draf")
            assert [page.status_code for page in pages] == [409, 200]
            told.add(tuple(same(page.content.decode(), report) for page in pages))
            Draft.objects.all().delete()
        assert len(told) == 1

    def test_without_a_page_of_ours_a_report_out_of_sight_answers_as_an_unknown_number(self, sit, report):
        page = mark(opened(sit(make.liaison()), report))
        client, unknown = sit(make.liaison("dindikbud")), references.make(b"unknown")
        marks = ("", "x", page)
        for place, more in (("", {"tindakan": "answer"}), ("/draf/answer", {}), ("/draf/answer", {"draf": "buang"})):
            answers = [
                client.post(f"/meja/{number}{place}", typed(report, draf_halaman=given) | more)
                for number in (report.number, unknown)
                for given in marks
            ]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1
        assert not Draft.objects.exists()

    def test_what_is_typed_after_it_went_is_kept_with_and_without_a_session(self, sit, report):
        client = sit(make.liaison())
        page = mark(opened(client, report))
        self.pass_on(report)
        told = client.post(at(report), typed(report, draf_halaman=page), headers=SCRIPT)
        assert told.content.decode() == "Draf dari 10.00 WIB. Laporan ini tidak ada lagi di meja Anda."
        pressed = client.post(at(report), typed(report, f"{WORDS} Dua.", draf_halaman=page, draf="simpan"))
        assert (pressed.status_code, pressed.url) == (302, "/meja/draf")
        assert client.post(at(report), typed(report, "x" * 100_001, draf_halaman=page)).status_code == 422
        client.logout()
        late = client.post(f"/meja/{report.number}", typed(report, "Tiga.", draf_halaman=page, tindakan="answer"))
        assert late.url == "/masuk?next=/meja/draf"
        assert [draft.values["text"] for draft in Draft.objects.all()] == [["Tiga."]]

    def test_the_words_are_thrown_away_from_the_list_by_who_wrote_them(self, sit, report):
        officer = make.liaison()
        sit(officer).post(at(report), typed(report), headers=SCRIPT)
        self.pass_on(report)
        assert sit(make.liaison()).post(at(report), {"draf": "buang"}).status_code == 404
        assert sit(officer).post(at(report), {"draf": "buang"}).url == "/meja/draf"
        assert not Draft.objects.exists()

    def test_a_repeat_of_the_own_deed_that_took_the_report_away_is_confirmed(self, sit, report):
        client = sit(make.liaison())
        page = mark(opened(client, report, "return_to_admin"))
        sent = typed(report, tindakan="return_to_admin", draf_halaman=page)
        for _ in range(2):
            answer = client.post(f"/meja/{report.number}", sent, follow=True)
            assert answer.redirect_chain == [("/meja", 302)]
            assert f"{report.number}: Kembalikan ke admin tercatat." in answer.content.decode()
        assert not Draft.objects.exists()
        assert client.post(f"/meja/{report.number}", {**sent, "text": "Yang lain."}).status_code == 409
        assert Report.objects.get(pk=report.pk).event_count == sent["seen"] + 1


def same(page, report):
    """Return a page without what differs from one report, form or request to the next."""
    page = page.replace(report.number, "NOMOR")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|request-id)="[^"]*"', "", page)
