"""One mail a day for each officer: how much waits, how much is late, how much is due today. Numbers only."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from tanggap.domain.actors import System
from tanggap.domain.notices import NOTICES, Notice
from tanggap.models import Message, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import calendars, workload
from tanggap.services import accounts, messages

# On working days of the agency. A worker that was away at seven makes up for it until noon; later it is no help.
FROM, UNTIL = time(7), time(12)


def digest(*, now: datetime) -> int:
    """Owe every officer with work the digest of the day; returns how many were written.

    Each officer is a transaction of its own. Safe to run twice: the row of today is the memory.
    """
    on = accounts.office_day(now)
    offices = account_selectors.list_officers(viewer=System(), on=on).order_by("user_id")
    version, written = calendars.current_version(), 0
    for user_id, agency_id, zone in offices.values_list("user_id", "agency_id", "agency__timezone"):
        local = now.astimezone(ZoneInfo(zone))
        calendar = calendars.working_calendar(agency_id, version)
        if FROM <= local.time() < UNTIL and calendar.is_working_day(local.date()):
            written += _owe(user_id, zone, now=now)
    return written


@transaction.atomic
def _owe(user_id: int, zone: str, *, now: datetime) -> int:
    """Write the digest of one officer, unless there is one of today or nothing waits."""
    user = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=user_id).first()
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    if (
        user is None
        or Message.objects.filter(user_id=user_id, notice=Notice.DIGEST.value, created_at__gte=midnight).exists()
    ):
        return 0
    viewers = account_selectors.officers_of(user_id, accounts.office_day(now))
    if not workload.in_all(viewers, now=now, zone=zone).has_news:
        return 0
    spec = NOTICES[Notice.DIGEST]
    has_address = bool(user.email)
    for channel in spec.channels:
        row = Message.objects.create(
            user=user,
            notice=Notice.DIGEST.value,
            audience=spec.audience.value,
            channel=channel.value,
            state="queued" if has_address else "skipped",
            reason="" if has_address else "no_address",
            created_at=now,
            settled_at=None if has_address else now,
        )
        if has_address:
            messages.defer([row.pk])
    return 1
