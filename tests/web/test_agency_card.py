"""The card of an agency for the frames of other sites: figures, and no more."""

import pytest
import time_machine
from django.test import Client

from tanggap.services import indicators
from tests import facts, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted():
    """Forty reports of an office, of which a quarter was answered too late."""
    agency, unit = make.agency().pk, make.unit().pk
    facts.count(facts.row(agency, unit), 30)
    facts.count(facts.row(agency, unit, resolve_state="missed"), 10)
    with time_machine.travel(make.NOW, tick=False):
        indicators.fold(now=make.NOW)
        yield


@pytest.mark.parametrize("path", ["pemprov-banten", "pemprov-banten/dpupr"])
def test_it_may_stand_in_a_frame_and_holds_no_script_no_form_and_no_cookie(path, counted):
    answer = Client().get(f"/instansi/{path}/kartu")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    text = answer.content.decode()
    assert all(part not in text for part in ("<script", "<form", "<button", "csrf"))
    assert "75,00 <small>" in text, "the share that came in time, as the page of the agency says it"
    assert f'href="http://localhost:8000/instansi/{path}"' in text


def test_it_says_nothing_of_an_office_with_a_report_or_none():
    facts.count(facts.row(make.agency().pk))
    later = make.NOW + make.DAY  # what is drawn is kept until the sums are counted at another moment
    with time_machine.travel(later, tick=False):
        indicators.fold(now=later)
        texts = [Client().get(f"/instansi/{slug}/kartu").content.decode() for slug in ("pemprov-banten", "kab-lebak")]
    assert ["tidak mengatakan apa-apa" in text and "<dl" not in text for text in texts] == [True, True]


def test_it_says_that_nothing_was_counted_yet():
    text = Client().get("/instansi/pemprov-banten/kartu").content.decode()
    assert "Angka belum dihitung." in text
    assert "tidak mengatakan apa-apa" not in text


def test_no_other_page_may_stand_in_a_frame():
    for path in ("/", "/laporan", "/instansi/pemprov-banten"):
        answer = Client().get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_an_unknown_office_has_none():
    assert Client().get("/instansi/tidak-ada/kartu").status_code == 404
    assert Client().get("/instansi/pemprov-banten/tidak-ada/kartu").status_code == 404
