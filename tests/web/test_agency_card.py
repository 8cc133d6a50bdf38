"""The card of an agency for the frames of other sites: figures, and no more."""

import pytest
from django.test import Client

from tanggap.domain.lifecycle import Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["pemprov-banten", "pemprov-banten/dpupr"])
def test_it_may_stand_in_a_frame_and_holds_no_script_no_form_and_no_cookie(path):
    make.report(status=Status.ASSIGNED)
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
    assert "terlambat" in text
    assert f'href="http://localhost:8000/instansi/{path}"' in text


def test_no_other_page_may_stand_in_a_frame():
    for path in ("/", "/laporan", "/instansi/pemprov-banten"):
        answer = Client().get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_an_unknown_office_has_none():
    assert Client().get("/instansi/tidak-ada/kartu").status_code == 404
    assert Client().get("/instansi/pemprov-banten/tidak-ada/kartu").status_code == 404
