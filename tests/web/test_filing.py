"""Filing at /lapor: the form, what is sent and kept, that it is sent once, and how often."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import brotli
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Attachment, Category, Event, EventText, Identity, Intake, Message, RateWindow, Report
from tanggap.services import keys
from tests import make
from tests.adapters import hostile_files
from tests.rights import owning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]

BODY = "Jalan di depan pasar berlubang dalam, sudah dua motor jatuh minggu ini."
_serial = count(1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def form_key(client):
    """Return a key like that of a form, for a browser that has been given its cookie."""
    if "peramban" not in client.cookies:
        client.cookies["peramban"] = f"{next(_serial):032x}"
    return f"{next(_serial):032x}"


def filled(**values):
    """Return a complete complaint as a browser sends it; name what differs, None leaves a field out."""
    whole = {
        "classification": "complaint",
        "title": "Jalan rusak di depan pasar",
        "body": BODY,
        "province": "36",
        "regency": "36.01",
        "district": "",
        "village": "",
        "destination": str(make.agency().pk),
        "category": "",
        "event_date": "2020-06-30",
        "name": "Siti Contoh",
        "email": "siti@example.org",
        "phone": "",
        "location": "Depan Pasar Badak",
    }
    return {name: value for name, value in {**whole, **values}.items() if value is not None}


def send(client, key=None, **values):
    return client.post("/lapor", filled(formulir=key or form_key(client), **values))


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def photo(name="foto.jpg"):
    return upload(hostile_files.photo(60, 40), name)


def errors_of(response):
    form = response.context["form"]
    return {name: list(errors) for name, errors in form.errors.items()}


def receipt_of(client):
    page = client.get("/lapor/tanda-terima")
    assert page.status_code == 200
    return page.context["receipt"]


class TestTheForm:
    def test_it_shows_the_labels_that_people_look_for(self, client):
        page = client.get("/lapor").content.decode()
        for label in (
            "Klasifikasi",
            "Pengaduan",
            "Aspirasi",
            "Permintaan Informasi",
            "Judul laporan",
            "Isi laporan",
            "Tanggal kejadian",
            "Lokasi kejadian",
            "Provinsi",
            "Kabupaten/Kota",
            "Kecamatan",
            "Desa/Kelurahan",
            "Instansi tujuan",
            "Saya tidak tahu",
            "Kategori",
            "Lampiran",
            "Anonim",
            "Rahasia",
            "Nama",
            "Surel",
            "Nomor telepon",
            "Pemberitahuan privasi",
            "Kirim laporan",
        ):
            assert label in page, label

    def test_looking_at_it_writes_nothing(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(8) as queries:
            client.get("/lapor")
        assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
        assert "sessionid" not in client.cookies

    def test_the_browser_gets_a_cookie_that_scripts_cannot_read(self, client):
        cookie = client.get("/lapor").cookies["peramban"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/lapor")

    def test_the_home_province_is_chosen_and_its_regencies_are_offered(self, client):
        form = client.get("/lapor").context["form"]
        assert form["province"].value() == settings.HOME_AREA
        assert ("36.01", "Kabupaten Pandeglang") in form.fields["regency"].widget.choices

    def test_without_javascript_a_button_brings_the_next_list_and_loses_nothing(self, client):
        page = send(client, pilih="wilayah", title="Judul saya", regency="36.01")
        assert page.status_code == 200
        form = page.context["form"]
        assert form["title"].value() == "Judul saya"
        assert ("36.01.01", "Sumur") in form.fields["district"].widget.choices
        assert not form.errors
        assert not Report.objects.exists()

    def test_with_javascript_the_same_lists_come_alone(self, client):
        page = client.get("/lapor/wilayah", {"province": "32", "regency": ""}).content.decode()
        assert 'value="32.73"' in page
        assert "<html" not in page
        assert "Judul laporan" not in page

    def test_the_governments_of_the_chosen_place_are_offered(self, client):
        page = client.get("/lapor/wilayah", {"province": "32", "regency": "32.73"}).content.decode()
        assert "Pemerintah di wilayah yang Anda pilih" in page
        assert "Pemerintah Kota Bandung" in page

    def test_an_area_of_nowhere_asks_for_nothing(self, client):
        page = client.get("/lapor/wilayah", {"province": "x' OR 1=1", "regency": "36.01"})
        assert page.status_code == 200

    def test_a_first_visit_weighs_less_than_thirty_kilobytes(self, client):
        answer = client.get("/lapor", headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        page = client.get("/lapor").content.decode()
        names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
        assert {"tanggap.css", "tanggap.js", "icons.svg"} <= names
        static = sum(len(brotli.compress((settings.BASE_DIR / "tanggap/static" / name).read_bytes())) for name in names)
        assert len(answer.content) + static < 30_000
        assert not re.search(r'(?:src|srcset)="https?:', page)

    def test_english_is_complete_enough_to_be_shown(self, client):
        client.post("/bahasa", {"language": "en"})
        assert client.get("/lapor").status_code == 200

    def test_a_summary_can_be_asked_for_before_sending(self, client):
        page = send(client, periksa="1", is_confidential="on")
        assert page.status_code == 200
        assert "Periksa sebelum mengirim" in page.content.decode()
        assert {"term": "Kerahasiaan", "text": "Rahasia"} in page.context["review"]
        assert not Report.objects.exists()


class TestSending:
    def test_a_report_is_stored_and_the_receipt_says_who_does_what_by_when(self, client):
        answer = send(client, solution="Ditambal", loss="Ban pecah", urgency="child", category=make.category())
        assert (answer.status_code, answer["Location"]) == (302, "/lapor/tanda-terima")
        report = Report.objects.get()
        assert (report.title, report.area_id, report.urgency) == ("Jalan rusak di depan pasar", "36.01", "child")
        assert report.owner_agency == make.agency()
        texts = dict(EventText.objects.values_list("field", "text"))
        assert (texts["solution"], texts["loss"], texts["location"]) == ("Ditambal", "Ban pecah", "Depan Pasar Badak")
        assert Identity.objects.get().has_email
        page = client.get(answer["Location"]).content.decode()
        assert report.number in page
        assert keys.token_for(report.number) in page
        assert "paling lambat Senin, 6 Juli 2020" in page
        assert "Nomor laporan" in page
        assert "Kode pelacakan" in page

    def test_it_costs_no_session_and_few_queries(self, client, django_assert_max_num_queries):
        key = form_key(client)
        data = filled(formulir=key)
        with django_assert_max_num_queries(30) as queries:
            client.post("/lapor", data)
        touched = " ".join(query["sql"] for query in queries.captured_queries)
        assert "django_session" not in touched
        assert "tanggap_categorygroup" not in touched
        assert Report.objects.count() == 1

    def test_who_knows_no_agency_reaches_the_national_queue(self, client):
        send(client, destination="")
        assert Report.objects.get().owner_agency == make.agency("admin-nasional")

    def test_the_code_stands_in_no_address_and_no_cookie(self, client):
        answer = send(client)
        token = keys.token_for(Report.objects.get().number)
        for text in (answer["Location"], answer.cookies.output(), client.get("/lapor/tanda-terima").cookies.output()):
            assert token not in text
            assert token.replace("-", "") not in text
        cookie = answer.cookies["tanda_terima"]
        assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/lapor", 3600)

    def test_the_receipt_is_kept_by_no_cache(self, client):
        send(client)
        assert "no-store" in client.get("/lapor/tanda-terima")["Cache-Control"]

    def test_the_receipt_is_not_for_another_browser_nor_after_an_hour(self, client):
        import time_machine

        send(client)
        assert Client().get("/lapor/tanda-terima")["Location"] == "/lacak"
        with time_machine.travel(make.NOW + 2 * make.DAY, tick=False):
            assert client.get("/lapor/tanda-terima")["Location"] == "/lacak"

    def test_a_forged_receipt_cookie_opens_nothing(self, client):
        made = make.submit()
        client.cookies["tanda_terima"] = f"{made.number}.:forged:forged"
        assert client.get("/lapor/tanda-terima").status_code == 302

    def test_the_pdf_holds_the_receipt(self, client):
        import pikepdf

        send(client)
        answer = client.get("/lapor/tanda-terima.pdf")
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(answer.content)) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.docinfo["/Title"]) == "Tanda terima laporan"

    @pytest.mark.parametrize(
        "title",
        [
            "Lampu mati \N{CRYING FACE} \U0001f6a6 di jalan",
            "\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} \N{CJK UNIFIED IDEOGRAPH-6F22} judul",
            "#let x = 1; $x$ *b* <lab> @ref \\ [a] \x07\x1b\ufffe",
        ],
    )
    def test_any_title_can_be_set_on_paper(self, client, title):
        send(client, title=title)
        assert client.get("/lapor/tanda-terima.pdf").content.startswith(b"%PDF")

    def test_an_anonymous_reporter_may_tell_nothing(self, client):
        send(client, is_anonymous="on", name="", email="")
        assert Report.objects.get().is_anonymous
        assert not Identity.objects.exists()
        assert not Message.objects.filter(audience="reporter").exists()

    def test_a_confidential_report_is_marked(self, client):
        send(client, is_confidential="on")
        assert Report.objects.get().is_confidential

    def test_an_aspiration_needs_neither_date_nor_place(self, client):
        send(client, classification="aspiration", event_date="", province="", regency="")
        assert Report.objects.get().classification == "aspiration"

    def test_an_old_event_is_warned_of_and_taken(self, client):
        send(client, event_date="2020-05-01")
        assert "lebih dari 30 hari lalu" in client.get("/lapor/tanda-terima").content.decode()

    def test_an_event_of_a_lifetime_ago_is_taken(self, client):
        send(client, event_date="1945-01-01")
        assert Report.objects.get().event_date == date(1945, 1, 1)

    def test_a_date_may_be_written_the_way_people_do(self, client):
        send(client, event_date="30-06-2020")
        assert Report.objects.get().event_date == date(2020, 6, 30)


class TestSentTwice:
    def test_the_same_form_is_one_report_with_the_same_receipt(self, client):
        key = form_key(client)
        send(client, key)
        first = receipt_of(client)
        send(client, key)
        again = receipt_of(client)
        assert Report.objects.count() == Intake.objects.count() == 1
        assert (first.number, first.token) == (again.number, again.token)
        page = client.get("/lapor/tanda-terima").content.decode()
        assert "tidak ada laporan kedua" in page
        assert "kiriman pertama" not in page

    @pytest.mark.parametrize(
        "change",
        [
            {"body": f"{BODY} Tadi malam ada yang jatuh lagi."},
            {"title": "Jalan rusak di depan pasar lama"},
            {"location": "Belakang Pasar Badak"},
            {"classification": "aspiration"},
            {"event_date": "2020-06-29"},
            {"email": "siti.lain@example.org"},
            {"is_confidential": "on"},
            {"files": [photo()]},
        ],
    )
    def test_whoever_changed_the_form_before_sending_it_again_is_told_what_was_kept(self, client, change):
        key = form_key(client)
        send(client, key)
        first = receipt_of(client)
        for values in (change, {}):
            send(client, key, **values)
            page = client.get("/lapor/tanda-terima").content.decode()
            assert ("Yang tersimpan adalah kiriman pertama" in page) is bool(values)
        assert "Tambah keterangan" not in page
        assert Report.objects.count() == 1
        assert receipt_of(client).number == first.number

    def test_the_form_and_the_cookie_of_the_page_make_it_once(self, client):
        page = client.get("/lapor").content.decode()
        key = re.search(r'name="formulir" value="([0-9a-f]{32})"', page)[1]
        for _ in range(2):
            client.post("/lapor", filled(formulir=key))
        assert Report.objects.count() == 1

    def test_two_forms_are_two_reports(self, client):
        send(client)
        send(client, title="Lampu jalan padam di depan pasar")
        send(client, title="Lampu jalan padam di depan pasar", body=f"{BODY} Gelap sekali.")
        assert Report.objects.count() == 3

    def test_the_same_words_in_another_form_are_asked_about_and_sent_on_purpose(self, client):
        """As without JavaScript after "Kembali" of the browser: nothing typed is lost, and no report is filed twice."""
        send(client)
        first, key = receipt_of(client), form_key(client)
        asked = send(client, key, body=f" {BODY}\r\n", phone="081298765432", files=[photo("lubang.jpg")])
        page = asked.content.decode()
        assert (asked.status_code, Report.objects.count()) == (409, 1)
        assert "baru saja terkirim dari peramban ini" in page
        assert first.number not in page
        assert first.token not in page
        assert "081298765432" in page
        assert "lubang.webp" in page
        assert re.search(r'<button[^>]* form="lapor" name="kirim_juga"', page)
        kept = asked.context["kept"]
        assert send(client, key, phone="081298765432", lampiran_tersimpan=kept, kirim_juga="1").status_code == 302
        assert Report.objects.count() == 2
        assert receipt_of(client).number != first.number
        assert Attachment.objects.get().name == "lubang.webp"

    def test_the_same_words_from_another_browser_are_a_report_and_nobody_learns_of_the_first(self, client):
        send(client)
        stranger = Client()
        assert send(stranger).status_code == 302
        assert receipt_of(stranger).number != receipt_of(client).number
        forged = Client()
        forged.cookies["tanda_terima"] = f"{receipt_of(client).number}.:x:x"
        assert send(forged).status_code == 302
        assert Report.objects.count() == 3

    def test_the_same_words_an_hour_later_are_a_report(self, client):
        with time_machine.travel(make.NOW, tick=False) as moving:
            send(client)
            moving.move_to(make.NOW + timedelta(minutes=59))
            assert send(client).status_code == 409
            moving.move_to(make.NOW + timedelta(minutes=61))
            assert send(client).status_code == 302
        assert Report.objects.count() == 2

    def test_the_key_of_a_form_opens_no_receipt_in_another_browser(self, client):
        key = form_key(client)
        send(client, key)
        stranger = Client()
        form_key(stranger)
        send(stranger, key)
        assert Report.objects.count() == 2

    def test_without_the_cookie_nothing_is_the_same(self, client):
        key = form_key(client)
        send(client, key)
        bare = Client()
        bare.post("/lapor", filled(formulir=key))
        assert Report.objects.count() == 2

    def test_files_sent_twice_are_stored_once(self, client):
        key = form_key(client)
        send(client, key, files=[photo()])
        send(client, key, files=[photo()])
        assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=False)
class TestLimits:
    @pytest.fixture(autouse=True)
    def strict(self, settings, monkeypatch):
        monkeypatch.setitem(LIMITS, Bucket.FILE_CLIENT, replace(LIMITS[Bucket.FILE_CLIENT], times=2))
        settings.LIMIT_FACTOR = 1

    def test_who_sends_too_often_waits_and_is_told_that_nothing_is_lost(self, client):
        answers = [send(client, title=f"Jalan rusak di depan pasar {n}") for n in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert int(answers[-1]["Retry-After"]) > 0
        assert "Isian Anda tidak hilang" in answers[-1].content.decode()
        assert Report.objects.count() == 2

    def test_choosing_areas_counts_nothing(self, client):
        assert {send(client, pilih="wilayah").status_code for _ in range(4)} == {200}
        assert not RateWindow.objects.exists()


def test_a_post_without_the_token_of_the_page_is_refused_and_comes_back_filled_in():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/lapor", filled(files=photo("foto-jalan.jpg")))
    text = answer.content.decode()
    assert answer.status_code == 403
    assert not Event.objects.exists()
    for words in ("Laporan Anda belum terkirim", "Siti Contoh", BODY, "foto-jalan.webp"):
        assert words in text
    again = {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("formulir", "lampiran_tersimpan")}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    assert strict.post("/lapor", filled(**again, csrfmiddlewaretoken=token)).url == "/lapor/tanda-terima"
    assert Event.objects.get().attachments.count() == 1


def test_what_another_site_sends_in_the_readers_name_is_not_shown(monkeypatch):
    strict = Client(enforce_csrf_checks=True)
    for origin in ("https://jahat.example", "null"):
        answer = strict.post("/lapor", filled(), headers={"Origin": origin})
        assert (answer.status_code, BODY in answer.content.decode()) == (403, False)
    monkeypatch.setitem(LIMITS, Bucket.FILE_CLIENT, replace(LIMITS[Bucket.FILE_CLIENT], times=1))
    ours = [strict.post("/lapor", filled(), headers={"Origin": "http://testserver"}).status_code for _ in range(2)]
    assert ours == [403, 429]


def test_a_retired_category_is_not_taken(client):
    code = make.category()
    with owning():
        Category.objects.filter(pk=code).update(active_to=date(2020, 1, 1))
    assert "category" in errors_of(send(client, category=code))
