"""The pages of recommendations: given beside a told result, answered at the desk, asked again in the next form."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.models import Recommendation, User
from tests import make
from tests.adapters import hostile_files
from tests.make import NOW
from tests.services.test_assessments import TODAY, opened, told

pytestmark = pytest.mark.django_db
GIVEN = {"text": "Lengkapi SK.", "subject": "decree", "formula": "sla_rate", "due_on": "2020-09-01"}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def words_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def test_it_is_given_answered_with_a_file_looked_at_and_asked_again():
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    row = told(evaluator, admin)
    looks, works, overseer = signed_in(evaluator), signed_in(admin), signed_in(make.overseer())
    place = f"/pengawasan/penilaian/{row.round_id}/kab-tangerang"
    assert f"{place}/rekomendasi" in looks.get(place).content.decode()
    late = looks.post(f"{place}/rekomendasi", GIVEN | {"due_on": "2020-06-01"})
    assert (late.status_code, "Lengkapi SK." in words_of(late)) == (422, True)
    assert overseer.post(f"{place}/rekomendasi", GIVEN).status_code == 404
    assert looks.post(f"{place}/rekomendasi", GIVEN).status_code == 302
    one = Recommendation.objects.get()
    desk, watch = (f"/{side}/penilaian/rekomendasi" for side in ("meja", "pengawasan"))
    for client, start in ((works, desk), (looks, watch), (overseer, watch)):
        assert "Lengkapi SK." in words_of(client.get(start))
        assert "SLA" in words_of(client.get(f"{start}/{one.pk}")) or one.formula in words_of(
            client.get(f"{start}/{one.pk}")
        )
    photo = SimpleUploadedFile("sk.jpg", hostile_files.photo(60, 40))
    empty = works.post(f"{desk}/{one.pk}", {"tindakan": "selesai", "files": photo})
    kept = re.search(r'name="lampiran_tersimpan" value="([^"]+)"', empty.content.decode()).group(1)
    assert empty.status_code == 422
    said = {"tindakan": "selesai", "text": "SK terbit.", "lampiran_tersimpan": kept}
    assert works.post(f"{desk}/{one.pk}", said).status_code == 302
    assert works.post(f"{desk}/{one.pk}", {"tindakan": "terima", "text": "Ya."}).status_code == 422
    file = one.acts.get(kind="report").files.get()
    for client, start in ((looks, watch), (overseer, watch), (works, desk)):
        served = client.get(f"{start}/{one.pk}/berkas/{file.key}")
        assert (served.status_code, bool(b"".join(served.streaming_content))) == (200, True)
    assert looks.post(f"{watch}/{one.pk}", {"tindakan": "kembalikan", "text": "Belum."}).status_code == 302
    assert "Belum." in words_of(works.get(f"{desk}/{one.pk}"))
    public = words_of(Client().get(f"/penilaian/{row.round_id}/kab-tangerang"))
    assert ("Lengkapi SK." in public, "sla_rate@" in public, "SK terbit." in public) == (True, True, False)
    assert "Belum." not in public, "what is said between the two is not public"
    assert "1, 0" in words_of(Client().get("/penilaian"))
    assert Client().get(f"/penilaian/{row.round_id}/kab-lebak").status_code == 404
    other = signed_in(make.agency_admin("kab-lebak"))
    assert other.get(f"{desk}/{one.pk}").status_code == 404
    with time_machine.travel(NOW + timedelta(days=200), tick=False):
        again = opened(evaluator, year=2021, due_on=TODAY + timedelta(days=300), now=NOW + timedelta(days=200))
        works = signed_in(admin)
        assert "Jawab sebelum mengirim isian" in words_of(works.get(f"/meja/penilaian/{again.pk}"))
        assert "Terlambat" in words_of(works.get(desk))
        assert works.get(f"{desk}?lihat=terlambat").status_code == 200


def test_hostile_parameters_get_a_clear_answer():
    client = signed_in(make.evaluator())
    start = "/pengawasan/penilaian/rekomendasi"
    for query in (
        "lihat=x",
        "sesudah=x",
        "sesudah=2020-13-01.1",
        "sesudah=2020-01-01." + "9" * 30,
        "sesudah=2020-01-01.²",
    ):
        assert client.get(f"{start}?{query}").status_code == 404, query
    assert client.get(f"{start}?sesudah=2020-01-01.1").status_code == 200
    assert client.get(f"{start}/{10**17}").status_code == 404
    assert client.get(f"{start}/{10**30}").status_code == 404
