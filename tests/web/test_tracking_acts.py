"""What a reporter may do at /lacak: every deed, its faults, and what it leaves behind."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Event, Identity, Message, Report, User
from tanggap.web.public.forms_tracking import seal_seen
from tanggap.web.public.tracking_acts import DEEDS
from tests import make
from tests.web.test_tracking import TEXT, act, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def later(clock):
    def go(days):
        clock.move_to(make.NOW + days * make.DAY)
        return make.NOW + days * make.DAY

    return go


class TestActing:
    @pytest.mark.parametrize(
        ("status", "slug", "values", "action"),
        [
            (Status.UNVERIFIED, "keterangan", {"text": TEXT}, Action.ADD_INFORMATION),
            (Status.PENDING, "keterangan", {"text": TEXT}, Action.SUPPLY_DATA),
            (Status.ANSWERED, "balas", {"text": TEXT}, Action.REPORTER_REPLY),
            (Status.ANSWERED, "selesai", {}, Action.CONFIRM_DONE),
            (Status.CLOSED, "penilaian", {"rating": "4", "solved": "partly"}, Action.RATE),
            (Status.CLOSED, "buka-kembali", {"text": TEXT}, Action.REOPEN),
            (Status.ARCHIVED, "keberatan", {"text": TEXT}, Action.APPEAL),
            (Status.ASSIGNED, "kerahasiaan", {"is_confidential": "on"}, Action.SET_VISIBILITY),
            (Status.ASSIGNED, "cabut", {}, Action.WITHDRAW),
        ],
    )
    def test_each_form_does_its_act(self, client, status, slug, values, action):
        report = make.report(status=status)
        opened(client, report)
        answer = act(client, slug, report, **values)
        assert answer["Location"] == "/lacak/laporan"
        last = Event.objects.filter(report=report).order_by("-seq")[0]
        assert (last.kind, last.role) == (action.value, "reporter")
        page = client.get("/lacak/laporan").content.decode()
        assert str(DEEDS[slug].done) in page
        assert TEXT in page or "text" not in values

    def test_a_rating_is_kept_and_may_be_changed(self, client):
        report = make.report(status=Status.CLOSED)
        opened(client, report)
        act(client, "penilaian", report, rating="4", solved="partly")
        given = client.get("/lacak/laporan").content.decode()
        assert re.findall(r'name="(rating|solved)" value="(\w+)"[^>]* checked', given) == [
            ("rating", "4"),
            ("solved", "partly"),
        ]
        act(client, "penilaian", report, rating="1", solved="no")
        report.refresh_from_db()
        assert (report.rating, report.solved) == (1, "no")

    @pytest.mark.parametrize(
        "values", [{}, {"rating": "6", "solved": "yes"}, {"rating": "3"}, {"rating": "x", "solved": "?"}]
    )
    def test_half_a_rating_is_none(self, client, values):
        report = make.report(status=Status.CLOSED)
        opened(client, report)
        assert act(client, "penilaian", report, **values).status_code == 422
        report.refresh_from_db()
        assert report.rating is None

    def test_rating_and_reopening_end_after_thirty_days(self, client, later):
        report = make.report(status=Status.CLOSED)
        later(31)
        page = opened(client, report)
        assert not {"penilaian", "buka-kembali"} & set(page.context["forms"])
        answer = act(client, "buka-kembali", report, text=TEXT)
        assert answer.status_code == 409
        assert TEXT in answer.content.decode()

    def test_the_own_flags_turn_both_ways(self, client):
        report = make.submit(is_anonymous=True)
        page = opened(client, report)
        assert page.context["forms"]["kerahasiaan"].initial["is_anonymous"]
        act(client, "kerahasiaan", report, is_confidential="on")
        report.refresh_from_db()
        assert (report.is_anonymous, report.is_confidential) == (False, True)

    def test_desk_and_reporter_read_only_what_a_flag_changed(self, client):
        report = make.report(status=Status.ASSIGNED)
        opened(client, report)
        act(client, "kerahasiaan", report, is_confidential="on")
        officer = Client()
        officer.force_login(User.objects.get(pk=make.agency_admin().user_id))
        for page in (client.get("/lacak/laporan"), officer.get(f"/meja/{report.number}")):
            words = page.content.decode()
            assert "Dijadikan rahasia" in words
            assert "Tidak lagi anonim" not in words

    def test_what_an_officer_narrowed_stays_narrow(self, client):
        report = make.submit()
        make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
        page = opened(client, report)
        assert "ditetapkan petugas" in page.content.decode()
        act(client, "kerahasiaan", report)
        report.refresh_from_db()
        assert report.is_confidential

    def test_withdrawing_is_asked_twice(self, client):
        report = make.submit()
        opened(client, report)
        page = client.get("/lacak/laporan/mencabut").content.decode()
        assert "tidak dapat dibatalkan" in page
        assert Report.objects.get(pk=report.pk).status == "unverified"
        assert 'action="/lacak/laporan/cabut"' in page

    def test_erasing_the_own_name_is_asked_twice_and_says_what_stays(self, client):
        report = make.submit()
        opened(client, report)
        page = client.get("/lacak/laporan/menghapus-identitas").content.decode()
        assert "tidak dapat dibatalkan" in page
        assert "Salinan cadangan" in page
        assert Identity.objects.filter(report=report, erased_at=None).exists()
        assert act(client, "hapus-identitas", report).status_code == 302
        assert not Identity.objects.filter(report=report, erased_at=None).exists()
        assert client.get("/lacak/laporan/menghapus-identitas")["Location"] == "/lacak/laporan"
        assert "Identitas pelapor dihapus" in client.get("/lacak/laporan").content.decode()

    def test_what_is_over_cannot_be_withdrawn(self, client):
        report = make.report(status=Status.CLOSED)
        opened(client, report)
        assert client.get("/lacak/laporan/mencabut")["Location"] == "/lacak/laporan"
        assert act(client, "cabut", report).status_code == 409

    @pytest.mark.parametrize(
        ("status", "slug"),
        [
            (Status.UNVERIFIED, "keterangan"),
            (Status.ANSWERED, "balas"),
            (Status.CLOSED, "buka-kembali"),
            (Status.ARCHIVED, "keberatan"),
        ],
    )
    def test_an_empty_text_is_named_by_the_words_that_stand_over_its_field(self, client, status, slug):
        report = make.report(status=status)
        opened(client, report)
        page = act(client, slug, report, text="").content.decode()
        label = str(DEEDS[slug].label)
        assert f'<a href="#{slug}_text">{label}: Isi dahulu teksnya.</a>' in page
        assert re.search(rf'<label[^>]* for="{slug}_text"[^>]*>\s*{re.escape(label)}', page)
        assert not re.search(r">\s*Text\b", page)

    @pytest.mark.parametrize(
        ("text", "why"), [("", "Isi dahulu teksnya"), ("ya", "terlalu pendek"), ("x" * 5001, "terlalu panjang")]
    )
    def test_words_of_a_bad_length_are_named_and_kept(self, client, text, why):
        report = make.submit()
        opened(client, report)
        answer = act(client, "keterangan", report, text=text)
        assert answer.status_code == 422
        assert why in answer.context["tried"].errors["text"][0]
        assert answer.context["forms"]["keterangan"]["text"].value() == text
        assert Event.objects.filter(report=report).count() == 1

    def test_a_report_that_moved_on_says_so_and_keeps_the_text(self, client):
        report = make.report(status=Status.IN_PROGRESS)
        opened(client, report)
        seen = seal_seen(report.pk, Report.objects.get(pk=report.pk).event_count)
        make.act(report, Action.FOLLOW_UP)
        answer = client.post("/lacak/laporan/keterangan", {"seen": seen, "text": TEXT})
        assert answer.status_code == 409
        assert "sudah berpindah status" in answer.content.decode()
        assert answer.context["forms"]["keterangan"]["text"].value() == TEXT
        fresh = answer.context["forms"]["keterangan"]["seen"].value()
        assert client.post("/lacak/laporan/keterangan", {"seen": fresh, "text": TEXT}).status_code == 302

    def test_the_text_is_kept_when_there_is_no_form_for_it_any_more(self, client):
        report = make.report(status=Status.IN_PROGRESS)
        opened(client, report)
        seen = seal_seen(report.pk, Report.objects.get(pk=report.pk).event_count)
        make.act(report, Action.ANSWER)
        answer = client.post("/lacak/laporan/keterangan", {"seen": seen, "text": TEXT})
        assert answer.status_code == 409
        assert answer.context["tried_words"] == TEXT
        assert f"{TEXT}</textarea>" in answer.content.decode()

    @pytest.mark.parametrize(
        ("status", "slug", "values"),
        [
            (Status.UNVERIFIED, "keterangan", {"text": TEXT}),
            (Status.ANSWERED, "selesai", {}),
            (Status.ANSWERED, "balas", {"text": TEXT}),
            (Status.CLOSED, "penilaian", {"rating": "5", "solved": "yes"}),
        ],
    )
    def test_a_button_pressed_twice_acts_once(self, client, status, slug, values):
        report = make.report(status=status)
        opened(client, report)
        data = {"seen": seal_seen(report.pk, Report.objects.get(pk=report.pk).event_count), **values}
        before = Event.objects.filter(report=report).count()
        answers = [client.post(f"/lacak/laporan/{slug}", data) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Event.objects.filter(report=report).count() == before + 1

    @pytest.mark.parametrize("seen", ["", "1", "x", "-1", "9" * 30, seal_seen(0, 1)])
    def test_a_page_that_nobody_saw_decides_nothing(self, client, seen):
        report = make.submit()
        opened(client, report)
        answer = client.post("/lacak/laporan/keterangan", {"seen": seen, "text": TEXT})
        assert answer.status_code in {409, 422}
        assert Event.objects.filter(report=report).count() == 1

    def test_an_address_that_was_not_confirmed_is_said_and_the_mail_can_be_asked_for_again(self, client):
        report = make.submit()
        assert "belum dikonfirmasi" in opened(client, report).content.decode()
        Message.objects.filter(report=report, notice="confirm_address").update(state="skipped", reason="enough_today")
        answer = client.post("/lacak/surel", follow=True)
        assert "Surel konfirmasi kami kirim lagi" in answer.content.decode()
        assert Message.objects.filter(report=report, notice="confirm_address", state="queued").count() == 1
        Identity.objects.filter(report=report).update(email_confirmed_at=make.NOW)
        assert "belum dikonfirmasi" not in client.get("/lacak/laporan").content.decode()

    def test_the_page_does_not_tell_how_many_events_there_are(self, client):
        first, second = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
        seen = []
        for report in (first, second):
            report.refresh_from_db()
            page = opened(client, report)
            seen.append(re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1])
        assert first.event_count == second.event_count
        assert seen[0] != seen[1]
        assert client.get("/lacak/laporan/mencabut").context["seen"] == seen[1]

    def test_strange_text_is_stored_and_shown_as_text(self, client):
        text = "<img src=x onerror=alert(1)> \N{RIGHT-TO-LEFT OVERRIDE}abc \U0001f6a6 '; DROP TABLE x; --\x00"
        report = make.submit()
        opened(client, report)
        act(client, "keterangan", report, text=text)
        page = client.get("/lacak/laporan").content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    def test_acting_has_a_limit_too(self, client, settings, monkeypatch):
        monkeypatch.setitem(LIMITS, Bucket.FILE_CLIENT, replace(LIMITS[Bucket.FILE_CLIENT], times=1))
        settings.LIMIT_FACTOR = 1
        report = make.submit()
        opened(client, report)
        assert act(client, "keterangan", report, text=TEXT).status_code == 302
        assert act(client, "keterangan", report, text=f"{TEXT} Lagi.").status_code == 429
