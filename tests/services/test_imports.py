"""A past that moves here: the same counts, the same owners and dates that anyone recomputes, and nobody is told."""

import csv
import io
from datetime import UTC, datetime

import pytest

from tanggap.adapters import imports as sheets
from tanggap.domain import sp4n
from tanggap.domain.exports import HEADINGS, Layout
from tanggap.domain.imports import Kind, State
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Event, Identity, Message, Publication, Report
from tanggap.selectors import imports as selectors
from tanggap.selectors.queues import Filters
from tanggap.services import audit, bulk, exports, imports, recomputation
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
        make.report(status=status, **({"is_anonymous": True} if place % 2 else {"is_confidential": True}))
    make.act(make.report(status=Status.ANSWERED), Action.CLOSE_MANUAL)
    make.act(make.report(status=Status.ANSWERED), Action.AUTO_CLOSE, now=PASSED)
    lines = [
        line.cells(Layout.SP4N) for line in exports.lines(actor=admin, filters=Filters(is_whole=True), now=make.NOW)
    ]
    return admin, [(f"{system}-{line[0]}", *line[1:]) for system in "ABC" for line in lines]


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
