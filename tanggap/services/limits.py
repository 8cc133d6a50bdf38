"""Counts uses in the database, so that all workers on all machines share one count.

Doors call `hit` before they do the work, outside of any transaction: the count is a short
transaction of its own and stays when the request's work is rolled back.
"""

import hashlib
import hmac
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from tanggap.domain.limits_of_use import LIMITS, Bucket, Limit, Verdict
from tanggap.models import RateWindow

# A count that a crash of the server forgets harms nobody, so it does not wait for the disk: one hot
# key (a benchmark from one address) would otherwise be as slow as one fsync after the other.
_HIT = """
INSERT INTO tanggap_ratewindow AS w (bucket, key_hash, window_start, count, blocked_until)
SELECT %(bucket)s, %(key)s, %(now)s, 1,
       CASE WHEN %(times)s <= 1 THEN %(now)s::timestamptz + %(lock)s END
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed
ON CONFLICT (bucket, key_hash) DO UPDATE SET
    count = CASE WHEN w.window_start + %(window)s <= %(now)s THEN 1 ELSE w.count + 1 END,
    window_start = CASE WHEN w.window_start + %(window)s <= %(now)s THEN %(now)s ELSE w.window_start END,
    blocked_until = CASE
        WHEN w.window_start + %(window)s <= %(now)s
            THEN CASE WHEN %(times)s <= 1 THEN %(now)s::timestamptz + %(lock)s END
        WHEN w.count + 1 < %(times)s THEN NULL
        WHEN %(grows)s THEN
            %(now)s::timestamptz
            + LEAST(%(longest)s, %(lock)s * power(2, LEAST(w.count + 1 - %(times)s, 20)))
        ELSE w.window_start + %(window)s
    END
WHERE w.blocked_until IS NULL OR w.blocked_until <= %(now)s
RETURNING w.count
"""


def hit(bucket: Bucket, key: str, *, now: datetime) -> Verdict:
    """Count one use and say whether it may go on; a refused use is not counted.

    Inputs: what is counted, whose use it is (an address, a number, a name: stored as a keyed hash
    only), the time. Output: a `Verdict` with the seconds to wait. Must not be called inside a
    transaction (`RuntimeError`): its rollback would take the count with it.
    """
    limit = LIMITS[bucket]
    hashed = _key_hash(bucket, key)
    values: dict[str, Any] = {
        "bucket": bucket.value,
        "key": hashed,
        "now": now,
        "times": _times(limit),
        "window": limit.window,
        "lock": limit.first_lock or limit.window,
        "longest": limit.longest_lock,
        "grows": limit.first_lock is not None,
    }
    # One statement is a transaction by itself; inside another one `atomic` refuses.
    outside = transaction.atomic(durable=True) if connection.in_atomic_block else nullcontext()
    with outside, connection.cursor() as cursor:
        cursor.execute(_HIT, values)
        counted = cursor.fetchone() is not None
    if counted:
        return Verdict(allowed=True)
    return Verdict(allowed=False, retry_after_seconds=_seconds_left(bucket, hashed, now))


def forgive(bucket: Bucket, key: str) -> None:
    """Forget what was counted for a key, after a sign-in that succeeded."""
    RateWindow.objects.filter(bucket=bucket.value, key_hash=_key_hash(bucket, key)).delete()


def take_back(bucket: Bucket, key: str) -> None:
    """Take one counted use back: it was no failure.

    Unlike `forgive` it leaves the failures of others who share the key (an office behind one
    address), so that a guesser cannot clear his count by signing in to an account of his own.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tanggap_ratewindow SET count = count - 1, blocked_until = NULL"
            " WHERE bucket = %s AND key_hash = %s AND count > 1",
            [bucket.value, _key_hash(bucket, key)],
        )
        if cursor.rowcount == 0:
            forgive(bucket, key)


def purge(*, now: datetime) -> int:
    """Delete counts whose window and lock are over, and return how many they were."""
    gone = 0
    for bucket, limit in LIMITS.items():
        stale = RateWindow.objects.filter(
            bucket=bucket.value, window_start__lt=now - limit.window - max(limit.longest_lock, limit.window)
        )
        gone += stale.delete()[0]
    return gone


def _times(limit: Limit) -> int:
    return limit.times * settings.LIMIT_FACTOR if limit.can_be_raised else limit.times


def _seconds_left(bucket: Bucket, hashed: bytes, now: datetime) -> int:
    until = (
        RateWindow.objects.filter(bucket=bucket.value, key_hash=hashed).values_list("blocked_until", flat=True).first()
    )
    left = until - now if until else timedelta()
    return max(1, -(-left // timedelta(seconds=1)))


def _key_hash(bucket: Bucket, key: str) -> bytes:
    """Hash a key under a secret: whoever reads the table learns no address and no name from it."""
    text = f"limits\0{bucket.value}\0{key}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)
