"""What is asked by a prepared statement is what a query would have found."""

from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tanggap.domain.actors import Anyone, Reporter, System
from tanggap.domain.lifecycle import Status
from tanggap.models import Deadline, Event, NamedParty, Report, Unit
from tanggap.selectors import prepared, reports
from tests import make

pytestmark = pytest.mark.django_db


def _values(row):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def test_rows_with_every_kind_of_column_are_those_of_a_query():
    report = make.report()
    Deadline.objects.filter(report=report, clock="verify").update(pauses=[{"from": "2026-07-01", "to": None}])
    Report.objects.filter(pk=report.pk).update(former_agency_ids=[3, 1], supporting_unit_ids=[])
    clocks = {clock.pk: _values(clock) for clock in reports.clocks_of(report)}
    assert clocks == {clock.pk: _values(clock) for clock in Deadline.objects.filter(report=report)}
    assert clocks
    asked = f"SELECT {prepared.columns_of(Report)} FROM tanggap_report WHERE id = %s"
    (row,) = prepared.rows(Report, asked, [report.pk])
    assert _values(row) == _values(Report.objects.get(pk=report.pk))
    assert not row._state.adding


def test_a_chain_is_read_as_its_rows_are():
    report = make.report()
    assert reports.events_of(report.pk) == [
        row.as_record() for row in Event.objects.filter(report=report).order_by("seq")
    ]


def test_the_same_question_is_put_once_and_answered_anew_each_time():
    report = make.submit()
    ask = "SELECT status FROM tanggap_report WHERE id = %s"
    before = prepared.fetch(ask, [report.pk])
    with CaptureQueriesContext(connection) as asked:
        Report.objects.filter(pk=report.pk).update(title="Lain")
        assert prepared.fetch(ask, [report.pk]) == before
        assert prepared.fetch(ask, [0]) == []
    assert [query["sql"].split()[0] for query in asked] == ["UPDATE", "EXECUTE", "EXECUTE"]


def test_a_statement_that_cannot_be_prepared_is_not_thought_to_be():
    for _ in range(2):
        with pytest.raises(ProgrammingError, match="no_such_table"), transaction.atomic():
            prepared.fetch("SELECT 1 FROM no_such_table WHERE id = %s", [1])


def test_a_lock_is_asked_for_in_a_transaction_alone(monkeypatch):
    report = make.submit()
    assert reports.locked(viewer=System(), number=report.number).pk == report.pk
    monkeypatch.setattr(connection, "get_autocommit", lambda: True)
    with pytest.raises(TransactionManagementError):
        reports.locked(viewer=System(), number=report.number)


def _is_there(find, viewer, report):
    try:
        return find(viewer=viewer, number=report.number).pk == report.pk
    except reports.NotFoundError:
        return False


def _is_locked_for(viewer, report):
    """Say whether a viewer gets a report locked; to read it, the same has to be said."""
    is_locked = _is_there(reports.locked, viewer, report)
    assert _is_there(reports.get, viewer, report) == is_locked
    return is_locked


def test_a_lock_asks_anew_who_may_know_each_time():
    report = make.report(status=Status.ASSIGNED)
    people = [System(), Anyone(), Reporter(report.pk), Reporter(report.pk + 1), make.national_admin()]
    people += [make.agency_admin(), make.agency_admin("kab-lebak"), make.liaison(), make.liaison("dindikbud")]
    people += [make.unit_admin(), make.auditor(), make.head(), make.head("dpupr"), make.overseer(), make.ombudsman()]
    people += [make.regional_overseer(), make.evaluator()]
    told = []
    for change in (
        {},
        {"supporting_unit_ids": [make.unit("dindikbud").pk]},
        {"is_confidential": True, "is_published": False, "supervisory": True},
        {"owner_unit_id": make.unit("dindikbud").pk, "supporting_unit_ids": []},
        {"owner_agency_id": make.agency("kab-lebak").pk, "owner_unit_id": None},
    ):
        Report.objects.filter(pk=report.pk).update(**change)
        seen = [reports.visible(viewer=person).filter(pk=report.pk).exists() for person in people]
        assert [_is_locked_for(person, report) for person in people] == seen
        told.append(seen)
    assert len({tuple(seen) for seen in told}) == 5
    NamedParty.objects.create(report=report, user_id=people[4].user_id)
    assert not _is_locked_for(people[4], report)


def test_a_lock_knows_where_a_unit_lies_today():
    report = make.report(status=Status.ASSIGNED)
    other = make.liaison("dindikbud")
    assert not _is_locked_for(other, report)
    Unit.objects.filter(pk=make.unit().pk).update(parent=make.unit("dindikbud"))
    assert _is_locked_for(other, report)


def test_who_holds_several_offices_finds_what_a_query_finds_by_the_same_kept_question():
    report = make.report(status=Status.ASSIGNED)
    other, third = make.unit("dindikbud").pk, make.unit("inspektorat").pk
    people = [replace(make.liaison(), other_units=units) for units in (frozenset(), {other}, {third}, {other, third})]
    people += [replace(make.agency_admin(), other_units=frozenset({other})), make.national_admin()]
    people = [replace(person, other_units=frozenset(person.other_units)) for person in people]
    NamedParty.objects.create(report=report, unit_id=other)
    seen = [reports.visible(viewer=person).filter(pk=report.pk).exists() for person in people]
    assert seen == [True, False, True, False, False, True]
    assert [_is_locked_for(person, report) for person in people] == seen


def test_a_report_comes_with_the_names_beside_it_in_one_question():
    report = make.report(status=Status.ASSIGNED)
    viewer = make.liaison()
    reports.get(viewer=viewer, number=report.number)
    with CaptureQueriesContext(connection) as asked:
        found = reports.get(viewer=viewer, number=report.number)
        names = [found.owner_agency, found.owner_unit, found.category, found.area, found.destination]
    assert len(asked) == 1
    plain = Report.objects.get(pk=report.pk)
    beside = [plain.owner_agency, plain.owner_unit, plain.category, plain.area, plain.destination]
    assert _values(found) == _values(plain)
    assert [_values(row) for row in names] == [_values(row) for row in beside]
    fresh = make.submit(destination_id=None)
    found = reports.get(viewer=System(), number=fresh.number)
    assert (found.owner_unit, found.category, found.destination) == (None, None, None)


def test_values_that_are_kept_are_those_of_the_query_whatever_stands_in_their_place():
    reports_ = [make.report(), make.submit()]
    shown = ("number", "status", "received_at", "former_agency_ids")
    kept = prepared.keep_values(Report.objects.filter(pk=-1).values_list(*shown))
    for report in reports_:
        assert kept.rows({-1: report.pk}) == list(Report.objects.filter(pk=report.pk).values_list(*shown))
    assert kept.rows({-1: 0}) == []
