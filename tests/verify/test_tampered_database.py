"""Twelve ways to bend the record in the database, by its owner with the triggers off: `./run audit` names each place.

The same twelve in a copy of the open data: `test_tampered_package`.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import checkpoints, ledger
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import Solved
from tanggap.models import Checkpoint, Event, LogEntry, RecordKey, Report
from tanggap.models.triggers import TRIGGERS
from tanggap.selectors import record as reads
from tanggap.services import audit, record, signing
from tanggap.services.record_audit import Outside
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning

LATER = NOW + 3 * DAY
_BENT = ("event", "eventtext", "report", "logentry", "lognode", "recordkey", "checkpoint", "identity", "contacthash")


@dataclass
class Kept:
    """A record of two days, and what an auditor has kept of it."""

    report: Report  # closed, with a rating
    other: Report  # filed, and nothing else
    first: str
    second: str
    fingerprint: str

    def place(self, seq: int) -> int:
        return LogEntry.objects.get(event_id=self.event(seq).pk).pk

    def event(self, seq: int) -> Event:
        return Event.objects.get(report=self.report, seq=seq)


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Kept]:
    """Make the record once for all; it is taken back in the end."""
    before = settings.RECORD_KEY_FILE
    settings.RECORD_KEY_FILE = tmp_path_factory.mktemp("key") / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    with django_db_blocker.unblock(), transaction.atomic():
        report = make.act(make.report(status=Status.CLOSED), Action.RATE, rating=2, solved=Solved.NO)
        other = make.submit()
        first = record.checkpoint(now=NOW + timedelta(hours=2))
        make.act(other, Action.ADD_INFORMATION, now=NOW + timedelta(hours=5))
        second = record.checkpoint(now=NOW + DAY)
        key = RecordKey.objects.get()
        shown = [json.dumps(one.value()) for one in (first, second)]
        yield Kept(report, other, *shown, checkpoints.fingerprint(bytes(key.public)))
        transaction.set_rollback(True)
    settings.RECORD_KEY_FILE = before


@contextmanager
def taken_back() -> Iterator[None]:
    """Let a test bend what it likes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_owner(statement: str) -> None:
    """Run a statement as somebody who owns the database, has switched the triggers off, and hides that."""
    with owning(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in _BENT:
            cursor.execute(f"ALTER TABLE tanggap_{table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for trigger, table in TRIGGERS.items():
            if table.removeprefix("tanggap_") in _BENT:
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def rehash(report: Report) -> None:
    """Repair the chain of a report after it was bent: every place, link, hash and the head on its row."""
    previous, statements = ledger.GENESIS, []
    for seq, row in enumerate(Event.objects.filter(report=report).order_by("seq"), start=1):
        row.seq, row.previous_hash = seq, previous
        previous = ledger.digest(report.number, row.as_record())
        statements.append(
            f"UPDATE tanggap_event SET seq = {seq}, previous_hash = '\\x{bytes(row.previous_hash).hex()}', "
            f"hash = '\\x{previous.hex()}' WHERE id = {row.pk};"
        )
    statements.append(
        f"UPDATE tanggap_report SET event_count = {len(statements)}, head_hash = '\\x{previous.hex()}' "
        f"WHERE id = {report.pk}"
    )
    as_owner("".join(statements))


def _changed_byte(kept: Kept) -> str:
    as_owner(f"UPDATE tanggap_event SET nonce = set_byte(nonce, 0, 255 - get_byte(nonce, 0)) WHERE {_is(kept, 2)}")
    return f"report {kept.report.number}: event 2 was changed"


def _changed_byte_and_chain(kept: Kept) -> str:
    _changed_byte(kept)
    rehash(kept.report)
    return f"report {kept.report.number}: event 2 is not the one that stands in the log at {kept.place(2)}"


def _swapped_order(kept: Kept) -> str:
    as_owner(
        f"UPDATE tanggap_event SET seq = 999 WHERE {_is(kept, 2)};"
        f"UPDATE tanggap_event SET seq = 2 WHERE {_is(kept, 3)};"
        f"UPDATE tanggap_event SET seq = 3 WHERE {_is(kept, 999)}"
    )
    return f"report {kept.report.number}: event 2 does not follow the event before it"


def _swapped_leaves(kept: Kept) -> str:
    one, two = kept.place(1), kept.place(2)
    as_owner(
        f"UPDATE tanggap_logentry SET log_index = -1 WHERE log_index = {one};"
        f"UPDATE tanggap_logentry SET log_index = {one} WHERE log_index = {two};"
        f"UPDATE tanggap_logentry SET log_index = {two} WHERE log_index = -1"
    )
    return "log entries 0 to 255 are not what the tree was made of"


def _removed_middle(kept: Kept) -> str:
    place = _remove_event(kept, 2)
    return f"log entry {place}: its event"


def _removed_last(kept: Kept) -> str:
    place = _remove_event(kept, kept.report.event_count)
    return f"log entry {place}: its event"


def _remove_event(kept: Kept, seq: int) -> int:
    """Remove an event with all that hangs on it, and repair the chain."""
    place, event = kept.place(seq), kept.event(seq).pk
    as_owner(
        f"DELETE FROM tanggap_eventtext WHERE event_id = {event}; DELETE FROM tanggap_message WHERE event_id = {event};"
        f"DELETE FROM tanggap_event WHERE id = {event}"
    )
    rehash(kept.report)
    return place


def _removed_report(kept: Kept) -> str:
    pk = kept.other.pk
    places = LogEntry.objects.filter(event_id__in=Event.objects.filter(report=pk).values("pk")).order_by("pk")
    place = places[0].pk
    events = f"(SELECT id FROM tanggap_event WHERE report_id = {pk})"
    tables = ("message", "deadline", "desksearch", "contacthash", "identity", "intake", "publication", "indicatorfact")
    as_owner(
        "".join(f"DELETE FROM tanggap_{table} WHERE report_id = {pk};" for table in tables)
        + f"DELETE FROM tanggap_eventtext WHERE event_id IN {events};"
        f"DELETE FROM tanggap_event WHERE report_id = {pk}; DELETE FROM tanggap_report WHERE id = {pk}"
    )
    return f"log entry {place}: its event"


def _inserted_event(kept: Kept) -> str:
    """Slip a copy of the third event in before it, and repair the chain and the row's count."""
    as_owner(
        f"UPDATE tanggap_event SET seq = seq + 100 WHERE report_id = {kept.report.pk} AND seq >= 3;"
        f"INSERT INTO tanggap_event ({_COLUMNS}, id, seq) SELECT {_COLUMNS}, 1 - id, 3 FROM tanggap_event "
        f"WHERE {_is(kept, 103)}"
    )
    rehash(kept.report)
    return f"report {kept.report.number}: event 3 is older than the checkpoint of 2020-07-02 over 512 entries"


def _back_dated_act(kept: Kept) -> str:
    make.act(kept.other, Action.ADD_INFORMATION, now=NOW + timedelta(minutes=5))
    record.checkpoint(now=NOW + 2 * DAY)
    return f"report {kept.other.number}: event 3 was back-dated"


def _changed_rating(kept: Kept) -> str:
    as_owner(f"UPDATE tanggap_report SET rating = 5 WHERE id = {kept.report.pk}")
    return f"report {kept.report.number}: row: rating is 5, the events say 2"


def _changed_assignment(kept: Kept) -> str:
    unit = make.unit("dindikbud").pk
    as_owner(f"UPDATE tanggap_report SET owner_unit_id = {unit} WHERE id = {kept.report.pk}")
    return f"report {kept.report.number}: row: owner_unit_id is {unit}, the events say {make.unit().pk}"


def _signed_anew(kept: Kept) -> str:
    """Write the log and its tree anew, and sign them with the key of the site."""
    as_owner("DELETE FROM tanggap_checkpoint; DELETE FROM tanggap_lognode; DELETE FROM tanggap_logentry")
    record.checkpoint(now=NOW + timedelta(hours=2))
    record.checkpoint(now=NOW + DAY)
    return "over 512 entries: the record was forked"


def _forked_checkpoint(kept: Kept) -> str:
    """Sign another root for the newest checkpoint."""
    row = Checkpoint.objects.select_related("key").order_by("-size")[0]
    row.root = bytes(32)
    signature = signing.current().sign(reads.statement_of(row).body())
    as_owner(f"UPDATE tanggap_checkpoint SET root = '\\x{'00' * 32}', signature = '\\x{signature.hex()}' "
             "WHERE size = 512")  # fmt: skip
    return "over 512 entries: the record was forked"


def _stale_copy(kept: Kept) -> str:
    """Show the copy of yesterday to somebody who has the checkpoint of today."""
    as_owner(
        "DELETE FROM tanggap_checkpoint WHERE size = 512; DELETE FROM tanggap_lognode WHERE place > 0;"
        "DELETE FROM tanggap_logentry WHERE log_index >= 256"
    )
    return "over 512 entries: this record has no checkpoint of that size: it is another one, or an older copy"


_COLUMNS = ", ".join(field.column for field in Event._meta.concrete_fields if field.name not in {"id", "seq"})

TWELVE: dict[str, Callable[[Kept], str]] = {
    "changed byte": _changed_byte,
    "changed byte, chain repaired": _changed_byte_and_chain,
    "swapped order": _swapped_order,
    "swapped order of the log": _swapped_leaves,
    "removed middle event": _removed_middle,
    "removed last event": _removed_last,
    "removed report": _removed_report,
    "inserted event": _inserted_event,
    "back-dated act": _back_dated_act,
    "changed rating": _changed_rating,
    "changed assignment": _changed_assignment,
    "re-signed history": _signed_anew,
    "forked checkpoint": _forked_checkpoint,
    "stale copy": _stale_copy,
}


def _is(kept: Kept, seq: int) -> str:
    return f"report_id = {kept.report.pk} AND seq = {seq}"


def outside(kept: Kept) -> Outside:
    return Outside(kept=[kept.first, kept.second], trusted=[kept.fingerprint])


def test_what_nobody_bent_is_in_order(kept):
    assert audit.audit(now=LATER, outside=outside(kept)).record.checkpoints == 2


@pytest.mark.parametrize("how", TWELVE)
def test_each_way_to_bend_the_record_is_named_with_its_place(kept, how):
    with taken_back():
        said = TWELVE[how](kept)
        with pytest.raises(audit.AuditError) as caught:
            audit.audit(now=LATER, outside=outside(kept))
    assert said in str(caught.value)
