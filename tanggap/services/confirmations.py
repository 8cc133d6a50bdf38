"""The link by which a reporter confirms an e-mail address: signed, good for 14 days, for one report and one address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from django.core import signing

from tanggap.services import keys

GOOD_FOR = timedelta(days=14)
_SALT = "tanggap.confirmations"


def make(report_id: int, email: str) -> str:
    """Return the signed text of the link. It carries the keyed hash of the address, never the address."""
    hashed = urlsafe_b64encode(keys.lookup_hash("email", email)).decode()
    return signing.dumps([report_id, hashed], salt=_SALT)


def read(text: str) -> tuple[int, bytes] | None:
    """Return report id and hash of the address that a link confirms; None when it is forged or too old."""
    try:
        report_id, hashed = signing.loads(text, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return report_id, urlsafe_b64decode(hashed)
