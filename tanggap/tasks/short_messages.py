"""Hand the short messages over that are owed."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import sms
from tanggap.adapters.outbound.senders import NotSentError
from tanggap.services import citizen_codes, short_messages


@jobs.task(
    name=short_messages.DELIVER,
    queue="messages",
    priority=20,
    retry=RetryStrategy(max_attempts=short_messages.MOST_ATTEMPTS, linear_wait=20, wait=20),
)
def deliver(*, short_message_id: int) -> None:
    """Hand one code over, before all mails: somebody is looking at the page. Safe to run twice, as with mails."""
    now = timezone.now()  # noqa: TID251 - a door
    owed = short_messages.claim(short_message_id, now=now)
    if owed is None:
        return
    found, gateway = citizen_codes.letter(owed, now=now), sms.gateway()
    if found is None or gateway is None:
        reason = "stale" if found is None else "off"
        short_messages.settle(short_message_id, sent=False, reason=reason, is_permanent=True, now=now)
        return
    message = sms.code(number=found.address, code=found.code, language=found.language, reference=found.reference)
    try:
        gateway.hand_over(message)
    except NotSentError as error:
        if short_messages.settle(
            short_message_id, sent=False, reason=error.reason, is_permanent=error.is_permanent, now=now
        ):
            raise
    else:
        short_messages.settle(short_message_id, sent=True, now=now)
