"""What an officer asks for and another decides about: more time, a deed that is proposed, a look at a hidden identity.

A proposal ends with the deed that it is for, with a refusal, or where the report goes on without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tanggap.domain.actors import ADMINS, OFFICERS, UNIT_OFFICERS, Role
from tanggap.domain.asking import Asked
from tanggap.domain.handing_on import ASKING_ENDS
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import STATUSES, Action, Status, rows

_LOOKERS: Final = ADMINS | {Role.INTERNAL_AUDITOR}
# Who proposes which deed (DOMAIN 1.9); archiving and giving back have proposals of their own (T18a, T5e).
PROPOSED_BY: Final[Mapping[Action, frozenset[Role]]] = {
    Action.RECLASSIFY: UNIT_OFFICERS,
    Action.MERGE: UNIT_OFFICERS | {Role.UNIT_ADMIN},
    Action.REQUEST_DATA: frozenset({Role.UNIT_ADMIN}),
    # Four eyes before a hidden identity is opened (DOMAIN 1.9, rule 1): asked by who will look.
    Action.OPEN_IDENTITY: _LOOKERS,
}
# And who decides.
DECIDED_BY: Final[Mapping[Action, frozenset[Role]]] = {
    Action.RECLASSIFY: ADMINS,
    Action.MERGE: ADMINS,
    Action.REQUEST_DATA: OFFICERS,
    Action.OPEN_IDENTITY: _LOOKERS,
    Action.ARCHIVE: ADMINS,
    Action.RETURN_TO_ADMIN: frozenset({Role.LIAISON_OFFICER}),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A deed that somebody proposes: `seq` is the event that holds the words, `values` what it would be done with."""

    seq: int
    kind: Action
    by: int
    role: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Proposed(Asked):
    """The part of the facts of a report that waits for somebody's word, or for what that word allows."""

    asked_until: str | None = None  # the day that more time is asked for, while nobody has said yes or no
    asked_by: int | None = None
    extension_count: int = 0
    proposed: dict[int, Proposal] = field(default_factory=dict)  # those that wait, by their event
    # Account -> until when it may open the hidden identity, and the event by which it asked.
    identity_open: dict[int, tuple[datetime, int]] = field(default_factory=dict)

    def read_extension(self, action: Action, event: EventRecord, *, is_open: bool) -> None:
        """Read a request for more time, or what ends it."""
        self.extension_count += action == Action.GRANT_EXTENSION
        if action in ASKING_ENDS or not is_open:
            self.asked_until = self.asked_by = None
        elif action == Action.REQUEST_EXTENSION:
            self.asked_until, self.asked_by = event.data["until"], event.user_id

    def read_proposals(self, action: Action, event: EventRecord, *, was: tuple[int | None, int | None]) -> None:
        """Read a proposal or what ends one; `was` is the agency and unit that had the report before the event."""
        agency_id, unit_id = was
        decided = self.proposed.get(event.data.get("decides", 0))
        if action == Action.AGREE and decided is not None:
            self.identity_open[decided.by] = datetime.fromisoformat(event.data["open_until"]), decided.seq
        if agency_id != self.owner_agency_id:
            self.proposed, self.identity_open = {}, {}
        is_elsewhere = unit_id != self.owner_unit_id
        self.proposed = {
            seq: one
            for seq, one in self.proposed.items()
            if one is not decided and not _ends(one, action, Status(event.to_status), is_elsewhere=is_elsewhere)
        }
        if action == Action.PROPOSE and event.user_id is not None:
            self._propose(
                Proposal(
                    event.seq, Action(event.data["proposal"]["kind"]), event.user_id, event.role, event.data["proposal"]
                )
            )

    def _propose(self, made: Proposal) -> None:
        """The last word of a person on one deed counts."""
        others = {seq: one for seq, one in self.proposed.items() if (one.kind, one.by) != (made.kind, made.by)}
        self.proposed = others | {made.seq: made}


def _ends(one: Proposal, action: Action, status: Status, *, is_elsewhere: bool) -> bool:
    """Say whether an act leaves nothing to decide: the deed was done, or there is no place for it any more.

    Who asked to open an identity still waits when another has opened it, or another unit has the report.
    """
    if one.kind == Action.OPEN_IDENTITY:
        return False
    return one.kind == action or is_elsewhere or not rows(one.kind, status) or not STATUSES[status].is_open
