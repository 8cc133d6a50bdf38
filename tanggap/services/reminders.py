"""Remind people before a clock runs out, tell them when it did, and flag what is late.

Each report is a transaction of its own; a report that somebody is acting on is left for the next round.
How far the reminders of a clock have come stands in its row, so a job that stops half-way or runs twice
tells nobody twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.lifecycle import OPEN
from tanggap.domain.notices import NOTICES, Audience
from tanggap.domain.reminders import PLANS, Reminder, into_working_time, schedule
from tanggap.models import Deadline, Report
from tanggap.selectors import calendars, clusters
from tanggap.services import messages, rounds, updates
from tanggap.services.deadlines import calendar_of, span_of

BATCH = 200
# The time that is the reporter's: when it runs out, no office is late.
_REPORTERS = sorted(clock.value for clock, rule in CLOCKS.items() if rule.is_reporters)


def remind(*, now: datetime, batch: int = BATCH) -> int:
    """Write every reminder that is due as a message; returns how many messages were written.

    Outside working time in the receiver's zone nothing is told: the row waits for the next working morning.
    """
    return rounds.one_by_one(_all_to_remind(now, batch), lambda pk: remind_report(pk, now=now), what="remind")


def _all_to_remind(now: datetime, batch: int) -> Iterator[int]:
    after = 0
    while found := _reports_to_remind(now, after, batch):
        yield from found
        after = found[-1]


def _reports_to_remind(now: datetime, after: int, batch: int) -> list[int]:
    rows = Deadline.objects.filter(stopped_at=None, is_paused=False, remind_at__lte=now, report_id__gt=after)
    return list(rows.order_by("report_id").values_list("report_id", flat=True).distinct()[:batch])


@transaction.atomic
def remind_report(report_id: int, *, now: datetime) -> int:
    """Remind of every clock of one report that is due; returns how many messages were written.

    The report is locked first, as every act does.
    """
    report = Report.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=report_id).first()
    if report is None:
        return 0
    rows = report.deadlines.filter(stopped_at=None, is_paused=False, remind_at__lte=now)
    return sum(_remind_of(report, row, now=now) for row in rows.order_by("due_at", "pk"))


def _remind_of(report: Report, row: Deadline, *, now: datetime) -> int:
    today = calendars.working_calendar(row.agency_id, calendars.current_version())
    opens = into_working_time(now, zone=row.zone, calendar=today)
    told: tuple[Reminder, ...] = ()
    if opens <= now:
        planned = schedule(span_of(row), calendar_of(row.calendar, row.agency_id))
        told, row.remind_at = _next(row, planned, now=now, calendar=today)
        row.reminders += len(told)
    else:
        row.remind_at = opens
    updates.rows(Deadline, [row.pk], {"reminders": row.reminders, "remind_at": row.remind_at})
    if not told or _is_past(row, told[-1], now):
        return 0
    notices = told[-1].notices  # the worker was away: only the last of several is still worth saying
    if clusters.is_told_by_lead(report, row):
        notices = tuple(notice for notice in notices if NOTICES[notice].audience == Audience.REPORTER)
    messages.owe(report, None, notices, now=now, clock=row.clock)
    return len(notices)


def _is_past(row: Deadline, reminder: Reminder, now: datetime) -> bool:
    """Say whether it is too late to say that something is due soon: the ladder says that it is late."""
    return reminder.at <= row.due_at < now and not PLANS[Clock(row.clock)].catches_up


def _next(
    row: Deadline, planned: tuple[Reminder, ...], *, now: datetime, calendar: WorkingCalendar
) -> tuple[tuple[Reminder, ...], datetime | None]:
    """Return the reminders whose moment has come, and when the one after them is due."""
    left = planned[row.reminders :]
    come = tuple(reminder for reminder in left if reminder.at <= now)
    if not PLANS[Clock(row.clock)].catches_up:
        later = left[len(come) :]
        return come, later[0].at if later else None
    if not come:
        return (), left[0].at if left else None
    if len(left) == 1:
        return left, None
    tomorrow = into_working_time(now + timedelta(days=1), zone=row.zone, calendar=calendar)
    return left[:1], max(left[1].at, tomorrow)


def flag_overdue(*, now: datetime, batch: int = 500) -> int:
    """Mark the open reports whose due moment passed, so that lists and counters show them; returns how many.

    What waits for the reporter is not late. Safe to run twice: what is marked is no longer found.
    """
    late = Report.objects.filter(status__in=OPEN, due_at__lt=now, is_overdue=False).exclude(due_clock__in=_REPORTERS)
    done = 0
    while True:
        with transaction.atomic():
            rows = late.select_for_update(skip_locked=True).order_by("due_at", "urgency_rank", "pk")
            ids = list(rows.values_list("pk", flat=True)[:batch])
            Report.objects.filter(pk__in=ids).update(is_overdue=True)
        done += len(ids)
        if len(ids) < batch:
            return done
