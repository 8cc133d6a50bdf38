"""Deliver what is owed."""

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app as jobs
from procrastinate.jobs import Job

from tanggap.adapters.outbound import letters
from tanggap.adapters.outbound.senders import SENDERS, NotSentError
from tanggap.domain.notices import Notice
from tanggap.services import confirmations, messages

_FIRST_WAIT_SECONDS = 60
_LONGEST_WAIT_SECONDS = 6 * 60 * 60


class Patience(BaseRetryStrategy):
    """Try again after a minute, then twice as long each time, at most six hours: twenty tries in three days."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        """Return when the job runs again, or None when it was tried often enough."""
        if job.attempts + 1 >= messages.MOST_ATTEMPTS:
            return None
        wait = min(_FIRST_WAIT_SECONDS * 2**job.attempts, _LONGEST_WAIT_SECONDS)
        return RetryDecision(retry_in={"seconds": wait})


@jobs.task(name=messages.DELIVER, queue="messages", retry=Patience())
def deliver(*, message_id: int) -> None:
    """Send one message that is owed. Safe to run twice: what was settled is not sent again.

    A worker that dies between the sending and the settling sends again, under the same Message-ID.
    """
    now = timezone.now()  # noqa: TID251 - a door
    owed = messages.claim(message_id, now=now)
    if owed is None:
        return
    # Counted once per mail, however often a server that is away makes it try again.
    asks = owed.notice == Notice.CONFIRM_ADDRESS and owed.is_first_try
    if asks and not confirmations.may_be_sent(owed.address, now=now):
        messages.hold_back(message_id, now=now)
        return
    try:
        SENDERS[owed.channel].send(letters.write(owed))
    except NotSentError as error:
        if messages.settle(message_id, sent=False, reason=error.reason, is_permanent=error.is_permanent, now=now):
            raise
    else:
        messages.settle(message_id, sent=True, now=now)
