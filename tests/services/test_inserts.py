"""Rows that are inserted together are the rows that would have been inserted one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tanggap.models import CalendarDay, CalendarVersion, ContactHash, Deadline, Event, EventText, Report
from tanggap.services import inserts
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 3, 4, 5, 678901, tzinfo=UTC)
# Everything that a text may hold and that some way of writing it down would stumble over.
HARD = 'Jalan "rusak" \\ %s {} \u202e\U0001f6a7 <b>\ttab\nbaris\u2028' + "'; DROP TABLE tanggap_report; --"


def _copied(row):
    """Return the values of a row without its key."""
    names = [field.attname for field in row._meta.local_concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in names}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def test_texts_keys_bytes_times_and_nothing_arrive_as_they_were():
    report = make.submit()
    event = report.events.get()
    event.pk, event.seq, event.acted_at, event.data = event.pk + 1, 2, AT, {"masked": {"text": [[0, 3, "nik"]]}}
    event.nonce, event.hash, event.previous_hash = bytes(range(16)), bytes(range(32)), bytes(event.previous_hash)
    text = EventText(event_id=event.pk, field="text", text=HARD, salt=bytes(16))
    erased = EventText(event_id=event.pk, field="body", erased_at=AT)
    inserts.together([[event], [text, erased]])
    assert _copied(Event.objects.get(pk=event.pk)) == _copied(event)
    assert [_copied(row) for row in EventText.objects.filter(event_id=event.pk).order_by("pk")] == [
        _copied(text),
        _copied(erased),
    ]


def test_keys_that_nobody_needs_are_given_by_the_database_and_days_are_days():
    version = CalendarVersion.objects.order_by("-pk").first()
    rows = [
        CalendarDay(day=date(2035, 1, day), name="Libur", kind="holiday", source="test", since_version=version)
        for day in (1, 2)
    ]
    inserts.together([rows])
    kept = CalendarDay.objects.filter(day__year=2035).order_by("day")
    assert [row.day for row in kept] == [row.day for row in rows]
    assert len({row.pk for row in kept}) == 2


def test_a_clock_with_its_pauses_comes_back_as_it_was():
    report = make.submit()
    clock = report.deadlines.get(clock="verify")
    clock.pk, clock.run, clock.pauses, clock.remind_at = None, 2, [{"from": "x", "to": None, "remaining": 3}], AT
    clock.due_at = AT + timedelta(days=3)
    inserts.together([[clock]])
    assert _copied(Deadline.objects.get(report=report, run=2)) == _copied(clock)


def test_it_is_one_question_to_the_database_and_none_when_there_is_nothing():
    report = make.submit()
    rows = [ContactHash(report_id=report.pk, kind="email", hash=bytes(32)) for _ in range(3)]
    inserts.together([[ContactHash(report_id=report.pk, kind="nik", hash=bytes(32))]])  # prepares the statement
    with CaptureQueriesContext(connection) as asked:
        inserts.together([rows, [], [ContactHash(report_id=report.pk, kind="phone", hash=bytes(32))]])
        inserts.together([[], []])
    assert len(asked) == 1
    assert report.contact_hashes.filter(hash=bytes(32)).count() == 5


def test_each_connection_prepares_its_own_statements():
    def insert():
        # Another thread has another connection. Its report is checked at the end, which does not come.
        with transaction.atomic():
            inserts.together([[ContactHash(report_id=1, kind="phone", hash=bytes(32))]])
            stored = ContactHash.objects.filter(report_id=1, hash=bytes(32)).count()
            transaction.set_rollback(True)
        connection.close()
        return stored

    inserts.together([[ContactHash(report_id=make.submit().pk, kind="phone", hash=bytes(32))]])
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(insert).result() == 1


def test_statements_outlive_a_transaction_that_is_rolled_back():
    report = make.submit()
    with transaction.atomic():
        inserts.together([[ContactHash(report_id=report.pk, kind="email", hash=bytes(32))]])
        transaction.set_rollback(True)
    inserts.together([[ContactHash(report_id=report.pk, kind="email", hash=bytes(32))]])
    assert report.contact_hashes.filter(hash=bytes(32)).count() == 1


def test_what_the_database_refuses_is_raised():
    report = make.submit()
    twice = Report.objects.get(pk=report.pk)
    twice.pk += 1_000_000
    twice.head_hash = bytes(twice.head_hash)
    with pytest.raises(IntegrityError):
        inserts.together([[twice]])


def test_a_value_without_a_written_form_is_refused():
    with pytest.raises(TypeError, match="memoryview"):
        inserts.together([[ContactHash(report_id=1, kind="email", hash=memoryview(b"x"))]])


def test_rows_that_are_needed_afterwards_get_their_keys_in_their_order():
    report = make.submit()
    rows = [ContactHash(report_id=report.pk, kind="email", hash=bytes([n] * 32)) for n in range(3)]
    inserts.with_keys(rows)
    inserts.with_keys([])
    assert [row.pk for row in rows] == sorted({row.pk for row in rows})
    stored = {row.pk: bytes(row.hash) for row in ContactHash.objects.filter(pk__in=[row.pk for row in rows])}
    assert stored == {row.pk: row.hash for row in rows}
