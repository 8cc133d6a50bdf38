"""What is hidden on the desk, who opens it, and that each look is on record; files and their rights."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tanggap.domain.intake import ReportChannel
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Attachment, Event, Report, User
from tests import make

pytestmark = pytest.mark.django_db

PHONE = "081298765432"
TOLD = f"{make.BODY} Hubungi saya di {PHONE}."
SPAN = (TOLD.index(PHONE), TOLD.index(PHONE) + len(PHONE), "phone")
MARKED = {"title": (), "body": (SPAN,), "location": ()}


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


def at(report):
    return f"/meja/{report.number}"


def shut(answer):
    """Close the file of an answer, without the end of the request that closes the connection of the test."""
    for close in answer._resource_closers:
        close()


def hidden(**values):
    """Return an anonymous report whose number of the reporter was marked at verification."""
    report = make.submit(is_anonymous=True, body=TOLD, **values)
    return make.act(report, Action.VERIFY_AND_ASSIGN, masked=MARKED)


def picture(name="bukti.jpg"):
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), content_type="image/jpeg")


class TestTheWords:
    def test_a_unit_reads_a_hidden_report_without_what_was_marked(self, sit):
        page = sit(make.liaison()).get(at(hidden())).content.decode()
        assert "sudah dua motor jatuh" in page
        assert PHONE not in page
        assert "[nomor telepon disamarkan]" in page
        assert "Buka teks asli" not in page
        assert "Buka identitas" not in page

    def test_a_unit_reads_an_open_report_whole(self, sit):
        report = make.submit(body=TOLD)
        make.act(report, Action.VERIFY_AND_ASSIGN, masked=MARKED)
        assert PHONE in sit(make.liaison()).get(at(report)).content.decode()

    def test_whoever_must_check_the_text_reads_it_whole(self, sit):
        report = make.submit(is_anonymous=True, body=TOLD)
        assert PHONE in sit(make.agency_admin()).get(at(report)).content.decode()

    def test_an_unchecked_later_text_is_masked_for_the_unit_by_what_the_finder_finds(self, sit):
        report = hidden()
        make.act(report, Action.ADD_INFORMATION, text=f"Tambahan dari saya, telepon {PHONE}.")
        client = sit(make.liaison())
        for path in ("", "?tindakan=confirm_text"):
            page = client.get(at(report) + path).content.decode()
            assert "Tambahan dari saya" in page
            assert PHONE not in page

    def test_what_an_officer_wrote_down_for_the_reporter_is_masked_for_the_unit_just_so(self, sit):
        report = hidden()
        words = {"text": f"Pelapor menelepon dari {PHONE}, lubangnya makin besar.", "received_on": make.NOW.date()}
        make.act(report, Action.ADD_INFORMATION, actor=make.agency_admin(), channel=ReportChannel.PHONE, **words)
        client = sit(make.liaison())
        for path in ("", "?tindakan=confirm_text"):
            page = client.get(at(report) + path).content.decode()
            assert "Pelapor menelepon dari" in page
            assert PHONE not in page

    def test_a_unit_can_confirm_it_only_masked(self, sit):
        report = hidden()
        make.act(report, Action.ADD_INFORMATION, text=f"Tambahan dari saya, telepon {PHONE}.")
        data = {"tindakan": "confirm_text", "seen": 3, "refers_to": 3}
        assert sit(make.liaison()).post(at(report), data).status_code == 302
        shown = str(Report.objects.get(pk=report.pk).publication.timeline)
        assert "Tambahan dari saya" in shown
        assert PHONE not in shown

    def test_the_list_does_not_say_it_either(self, sit):
        report = make.submit(is_anonymous=True)
        title = f"Jalan rusak, telepon {PHONE}"
        span = (title.index(PHONE), len(title), "phone")
        make.act(report, Action.VERIFY_AND_ASSIGN, title=title, masked={"title": (span,), "body": (), "location": ()})
        page = sit(make.liaison()).get("/meja").content.decode()
        assert report.number in page
        assert PHONE not in page


class TestOpening:
    def test_the_identity_is_shown_once_to_who_gives_a_reason_and_it_is_on_record(self, sit):
        report, admin = hidden(), make.agency_admin()
        make.agreed(report, admin)
        client = sit(admin)
        assert make.PERSON.email not in client.get(at(report)).content.decode()
        answer = client.post(f"{at(report)}/identitas", {"identitas-text": "Menghubungi pelapor atas izinnya"})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert make.PERSON.name in page
        assert make.PERSON.email in page
        assert "no-store" in answer["Cache-Control"]
        event = Event.objects.filter(report=report).latest("seq")
        assert (event.kind, event.user_id) == ("open_identity", admin.user_id)
        assert make.PERSON.name not in client.get(at(report)).content.decode()

    def test_without_a_reason_nothing_is_opened(self, sit):
        report, admin = hidden(), make.agency_admin()
        make.agreed(report, admin)
        answer = sit(admin).post(f"{at(report)}/identitas", {"identitas-text": " "})
        assert answer.status_code == 422
        assert make.PERSON.name not in answer.content.decode()
        assert "Isi dahulu teksnya." in answer.content.decode()
        assert not Event.objects.filter(report=report, kind="open_identity").exists()

    def test_a_link_alone_opens_nothing(self, sit):
        client = sit(make.agency_admin())
        for code in ("identitas", "asli"):
            assert client.get(f"{at(hidden())}/{code}").status_code == 405

    @pytest.mark.parametrize("code", ["identitas", "asli"])
    def test_a_unit_is_refused(self, sit, code):
        report = hidden()
        answer = sit(make.liaison()).post(f"{at(report)}/{code}", {f"{code}-text": "Ingin tahu siapa"})
        assert answer.status_code == 422
        assert make.PERSON.name not in answer.content.decode()
        assert PHONE not in answer.content.decode()
        assert "disembunyikan dari unit" in answer.content.decode()

    def test_who_told_nothing_has_no_identity_and_the_look_is_on_record_all_the_same(self, sit):
        report = make.report(identity=type(make.PERSON)(), is_anonymous=True)
        answer = sit(make.agency_admin()).post(f"{at(report)}/identitas", {"identitas-text": "Perlu tahu"})
        assert "tidak menyebut siapa dirinya" in answer.content.decode()
        assert Event.objects.filter(report=report).count() == 2

    def test_the_words_as_they_came_are_opened_for_a_reason(self, sit):
        report, admin = hidden(), make.agency_admin()
        client = sit(admin)
        assert PHONE not in client.get(at(report)).content.decode()
        answer = client.post(f"{at(report)}/asli", {"asli-text": "Memeriksa keluhan ulang"})
        assert PHONE in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert Event.objects.filter(report=report).latest("seq").kind == "open_original"
        assert PHONE not in client.get(at(report)).content.decode()

    def test_an_inspectorate_may_look_into_a_supervisory_report(self, sit):
        report = make.submit(is_confidential=True, body=TOLD)
        make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True, masked=MARKED)
        auditor = make.auditor()
        make.agreed(report, auditor)
        client = sit(auditor)
        answer = client.post(f"{at(report)}/identitas", {"identitas-text": "Pemeriksaan khusus"})
        assert make.PERSON.name in answer.content.decode()


class TestFiles:
    def with_files(self, sit, report, *files, officer=None, **values):
        data = {
            "tindakan": "follow_up",
            "seen": report.event_count,
            "text": "Sudah kami perbaiki, lihat fotonya.",
            **values,
        }
        return sit(officer or make.liaison()).post(at(report), {**data, "files": list(files)})

    def test_evidence_is_stored_and_served_with_safe_headers(self, sit):
        report = make.report(status=Status.ASSIGNED)
        assert self.with_files(sit, report, picture(), publish_files="on").status_code == 302
        file = Attachment.objects.get(report=report)
        assert (file.kind, file.is_publishable, file.is_reporters) == ("image", True, False)
        answer = sit(make.liaison()).get(f"{at(report)}/berkas/{file.key}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Content-Disposition"].startswith("inline")
        assert b"".join(answer.streaming_content)
        shut(answer)
        small = sit(make.liaison()).get(f"{at(report)}/berkas/{file.key}?kecil")
        assert small.status_code == 200
        shut(small)

    def test_a_file_that_cannot_be_taken_is_named_and_the_good_one_is_kept(self, sit):
        report = make.report(status=Status.ASSIGNED)
        bad = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00" * 40, content_type="image/jpeg")
        officer = make.liaison()
        answer = self.with_files(sit, report, picture("baik.jpg"), bad, officer=officer)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "foto.jpg:" in page
        assert "baik.webp" in page
        assert not Attachment.objects.filter(report=report).exists()
        kept = page.split('name="lampiran_tersimpan" value="')[1].split('"')[0]
        assert self.with_files(sit, report, officer=officer, lampiran_tersimpan=kept).status_code == 302
        assert Attachment.objects.get(report=report).name == "baik.webp"

    def test_more_than_five_files_are_refused(self, sit):
        report = make.report(status=Status.ASSIGNED)
        answer = self.with_files(sit, report, *[picture(f"{n}.jpg") for n in range(6)])
        assert answer.status_code == 422
        assert "Paling banyak 5 berkas" in answer.content.decode()

    def test_a_forged_list_of_kept_files_is_nothing(self, sit):
        report = make.report(status=Status.ASSIGNED)
        answer = self.with_files(sit, report, lampiran_tersimpan="forged:value")
        assert answer.status_code == 422
        assert "kedaluwarsa" in answer.content.decode()

    def test_what_was_fixed_needs_evidence(self, sit):
        report = make.report(status=Status.ASSIGNED)
        data = {"tindakan": "answer", "outcome": "fixed"}
        refused = self.with_files(sit, report, **data)
        assert refused.status_code == 422
        assert "Lampirkan bukti" in refused.content.decode()
        assert self.with_files(sit, report, picture(), **data).status_code == 302

    def test_an_unknown_key_and_another_reports_key_are_the_same(self, sit):
        mine, other = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
        self.with_files(sit, other, picture())
        key = Attachment.objects.get(report=other).key
        client = sit(make.liaison())
        theirs, unknown = client.get(f"{at(mine)}/berkas/{key}"), client.get(f"{at(mine)}/berkas/{'0' * 32}")
        assert theirs.status_code == unknown.status_code == 404
        assert theirs.content == unknown.content

    def test_a_document_of_a_hidden_reporter_opens_only_after_a_reason(self, sit, clock):
        file = self.document()
        report = hidden(files=(file,))
        path = f"{at(report)}/berkas/{file.key}"
        unit = sit(make.liaison())
        assert unit.get(path).status_code == 404
        assert "Tertutup" in unit.get(at(report)).content.decode()
        client = sit(make.agency_admin())
        assert client.get(path).status_code == 404
        client.post(f"{at(report)}/asli", {"asli-text": "Memeriksa surat"})
        opened = client.get(path)
        assert opened.status_code == 200
        assert opened["Content-Disposition"].startswith("attachment")
        shut(opened)
        clock.shift(601)
        assert client.get(path).status_code == 404

    def document(self):
        """Return a staged PDF, as the public door stages it."""
        import pikepdf
        from django.conf import settings

        from tanggap.adapters.scanning import staging
        from tanggap.domain.intake import StagedFile

        made = io.BytesIO()
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.save(made)
        upload = SimpleUploadedFile("surat.pdf", made.getvalue())
        staged = staging.stage(upload, root=settings.ATTACHMENTS_DIR, least_free=0)
        return StagedFile(
            staged.key, staged.sha256.hex(), staged.size, staged.media_type, staged.kind.value, staged.name
        )
