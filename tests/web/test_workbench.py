"""The officer's desk, through the client: who sees what, what each button does, and what happens on a bad day."""

import re
from base64 import urlsafe_b64decode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.intake import Classification, Urgency
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tests import make

pytestmark = pytest.mark.django_db

NIK = "3603281708950001"
CHECKLIST = ["names", "contacts", "addresses", "accusations"]


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


def at(report):
    return f"/meja/{report.number}"


def verification(report, **values):
    return {
        "tindakan": "verify_and_assign",
        "seen": report.event_count,
        "title": "Jalan rusak di depan pasar",
        "category": make.category(),
        "classification": "complaint",
        "supervisory": "tidak",
        "urgency": "",
        "unit": make.unit().pk,
        "text": "Mohon ditindaklanjuti.",
        "checklist": CHECKLIST,
        **values,
    }


def findings(page):
    """Return the names of the questions on a page."""
    return sorted(set(re.findall(r'name="(temuan-[^"]+)"', page)))


def fresh(report):
    return Report.objects.get(pk=report.pk)


class TestTheDoor:
    def test_a_visitor_is_sent_to_sign_in(self, client):
        answer = client.get("/meja")
        assert (answer.status_code, answer.url) == (302, "/masuk?next=/meja")

    def test_a_person_without_an_office_finds_nothing(self, client):
        client.force_login(make.user())
        assert client.get("/meja").status_code == 404

    @pytest.mark.parametrize("path", ["", "/tenggat", "/berkas/" + "a" * 32])
    def test_a_stranger_gets_the_page_of_an_unknown_number_byte_for_byte(self, sit, path):
        report = make.report()
        client = sit(make.agency_admin("kab-tangerang"))
        theirs = client.get(at(report) + path)
        unknown = client.get("/meja/7KQ2-M9TD" + path)
        assert theirs.status_code == unknown.status_code == 404
        assert theirs.content == unknown.content
        for header in ("Content-Type", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert theirs.get(header) == unknown.get(header)

    def test_a_stranger_cannot_act_either(self, sit):
        report = make.report()
        client = sit(make.liaison("dindikbud"))
        assert client.post(at(report), verification(report)).status_code == 404
        assert client.post(f"{at(report)}/identitas", {"identitas-text": "ingin tahu"}).status_code == 404
        assert fresh(report).event_count == 1

    def test_who_is_named_in_a_report_does_not_know_of_it(self, sit):
        report = make.submit()
        make.act(report, Action.VERIFY_AND_ASSIGN, named_units=(make.unit("dindikbud").pk,))
        auditor = make.auditor()
        assert sit(make.liaison()).get(at(report)).status_code == 200
        assert sit(make.liaison("dindikbud")).get(at(report)).status_code == 404
        assert auditor.unit_id


class TestTheList:
    def test_an_admin_owes_what_is_unverified_and_what_no_unit_has(self, sit):
        new, held = make.report(), make.submit()
        make.act(held, Action.MANAGE_SELF)
        given = make.report(status=Status.ASSIGNED)
        page = sit(make.agency_admin()).get("/meja").content.decode()
        assert new.number in page
        assert held.number in page
        assert given.number not in page

    def test_a_liaison_officer_owes_what_the_unit_was_given(self, sit):
        new, given = make.report(), make.report(status=Status.ASSIGNED)
        answered = make.report(status=Status.ANSWERED)
        page = sit(make.liaison()).get("/meja").content.decode()
        assert given.number in page
        assert new.number not in page
        assert answered.number not in page

    def test_a_national_admin_begins_with_the_national_queue_and_can_look_further(self, sit):
        here, there = make.report(destination_id=None), make.report()
        client = sit(make.national_admin())
        assert here.number in client.get("/meja").content.decode()
        assert there.number not in client.get("/meja").content.decode()
        assert there.number in client.get("/meja?antrean=semua").content.decode()

    def test_an_inspectorate_sees_the_supervisory_reports_of_its_agency(self, sit):
        report = make.submit()
        make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True)
        client = sit(make.auditor())
        assert report.number not in client.get("/meja").content.decode()
        assert report.number in client.get("/meja?antrean=pengawasan").content.decode()

    def test_the_tabs_say_how_many(self, sit):
        for _ in range(3):
            make.report()
        make.report(status=Status.ASSIGNED)
        page = sit(make.agency_admin()).get("/meja").content.decode()
        counts = dict(re.findall(r"<span>([^<]+)</span></span> <span class=\"count\">(\d+)</span>", page))
        assert counts["Perlu saya kerjakan"] == "3"
        assert counts["Belum terverifikasi"] == "3"
        assert counts["Belum ditindaklanjuti"] == "1"

    @pytest.mark.parametrize(
        ("query", "is_there"),
        [
            ("?klasifikasi=complaint", True),
            ("?klasifikasi=aspiration", False),
            ("?wilayah=36.01", True),
            ("?wilayah=36.02", False),
            ("?keluarga=unverified", True),
            ("?keluarga=closed", False),
            ("?terlambat=1", False),
            ("?kategori=tidak-ada", False),
            ("?unit=123", False),
            ("?unit=9999999999999999999", True),
            ("?keluarga=nonsense", True),
            ("?sesudah=nonsense", True),
            ("?wilayah=%00", True),
        ],
    )
    def test_what_narrows_the_list_stands_in_the_address(self, sit, query, is_there):
        report = make.report()
        answer = sit(make.agency_admin()).get("/meja" + query)
        assert answer.status_code == 200
        assert (report.number in answer.content.decode()) is is_there

    def test_a_filter_can_be_taken_away_again(self, sit):
        make.report()
        page = sit(make.agency_admin()).get("/meja?klasifikasi=complaint&wilayah=36.01").content.decode()
        assert 'class="chip" href="/meja?wilayah=36.01"' in page
        assert 'class="chip" href="/meja?klasifikasi=complaint"' in page

    def test_a_long_list_goes_on(self, sit):
        made = [make.report() for _ in range(27)]
        client = sit(make.agency_admin())
        first = client.get("/meja").content.decode()
        older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        second = client.get(older).content.decode()
        shown = [report.number for report in made if report.number in first]
        rest = [report.number for report in made if report.number in second]
        assert (len(shown), len(rest)) == (25, 2)
        assert not set(shown) & set(rest)

    def test_the_address_of_the_next_page_holds_no_key_of_a_report(self, sit):
        made = [make.report() for _ in range(26)]
        page = sit(make.agency_admin()).get("/meja").content.decode()
        key = re.search(r"sesudah=([^&\"]+)", page)[1]
        assert f"_{made[24].pk}" not in key
        assert str(made[24].pk).encode() not in urlsafe_b64decode(key + "=" * (-len(key) % 4))

    def test_what_is_urgent_goes_first(self, sit):
        plain, urgent = make.report(), make.report(urgency=Urgency.LIFE)
        page = sit(make.agency_admin()).get("/meja").content.decode()
        assert page.index(urgent.number) < page.index(plain.number)

    @pytest.mark.parametrize("who", ["agency_admin", "liaison", "national_admin", "auditor"])
    def test_the_number_of_queries_does_not_grow(self, sit, who):
        destination = None if who == "national_admin" else make.agency().pk
        for _ in range(3):
            make.report(status=Status.ASSIGNED, destination_id=destination) if destination else make.report(
                destination_id=None
            )
        client = sit(getattr(make, who)())
        client.get("/meja")  # the day of the officer is noted once
        with CaptureQueriesContext(connection) as few:
            client.get("/meja")
        for _ in range(6):
            make.report(status=Status.ASSIGNED, destination_id=destination) if destination else make.report(
                destination_id=None
            )
        with CaptureQueriesContext(connection) as many:
            client.get("/meja")
        assert len(few) == len(many) <= 10, [query["sql"][:90] for query in many]

    def test_a_title_is_text(self, sit):
        make.report(title="<script>alert(1)</script> \u202egnol")
        page = sit(make.agency_admin()).get("/meja").content.decode()
        assert "<script>alert" not in page
        assert "<bdi>&lt;script&gt;" in page


class TestVerifying:
    def test_the_page_has_the_words_that_people_look_for(self, sit):
        page = sit(make.agency_admin()).get(at(make.report())).content.decode()
        words = ["Judul", "Kategori", "Klasifikasi", "Berkadar pengawasan", "Instansi", "Unit tujuan", "Catatan"]
        words += [
            "Prioritas",
            "Jadikan anonim",
            "Jadikan rahasia",
            "Pejabat/unit terlapor",
            "Pemeriksaan sebelum terbit",
        ]
        words += ["Verifikasi", "Kelola", "Bukan Wewenang", "Minta Kelengkapan", "Arsipkan", "Riwayat"]
        for word in words:
            assert word in page, word

    def test_a_complete_verification_goes_through(self, sit):
        report = make.report()
        answer = sit(make.agency_admin()).post(at(report), verification(report, urgency="life"))
        assert (answer.status_code, answer.url) == (302, at(report))
        row = fresh(report)
        assert (row.status, row.owner_unit_id, row.urgency) == ("assigned", make.unit().pk, "life")
        assert row.is_published

    def test_what_is_missing_is_said_at_once_and_nothing_typed_is_lost(self, sit):
        report = make.report(body=f"{make.BODY} Oknum petugas meminta uang.")
        data = verification(report, category="", supervisory="", unit="", checklist=CHECKLIST[:2])
        answer = sit(make.agency_admin()).post(at(report), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        for words in ("Pilih kategori.", "Tentukan apakah", "Pilih unit", "Periksa dan centang"):
            assert words in page
        assert "Mohon ditindaklanjuti." in page
        assert fresh(report).status == "unverified"

    def test_each_finding_must_be_answered_before_anything_is_public(self, sit):
        report = make.report(body=f"{make.BODY} Hubungi saya, NIK {NIK}, telepon 081234567890.")
        client = sit(make.agency_admin())
        asked = findings(client.get(at(report)).content.decode())
        assert len(asked) == 2
        refused = client.post(at(report), verification(report, **{asked[0]: "samarkan"}))
        assert refused.status_code == 422
        assert "samarkan atau biarkan" in refused.content.decode()
        answers = dict.fromkeys(asked, "samarkan")
        assert client.post(at(report), verification(report, **answers)).status_code == 302
        body = fresh(report).publication.body
        assert NIK not in body
        assert "081234567890" not in body

    def test_what_may_stay_stays(self, sit):
        report = make.report(body=f"{make.BODY} Kantor: 081234567890.")
        client = sit(make.agency_admin())
        asked = findings(client.get(at(report)).content.decode())
        client.post(at(report), verification(report, **dict.fromkeys(asked, "biarkan")))
        assert "081234567890" in fresh(report).publication.body

    def test_a_title_with_a_finding_comes_back_with_the_question(self, sit):
        report = make.report()
        client = sit(make.agency_admin())
        refused = client.post(at(report), verification(report, title="Jalan rusak, telepon 081234567890"))
        assert refused.status_code == 422
        asked = [name for name in findings(refused.content.decode()) if "title" in name]
        assert len(asked) == 1
        data = verification(report, title="Jalan rusak, telepon 081234567890", **{asked[0]: "samarkan"})
        assert client.post(at(report), data).status_code == 302
        assert "0812" not in fresh(report).publication.title

    def test_a_name_that_the_machine_does_not_know_is_masked_by_the_officer(self, sit):
        report = make.report(body=f"{make.BODY} Pelakunya Karta Wijaya, ya karta wijaya.")
        client = sit(make.agency_admin())
        page = client.post(at(report), verification(report, masked_words="Karta Wijaya\nTidak Ada"))
        assert page.status_code == 422
        assert "Tidak ada dalam laporan: Tidak Ada" in page.content.decode()
        asked = dict.fromkeys(findings(page.content.decode()), "biarkan")
        client.post(at(report), verification(report, masked_words="Karta Wijaya", **asked))
        assert "wijaya" not in fresh(report).publication.body.lower()

    def test_a_name_with_letters_that_change_their_length_is_masked_and_not_called_missing(self, sit):
        report = make.report(body=f"{make.BODY} Pelakunya İsmet Groß, ya ISMET GROSS.")
        client = sit(make.agency_admin())
        page = client.post(at(report), verification(report, masked_words="i\u0307smet groß"))
        asked = dict.fromkeys(findings(page.content.decode()), "biarkan")
        assert client.post(at(report), verification(report, masked_words="ismet gross", **asked)).status_code == 302
        assert not re.search("smet|gro", fresh(report).publication.body.lower())

    def test_words_that_hint_at_abuse_suggest_what_to_consider(self, sit):
        report = make.report(body=f"{make.BODY} Ada oknum yang minta pungli.")
        page = sit(make.agency_admin()).get(at(report)).content.decode()
        assert "oknum, pungli" in page
        assert "Jadikan rahasia" in page

    def test_managing_oneself_needs_no_unit(self, sit):
        report = make.report()
        client = sit(make.agency_admin())
        assert client.post(at(report), verification(report, tindakan="manage_self", unit="")).status_code == 302
        row = fresh(report)
        assert (row.status, row.owner_unit_id) == ("assigned", None)

    def test_a_national_admin_sends_a_report_to_an_agency(self, sit):
        report = make.report(destination_id=None)
        client = sit(make.national_admin())
        assert "Unit tujuan" not in client.get(at(report)).content.decode()
        there = make.agency("kab-tangerang").pk
        assert client.post(at(report), verification(report, unit="", agency=there)).status_code == 302
        assert fresh(report).owner_agency_id == there

    def test_an_officer_makes_a_report_more_secret_with_the_same_press(self, sit):
        report = make.report()
        data = verification(report, is_confidential="on", named_units=[make.unit("dindikbud").pk])
        assert sit(make.agency_admin()).post(at(report), data).status_code == 302
        assert fresh(report).is_confidential
        assert fresh(report).named.get().unit_id == make.unit("dindikbud").pk

    @pytest.mark.parametrize(
        "values",
        [
            {"category": "tidak-ada"},
            {"unit": "999999"},
            {"unit": "x"},
            {"unit": "99999999999999999999999"},
            {"classification": "x"},
            {"urgency": "x"},
            {"title": "x" * 200},
            {"named_units": ["999999"]},
            {"title": ""},
        ],
    )
    def test_a_value_that_cannot_be_is_named(self, sit, values):
        report = make.report()
        answer = sit(make.agency_admin()).post(at(report), verification(report, **values))
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
        assert fresh(report).event_count == 1

    def test_classifications_are_all_there(self, sit):
        report = make.report(classification=Classification.ASPIRATION)
        client = sit(make.agency_admin())
        assert (
            client.post(at(report), verification(report, classification="aspiration", supervisory="")).status_code
            == 302
        )
        assert fresh(report).classification == "aspiration"


SPOKEN = "Kami menjadwalkan perbaikannya pada pekan depan."


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


class TestTheClocks:
    def test_every_clock_is_explained_day_by_day(self, sit):
        report = make.report(status=Status.ASSIGNED)
        page = sit(make.liaison()).get(f"{at(report)}/tenggat").content.decode()
        assert "Mengapa tanggal ini?" in page
        for words in ("Verifikasi", "Penyelesaian", "hari ke-14", "akhir pekan", "Permen"):
            assert words in page
