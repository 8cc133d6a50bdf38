"""The row of a report for what its events add up to: written by each act, compared by `./run audit`."""

from datetime import date, datetime
from typing import Any

from tanggap.domain.case import Projection
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.lifecycle import STATUSES
from tanggap.services import deadlines


def of(facts: Projection, runs: list[ClockRun], *, now: datetime) -> dict[str, Any]:
    """Return the columns of a report's row for what its events add up to; `./run audit` compares them."""
    due_at, due_clock = deadlines.soonest(runs)
    is_open = STATUSES[facts.status].is_open
    return {
        "status": facts.status.value,
        "previous_status": facts.previous_status.value if facts.previous_status else "",
        "owner_agency_id": facts.owner_agency_id,
        "owner_unit_id": facts.owner_unit_id,
        "classification": facts.classification,
        "supervisory": facts.supervisory,
        "category_id": facts.category,
        "urgency": facts.urgency,
        "urgency_rank": 0 if facts.urgency else 1,
        "event_date": date.fromisoformat(facts.event_date) if facts.event_date else None,
        "area_id": facts.area,
        "is_anonymous": facts.is_anonymous,
        "is_confidential": facts.is_confidential,
        "is_published": facts.is_public,
        "assigned_at": facts.assigned_at,
        "answered_at": facts.answered_at,
        "closed_at": facts.closed_at,
        "closing": facts.closing,
        "outcome": facts.outcome,
        "outcome_on": date.fromisoformat(facts.outcome_on) if facts.outcome_on else None,
        "archive_reason": facts.archive_reason,
        "reopen_count": facts.reopen_count,
        "return_count": facts.return_count,
        "extension_count": facts.extension_count,
        "offered_agency_id": facts.offered_agency_id,
        "former_agency_ids": sorted(facts.former_agency_ids),
        "is_disputed": facts.is_disputed,
        "part_of": facts.part_of,
        "supporting_agency_ids": sorted(facts.supporting_agency_ids),
        "supporting_unit_ids": sorted(facts.supporting_unit_ids),
        "assignee_id": facts.assignee_id,
        "came_back": facts.came_back,
        "is_objected": facts.objection is not None,
        "deciders": " ".join(sorted(facts.deciders)),
        "decision_asked_by_id": facts.decision_asked_by,
        "held_answer_by_id": facts.held_by,
        "memo_state": facts.memo.state.value if facts.memo else "",
        "memo_by_id": facts.memo.by if facts.memo else None,
        "promised_on": date.fromisoformat(facts.promised_on) if facts.promised_on else None,
        "promise_asked": facts.promise_asked,
        "handed_over_at": facts.handed_over_at,
        "handover_accepted_at": facts.handover_accepted_at,
        "reopen_asked_at": facts.reopen_asked_at,
        "cluster_lead_id": facts.lead_id,
        "member_count": len(facts.member_ids),
        "rating": facts.rating,
        "solved": facts.solved,
        "due_at": due_at if is_open else None,
        "due_clock": due_clock if is_open else "",
        # What waits for the reporter is not late.
        "is_overdue": is_open and due_at is not None and due_at < now and not CLOCKS[Clock(due_clock)].is_reporters,
        "event_count": facts.count,
        "head_hash": facts.head,
        "last_acted_at": facts.last_acted_at,
        "progress_at": facts.progress_at,
    }
