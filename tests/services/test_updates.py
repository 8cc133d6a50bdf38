"""Columns that are changed by a prepared statement are those that a query would have changed, and no others."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from tanggap.models import Deadline, Publication, Report
from tanggap.services import updates
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 3, 4, 5, 678901, tzinfo=UTC)
HARD = 'Jalan "rusak" \\ %s $1 \'; DROP TABLE tanggap_report; --'


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}


def test_every_kind_of_value_arrives_and_nothing_else_is_touched():
    report, other = make.submit(), make.submit()
    before = _values(Report.objects.get(pk=report.pk))
    changed = {
        "desk_title": HARD,
        "due_at": AT,
        "promised_on": AT.date(),
        "former_agency_ids": [3, 1],
        "is_overdue": True,
        "head_hash": bytes(range(32)),
        "owner_unit_id": make.unit().pk,
        "supervisory": None,
    }
    assert updates.rows(Report, [report.pk], changed) == 1
    assert _values(Report.objects.get(pk=report.pk)) == before | changed
    assert Report.objects.get(pk=other.pk).desk_title == ""


def test_several_rows_get_the_same_values_and_unknown_ones_are_no_error():
    keys = list(Deadline.objects.filter(report=make.submit()).values_list("pk", flat=True))
    pauses = [{"from": "2026-07-01T00:00:00+00:00", "to": None, "remaining": 3}]
    assert len(keys) > 1
    assert updates.rows(Deadline, [*keys, 0], {"pauses": pauses, "stopped_at": AT, "step": 2}) == len(keys)
    for row in Deadline.objects.filter(pk__in=keys):
        assert (row.stopped_at, row.step, row.pauses) == (AT, 2, pauses)
    assert updates.rows(Deadline, [], {"step": 3}) == 0


def test_a_row_can_be_named_by_another_column_and_what_must_not_be_is_refused():
    report = make.report(status="assigned")
    assert updates.rows(Publication, [report.pk], {"rating": 3}, by="report_id") == 1
    assert Publication.objects.get(report=report).rating == 3
    with pytest.raises(IntegrityError, match="check constraint"), transaction.atomic():
        updates.rows(Report, [report.pk], {"status": "nowhere"})
