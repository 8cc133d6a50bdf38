"""Climb the ladder of every clock that stays run out: each step an event, and a message to each person it reaches.

Each report is a transaction of its own. How far a clock has come stands in its row, and again in the chain: a job
that stops half-way, or runs twice, tells nobody twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from tanggap.domain.actors import System
from tanggap.domain.case import project
from tanggap.domain.clocks import Clock
from tanggap.domain.escalation import IN_DIGEST, LADDERS, Escalation, climb, fires_at, may_reach_later
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.notices import NOTICES, Notice
from tanggap.domain.reasons import Reason
from tanggap.domain.reminders import into_working_time
from tanggap.models import Deadline, Message, Report
from tanggap.selectors import clusters, prepared
from tanggap.selectors import reports as report_selectors
from tanggap.selectors.ladder import Landscape
from tanggap.services import inserts, messages, reports, rounds, updates
from tanggap.services.accounts import office_day
from tanggap.services.deadlines import calendar_of

# A round ends, so that the next one begins with what is most urgent; what is left over waits a few minutes.
MOST = 2000
# The clock was stopped or moved between the look and the lock, or another worker was faster.
_NO_MORE = frozenset({Reason.NOT_LATE, Reason.ALREADY_TOLD, Reason.WRONG_STATUS})


def escalate(*, now: datetime, most: int = MOST) -> int:
    """Take every step of a ladder that is due; returns how many people were told."""
    due = _due(now, most)
    if not due:
        return 0
    land = Landscape(office_day(now))
    return rounds.one_by_one(due, lambda pk: escalate_clock(pk, land, now=now), what="escalate")


def _due(now: datetime, most: int) -> list[int]:
    """Return the clocks whose next step may be due, the longest waiting first, each once in a round."""
    rows = Deadline.objects.filter(stopped_at=None, is_paused=False, next_step_at__lte=now)
    return list(rows.order_by("next_step_at", "pk").values_list("pk", flat=True)[:most])


@transaction.atomic
def escalate_clock(deadline_id: int, land: Landscape, *, now: datetime) -> int:
    """Take the steps of one clock that are due; returns how many people were told.

    The report is locked first, as every act does; one that somebody is acting on waits for the next round.
    """
    report = next(iter(prepared.rows(Report, _lock(), [deadline_id])), None)
    if report is None:
        return 0
    row, clocks = _looked_at(report, deadline_id, now)
    if row is None:
        return 0
    moment = _next_moment(row)
    if moment is None or moment > now:
        return _wait(row, moment)
    told = _take(report, row, clocks, land, now=now)
    while told and row.next_step_at == moment:  # two levels that are told at the same time
        # Not with the clocks of before: where nobody is left to decide, the step has lifted the report.
        row, clocks = _looked_at(report, deadline_id, now)
        if row is None:
            break
        told += _take(report, row, clocks, land, now=now)
    return told


@cache
def _lock() -> str:
    columns = prepared.columns_of(Report)
    of_clock = "SELECT report_id FROM tanggap_deadline WHERE id = %s"
    return f"SELECT {columns} FROM tanggap_report WHERE id = ({of_clock}) FOR UPDATE SKIP LOCKED"  # noqa: S608 - names of the model


def _looked_at(report: Report, deadline_id: int, now: datetime) -> tuple[Deadline | None, list[Deadline]]:
    """Return a clock, if a step of it may be due still, and all clocks of the report, as they are under the lock."""
    clocks = report_selectors.clocks_of(report)
    return next((clock for clock in clocks if clock.pk == deadline_id and _may_be_due(clock, now)), None), clocks


def _may_be_due(row: Deadline, now: datetime) -> bool:
    """Say of the row under the lock what `_due` says of all."""
    runs = row.stopped_at is None and not row.is_paused
    return runs and row.next_step_at is not None and row.next_step_at <= now


def _take(report: Report, row: Deadline, clocks: list[Deadline], land: Landscape, *, now: datetime) -> int:
    """Take the step that is due, on the first level that reaches somebody, within that level's working hours."""
    events = report_selectors.events_of(report.pk)
    facts = project(events)
    ladder, place, taken = LADDERS[Clock(row.clock)], land.place(report, facts), facts.escalated
    step = Escalation(Clock(row.clock), row.run, row.due_at, row.step, ladder[row.step].rung, ())
    told = {person for _step, people in taken.get(step.key, ()) for person in people}
    standing = land.standing(place)
    found = climb(ladder, row.step, standing, told=told)
    if found is None:
        if told and not may_reach_later(ladder, row.step, standing):
            # The top was reached already: those who are left above are the same people.
            row.step = len(ladder)
            return _wait(row, None)
        # Nobody today: tomorrow somebody may be there.
        calendar = land.calendar_of(row.agency_id)
        return _wait(row, into_working_time(now + timedelta(days=1), zone=row.zone, calendar=calendar))
    reached, people, skipped = found
    is_first = not taken.get(step.key)
    if is_first and report.supervisory:
        people = tuple(dict.fromkeys((*people, *land.auditors(place))))
    opens = _opening(land, land.agency_of(ladder[reached].rung, place), now=now)
    if opens > now:
        return _wait(row, opens)
    step = Escalation(Clock(row.clock), row.run, row.due_at, reached, ladder[reached].rung, people, skipped)
    try:
        move = Move(escalation=step)
        reports.act_on(report, events, clocks, actor=System(), action=Action.ESCALATE, move=move, now=now)
    except reports.NotAllowedError as error:
        if error.reason not in _NO_MORE:
            raise
        return _wait(row, None)
    is_letter = is_first and not clusters.is_told_by_lead(report, row)
    _tell(report, step, is_first=is_letter, now=now)
    row.step = reached + 1
    _wait(row, _next_moment(row))
    return len(people)


def _next_moment(row: Deadline) -> datetime | None:
    ladder = LADDERS[Clock(row.clock)]
    if row.step >= len(ladder):
        return None
    calendar = calendar_of(row.calendar, row.agency_id)
    return fires_at(ladder[row.step], due_at=row.due_at, zone=row.zone, calendar=calendar)


def _wait(row: Deadline, moment: datetime | None) -> int:
    row.next_step_at = moment
    updates.rows(Deadline, [row.pk], {"step": row.step, "next_step_at": row.next_step_at})
    return 0


def _opening(land: Landscape, agency_ids: Iterable[int], *, now: datetime) -> datetime:
    """Return when the first of some agencies is at work: now, or the next morning of its zone and calendar."""
    return min(into_working_time(now, zone=land.zones[pk], calendar=land.calendar_of(pk)) for pk in set(agency_ids))


_LAST = "SELECT id FROM tanggap_event WHERE report_id = %s AND kind = %s ORDER BY seq DESC LIMIT 1"


def _tell(report: Report, step: Escalation, *, is_first: bool, now: datetime) -> None:
    """Owe each person a message: at once for the first step of a clock, else as a line of the digest of the day."""
    ((event_id,),) = prepared.fetch(_LAST, [report.pk, Action.ESCALATE.value])
    spec = NOTICES[Notice.OVERDUE]
    made = [
        Message(
            report=report,
            event_id=event_id,
            user_id=person,
            notice=Notice.OVERDUE.value,
            audience=spec.audience.value,
            channel=channel.value,
            clock=step.clock.value,
            state="queued" if is_first else "skipped",
            reason="" if is_first else IN_DIGEST,
            created_at=now,
            settled_at=None if is_first else now,
        )
        for person in step.people
        for channel in spec.channels
    ]
    inserts.with_keys(made)
    if is_first:
        messages.defer(row.pk for row in made)
