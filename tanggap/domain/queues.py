"""The queues of the desk, as one table: which reports stand in each, and who has it.

Desk, counters and exports read the same rows, so a number beside a queue is the length of the list behind it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from tanggap.domain.actors import ADMINS, DESK, OFFICERS, Actor, Role, user_of
from tanggap.domain.lifecycle import OPEN, STATUSES, TRANSITIONS, Action, Holder, Status
from tanggap.domain.standing_in import UNDONE


class Capacity(StrEnum):
    """As what an office has to do with a report."""

    OWNER = "owner"
    OFFERED = "offered"  # another agency wants to hand it over
    DISPUTED = "disputed"  # the next tier decides whose it is
    HELD = "held"  # an answer waits for a second look; it counts under who wrote it
    MEMO = "memo"  # a memo waits: it counts under who wrote it, and has come back where it was returned
    FORMER = "former"  # it was handed on, and is read on
    SUPPORTING = "supporting"  # another office has it, and this one helps
    ALONG = "along"  # owned, but its next step is that of the report it is handled with (ADR 0042)
    SUPERVISORY = "supervisory"  # an inspectorate looks into it
    KNOWN = "known"  # whatever the viewer may know of; in no counter
    OBJECTED = "objected"  # its reporter says that it is not solved; in no counter
    TO_DECIDE = "to_decide"  # something waits for the viewer's word; in no counter
    REOPEN_ASKED = "reopen_asked"  # an overseer asks for it to be opened again; in no counter either
    IN_PLACE = "in_place"  # an agency that is overseen has not verified it in time; in no counter (ADR 0039)


# In all other capacities a report is with another office, or it is not decided yet.
_OWNERS: Final = frozenset(
    {Capacity.OWNER, Capacity.HELD, Capacity.MEMO, Capacity.KNOWN}
    | {Capacity.OBJECTED, Capacity.TO_DECIDE, Capacity.REOPEN_ASKED}
)


class Assignee(StrEnum):
    """Which officer works on it."""

    ANY = "any"
    ME = "me"
    NOBODY = "nobody"
    OTHERS = "others"


class Secrecy(StrEnum):
    """Which reports are listed by how hidden they are; one that is both is listed under each."""

    OPEN = "open"
    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


class Key(NamedTuple):
    """What the counters count by, within the place of a viewer."""

    status: Status
    is_overdue: bool
    has_unit: bool
    assignee_id: int | None
    came_back: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its code in addresses, who has it, and the condition for a report to stand in it."""

    code: str
    roles: frozenset[Role]
    capacity: Capacity = Capacity.OWNER
    statuses: frozenset[Status] = OPEN
    is_owed: bool = False  # the viewer's own office must make the next step
    assignee: Assignee = Assignee.ANY
    came_back: bool = False
    is_overdue: bool = False
    is_everywhere: bool = False  # over all agencies, not the own one
    is_others: bool = False  # of another agency: opened one by one, not exported, not acted on together

    @property
    def is_own(self) -> bool:
        """Say whether the reports in it are those of the own office, or may be."""
        return self.capacity in _OWNERS

    @property
    def is_work(self) -> bool:
        """Say whether each line is a step to make: of a cluster the lead alone, which is made for all."""
        return self.is_owed or self.assignee == Assignee.ME

    def counts(self, capacity: Capacity) -> int:
        """Return how often a report that is counted in a capacity counts here: what goes along is taken off again."""
        if self.is_work and capacity == Capacity.ALONG:
            return -1
        return int(self.capacity == capacity)

    def holds(self, key: Key, viewer: Actor) -> bool:
        """Say whether reports that are counted under a key stand in this queue of a viewer."""
        return (
            key.status in self.statuses
            and (key.is_overdue or not self.is_overdue)
            and (key.came_back or not self.came_back)
            and (self.capacity != Capacity.MEMO or has_memo_to_do(key, viewer))
            and (not self.is_owed or owes(viewer.role, key.status, has_unit=key.has_unit))
            and _is_with(self.assignee, key.assignee_id, viewer)
        )


def owes(role: Role, status: Status, *, has_unit: bool) -> bool:
    """Say whether an office must make the next step: an admin also owes what no unit has been given."""
    holder = STATUSES[status].holder
    if role in ADMINS:
        return holder == Holder.ADMIN or (holder == Holder.OFFICER and not has_unit)
    return holder == Holder.OFFICER


def has_memo_to_do(key: Key, viewer: Actor) -> bool:
    """Say whether a memo waits for somebody: a returned one for its author, any other for who may sign it."""
    return key.assignee_id == user_of(viewer) if key.came_back else viewer.role in OFFICERS


def _is_with(wanted: Assignee, assignee_id: int | None, viewer: Actor) -> bool:
    match wanted:
        case Assignee.ANY:
            return True
        case Assignee.ME:
            return assignee_id is not None and assignee_id == user_of(viewer)
        case Assignee.NOBODY:
            return assignee_id is None
        case Assignee.OTHERS:
            return assignee_id is not None and assignee_id != user_of(viewer)


_R = Role
_WAITING: Final = frozenset(status for status, spec in STATUSES.items() if spec.holder == Holder.REPORTER)
_SIGNED_IN: Final = frozenset(status for row in TRANSITIONS if row.action == Action.SIGN_MEMO for status in row.sources)
_NATIONAL: Final = frozenset({_R.NATIONAL_ADMIN})
_AGENCY: Final = frozenset({_R.AGENCY_ADMIN})

OWED: Final = Queue("perlu", DESK, is_owed=True)
MINE: Final = Queue("saya", DESK, assignee=Assignee.ME)
UNASSIGNED: Final = Queue("belum-diambil", DESK, is_owed=True, assignee=Assignee.NOBODY)
CAME_BACK: Final = Queue("kembali", DESK, is_owed=True, came_back=True)
OBJECTED: Final = Queue(
    "belum-selesai", ADMINS, capacity=Capacity.OBJECTED, statuses=frozenset({Status.IN_PROGRESS}), came_back=True
)
# A proposal, a request for more time, an offer that was refused: what has no queue of its own (`domain.awaited`).
TO_DECIDE: Final = Queue("keputusan", OFFICERS, capacity=Capacity.TO_DECIDE)
WAITING: Final = Queue("menunggu-pelapor", DESK, statuses=_WAITING)
OVERDUE: Final = Queue("terlambat", DESK, is_overdue=True)
OWN: Final = Queue("unit", DESK)
HELD: Final = Queue("ditahan", _AGENCY, capacity=Capacity.HELD, assignee=Assignee.OTHERS)
HELD_ANYWHERE: Final = Queue(
    "ditahan-semua", _NATIONAL, capacity=Capacity.HELD, assignee=Assignee.OTHERS, is_everywhere=True
)
# While the reporter is asked for data nobody can sign; the memo comes back here with the answer.
MEMOS: Final = Queue("nota", DESK - _NATIONAL, capacity=Capacity.MEMO, statuses=_SIGNED_IN)
OFFERED: Final = Queue("pelimpahan", _AGENCY, capacity=Capacity.OFFERED)
DISPUTED: Final = Queue("penetapan", _NATIONAL, capacity=Capacity.DISPUTED)
IN_PLACE: Final = Queue(
    "menggantikan", _AGENCY, capacity=Capacity.IN_PLACE, statuses=UNDONE, is_overdue=True, is_others=True
)
REOPEN_ASKED: Final = Queue(
    "diminta-buka", _NATIONAL, capacity=Capacity.REOPEN_ASKED, statuses=frozenset({Status.CLOSED})
)
FORMER: Final = Queue("dilimpahkan", _AGENCY, capacity=Capacity.FORMER)
SUPPORTED: Final = Queue("mendukung", DESK - _NATIONAL, capacity=Capacity.SUPPORTING)
SUPERVISORY: Final = Queue("pengawasan", frozenset({_R.INTERNAL_AUDITOR}), capacity=Capacity.SUPERVISORY)
EVERYWHERE: Final = Queue("semua", _NATIONAL, is_everywhere=True)
# What the search looks through: no queue of the desk, and a list all the same, to be narrowed and exported.
FOUND: Final = Queue("cari", DESK, capacity=Capacity.KNOWN, statuses=frozenset(Status))

# In the order in which they stand on the desk; the first one is what the desk begins with.
QUEUES: Final[tuple[Queue, ...]] = (
    OWED,
    MINE,
    UNASSIGNED,
    CAME_BACK,
    OBJECTED,
    TO_DECIDE,
    WAITING,
    OVERDUE,
    OWN,
    MEMOS,
    HELD,
    HELD_ANYWHERE,
    OFFERED,
    DISPUTED,
    REOPEN_ASKED,
    IN_PLACE,
    FORMER,
    SUPPORTED,
    SUPERVISORY,
    EVERYWHERE,
)


def of(role: Role) -> tuple[Queue, ...]:
    """Return the queues that a role has, in their order."""
    return tuple(queue for queue in QUEUES if role in queue.roles)


def called(code: str, role: Role) -> Queue | None:
    """Return the queue of a role with this code, or what its search looks through; None for any other code."""
    return next((queue for queue in (*of(role), FOUND) if queue.code == code), None)
