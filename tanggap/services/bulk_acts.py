"""The same deed to many reports: each judged and done on its own, what became of it kept, resumed where it stopped.

A line is settled in the transaction of its deed: a worker that dies in between leaves it waiting, and it is done once.
A few lines share such a transaction.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction

from tanggap.domain import bulk as deeds
from tanggap.domain.actors import OfficeHolder, Officer, officer
from tanggap.domain.bulk import Kind, State
from tanggap.domain.case import project
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.policy import Denied, decide
from tanggap.domain.reasons import Reason
from tanggap.models import BulkJob, BulkLine, Report
from tanggap.selectors import bulk as bulk_selectors
from tanggap.selectors import clusters as cluster_selectors
from tanggap.selectors import reports as report_selectors
from tanggap.services import bulk, clusters, reports, tags
from tanggap.services.moves import MoveError

ACT: Final = "act"
UNDO: Final = "undo"
NOT_FOUND: Final = "not_found"
FAILED: Final = "failed"
NOTHING_CHANGED: Final = "nothing_changes"
MOVED_ON: Final = "moved_on"
# How many lines share a commit: their reports are locked until then, a fraction of a second.
_TOGETHER: Final = 10

log = logging.getLogger("tanggap.bulk")


class NotForYouError(Exception):
    """This office does not do that to many, or not to so many."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One report of a preview: what would be refused, and why."""

    number: str
    title: str
    desk_title: str
    is_hidden: bool
    is_confidential: bool
    status: str
    owner_agency_id: int
    reason: str  # a code; '' where nothing stands against it


def judge(
    *, viewer: OfficeHolder, kind: Kind, numbers: Sequence[str], asked: Mapping[str, Any], now: datetime
) -> list[Judged]:
    """Return what would happen to each of the first reports, one by one; nothing is done."""
    made = []
    lead = report_selectors.get(viewer=viewer, number=asked["lead"]) if "lead" in asked else None
    for number in list(dict.fromkeys(numbers))[: deeds.MOST_JUDGED]:
        try:
            report = report_selectors.get(viewer=viewer, number=number)
        except report_selectors.NotFoundError:
            made.append(Judged(number, "", "", False, False, "", 0, NOT_FOUND))
            continue
        reason = _against(report, viewer, kind, asked, lead, now)
        is_hidden = report.is_anonymous or report.is_confidential
        about = report.title, report.desk_title, is_hidden, report.is_confidential
        made.append(Judged(number, *about, report.status, report.owner_agency_id, reason))
    return made


def _against(
    report: Report, viewer: OfficeHolder, kind: Kind, asked: Mapping[str, Any], lead: Report | None, now: datetime
) -> str:
    """Return the code of what stands against a deed to one report, '' for nothing."""
    if lead is not None and lead.pk != report.pk:
        checked = bool(asked.get("is_checked"))
        reason = clusters.why_not(actor=_at_the_desk(viewer), lead=lead, member=report, now=now, is_checked=checked)
        return reason.value if reason else ""
    action = deeds.DEEDS[kind].action
    if action is None:
        return ""
    decision = decide(action, actor=viewer, case=report_selectors.case_of(report, now=now), move=_move(kind, asked))
    return decision.reason.value if isinstance(decision, Denied) else ""


@transaction.atomic
def start(
    *, actor: OfficeHolder, kind: Kind, numbers: Sequence[str], asked: Mapping[str, Any], now: datetime
) -> BulkJob:
    """Put a deed to many into the queue, one line each. Raises NotForYouError."""
    wanted = [number for number in dict.fromkeys(numbers) if number != asked.get("lead")]
    if actor.role not in deeds.DEEDS[kind].roles or not 0 < len(wanted) <= deeds.MOST:
        raise NotForYouError
    job = bulk.start(actor=actor, kind=ACT, asked={"deed": kind.value, **asked}, total=len(wanted), now=now)
    _lines(job, wanted)
    return job


@transaction.atomic
def undo(*, actor: Officer, key: str, now: datetime, note: str = "") -> BulkJob:
    """Put the way back of a job that is over into the queue, for the lines that were done.

    `note` is what the history says where the way back is an act that wants words. Raises bulk.NotFoundError
    (selectors) for another's job, NotForYouError where there is no way back.
    """
    job = bulk_selectors.get(viewer=actor, key=key)
    done = list(job.lines.filter(state=State.DONE).order_by("position").values_list("number", flat=True))
    if not may_undo(job) or not done:
        raise NotForYouError
    asked = {**job.asked, "of": job.key, "note": note}
    made = bulk.start(actor=actor, kind=UNDO, asked=asked, total=len(done), now=now)
    _lines(made, done)
    return made


def may_undo(job: BulkJob) -> bool:
    """Say whether what a job did can be taken back as far as the life cycle allows."""
    return (
        job.kind == ACT
        and job.state in {"done", "failed"}
        and deeds.DEEDS[Kind(job.asked["deed"])].undone_by is not None
    )


def _lines(job: BulkJob, numbers: Sequence[str]) -> None:
    rows = [BulkLine(job=job, position=place, number=number) for place, number in enumerate(numbers, 1)]
    BulkLine.objects.bulk_create(rows, batch_size=500)


def run(job: BulkJob, *, actor: OfficeHolder, now: datetime, most: int | None = None) -> bool:
    """Do the lines of a job that still wait, at most so many; return whether none waits any more.

    Safe to run twice: what is settled is not done again.
    """
    over = job.lines.exclude(state=State.WAITING).count()
    waiting = list(job.lines.filter(state=State.WAITING).order_by("position").values_list("pk", flat=True))
    for places in batched(waiting[:most], _TOGETHER):
        over += len(places)
        try:
            _some(places, job, actor=actor, now=now, over=over)
        except (OperationalError, InterfaceError):
            raise  # the database was away, or two acts met: the job goes on later, at these lines
        except Exception:
            log.exception("bulk.lines_failed job=%s", job.pk)
            # One of them is to blame: alone, the others are done.
            for line_id in places:
                _do(line_id, job, actor=actor, now=now)
            bulk.note(job, done=over)
    return over == job.total


@transaction.atomic
def _some(places: Sequence[int], job: BulkJob, *, actor: OfficeHolder, now: datetime, over: int) -> None:
    """Do some lines and settle them, together or not at all; what one of them is refused takes nothing from another.

    They share one lock, one note of how far the job is, and one commit.
    """
    lines = BulkLine.objects.select_for_update().filter(pk__in=places, state=State.WAITING).order_by("position")
    became: dict[str, list[BulkLine]] = {}
    for line in lines:
        became.setdefault(_reason(line, job, actor=actor, now=now), []).append(line)
    for reason, those in became.items():
        _settle(those, job, reason)
    bulk.note(job, done=over)


def _do(line_id: int, job: BulkJob, *, actor: OfficeHolder, now: datetime) -> None:
    """Do one line and settle it, together or not at all; what nobody foresaw is refused."""
    try:
        with transaction.atomic():
            line = BulkLine.objects.select_for_update().get(pk=line_id)
            if line.state == State.WAITING:
                _settle([line], job, _reason(line, job, actor=actor, now=now))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("bulk.line_failed job=%s", job.pk)
        with transaction.atomic():
            _settle([BulkLine.objects.select_for_update().get(pk=line_id)], job, FAILED)


def _reason(line: BulkLine, job: BulkJob, *, actor: OfficeHolder, now: datetime) -> str:
    """Do the deed of a job to the report of a line; return why it was refused, '' for done.

    A deed that is refused has rolled itself back: each is a transaction of its own, here a savepoint.
    """
    try:
        return _deed(job, line.number, actor=actor, now=now)
    except report_selectors.NotFoundError:
        return NOT_FOUND
    except reports.NotAllowedError as error:
        return error.reason.value
    except MoveError as error:
        return error.fault.value


def _deed(job: BulkJob, number: str, *, actor: OfficeHolder, now: datetime) -> str:
    """Do the deed of a job to one report; return why nothing changed, '' when something did."""
    kind, asked = Kind(job.asked["deed"]), job.asked
    way: Any = deeds.DEEDS[kind].undone_by if job.kind == UNDO else (deeds.DEEDS[kind].action or kind)
    match way:
        case Kind.TAG:
            changed = tags.hang(actor=_at_the_desk(actor), number=number, word=asked["word"], now=now)
            return "" if changed else NOTHING_CHANGED
        case Kind.MERGE:
            lead, note, is_checked = asked["lead"], asked.get("text", ""), bool(asked.get("is_checked"))
            clusters.merge(actor=actor, lead=lead, members=[number], now=now, is_checked=is_checked, note=note)
            return ""
        case Action.UNMERGE:
            clusters.unmerge(actor=actor, lead=asked["lead"], members=[number], now=now)
            return ""
        case Kind.UNTAG:
            changed = tags.take_off(actor=_at_the_desk(actor), number=number, word=asked["word"])
            return "" if changed else NOTHING_CHANGED
        case Action.ENTRUST if job.kind == UNDO:
            return _give_back(job, number, actor=actor, now=now)
        case Action.ASSIGN_TO_UNIT if job.kind == UNDO:
            return _put_back(job, number, actor=actor, now=now)
        case action:
            reports.act(actor=actor, number=number, action=action, move=_move(kind, asked), now=now)
            return ""


def _give_back(job: BulkJob, number: str, *, actor: OfficeHolder, now: datetime) -> str:
    """Give a report back to whoever had it before the job, as its chain tells; MOVED_ON where anything came after.

    The job's event is the first of its kind since the job was asked for, or it is not the last one. That somebody was
    told of a lateness meanwhile is no step. Raises MoveError where who had it has no place in the office any more.
    """
    report = report_selectors.get(viewer=actor, number=number)
    cluster_selectors.lock_together(number=number)
    events = report_selectors.events_of(report.pk)
    since = BulkJob.objects.values_list("created_at", flat=True).get(key=job.asked["of"])
    given = next((event.seq for event in events if event.acted_at >= since and _is_entrusting(job, event)), None)
    if given is None:
        return MOVED_ON
    before = project(events[: given - 1]).assignee_id
    if not all(_goes_along(member, given, before) for member in report.members.all()):
        return MOVED_ON
    action = Action.RELEASE if before is None else Action.ENTRUST
    try:
        reports.act(actor=actor, number=number, action=action, move=Move(assignee_id=before), now=now, seen=given)
    except reports.MovedOnError:
        return MOVED_ON
    return ""


def _is_entrusting(job: BulkJob, event: EventRecord) -> bool:
    """Say whether an event gave a report to whom a job gave it, by the hand of who asked for the job."""
    is_given = event.kind == Action.ENTRUST and event.data["assignee"] == job.asked["assignee"]
    return is_given and event.user_id == job.user_id


def _goes_along(member: Report, given: int, before: int | None) -> bool:
    """Say whether giving the lead of a cluster back, which reaches its members, takes from a member nothing of its own.

    `given` is the lead's event that came to the member, too; `before` is who gets the lead back.
    """
    if member.assignee_id == before:
        return True
    events = report_selectors.events_of(member.pk)
    reached = [event.seq for event in events if event.data.get("carried") == given and event.kind == Action.ENTRUST]
    if not reached or reports.has_moved_on(events, reached[-1]):
        return False
    return project(events[: reached[-1] - 1]).assignee_id == before


def _put_back(job: BulkJob, number: str, *, actor: OfficeHolder, now: datetime) -> str:
    """Put a report back where it was before the job, as its chain tells: with its unit and its officer, or with nobody.

    What the unit has taken on stays with it. MOVED_ON where the report has changed hands since. Raises MoveError where
    the unit before is no more.
    """
    report = report_selectors.get(viewer=actor, number=number)
    cluster_selectors.lock_together(number=number)
    events = report_selectors.events_of(report.pk)
    since = BulkJob.objects.values_list("created_at", flat=True).get(key=job.asked["of"])
    given = next((event for event in events if event.acted_at >= since and _is_assigning(job, event)), None)
    if given is None or _handed(events).seq != given.seq:
        return MOVED_ON
    if project(events).is_taken_on:
        return Reason.TAKEN_ON.value
    before = project(events[: given.seq - 1])
    if before.owner_unit_id == job.asked["unit"]:
        return NOTHING_CHANGED
    if not all(_is_put_along(member, given.seq, before.owner_unit_id) for member in report.members.all()):
        return MOVED_ON
    action = Action.TAKE_BACK if before.owner_unit_id is None else Action.ASSIGN_TO_UNIT
    back = Move(text=job.asked.get("note", ""), unit_id=before.owner_unit_id)
    reports.act(actor=actor, number=number, action=action, move=back, now=now)
    if before.assignee_id is not None:
        _entrust_again(number, before.assignee_id, actor=actor, now=now)
    return ""


def _handed(events: Sequence[EventRecord]) -> EventRecord:
    """Return the last event that said whose a report is."""
    return next(event for event in reversed(events) if "owner" in event.data)


def _is_assigning(job: BulkJob, event: EventRecord) -> bool:
    """Say whether an event gave a report to the unit that a job named, by the hand of who asked for the job."""
    is_given = event.kind == Action.ASSIGN_TO_UNIT and event.data["owner"]["unit"] == job.asked["unit"]
    return is_given and event.user_id == job.user_id


def _is_put_along(member: Report, given: int, before: int | None) -> bool:
    """Say whether putting the lead of a cluster back, which reaches its members, takes nothing of its own from one.

    `given` is the lead's event that came to the member, too; `before` is the unit that gets the lead back.
    """
    if member.owner_unit_id == before:
        return True
    events = report_selectors.events_of(member.pk)
    came = _handed(events)
    if came.data.get("carried") != given or project(events).is_taken_on:
        return False
    return project(events[: came.seq - 1]).owner_unit_id == before


def _entrust_again(number: str, assignee_id: int, *, actor: OfficeHolder, now: datetime) -> None:
    """Give a report to who worked on it in its unit; who serves there no more is passed over."""
    try:
        reports.act(actor=actor, number=number, action=Action.ENTRUST, move=Move(assignee_id=assignee_id), now=now)
    except (MoveError, reports.NotAllowedError):
        log.info("bulk.nobody_to_entrust number=%s", number)


def _at_the_desk(actor: OfficeHolder) -> Officer:
    """Return the actor as an officer: what is no act of the life cycle is done at the desk alone."""
    found = officer(actor)
    if found is None:
        raise NotForYouError
    return found


def _move(kind: Kind, asked: Mapping[str, Any]) -> Move:
    match kind:
        case Kind.ASSIGN:
            unit_id, agency_id = asked.get("unit"), asked.get("agency")
            return Move(text=asked.get("text", ""), unit_id=unit_id, agency_id=agency_id, is_one_of_many=True)
        case Kind.ENTRUST:
            return Move(assignee_id=asked.get("assignee"))
        case _:
            return Move(text=asked.get("text", ""))


def _settle(lines: Sequence[BulkLine], job: BulkJob, reason: str) -> None:
    """Write down what became of lines; on the job that is taken back, too, where this is its way back."""
    state = State.REFUSED if reason else State.DONE
    BulkLine.objects.filter(pk__in=[line.pk for line in lines]).update(state=state, reason=reason)
    if job.kind == UNDO:
        undone = BulkLine.objects.filter(job__key=job.asked["of"], number__in=[line.number for line in lines])
        undone.filter(state=State.DONE).update(state=State.KEPT if reason else State.UNDONE, reason=reason)
