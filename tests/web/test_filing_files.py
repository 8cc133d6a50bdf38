"""Files that come with a report at /lapor: which are taken, what is kept of them, and what is refused."""

import pytest
from django.conf import settings
from django.test import Client

from tanggap.adapters.scanning import staging
from tanggap.models import Attachment, Report
from tests import make
from tests.adapters import hostile_files
from tests.web.test_filing import errors_of, form_key, photo, send, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]


@pytest.fixture(autouse=True)
def clock():
    import time_machine

    with time_machine.travel(make.NOW, tick=False):
        yield


class TestFiles:
    def test_a_picture_and_a_document_come_with_the_report(self, client):
        send(client, files=[photo(), upload(hostile_files.pdf(), "surat.pdf")], publik_baru="0")
        kept = {file.kind: file for file in Attachment.objects.all()}
        assert kept["image"].is_publishable
        assert not kept["document"].is_publishable
        with staging.open_for_reading(settings.ATTACHMENTS_DIR, kept["image"].key) as file:
            assert len(file.read()) == kept["image"].size

    @pytest.mark.parametrize(
        ("ticks", "expected"),
        [
            ({}, [False, False]),
            ({"publik_baru": ["1"]}, [False, True]),
            ({"publik_semua": "1"}, [True, True]),
            ({"publik_baru": ["7", "x"]}, [False, False]),
        ],
    )
    def test_only_a_ticked_picture_may_become_public(self, client, ticks, expected):
        send(client, files=[photo("a.jpg"), photo("b.jpg")], **ticks)
        assert [file.is_publishable for file in Attachment.objects.order_by("pk")] == expected

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"MZ\x90\x00" + b"\0" * 400, "foto.jpg", "Jenis berkas ini tidak diterima"),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
                "gambar.svg",
                "Jenis berkas ini tidak diterima",
            ),
            (hostile_files.photo(60, 40)[:300], "rusak.jpg", "rusak"),
            (hostile_files.png_header_of(25_000, 20_000), "besar.png", "terlalu besar untuk dibuka"),
            (
                hostile_files.raw_pdf(hostile_files.deflated_zeros(120_000_000), b"/FlateDecode"),
                "bom.pdf",
                "membengkak",
            ),
            (b"", "kosong.jpg", "kosong"),
            (b"%PDF-1.7\n" + b"x" * (30 * 1024 * 1024), "besar.pdf", "terlalu besar"),
        ],
    )
    def test_a_bad_one_is_named_and_nothing_is_stored(self, client, content, name, said):
        answer = send(client, files=[upload(content, name)])
        assert answer.status_code == 422
        assert name in errors_of(answer)["files"][0]
        assert said in errors_of(answer)["files"][0]
        assert not Report.objects.exists()
        assert not list(settings.ATTACHMENTS_DIR.glob("staging/*"))

    def test_six_are_too_many(self, client):
        answer = send(client, files=[photo(f"{n}.jpg") for n in range(6)])
        assert errors_of(answer)["files"] == ["Paling banyak 5 berkas; Anda memilih 6."]

    def test_no_room_is_said_before_a_receipt_is_given(self, client, settings):
        settings.ATTACHMENTS_LEAST_FREE_BYTES = 1 << 60
        answer = send(client, files=[photo()])
        assert "Ruang penyimpanan penuh" in errors_of(answer)["files"][0]
        assert not Report.objects.exists()

    def test_a_good_one_survives_the_mistakes_beside_it(self, client):
        key = form_key(client)
        answer = send(client, key, title="", files=[photo("bukti.jpg")])
        kept = answer.context["kept"]
        assert "bukti.webp" in answer.content.decode()
        assert kept in answer.content.decode()
        (staged,) = answer.context["basket"].files
        answer = send(client, key, lampiran_tersimpan=kept, publik=staged.key)
        assert answer.status_code == 302
        file = Attachment.objects.get()
        assert (file.name, file.is_publishable) == ("bukti.webp", True)

    def test_it_survives_the_choice_of_an_area(self, client):
        answer = send(client, pilih="wilayah", files=[photo("bukti.jpg")])
        assert answer.status_code == 200
        assert len(answer.context["basket"].files) == 1

    def test_a_staged_one_can_be_removed_and_counts_for_the_most(self, client):
        key = form_key(client)
        answer = send(client, key, title="", files=[photo("a.jpg"), photo("b.jpg")])
        first, second = answer.context["basket"].files
        kept = answer.context["kept"]
        many = [photo(f"{n}.jpg") for n in range(4)]
        refused = send(client, key, lampiran_tersimpan=kept, files=many)
        assert "Anda memilih 6" in errors_of(refused)["files"][0]
        send(client, key, lampiran_tersimpan=kept, hapus_lampiran=first.key)
        assert Attachment.objects.get().key == second.key

    def test_the_list_of_staged_files_is_good_in_one_browser_and_one_form_only(self, client):
        key = form_key(client)
        kept = send(client, key, title="", files=[photo()]).context["kept"]
        assert "kedaluwarsa" in errors_of(send(client, lampiran_tersimpan=kept))["files"][0]
        assert "kedaluwarsa" in errors_of(send(Client(), key, lampiran_tersimpan=kept))["files"][0]
        assert "kedaluwarsa" in errors_of(send(client, key, lampiran_tersimpan=kept[:-2] + "xx"))["files"][0]
        assert not Attachment.objects.exists()

    def test_a_staged_file_that_was_swept_is_asked_for_again(self, client):
        key = form_key(client)
        answer = send(client, key, title="", files=[photo()])
        staging.discard(settings.ATTACHMENTS_DIR, answer.context["basket"].files[0].key)
        again = send(client, key, lampiran_tersimpan=answer.context["kept"])
        assert "kedaluwarsa" in errors_of(again)["files"][0]

    def test_removing_after_sending_takes_no_evidence_away(self, client):
        key = form_key(client)
        answer = send(client, key, title="", files=[photo()])
        kept, (staged,) = answer.context["kept"], answer.context["basket"].files
        send(client, key, lampiran_tersimpan=kept)
        send(client, key, lampiran_tersimpan=kept, hapus_lampiran=staged.key)
        staging.open_for_reading(settings.ATTACHMENTS_DIR, staged.key).close()
        assert Attachment.objects.count() == 1
