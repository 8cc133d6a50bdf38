"""Whatever is bent in the record is found by the audit, and named."""

import json
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import checkpoints, merkle
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.merkle import GROUP
from tanggap.models import Checkpoint, Event, LogEntry, LogNode, Report
from tanggap.models.triggers import TRIGGERS
from tanggap.selectors import record as reads
from tanggap.services import audit, record, signing
from tanggap.services.record_audit import NOTHING, Outside
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning
from tests.services.test_record import TOMORROW, in_order


@pytest.fixture(autouse=True)
def own_key(tmp_path):
    """Let each test begin with a key of its own."""
    before = settings.RECORD_KEY_FILE
    settings.RECORD_KEY_FILE = tmp_path / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    yield
    settings.RECORD_KEY_FILE = before


@pytest.fixture
def as_owner() -> Callable[[str], None]:
    """Run statements as a superuser whom no trigger stops."""

    def run(statement: str) -> None:
        with owning(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in _GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement)
            for trigger, table in TRIGGERS.items():
                if table in _GUARDED:
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")

    return run


_OURS = ("tanggap_logentry", "tanggap_lognode", "tanggap_recordkey", "tanggap_checkpoint")


_GUARDED = ("tanggap_event", *_OURS)


@pytest.mark.django_db
class TestTampering:
    """With the triggers off, by somebody who owns everything and repairs the chain of the report as well."""

    @pytest.fixture
    def kept(self):
        """Two days, and the published checkpoint that somebody has kept."""
        self.report = make.report(status=Status.ANSWERED)
        self.other = make.submit()
        self.first = record.checkpoint(now=NOW + timedelta(hours=2))
        make.act(self.report, Action.REPORTER_REPLY, now=NOW + timedelta(hours=6))
        self.second = record.checkpoint(now=TOMORROW)
        return json.dumps(self.second.value())

    def named(self, *said, outside=NOTHING):
        with pytest.raises(audit.AuditError) as caught:
            in_order(outside, now=TOMORROW + DAY)
        for words in said:
            assert words in str(caught.value)

    def place(self, seq=1, report=None):
        return LogEntry.objects.get(event_id=Event.objects.get(report=report or self.report, seq=seq).pk).pk

    def test_what_was_not_bent_is_in_order(self, kept):
        seen = in_order(Outside(kept=[kept, json.dumps(self.first.value())]), now=TOMORROW + DAY)
        assert (seen.entries, seen.checkpoints) == (2 * GROUP, 2)

    def test_erasing_the_words_of_a_person_is_no_break(self, kept):
        with owning(), connection.cursor() as cursor:
            cursor.execute("UPDATE tanggap_eventtext SET text = NULL, salt = NULL, erased_at = now()")
        seen = audit.record_audit.Seen()
        assert audit.record_audit.findings(Outside(kept=[kept]), seen) == []

    def test_an_event_that_was_written_anew_with_its_chain(self, kept, as_owner):
        as_owner(f"UPDATE tanggap_event SET hash = sha256('other') WHERE report_id = {self.report.pk} AND seq = 2")
        self.named(f"report {self.report.number}: event 2 is not the one that stands in the log at {self.place(2)}")

    def test_an_event_that_was_written_anew_in_the_log_too(self, kept, as_owner):
        place = self.place(2)
        as_owner(
            f"UPDATE tanggap_event SET hash = sha256('other') WHERE report_id = {self.report.pk} AND seq = 2;"
            f"UPDATE tanggap_logentry SET hash = sha256('other') WHERE log_index = {place}"
        )
        self.named("log entries 0 to 255 are not what the tree was made of", "among the log entries 0 to 255")

    def test_a_whole_report_that_is_gone_with_its_head(self, kept, as_owner):
        place = self.place(report=self.other)
        tables = ("message", "deadline", "desksearch", "contacthash", "identity", "intake", "publication")
        gone = "".join(f"DELETE FROM tanggap_{table} WHERE report_id = {self.other.pk};" for table in tables)
        its_events = f"(SELECT id FROM tanggap_event WHERE report_id = {self.other.pk})"
        gone += f"DELETE FROM tanggap_eventtext WHERE event_id IN {its_events};"
        gone += f"DELETE FROM tanggap_event WHERE report_id = {self.other.pk};"
        gone += f"DELETE FROM tanggap_report WHERE id = {self.other.pk}"
        with owning(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("report", "eventtext", "identity", "contacthash"):
                cursor.execute(f"ALTER TABLE tanggap_{table} DISABLE TRIGGER USER")
        as_owner(gone)
        assert not Report.objects.filter(pk=self.other.pk).exists()
        self.named(f"log entry {place}: its event")

    @pytest.mark.parametrize("is_closed", [False, True], ids=["and its entry", "and the log was closed over it"])
    def test_an_entry_that_is_gone(self, kept, as_owner, is_closed):
        place = self.place(3)
        gone = f"DELETE FROM tanggap_logentry WHERE log_index = {place};"
        if is_closed:
            gone += (
                f"UPDATE tanggap_logentry SET log_index = log_index - 1000001 WHERE log_index > {place};"
                "UPDATE tanggap_logentry SET log_index = log_index + 1000000 WHERE log_index < 0"
            )
        as_owner(gone)
        said = "log entries 0 to 255 are not" if is_closed else f"log entry {place} is missing"
        self.named(said, f"report {self.report.number}: event 3 is older than the checkpoint")

    def test_the_last_entries_that_are_gone_with_their_group(self, kept, as_owner):
        as_owner(
            f"DELETE FROM tanggap_logentry WHERE log_index >= {GROUP}; DELETE FROM tanggap_lognode WHERE place = 1"
        )
        self.named(f"over 512 entries: the log ends at {GROUP}", "event 4 is older than the checkpoint")

    def test_an_order_that_was_changed(self, kept, as_owner):
        one, two = sorted((self.place(1), self.place(2)))
        as_owner(
            f"UPDATE tanggap_logentry SET log_index = -1 WHERE log_index = {one};"
            f"UPDATE tanggap_logentry SET log_index = {one} WHERE log_index = {two};"
            f"UPDATE tanggap_logentry SET log_index = {two} WHERE log_index = -1"
        )
        self.named("log entries 0 to 255 are not what the tree was made of")

    def test_an_order_that_was_changed_with_the_tree(self, kept, as_owner):
        self.test_an_order_that_was_changed(kept, as_owner)
        leaves = LogEntry.objects.filter(pk__lt=GROUP).order_by("pk").values_list("hash", flat=True)
        node = merkle.fold([merkle.leaf_hash(bytes(leaf)) for leaf in leaves])
        as_owner(f"UPDATE tanggap_lognode SET hash = '\\x{node.hex()}' WHERE height = 8 AND place = 0")
        self.named("the checkpoint of 2020-07-01 over 256 entries: something among the log entries 0 to 255")

    def test_an_event_that_was_inserted_into_the_past(self, kept):
        make.act(self.other, Action.ADD_INFORMATION, now=NOW + timedelta(minutes=5))
        record.checkpoint(now=TOMORROW + DAY)
        self.named(f"report {self.other.number}: event 2 was back-dated")

    def test_an_event_that_was_kept_out_of_the_log(self, kept, as_owner):
        make.act(self.other, Action.ADD_INFORMATION, now=NOW + timedelta(minutes=5))
        self.named(f"report {self.other.number}: event 2 is older than the checkpoint of 2020-07-02 over 512 entries")

    def test_a_filler_that_is_none(self, kept, as_owner):
        place = LogEntry.objects.filter(event_id=None).first().pk
        as_owner(f"UPDATE tanggap_logentry SET nonce = sha256('x') WHERE log_index = {place}")
        self.named(f"log entry {place}: it stands for no event, and is no filler")

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("root = sha256('x')", "it is not what the key"),
            ("made_at = made_at - interval '1 day'", "it is not what the key"),
            ("signature = sha256('x') || sha256('y')", "it is not what the key"),
            ("previous_hash = sha256('x')", "it does not follow on the one before"),
            ("made_at = '2020-06-01'", "it is not later than the one before"),
        ],
    )
    def test_a_checkpoint_that_was_changed(self, kept, as_owner, change, said):
        as_owner(f"UPDATE tanggap_checkpoint SET {change} WHERE size = {2 * GROUP}")
        self.named(f"over 512 entries: {said}")

    def test_a_checkpoint_that_is_gone(self, kept, as_owner):
        as_owner(f"DELETE FROM tanggap_checkpoint WHERE size = {GROUP}")
        self.named("over 512 entries: it does not follow on the one before")
        self.named("no checkpoint of that size", outside=Outside(kept=[json.dumps(self.first.value())]))

    def test_a_past_that_was_signed_anew_is_known_by_what_was_kept(self, kept, as_owner):
        as_owner("DELETE FROM tanggap_checkpoint; DELETE FROM tanggap_lognode; DELETE FROM tanggap_logentry")
        record.checkpoint(now=NOW + timedelta(hours=7))
        record.checkpoint(now=TOMORROW)
        in_order(now=TOMORROW + DAY)
        self.named("over 512 entries: the record was forked", outside=Outside(kept=[kept]))

    def test_a_past_that_was_signed_anew_with_another_key(self, kept, as_owner):
        trusted = [checkpoints.fingerprint(bytes(key.public)) for key in reads.all_keys()]
        as_owner(
            "DELETE FROM tanggap_checkpoint; DELETE FROM tanggap_lognode; DELETE FROM tanggap_logentry;"
            "DELETE FROM tanggap_recordkey"
        )
        signing.begin_anew()
        record.checkpoint(now=NOW + timedelta(hours=7))
        in_order(now=TOMORROW + DAY)
        self.named("not one that you trust", outside=Outside(trusted=trusted))
        self.named("no key of this record", outside=Outside(kept=[kept]))

    def test_a_kept_file_that_is_none(self, kept):
        self.named("cannot be read", outside=Outside(kept=["{}"]))

    def test_a_node_above_that_is_not_that_of_those_below(self, kept):
        # The check of the heights above alone, as if the log were 256 groups long; most of them are not there.
        LogNode.objects.create(height=16, place=0, hash=bytes(32))
        assert list(audit.record_audit._upper(GROUP * GROUP)) == [
            "the node 0 of the tree at height 16 is not that of the nodes below"
        ]
        assert list(audit.record_audit._upper(2 * GROUP)) == []

    @pytest.mark.parametrize("who", ["application", "owner"])
    def test_the_database_refuses_to_rewrite_the_log_for_everyone(self, kept, who):
        statements = [f"{verb} {table}" for table in _OURS for verb in ("DELETE FROM", "TRUNCATE")]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            with owning() if who == "owner" else nullcontext(), connection.cursor() as cursor, _refused():
                cursor.execute(f"{statement}{' CASCADE' if statement.startswith('TRUNCATE') else ''}")
        assert Checkpoint.objects.count() == 2


@contextmanager
def _refused():
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        yield
