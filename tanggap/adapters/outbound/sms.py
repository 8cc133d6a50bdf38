"""Short messages to telephones: the text, and the gateways that it is handed to.

`Command` gives number and text to a program of the operator on its standard input, so any provider can be joined and
none of them is known here; `Folder` writes them to files, for tests and demonstrations. Without either there are none.
What a program says is thrown away: it may repeat the number and the code, and nothing of them belongs into a log.
"""

import json
import os
import shlex
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tanggap.adapters.outbound.letters import SYSTEM_LANGUAGES
from tanggap.adapters.outbound.senders import NotSentError
from tanggap.adapters.programs import environment

log = structlog.get_logger("tanggap.outbound.sms")

LONGEST: Final = 160
# The signs of the GSM 7-bit alphabet (3GPP TS 23.038) that take one place each; with any other a message holds 70.
GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_LONGEST_NAME: Final = 40
REFUSED: Final = os.EX_DATAERR  # 65: this number or this text, whenever it is tried
_SECONDS: Final = 5.0
# There is one worker for all mails: a gateway that hangs is left alone for so long, and holds up a seventh of its time.
_REST_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A message that is ready to go; `reference` is the same at each try, so that a gateway can know it again."""

    number: str = field(repr=False)
    text: str = field(repr=False)
    reference: str


class Gateway(Protocol):
    """Whatever carries short messages."""

    def hand_over(self, message: ShortMessage) -> None:
        """Hand a message over. Raises NotSentError, never with the number or the text in it."""


class Command:
    """A program of the operator: JSON on its standard input, 0 as its exit code."""

    _rests_until = 0.0  # of all commands of this process

    def __init__(self, words: str, *, seconds: float = _SECONDS) -> None:
        self.words, self.seconds = words, seconds

    def hand_over(self, message: ShortMessage) -> None:
        """Run the program; exit code 65 refuses for good, whatever else it does is tried again."""
        if time.monotonic() < Command._rests_until:
            raise NotSentError("resting")
        said = {"to": message.number, "text": message.text, "reference": message.reference}
        try:
            code = _run(shlex.split(self.words), f"{json.dumps(said)}\n".encode(), self.seconds)
        except subprocess.TimeoutExpired:
            Command._rests_until = time.monotonic() + _REST_SECONDS
            log.warning("sms.too_slow")
            raise NotSentError("too_slow") from None
        except (OSError, ValueError, IndexError) as error:
            log.warning("sms.not_run", why=type(error).__name__)
            raise NotSentError("not_run") from None
        if code != 0:
            log.warning("sms.refused", exit=code)
            raise NotSentError(f"exit_{code}", is_permanent=code == REFUSED)


def _run(words: list[str], given: bytes, seconds: float) -> int:
    """Run a program and return its exit code; one that does not end is ended with all that it started."""
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    ) as program:
        try:
            program.communicate(given, timeout=seconds)
        finally:
            if program.returncode is None:
                os.killpg(program.pid, signal.SIGKILL)
    return program.returncode


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that only its owner may read, with one file for each message."""

    path: Path

    def hand_over(self, message: ShortMessage) -> None:
        """Write the message to a file; a second time to the same."""
        said = {"to": message.number, "text": message.text}
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path / f"{message.reference}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(said, ensure_ascii=False) + "\n")
        except OSError as error:
            log.warning("sms.not_written", why=type(error).__name__)
            raise NotSentError("not_written") from None


def gateway() -> Gateway | None:
    """Return what carries short messages here: the operator's program, a folder, or nothing."""
    if settings.SMS_COMMAND.strip():
        return Command(settings.SMS_COMMAND)
    return Folder(Path(settings.SMS_DIR).absolute()) if settings.SMS_DIR.strip() else None


def code(*, number: str, code: str, language: str, reference: str) -> ShortMessage:
    """Write the message with the code by which a citizen signs in: one message of 160 signs, whatever the site's name.

    The last line binds the code to the site (WICG, origin-bound one-time codes): a telephone offers it on no other.
    """
    with translation.override(language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE):
        site = "".join(sign for sign in settings.SITE_NAME if sign in GSM)[:_LONGEST_NAME].strip()
        words = _("Kode masuk %(site)s: %(code)s. Berlaku 10 menit. Jangan beri tahu siapa pun, juga petugas.")
        text = words % {"site": site, "code": code}
    bound = f"{text}\n\n@{urlsplit(settings.PUBLIC_URL).hostname} #{code}"
    digest = salted_hmac("tanggap.sms", reference, algorithm="sha256").hexdigest()[:32]
    return ShortMessage(number, bound if len(bound) <= LONGEST else text, digest)
