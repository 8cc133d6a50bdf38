"""One mail a day for each officer, one a week for each head: how much waits, how much is late or due today.

Numbers only, and one mail a day for a person who is both.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tanggap.domain.actors import System
from tanggap.domain.appointments import Office
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.notices import NOTICES, Notice
from tanggap.models import Message, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import calendars, workload
from tanggap.services import accounts, messages

# On working days of the agency. A worker that was away at seven makes up for it until noon; later it is no help.
FROM, UNTIL = time(7), time(12)
_DIGESTS = (Notice.DIGEST.value, Notice.HEAD_DIGEST.value)


def digest(*, now: datetime) -> int:
    """Owe every officer with work the digest of the day, every head that of the week; returns how many were written.

    Each person is a transaction of its own. Safe to run twice: the row of today is the memory.
    """
    on = accounts.office_day(now)
    offices = account_selectors.list_officers(viewer=System(), on=on).order_by("user_id")
    version, written = calendars.current_version(), 0
    columns = "user_id", "agency_id", "agency__timezone", "role"
    found = sorted(offices.values_list(*columns), key=lambda office: office[3] == Office.HEAD.value)
    for user_id, agency_id, zone, role in found:
        local = now.astimezone(ZoneInfo(zone))
        calendar = calendars.working_calendar(agency_id, version)
        if not FROM <= local.time() < UNTIL or not calendar.is_working_day(local.date()):
            continue
        # On other days a head hears of what the ladder brought, and of nothing else.
        is_weekly = role == Office.HEAD.value and _begins_the_week(local.date(), calendar)
        written += _owe(user_id, zone, Notice.HEAD_DIGEST if is_weekly else Notice.DIGEST, now=now)
    return written


def _begins_the_week(day: date, calendar: WorkingCalendar) -> bool:
    """Say whether a working day is the first one of its week: Monday, or the day after a holiday."""
    return not any(calendar.is_working_day(day - timedelta(days=back)) for back in range(1, day.weekday() + 1))


@transaction.atomic
def _owe(user_id: int, zone: str, notice: Notice, *, now: datetime) -> int:
    """Write the digest of one person, unless there is one of today or nothing waits."""
    user = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=user_id).first()
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    if user is None or Message.objects.filter(user_id=user_id, notice__in=_DIGESTS, created_at__gte=midnight).exists():
        return 0
    figures = workload.of_person(notice, user_id, on=accounts.office_day(now), now=now, zone=zone)
    if figures is None or not figures.has_news:
        return 0
    spec = NOTICES[notice]
    has_address = bool(user.email)
    for channel in spec.channels:
        row = Message.objects.create(
            user=user,
            notice=notice.value,
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
