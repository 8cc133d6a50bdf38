"""Confirm the e-mail address of a reporter: from then on every notice goes there, the first one at once."""

from datetime import datetime

from django.db import transaction

from tanggap.domain.actors import Reporter
from tanggap.domain.notices import Notice
from tanggap.models import Identity, Message, Report
from tanggap.services import confirmations, messages, vault


@transaction.atomic
def confirm(report_id: int, *, email_hash: bytes, now: datetime) -> bool:
    """Note that the reporter opened the link in the mail; False when the address is another one by now.

    The first time, the reporter is told that the report was received, and by when it is verified.
    """
    row = Identity.objects.select_for_update().filter(report_id=report_id).first()
    if row is None or not vault.confirm_email(report_id, email_hash=email_hash, now=now):
        return False
    if row.email_confirmed_at is None:
        report = Report.objects.get(pk=report_id)
        messages.owe(report, report.events.get(seq=1), [Notice.RECEIVED], now=now, has_address=True)
        confirmations.forget_count(vault.address_of(report_id, confirmed=True)[0])
    return True


@transaction.atomic
def ask_again(*, actor: Reporter, now: datetime) -> None:
    """Let the mail that asks to confirm be sent once more, where the reporter left an address and has not confirmed it.

    One that is still queued is not doubled. Whether the mailbox may get another one is decided when it is
    delivered, so the answer of this tells nothing about who else has named the address.
    """
    waits = Identity.objects.select_for_update().filter(
        report_id=actor.report_id, has_email=True, email_confirmed_at=None, erased_at=None
    )
    asked = Message.objects.filter(report_id=actor.report_id, notice=Notice.CONFIRM_ADDRESS.value, state="queued")
    if waits.first() is not None and not asked.exists():
        report = Report.objects.get(pk=actor.report_id)
        messages.owe(report, report.events.get(seq=1), [Notice.CONFIRM_ADDRESS], now=now, has_address=True)
