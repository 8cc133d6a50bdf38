"""Nothing that is hidden shows through any page of the public site."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action
from tanggap.services import reports
from tests import make
from tests.web.test_public import LISTS, page, published, staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


def secret_from_the_start():
    report = make.submit(is_confidential=True)
    return make.act(report, Action.VERIFY_AND_ASSIGN, title="Zirkonium rahasia")


def _public():
    return make.act(make.submit(files=(staged(),)), Action.VERIFY_AND_ASSIGN, title="Zirkonium rahasia")


def secret_by_the_reporter():
    report = _public()
    return reports.set_own_visibility(
        actor=Reporter(report.pk), number=report.number, is_anonymous=False, is_confidential=True, now=make.NOW
    )


def secret_by_an_officer():
    return make.act(_public(), Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)


def not_yet_verified():
    return make.submit(title="Zirkonium rahasia")


HIDDEN = [secret_from_the_start, secret_by_the_reporter, secret_by_an_officer, not_yet_verified]


@pytest.mark.parametrize("hide", HIDDEN)
class TestHidden:
    def test_it_changes_nothing_on_any_page(self, hide):
        """The pages are byte for byte what they are without it, and no search finds it."""
        published()
        before = {path: Client().get(path).content for path in LISTS}
        report = hide()
        for path, content in before.items():
            assert Client().get(path).content == content, path
        for query in (report.number, "zirkonium", "Zirkonium rahasia", "laporan zirkonium"):
            text = page(f"/laporan?q={query}")
            assert "Tidak ada laporan yang cocok." in text
            assert f"/laporan/{report.number}" not in text

    def test_its_address_is_answered_as_that_of_no_report(self, hide):
        report = hide()
        unknown = "7KQ2-M9TD" if report.number != "7KQ2-M9TD" else "0000-0000"
        for suffix in ("", "/tenggat", "/berkas/0123456789abcdef0123456789abcdef", "/berkas/x/kecil"):
            first, second = (Client().get(f"/laporan/{number}{suffix}") for number in (report.number, unknown))
            assert first.status_code == second.status_code == 404
            assert first.content == second.content
            assert _headers(first) == _headers(second)
            assert report.number not in first.content.decode()

    def test_the_same_queries_are_made(self, hide):
        report = hide()
        asked = []
        for number in (report.number, "7KQ2-M9TD", "not-a-number"):
            with CaptureQueriesContext(connection) as queries:
                Client().get(f"/laporan/{number}")
            asked.append([re.sub(r"'[^']*'", "''", query["sql"]) for query in queries])
        assert asked[0] == asked[1] == asked[2]
        assert len(asked[0]) == 1


def _headers(answer):
    return {name: value for name, value in answer.headers.items() if name not in {"Date", "X-Request-ID"}}
