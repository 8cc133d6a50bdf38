"""Do what time does: close an answered report after silence, or without data; ask the arbiter about an offer.

All are actions of the life cycle, done by the system and decided by the same table as everybody's.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tanggap.domain.actors import System
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason
from tanggap.domain.reminders import into_working_time
from tanggap.models import Deadline, Report
from tanggap.selectors import calendars
from tanggap.services import conflicts, reports, rounds
from tanggap.services.accounts import office_day
from tanggap.services.reports import NotAllowedError

log = logging.getLogger("tanggap.closing")

BATCH = 200
# The report moved on between the look and the lock, or must wait for its second reminder: next time.
_NEXT_TIME = frozenset({Reason.WRONG_STATUS, Reason.NOT_YET})


def auto_close(*, now: datetime) -> int:
    """Close every answered report whose reporter kept silent until the due moment (T15); returns how many."""
    return _act_on_expired(Clock.AUTO_CLOSE, Action.AUTO_CLOSE, now=now)


def expire_data_requests(*, now: datetime) -> int:
    """Close every report whose reporter supplied no data in time, after two reminders (T10); returns how many."""
    return _act_on_expired(Clock.DATA_REQUEST, Action.DATA_DEADLINE_PASSED, now=now)


def ask_arbiter(*, now: datetime) -> int:
    """Ask the national admin to decide where an agency did not take or refuse a report in time; returns how many."""
    return _act_on_expired(Clock.HOP, Action.DISPUTE, now=now)


def ask_schedules(*, now: datetime) -> int:
    """Ask office and reporter about each promise whose day has come, in working time (T12d); returns how many."""
    return rounds.one_by_one(_promised(now), lambda pk: _ask_schedule(pk, now=now), what="ask_schedule")


def lift_conflicts(*, now: datetime) -> int:
    """Take each report out of the hands of those whom it is about; returns how many moved.

    It goes to the next tier where only admins are left that are named in it; else to another office of the agency.
    """
    return rounds.one_by_one(conflicts.about_people(), lambda pk: _take_away(pk, now=now), what="lift")


def _take_away(report_id: int, *, now: datetime) -> int:
    found = conflicts.stranded(report_id, on=office_day(now))
    if found is None:
        return 0
    action, move = found
    return _act(report_id, action, now=now, move=move)


def _promised(now: datetime) -> Iterator[int]:
    # A day further than here begins in no zone of the country before it begins in its easternmost.
    latest, after = (now + timedelta(days=1)).date(), 0
    rows = Report.objects.filter(promised_on__isnull=False, promised_on__lte=latest, promise_asked=False)
    while found := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from found
        after = found[-1]


def _ask_schedule(report_id: int, *, now: datetime) -> int:
    report = Report.objects.select_related("owner_agency").get(pk=report_id)
    zone = report.owner_agency.timezone
    calendar = calendars.working_calendar(report.owner_agency_id, calendars.current_version())
    has_come = report.promised_on is not None and report.promised_on <= now.astimezone(ZoneInfo(zone)).date()
    if not has_come or into_working_time(now, zone=zone, calendar=calendar) > now:
        return 0
    return _act(report_id, Action.ASK_SCHEDULE, now=now)


def _act_on_expired(clock: Clock, action: Action, *, now: datetime) -> int:
    """Act on each report with an expired clock, each report in its own transaction."""
    return rounds.one_by_one(_expired(clock, now), lambda pk: _act(pk, action, now=now), what=action.value)


def _expired(clock: Clock, now: datetime) -> Iterator[int]:
    last = 0
    rows = Deadline.objects.filter(clock=clock.value, stopped_at=None, is_paused=False, due_at__lt=now)
    while found := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "report_id")[:BATCH]):
        yield from (report_id for _pk, report_id in found)
        last = found[-1][0]


def _act(report_id: int, action: Action, *, now: datetime, move: Move | None = None) -> int:
    number = Report.objects.values_list("number", flat=True).get(pk=report_id)
    try:
        reports.act(actor=System(), number=number, action=action, now=now, move=move)
    except NotAllowedError as error:
        if error.reason not in _NEXT_TIME:
            log.warning("closing.refused report=%s action=%s reason=%s", report_id, action, error.reason)
        return 0
    return 1
