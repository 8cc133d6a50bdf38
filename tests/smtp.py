"""A real SMTP server for tests, in a thread of its own: it takes mail, refuses it, or hangs up, as it is told."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """What arrived, and how the server answers: at RCPT, at DATA, by hanging up, or never (`holds`)."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.at_recipient = ""
        self.at_data = ""
        self.hangs_up = False
        self.holds = False
        self.arrived = threading.Event()

    async def handle_RCPT(  # noqa: N802 - the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs_up and server.transport is not None:
            server.transport.close()
            return "250 nobody hears this"
        if self.at_data:
            return self.at_data
        self.mails.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        self.arrived.set()
        if self.holds:
            await asyncio.Event().wait()
        return "250 OK"


class _Controller(Controller):
    """Finds its port by asking the system for a free one; the library only takes a known one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def server(mailbox: Mailbox) -> Iterator[dict[str, object]]:
    """Run the server on a free port; gives the MAILERS setting that reaches it."""
    controller = _Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield mailers(controller.port)
    finally:
        controller.stop()


def mailers(port: int) -> dict[str, object]:
    """Return the setting for an SMTP server on a port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
