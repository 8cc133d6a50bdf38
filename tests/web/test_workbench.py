"""The officer's desk, through the client: who sees what, and how a report is verified."""

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
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, at(report))
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


class TestTheClocks:
    def test_every_clock_is_explained_day_by_day(self, sit):
        report = make.report(status=Status.ASSIGNED)
        page = sit(make.liaison()).get(f"{at(report)}/tenggat").content.decode()
        assert "Mengapa tanggal ini?" in page
        for words in ("Verifikasi", "Penyelesaian", "hari ke-14", "akhir pekan", "Permen"):
            assert words in page
