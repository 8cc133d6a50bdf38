"""The pages of recaps: what is published says its figures to everybody, what is not exists for few."""

import hashlib
import json
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.recaps import Stretch
from tanggap.models import Recap, Unit, User
from tanggap.services import indicators, recaps
from tests import facts, make
from tests.rights import owning

pytestmark = pytest.mark.django_db
HOSTILE = '<b onclick="x">{{ d }}</b> & =1+1'
NOW = make.NOW + 40 * make.DAY
PLACE = "/rekap/pemprov-banten/2020-07"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made() -> Recap:
    agency, unit = make.agency().pk, make.unit()
    with owning():
        Unit.objects.filter(pk=unit.pk).update(name=HOSTILE)
    facts.count(facts.row(agency, unit.pk), 7)
    indicators.fold(now=NOW)
    admin = make.agency_admin()
    asked = recaps.ask(
        actor=admin,
        agency_id=agency,
        stretch=Stretch.named("2020-07"),
        signed={"title": HOSTILE},
        now=NOW,
        is_queued=False,
    )
    found = recaps.make(asked.pk, render=lambda kind, *_: kind.encode(), now=NOW)
    assert found is not None
    found.asked_by = User.objects.get(pk=admin.user_id)
    return found


def test_a_draft_is_nowhere_until_its_admin_publishes_it_and_then_everybody_reads_it(client, made):
    place = f"/meja/rekap/{made.key}"
    assert client.get(PLACE).status_code == 404
    assert "Juli 2020" not in client.get("/rekap").content.decode()
    client.force_login(made.asked_by)
    page = client.get(place).content.decode()
    assert f"{place}/pdf" in page
    assert client.get(f"{place}/pdf").content == b"pdf"
    assert client.get(f"{place}/exe").status_code == 404
    assert client.post(place).status_code == 302
    client.logout()
    assert "Juli 2020" in client.get("/rekap?instansi=pemprov-banten&setelah=x").content.decode()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(PLACE).content.decode()
    assert len(asked) <= 4
    assert "menerima 7 laporan" in page
    assert "&lt;b onclick=&quot;x&quot;&gt;{{ d }}&lt;/b&gt; &amp; =1+1" in page
    assert HOSTILE not in page
    english = client.get(PLACE, headers={"Accept-Language": "en"}, HTTP_COOKIE="bahasa=en").content.decode()
    assert "received 7 reports" in english


def test_the_mark_on_the_page_is_the_hash_of_the_file_and_opens_that_version(client, made):
    recaps.publish(actor=make.national_admin(), recap_id=made.pk, now=NOW)
    kept = client.get(f"{PLACE}.json")
    assert hashlib.sha256(kept.content).hexdigest() == made.checksum
    assert json.loads(kept.content)["whole"]["volume"]["n"] == 7
    assert client.get(f"{PLACE}.json", headers={"If-None-Match": kept["ETag"]}).status_code == 304
    assert client.get(f"{PLACE}.pdf?tanda={made.checksum}").content == b"pdf"
    assert client.get(f"{PLACE}?tanda={made.checksum}").status_code == 200
    for wrong in ("0" * 64, "x" * 9000, "%00"):
        assert client.get(f"{PLACE}?tanda={wrong}").status_code == 404


def test_a_form_says_what_is_missing_and_who_asks_comes_to_the_page_of_the_job(client):
    client.force_login(User.objects.get(pk=make.regional_overseer().user_id))
    assert client.get("/pengawasan/rekap").status_code == 200
    refused = client.post("/pengawasan/rekap", {"periode": "1999"})
    assert refused.status_code == 422
    assert "Pilih instansi." in refused.content.decode()
    answer = client.post("/pengawasan/rekap", {"instansi": "kab-lebak", "periode": "2020-06"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Menunggu giliran" in page
    assert "Terbitkan" not in page
