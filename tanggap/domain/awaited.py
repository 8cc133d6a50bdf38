"""What of a report waits for somebody's word, and for whose: the row keeps it, so that a queue can hold it (ADR 0078).

A held answer, a memo, an offer, a dispute and a request to open again have queues of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tanggap.domain.actors import ADMINS, OFFICERS, Officer, Role, unit_of
from tanggap.domain.handing_on import TAKES_ON
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import STATUSES, Action, rows
from tanggap.domain.proposals import DECIDED_BY, Proposal, Proposed


class Decider(StrEnum):
    """Who decides."""

    UNIT = "unit"  # who speaks for the unit that has the report
    ADMIN = "admin"  # the admin of the agency that has it
    NATIONAL = "national"  # the next tier


# The two deeds that have proposals of their own (T18a, T5e).
_ASKED: Final[Mapping[Action, Action]] = {
    Action.PROPOSE_ARCHIVE: Action.ARCHIVE,
    Action.PROPOSE_RETURN: Action.RETURN_TO_ADMIN,
}


@dataclass(slots=True)
class Awaited(Proposed):
    """The part of the facts of a report that says who has to decide something about it."""

    # What asks for an archive or a return to the admin, by its event, until an act or a word against it answers.
    asked: dict[int, Proposal] = field(default_factory=dict)
    is_refused: bool = False  # the agency that it was offered to has said no, and nobody has taken the next step

    # What waited when it was merged: an undoing gives it back with the report (REQ-26).
    set_aside: tuple[dict[int, Proposal], bool] | None = None

    def read_awaited(self, action: Action, event: EventRecord, *, is_taken_up: bool) -> None:
        """Read what asks for a decision, or what makes one idle: a new owner, or work (`is_taken_up`)."""
        is_given = "owner" in event.data
        if action == Action.MERGE:
            self.set_aside = self.asked, self.is_refused
        elif action == Action.UNMERGE:
            self._take_up_again(is_back=is_given)
            is_given = False
        refused = self.asked.get(event.data.get("decides", 0))
        self.asked = {
            seq: one
            for seq, one in self.asked.items()
            if not (is_given or self._answers(action, one) or _says_the_same(one, refused))
        }
        if (kind := _ASKED.get(action)) is not None and event.user_id is not None and rows(kind, self.status):
            values = {"archive_reason": event.data.get("archive_reason", "")}
            self.asked[event.seq] = Proposal(event.seq, kind, event.user_id, event.role, values)
        self._read_refused(action, is_over=is_given or is_taken_up or not STATUSES[self.status].is_open)

    def _answers(self, action: Action, one: Proposal) -> bool:
        """Say whether an act leaves nothing to decide: there is no place for the deed, or the unit has taken it on."""
        is_kept = one.kind == Action.RETURN_TO_ADMIN and action in TAKES_ON
        return is_kept or not rows(one.kind, self.status)

    def _read_refused(self, action: Action, *, is_over: bool) -> None:
        if action == Action.REFUSE_TRANSFER:
            self.is_refused = True
        elif is_over:
            self.is_refused = False

    def _take_up_again(self, *, is_back: bool) -> None:
        if is_back and self.set_aside is not None:
            self.asked, self.is_refused = self.set_aside
        self.set_aside = None

    @property
    def undecided(self) -> dict[int, Proposal]:
        """Return all proposals that wait, by their event, oldest first: each can be refused."""
        return dict(sorted((self.proposed | self.asked).items()))

    @property
    def return_asked(self) -> int | None:
        """Return the last event by which an operator says that the report is not the unit's, while that waits."""
        return max((seq for seq, one in self.asked.items() if one.kind == Action.RETURN_TO_ADMIN), default=None)

    @property
    def deciders(self) -> frozenset[Decider]:
        """Return whose word is waited for."""
        found = {decider for one in self.undecided.values() for decider in _deciders_of(one)}
        if self.is_refused:
            found.add(Decider.ADMIN)
        if self.asked_until is not None:
            # The agency's admin the first time, the next tier the second (D3.4, T25).
            found.add(Decider.NATIONAL if self.extension_count else Decider.ADMIN)
        return frozenset(found)

    @property
    def decision_asked_by(self) -> int | None:
        """Return the one account that asks for all that an admin has to decide; None where nobody or several do.

        Nobody decides about the own request, and what one admin asks for another decides.
        """
        asked = {one.by for one in self.undecided.values() if _is_for_admins(one)}
        if self.asked_until is not None and self.asked_by is not None:
            asked.add(self.asked_by)
        return asked.pop() if len(asked) == 1 and not self.is_refused else None


def decides_as(viewer: Officer) -> frozenset[Decider]:
    """Return as what an officer decides, in the own office or as the next tier of all."""
    if viewer.role in ADMINS:
        return frozenset({Decider.ADMIN, Decider.NATIONAL} if viewer.role == Role.NATIONAL_ADMIN else {Decider.ADMIN})
    return frozenset({Decider.UNIT} if viewer.role in OFFICERS else ())


def waits_for(
    viewer: Officer, deciders: str, *, asked_by: int | None, owner_agency_id: int, owner_unit_id: int | None
) -> bool:
    """Say whether the word of an officer is waited for, by the columns of a report; `asked_by` decides nothing."""
    wanted = {Decider(code) for code in deciders.split()} & decides_as(viewer)
    if viewer.role not in ADMINS:
        return bool(wanted) and owner_unit_id == unit_of(viewer)
    is_here = Decider.NATIONAL in wanted or owner_agency_id == viewer.agency_id
    return bool(wanted) and is_here and asked_by != viewer.user_id


def _says_the_same(one: Proposal, other: Proposal | None) -> bool:
    """Say whether two ask for the same, whoever asks: a word against one is a word against both."""
    return other is not None and (one.kind, one.values) == (other.kind, other.values)


def _is_for_admins(one: Proposal) -> bool:
    return Decider.ADMIN in _deciders_of(one)


def _deciders_of(one: Proposal) -> frozenset[Decider]:
    if Role.LIAISON_OFFICER in DECIDED_BY[one.kind]:
        return frozenset({Decider.UNIT})
    # An agency may have one admin alone: about that one's look at an identity the next tier decides as well.
    is_admins = one.kind == Action.OPEN_IDENTITY and one.role == Role.AGENCY_ADMIN
    return frozenset({Decider.ADMIN, Decider.NATIONAL} if is_admins else {Decider.ADMIN})
