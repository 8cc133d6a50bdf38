"""Which keys sign the record: each is announced by the one before, so trust in the first leads to all (ADR 0060)."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import checkpoints
from tanggap.models import RecordKey
from tanggap.selectors import record
from tanggap.services import signing
from tanggap.services.keys import KeyRingError

# Any number will do, as long as nothing else on the server takes the same one.
_LOCK = 7_426_144_276


def hold_lock() -> None:
    """Let nobody else write log, checkpoints or keys until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def announce(*, now: datetime, is_lost: bool = False) -> RecordKey:
    """Return the key in force as the record knows it; the first time it is written down, signed by the one before.

    Raises KeyRingError where it cannot be read, or where the one before is not in the file; with `is_lost` it begins
    without it, which everybody sees who checks the record. Safe to run twice.
    """
    hold_lock()
    signer = signing.current()
    known = RecordKey.objects.filter(key=signer.key).first()
    if known is not None:
        return known
    last = RecordKey.objects.order_by("pk").last()
    before = signing.signers().all.get(last.key) if last else None
    if last is not None and before is None and not is_lost:
        raise KeyRingError(
            f"The key {signer.key} is new, and {last.key}, which must announce it, is not in the file. "
            "Put that one back, or say that it is lost: ./run rotate_record_key --lost"
        )
    origin = last.origin if last else settings.PUBLIC_URL
    previous = last.key if before and last else None
    body = checkpoints.key_body(origin=origin, public=signer.public, at=now, previous=previous)
    return RecordKey.objects.create(
        key=signer.key,
        public=signer.public,
        origin=origin,
        since=now,
        previous=last if before else None,
        own_signature=signer.sign(body),
        signature=before.sign(body) if before else None,
    )


def rotate(*, now: datetime, is_lost: bool = False) -> RecordKey:
    """Make a new key, announce it by the old one, and take the old one out of the file. Safe to run again.

    With `is_lost` the new one begins without the old. Raises KeyRingError.
    """
    if is_lost:
        signing.begin_anew()
    else:
        announce(now=now)
        signing.add_key()
    row = announce(now=now, is_lost=is_lost)
    signing.drop_old()
    return row


def faults(row: RecordKey) -> list[str]:
    """Return what is wrong with the statement of a key by itself; not whether it is the one to trust."""
    said = [] if checkpoints.key_id(bytes(row.public)) == row.key else [f"key {row.key}: its name is not its own"]
    body = record.key_body(row)
    if not signing.is_signed(body, bytes(row.own_signature), bytes(row.public)):
        said.append(f"key {row.key}: it did not sign its own statement")
    if row.previous is not None and not signing.is_signed(
        body, bytes(row.signature or b""), bytes(row.previous.public)
    ):
        said.append(f"key {row.key}: the key {row.previous.key} did not announce it")
    return said
