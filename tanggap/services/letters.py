"""The facts that a letter may name, gathered when it is delivered: number, office, dates, codes, figures."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tanggap.domain.case import project
from tanggap.domain.clocks import Clock
from tanggap.domain.letters import DATE_OF
from tanggap.domain.memos import WAITS_FOR_SIGNER, MemoState
from tanggap.domain.notices import Audience, Notice
from tanggap.domain.outcomes import Closing, Outcome
from tanggap.models import Agency, Deadline, Event, Message, Report, Unit
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import recipients, workload
from tanggap.services import accounts

# A mail of its own was one too many; the row of kind `together` that was made at that moment tells it.
TOLD_TOGETHER = "told_together"
# The office that got the report is named, not the one that acted.
_NAMES_THE_OWNER = frozenset({Notice.ASSIGNED, Notice.NEW_WORK, Notice.MERGED})
# Somebody verified it before the mail went out: then nothing waits any more.
_ABOUT_RUNNING = {
    Notice.TO_VERIFY: (Clock.VERIFY.value,),
    Notice.TRANSFER_OFFERED: (Clock.HOP.value,),
    Notice.TO_DECIDE: (Clock.ARBITRATION.value,),
}
# Where a memo must still stand for a letter about it to be true.
_ABOUT_MEMO = {
    Notice.MEMO_SUBMITTED: {state.value for state in WAITS_FOR_SIGNER},
    Notice.MEMO_RETURNED: {MemoState.RETURNED.value},
}


def reason_to_skip(row: Message, *, now: datetime) -> str:
    """Say why a message is no longer true or may no longer go to this person; '' when it may go."""
    if reason := _why_untrue(row):
        return reason
    if row.user is None:
        return ""
    on = accounts.office_day(now)
    if Notice(row.notice) == Notice.TOGETHER:
        return "" if _others(row, on=on) else "nothing_owed"
    if row.report is None:
        figures = _digest(row, now=now).get("figures")
        return "left" if figures is None else "" if figures.has_news else "nothing_owed"
    return "" if recipients.may_receive(row.user.pk, row.report, on=on) else "left"


def _others(row: Message, *, on: date) -> tuple[str, ...]:
    """Return the numbers of the reports that a message tells together: what is still true and may still be known."""
    told = Message.objects.filter(user_id=row.user_id or 0, reason=TOLD_TOGETHER, settled_at=row.created_at)
    told = told.filter(notice=row.clock, channel=row.channel).select_related("report").order_by("pk")
    numbers = list(dict.fromkeys(one.report.number for one in told if one.report and not _why_untrue(one)))
    known = recipients.may_receive_of(row.user_id or 0, numbers, on=on)
    return tuple(number for number in numbers if number in known)


def _why_untrue(row: Message) -> str:
    notice = Notice(row.notice)
    clocks = _ABOUT_RUNNING.get(notice, (row.clock,) if row.clock else ())
    if row.report is not None and clocks and _running(row.report, clocks) is None:
        return "clock_stopped"
    if notice == Notice.ANSWER_HELD and row.report is not None and row.report.held_answer_by_id is None:
        return "looked_at"
    if row.report is not None and row.report.memo_state not in _ABOUT_MEMO.get(notice, {row.report.memo_state}):
        return "memo_moved"
    return ""


def facts(row: Message, *, now: datetime) -> dict[str, Any]:
    """Return the fields of `domain.letters.Owed` that a message may name."""
    if row.notice == Notice.TOGETHER:
        return {"others": _others(row, on=accounts.office_day(now))}
    if row.report is None:
        return _digest(row, now=now)
    report, notice = row.report, Notice(row.notice)
    clock, due_at, zone = _date(row, report, notice, now=now)
    data = row.event.data if row.event is not None else {}
    outcome, on = data.get("outcome") or report.outcome, data.get("outcome_on")
    return {
        "number": report.number,
        "office": _office(row.event, report, notice),
        "agency": report.owner_agency.name,
        "clock": clock,
        "due_at": due_at,
        "zone": zone,
        "outcome": Outcome(outcome) if outcome else None,
        "outcome_on": date.fromisoformat(on) if on else report.outcome_on,
        "closing": Closing(report.closing) if report.closing else None,
        "object_until": _object_until(report) if notice == Notice.ANSWERED else None,
    }


def _digest(row: Message, *, now: datetime) -> dict[str, Any]:
    on = accounts.office_day(now)
    office = account_selectors.appointment_of(row.user_id or 0, on)
    if office is None:
        return {}
    zone = office.agency.timezone
    figures = workload.of_person(Notice(row.notice), row.user_id or 0, on=on, now=now, zone=zone)
    return {"zone": zone, "agency": office.agency.name, "figures": figures} if figures is not None else {}


def _date(row: Message, report: Report, notice: Notice, *, now: datetime) -> tuple[Clock | None, datetime | None, str]:
    """Return the clock that matters to the reader, when it runs out, and in which zone.

    A date that has passed already is a promise that was broken: only a message about the breach names it.
    """
    zone = report.owner_agency.timezone
    if notice == Notice.ARCHIVED and not _may_appeal(row.event):
        return Clock.APPEAL, None, zone
    known = (row.clock,) if row.clock else DATE_OF.get(notice, (report.due_clock,))
    deadline = _running(report, known)
    if deadline is None:
        return (Clock(row.clock) if row.clock else None), None, zone
    is_promise = row.audience == Audience.REPORTER and not row.clock
    due_at = None if is_promise and deadline.due_at < now else deadline.due_at
    return Clock(deadline.clock), due_at, deadline.zone


def _running(report: Report, clocks: Sequence[str]) -> Deadline | None:
    """Return the run, of those on which time passes, that runs out first; or None."""
    rows = report.deadlines.filter(clock__in=clocks, stopped_at=None, is_paused=False)
    return rows.order_by("due_at", "-run").first()


def _object_until(report: Report) -> datetime | None:
    window = _running(report, (Clock.FORMAL_WINDOW,))
    return window.due_at if window is not None else None


def _may_appeal(event: Event | None) -> bool:
    if event is None:
        return False
    before = Event.objects.filter(report_id=event.report_id, seq__lte=event.seq).order_by("seq")
    return project(row.as_record() for row in before).may_appeal


def _office(event: Event | None, report: Report, notice: Notice) -> str:
    """Return the name of the unit or agency that the message is about."""
    if event is not None and notice in _NAMES_THE_OWNER and (owner := event.data.get("owner")):
        if owner["unit"] is not None:
            return Unit.objects.values_list("name", flat=True).get(pk=owner["unit"])
        return Agency.objects.values_list("name", flat=True).get(pk=owner["agency"])
    if event is not None and event.agency is not None:
        return event.unit.name if event.unit is not None else event.agency.name
    return report.owner_unit.name if report.owner_unit is not None else report.owner_agency.name
