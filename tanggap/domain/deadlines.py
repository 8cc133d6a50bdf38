"""Every clock of a report as a pure function of its events, the time limits and the calendar (ADR 0008).

Replayed at each change and stored for querying; anyone can recompute it. Pause rule: what remains is
n − working days in (start, day of the pause]; the day on which it resumes is day 0; a clock that was
overdue when it paused stays breached. A new calendar corrects the running clocks that are not yet
due, as an event (REQ-2); what is past never changes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tanggap.domain import beginnings, behalf
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import CLOCKS, IMPORTED, Clock, ClockRule, Start
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import OVER, Action, Status
from tanggap.domain.limits import Limits, TimeLimit

type CalendarSource = Callable[[int, int | None], WorkingCalendar]  # (version, agency) -> calendar
type LimitSource = Callable[[str], Limits]  # policy key 'code@version' -> limits

HOUR = timedelta(hours=1)
END_OF_DAY = time(23, 59, 59)
_LAST_SECOND = timedelta(seconds=1)  # that of the due moment, which is all of it in time
LEAST_AFTER_CORRECTION = 2  # a corrected classification never shortens below today + 2 working days


@dataclass(slots=True)
class Pause:
    """A stretch in which a clock stood still; `remaining` is in the clock's own unit."""

    from_at: datetime
    remaining: int
    to_at: datetime | None = None


@dataclass(slots=True)
class ClockRun:
    """One run of one clock of one report.

    `anchor` is the day 0 from which `remaining` units are counted: the start, or the last resumption.
    `due_at` is the last second that is still in time, in UTC.
    """

    clock: Clock
    run: int
    started_at: datetime
    count: int
    unit: str
    policy: str
    calendar: int
    agency_id: int | None
    zone: str
    anchor_at: datetime
    remaining: int
    due_at: datetime
    pauses: list[Pause] = field(default_factory=list)
    extended: int = 0  # by how many of its units more time was given, beyond the limit
    stopped_at: datetime | None = None
    stopped_by: str = ""

    @property
    def due_on(self) -> date:
        """Return the due date where the agency is."""
        return self.due_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def started_on(self) -> date:
        """Return day 0 where the agency is."""
        return self.started_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def is_paused(self) -> bool:
        """Say whether the clock stands still for want of data."""
        return bool(self.pauses) and self.pauses[-1].to_at is None

    @property
    def is_stopped(self) -> bool:
        """Say whether the clock met its stop event."""
        return self.stopped_at is not None

    @property
    def is_running(self) -> bool:
        """Say whether time is passing on this clock."""
        return not self.is_stopped and not self.is_paused

    def is_breached(self, now: datetime) -> bool:
        """Say whether the due second was over before the clock stopped or paused: what is done within it is in time."""
        last = self.pauses[-1] if self.pauses else None
        # A clock that stands still, or stood still when it was stopped, counts to the beginning of that pause.
        stands = last is not None and last.to_at == self.stopped_at
        until = last.from_at if last is not None and stands else self.stopped_at or now
        return self.has_run_out(until)

    def has_run_out(self, at: datetime) -> bool:
        """Say whether the due second is over at a moment, whether or not the clock still runs then."""
        return at >= self.due_at + _LAST_SECOND


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an event says of the report and of the rules in force when it was written."""

    at: datetime
    policy: str
    calendar: int
    agency_id: int | None
    zone: str
    classification: str
    supervisory: bool | None


def due(anchor: datetime, remaining: int, unit: str, *, zone: str, calendar: WorkingCalendar) -> datetime:
    """Return the last second in time, in UTC, counting `remaining` units (wd, cd, hour) from an anchor.

    Day 0 is the local date of the anchor whatever the hour (D3.10); hours are counted by the clock.
    """
    local = anchor.astimezone(ZoneInfo(zone))
    match unit:
        case "wd":
            day = calendar.add_working_days(local.date(), remaining)
        case "cd":
            day = local.date() + timedelta(days=remaining)
        case "hour":
            return anchor + remaining * HOUR
        case _:
            raise ValueError(f"A time limit is counted in wd, cd or hour, not {unit!r}.")
    return datetime.combine(day, END_OF_DAY, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _used(run: ClockRun, until: datetime, calendar: WorkingCalendar) -> int:
    """Return how many units passed between the anchor and a moment."""
    start, end = (moment.astimezone(ZoneInfo(run.zone)) for moment in (run.anchor_at, until))
    match run.unit:
        case "wd":
            return calendar.working_days_between(start.date(), end.date())
        case "cd":
            return (end.date() - start.date()).days
        case _:
            return int((until - run.anchor_at) / HOUR)


# Which acts give which clock more time.
_EXTENDS = {Action.GRANT_EXTENSION: Clock.RESOLVE, Action.EXTEND_FORMAL: Clock.FORMAL}


class _Replay:
    """The clocks while the events are read one by one."""

    def __init__(self, limits: LimitSource, calendars: CalendarSource) -> None:
        self.limits = limits
        self.calendars = calendars
        self.runs: list[ClockRun] = []
        self.classification = ""
        self.supervisory: bool | None = None
        self.agency_id: int | None = None
        self.zone = "Asia/Jakarta"
        self.asked_at: datetime | None = None
        self.may_object = False  # it is a formal request, and nobody has objected yet

    def read(self, event: EventRecord) -> None:
        """Let one event pass over the clocks."""
        facts = self._facts(event)
        action = Action(event.kind)
        left = Status(event.from_status) if event.from_status else None
        entered = Status(event.to_status)
        if action == Action.RECOMPUTE:
            self._correct_calendar(facts)
            return
        if action == Action.IMPORT:
            self._begin(event, facts)
            return
        if action == Action.SUPPLY_DATA and left == Status.CLOSED:
            self._undo_lapse()
            left = Status.PENDING
        self._stop(action, entered, facts.at)
        if entered == Status.PENDING and left != Status.PENDING:
            self._pause(facts.at)
        elif left == Status.PENDING and entered != Status.PENDING:
            self._resume(facts)
        if action in _EXTENDS:
            self._extend(_EXTENDS[action], event.data["extension"])
        if action in {Action.HAND_TO_PPID, Action.OBJECT_FORMAL}:
            self.may_object = action == Action.HAND_TO_PPID
        self._start_what(action, entered, facts)

    def _start_what(self, action: Action, entered: Status, facts: _Facts) -> None:
        for clock, rule in CLOCKS.items():
            if action in rule.revived_by:
                self._revive(clock)
            if action in rule.starts and self._applies(clock, entered):
                self._start(clock, rule, facts)

    def _begin(self, event: EventRecord, facts: _Facts) -> None:
        """Start the clocks of what comes with its past: the office's at its receipt, the reporter's at its coming."""
        said = beginnings.read(event)
        if said.previous is not None and said.is_paused:
            for clock in IMPORTED[said.previous]:
                self._start(clock, CLOCKS[clock], facts)
            self._pause(event.acted_at)
        for clock in IMPORTED[said.status]:
            rule = CLOCKS[clock]
            self._start(clock, rule, replace(facts, at=event.acted_at) if rule.is_reporters else facts)

    def _facts(self, event: EventRecord) -> _Facts:
        data = event.data
        self.classification = data.get("classification", self.classification)
        self.supervisory = data.get("supervisory", self.supervisory)
        if owner := data.get("owner"):
            self.agency_id = owner["agency"]
        self.zone = data.get("zone", self.zone)
        at = behalf.moment(event, zone=self.zone, asked_at=self.asked_at)
        # The first clock of a part begins when it was made; its age is that of the whole.
        if (received := data.get("received_at")) and "part_of" not in data:
            at = datetime.fromisoformat(received)
        return _Facts(
            at=at,
            policy=data["policy"],
            calendar=data["calendar"],
            agency_id=self.agency_id,
            zone=self.zone,
            classification=self.classification,
            supervisory=self.supervisory,
        )

    def _stop(self, action: Action, entered: Status, at: datetime) -> None:
        for run in self.runs:
            rule = CLOCKS[run.clock]
            ends = action in rule.stops or (entered in OVER and not rule.survives_end)
            if ends and not run.is_stopped:
                # What came earlier than it was written down ends no window before it opened.
                run.stopped_at, run.stopped_by = max(at, run.started_at), action.value
                if run.is_paused:
                    run.pauses[-1].to_at = at

    def _undo_lapse(self) -> None:
        """Let a report stand where it stood before it was closed for want of data that had come (`domain.behalf`)."""
        for run in self.runs:
            if run.stopped_by == Action.DATA_DEADLINE_PASSED:
                if run.pauses and run.pauses[-1].to_at == run.stopped_at:
                    run.pauses[-1].to_at = None
                run.stopped_at, run.stopped_by = None, ""

    def _pause(self, at: datetime) -> None:
        self.asked_at = at
        for run in self.runs:
            if run.is_running and CLOCKS[run.clock].pauses:
                calendar = self.calendars(run.calendar, run.agency_id)
                run.pauses.append(Pause(from_at=at, remaining=run.remaining - _used(run, at, calendar)))

    def _resume(self, facts: _Facts) -> None:
        for run in self.runs:
            if run.is_stopped or not run.is_paused:
                continue
            pause = run.pauses[-1]
            pause.to_at = facts.at
            if run.has_run_out(pause.from_at):
                continue  # it was overdue: it stays breached, and nothing is given back
            run.anchor_at, run.remaining, run.calendar = facts.at, pause.remaining, facts.calendar
            self._count(run)

    def _revive(self, clock: Clock) -> None:
        for run in self.runs:
            if run.clock == clock and run.stopped_by == Action.ARCHIVE:
                run.stopped_at, run.stopped_by = None, ""

    def _start(self, clock: Clock, rule: ClockRule, facts: _Facts) -> None:
        earlier = [run for run in self.runs if run.clock == clock]
        limit = self.limits(facts.policy).limit(clock, facts.classification, facts.supervisory)
        if earlier and rule.start == Start.ONCE:
            self._correct_limit(earlier[-1], limit, facts)
            return
        for run in earlier:
            if not run.is_stopped:
                run.stopped_at, run.stopped_by = facts.at, "restart"
        run = ClockRun(
            clock=clock,
            run=len(earlier) + 1,
            started_at=facts.at,
            count=limit.count,
            unit=limit.unit,
            policy=limit.policy,
            calendar=facts.calendar,
            agency_id=facts.agency_id,
            zone=facts.zone,
            anchor_at=facts.at,
            remaining=limit.count,
            due_at=facts.at,
        )
        self._count(run)
        self.runs.append(run)

    def _correct_limit(self, run: ClockRun, limit: TimeLimit, facts: _Facts) -> None:
        """Give a clock that goes on the limit of a corrected classification, counted from its own start."""
        if run.is_stopped or (run.count, run.unit) == (limit.count, limit.unit):
            return
        before = run.due_at
        if run.unit == limit.unit:
            run.remaining = max(0, run.remaining + limit.count - run.count)
        else:
            run.remaining = limit.count + run.extended
        run.count, run.unit, run.policy, run.calendar = limit.count, limit.unit, limit.policy, facts.calendar
        self._count(run)
        if run.due_at < before:
            calendar = self.calendars(facts.calendar, facts.agency_id)
            least = due(facts.at, LEAST_AFTER_CORRECTION, "wd", zone=facts.zone, calendar=calendar)
            run.due_at = min(before, max(run.due_at, least))

    def _applies(self, clock: Clock, entered: Status) -> bool:
        return self.may_object if clock == Clock.FORMAL_WINDOW else _applies(clock, entered)

    def _extend(self, clock: Clock, units: int) -> None:
        """Give the answer more time (T25, T31a). The dates of the law itself never move."""
        for run in self.runs:
            if run.clock == clock and run.is_running:
                run.extended += units
                run.remaining += units
                self._count(run)

    def _correct_calendar(self, facts: _Facts) -> None:
        for run in self.runs:
            if run.is_running and not run.has_run_out(facts.at):
                run.calendar = facts.calendar
                self._count(run)

    def _count(self, run: ClockRun) -> None:
        calendar = self.calendars(run.calendar, run.agency_id)
        run.due_at = due(run.anchor_at, run.remaining, run.unit, zone=run.zone, calendar=calendar)


def _applies(clock: Clock, entered: Status) -> bool:
    """Say whether a start counts: VERIFY only in `unverified`, the 5 days of a reopening only with an agency."""
    if clock == Clock.VERIFY:
        return entered == Status.UNVERIFIED
    if clock == Clock.REOPENED:
        return entered != Status.UNVERIFIED
    if clock == Clock.REOPEN_WINDOW:
        return entered in OVER
    return True


def replay(events: Iterable[EventRecord], *, limits: LimitSource, calendars: CalendarSource) -> list[ClockRun]:
    """Return every run of every clock after these events, in the order in which they started."""
    state = _Replay(limits, calendars)
    for event in events:
        state.read(event)
    return state.runs


def running(runs: Iterable[ClockRun]) -> list[ClockRun]:
    """Return the clocks on which time passes, those of windows after the end left out, soonest first."""
    live = [run for run in runs if run.is_running and not CLOCKS[run.clock].survives_end]
    return sorted(live, key=lambda run: (run.due_at, run.clock))


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day between start and due date: counted (its number) or skipped (why: '' is a weekend)."""

    day: date
    number: int | None
    name: str


def explain(run: ClockRun, calendars: CalendarSource) -> Iterator[CountedDay]:
    """Yield the days that lead to the due date, each counted or skipped with its reason (REQ-1).

    Days in which the clock stood still are named 'pause'. Hours are not counted by days: nothing is
    yielded for them.
    """
    if run.unit == "hour":
        return
    calendar = calendars(run.calendar, run.agency_id)
    zone = ZoneInfo(run.zone)
    number, day = 0, run.started_on
    for pause in run.pauses:
        stop = pause.from_at.astimezone(zone).date()
        for counted in _count_days(day, stop, run.unit, calendar, number):
            number = counted.number or number
            yield counted
        day = max(day, stop)
        if pause.to_at is None or run.has_run_out(pause.from_at):
            return
        end = pause.to_at.astimezone(zone).date()
        while day < end:
            day += timedelta(days=1)
            yield CountedDay(day, None, "pause")
    yield from _count_days(day, run.due_on, run.unit, calendar, number)


def _count_days(after: date, through: date, unit: str, calendar: WorkingCalendar, number: int) -> Iterator[CountedDay]:
    for day, works, name in calendar.walk(after, through):
        if unit == "cd" or works:
            number += 1
            yield CountedDay(day, number, "")
        else:
            yield CountedDay(day, None, name)
