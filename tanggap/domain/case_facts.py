"""What one report says to the indicators, as it was known at a moment: one flat record, computed from its events alone.

An event that was written down after the moment does not exist for it. Whose a report was is told stage by stage: who
had it when it was verified, followed up, answered is judged by that stage, whoever has it now. No clock is counted
here: due dates are those of `domain.deadlines`, the standing is that of `domain.case`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from tanggap.domain import behalf
from tanggap.domain.case import Projection, project
from tanggap.domain.clocks import ANSWER_TIMES, CLOCKS, Clock, is_passed_on
from tanggap.domain.closing_guard import Ground
from tanggap.domain.deadlines import CalendarSource, ClockRun, LimitSource, replay
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import STATUSES, Action, Status
from tanggap.domain.outcomes import Closing

# Raise it when the same events give other facts than before: what is stored is then computed anew.
VERSION: Final = 3


class Stage(StrEnum):
    """By which stage a report belongs to an office."""

    RECEIVED = "received"
    VERIFY = "verify"
    FOLLOWUP = "followup"
    RESOLVE = "resolve"
    NOW = "now"


class Timing(StrEnum):
    """How a time of the office ended, or stands."""

    NONE = "none"  # it never ran, or ended without the deed that it was for
    KEPT = "kept"
    MISSED = "missed"
    RUNNING = "running"
    LATE = "late"  # it has run out, and the deed is still owed


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One report as of a moment: codes, counts, days and flags; no text, and nothing of who reported."""

    number: str
    received_on: str  # the day where the office is that got it
    channel: str
    classification: str
    supervisory: bool | None
    category: str | None
    area: str | None
    status: str
    family: str
    outcome: str
    closing: str
    archive_reason: str
    is_secret: bool
    was_public: bool  # everybody could read it once, whether it is still there or not
    is_merged: bool  # it follows another report that leads it
    is_divided: bool  # its parts are counted in its place
    is_part: bool
    is_withdrawn: bool  # by word of the reporter, or by silence when data was asked for
    is_formal: bool
    is_extended: bool
    is_escalated: bool  # handed over to the Ombudsman
    was_assigned: bool
    was_answered: bool
    has_same_answer: bool  # an answer was held because others of the month say the same
    return_count: int
    hop_count: int
    reopen_count: int
    rating: int | None
    solved: str
    overdue_since: str | None  # the due day of the clock that has run out while the report is open
    received_agency: int | None
    received_unit: int | None
    verify_agency: int | None
    verify_unit: int | None
    verify_state: str
    verify_hours: int | None  # from the receipt to the first decision, by the clock on the wall
    verify_days: int | None  # the same in working days
    followup_agency: int | None
    followup_unit: int | None
    followup_state: str
    followup_days: int | None  # working days from the receipt to the first follow-up or answer
    resolve_agency: int | None
    resolve_unit: int | None
    resolve_state: str
    resolve_days: int | None  # working days from the receipt to the first answer, without those of pauses
    resolve_gross_days: int | None  # calendar days, pauses included
    now_agency: int | None
    now_unit: int | None
    events: int  # how many events it was read from

    def as_row(self) -> dict[str, Any]:
        """Return the record as a flat mapping of plain values."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS: Final = tuple(field.name for field in fields(CaseFacts))

_FLAGS: Final = frozenset(field.name for field in fields(CaseFacts) if field.name.startswith(("is_", "was_", "has_")))
_ABSENT: Final = dict.fromkeys(_FLAGS, False)
_VERIFIES: Final = frozenset(
    {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF, Action.REQUEST_DATA, Action.SPLIT, Action.ARCHIVE}
)
_FOLLOWS_UP: Final = frozenset({Action.FOLLOW_UP, Action.ANSWER})
_HOUR_SECONDS: Final = 3600
# The office's own times, as the public page shows them: what runs out makes a report overdue.
_OWED: Final = frozenset(
    clock
    for clock, rule in CLOCKS.items()
    if rule.is_shown and not (rule.is_reporters or rule.is_others or rule.survives_end)
)
_WATCHED: Final = _OWED | ANSWER_TIMES | {Clock.VERIFY, Clock.FIRST_FOLLOWUP}


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of a report, and the first moment at which they change by themselves because a time runs out.

    `counts_from`: when the day of its receipt is over; None once it was public. Figures are live, and one that grew the
    moment somebody was seen at a counter would tell agency, category and district of what was said there (ADR 0074).
    """

    facts: CaseFacts
    changes_at: datetime | None
    counts_from: datetime | None

    def is_told(self, at: datetime) -> bool:
        """Say whether figures may count it at a moment."""
        return self.counts_from is None or self.counts_from <= at


def read(
    number: str, events: Sequence[EventRecord], *, limits: LimitSource, calendars: CalendarSource, at: datetime
) -> Reading | None:
    """Return the facts of a report as known at a moment; None where nothing had been written down by then."""
    known = [event for event in events if event.recorded_at <= at]
    if not known:
        return None
    return of(number, known, replay(known, limits=limits, calendars=calendars), calendars=calendars, at=at)


def of(
    number: str,
    events: Sequence[EventRecord],
    runs: Sequence[ClockRun],
    *,
    calendars: CalendarSource,
    at: datetime,
    facts: Projection | None = None,
) -> Reading:
    """Return the facts of a report from its events and their clocks, replayed or stored."""
    return _Reader(number, events, runs, calendars, at, facts or project(events)).read()


@dataclass(slots=True)
class _Office:
    """Who has a report from a moment on, and under which rules."""

    since: datetime
    agency: int | None
    unit: int | None
    zone: str
    calendar: int


class _Reader:
    def __init__(
        self,
        number: str,
        events: Sequence[EventRecord],
        runs: Sequence[ClockRun],
        calendars: CalendarSource,
        at: datetime,
        facts: Projection,
    ) -> None:
        self.number, self.events, self.runs, self.at, self.facts = number, events, runs, at, facts
        self.calendars = calendars
        self.offices: list[_Office] = []
        self.pauses: list[tuple[datetime, datetime | None]] = []
        self.verified: EventRecord | None = None
        self.followed_up: EventRecord | None = None
        self.answered: EventRecord | None = None
        self.has_same_answer = False
        for event in events:
            self._note(event)

    def _note(self, event: EventRecord) -> None:
        """Remember who has the report after an event, the pauses, and the first of each deed."""
        action, data = event.kind, event.data
        last = self.offices[-1] if self.offices else _Office(event.acted_at, None, None, "Asia/Jakarta", 0)
        owner = data.get("owner")
        agency, unit = (owner["agency"], owner["unit"]) if owner else (last.agency, last.unit)
        zone, calendar = data.get("zone", last.zone), data.get("calendar", last.calendar)
        self.offices.append(_Office(event.acted_at, agency, unit, zone, calendar))
        if event.to_status == Status.PENDING and event.from_status != Status.PENDING:
            self.pauses.append((event.acted_at, None))
        elif event.to_status != Status.PENDING and event.from_status == Status.PENDING and self.pauses:
            begun = self.pauses[-1][0]
            self.pauses[-1] = begun, behalf.moment(event, zone=zone, asked_at=begun)
        if event.from_status == Status.UNVERIFIED and self.verified is None and action in _VERIFIES:
            self.verified = event
        if action in _FOLLOWS_UP:
            self.followed_up = self.followed_up or event
        if action == Action.ANSWER:
            self.answered = self.answered or event
        elif action == Action.HOLD_ANSWER:
            self.has_same_answer |= Ground.SAME_WORDS in data.get("grounds", ())

    def read(self) -> Reading:
        facts, first, last = self.facts, self.offices[0], self.offices[-1]
        received_at = facts.received_at or self.events[0].acted_at
        received_on = received_at.astimezone(ZoneInfo(first.zone)).date()
        status = STATUSES[facts.status]
        record = CaseFacts(
            number=self.number,
            received_on=received_on.isoformat(),
            channel=facts.channel,
            classification=facts.classification,
            supervisory=facts.supervisory,
            category=facts.category,
            area=facts.area,
            status=facts.status.value,
            family=status.family.value,
            outcome=facts.outcome,
            closing=facts.closing,
            archive_reason=facts.archive_reason,
            is_secret=facts.is_confidential,
            was_public=facts.first_public_at is not None,
            is_merged=facts.lead_id is not None,
            is_divided=bool(facts.parts),
            is_part=bool(facts.part_of),
            is_withdrawn=facts.status == Status.WITHDRAWN or facts.closing == Closing.DEEMED_WITHDRAWN,
            is_formal=facts.is_formal,
            is_extended=facts.extension_count > 0,
            is_escalated=facts.handed_over_at is not None,
            was_assigned=facts.assigned_at is not None,
            was_answered=self.answered is not None or facts.answered_at is not None,
            has_same_answer=self.has_same_answer,
            return_count=facts.return_count,
            hop_count=facts.hop_count,
            reopen_count=facts.reopen_count,
            rating=facts.rating,
            solved=facts.solved,
            overdue_since=self._overdue_since() if status.is_open else None,
            received_agency=first.agency,
            received_unit=first.unit,
            **self._verification(received_at, received_on),
            **self._first_step(received_on),
            **self._resolution(received_on),
            now_agency=last.agency,
            now_unit=last.unit,
            events=len(self.events),
        )
        day_is_over = datetime.combine(received_on + timedelta(days=1), time.min, tzinfo=ZoneInfo(first.zone))
        return Reading(record, self._changes_at(), None if facts.first_public_at else day_is_over.astimezone(UTC))

    def _verification(self, received_at: datetime, received_on: date) -> dict[str, Any]:
        """Who had it when a time to verify ran out, else who has decided, or has to: and how that ended."""
        runs = [run for run in self.runs if run.clock == Clock.VERIFY]
        decides = {run.stopped_by for run in runs} & {action.value for action in _VERIFIES}
        state, run = self._judged(runs, kept=bool(decides))
        office = self._office_before(run.stopped_at) if run is not None else None
        hours = days = None
        if self.verified is not None and run is not None:
            seconds = (self.verified.acted_at - received_at).total_seconds()
            hours = max(0, int(seconds // _HOUR_SECONDS))
            days = self._working_days(received_on, self.verified)
        # What never had to be verified was, so to say, verified by who got it.
        agency = run.agency_id if run is not None else self.offices[0].agency
        return {
            "verify_agency": agency,
            "verify_unit": office.unit if office is not None and office.agency == agency else None,
            "verify_state": state,
            "verify_hours": hours,
            "verify_days": days,
        }

    def _first_step(self, received_on: date) -> dict[str, Any]:
        runs = [run for run in self.runs if run.clock == Clock.FIRST_FOLLOWUP]
        state, run = self._judged(runs, kept=self.followed_up is not None)
        office = self._office_of(self.followed_up, run)
        return {
            "followup_agency": office.agency,
            "followup_unit": office.unit,
            "followup_state": state,
            "followup_days": self._working_days(received_on, self.followed_up) if self.followed_up else None,
        }

    def _resolution(self, received_on: date) -> dict[str, Any]:
        """How the times to answer ended, whichever road it took; the days count to the first answer."""
        runs = [run for run in self.runs if run.clock in ANSWER_TIMES and not is_passed_on(run.clock, run.stopped_by)]
        state, run = self._judged(runs, kept=any(run.stopped_by == Action.ANSWER for run in runs))
        office = self._office_of(self.answered, run if state in {Timing.MISSED, Timing.LATE} or not self.answered
                                 else None)  # fmt: skip
        days = gross = None
        if self.answered is not None:
            days = self._working_days(received_on, self.answered) - self._paused_days(self.answered)
            gross = (self._day(self.answered) - received_on).days
        return {
            "resolve_agency": office.agency,
            "resolve_unit": office.unit,
            "resolve_state": state,
            "resolve_days": max(0, days) if days is not None else None,
            "resolve_gross_days": max(0, gross) if gross is not None else None,
        }

    def _judged(self, runs: Sequence[ClockRun], *, kept: bool) -> tuple[str, ClockRun | None]:
        """Return how the runs of a time add up, and the run that says so: the first that ran out, else the last."""
        for run in runs:
            if run.is_breached(self.at):
                return (Timing.MISSED if run.is_stopped else Timing.LATE).value, run
        if not runs:
            return Timing.NONE.value, None
        if not runs[-1].is_stopped:
            return Timing.RUNNING.value, runs[-1]
        return (Timing.KEPT if kept else Timing.NONE).value, runs[-1]

    def _overdue_since(self) -> str | None:
        late = [
            run.due_on for run in self.runs if run.clock in _OWED and not run.is_stopped and run.is_breached(self.at)
        ]
        return min(late).isoformat() if late else None

    def _changes_at(self) -> datetime | None:
        running = [run for run in self.runs if run.is_running and run.clock in _WATCHED]
        coming = [run.due_at for run in running if not run.has_run_out(self.at)]
        return min(coming, default=None)

    def _office_before(self, moment: datetime | None) -> _Office:
        """Return who had the report just before a moment; who has it now where none is given."""
        if moment is None:
            return self.offices[-1]
        earlier = [office for office in self.offices if office.since < moment]
        return earlier[-1] if earlier else self.offices[0]

    def _office_of(self, event: EventRecord | None, run: ClockRun | None) -> _Office:
        """Return who had the report when a run ended, or when a deed was done; else who has it now."""
        if run is not None:
            return self._office_before(run.stopped_at)
        return self._office_at(event) if event is not None else self.offices[-1]

    def _day(self, event: EventRecord) -> date:
        return event.acted_at.astimezone(ZoneInfo(self._office_at(event).zone)).date()

    def _office_at(self, event: EventRecord) -> _Office:
        return self.offices[event.seq - self.events[0].seq]

    def _working_days(self, received_on: date, event: EventRecord) -> int:
        office = self._office_at(event)
        calendar = self.calendars(office.calendar, office.agency)
        return max(0, calendar.working_days_between(received_on, self._day(event)))

    def _paused_days(self, event: EventRecord) -> int:
        """Count the working days on which data was waited for, before a deed."""
        office = self._office_at(event)
        calendar, zone = self.calendars(office.calendar, office.agency), ZoneInfo(office.zone)
        total = 0
        for begun, ended in self.pauses:
            if begun < event.acted_at:
                until = min(ended or event.acted_at, event.acted_at)
                total += calendar.working_days_between(begun.astimezone(zone).date(), until.astimezone(zone).date())
        return total


def stored(facts: CaseFacts) -> dict[str, Any]:
    """Return the record without what says nothing, as it is kept; `restored` reads it back."""
    row = facts.as_row()
    return {name: value for name, value in row.items() if value is not None and (value or name not in _FLAGS)}


def restored(row: Mapping[str, Any]) -> CaseFacts:
    """Read a record that `stored` wrote."""
    return CaseFacts(**{name: row.get(name, _ABSENT.get(name)) for name in COLUMNS})
