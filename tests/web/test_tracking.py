"""Tracking at /lacak: who gets in, what is shown, what may be done, and that strangers learn nothing."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import OPEN, Action, Status
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.domain.policy import choices
from tanggap.models import Attachment, Event, Identity, Message, Report
from tanggap.selectors import reports as report_selectors
from tanggap.services import confirmations, keys, reports
from tanggap.web.public.forms_tracking import seal_seen
from tanggap.web.public.tracking_acts import DEEDS
from tests import make
from tests.adapters import hostile_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]
WRONG = "0000-0000-0000-0000"


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


def enter(client, report, token=None):
    return client.post("/lacak", {"number": report.number, "token": token or keys.token_for(report.number)})


def opened(client, report):
    """Return the page of a report, shown to its reporter."""
    assert enter(client, report)["Location"] == "/lacak/laporan"
    return client.get("/lacak/laporan")


def act(client, slug, report, **values):
    report.refresh_from_db()
    return client.post(f"/lacak/laporan/{slug}", {"seen": seal_seen(report.pk, report.event_count), **values})


def said(page):
    """Return the words at the top of the page."""
    return " ".join(f"{notice.title} {notice.text} {notice.said}" for notice in page.context["notices"])


TEXT = "Lubangnya masih ada, tolong diperiksa lagi."


class TestTheDoor:
    def test_it_asks_for_number_and_code(self, client):
        page = client.get("/lacak").content.decode()
        for label in ("Nomor laporan", "Kode pelacakan", "Lihat"):
            assert label in page

    @pytest.mark.parametrize("shape", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f" {text} "])
    def test_number_and_code_open_the_report_however_they_are_written(self, client, shape):
        report = make.submit()
        answer = client.post("/lacak", {"number": shape(report.number), "token": shape(keys.token_for(report.number))})
        assert (answer.status_code, answer["Location"]) == (302, "/lacak/laporan")

    def test_the_code_stands_in_no_address_and_no_cookie(self, client):
        report = make.submit()
        answer = enter(client, report)
        page = client.get("/lacak/laporan")
        token = keys.token_for(report.number)
        assert token not in answer["Location"] + answer.cookies.output() + page.content.decode()

    def test_empty_fields_are_named(self, client):
        answer = client.post("/lacak", {"number": "", "token": ""})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"number", "token"}

    def test_what_is_seen_is_kept_by_no_cache(self, client):
        assert "no-store" in opened(client, make.submit())["Cache-Control"]

    def test_the_door_closes_after_two_hours_and_on_leaving(self, client, clock):
        report = make.submit()
        opened(client, report)
        clock.shift(2 * 60 * 60 + 1)
        assert client.get("/lacak/laporan")["Location"] == "/lacak"
        opened(client, report)
        client.post("/lacak/keluar")
        assert client.get("/lacak/laporan")["Location"] == "/lacak"
        assert act(client, "keterangan", report, text=TEXT).status_code == 403
        assert Event.objects.filter(report=report).count() == 1

    def test_what_was_typed_waits_in_the_page_when_the_two_hours_are_over_and_is_taken_with_the_code(self, client):
        report = make.submit()
        page = act(client, "keterangan", report, text=TEXT)
        assert (page.status_code, page["Cache-Control"]) == (403, "no-store")
        kept = dict(page.context["kept"])
        assert kept["text"] == TEXT
        assert 'action="/lacak/laporan/keterangan"' in page.content.decode()
        wrong = client.post("/lacak/laporan/keterangan", {**kept, "number": report.number, "token": WRONG})
        assert (wrong.status_code, dict(wrong.context["kept"])) == (404, kept)
        assert Event.objects.filter(report=report).count() == 1
        code = {"number": report.number, "token": keys.token_for(report.number)}
        answer = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert (answer.status_code, answer["Location"]) == (302, "/lacak/laporan")
        assert TEXT in client.get("/lacak/laporan").content.decode()

    def test_files_that_came_without_the_code_are_asked_for_again_and_the_words_stay(self, client):
        report = make.submit()
        lost = SimpleUploadedFile("foto.jpg", b"x", "image/jpeg")
        kept = dict(act(client, "keterangan", report, text=TEXT, files=lost).context["kept"])
        code = {"number": report.number, "token": keys.token_for(report.number)}
        page = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert page.status_code == 422
        assert TEXT in page.content.decode()
        assert "Lampiran tidak ikut tersimpan. Pilih lagi, lalu kirim." in page.content.decode()
        assert Event.objects.filter(report=report).count() == 1

    def test_the_code_of_another_report_sends_nothing_to_it(self, client):
        report, other = make.submit(), make.submit()
        kept = dict(act(client, "keterangan", report, text=TEXT).context["kept"])
        code = {"number": other.number, "token": keys.token_for(other.number)}
        page = client.post("/lacak/laporan/keterangan", {**kept, **code})
        assert page.status_code == 422
        assert Event.objects.filter(report__in=[report, other]).count() == 2

    def test_only_the_fields_of_the_form_wait_in_the_page(self, client):
        page = act(client, "keterangan", make.submit(), text='"><b>', other="lain")
        assert {name for name, _value in page.context["kept"]} == {"seen", "text"}
        assert '"><b>' not in page.content.decode()

    def test_a_post_without_the_token_of_the_page_is_refused(self):
        strict = Client(enforce_csrf_checks=True)
        assert enter(strict, make.submit()).status_code == 403


class TestStrangers:
    """Whatever is wrong, the answer is the same and costs the same."""

    def attempts(self):
        report = make.submit(is_confidential=True)
        return {
            "wrong code": (report.number, WRONG),
            "code of another": (report.number, keys.token_for(make.submit().number)),
            "no code": (report.number, "kode"),
            "unknown number": ("7KQ2-M9TD", WRONG),
            "a number with a slip": ("7KQ2-M9TE", WRONG),
            "no number": ("<script>alert(1)</script>", "'; DROP TABLE x; --"),
            "NUL and more": ("7KQ2\x00-M9TD", "kode\x00" * 3),
            "too long": ("7" * 5000, "\N{RIGHT-TO-LEFT OVERRIDE}" * 5000),
        }

    def test_get_the_same_answer(self, client):
        answers = {why: client.post("/lacak", {"number": n, "token": t}) for why, (n, t) in self.attempts().items()}
        assert {answer.status_code for answer in answers.values()} == {404}
        assert len({answer.content for answer in answers.values()}) == 1
        heads = {
            tuple((name, value) for name, value in sorted(answer.items()) if name != "X-Request-ID")
            for answer in answers.values()
        }
        assert len(heads) == 1
        assert not any(answer.cookies for answer in answers.values())
        page = answers["wrong code"].content.decode()
        assert "nonce" not in page
        assert "csrfmiddlewaretoken" not in page
        assert "7KQ2-M9TD" not in page.replace("seperti 7KQ2-M9TD", "")

    def test_cost_the_same_queries(self, client):
        shapes = set()
        for number, token in self.attempts().values():
            with CaptureQueriesContext(connection) as queries:
                client.post("/lacak", {"number": number, "token": token})
            shapes.add(tuple(re.sub(r"'[^']*'|s[0-9_x]+", "?", query["sql"]) for query in queries.captured_queries))
        (shape,) = shapes
        looks = [sql for sql in shape if "tanggap_report" in sql or sql.startswith("EXECUTE")]
        assert len(looks) == 1, "one look for the report, whatever is wrong"

    def test_open_no_page_act_or_file_of_the_report(self, client):
        report = make.submit(files=(_stored(),))
        key = Attachment.objects.get().key
        assert client.get("/lacak/laporan").status_code == 302
        assert client.get("/lacak/laporan/tenggat").status_code == 302
        assert client.get("/lacak/laporan/mencabut").status_code == 302
        unknown = client.get(f"/lacak/berkas/{'0' * 32}")
        other = make.submit()
        opened(client, other)
        for path in (f"/lacak/berkas/{key}", f"/lacak/berkas/{key}/kecil"):
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, unknown.content)
        assert report.number not in client.get("/lacak/laporan").content.decode()

    def test_what_is_no_act_is_not_found(self, client):
        report = make.submit()
        opened(client, report)
        assert act(client, "arsipkan", report).status_code == 404
        assert client.get("/lacak/laporan/keterangan").status_code == 405


class TestLimits:
    @pytest.fixture(autouse=True)
    def strict(self, settings, monkeypatch):
        monkeypatch.setitem(LIMITS, Bucket.TRACK_NUMBER, replace(LIMITS[Bucket.TRACK_NUMBER], times=2))
        monkeypatch.setitem(LIMITS, Bucket.TRACK_CLIENT, replace(LIMITS[Bucket.TRACK_CLIENT], times=5))
        settings.LIMIT_FACTOR = 1

    @pytest.mark.parametrize("is_known", [True, False])
    def test_guessing_at_one_number_is_stopped_for_every_client(self, client, is_known):
        number = make.submit().number.lower() if is_known else "nomor lain"
        guesses = [client.post("/lacak", {"number": number, "token": WRONG}) for _ in range(2)]
        assert [guess.status_code for guess in guesses] == [404, 404]
        answer = Client(REMOTE_ADDR="203.0.113.9").post("/lacak", {"number": number, "token": WRONG})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "Terlalu banyak percobaan" in answer.content.decode()

    def test_no_stranger_shuts_the_reporter_out_by_trying_wrong_codes(self, client):
        report = make.submit()
        for number in range(3):
            stranger = Client(REMOTE_ADDR=f"203.0.113.{number}")
            stranger.post("/lacak", {"number": report.number, "token": WRONG})
        assert enter(client, report).status_code == 302

    def test_right_codes_are_not_counted(self, client):
        report = make.submit()
        assert {enter(client, report).status_code for _ in range(7)} == {302}

    def test_trying_many_numbers_is_stopped_for_the_client_alone(self, client):
        for number in range(5):
            client.post("/lacak", {"number": f"nomor {number}", "token": WRONG})
        report = make.submit()
        assert enter(client, report).status_code == 429
        assert enter(Client(REMOTE_ADDR="203.0.113.9"), report).status_code == 302


class TestThePage:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (Status.UNVERIFIED, "memverifikasinya paling lambat Senin, 6 Juli 2020 (sisa 3 hari kerja)"),
            (Status.ASSIGNED, "diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang"),
            (Status.IN_PROGRESS, "Jawaban paling lambat"),
            (Status.ANSWERED, "Apakah masalahnya selesai?"),
            (Status.PENDING, "membutuhkan data dari Anda"),
            (Status.CLOSED, "membukanya kembali sampai"),
            (Status.ARCHIVED, "ajukan keberatan paling lambat"),
            (Status.WITHDRAWN, "Anda mencabut laporan ini"),
        ],
    )
    def test_it_says_first_where_the_report_stands(self, client, status, words):
        page = opened(client, make.report(status=status))
        assert words in said(page)
        assert "%(" not in page.content.decode()

    def test_bad_news_comes_first(self, client, later):
        report = make.submit()
        later(8)
        page = opened(client, report)
        assert page.context["notices"][0].title == "Verifikasi: terlambat 3 hari kerja."
        assert page.context["is_late"]

    def test_the_words_of_the_office_are_quoted(self, client):
        assert "Mohon sebutkan nama jalan" in said(opened(client, make.report(status=Status.PENDING)))
        assert "Di luar kewenangan" in said(opened(client, make.report(status=Status.ARCHIVED)))

    def test_a_return_names_the_office_and_what_it_said(self, client):
        report = make.act(make.report(status=Status.ASSIGNED), Action.RETURN)
        page = opened(client, report)
        assert "menyatakan ini bukan wewenangnya" in said(page)
        assert "Jalan ini bukan jalan kami." in said(page)
        assert "Instansi yang diusulkan: Pemerintah Kabupaten Lebak" in said(page)

    def test_the_road_to_the_ombudsman_is_shown_when_a_date_of_the_law_has_passed(self, client, later):
        report = make.report(status=Status.IN_PROGRESS)
        assert "ombudsman.go.id" not in opened(client, report).content.decode()
        later(61)
        assert "ombudsman.go.id" in opened(client, report).content.decode()

    def test_the_history_is_newest_first_without_what_offices_tell_each_other(self, client):
        report = make.report(status=Status.ANSWERED)
        page = opened(client, report)
        whats = [line["what"] for line in page.context["timeline"]]
        assert whats[0].startswith("Berikutnya")
        assert whats[-1] == "Laporan diterima"
        assert "Mohon ditindaklanjuti." not in page.content.decode()
        assert make.ANSWER.text in page.content.decode()
        assert "Hasil: Dijelaskan" in page.content.decode()

    def test_a_proposal_to_archive_is_not_shown(self, client):
        report = make.submit()
        make.act(report, Action.PROPOSE_ARCHIVE, text="Tampaknya palsu.", archive_reason=_hoax())
        page = opened(client, report).content.decode()
        assert "Tampaknya palsu" not in page
        assert "mengusulkan arsip" not in page

    def test_who_opened_the_identity_is_listed_with_office_role_and_reason(self, client):
        report = make.submit(is_anonymous=True)
        assert "Belum ada." in opened(client, report).content.decode()
        admin = make.agency_admin()
        make.agreed(report, admin)
        # That somebody asked for it, and who agreed, is talk inside: the look is what is told.
        assert "Belum ada." in client.get("/lacak/laporan").content.decode()
        reports.open_identity(actor=admin, number=report.number, reason="Menghubungi pelapor.", now=make.NOW)
        page = client.get("/lacak/laporan")
        (look,) = page.context["openings"]
        assert look["what"] == "Admin instansi di Pemerintah Provinsi Banten membuka identitas Anda"
        assert look["text"] == "Alasan: Menghubungi pelapor."
        assert look["what"] in page.content.decode()

    def test_no_officer_is_named(self, client):
        report = make.report(status=Status.ANSWERED)
        page = opened(client, report).content.decode()
        assert "Petugas1" not in page
        assert not re.search(r"petugas\d", page)

    def test_every_clock_is_explained_day_by_day(self, client):
        report = make.report(status=Status.IN_PROGRESS)
        opened(client, report)
        page = client.get("/lacak/laporan/tenggat").content.decode()
        assert "Mengapa tanggal ini?" in page
        for name in ("Verifikasi", "Penyelesaian", "Batas menurut undang-undang", "hari ke-14", "akhir pekan"):
            assert name in page

    @pytest.mark.parametrize("status", list(Status))
    def test_only_what_the_life_cycle_allows_is_offered(self, client, status):
        report = make.report(status=status)
        page = opened(client, report)
        case = report_selectors.case_of(report, now=make.NOW)
        allowed = set(choices(actor=Reporter(report.pk), case=case))
        offered = {action for slug in page.context["forms"] for action in DEEDS[slug].actions} & allowed
        offered |= {Action.EDIT} if "/lacak/laporan/mengubah" in page.content.decode() else set()
        assert offered == allowed
        for slug in page.context["forms"]:
            asked = {"cabut": "/lacak/laporan/mencabut", "hapus-identitas": "/lacak/laporan/menghapus-identitas"}
            address = asked.get(slug, f'action="/lacak/laporan/{slug}"')
            assert address in page.content.decode()

    def test_the_labels_are_there(self, client):
        page = opened(client, make.report(status=Status.ANSWERED)).content.decode()
        for label in (
            "Selesai</button>",
            "Belum selesai</button>",
            "Balas</button>",
            "Ubah kerahasiaan",
            "Cabut laporan",
        ):
            assert label in page
        page = opened(client, make.report(status=Status.CLOSED)).content.decode()
        for label in ("Penilaian", "Masalah selesai?", "Sebagian", "Buka kembali"):
            assert label in page
        assert "Ajukan keberatan" in opened(client, make.report(status=Status.ARCHIVED)).content.decode()
        assert "Tambah keterangan" in opened(client, make.submit()).content.decode()


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


def _hoax():
    from tanggap.domain.outcomes import ArchiveReason

    return ArchiveReason.HOAX_SPAM


def _stored(name="bukti.jpg"):
    """Return a picture that lies on the disk, as a door hands it to the service."""
    from tanggap.adapters.scanning import staging
    from tanggap.domain.intake import StagedFile

    made = staging.stage(
        SimpleUploadedFile(name, hostile_files.photo(80, 60)), root=settings.ATTACHMENTS_DIR, least_free=0
    )
    return StagedFile(made.key, made.sha256.hex(), made.size, made.media_type, made.kind.value, made.name)


class TestFiles:
    def test_a_reply_brings_files_that_only_the_reporter_opens(self, client):
        report = make.report(status=Status.ANSWERED)
        opened(client, report)
        photo = SimpleUploadedFile("sekarang.jpg", hostile_files.photo(80, 60))
        act(client, "balas", report, text=TEXT, files=[photo])
        file = Attachment.objects.get()
        answer = client.get(f"/lacak/berkas/{file.key}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content)[:4] == b"RIFF"
        thumbnail = client.get(f"/lacak/berkas/{file.key}/kecil")
        assert b"".join(thumbnail.streaming_content)[:4] == b"RIFF"
        assert Client().get(f"/lacak/berkas/{file.key}").status_code == 404

    def test_a_document_is_downloaded_never_shown(self, client):
        report = make.submit()
        opened(client, report)
        act(client, "keterangan", report, text=TEXT, files=[SimpleUploadedFile("surat.pdf", hostile_files.pdf())])
        answer = client.get(f"/lacak/berkas/{Attachment.objects.get().key}")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
        assert client.get(f"/lacak/berkas/{Attachment.objects.get().key}/kecil").status_code == 404

    def test_the_evidence_of_an_answer_is_shown(self, client):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ANSWER, files=(_stored(),))
        page = opened(client, report).content.decode()
        assert Attachment.objects.get().key in page

    def test_a_file_of_a_proposal_between_officers_is_not_the_reporters(self, client):
        report = make.submit()
        make.act(report, Action.PROPOSE_ARCHIVE, text="Palsu.", archive_reason=_hoax(), files=(_stored(),))
        opened(client, report)
        assert client.get(f"/lacak/berkas/{Attachment.objects.get().key}").status_code == 404

    def test_a_bad_file_is_named_and_the_good_one_kept(self, client):
        report = make.submit()
        opened(client, report)
        files = [SimpleUploadedFile("a.jpg", hostile_files.photo(80, 60)), SimpleUploadedFile("b.jpg", b"MZ" * 99)]
        answer = act(client, "keterangan", report, text=TEXT, files=files)
        assert answer.status_code == 422
        assert "b.jpg" in answer.context["tried"].errors["files"][0]
        kept = answer.context["kept"]
        assert act(client, "keterangan", report, text=TEXT, lampiran_tersimpan=kept).status_code == 302
        assert Attachment.objects.get().name == "a.webp"
        again = act(client, "keterangan", report, text=f"{TEXT} Lagi.", lampiran_tersimpan=kept)
        assert again.status_code == 302
        assert Attachment.objects.count() == 1


class TestConfirmingAnAddress:
    def link(self, report, email="siti@example.org"):
        return f"/surel/{confirmations.make(report.pk, email)}"

    def test_looking_at_the_link_does_nothing_and_the_button_confirms(self, client):
        report = make.submit()
        link = self.link(report)
        page = client.get(link)
        assert page.status_code == 200
        assert '<form method="post">' in page.content.decode()
        assert Identity.objects.get().email_confirmed_at is None
        assert "sudah dikonfirmasi" in client.post(link).content.decode()
        assert Identity.objects.get().email_confirmed_at == make.NOW
        assert client.post(link).status_code == 200

    def test_a_forged_old_or_foreign_link_confirms_nothing(self, client, later):
        report = make.submit()
        link = self.link(report)
        assert client.post(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
        assert client.post(self.link(report, "lain@example.org")).status_code == 404
        later(15)
        assert client.get(link).status_code == 404
        assert client.post(link).status_code == 404
        assert Identity.objects.get().email_confirmed_at is None

    def test_the_page_tells_neither_number_nor_address(self, client):
        report = make.submit()
        page = client.get(self.link(report)).content.decode()
        assert report.number not in page
        assert "siti@example.org" not in page


def test_open_reports_take_information_in_every_open_status(client):
    for status in sorted(OPEN):
        report = make.report(status=status)
        forms = opened(client, report).context["forms"]
        assert {"keterangan", "balas"} & set(forms), status
