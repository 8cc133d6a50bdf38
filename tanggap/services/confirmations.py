"""The link by which a reporter confirms an e-mail address: signed, good for 14 days, for one report and one address.

How often a mailbox is sent one is limited, whatever number of reports names it: anybody can type anybody's address.
"""

from datetime import datetime, timedelta

from django.core import signing

from tanggap.domain.limits_of_use import Bucket, mailbox
from tanggap.selectors import opaque
from tanggap.services import keys, limits

GOOD_FOR = timedelta(days=14)
_SALT = "tanggap.confirmations"


def make(report_id: int, email: str) -> str:
    """Return the signed text of the link. It carries the keyed hash of the address, never the address.

    What it carries is sealed too: two links in the open would tell how many reports came in between.
    """
    return signing.dumps(opaque.seal(_SALT, [report_id, keys.lookup_hash("email", email).hex()]), salt=_SALT)


def read(text: str) -> tuple[int, bytes] | None:
    """Return report id and hash of the address that a link confirms; None when it is forged or too old."""
    try:
        parts = opaque.open_(_SALT, signing.loads(text, salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None
    return None if parts is None else (parts[0], bytes.fromhex(parts[1]))


def may_be_sent(email: str, *, now: datetime) -> bool:
    """Count one mail that asks to confirm, and say whether this mailbox may get it; outside of any transaction."""
    return limits.hit(Bucket.CONFIRM_ADDRESS, _mailbox(email), now=now).allowed


def forget_count(email: str) -> None:
    """Forget how often a mailbox was asked: its owner has confirmed one report."""
    limits.forgive(Bucket.CONFIRM_ADDRESS, _mailbox(email))


def _mailbox(email: str) -> str:
    return keys.lookup_hash("email", mailbox(email)).hex()
