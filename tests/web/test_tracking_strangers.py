"""Who has no number and code, or guesses, learns nothing at /lacak."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import Attachment
from tanggap.services import keys
from tests import make
from tests.web.test_tracking import WRONG, _stored, act, enter, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


class TestStrangers:
    """Whatever is wrong, the answer is the same and costs the same."""

    def attempts(self):
        report = make.submit(is_confidential=True)
        return {
            "wrong code": (report.number, WRONG),
            "code of another": (report.number, keys.token_for(make.submit().number)),
            "no code": (report.number, "kode"),
            "unknown number": ("7KQ2-M9TD", WRONG),
            "a number with a slip": ("7KQ2-M9TE", WRONG),
            "no number": ("<script>alert(1)</script>", "'; DROP TABLE x; --"),
            "NUL and more": ("7KQ2\x00-M9TD", "kode\x00" * 3),
            "too long": ("7" * 5000, "\N{RIGHT-TO-LEFT OVERRIDE}" * 5000),
        }

    def test_get_the_same_answer(self, client):
        answers = {why: client.post("/lacak", {"number": n, "token": t}) for why, (n, t) in self.attempts().items()}
        assert {answer.status_code for answer in answers.values()} == {404}
        assert len({answer.content for answer in answers.values()}) == 1
        heads = {
            tuple((name, value) for name, value in sorted(answer.items()) if name != "X-Request-ID")
            for answer in answers.values()
        }
        assert len(heads) == 1
        assert not any(answer.cookies for answer in answers.values())
        page = answers["wrong code"].content.decode()
        assert "nonce" not in page
        assert "csrfmiddlewaretoken" not in page
        assert "7KQ2-M9TD" not in page.replace("seperti 7KQ2-M9TD", "")

    def test_cost_the_same_queries(self, client):
        shapes = set()
        for number, token in self.attempts().values():
            with CaptureQueriesContext(connection) as queries:
                client.post("/lacak", {"number": number, "token": token})
            shapes.add(tuple(re.sub(r"'[^']*'|s[0-9_x]+", "?", query["sql"]) for query in queries.captured_queries))
        (shape,) = shapes
        looks = [sql for sql in shape if "tanggap_report" in sql or sql.startswith("EXECUTE")]
        assert len(looks) == 1, "one look for the report, whatever is wrong"

    def test_open_no_page_act_or_file_of_the_report(self, client):
        report = make.submit(files=(_stored(),))
        key = Attachment.objects.get().key
        assert client.get("/lacak/laporan").status_code == 302
        assert client.get("/lacak/laporan/tenggat").status_code == 302
        assert client.get("/lacak/laporan/mencabut").status_code == 302
        unknown = client.get(f"/lacak/berkas/{'0' * 32}")
        other = make.submit()
        opened(client, other)
        for path in (f"/lacak/berkas/{key}", f"/lacak/berkas/{key}/kecil"):
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, unknown.content)
        assert report.number not in client.get("/lacak/laporan").content.decode()

    def test_what_is_no_act_is_not_found(self, client):
        report = make.submit()
        opened(client, report)
        assert act(client, "arsipkan", report).status_code == 404
        assert client.get("/lacak/laporan/keterangan").status_code == 405


class TestLimits:
    @pytest.fixture(autouse=True)
    def strict(self, settings, monkeypatch):
        monkeypatch.setitem(LIMITS, Bucket.TRACK_NUMBER, replace(LIMITS[Bucket.TRACK_NUMBER], times=2))
        monkeypatch.setitem(LIMITS, Bucket.TRACK_CLIENT, replace(LIMITS[Bucket.TRACK_CLIENT], times=5))
        settings.LIMIT_FACTOR = 1

    @pytest.mark.parametrize("is_known", [True, False])
    def test_guessing_at_one_number_is_stopped_for_every_client(self, client, is_known):
        number = make.submit().number.lower() if is_known else "nomor lain"
        guesses = [client.post("/lacak", {"number": number, "token": WRONG}) for _ in range(2)]
        assert [guess.status_code for guess in guesses] == [404, 404]
        answer = Client(REMOTE_ADDR="203.0.113.9").post("/lacak", {"number": number, "token": WRONG})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "Terlalu banyak percobaan" in answer.content.decode()

    def test_no_stranger_shuts_the_reporter_out_by_trying_wrong_codes(self, client):
        report = make.submit()
        for number in range(3):
            stranger = Client(REMOTE_ADDR=f"203.0.113.{number}")
            stranger.post("/lacak", {"number": report.number, "token": WRONG})
        assert enter(client, report).status_code == 302

    def test_right_codes_are_not_counted(self, client):
        report = make.submit()
        assert {enter(client, report).status_code for _ in range(7)} == {302}

    def test_trying_many_numbers_is_stopped_for_the_client_alone(self, client):
        for number in range(5):
            client.post("/lacak", {"number": f"nomor {number}", "token": WRONG})
        report = make.submit()
        assert enter(client, report).status_code == 429
        assert enter(Client(REMOTE_ADDR="203.0.113.9"), report).status_code == 302
