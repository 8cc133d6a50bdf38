"""The code of six digits by which a citizen proves an address: sent by mail, good for ten minutes and for one sign-in.

The code is derived from a key, the address and a random word, so it is stored nowhere, hashed or not. The random word
and the address travel sealed in a cookie of the browser that asked, and in the job that mails. Whether there is an
account is not even looked at before the code was right.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from procrastinate.contrib.django import app as jobs

from tanggap.domain.limits_of_use import Bucket, Verdict, mailbox
from tanggap.selectors import opaque
from tanggap.services import keys, limits

SEND: Final = "citizens.send_code"
GOOD_FOR: Final = timedelta(minutes=10)
DIGITS: Final = 6
_ASKED: Final = "code of a citizen, asked"
_PARTS: Final = 4
_KNOWN: Final = "browser of a citizen"
_LETTER: Final = "code of a citizen, mailed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was asked for in this browser."""

    address: str
    word: str
    until: float
    is_mailed: int  # 0 where the mailbox had got enough: what was never sent can only be guessed, so nothing opens it


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail with a code says."""

    address: str
    code: str
    language: str
    reference: str


def ask(address: str, *, language: str, client: str, known: str, now: datetime) -> str | Verdict:
    """Let a code be mailed and return the sealed text for the browser, or how long this client has to wait.

    `known` is the sealed text of a browser in which an account was opened before. Where the mailbox has got enough
    today no mail goes out, and the answer is the same.
    """
    verdict = limits.hit(Bucket.CITIZEN_CLIENT, client, now=now)
    if not verdict.allowed:
        return verdict
    word = secrets.token_hex(16)
    until = (now + GOOD_FOR).timestamp()
    is_mailed = int(_may_be_sent(address, known, now=now))
    if is_mailed:
        said = opaque.seal(_LETTER, [address, word, until, language])
        jobs.configure_task(SEND, allow_unknown=False).defer(letter=said)
    return opaque.seal(_ASKED, [address, word, until, is_mailed])


def asked(text: str) -> Asked | None:
    """Return what a browser carries; None for what is not ours."""
    parts = opaque.open_(_ASKED, text)
    return Asked(*parts) if parts is not None and len(parts) == _PARTS else None  # an older one is asked for anew


def is_right(one: Asked, given: str, *, client: str, now: datetime) -> bool | Verdict:
    """Say whether a code is the one that was mailed; a right one is spent. A verdict says that one has to wait."""
    verdict = limits.hit(Bucket.CITIZEN_WRONG, client, now=now)
    if not verdict.allowed:
        return verdict
    may_try = limits.hit(Bucket.CITIZEN_TRY, one.word, now=now).allowed
    digits = "".join(sign for sign in given if sign.isascii() and sign.isdecimal())
    matches = hmac.compare_digest(_code(one.address, one.word), digits.rjust(DIGITS)[: DIGITS + 1])
    if not (matches and may_try and one.is_mailed) or now.timestamp() > one.until:
        return False
    limits.take_back(Bucket.CITIZEN_WRONG, client)
    return limits.hit(Bucket.CITIZEN_SPENT, one.word, now=now).allowed


def remember(address: str) -> str:
    """Return the sealed text by which a browser is known again, in which this account was opened."""
    return opaque.seal(_KNOWN, [_box(address), secrets.token_hex(8)])


def letter(text: str, *, now: datetime) -> Letter | None:
    """Return what a job mails; None when the code is stale."""
    parts = opaque.open_(_LETTER, text)
    if parts is None:
        return None
    address, word, until, language = parts
    if now.timestamp() > until:
        return None
    return Letter(address, _code(address, word), language, f"code-{word}")


def _may_be_sent(address: str, known: str, *, now: datetime) -> bool:
    parts = opaque.open_(_KNOWN, known) if known else None
    if parts is not None and parts[0] == _box(address):
        return limits.hit(Bucket.CITIZEN_KNOWN, ":".join(parts), now=now).allowed
    return limits.hit(Bucket.CITIZEN_MAILBOX, _box(address), now=now).allowed


def _box(address: str) -> str:
    return keys.citizen_hash("mailbox", mailbox(address)).hex()


def _code(address: str, word: str) -> str:
    digest = hashlib.sha256(keys.citizen_hash("code", f"{word}:{address}")).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
