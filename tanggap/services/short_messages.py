"""Short messages that are owed: a row each, delivered by a job after the commit, tried again for as long as it helps.

The operator pays for each, so the site sends so many in a day and no more (TANGGAP_SMS_A_DAY): whoever has numbers
of accomplices send for themselves at the operator's cost does so up to that sum. Tries count, as a gateway may.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Greatest
from procrastinate.contrib.django import app as jobs

from tanggap.models import ShortMessage

log = logging.getLogger("tanggap.short_messages")

DELIVER: Final = "short_messages.deliver"
# With the waits of `tanggap.tasks.short_messages` these tries last three minutes and a half, of the code's ten.
MOST_ATTEMPTS: Final = 5
_DAY: Final = timedelta(days=1)
_KEPT: Final = timedelta(days=31)  # the provider's bill of a month can be compared
# Of a day's sum so much is for browsers in which an account was opened before: strangers cannot use that up.
_FOR_KNOWN: Final = 4


def has_room(*, is_known: bool, now: datetime) -> bool:
    """Say whether the site may send one more today; those who ask in the same moment may go a little beyond."""
    most = settings.SMS_A_DAY if is_known else settings.SMS_A_DAY - settings.SMS_A_DAY // _FOR_KNOWN
    recent = ShortMessage.objects.filter(created_at__gt=now - _DAY)
    sent = recent.aggregate(tries=Sum(Greatest("attempts", 1)))["tries"] or 0
    if sent >= most:
        log.warning("short_messages.enough_today tries=%s", sent)
    return sent < most


@transaction.atomic
def owe(letter: str, *, now: datetime) -> None:
    """Write down that a sealed letter goes out as a short message, and defer the delivery in the same transaction."""
    row = ShortMessage.objects.create(letter=letter, created_at=now)
    jobs.configure_task(DELIVER, allow_unknown=False).defer(short_message_id=row.pk)


@transaction.atomic
def claim(short_message_id: int, *, now: datetime) -> str | None:
    """Return the sealed letter that is to be sent, or None when nothing is owed (any more).

    A claim is no promise: until `settle` the message is owed, so what a killed worker had claimed is claimed again.
    """
    row = ShortMessage.objects.select_for_update().filter(pk=short_message_id).first()
    if row is None or row.state != "queued":
        return None
    if row.attempts >= MOST_ATTEMPTS:
        _settle(row, state="failed", reason=row.reason or "tried_too_often", now=now)
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    return row.letter


@transaction.atomic
def settle(short_message_id: int, *, sent: bool, now: datetime, reason: str = "", is_permanent: bool = False) -> bool:
    """Note that a message was handed over, or why not; returns whether it is still owed and must be tried again."""
    row = ShortMessage.objects.select_for_update().get(pk=short_message_id)
    if row.state != "queued":
        return False
    if sent:
        _settle(row, state="sent", reason="", now=now)
    elif is_permanent or row.attempts >= MOST_ATTEMPTS:
        log.warning("short_messages.failed short_message=%s reason=%s", row.pk, reason)
        _settle(row, state="failed", reason=reason, now=now)
    else:
        row.reason = reason
        row.save(update_fields=["reason"])
        return True
    return False


@transaction.atomic
def sweep(*, good_for: timedelta, now: datetime) -> int:
    """Settle what is owed for longer than a code is good, and remove what is a month old; returns how many went."""
    lost = ShortMessage.objects.filter(state="queued", created_at__lt=now - good_for)
    lost.update(state="failed", reason="stale", letter="", settled_at=now)
    return ShortMessage.objects.filter(created_at__lt=now - _KEPT).delete()[0]


def _settle(row: ShortMessage, *, state: str, reason: str, now: datetime) -> None:
    row.state, row.reason, row.letter, row.settled_at = state, reason, "", now
    row.save(update_fields=["state", "reason", "letter", "settled_at"])
