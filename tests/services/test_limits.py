"""Counts of use: how many may pass, how long one waits, and what the table gives away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import RateWindow
from tanggap.services import limits

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def use_up(bucket, key, *, now=NOW):
    for _ in range(LIMITS[bucket].times):
        assert limits.hit(bucket, key, now=now).allowed


def test_as_many_as_the_table_says_may_pass_and_the_next_one_waits_until_the_window_ends():
    use_up(Bucket.TRACK_NUMBER, "7KQ2-M9TD")
    verdict = limits.hit(Bucket.TRACK_NUMBER, "7KQ2-M9TD", now=NOW + MINUTE)
    assert not verdict.allowed
    assert verdict.retry_after_seconds == 9 * 60
    assert limits.hit(Bucket.TRACK_NUMBER, "7KQ2-M9TD", now=NOW + 10 * MINUTE).allowed


def test_a_refused_use_is_not_counted_so_that_waiting_always_ends():
    use_up(Bucket.TRACK_NUMBER, "a")
    for minute in range(1, 10):
        assert not limits.hit(Bucket.TRACK_NUMBER, "a", now=NOW + minute * MINUTE).allowed
    use_up(Bucket.TRACK_NUMBER, "a", now=NOW + 10 * MINUTE)


def test_keys_and_buckets_do_not_touch_each_other():
    use_up(Bucket.TRACK_NUMBER, "a")
    assert limits.hit(Bucket.TRACK_NUMBER, "b", now=NOW).allowed
    assert limits.hit(Bucket.TRACK_CLIENT, "a", now=NOW).allowed


def test_a_name_is_locked_longer_after_each_further_try_but_never_longer_than_a_quarter_of_an_hour():
    use_up(Bucket.SIGN_IN_NAME, "dpupr")
    now, waits = NOW, []
    for _ in range(6):
        verdict = limits.hit(Bucket.SIGN_IN_NAME, "dpupr", now=now)
        assert not verdict.allowed
        waits.append(verdict.retry_after_seconds // 60)
        now += timedelta(seconds=verdict.retry_after_seconds)
        assert limits.hit(Bucket.SIGN_IN_NAME, "dpupr", now=now).allowed
    assert waits == [1, 2, 4, 8, 15, 15]


def test_who_is_forgiven_starts_from_nothing():
    use_up(Bucket.SIGN_IN_NAME, "dpupr")
    limits.forgive(Bucket.SIGN_IN_NAME, "dpupr")
    use_up(Bucket.SIGN_IN_NAME, "dpupr")
    assert not limits.hit(Bucket.SIGN_IN_NAME, "dpupr", now=NOW).allowed


def test_taking_one_use_back_leaves_the_failures_of_others_behind_the_same_address():
    use_up(Bucket.SIGN_IN_CLIENT, "203.0.113.7")
    limits.take_back(Bucket.SIGN_IN_CLIENT, "203.0.113.7")
    assert limits.hit(Bucket.SIGN_IN_CLIENT, "203.0.113.7", now=NOW).allowed
    assert not limits.hit(Bucket.SIGN_IN_CLIENT, "203.0.113.7", now=NOW).allowed


def test_taking_the_only_use_back_leaves_no_row():
    limits.hit(Bucket.SIGN_IN_CLIENT, "203.0.113.7", now=NOW)
    limits.take_back(Bucket.SIGN_IN_CLIENT, "203.0.113.7")
    assert not RateWindow.objects.exists()


def test_a_code_passes_once():
    assert limits.hit(Bucket.CODE_SPENT, "7:123456", now=NOW).allowed
    assert not limits.hit(Bucket.CODE_SPENT, "7:123456", now=NOW + timedelta(seconds=89)).allowed


def test_the_table_holds_neither_addresses_nor_names():
    limits.hit(Bucket.FILE_CLIENT, "203.0.113.7", now=NOW)
    row = RateWindow.objects.get()
    assert len(bytes(row.key_hash)) == 32
    assert b"203.0.113.7" not in bytes(row.key_hash)


def test_the_same_key_has_another_hash_in_another_bucket():
    limits.hit(Bucket.FILE_CLIENT, "203.0.113.7", now=NOW)
    limits.hit(Bucket.SEARCH_CLIENT, "203.0.113.7", now=NOW)
    first, second = RateWindow.objects.values_list("key_hash", flat=True)
    assert bytes(first) != bytes(second)


def test_a_count_inside_a_transaction_is_refused_because_a_rollback_would_undo_it():
    with transaction.atomic(), pytest.raises(RuntimeError):
        limits.hit(Bucket.FILE_CLIENT, "203.0.113.7", now=NOW)


def test_the_factor_raises_what_is_merely_use_and_leaves_guards_against_guessing(settings):
    settings.LIMIT_FACTOR = 1000
    for _ in range(LIMITS[Bucket.FILE_CLIENT].times + 1):
        assert limits.hit(Bucket.FILE_CLIENT, "203.0.113.7", now=NOW).allowed
    use_up(Bucket.SIGN_IN_NAME, "dpupr")
    assert not limits.hit(Bucket.SIGN_IN_NAME, "dpupr", now=NOW).allowed


def test_a_use_is_one_statement():
    with CaptureQueriesContext(connection) as queries:
        limits.hit(Bucket.FILE_CLIENT, "203.0.113.7", now=NOW)
    statements = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) == 1


def test_old_counts_are_swept_and_running_ones_stay():
    limits.hit(Bucket.SEARCH_CLIENT, "old", now=NOW - timedelta(days=3))
    limits.hit(Bucket.SIGN_IN_NAME, "old", now=NOW - timedelta(days=3))
    use_up(Bucket.SIGN_IN_NAME, "locked")
    limits.hit(Bucket.SEARCH_CLIENT, "new", now=NOW)
    assert limits.purge(now=NOW) == 2
    assert not limits.hit(Bucket.SIGN_IN_NAME, "locked", now=NOW).allowed
