"""Every event gets its place once, whatever the order of commits; every day is signed; whatever is bent is named."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connections, transaction

from tanggap.domain import checkpoints, merkle
from tanggap.domain.lifecycle import Status
from tanggap.domain.merkle import GROUP
from tanggap.models import Event, LogEntry, RecordKey
from tanggap.selectors import record as reads
from tanggap.services import audit, record, record_keys, signing
from tanggap.services.keys import KeyRingError
from tanggap.services.record_audit import NOTHING, Outside
from tests import make
from tests.make import DAY, NOW

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
