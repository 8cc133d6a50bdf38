"""Many reporters, one work item: which reports may be handled together, and what then happens to all of them (REQ-25).

A cluster is one report that leads and others that follow it. Each stays what it is: its number, clocks, owner,
history and answer are its own, and every fact follows from events in its own chain (ADR 0023).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tanggap.domain.actors import Actor
from tanggap.domain.case import Case, Projection
from tanggap.domain.lifecycle import STATUSES, Action, Holder, Status
from tanggap.domain.memos import WAITS_FOR_SIGNER
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason

# What is done to the lead is done to each member whose status allows it, as an event of its own.
CARRIED: Final = frozenset(
    {Action.ASSIGN_TO_UNIT, Action.ACCEPT_ASSIGNMENT, Action.RETURN_TO_ADMIN, Action.TAKE_BACK}
    | {Action.TAKE, Action.ENTRUST, Action.RELEASE}
    | {Action.REQUEST_EXTENSION, Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION}
    | {Action.RETURN, Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF}
    | {Action.FOLLOW_UP, Action.ANSWER, Action.CLOSE_MANUAL, Action.CONFIRM_SCHEDULE, Action.RESCHEDULE}
)
_SENDS_BACK: Final = frozenset({Action.RETURN, Action.RETURN_TO_ADMIN})
# From where a report comes into a cluster; what nobody has verified is verified on the way.
MERGEABLE: Final = frozenset({Status.UNVERIFIED, Status.ASSIGNED, Status.IN_PROGRESS})
# One click answers all of them in one transaction.
MOST_MEMBERS: Final = 200


@dataclass(frozen=True, slots=True)
class Likeness:
    """When one report is put beside another as a candidate: the numbers, in one place (REQ-24)."""

    days: int  # received at most so many days apart, in the same district
    days_same_reporter: int  # the same, where both have the same contact
    least: float  # of the likeness of title and text, by trigrams: 0 to 1
    least_same_reporter: float
    same_words: float  # typed twice, whoever it is of and wherever it is
    same_category: float  # what the same category adds to it
    shown: int
    looked_at: int  # of the reports of a place and time, the newest so many are compared

    @property
    def window(self) -> timedelta:
        """Return how far apart candidates may be received."""
        return timedelta(days=self.days)

    @property
    def window_same_reporter(self) -> timedelta:
        """Return how far apart reports of one contact may be received."""
        return timedelta(days=self.days_same_reporter)


# Measured on the shipped corpus, every word of a place alike: of pairs about the same thing 85 in 100 are at least this
# much alike, of pairs about different things 3 in 100.
CANDIDATES: Final = Likeness(
    days=30,
    days_same_reporter=7,
    least=0.3,
    least_same_reporter=0.2,
    same_words=0.9,
    same_category=0.1,
    shown=8,
    looked_at=300,
)


def waits_for_verification(status: str) -> bool:
    """Say whether nobody has verified a report where it stands: it leads nothing, and is read before it follows."""
    return STATUSES[Status(status)].holder == Holder.ADMIN


def why_apart(lead: Case, member: Case) -> Reason | None:
    """Say why two reports may not be handled together, whatever their own standing; None when they may.

    Secrecy and the people a report names decide who may know of it: who works on one must be allowed to know of all.
    """
    if lead.report_id == member.report_id:
        return Reason.WITH_ITSELF
    one, other = lead.facts, member.facts
    if one.is_confidential != other.is_confidential:
        return Reason.SECRECY_APART
    if (one.named_unit_ids, one.named_user_ids) != (other.named_unit_ids, other.named_user_ids):
        return Reason.NAMED_APART
    return None


def leaves(action: Action, facts: Projection, *, was_confidential: bool, names: bool = False) -> bool:
    """Say whether a report that is in a cluster can stay in it no longer after an act of its own.

    The reporter took it back, it became more secret or less than the others, a correction `names` whom it is about, or
    it was sent back alone.
    """
    if not facts.is_in_cluster:
        return False
    if action in _SENDS_BACK:
        return facts.lead_id is not None
    is_about = names and action == Action.RECLASSIFY
    return action == Action.WITHDRAW or is_about or facts.is_confidential != was_confidential


def alone(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What is handled together goes nowhere in pieces, and not unseen as a whole: it is taken apart first."""
    return Reason.IN_CLUSTER if case.facts.is_in_cluster else None


def may_join(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """A report is in one cluster, a lead in none but its own."""
    return Reason.ALREADY_MERGED if case.facts.is_in_cluster else _not_on_the_way(case)


def may_lead(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What follows another report leads none."""
    return Reason.ALREADY_MERGED if case.facts.lead_id is not None else _not_on_the_way(case)


def _not_on_the_way(case: Case) -> Reason | None:
    """Whose report it is, and what is answered, must be settled before it is handled with others."""
    if case.facts.offered_agency_id is not None:
        return Reason.OFFER_RUNS
    memo = case.facts.memo
    if case.facts.held_answer is not None or (memo is not None and memo.state in WAITS_FOR_SIGNER):
        return Reason.ANSWER_WAITS
    return Reason.IS_DISPUTED if case.facts.is_disputed else None


def is_member(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Only what was merged is taken out again."""
    return Reason.NOT_MERGED if case.facts.lead_id is None else None


def has_members(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A lead lets go of what follows it."""
    gone = frozenset(move.member_ids) if move is not None else frozenset()
    return None if case.facts.member_ids and gone <= case.facts.member_ids else Reason.NOT_MERGED
