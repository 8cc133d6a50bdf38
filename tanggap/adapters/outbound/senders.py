"""Ways out: one sender per channel. A sender hands a finished letter over and says whether it was taken."""

import logging
import smtplib
from typing import Protocol

from django.core.mail import EmailMessage  # noqa: TID251 - the one place

from tanggap.adapters.outbound.letters import Letter
from tanggap.domain.notices import Channel

log = logging.getLogger("tanggap.outbound.mail")

_PERMANENT_FROM = 500


class NotSentError(Exception):
    """A letter was not taken; `reason` is a code without personal data.

    `is_permanent` says that trying again cannot help: this address, or this letter, is refused.
    """

    def __init__(self, reason: str, *, is_permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_permanent = reason, is_permanent


class Sender(Protocol):
    """The port of a channel."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over. Raises NotSentError."""


class EmailSender:
    """E-mail by the mailer of the settings: console, folder or SMTP."""

    def send(self, letter: Letter) -> None:
        """Hand a mail over to the mail server. Raises NotSentError, never with the address in it.

        The server's own words are dropped (`from None`): they repeat the address, and a job's error is logged.
        """
        mail = EmailMessage(
            subject=letter.subject,
            body=letter.text,
            to=[letter.address],
            headers={
                # RFC 3834: no out-of-office reply to a machine, and no loop between two of them.
                "Auto-Submitted": "auto-generated",
                "Message-ID": letter.message_id,
                "Content-Language": letter.language,
            },
        )
        try:
            mail.send()
        except ValueError:
            # An address or a header that cannot be: line breaks, two addresses, no local part.
            raise NotSentError("bad_address", is_permanent=True) from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            raise _refused("address", max(codes, default=0)) from None
        except smtplib.SMTPDataError as error:
            raise _refused("letter", error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            # It refuses this installation (sign-in, greeting, sender): the operator can mend that,
            # so the letter is kept and tried again even after a 5xx.
            log.warning("mail.server_refuses_us code=%s", error.smtp_code)
            raise NotSentError(f"server_{error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            # Unreachable, too slow, or hung up: whether it took the letter is not known, so it goes again.
            log.warning("mail.server_away error=%s", type(error).__name__)
            raise NotSentError("server_away") from None


def _refused(what: str, code: int) -> NotSentError:
    """A 4xx asks to come back later (RFC 5321, 4.2.1); a 5xx is for good."""
    return NotSentError(f"{what}_{code}", is_permanent=code >= _PERMANENT_FROM)


SENDERS: dict[Channel, Sender] = {Channel.EMAIL: EmailSender()}
