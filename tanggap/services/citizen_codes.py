"""The code of six digits by which a citizen proves an address or a number: good for ten minutes and for one sign-in.

The code is derived from a key, the address and a random word, so it is stored nowhere, hashed or not. The random word
and the address travel sealed in a cookie of the browser that asked, and in the job that mails or the row of the short
message. Whether there is an account is not even looked at before the code was right.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from procrastinate.contrib.django import app as jobs

from tanggap.domain.citizens import is_number
from tanggap.domain.limits_of_use import Bucket, Verdict, mailbox
from tanggap.selectors import opaque
from tanggap.services import keys, limits, short_messages

SEND: Final = "citizens.send_code"
GOOD_FOR: Final = timedelta(minutes=10)
DIGITS: Final = 6
_ASKED: Final = "code of a citizen, asked"
_PARTS: Final = 4
_KNOWN: Final = "browser of a citizen"
_LETTER: Final = "code of a citizen, mailed"


class ExhaustedError(Exception):
    """The site sends no more short messages today, to nobody: its sum for the day is used up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was asked for in this browser."""

    address: str
    word: str
    until: float
    is_sent: (
        int  # 0 where mailbox or number had got enough: what was never sent can only be guessed, so nothing opens it
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail or the short message with a code says."""

    address: str
    code: str
    language: str
    reference: str


def ask(address: str, *, language: str, client: str, known: str, now: datetime) -> str | Verdict:
    """Let a code be sent and return the sealed text for the browser, or how long this client has to wait.

    `address` is an e-mail address, or a number as `mobile_numbers.read` gives it; `known` the sealed text of a browser
    in which an account was opened before. Where the mailbox or the number has got enough today nothing goes out, and
    the answer is the same. Raises ExhaustedError.
    """
    by_phone = is_number(address)
    for bucket in (Bucket.CITIZEN_CLIENT, Bucket.CITIZEN_SMS_CLIENT) if by_phone else (Bucket.CITIZEN_CLIENT,):
        verdict = limits.hit(bucket, client, now=now)
        if not verdict.allowed:
            return verdict
    if by_phone and not short_messages.has_room(is_known=is_known(address, known), now=now):
        raise ExhaustedError
    word = secrets.token_hex(16)
    until = (now + GOOD_FOR).timestamp()
    is_sent = int(_may_be_sent(address, known, now=now))
    if is_sent:
        said = opaque.seal(_LETTER, [address, word, until, language])
        if by_phone:
            short_messages.owe(said, now=now)
        else:
            jobs.configure_task(SEND, allow_unknown=False).defer(letter=said)
    return opaque.seal(_ASKED, [address, word, until, is_sent])


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
    if not (matches and may_try and one.is_sent) or now.timestamp() > one.until:
        return False
    limits.take_back(Bucket.CITIZEN_WRONG, client)
    return limits.hit(Bucket.CITIZEN_SPENT, one.word, now=now).allowed


def remember(address: str) -> str:
    """Return the sealed text by which a browser is known again, in which this account was opened."""
    return opaque.seal(_KNOWN, [_box(address), secrets.token_hex(8)])


def is_known(address: str, known: str) -> bool:
    """Say whether the account of this address was opened before in the browser that carries `known`."""
    return _known_parts(_box(address), known) is not None


def letter(text: str, *, now: datetime) -> Letter | None:
    """Return what a job sends; None when the code is stale."""
    parts = opaque.open_(_LETTER, text)
    if parts is None:
        return None
    address, word, until, language = parts
    if now.timestamp() > until:
        return None
    return Letter(address, _code(address, word), language, f"code-{word}")


def _may_be_sent(address: str, known: str, *, now: datetime) -> bool:
    box = _box(address)
    parts = _known_parts(box, known)
    if is_number(address):
        # All known browsers share a count: each sign-in makes one, and each message costs.
        bucket, key = (Bucket.CITIZEN_NUMBER_KNOWN if parts else Bucket.CITIZEN_NUMBER), box
    else:
        bucket, key = (Bucket.CITIZEN_KNOWN, ":".join(parts)) if parts else (Bucket.CITIZEN_MAILBOX, box)
    return limits.hit(bucket, key, now=now).allowed


def _known_parts(box: str, known: str) -> list[str] | None:
    parts = opaque.open_(_KNOWN, known) if known else None
    return parts if parts is not None and parts[0] == box else None


def _box(address: str) -> str:
    return keys.citizen_hash("mailbox", mailbox(address)).hex()


def _code(address: str, word: str) -> str:
    digest = hashlib.sha256(keys.citizen_hash("code", f"{word}:{address}")).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
