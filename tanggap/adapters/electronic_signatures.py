"""Electronic signatures: a hook with a small interface, and the two that stand behind it.

`none` signs nothing: whoever presses the button has decided, and the paper says that it bears no electronic signature.
`command` gives the paper to a program of the operator on its standard input, and takes the signed one from its standard
output: so any service for electronic signatures can be joined, and none of them is known here.
"""

import os
import select
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from tanggap.adapters.programs import environment
from tanggap.domain.attachments import LARGEST_OF_ALL
from tanggap.domain.memos import Signature

log = structlog.get_logger("tanggap.signing")

_PDF: Final = b"%PDF-"
_SECONDS: Final = 30
# A program that hangs holds two threads of a web process at most: citizens file their reports with the others.
_AT_ONCE: Final = threading.BoundedSemaphore(2)
_TURN_SECONDS: Final = 5
_BLOCK: Final = 64 * 1024


class SigningError(Exception):
    """The paper was not signed; what came back is thrown away."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and what: for the program that has to choose a certificate."""

    username: str
    number: str


class Signer(Protocol):
    """Whatever signs a PDF."""

    @property
    def is_electronic(self) -> bool:
        """Say whether the paper will bear an electronic signature."""

    def sign(self, pdf: bytes, signatory: Signatory) -> tuple[bytes, Signature]:
        """Return the signed PDF and what is known of the signature; raises SigningError."""


class Unsigned:
    """No electronic signature."""

    is_electronic = False

    def sign(self, pdf: bytes, signatory: Signatory) -> tuple[bytes, Signature]:  # noqa: ARG002 - one interface
        """Return the paper as it is."""
        return pdf, Signature("none")


@dataclass(frozen=True, slots=True)
class Command:
    """A program of the operator: a PDF in, a signed PDF out, 0 as its exit code."""

    words: str
    seconds: float = _SECONDS
    is_electronic: bool = True

    def sign(self, pdf: bytes, signatory: Signatory) -> tuple[bytes, Signature]:
        """Run the program; anything but a different PDF and exit code 0 is a failure. Raises SigningError."""
        env = environment(TANGGAP_SIGNER=signatory.username, TANGGAP_MEMO_NUMBER=signatory.number)
        try:
            with _turn():
                code, signed = _run(shlex.split(self.words), pdf, env, self.seconds)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            log.warning("signing.failed", why=type(error).__name__)
            raise SigningError(type(error).__name__) from error
        is_signed = signed.startswith(_PDF) and signed != pdf and len(signed) <= LARGEST_OF_ALL
        if code != 0 or not is_signed:
            log.warning("signing.refused", code=code, bytes=len(signed))
            raise SigningError(f"exit code {code}, {len(signed)} bytes")
        return signed, Signature("command")


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for a moment until few enough sign; raises SigningError where that takes longer."""
    if not _AT_ONCE.acquire(timeout=_TURN_SECONDS):
        log.warning("signing.busy")
        raise SigningError("busy")
    try:
        yield
    finally:
        _AT_ONCE.release()


def _run(words: list[str], pdf: bytes, env: dict[str, str], seconds: float) -> tuple[int, bytes]:
    """Run a program; return its exit code and what it wrote, of which no more is read than a paper may have.

    Whatever it is that keeps it from ending is ended with it: it must cost neither our memory nor our time.
    """
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryFile() as given:
        given.write(pdf)
        given.seek(0)
        program = subprocess.Popen(
            words, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, start_new_session=True
        )
    with program:
        try:
            signed = b"".join(_written(program, deadline))
            return program.wait(max(0, deadline - time.monotonic())), signed
        finally:
            if program.returncode is None:
                os.killpg(program.pid, signal.SIGKILL)


def _written(program: subprocess.Popen[bytes], deadline: float) -> Iterator[bytes]:
    """Yield what a program writes until it is done; one that writes too much is ended. Raises TimeoutExpired."""
    if (pipe := program.stdout) is None:
        return
    more, left = select.poll(), LARGEST_OF_ALL
    more.register(pipe, select.POLLIN)
    while left >= 0:
        seconds = deadline - time.monotonic()
        if seconds <= 0 or not more.poll(seconds * 1000):
            raise subprocess.TimeoutExpired(program.args, seconds)
        block = os.read(pipe.fileno(), _BLOCK)
        if not block:
            return
        left -= len(block)
        yield block
    os.killpg(program.pid, signal.SIGKILL)


def signer(command: str) -> Signer:
    """Return what signs here: the operator's program, or nothing."""
    return Command(command) if command.strip() else Unsigned()
