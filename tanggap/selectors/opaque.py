"""Numbers that leave the house unreadable: keys of lists, counts in forms, ids in links.

A primary key counts every row, the secret ones too: who sees two of them knows how many reports came in
between. So none stands in an address or a form as it is. Sealing is deterministic (AES-SIV), so the same
page has the same addresses each time; what was sealed for one purpose does not open for another.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

_BLOCK: Final = 32
_LONGEST: Final = 1000


def seal(purpose: str, parts: list[Any]) -> str:
    """Return parts (numbers and texts) as a text that only `open_` reads; its length tells nothing of a number."""
    plain = json.dumps(parts, separators=(",", ":")).encode()
    padded = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)
    return urlsafe_b64encode(_cipher(settings.SECRET_KEY).encrypt(padded, [purpose.encode()])).decode().rstrip("=")


def open_(purpose: str, text: str) -> list[Any] | None:
    """Return what was sealed for this purpose; None for whatever was not."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        blob = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        plain = _cipher(settings.SECRET_KEY).decrypt(blob, [purpose.encode()])
    except (InvalidTag, ValueError):
        return None
    parts: list[Any] = json.loads(plain)
    return parts


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(hmac.digest(secret.encode(), b"tanggap.opaque", hashlib.sha512))
