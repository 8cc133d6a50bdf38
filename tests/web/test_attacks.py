"""What somebody tries who wants to learn or break what is not theirs, through the client."""

import io
import logging
import os
import re
import subprocess
import sys

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import ArchiveReason
from tanggap.domain.reasons import Reason
from tanggap.models import Report, Unit, User
from tanggap.services import audit, reports
from tanggap.services.moves import MoveError
from tests import make
from tests.web.test_public import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def desk_of(actor):
    """Return the browser of an officer who is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


class TestWhatWasTakenDown:
    def test_an_appeal_does_not_publish_an_archived_report_again(self):
        report = make.report(status=Status.ASSIGNED)
        make.act(report, Action.ARCHIVE)
        make.act(report, Action.APPEAL)
        page = Client().get(f"/laporan/{report.number}").content.decode()
        assert make.BODY not in page
        assert report.title not in page
        assert report.number not in Client().get("/laporan").content.decode()
        make.act(report, Action.VERIFY_AND_ASSIGN)
        assert make.BODY in Client().get(f"/laporan/{report.number}").content.decode()

    def test_a_picture_is_asked_for_again_each_time_and_gone_once_the_report_is_secret(self):
        picture = staged()
        report = make.submit(files=(picture,))
        make.act(report, Action.VERIFY_AND_ASSIGN)
        address, tag = f"/laporan/{report.number}/berkas/{picture.key}", f'"{picture.key}"'
        shown = Client().get(address)
        assert b"".join(shown.streaming_content)
        assert "no-cache" in shown["Cache-Control"]
        assert "max-age" not in shown["Cache-Control"]
        assert Client().get(address, headers={"if-none-match": tag}).status_code == 304
        make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
        assert Client().get(address, headers={"if-none-match": tag}).status_code == 404


class TestAddressesThatSomebodyMadeUp:
    @pytest.mark.parametrize("key", ["%00", "..%2f..%2fkeys.json", "%ff", "a" * 32])
    def test_a_file_that_cannot_be_is_not_found(self, key):
        report = make.report()
        assert desk_of(make.agency_admin()).get(f"/meja/{report.number}/berkas/{key}").status_code == 404

    @pytest.mark.parametrize("family", ["", "closed"])
    @pytest.mark.parametrize(
        "key",
        [
            "0001-01-01T00:00:00+23:59_1_5",
            "9999-12-31T23:59:59-23:59_1_5",
            "2020-07-01T00:00:00+23:59_1_5",
            "2020-07-01T00:00:00+00:00:00.000001_1_5",
            "2020-07-01T00:00:00+00:00_1_9223372036854775808",
            "2020-07-01T00:00:00_1_5",
        ],
    )
    def test_a_key_of_a_list_that_cannot_be_is_as_none(self, key, family):
        make.report()
        answer = desk_of(make.agency_admin()).get("/meja", {"sesudah": key, "keluarga": family})
        assert answer.status_code == 200


class TestWhatHappensInside:
    @pytest.mark.parametrize(
        "act",
        [
            lambda report: reports.open_identity(
                actor=make.agency_admin(), number=report.number, reason="Menelepon pelapor", now=make.NOW + make.DAY
            ),
            lambda report: make.act(
                report,
                Action.PROPOSE_ARCHIVE,
                now=make.NOW + make.DAY,
                archive_reason=ArchiveReason.HOAX_SPAM,
                text="Sepertinya palsu.",
            ),
        ],
    )
    def test_no_sitemap_tells_that_an_officer_looked_or_proposed(self, act):
        report = make.report(status=Status.ASSIGNED)
        before = Client().get("/sitemap-2020-07-1.xml").content
        assert report.number in before.decode()
        act(report)
        assert Client().get("/sitemap-2020-07-1.xml").content == before
        audit.audit(now=make.NOW + make.DAY)

    def test_no_sitemap_tells_that_a_reporter_became_anonymous(self):
        report = make.report(status=Status.ASSIGNED)
        before = Client().get("/sitemap-2020-07-1.xml").content
        for turned in (True, False):
            make.act(
                report,
                Action.SET_VISIBILITY,
                actor=Reporter(report.pk),
                is_anonymous=turned,
                is_confidential=False,
                now=make.NOW + make.DAY,
            )
            assert Client().get("/sitemap-2020-07-1.xml").content == before
        audit.audit(now=make.NOW + make.DAY)

    def test_the_steps_on_the_public_page_have_no_gap_where_an_officer_looked(self):
        report = make.report(status=Status.ASSIGNED)
        reports.open_identity(
            actor=make.agency_admin(), number=report.number, reason="Menelepon pelapor", now=make.NOW + make.DAY
        )
        make.act(report, Action.FOLLOW_UP, now=make.NOW + make.DAY)
        page = Client().get(f"/laporan/{report.number}").content.decode()
        assert re.findall(r'id="langkah-(\d+)"', page) == ["3", "2", "1"]

    def test_no_unit_below_one_that_is_named_gets_the_report(self):
        below = Unit.objects.filter(agency=make.agency(), parent__isnull=False, valid_to=None).order_by("pk").first()
        report = make.report()
        with pytest.raises(reports.NotAllowedError) as refused:
            make.act(report, Action.VERIFY_AND_ASSIGN, unit_id=below.pk, named_units=(below.parent_id,))
        assert refused.value.reason == Reason.DESTINATION_IS_NAMED


class TestTheLog:
    def test_an_error_on_a_report_is_logged_without_its_number_and_without_the_row(self, monkeypatch):
        secret = make.report(title="Pungutan oleh pejabat X")

        def break_(*_args, **_values):
            # What PostgreSQL answers repeats the whole row.
            Report.objects.filter(pk=secret.pk).update(rating=77)

        log = next(handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler)
        monkeypatch.setattr(log, "stream", io.StringIO())
        monkeypatch.setattr("tanggap.selectors.dossiers.get", break_)
        client = desk_of(make.agency_admin())
        client.raise_request_exception = False
        assert client.get(f"/meja/{secret.number}").status_code == 500
        said = log.stream.getvalue()
        assert "report_rating_one_to_five" in said
        assert "meja/<str:number>" in said
        for hidden in (secret.number, "Pungutan", "Failing row"):
            assert hidden not in said


def test_nothing_is_served_with_the_secret_that_stands_in_the_source():
    env = {name: value for name, value in os.environ.items() if name not in {"TANGGAP_SECRET_KEY", "TANGGAP_DEBUG"}}
    begin = [sys.executable, "-c", "import config.wsgi"]
    refused = subprocess.run(begin, env=env, capture_output=True, text=True, check=False)
    assert "TANGGAP_SECRET_KEY must be set" in refused.stderr
    taken = subprocess.run(begin, env={**env, "TANGGAP_SECRET_KEY": "a-secret-of-ones-own" * 4}, check=False)
    assert taken.returncode == 0


def test_what_an_admin_masked_in_a_later_text_no_unit_shows_again():
    report = make.report(status=Status.ANSWERED)
    make.act(report, Action.REPORTER_REPLY, text="Hubungi saya di 081234567890 ya, terima kasih.")
    number, name = ((16, 28, "phone"),), ((0, 7, "name_after_honorific"),)
    make.act(
        report,
        Action.CONFIRM_TEXT,
        actor=make.agency_admin(),
        refers_to=4,
        masked={"text": number},
        checks_answered=True,
    )
    with pytest.raises(MoveError):
        make.act(
            report,
            Action.CONFIRM_TEXT,
            actor=make.liaison(),
            refers_to=4,
            kept={"text": number},
            masked={"text": ()},
            checks_answered=True,
        )
    assert "081234567890" not in Client().get(f"/laporan/{report.number}").content.decode()
    make.act(
        report,
        Action.CONFIRM_TEXT,
        actor=make.liaison(),
        refers_to=4,
        masked={"text": (*name, *number)},
        checks_answered=True,
    )
    assert "Hubungi" not in Client().get(f"/laporan/{report.number}").content.decode()


def test_a_reporter_who_is_silent_makes_no_office_late():
    report = make.report(status=Status.ANSWERED)
    later = make.NOW + 40 * make.DAY
    reports.open_identity(actor=make.agency_admin(), number=report.number, reason="Menelepon pelapor", now=later)
    report.refresh_from_db()
    assert report.due_clock == "auto_close"
    assert not report.is_overdue


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE tanggap_identity SET wrapped_key = '\\x01'", "the key of its identity was destroyed"),
        ("UPDATE tanggap_report SET classification = 'aspiration'", "classification"),
        ("UPDATE tanggap_deadline SET due_at = due_at + interval '9 days'", "due_at"),
    ],
)
def test_the_audit_sees_what_the_applications_own_role_can_do(change, said):
    make.report()
    with connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(audit.AuditError, match=said):
        audit.audit(now=make.NOW)
