"""A past that moves here: the same counts, the same owners and dates that anyone recomputes, and nobody is told."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from tanggap.adapters import imports as sheets
from tanggap.domain import sp4n
from tanggap.domain.actors import System
from tanggap.domain.case import project
from tanggap.domain.exports import HEADINGS, Layout
from tanggap.domain.imports import Kind, State
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import BulkJob, Deadline, Event, EventText, Identity, Message, Publication, Report
from tanggap.selectors import desk_search
from tanggap.selectors import imports as selectors
from tanggap.selectors import reports as report_selectors
from tanggap.selectors.queues import Filters
from tanggap.services import (
    audit,
    bulk,
    escalation,
    exports,
    finding,
    history,
    imports,
    recomputation,
    reminders,
    reports,
)
from tanggap.tasks import bulk as tasks
from tests import make

pytestmark = pytest.mark.django_db

PASSED = datetime(2020, 8, 25, 3, 0, tzinfo=UTC)
LATER = datetime(2020, 9, 1, 3, 0, tzinfo=UTC)


def sheet_of(rows, headings):
    """Return a sheet as CSV bytes."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def bring_in(settings, actor, content, kind=Kind.HISTORY, *, now=LATER, takes=True):
    """Judge a sheet and take its good rows in, as the worker does; return the job that judged it."""
    taken = sheets.take_in(settings.IMPORTS_DIR, [content], most_bytes=10**7, most_rows=10_000, least_free=0)

    def rows():
        return sheets.rows(settings.IMPORTS_DIR, taken.key)

    values = {"sheet": taken.key, "name": "x.csv", "total": taken.count - 1, "rows": rows, "is_waited_for": True}
    job = imports.receive(actor=actor, kind=kind, now=now, **values)
    if takes and selectors.counts(job).get(State.GOOD):
        going = imports.begin(actor=actor, key=job.key, now=now, is_queued=False)
        headings, _body = imports.body_of(kind, rows())
        with sheets.reader(settings.IMPORTS_DIR, taken.key) as at:
            imports.run(going, actor=actor, headings=headings, at=at, now=now)
        bulk.settle(going, is_done=True, now=now)
    return job


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"


def past_of_an_agency():
    """Return the rows of an export of reports in every status, open and hidden, under the numbers of another system."""
    admin = make.agency_admin()
    for place, status in enumerate(Status):
        make.report(status=status)
        if place % 2:
            make.report(status=status, **({"is_anonymous": True} if place % 4 == 1 else {"is_confidential": True}))
    make.act(make.report(status=Status.ANSWERED), Action.CLOSE_MANUAL)
    make.act(make.report(status=Status.ANSWERED), Action.AUTO_CLOSE, now=PASSED)
    lines = [
        line.cells(Layout.SP4N) for line in exports.lines(actor=admin, filters=Filters(is_whole=True), now=make.NOW)
    ]
    return admin, [(f"{system}-{line[0]}", *line[1:]) for system in "ABCD" for line in lines]


def test_a_round_trip_through_the_21_columns_gives_equal_counts_and_a_record_in_order(settings):
    admin, rows = past_of_an_agency()
    assert len(rows) >= 60
    told = Message.objects.count()
    job = bring_in(settings, admin, sheet_of(rows, HEADINGS[Layout.SP4N]))
    assert selectors.counts(job) == {State.DONE: len(rows)}, list(job.rows.values_list("state", "faults"))
    here = selectors.tally(job)
    at = {column: place for place, column in enumerate(sp4n.COLUMNS)}
    for column, counted in ((at[sp4n.Column.STATUS], here.status), (at[sp4n.Column.CATEGORY], here.category)):
        assert counted == {said: [row[column] for row in rows].count(said) for said in {row[column] for row in rows}}
    offices = [row[at[sp4n.Column.OFFICE]] for row in rows]
    assert here.office == {office: offices.count(office) for office in set(offices)}
    assert Message.objects.count() == told, "nobody is told of a past"
    mine = Report.objects.filter(number__in=job.rows.values("number"))
    assert not mine.filter(is_published=True).exists()
    assert not Publication.objects.filter(report__in=mine).exists()
    assert not Identity.objects.filter(report__in=mine).exists(), "no names were in the export"
    assert Event.objects.filter(report__in=mine).exclude(kind="import").count() == 0
    audit.audit(now=LATER)
    recomputation.recompute(now=LATER)


def row_of(number, **values):
    """Return a row of another system, by the names of its columns."""
    said = {
        "NUMBER": number,
        "DATE": "2020-03-04",
        "TIME": "10:20:30",
        "REPORTER": "Budi Contoh",
        "CLASSIFICATION": "Pengaduan Tidak Berkadar Pengawasan",
        "TITLE": "Jalan rusak di depan pasar",
        "FIRST_BODY": make.BODY,
        "SOURCE": "Website",
        "PARENT_AGENCY": "Pemerintah Provinsi Banten",
        "OFFICE": make.unit().name,
        "STATUS": "Terdisposisi - Sedang Diproses",
        **values,
    }
    return [said.get(column.name, "") for column in sp4n.COLUMNS]


def report_of(job, position):
    return Report.objects.get(number=job.rows.get(position=position).number)


def test_open_work_has_its_owner_and_dates_from_its_receipt_and_is_not_cried_about_for_what_is_past(settings):
    admin = make.agency_admin()
    rows = [
        row_of("1"),
        row_of("2", STATUS="Menunggu Kelengkapan Informasi"),
        row_of("3", STATUS="Ditindaklanjuti oleh Instansi", DATE="30/06/2020"),
        row_of("4", STATUS="Belum Terverifikasi", OFFICE="", DATE="2020-06-30", TIME="08.00"),
        row_of("5", DATE="2017-01-02"),
    ]
    job = bring_in(settings, admin, sheet_of(rows, sp4n.COLUMNS), now=make.NOW)
    late, waiting, answered, fresh, ancient = (report_of(job, place) for place in range(2, 7))
    assert (late.owner_unit, late.due_clock, late.is_overdue) == (make.unit(), "resolve", True)
    assert late.due_at.date().isoformat() == "2020-03-24", "fourteen working days from the receipt that was told"
    told = Deadline.objects.filter(report=late, stopped_at=None)
    assert not told.exclude(remind_at=None, next_step_at=None).filter(due_at__lte=make.NOW).exists()
    assert (waiting.previous_status, waiting.due_clock) == ("assigned", "data_request")
    assert answered.due_clock == "auto_close"
    assert answered.answered_at == make.NOW, "the reporter's days begin when it comes here"
    assert (fresh.owner_unit, fresh.due_clock, fresh.is_overdue) == (None, "verify", False)
    assert ancient.is_overdue, "from before any rule that is known here: under those of today"
    make.act(waiting, Action.SUPPLY_DATA)
    again = Report.objects.get(pk=waiting.pk)
    assert (again.status, again.owner_unit, again.due_clock) == ("assigned", make.unit(), "first_followup")
    before = Message.objects.count()
    reminders.remind(now=make.NOW)
    escalation.escalate(now=make.NOW)
    assert Message.objects.count() == before
    for found in (late, answered):
        make.act(found, Action.FOLLOW_UP if found is late else Action.REPORTER_REPLY)
    make.act(fresh, Action.VERIFY_AND_ASSIGN)
    assert Report.objects.filter(is_published=True).get() == fresh, "what was checked here, and nothing else"
    audit.audit(now=make.NOW)


def test_who_hid_there_is_hidden_here_and_only_open_work_keeps_a_name(settings):
    admin = make.agency_admin()
    rows = [row_of("1"), row_of("2", SECRECY="Rahasia|Anonim"), row_of("3", STATUS="Ditutup oleh Pelapor")]
    rows.append(row_of("4", STATUS="Diarsipkan oleh Sistem", REASON="Sudah basi"))
    rows.append(row_of("5", STATUS="Ditutup oleh Sistem", REASON=sp4n.EXPIRED))
    job = bring_in(settings, admin, sheet_of(rows, sp4n.COLUMNS), now=make.NOW)
    plain, hidden, closed, archived, expired = (report_of(job, place) for place in range(2, 7))
    assert [identity.report for identity in Identity.objects.all()] == [plain]
    known = [project(report_selectors.events_of(report.pk)).has_identity for report in (plain, hidden)]
    assert known == [True, False], "a request for information may be handed to the PPID in that name"
    assert (hidden.is_anonymous, hidden.is_confidential) == (True, True)
    assert reports.open_identity(actor=admin, number=plain.number, reason="memeriksa", now=make.NOW).name
    reports.act(actor=System(), number=plain.number, action=Action.ERASE_IDENTITY, now=LATER)
    assert Identity.objects.get().erased_at == LATER
    shown = (closed.closing, closed.outcome, closed.closed_at, archived.archive_reason, expired.closing)
    assert shown == ("confirmed", "not_recorded", None, "as_in_source", "deemed_withdrawn")
    assert EventText.objects.get(event__report=archived, field="reason").text == "Sudah basi"
    facts = project(report_selectors.events_of(hidden.pk))
    assert (facts.anonymous_by, facts.confidential_by) == ({"reporter"}, {"reporter"}), "it was the reporter who hid"
    finding.index()
    (found,) = desk_search.list_(viewer=admin, filters=replace(desk_search.NOTHING, words="4")).rows
    assert found.number == archived.number, "the old number leads to it"


def test_one_bad_row_in_five_thousand_is_named_and_stops_no_other(settings):
    admin = make.agency_admin()
    one = row_of("1")
    rows = [[str(number), *one[1:]] for number in range(1, 5001)]
    rows[2499] = row_of("2500", STATUS="Entah", DATE="1026-03-04")
    job = bring_in(settings, admin, sheet_of(rows, sp4n.COLUMNS), takes=False)
    assert selectors.counts(job) == {State.GOOD: 4999, State.BAD: 1}
    (line,) = selectors.lines(job, [State.BAD])
    assert (line.position, line.faults) == (2501, [["Tanggal Laporan Masuk", "no_date"], ["Status Laporan", "unknown"]])
    assert not Report.objects.exists()


def test_a_worker_that_died_goes_on_at_the_row_where_it_stopped(settings, monkeypatch):
    admin = make.agency_admin()
    real, calls = history.take_in, []

    def dying(past, **values):
        calls.append(past.number)
        if len(calls) == 2:
            raise OperationalError("the database went away")
        if past.number == "3":
            raise RuntimeError("unforeseen")
        return real(past, **values)

    monkeypatch.setattr(imports.history, "take_in", dying)
    content = sheet_of([row_of(str(number)) for number in range(1, 5)], sp4n.COLUMNS)
    with pytest.raises(OperationalError):
        bring_in(settings, admin, content)
    assert Report.objects.count() == 1
    claimed = bulk.claim(BulkJob.objects.get(kind="import").pk, now=LATER)
    tasks._import(claimed, LATER)
    states = BulkJob.objects.get(kind="import_check").rows.order_by("position").values_list("state", "faults")
    assert list(states) == [("done", []), ("done", []), ("refused", [["", "failed"]]), ("done", [])]
    assert Report.objects.count() == 3
