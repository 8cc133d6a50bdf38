"""What a reporter brings to the office and an officer writes down: the day it came counts, and the reporter is told."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from tanggap.domain.intake import Fault, ReportChannel, StagedFile
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Event, Identity, Message, Report
from tanggap.selectors import own_reports
from tanggap.selectors.dossiers import get as dossier
from tanggap.services import audit, closing, reminders, reports, submissions
from tanggap.services.moves import MoveError
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning

pytestmark = pytest.mark.django_db

WORDS = "Pelapor menyebut Jalan Raya Labuan di depan kantor desa."
# Asked on Wednesday 1 July: thirty days end on Friday 31 July.
LAPSED = datetime(2020, 7, 31, 17, 0, tzinfo=UTC)


def write_down(report, *, actor=None, action=Action.SUPPLY_DATA, now=NOW, **values):
    said = {"text": WORDS, "channel": ReportChannel.PHONE, "received_on": date(2020, 7, 1), **values}
    return make.act(report, action, actor=actor or make.liaison(), now=now, **said)


def asked(**values):
    """Return a report of DPUPR from whose reporter data was asked on 1 July."""
    report = make.report(status=Status.ASSIGNED, **values)
    return make.act(report, Action.REQUEST_DATA, actor=make.liaison())


def lapsed():
    """Return a report that was closed because no data came."""
    report = asked()
    for day in range(32):
        reminders.remind(now=NOW + day * DAY)
    assert closing.expire_data_requests(now=LAPSED) == 1
    return report


def clock(report, name):
    return Deadline.objects.filter(report=report, clock=name).order_by("run").last()


class TestOnBehalf:
    def test_the_event_is_the_officers_and_says_how_and_when_it_came(self):
        officer = make.liaison()
        report = write_down(asked(), actor=officer, now=NOW + 2 * DAY, received_on=date(2020, 7, 2))
        event = Event.objects.get(report=report, kind="supply_data")
        assert report.status == Status.ASSIGNED
        assert (event.role, event.user_id) == ("liaison_officer", officer.user_id)
        assert event.data["on_behalf"] == {"channel": "phone", "received_on": "2020-07-02"}
        audit.audit(now=NOW + 2 * DAY)

    def test_the_reporter_is_told_and_reads_every_word_of_it(self):
        report = asked()
        Identity.objects.filter(report=report).update(email_confirmed_at=NOW)
        write_down(report)
        assert Message.objects.get(report=report, notice="written_for_you").audience == "reporter"
        own = own_reports.get(viewer=make.usual_actor(report, Action.SUPPLY_DATA), now=NOW)
        assert own.entries[-1].text == WORDS

    def test_the_public_reads_it_only_once_it_was_checked_and_never_as_the_reporters_own_hand(self):
        report = write_down(asked())
        told = report.publication.timeline[-1]
        assert (told["held"], told["text"], told["by"]) == (True, "", "officer")
        assert len(dossier(viewer=make.liaison(), number=report.number, now=NOW).held()) == 1

    def test_a_scan_is_the_reporters_own_and_no_evidence_of_the_office(self):
        scan = StagedFile("ab" * 16, "cd" * 32, 10, "application/pdf", "document", "surat.pdf", True)
        report = write_down(asked(), files=(scan,))
        stored = report.attachments.get()
        assert (stored.is_reporters, stored.is_publishable) == (True, False)
        assert not dossier(viewer=make.liaison(), number=report.number, now=NOW).facts.has_evidence

    def test_a_scan_of_a_report_typed_in_at_the_counter_is_the_reporters_own(self):
        scan = StagedFile("ef" * 16, "cd" * 32, 10, "application/pdf", "document", "surat.pdf")
        typed = make.incoming(channel=ReportChannel.LETTER, files=(scan,))
        receipt = submissions.submit(typed, actor=make.agency_admin(), now=NOW)
        assert Report.objects.get(pk=receipt.report_id).attachments.get().is_reporters

    def test_the_migration_marks_a_scan_of_the_counter_that_was_kept_as_the_offices_and_no_other_file(self):
        scan, photo = (
            StagedFile(key * 16, "cd" * 32, 10, "application/pdf", "document", "surat.pdf") for key in ("ef", "ab")
        )
        typed = make.incoming(channel=ReportChannel.LETTER, files=(scan,))
        receipt = submissions.submit(typed, actor=make.agency_admin(), now=NOW)
        report = make.act(Report.objects.get(pk=receipt.report_id), Action.REQUEST_DATA, files=(photo,))
        mend = import_module("tanggap.migrations.0058_scans_of_reporters").MEND
        with owning(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(mend.replace("= true", "= false").replace("NOT file.is", "file.is"))  # as it was kept before
            assert set(report.attachments.values_list("is_reporters", flat=True)) == {False}
            cursor.execute(mend)
        assert dict(report.attachments.values_list("key", "is_reporters")) == {scan.key: True, photo.key: False}
        with owning(), pytest.raises(DatabaseError, match="only be erased"), transaction.atomic():
            report.attachments.update(is_reporters=True)
        audit.audit(now=NOW)

    def test_how_and_when_it_came_has_to_be_said(self):
        report = asked()
        for name, reason in (("channel", Reason.MISSING_CHANNEL), ("received_on", Reason.MISSING_RECEIVED_ON)):
            with pytest.raises(reports.NotAllowedError) as refused:
                write_down(report, **{name: None})
            assert refused.value.reason == reason
        with pytest.raises(reports.NotAllowedError):
            write_down(report, channel=ReportChannel.WEB)

    @pytest.mark.parametrize(("day", "fault"), [(3, Fault.RECEIVED_LATER), (0, Fault.TOO_EARLY)])
    def test_it_came_neither_in_the_future_nor_before_it_was_asked_for(self, day, fault):
        report = asked()
        with pytest.raises(MoveError) as refused:
            write_down(report, now=NOW + DAY, received_on=date(2020, 6, 30) + day * DAY)
        assert (refused.value.field, refused.value.fault) == ("received_on", fault)

    def test_an_office_that_does_not_have_the_report_writes_nothing_down(self):
        report = asked()
        with pytest.raises(LookupError):
            write_down(report, actor=make.liaison("dindikbud"))
        with pytest.raises(reports.NotAllowedError):
            write_down(report, actor=make.unit_admin())

    def test_a_reporter_who_brings_more_unasked_is_written_down_as_well(self):
        report = make.report(status=Status.ASSIGNED)
        write_down(report, action=Action.ADD_INFORMATION, received_on=date(2020, 7, 1))
        assert Message.objects.filter(report=report, notice="written_for_you").exists()
        with pytest.raises(MoveError):
            write_down(report, action=Action.ADD_INFORMATION, received_on=date(2020, 6, 30))


class TestTheDayItCame:
    def test_the_time_to_answer_runs_on_from_the_day_it_came_not_from_the_day_of_writing(self):
        by_hand, by_officer = asked(), asked()
        make.act(by_hand, Action.SUPPLY_DATA, now=NOW + 5 * DAY)
        write_down(by_officer, now=NOW + 12 * DAY, received_on=date(2020, 7, 6))
        assert clock(by_officer, "resolve").due_at == clock(by_hand, "resolve").due_at
        assert clock(by_officer, "data_request").stopped_at == datetime(2020, 7, 6, 5, 0, tzinfo=UTC)

    def test_what_came_on_the_day_of_asking_never_counts_from_before_it_was_asked(self):
        report = make.act(make.report(), Action.REQUEST_DATA, now=NOW + timedelta(hours=5))
        write_down(report, actor=make.agency_admin(), now=NOW + 2 * DAY)
        assert clock(report, "data_request").stopped_at == NOW + timedelta(hours=5)

    def test_data_that_came_in_time_and_was_written_down_late_undoes_the_closing(self):
        report = lapsed()
        write_down(report, now=LAPSED + 3 * DAY, received_on=date(2020, 7, 31))
        report = Report.objects.get(pk=report.pk)
        assert (report.status, report.closing, report.outcome, report.closed_at) == ("assigned", "", "", None)
        assert clock(report, "data_request").stopped_by == "supply_data"
        assert clock(report, "resolve").stopped_at is None
        assert clock(report, "reopen_window").stopped_at is not None
        audit.audit(now=LAPSED + 3 * DAY)

    def test_data_that_came_after_the_closing_does_not(self):
        report = lapsed()
        with pytest.raises(reports.NotAllowedError) as refused:
            write_down(report, now=LAPSED + 3 * DAY, received_on=date(2020, 8, 1))
        assert refused.value.reason == Reason.CAME_TOO_LATE

    def test_a_report_that_was_closed_otherwise_stays_closed(self):
        report = make.report(status=Status.CLOSED)
        with pytest.raises(reports.NotAllowedError) as refused:
            write_down(report)
        assert refused.value.reason == Reason.WRONG_STATUS
