"""When people are reminded of a clock: at shares of the time, on the due day and at the breach, in working time.

Reminders at midnight and at weekends spend the ladder before anyone is at work (REQ-6), so every
moment here lies on a working day of the receiver's zone, between 08.00 and 16.00; the same thing is
said at most once a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import Clock
from tanggap.domain.notices import Notice

OPENS, CLOSES = time(8), time(16)
_DAY = timedelta(days=1)
_HALF, _FOUR_FIFTHS, _NINE_TENTHS = 0.5, 0.8, 0.9


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is told what of a clock, and after which shares of its time."""

    shares: tuple[float, ...] = ()
    nearing: Notice | None = None  # at each share
    on_due_day: bool = False
    at_breach: tuple[Notice, ...] = ()
    catches_up: bool = False  # each reminder is given, even late: something depends on their number


# What is told to offices from the breach on is the ladder's (`domain.escalation`).
_OWNERS = Plan((_HALF, _FOUR_FIFTHS), Notice.DUE_SOON, on_due_day=True)
_STATUTORY = Plan(at_breach=(Notice.STATUTORY_PASSED,))

# D3.5. A window after the end reminds nobody, so it has no row.
PLANS: dict[Clock, Plan] = {
    Clock.VERIFY: _OWNERS,
    Clock.INTERNAL_ACCEPT: Plan(),
    Clock.FIRST_FOLLOWUP: _OWNERS,
    Clock.RESOLVE: _OWNERS,
    Clock.FORMAL: _OWNERS,
    Clock.FORMAL_OBJECTION: _OWNERS,
    Clock.REOPENED: _OWNERS,
    Clock.REPLY: _OWNERS,
    Clock.AUTO_CLOSE: Plan((_HALF, _NINE_TENTHS), Notice.ANSWER_REMINDER),  # days 5 and 9 of 10
    Clock.DATA_REQUEST: Plan((_HALF, _FOUR_FIFTHS), Notice.DATA_REMINDER, catches_up=True),
    # One day, and the offer itself was told; without a word in it the arbiter is asked, and told again at the breach.
    Clock.HOP: Plan(),
    Clock.PARTS: _OWNERS,
    Clock.ARBITRATION: Plan(at_breach=(Notice.TO_DECIDE,)),
    Clock.STATUTORY_MAX: _STATUTORY,
    Clock.STATUTORY_NOTICE: _STATUTORY,
}


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of time that a reminder divides: from the anchor, `remaining` units, to the due moment."""

    clock: Clock
    anchor_at: datetime
    remaining: int
    unit: str
    due_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One moment, in UTC, and what is told then."""

    at: datetime
    notices: tuple[Notice, ...]


def schedule(span: Span, calendar: WorkingCalendar) -> tuple[Reminder, ...]:
    """Return the reminders of a clock in order; two that fall on one day are one."""
    plan = PLANS.get(span.clock)
    if plan is None:
        return ()
    by_day: dict[tuple[date, tuple[Notice, ...]], Reminder] = {}
    for reminder in _all(span, plan, calendar):
        at, zone = reminder.at, ZoneInfo(span.zone)
        key = at.astimezone(zone).date(), reminder.notices
        while plan.catches_up and key in by_day:
            day = calendar.add_working_days(key[0], 1)
            at, key = datetime.combine(day, OPENS, zone).astimezone(UTC), (day, reminder.notices)
        by_day[key] = Reminder(at, reminder.notices)
    return tuple(sorted(by_day.values(), key=lambda reminder: reminder.at))


def _all(span: Span, plan: Plan, calendar: WorkingCalendar) -> Iterator[Reminder]:
    if plan.nearing is not None:
        moments = [_moment(span, share, calendar) for share in plan.shares]
        nearing = [into_working_time(moment, zone=span.zone, calendar=calendar) for moment in moments]
        if plan.on_due_day:
            nearing.append(_last_morning(span, calendar))
        for at in nearing:
            if span.anchor_at < at and (at <= span.due_at or plan.catches_up):
                yield Reminder(at, (plan.nearing,))
    if plan.at_breach:
        at = into_working_time(span.due_at + timedelta(seconds=1), zone=span.zone, calendar=calendar)
        yield Reminder(at, plan.at_breach)


def _moment(span: Span, share: float, calendar: WorkingCalendar) -> datetime:
    """Return the morning of the day on which a share of the days is reached; hours are counted by the clock."""
    # 0.9 * 10 is a little more than 9 in binary; the ninth day is meant.
    units = ceil(round(share * span.remaining, 6))
    zone = ZoneInfo(span.zone)
    start = span.anchor_at.astimezone(zone).date()
    match span.unit:
        case "wd":
            return datetime.combine(calendar.add_working_days(start, units), OPENS, zone)
        case "cd":
            return datetime.combine(start + units * _DAY, OPENS, zone)
        case _:
            return span.anchor_at + share * span.remaining * timedelta(hours=1)


def _last_morning(span: Span, calendar: WorkingCalendar) -> datetime:
    """Return the opening of the last working day that is not after the due day."""
    zone = ZoneInfo(span.zone)
    day = span.due_at.astimezone(zone).date()
    while not calendar.is_working_day(day):
        day -= _DAY
    return datetime.combine(day, OPENS, zone).astimezone(UTC)


def into_working_time(moment: datetime, *, zone: str, calendar: WorkingCalendar) -> datetime:
    """Return the moment, or the next working morning when offices are closed then; in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date()
    if calendar.is_working_day(day) and OPENS <= local.time() < CLOSES:
        return moment.astimezone(UTC)
    if not calendar.is_working_day(day) or local.time() >= CLOSES:
        day = calendar.add_working_days(day, 1)
    return datetime.combine(day, OPENS, ZoneInfo(zone)).astimezone(UTC)
