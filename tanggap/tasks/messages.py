"""Deliver what is owed."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import letters
from tanggap.adapters.outbound.senders import SENDERS, NotSentError
from tanggap.services import messages

# Twelve tries: a minute, then twice as long each time, up to about three days.
RETRY = RetryStrategy(max_attempts=messages.MOST_ATTEMPTS, exponential_wait=2, wait=60)


@jobs.task(name=messages.DELIVER, queue="messages", retry=RETRY)
def deliver(*, message_id: int) -> None:
    """Send one message that is owed. Safe to run twice, or twice at once."""
    now = timezone.now()  # noqa: TID251
    owed = messages.claim(message_id, now=now)
    if owed is None:
        return
    try:
        SENDERS[owed.channel].send(letters.write(owed))
    except NotSentError as error:
        messages.settle(message_id, sent=False, reason=error.reason, now=now)
        raise
    messages.settle(message_id, sent=True, now=now)
