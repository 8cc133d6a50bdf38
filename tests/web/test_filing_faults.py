"""What is wrong with what was typed at /lapor is said beside it, and strange text harms nothing."""

import re

import pytest
from django.conf import settings

from tanggap.models import EventText, Message, Report
from tanggap.services import keys
from tests import make
from tests.web.test_filing import BODY, errors_of, filled, form_key, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]


@pytest.fixture(autouse=True)
def clock():
    import time_machine

    with time_machine.travel(make.NOW, tick=False):
        yield


class TestFaults:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", "", "Tulis judul"),
            ("title", "Pendek", "paling sedikit 10 huruf"),
            ("title", "x" * 151, "paling banyak 150 huruf"),
            ("title", " \x00\n ", "Tulis judul"),
            ("body", "", "Ceritakan"),
            ("body", "Terlalu pendek", "paling sedikit 30 huruf"),
            ("body", "x" * 5001, "paling banyak 5.000 huruf"),
            ("location", "x" * 301, "paling banyak 300 huruf"),
            ("solution", "x" * 2001, "terlalu panjang"),
            ("event_date", "", "Isi tanggal kejadian"),
            ("event_date", "2020-07-03", "tidak boleh di masa depan"),
            ("event_date", "1944-12-31", "paling awal tahun 1945. Periksa tahunnya."),
            ("event_date", "0001-01-01", "paling awal tahun 1945. Periksa tahunnya."),
            ("event_date", "2020-02-31", "tanggal yang benar"),
            ("event_date", "kemarin", "tanggal yang benar"),
            ("regency", "36.99", "tidak dikenal"),
            ("regency", "banten", "tidak dikenal"),
            ("regency", "32.73", "tidak berada di wilayah"),
            ("village", "36.01.01.2001", "tidak berada di wilayah"),
            ("destination", "999999", "tidak dikenal"),
            ("destination", "1 OR 1=1", "tidak dikenal"),
            ("destination", "9" * 30, "tidak dikenal"),
            ("category", "tidak-ada", "tidak dikenal"),
            ("urgency", "segera", "tidak dikenal"),
            ("classification", "spam", "Pilih klasifikasi"),
            ("name", "", "Isi nama Anda"),
            ("name", "x" * 201, "Nama terlalu panjang"),
            ("email", "", "Isi surel atau nomor telepon"),
            ("email", "bukan-surel", "alamat surel yang lengkap"),
            ("phone", "12", "Nomor telepon ini tidak dikenal"),
            ("phone", "0" * 400, "Nomor telepon ini tidak dikenal"),
        ],
    )
    def test_each_is_named_and_nothing_is_stored(self, client, field, value, said):
        answer = send(client, **{field: value})
        assert answer.status_code == 422
        assert said in errors_of(answer)[field][0]
        page = answer.content.decode()
        assert f'href="#{answer.context["form"][field].auto_id}"' in page
        assert 'role="alert"' in page
        assert not Report.objects.exists()
        assert not Message.objects.exists()

    def test_the_form_comes_back_filled_in(self, client):
        answer = send(client, title="", body=BODY, is_anonymous="on", district="36.01.01", location="Dekat masjid")
        form = answer.context["form"]
        page = answer.content.decode()
        assert (form["body"].value(), form["location"].value()) == (BODY, "Dekat masjid")
        assert form["is_anonymous"].value()
        assert '<option value="36.01.01" selected>Sumur</option>' in page
        assert f'<option value="{make.agency().pk}" selected>' in page

    def test_all_are_named_at_once(self, client):
        answer = send(client, title="", body="", event_date="", name="", email="")
        assert set(errors_of(answer)) == {"title", "body", "event_date", "name", "email"}

    def test_the_key_of_the_form_stays_so_that_the_mended_one_is_sent_once(self, client):
        key = form_key(client)
        answer = send(client, key, title="")
        assert f'name="formulir" value="{key}"' in answer.content.decode()

    @pytest.mark.parametrize("key", ["", "x" * 32, "<script>", "A" * 32])
    def test_a_key_of_no_form_is_replaced(self, client, key):
        answer = client.post("/lapor", filled(formulir=key, title=""))
        assert re.search(r'name="formulir" value="[0-9a-f]{32}"', answer.content.decode())

    def test_five_thousand_letters_are_taken_however_lines_end(self, client):
        body = "baris\r\n" * 833 + "xx"
        assert send(client, body=body).status_code == 302
        assert len(EventText.objects.get(field="body").text) == 5000


class TestStrangeText:
    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert('halo')</script><b>tebal</b>",
            "'; DROP TABLE tanggap_report; --",
            "Lampu mati \N{CRYING FACE} di jalan \U0001f6a6 utama",
            "Judul \N{RIGHT-TO-LEFT OVERRIDE}kilab rabir\N{POP DIRECTIONAL FORMATTING} biasa",
            "{{ settings.SECRET_KEY }} {% debug %}",
            "Nama\N{ZERO WIDTH SPACE}\N{COMBINING ACUTE ACCENT}" + "\N{COMBINING ACUTE ACCENT}" * 60,
        ],
    )
    def test_is_stored_as_text_and_shown_as_text(self, client, text):
        send(client, title=text, body=text + BODY, location=text, name=text[:200])
        report = Report.objects.get()
        assert report.title == text
        client.post("/lacak", {"number": report.number, "token": keys.token_for(report.number)})
        page = client.get("/lacak/laporan").content.decode()
        assert "<script>alert" not in page
        assert "<b>tebal" not in page
        assert settings.SECRET_KEY not in page

    def test_nul_is_taken_out(self, client):
        send(client, title="Jalan\x00 rusak di pasar", body="\x00" + BODY, name="Si\x00ti")
        assert Report.objects.get().title == "Jalan rusak di pasar"
        assert EventText.objects.get(field="body").text == BODY

    def test_it_is_shown_again_as_text(self, client):
        answer = send(client, title='"><script>alert(1)</script>\x00', body="")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "&quot;&gt;&lt;script&gt;" in page
        assert "<script>alert(1)" not in page
        assert "\x00" not in page
