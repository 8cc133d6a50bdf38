"""Canned texts at the desk: who writes them, what they may name, and how they come into an answer."""

import re
from datetime import timedelta

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.templates import KIND_OF, Kind, Variable, fill, unknown
from tanggap.models import Report, Template, User
from tanggap.selectors import templates as template_selectors
from tanggap.services import templates
from tanggap.web.workbench.deeds import DEEDS
from tanggap.web.workbench.forms_template import FLAW, KIND, VARIABLE
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Laporan {{nomor}} tentang {{ judul }} ditangani {{unit}}, {{instansi}}. Salam untuk {{pelapor}}."


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


def write(actor, text=TEXT, kind=Kind.ANSWER, name="Jalan rusak", **values):
    content = templates.Content(kind, name, text, make.NOW.date(), **values)
    return templates.save(actor=actor, content=content, now=make.NOW)


def typed(**values):
    return {"kind": "answer", "name": "Jalan rusak", "text": TEXT, "valid_from": "2020-07-01", **values}


def key_in(page, name="Jalan rusak"):
    return re.search(rf'<option value="([^"]+)">{name}</option>', page).group(1)


def test_every_code_has_its_words_and_every_form_of_a_kind_has_a_text():
    assert (set(KIND), set(VARIABLE), set(FLAW)) == (set(Kind), set(Variable), set(templates.Flaw))
    assert all("text" in DEEDS[action].form.base_fields for action in KIND_OF if action in DEEDS)


@pytest.mark.parametrize(
    ("text", "name"),
    [("{{nomor}} {{ judul }}", None), ("{{nama}}", "nama"), ("{{}}", ""), ("{{ NIK }}", "NIK"), ("{nomor}", None)],
)
def test_a_name_that_is_no_variable_is_found(text, name):
    assert unknown(text) == name


def test_every_variable_is_filled_once_and_what_is_filled_in_is_not_read_again():
    values = dict.fromkeys(Variable, "{{nomor}}") | {Variable.NUMBER: "7KQ2-M9TD"}
    assert fill("{{nomor}}: {{judul}}", values) == "7KQ2-M9TD: {{nomor}}"


class TestTheEditor:
    def test_an_admin_writes_the_agencys_and_a_liaison_officer_the_units(self, sit):
        admin, liaison, other = make.agency_admin(), make.liaison(), make.liaison("dindikbud")
        assert sit(admin).post("/meja/templat/baru", typed()).status_code == 302
        assert sit(liaison).post("/meja/templat/baru", typed(name="Milik unit")).status_code == 302
        own, units = Template.objects.get(unit=None), Template.objects.get(unit_id=liaison.unit_id)
        page = sit(other).get("/meja/templat").content.decode()
        assert own.name in page
        assert units.name not in page, "another unit's"
        assert "Jalan rusak" not in sit(make.agency_admin("kab-lebak")).get("/meja/templat").content.decode()
        assert re.search(
            r'href="/meja/templat/[\w-]{20,}">Milik unit', sit(liaison).get("/meja/templat").content.decode()
        )

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, sit):
        client = sit(make.agency_admin())
        answer = client.post("/meja/templat/baru", typed(text="Yth. {{nama}}, terima kasih."))
        assert answer.status_code == 422
        assert "Variabel ini tidak dikenal: {{nama}}." in answer.content.decode()
        assert "Yth. {{nama}}, terima kasih." in answer.content.decode()
        for wrong in ({"valid_to": "2020-06-01"}, {"name": ""}, {"kind": "lain"}, {"name": "x" * 101}):
            assert client.post("/meja/templat/baru", typed(**wrong)).status_code == 422
        client.post("/meja/templat/baru", typed())
        assert client.post("/meja/templat/baru", typed()).status_code == 422, "the name is taken"
        assert Template.objects.count() == 1

    def test_each_field_that_is_missing_is_named_at_once(self, sit):
        empty = dict.fromkeys(typed(), "")
        for sent, fields in (
            (empty, typed()),
            ({**empty, "kind": "answer", "valid_from": "2020-07-01"}, ("name", "text")),
        ):
            answer = sit(make.agency_admin()).post("/meja/templat/baru", sent)
            page = answer.content.decode()
            assert answer.status_code == 422
            assert sorted(re.findall(r'id="(\w+)_error"', page)) == sorted(fields)
            assert page.count("Isian ini wajib diisi.") >= len(fields)

    def test_another_offices_template_is_not_changed(self, sit):
        row = write(make.agency_admin())
        address = re.search(r"/meja/templat/[\w-]{20,}", sit(make.agency_admin()).get("/meja/templat").content.decode())
        for actor in (make.liaison(), make.agency_admin("kab-lebak")):
            assert sit(actor).get(address.group()).status_code == 404
            assert sit(actor).post(address.group(), typed(text="Lain.")).status_code == 404
        answer = sit(make.agency_admin()).post(address.group(), typed(text="Baru.", valid_to="2020-07-02"))
        assert answer.status_code == 302
        row.refresh_from_db()
        assert (row.text, row.valid_to.isoformat()) == ("Baru.", "2020-07-02")

    def test_words_and_kind_narrow_the_list(self, sit):
        admin = make.agency_admin()
        write(admin)
        write(admin, name="Minta foto", text="Kirim foto.", kind=Kind.DATA_REQUEST)
        client = sit(admin)
        assert "Jalan rusak" not in client.get("/meja/templat?cari=foto").content.decode()
        assert "Minta foto" in client.get("/meja/templat?cari=kirim+foto").content.decode()
        assert "Minta foto" not in client.get("/meja/templat?untuk=answer").content.decode()


class TestUsingOne:
    def test_a_button_puts_it_behind_what_was_typed(self, sit):
        liaison = make.liaison()
        write(liaison)
        report = make.report(status=Status.ASSIGNED)
        client = sit(liaison)
        page = client.get(f"/meja/{report.number}?tindakan=answer").content.decode()
        seen = Report.objects.get(pk=report.pk).event_count
        sent = {"seen": seen, "text": "Selamat pagi.", "templat": key_in(page), "publish_files": "on"}
        assert client.post(f"/meja/{report.number}/templat/answer", sent).status_code == 302
        page = client.get(f"/meja/{report.number}?tindakan=answer").content.decode()
        said = f"Laporan {report.number} tentang {report.title} ditangani Dinas Pekerjaan Umum"
        assert re.search(rf"Selamat pagi.\s+{said}", page)
        assert "Salam untuk Bapak/Ibu pelapor." in page

    def test_a_script_gets_the_words_and_a_hidden_reporter_is_not_addressed_as_one_who_is_known(self, sit):
        liaison = make.liaison()
        write(liaison)
        report = make.submit(is_anonymous=True)
        make.act(report, Action.VERIFY_AND_ASSIGN)
        client = sit(liaison)
        key = key_in(client.get(f"/meja/{report.number}?tindakan=answer").content.decode())
        words = client.get(f"/meja/{report.number}/templat/answer?templat={key}").content.decode()
        assert "Salam untuk Pelapor." in words
        assert make.PERSON.name not in words

    def test_only_what_is_in_force_and_of_its_kind_is_offered(self, sit, clock):
        admin, report = make.agency_admin(), make.report()
        write(admin, kind=Kind.NOTE, valid_to=make.NOW.date())
        write(admin, kind=Kind.ARCHIVE, name="Arsip")
        client = sit(admin)
        page = client.get(f"/meja/{report.number}?tindakan=verify_and_assign").content.decode()
        key = key_in(page)
        assert ">Arsip</option>" not in page
        assert client.get(f"/meja/{report.number}/templat/archive?templat={key}").status_code == 404
        clock.shift(timedelta(days=1))
        assert ">Jalan rusak</option>" not in client.get(f"/meja/{report.number}").content.decode()

    def test_an_answer_that_was_sent_before_is_counted_while_it_is_written(self, sit):
        said = "Perbaikan ruas ini masuk jadwal pemeliharaan rutin triwulan ketiga."
        make.act(make.report(status=Status.ASSIGNED), Action.ANSWER, text=said)
        report, client = make.report(status=Status.ASSIGNED), sit(make.liaison())
        draft = {"seen": 2, "text": said, "publish_files": "on", "draf": "otomatis"}
        answer = client.post(f"/meja/{report.number}/draf/answer", draft, headers={"X-Requested-With": "fetch"})
        times = "Jawaban yang sama sudah dikirim 1 kali dalam 30 hari terakhir."
        assert times in answer.content.decode()
        assert times in client.get(f"/meja/{report.number}?tindakan=answer").content.decode()


def test_a_search_is_no_more_than_eight_words_however_many_are_sent():
    admin = make.agency_admin()
    write(admin)
    found = [template_selectors.list_(viewer=admin, words=f"{'jalan ' * n}bulan").rows for n in (7, 8)]
    assert [len(rows) for rows in found] == [0, 1]
    assert len(template_selectors.list_(viewer=admin, words=f"jalan{' ' * 200}bulan").rows) == 1
