"""The pages of an assessment: what is typed is kept, what is refused says where, and each side reads its part."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tanggap.domain.assessments import Act, Side
from tanggap.models import AssessmentRound, User
from tanggap.selectors import assessment_results
from tanggap.selectors.assessments import newest
from tanggap.services import assessments
from tests import make
from tests.adapters import hostile_files
from tests.make import NOW
from tests.services.test_assessments import full, opened, row_of
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db
FORM = assessment_results.forms()["pemda@1"]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def posted(points="", **more):
    said = {f"nilai_{code}": points and str(min(int(points), one.best)) for code, one in FORM.criteria.items()}
    return {**said, **more}


def words_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def test_an_agency_fills_in_adds_a_file_and_sends(client):
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    row = row_of(opened(evaluator))
    place = f"/meja/penilaian/{row.round_id}"
    signed_in(client, admin)
    assert place in client.get("/meja/penilaian").content.decode()
    assert "Belum ada SK yang berlaku." in words_of(client.get(place))
    photo = SimpleUploadedFile("sop.jpg", hostile_files.photo(60, 40))
    said = posted("5", tindakan="simpan", seen="0", criterion="procedure", files=photo, catatan_budget="Ada di DPA.")
    assert client.post(place, said).status_code == 302
    (file,) = row.files.all()
    page = client.get(place).content.decode()
    assert "Ada di DPA." in page
    given = client.get(f"{place}/berkas/{file.key}")
    assert (given.status_code, bool(b"".join(given.streaming_content))) == (200, True)
    without = posted("5", tindakan="kirim", seen="2", nilai_training="", catatan_budget="Ada di DPA 2020.")
    refused = client.post(place, without)
    assert (refused.status_code, 'href="#id_nilai_training"' in refused.content.decode()) == (422, True)
    assert "Ada di DPA 2020." in refused.content.decode(), "what was typed is there"
    assert client.post(place, posted("5", tindakan="kirim", seen="3")).status_code == 302
    assert "menunggu dinilai" in words_of(client.get(place))
    assert client.post(place, posted("5", tindakan="simpan", seen="4")).status_code == 422


def test_a_file_without_its_criterion_is_asked_for_and_not_lost(client):
    row, admin = row_of(opened(make.evaluator())), make.agency_admin("kab-tangerang")
    place = f"/meja/penilaian/{row.round_id}"
    photo = SimpleUploadedFile("sop.jpg", hostile_files.photo(60, 40))
    refused = signed_in(client, admin).post(place, posted("5", tindakan="simpan", seen="0", files=photo))
    page = refused.content.decode()
    assert (refused.status_code, "sop" in page) == (422, True)
    kept = re.search(r'name="lampiran_tersimpan" value="([^"]+)"', page).group(1)
    seen = re.search(r'name="seen" value="(\d+)"', page).group(1)
    said = posted("5", tindakan="simpan", seen=seen, lampiran_tersimpan=kept, criterion="procedure")
    assert client.post(place, said).status_code == 302
    assert row.files.get().criterion == "procedure"


def test_a_form_that_came_in_part_takes_nothing_back(client):
    row, admin = row_of(opened(make.evaluator())), make.agency_admin("kab-tangerang")
    place = f"/meja/penilaian/{row.round_id}"
    signed_in(client, admin).post(place, posted("5", tindakan="simpan", seen="0"))
    assert client.post(place, {"tindakan": "simpan", "nilai_budget": "2", "seen": "1"}).status_code == 302
    own = newest(row.pk, Side.AGENCY)
    assert (own["budget"].points, own["training"].points) == (2, 5)


def test_an_evaluator_opens_a_round_for_one_province_and_tells_a_result(client):
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    signed_in(client, evaluator)
    assert client.post("/pengawasan/penilaian", {}).status_code == 422
    said = {
        "form": "pemda", "year": "2019", "scope": "36", "due_on": "2020-07-20",
        "first_day": "2019-01-01", "last_day": "2019-12-31",
    }  # fmt: skip
    assert client.post("/pengawasan/penilaian", said).status_code == 302
    found = AssessmentRound.objects.get()
    assert found.assessments.count() == 9  # Banten and its eight
    row = row_of(found)
    place = f"/pengawasan/penilaian/{found.pk}"
    assert "belum mengirim" in words_of(client.get(f"{place}/kab-tangerang"))
    assert client.post(f"{place}/kab-tangerang", posted("3", tindakan="nilai")).status_code == 422
    assessments.act(actor=admin, assessment_id=row.pk, act=Act.SUBMIT, answers=full(), now=NOW)
    assert client.post(f"{place}/kab-tangerang", posted("", tindakan="sampaikan", seen="1")).status_code == 422
    assert client.post(f"{place}/kab-tangerang", posted("3", tindakan="sampaikan", seen="1")).status_code == 302
    table = sheet_of(client.get(f"{place}?bentuk=csv"))
    (line,) = (line for line in table if line["Instansi"] == row.agency.name)
    said = (line["Keadaan"], line["Dikirim"], line["Nilai"], line["Predikat"])
    assert said == ("Hasil disampaikan", "2020-07-01", "71,00", "Baik")
    assert client.post(place, {"tindakan": "tutup"}).status_code == 422
    assert client.post(place, {"tindakan": "undur", "due_on": "2020-07-30"}).status_code == 302


def test_the_public_reads_results_and_who_sent_nothing_and_no_remark(client):
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    row = row_of(opened(evaluator))
    assert "Belum ada hasil" in words_of(client.get("/penilaian"))
    for actor, act, remark in ((admin, Act.SUBMIT, "Isian kami."), (evaluator, Act.SCORE, "Bukti lemah.")):
        assessments.act(actor=actor, assessment_id=row.pk, act=act, answers=full(3, remark), now=NOW)
    assessments.act(actor=evaluator, assessment_id=row.pk, act=Act.TELL, text="Pertahankan.", now=NOW)
    with time_machine.travel(NOW + timedelta(days=11), tick=False):
        words = words_of(client.get("/penilaian"))
        assert f"{make.agency('kab-lebak').name} Tidak mengirim" in words
        assert f"{row.agency.name} Baik 71,00" in words
        assert not any(secret in words for secret in ("Isian kami.", "Bukti lemah.", "Pertahankan."))
        assert len(sheet_of(client.get("/penilaian?bentuk=csv"))) == 2
        assert client.get("/penilaian?putaran=0").status_code == 404
    assert "Baik" in words_of(client.get("/instansi/kab-tangerang"))
    assert date(2020, 7, 11) == row.round.due_on


def test_heads_and_overseers_read_and_do_nothing(client):
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    row = row_of(opened(evaluator))
    assessments.act(actor=admin, assessment_id=row.pk, act=Act.SUBMIT, answers=full(), now=NOW)
    for viewer in (make.head(agency_slug="kab-tangerang"), make.regional_overseer(), make.overseer()):
        signed_in(client, viewer)
        place = f"/pengawasan/penilaian/{row.round_id}"
        assert client.get("/pengawasan/penilaian").status_code == 200
        assert client.get(place).status_code == 200
        page = client.get(f"{place}/kab-tangerang").content.decode()
        assert ("Menurut instansi:" in page, 'name="tindakan"' in page) == (True, False)
        refused = client.post(f"{place}/kab-tangerang", posted("3", tindakan="nilai", seen="1"))
        assert refused.status_code == 422
        assert client.post(place, {"tindakan": "undur", "due_on": "2020-07-30"}).status_code == 422
    assert row.acts.count() == 1
