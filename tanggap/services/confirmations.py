"""The link by which a reporter confirms an e-mail address: signed, good for 14 days, for one report and one address."""

from datetime import timedelta

from django.core import signing

from tanggap.selectors import opaque
from tanggap.services import keys

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
