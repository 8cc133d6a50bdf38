"""Send the mails to citizens with an account: the code by which one signs in, and the steps of what one follows."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import entrance
from tanggap.adapters.outbound.senders import SENDERS
from tanggap.domain.notices import Channel
from tanggap.services import citizen_codes, watching
from tanggap.tasks.messages import Patience


@jobs.task(name=citizen_codes.SEND, queue="messages", priority=20, retry=RetryStrategy(max_attempts=4, wait=20))
def send_code(*, letter: str) -> None:
    """Mail a code, before everything else that waits: somebody is looking at the page. A stale one goes nowhere."""
    now = timezone.now()  # noqa: TID251 - a door
    found = citizen_codes.letter(letter, now=now)
    if found is not None:
        SENDERS[Channel.EMAIL].send(
            entrance.code(address=found.address, code=found.code, language=found.language, reference=found.reference)
        )


@jobs.task(name=watching.SPREAD, queue="messages", retry=Patience())
def spread(*, report_id: int, seq: int) -> None:
    """Give each follower of a report a letter of its own."""
    watching.spread(report_id, seq)


@jobs.task(name=watching.SEND, queue="messages", retry=Patience())
def send_step(*, follow_id: int, seq: int) -> None:
    """Tell one follower of a step. Sent twice it is the same mail, under the same Message-ID."""
    found = watching.letter(follow_id, seq)
    if found is not None:
        SENDERS[Channel.EMAIL].send(
            entrance.step(
                address=found.address, number=found.number, language=found.language, reference=found.reference
            )
        )
