"""Every event gets its place once, whatever the order of commits; every day is signed; whatever is bent is named."""

import json
import threading
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from tanggap.domain import checkpoints, merkle
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.merkle import GROUP
from tanggap.models import Checkpoint, Event, LogEntry, LogNode, RecordKey, Report
from tanggap.models.triggers import TRIGGERS
from tanggap.selectors import record as reads
from tanggap.services import audit, record, record_keys, signing
from tanggap.services.keys import KeyRingError
from tanggap.services.record_audit import NOTHING, Outside
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning

TOMORROW = NOW + DAY


@pytest.fixture(autouse=True)
def own_key(tmp_path):
    """Let each test begin with a key of its own."""
    before = settings.RECORD_KEY_FILE
    settings.RECORD_KEY_FILE = tmp_path / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    yield
    settings.RECORD_KEY_FILE = before


def in_order(outside=NOTHING, now=TOMORROW):
    return audit.audit(now=now, outside=outside).record


def test_no_event_is_skipped_when_transactions_commit_in_the_other_order(own_database):
    begun, may_end = threading.Event(), threading.Event()
    slow: list[int] = []

    def file_slowly():
        with transaction.atomic():
            slow.append(make.submit().pk)
            begun.set()
            may_end.wait(10)
        connections["default"].close()

    first = threading.Thread(target=file_slowly)
    first.start()
    assert begun.wait(10)
    fast = make.submit().pk
    record.checkpoint(now=NOW)
    may_end.set()
    first.join()
    late, early = (Event.objects.get(report_id=pk).pk for pk in (slow[0], fast))
    assert late < early, "the one that was begun first has the smaller key, and was committed last"
    assert set(LogEntry.objects.exclude(event_id=None).values_list("event_id", flat=True)) == {early}
    record.checkpoint(now=TOMORROW)
    places = dict(LogEntry.objects.exclude(event_id=None).values_list("event_id", "log_index"))
    assert places.keys() == {early, late}
    assert places[early] < GROUP <= places[late], "what was in the log stays where it was"
    assert in_order().entries == 2 * GROUP


@pytest.mark.django_db
class TestTheLog:
    def test_each_event_has_one_place_and_the_log_is_whole_groups(self):
        for _ in range(3):
            make.report(status=Status.ANSWERED)
        # In small batches, as a database that was there before the log is taken in.
        record.log_events(batch=GROUP)
        entries = LogEntry.objects.order_by("log_index")
        assert list(entries.values_list("log_index", flat=True)) == list(range(GROUP))
        logged = dict(entries.exclude(event_id=None).values_list("event_id", "hash"))
        assert logged == dict(Event.objects.values_list("pk", "hash"))

    def test_several_batches_make_one_log(self):
        assert record.BATCH % GROUP == 0
        events = [Event(pk=10**9 + n, hash=n.to_bytes(32)) for n in range(1, 2 * GROUP + 40)]
        record._append(0, [(event.pk, None, event.hash) for event in events[:GROUP]])
        record._append(GROUP, [(event.pk, None, event.hash) for event in events[GROUP : 2 * GROUP]])
        hashes = [bytes(value) for value in LogEntry.objects.order_by("pk").values_list("hash", flat=True)]
        frontier = merkle.Frontier()
        for value in hashes:
            frontier.add(merkle.leaf_hash(value))
        assert merkle.root(reads.Nodes(), 2 * GROUP) == frontier.root()

    def test_a_node_over_256_groups_is_kept_when_they_are_whole(self):
        nodes = [n.to_bytes(32) for n in range(GROUP + 3)]
        record._put_nodes(8, 0, nodes[:GROUP])
        first, above = record._above(8, 0, GROUP)
        assert (first, above) == (0, [merkle.fold(nodes[:GROUP])])
        record._put_nodes(8, GROUP, nodes[GROUP:])
        assert record._above(8, GROUP, 3) == (1, [])

    def test_places_tell_neither_the_hour_nor_the_report(self):
        report = make.report(status=Status.CLOSED)
        record.log_events()
        hashes = list(LogEntry.objects.order_by("log_index").values_list("hash", flat=True))
        assert hashes == sorted(hashes, key=bytes), "in the order of what is random"
        before = Event.objects.filter(report=report).count()
        assert 0 < before < GROUP, "the size tells the group, not the number"

    def test_nothing_happened_and_the_log_grows_all_the_same(self):
        sizes = [record.checkpoint(now=NOW + n * DAY).size for n in range(3)]
        assert sizes == [GROUP, 2 * GROUP, 3 * GROUP]

    def test_a_batch_is_whole_groups(self):
        with pytest.raises(ValueError):
            record.log_events(batch=100)


@pytest.mark.django_db
class TestCheckpoints:
    def test_a_day_has_one_in_the_zone_of_the_site(self):
        first = record.daily(now=NOW)
        assert first is not None
        assert record.daily(now=NOW + timedelta(hours=13)) is None, "23.00 WIB of the same day"
        second = record.daily(now=NOW + timedelta(hours=14, minutes=15))
        assert second.statement.previous == first.statement.digest()
        assert reads.latest() == second

    def test_it_is_signed_and_says_what_the_log_is(self):
        make.submit()
        made = record.checkpoint(now=NOW)
        (key,) = reads.all_keys()
        assert signing.is_signed(made.statement.body(), made.signature, bytes(key.public))
        leaves = [bytes(value) for value in LogEntry.objects.order_by("pk").values_list("hash", flat=True)]
        assert made.statement.root == merkle.fold([merkle.leaf_hash(leaf) for leaf in leaves]).hex()
        assert (made.statement.origin, made.statement.previous) == (settings.PUBLIC_URL, None)

    def test_without_a_key_nothing_is_logged(self):
        settings.RECORD_KEY_FILE.unlink()
        make.submit()
        with pytest.raises(KeyRingError, match="cannot be read"):
            record.checkpoint(now=NOW)
        assert not LogEntry.objects.exists()

    def test_proofs_lead_from_any_leaf_to_any_later_checkpoint_in_a_few_reads(self, django_assert_max_num_queries):
        report = make.submit()
        made = [record.checkpoint(now=NOW + n * DAY) for n in range(5)]
        event = Event.objects.get(report=report)
        place = reads.place_of(number=report.number, event=bytes(event.hash).hex())
        assert place.covered_by == made[0]
        for signed in made:
            with django_assert_max_num_queries(4):
                path = reads.inclusion(index=place.index, size=signed.size)
            args = bytes(event.hash), place.index, signed.size, path, bytes.fromhex(signed.statement.root)
            assert merkle.included(*args)
        for old, new in pairwise(made):
            proof = reads.consistency(old=old.size, new=new.size)
            roots = bytes.fromhex(old.statement.root), bytes.fromhex(new.statement.root)
            assert merkle.is_continued(old.size, new.size, *roots, proof)

    @pytest.mark.parametrize(("index", "size"), [(0, 1), (GROUP, GROUP), (-1, GROUP), (0, 2 * GROUP)])
    def test_what_no_checkpoint_covers_has_no_proof(self, index, size):
        record.checkpoint(now=NOW)
        record.log_events()  # a group that nobody has signed yet
        with pytest.raises(reads.NotFoundError):
            reads.inclusion(index=index, size=size)

    @pytest.mark.parametrize(("old", "new"), [(2 * GROUP, GROUP), (GROUP, 3 * GROUP), (0, GROUP)])
    def test_what_is_no_checkpoint_has_no_proof(self, old, new):
        record.checkpoint(now=NOW)
        record.checkpoint(now=TOMORROW)
        with pytest.raises(reads.NotFoundError):
            reads.consistency(old=old, new=new)


@pytest.mark.django_db
class TestKeys:
    def test_a_new_key_is_announced_by_the_one_before(self):
        old = record.checkpoint(now=NOW)
        rotated = record_keys.rotate(now=NOW + timedelta(hours=1))
        new = record.checkpoint(now=TOMORROW)
        assert new.statement.key == rotated.key != old.statement.key == rotated.previous.key
        assert record_keys.faults(rotated) == []
        assert len(signing.signers().all) == 1, "the old one is not kept"
        first = RecordKey.objects.order_by("pk").first()
        in_order(Outside(trusted=[checkpoints.fingerprint(bytes(first.public))]))

    def test_a_rotation_that_stopped_half_way_is_finished_by_the_next(self):
        record.checkpoint(now=NOW)
        signing.add_key()
        made = record.checkpoint(now=TOMORROW)
        assert made.statement.key == signing.current().key
        in_order()

    def test_a_key_that_comes_from_nowhere_signs_nothing(self):
        record.checkpoint(now=NOW)
        signing.begin_anew()
        with pytest.raises(KeyRingError, match="must announce it"):
            record.checkpoint(now=TOMORROW)

    def test_a_lost_key_is_replaced_and_everybody_who_checks_is_told(self):
        record.checkpoint(now=NOW)
        settings.RECORD_KEY_FILE.unlink()
        row = record_keys.rotate(now=NOW, is_lost=True)
        record.checkpoint(now=TOMORROW)
        with pytest.raises(audit.AuditError, match=f"key {row.key}: no key before it announced it"):
            in_order()
        everyone = [checkpoints.fingerprint(bytes(key.public)) for key in reads.all_keys()]
        in_order(Outside(trusted=everyone))

    def test_a_key_that_is_not_trusted_is_named(self):
        record.checkpoint(now=NOW)
        with pytest.raises(audit.AuditError, match="not one that you trust"):
            in_order(Outside(trusted=["0" * 64]))

    def test_the_file_is_the_owners_alone_and_holds_what_it_says(self):
        assert settings.RECORD_KEY_FILE.stat().st_mode & 0o777 == 0o600
        with pytest.raises(FileExistsError):
            signing.make_key_file(settings.RECORD_KEY_FILE)
        for bent in ("", "[]", "{}", '{"current": "x", "keys": {"x": "eA=="}}', '{"current": "x", "keys": {}}'):
            with pytest.raises(KeyRingError, match="here"):
                signing.parse(bent, source="here")
        signers = signing.current()
        assert repr(signers).count("seed") == 0


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
