"""Confirm the e-mail address of a reporter: from then on every notice goes there, the first one at once."""

from datetime import datetime

from django.db import transaction

from tanggap.domain.notices import Notice
from tanggap.models import Identity, Report
from tanggap.services import messages, vault


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
    return True
