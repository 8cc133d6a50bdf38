"""Whose a report is and with which others it is handled: what a merge changes, and what its undoing gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memos import Memo, MemoState
from tanggap.domain.outside import Outside

# Where a memo waits for its signature: while the report is worked on, also while its reporter is asked for data.
MEMO_WAITS = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.PENDING})


@dataclass(frozen=True, slots=True)
class BeforeMerge:
    """Whose a report was when it was merged."""

    agency_id: int | None
    unit_id: int | None
    former_agency_ids: frozenset[int]
    assignee_id: int | None
    is_taken_on: bool
    sent_back: int | None
    memo: Memo | None
    answered_at: datetime | None
    supporters: tuple[frozenset[int], frozenset[int]]  # who helped and has it now: agencies, units


@dataclass(slots=True)
class Together(Outside):
    """The part of the facts of a report that a merge may change."""

    owner_agency_id: int | None = None
    owner_unit_id: int | None = None
    former_agency_ids: frozenset[int] = frozenset()  # who handed it on: they go on reading it
    supporting_agency_ids: frozenset[int] = frozenset()
    supporting_unit_ids: frozenset[int] = frozenset()  # units of the agency that has the report
    assignee_id: int | None = None  # the one officer of the owning office who works on it
    is_taken_on: bool = False  # the unit that has it said so, or has begun
    answered_at: datetime | None = None
    sent_back: int | None = None  # the held answer that was sent back, until there is another one
    memo: Memo | None = None  # the nota dinas by which the answer is prepared
    lead_id: int | None = None  # the report that leads the cluster of which this one is a member
    leads_id: int | None = None  # this report itself, since it leads one
    member_ids: frozenset[int] = frozenset()  # the members of the cluster that this one leads
    before_merge: BeforeMerge | None = None

    @property
    def is_in_cluster(self) -> bool:
        """Say whether the report is handled together with others, as their lead or as one of them."""
        return self.lead_id is not None or bool(self.member_ids)

    @property
    def cluster_id(self) -> int | None:
        """Return the report that leads the cluster of this one, itself perhaps."""
        return self.leads_id if self.member_ids else self.lead_id

    def remember(self, action: Action) -> None:
        """Keep what a merge is about to change; called before the owner of its event is read."""
        if action == Action.MERGE:
            self.before_merge = BeforeMerge(
                self.owner_agency_id,
                self.owner_unit_id,
                self.former_agency_ids,
                self.assignee_id,
                self.is_taken_on,
                self.sent_back,
                self.memo,
                self.answered_at,
                (self.supporting_agency_ids, self.supporting_unit_ids),
            )

    def read_cluster(self, action: Action, event: EventRecord) -> None:
        """Read a merge or its undoing, after the owner that it gives the report."""
        was = self.before_merge
        if action == Action.MERGE and was is not None:
            self._join(was, event.data["lead"])
        elif action == Action.UNMERGE:
            if was is not None and "owner" in event.data:
                self._give_back(was)
            self.lead_id = self.before_merge = None
        elif action == Action.TAKE_IN:
            self.leads_id = event.data["lead"]
            self.member_ids |= frozenset(event.data["members"])
        elif action == Action.LET_GO:
            self.member_ids -= frozenset(event.data["members"])

    def read_memo(self, action: Action, event: EventRecord, *, is_elsewhere: bool) -> None:
        """Read a step of a memo, or what ends it: its answer, another office, the end of the report."""
        match action:
            case Action.SUBMIT_MEMO | Action.SIGN_MEMO:
                state = MemoState.SIGNED if action == Action.SIGN_MEMO else MemoState.SUBMITTED
                self.memo = Memo(event.seq, state, event.user_id, tuple(event.data.get("evidence", ())))
            case Action.CHECK_MEMO if self.memo is not None:
                self.memo = replace(self.memo, state=MemoState.CHECKED)
            case Action.RETURN_MEMO if self.memo is not None:
                self.memo = replace(self.memo, state=MemoState.RETURNED)
            case Action.SEND_BACK_ANSWER if self.memo is not None and self.memo.state == MemoState.SIGNED:
                self.memo = replace(self.memo, state=MemoState.RETURNED)
            case _ if action == Action.ANSWER or is_elsewhere or Status(event.to_status) not in MEMO_WAITS:
                self.memo = None  # published, or withdrawn: it was written for another office, or for nobody any more
            case _:
                pass

    def read_support(self, action: Action, office: Mapping[str, int | None] | None) -> None:
        """Who has the report supports it no more; the units of an agency that handed it on neither."""
        if office is not None:
            units = frozenset(pk for pk in (office["unit"],) if pk is not None)
            agencies = frozenset(pk for pk in (office["agency"],) if pk is not None and not units)
            is_new = action == Action.ADD_SUPPORT
            self.supporting_agency_ids = self.supporting_agency_ids - agencies | (agencies if is_new else frozenset())
            self.supporting_unit_ids = self.supporting_unit_ids - units | (units if is_new else frozenset())
        self.supporting_agency_ids -= {self.owner_agency_id}
        self.supporting_unit_ids -= {self.owner_unit_id}

    def _join(self, was: BeforeMerge, lead_id: int) -> None:
        self.lead_id = lead_id
        if was.agency_id is not None and was.agency_id != self.owner_agency_id:
            self.former_agency_ids |= {was.agency_id}
        agencies, units = was.supporters
        lost = agencies - self.supporting_agency_ids, units - self.supporting_unit_ids
        self.before_merge = replace(was, supporters=lost)

    def _give_back(self, was: BeforeMerge) -> None:
        self.former_agency_ids = was.former_agency_ids
        self.assignee_id, self.is_taken_on = was.assignee_id, was.is_taken_on
        self.supporting_agency_ids |= was.supporters[0]
        self.supporting_unit_ids |= was.supporters[1]
        is_unanswered = self.answered_at == was.answered_at
        self.sent_back = was.sent_back if is_unanswered else None
        self.memo = was.memo if is_unanswered else None
