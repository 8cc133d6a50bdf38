"""Every button of the desk, the texts that officers write with them, and a report that moved on meanwhile."""

import re

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import ArchiveReason
from tanggap.models import User
from tests import make
from tests.web.test_workbench import SPOKEN, at, findings, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sit(client):
    """Sit an officer down at the desk: returns a client that is signed in as the actor."""

    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


class TestEveryButton:
    def press(self, client, report, action, **values):
        data = {"tindakan": action, "seen": fresh(report).event_count, "text": SPOKEN, **values}
        return client.post(at(report), data)

    def test_teruskan(self, sit):
        report = make.submit()
        make.act(report, Action.MANAGE_SELF)
        client = sit(make.agency_admin())
        assert "Teruskan" in client.get(at(report)).content.decode()
        assert self.press(client, report, "assign_to_unit", unit=make.unit().pk).status_code == 302
        assert fresh(report).owner_unit_id == make.unit().pk

    def test_bukan_wewenang_leads_back_to_the_desk_when_the_report_is_gone(self, sit):
        report = make.report(status=Status.ASSIGNED)
        answer = self.press(
            sit(make.agency_admin()), report, "return", suggested_agency=make.agency("kab-tangerang").pk
        )
        assert (answer.status_code, answer.url) == (302, "/meja")
        assert fresh(report).status == "unverified"

    def test_minta_kelengkapan(self, sit):
        report = make.report()
        assert self.press(sit(make.agency_admin()), report, "request_data").status_code == 302
        assert fresh(report).status == "pending"

    def test_tindak_lanjut(self, sit):
        report = make.report(status=Status.ASSIGNED)
        assert self.press(sit(make.liaison()), report, "follow_up").status_code == 302
        assert fresh(report).status == "in_progress"

    def test_jawab_has_its_words_and_its_outcome(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        page = client.get(f"{at(report)}?tindakan=answer").content.decode()
        assert "Hasil" in page
        assert "Isi jawaban" in page
        assert self.press(client, report, "answer", outcome="").status_code == 422
        assert self.press(client, report, "answer", outcome="explained").status_code == 302
        assert (fresh(report).status, fresh(report).outcome) == ("answered", "explained")

    def test_a_scheduled_answer_needs_a_day(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        refused = self.press(client, report, "answer", outcome="scheduled")
        assert refused.status_code == 422
        assert "Isi tanggal yang dijadwalkan." in refused.content.decode()
        for day, says in (("2020-07-01", "sesudah hari ini"), ("9999-12-31", "lebih dari dua tahun lagi")):
            refused = self.press(client, report, "answer", outcome="scheduled", outcome_on=day)
            assert refused.status_code == 422
            assert says in refused.text
            assert f'value="{day}"' in refused.text
        assert self.press(client, report, "answer", outcome="scheduled", outcome_on="2020-08-01").status_code == 302

    def test_tutup(self, sit):
        report = make.report(status=Status.ANSWERED)
        client = sit(make.agency_admin())
        assert self.press(client, report, "close_manual", outcome="explained").status_code == 302
        assert fresh(report).status == "closed"

    def test_arsipkan(self, sit):
        report = make.report()
        client = sit(make.agency_admin())
        assert self.press(client, report, "archive", archive_reason="not_government").status_code == 302
        assert fresh(report).status == "archived"

    def test_arsipkan_for_a_grave_reason_is_proposed_and_then_confirmed_by_another(self, sit):
        report = make.report()
        first, second = make.agency_admin(), make.agency_admin()
        assert self.press(sit(first), report, "archive", archive_reason="hoax_spam").status_code == 302
        assert fresh(report).status == "unverified"
        assert "petugas lain yang mengonfirmasi" in sit(first).get(at(report)).content.decode()
        again = self.press(sit(first), report, "archive", archive_reason="hoax_spam")
        assert again.status_code == 422
        assert "harus dilakukan petugas lain" in again.content.decode()
        page = sit(second).get(f"{at(report)}?tindakan=archive&alasan=hoax_spam").content.decode()
        assert "Konfirmasi" in page
        assert SPOKEN in page
        assert self.press(sit(second), report, "archive", archive_reason="hoax_spam").status_code == 302
        assert fresh(report).status == "archived"

    def test_a_reason_that_needs_a_question_first_says_so(self, sit):
        report = make.report()
        answer = self.press(sit(make.agency_admin()), report, "archive", archive_reason="unclear")
        assert answer.status_code == 422
        assert "Minta kelengkapan kepada pelapor dahulu" in answer.content.decode()

    def test_an_appeal_says_who_decides_it(self, sit):
        first, second = make.agency_admin(), make.agency_admin()
        report = make.act(make.submit(), Action.ARCHIVE, actor=first)
        report = make.act(report, Action.APPEAL)
        page = sit(first).get(at(report)).content.decode()
        assert "admin lain di Pemerintah Provinsi Banten atau admin nasional" in page
        page = sit(second).get(at(report)).content.decode()
        assert "verifikasi bila keberatan diterima" in page
        assert "admin lain" not in page
        report = make.act(report, Action.VERIFY_AND_ASSIGN, actor=second)
        assert "keberatan" not in sit(second).get(at(report)).content.decode().split("riwayat")[0]

    def test_a_liaison_officer_proposes_to_archive(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        assert "Usulkan arsip" in client.get(at(report)).content.decode()
        assert self.press(client, report, "propose_archive", archive_reason="not_government").status_code == 302
        assert fresh(report).status == "assigned"

    def test_tolak_usul_arsip(self, sit):
        report = make.report(status=Status.ASSIGNED)
        make.act(
            report,
            Action.PROPOSE_ARCHIVE,
            actor=make.liaison(),
            archive_reason=ArchiveReason.NOT_GOVERNMENT,
            text=SPOKEN,
        )
        asked = fresh(report).event_count
        link = f"?tindakan=refuse_proposal&amp;usul={asked}"
        assert link not in sit(make.liaison()).get(at(report)).text
        client = sit(make.agency_admin())
        page = client.get(at(report)).text
        assert link in page
        assert '<h2 id="tindakan">Arsipkan laporan</h2>' in page
        assert '<option value="not_government" selected>' in page
        assert f"{SPOKEN}</textarea>" in page
        assert 'data-key="b"' in page, "what was open before is one key away"
        assert (
            f'name="refers_to" value="{asked}"'
            in client.get(f"{at(report)}?tindakan=refuse_proposal&usul={asked}").text
        )
        assert self.press(client, report, "refuse_proposal", refers_to=asked).status_code == 302
        assert "Usul arsip menunggu" not in client.get(at(report)).text

    def test_ubah_kerahasiaan_only_narrows(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        assert self.press(client, report, "set_visibility").status_code == 422
        assert self.press(client, report, "set_visibility", is_confidential="on").status_code == 302
        assert fresh(report).is_confidential
        assert "Jadikan rahasia" not in client.get(f"{at(report)}?tindakan=set_visibility").content.decode()

    def test_a_later_text_of_the_reporter_is_shown_after_it_was_checked(self, sit):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ADD_INFORMATION, text="Telepon saya 081234567890, lubangnya makin besar.")
        client = sit(make.liaison())
        assert "tulisan pelapor belum diperiksa" in client.get(at(report)).content.decode()
        page = client.get(f"{at(report)}?tindakan=confirm_text&teks=3").content.decode()
        assert "Tampilkan ke publik" in page
        data = {"refers_to": 3}
        assert self.press(client, report, "confirm_text", **data).status_code == 422
        data |= dict.fromkeys(findings(page), "samarkan")
        assert self.press(client, report, "confirm_text", **data).status_code == 302
        shown = str(fresh(report).publication.timeline)
        assert "makin besar" in shown
        assert "0812" not in shown

    def test_what_a_reporter_told_the_office_is_written_down_with_how_and_when_it_came(self, sit):
        report = make.act(make.report(status=Status.ASSIGNED), Action.REQUEST_DATA)
        client = sit(make.liaison())
        page = client.get(f"{at(report)}?tindakan=supply_data").content.decode()
        assert 'value="2020-07-01"' in page
        refused = self.press(client, report, "supply_data", text="", channel="", received_on="2020-07-02")
        assert refused.status_code == 422
        assert "Pilih lewat mana pelapor menyampaikannya." in refused.content.decode()
        words = {"text": "Jalan Raya Labuan, depan kantor desa.", "channel": "phone"}
        refused = self.press(client, report, "supply_data", **words, received_on="2020-07-02").content.decode()
        assert "Tanggal diterima tidak boleh di masa depan." in refused
        assert words["text"] in refused
        assert self.press(client, report, "supply_data", **words, received_on="2020-07-01").status_code == 302
        page = client.get(at(report)).content.decode()
        assert "mencatat data yang disampaikan pelapor" in page
        assert "Disampaikan lewat: telepon, diterima Rabu, 1 Juli 2020" in page

    def test_buka_kembali_by_a_national_admin(self, sit):
        report = make.report(status=Status.CLOSED)
        assert self.press(sit(make.national_admin()), report, "reopen").status_code == 302
        assert fresh(report).status == "in_progress"

    @pytest.mark.parametrize("action", ["submit", "auto_close", "open_identity", "nonsense", ""])
    def test_what_is_no_deed_of_a_form_does_not_exist(self, sit, action):
        report = make.report()
        assert self.press(sit(make.agency_admin()), report, action).status_code == 404

    @pytest.mark.parametrize("status", Status)
    def test_every_form_that_is_offered_can_be_opened(self, sit, status):
        report, opened = make.report(status=status), set()
        for who in ("agency_admin", "liaison", "national_admin", "auditor"):
            client = sit(getattr(make, who)())
            page = client.get(at(report))
            if page.status_code == 404:
                continue
            for action in re.findall(r'class="offer" name="tindakan" value="([a-z_]+)"', page.content.decode()):
                if (action, who == "national_admin") in opened:
                    continue  # admin and officer open the same form, the national admin one with more to choose
                opened.add((action, who == "national_admin"))
                form = client.get(f"{at(report)}?tindakan={action}")
                assert form.status_code == 200, (who, action)
                assert f'value="{action}"' in form.content.decode(), (who, action)
        assert opened


class TestAnOfficersText:
    def test_a_finding_holds_it_until_it_is_answered(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        data = {"tindakan": "follow_up", "seen": 2, "text": "Kami hubungi pelapor di 081234567890 kemarin."}
        held = client.post(at(report), data)
        page = held.content.decode()
        assert held.status_code == 422
        assert "<mark>081234567890</mark>" in page
        assert "Kami hubungi pelapor di 081234567890 kemarin.</textarea>" in page
        (asked,) = findings(page)
        assert client.post(at(report), {**data, asked: "samarkan"}).status_code == 302
        assert "0812" not in fresh(report).publication.answers

    def test_an_answer_given_for_one_number_does_not_count_for_another(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        data = {"tindakan": "follow_up", "seen": 2, "text": "Hubungi 081234567890 untuk kabar."}
        (asked,) = findings(client.post(at(report), data).content.decode())
        other = {**data, "text": "Hubungi 081298765432 untuk kabar.", asked: "biarkan"}
        assert client.post(at(report), other).status_code == 422

    def test_whatever_is_typed_is_stored_as_text(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        text = "<b>tebal</b> '; DROP TABLE x; -- \u202e 😀 sudah \x00diperbaiki"
        client.post(at(report), {"tindakan": "follow_up", "seen": 2, "text": text})
        page = client.get(at(report)).content.decode()
        assert "&lt;b&gt;tebal&lt;/b&gt; &#x27;; DROP TABLE" in page
        assert "<b>tebal" not in page

    @pytest.mark.parametrize(("text", "words"), [("ok", "terlalu pendek"), ("x" * 6000, "terlalu panjang")])
    def test_a_text_of_the_wrong_length_is_named(self, sit, text, words):
        report = make.report(status=Status.ASSIGNED)
        answer = sit(make.liaison()).post(at(report), {"tindakan": "follow_up", "seen": 2, "text": text})
        assert answer.status_code == 422
        assert words in answer.content.decode()


class TestAReportThatMovedOn:
    def test_the_officer_is_told_what_changed_and_the_text_is_kept(self, sit):
        report = make.report(status=Status.ASSIGNED)
        seen = report.event_count
        make.act(report, Action.FOLLOW_UP)
        answer = sit(make.liaison()).post(at(report), {"tindakan": "follow_up", "seen": seen, "text": SPOKEN})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "sudah berubah sejak Anda membukanya" in page
        assert "Tindak lanjut dari" in page
        assert f"{SPOKEN}</textarea>" in page
        assert fresh(report).event_count == seen + 1

    def test_the_second_press_knows_what_the_officer_has_seen_by_then(self, sit):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.FOLLOW_UP)
        client = sit(make.liaison())
        page = client.post(at(report), {"tindakan": "follow_up", "seen": 2, "text": SPOKEN}).content.decode()
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        assert client.post(at(report), {"tindakan": "follow_up", "seen": seen, "text": SPOKEN}).status_code == 302

    def test_where_the_deed_is_not_possible_any_more_the_text_can_still_be_copied(self, sit):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ANSWER)
        answer = sit(make.liaison()).post(at(report), {"tindakan": "follow_up", "seen": 2, "text": SPOKEN})
        assert answer.status_code == 409
        assert f"readonly>{SPOKEN}</textarea>" in answer.content.decode()

    def test_a_double_click_is_no_conflict(self, sit):
        report = make.report(status=Status.ASSIGNED)
        client = sit(make.liaison())
        data = {"tindakan": "follow_up", "seen": 2, "text": SPOKEN}
        assert client.post(at(report), data).status_code == 302
        assert client.post(at(report), data).status_code == 302
        assert fresh(report).event_count == 3
