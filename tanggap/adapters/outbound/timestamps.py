"""Asks an outside authority for a time stamp (RFC 3161): the hash of a statement goes out, a signed time comes back.

Nothing but that hash and a random number leaves the house. The answer is read with a limit of size and of time, no
redirection is followed, and it is refused unless it grants what was asked for. Who trusts the authority checks the
signature with its certificate (`tanggap-verify --tsa-cert`); here nobody does.
"""

import hashlib
import http.client
import time
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response
from rfc3161_client.tsp import PKIStatus

LARGEST: Final = 1 << 16  # bytes of an answer: with all its certificates it has some thousands
_SECONDS: Final = 10.0  # for each step on the line
_ALTOGETHER: Final = 20.0
_CHUNK: Final = 1 << 12


class NotStampedError(Exception):
    """The authority did not answer as it has to; the text says what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer as it came, and the time in it."""

    response: bytes
    at: datetime


def ask(url: str, body: bytes) -> Stamp:
    """Return the time stamp of an authority over some bytes. Raises NotStampedError."""
    request = TimestampRequestBuilder().data(body).hash_algorithm(HashAlgorithm.SHA256).build()
    content = _posted(url, request.as_bytes())
    try:
        response = decode_timestamp_response(content)
        if response.status != PKIStatus.GRANTED:
            raise NotStampedError(f"refused: status {response.status}")
        said = response.tst_info
        if said.message_imprint.message != hashlib.sha256(body).digest() or said.nonce != request.nonce:
            raise NotStampedError("an answer to another question")
        return Stamp(content, said.gen_time)
    except ValueError:
        raise NotStampedError("not a time stamp") from None


def said_at(content: bytes, body: bytes) -> datetime | None:
    """Return which time a stored answer says for some bytes; None where it is no stamp, or one of other bytes.

    Whose it is is not looked at: `tanggap-verify --tsa-cert` does that.
    """
    try:
        response = decode_timestamp_response(content)
        if response.status != PKIStatus.GRANTED:
            return None
        said = response.tst_info
    except ValueError:
        return None
    return said.gen_time if said.message_imprint.message == hashlib.sha256(body).digest() else None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def _posted(url: str, content: bytes) -> bytes:
    if not url.startswith(("http://", "https://")):
        raise NotStampedError("TANGGAP_TIMESTAMP_URL is no address")
    kinds = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    until = time.monotonic() + _ALTOGETHER
    try:
        asked = urllib.request.Request(url, content, kinds, method="POST")  # noqa: S310 - one of the two above
        with urllib.request.build_opener(_NoRedirects()).open(asked, timeout=_SECONDS) as answer:
            return _read(answer, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotStampedError(f"no answer: {type(error).__name__}") from None


def _read(answer: Any, until: float) -> bytes:
    """Read an answer that is neither too large nor too slow, drop by drop."""
    found = b""
    while chunk := answer.read1(_CHUNK):
        found += chunk
        if len(found) > LARGEST or time.monotonic() > until:
            raise NotStampedError("an answer that is too large, or too slow")
    return found
