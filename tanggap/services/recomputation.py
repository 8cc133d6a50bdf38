"""A corrected calendar moves the open deadlines: one event per report, with the old and the new date (REQ-2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tanggap.domain.actors import System
from tanggap.domain.case import project
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.ledger import EventRecord, moment
from tanggap.domain.lifecycle import OPEN, Action
from tanggap.domain.policy import Allowed, decide
from tanggap.models import Report
from tanggap.selectors import reports as report_selectors
from tanggap.services import chain, deadlines, rounds
from tanggap.services.reports import rules_in_force, settle

BATCH = 200


def recompute(*, now: datetime) -> int:
    """Recompute every open report whose due dates differ under the newest calendar; returns how many did.

    One transaction per report, so it can be stopped and run again. What is past never changes.
    """
    return rounds.one_by_one(_open_reports(), lambda pk: _recompute_one(pk, now=now), what="recompute")


def _open_reports() -> Iterator[int]:
    last = 0
    rows = Report.objects.filter(status__in=OPEN).order_by("pk")
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield from ids
        last = ids[-1]


@transaction.atomic
def _recompute_one(pk: int, *, now: datetime) -> bool:
    report = Report.objects.select_for_update(of=("self",)).select_related("owner_agency").get(pk=pk)
    events = report_selectors.events_of(pk)
    facts = project(events)
    case = report_selectors.make_case(pk, facts, now=now)
    decision = decide(Action.RECOMPUTE, actor=System(), case=case)
    if not isinstance(decision, Allowed) or facts.received_at is None:
        return False
    rules = rules_in_force(report.owner_agency_id, report.owner_agency.timezone, facts.received_at)
    draft = chain.Draft(
        action=Action.RECOMPUTE,
        acted_at=now,
        recorded_at=now,
        from_status=facts.status.value,
        to_status=decision.to.value,
        visibility=decision.transition.visibility,
        # Only the calendar is new: the policy stays the one of the day of receipt.
        data={"policy": facts.policy, "calendar": rules["calendar"], "zone": facts.zone},
        texts={},
    )
    moved = _moved(events, draft, report.number, facts.count, facts.head)
    if not moved:
        return False
    draft = replace(draft, data={**draft.data, "clocks": moved})
    record, salts = chain.seal(report.number, draft, actor=System(), seq=facts.count + 1, previous=facts.head)
    chain.write(report, draft, record, salts)
    settle(report, facts, [*events, record], now=now)
    return True


def _moved(
    events: list[EventRecord], draft: chain.Draft, number: str, count: int, head: bytes
) -> list[dict[str, str | int]]:
    """Return the clocks whose due date the new calendar moves, with the old and the new moment."""
    trial, _salts = chain.seal(number, draft, actor=System(), seq=count + 1, previous=head)
    before = {(run.clock, run.run): run for run in deadlines.compute(events)}
    after = deadlines.compute([*events, trial])
    return [_entry(before[run.clock, run.run], run) for run in after if before[run.clock, run.run].due_at != run.due_at]


def _entry(old: ClockRun, new: ClockRun) -> dict[str, str | int]:
    return {"clock": new.clock.value, "run": new.run, "old": moment(old.due_at), "new": moment(new.due_at)}
