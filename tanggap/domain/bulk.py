"""What can be done to many reports in one go, and what can be taken back afterwards (REQ-28)."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tanggap.domain.actors import ADMINS, DESK, Role
from tanggap.domain.lifecycle import TRANSITIONS, Action, Status

MOST: Final = 1000  # reports in one job
MOST_JUDGED: Final = 100  # lines of a preview that are judged one by one: more are judged while they are done
TAG_LENGTH: Final = (2, 40)


class Kind(StrEnum):
    """One thing to be done to many."""

    ASSIGN = "assign"
    MERGE = "merge"
    ENTRUST = "entrust"
    NUDGE = "nudge"
    TAG = "tag"
    UNTAG = "untag"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who may do it, by which action of the life cycle, and what takes it back."""

    roles: frozenset[Role]
    action: Action | None = None
    undone_by: "Action | Kind | None" = None
    begins_with: Action | None = None  # the act without which it can be done to nothing, where that is another one
    is_owners: bool = False  # only the office that has a report does it


DEEDS: Final[dict[Kind, Deed]] = {
    # Each goes back to the unit that had it before, which differs from line to line; what no unit had is taken back.
    Kind.ASSIGN: Deed(frozenset({Role.AGENCY_ADMIN}), Action.ASSIGN_TO_UNIT, Action.ASSIGN_TO_UNIT, is_owners=True),
    # Each follows the lead that was chosen, by services.clusters: an act on two reports.
    Kind.MERGE: Deed(ADMINS, undone_by=Action.UNMERGE, begins_with=Action.TAKE_IN, is_owners=True),
    # Each goes back to whoever had it before, which differs from line to line; what nobody had is put back.
    Kind.ENTRUST: Deed(DESK, Action.ENTRUST, Action.ENTRUST, is_owners=True),
    Kind.NUDGE: Deed(frozenset({Role.NATIONAL_ADMIN, Role.REGIONAL_OVERSEER, Role.HEAD}), Action.NUDGE),
    Kind.TAG: Deed(DESK, undone_by=Kind.UNTAG),
    Kind.UNTAG: Deed(DESK, undone_by=Kind.TAG),
}


class State(StrEnum):
    """How one line of a job stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"
    KEPT = "kept"  # it was to be undone, and the life cycle does not allow it any more


def of(role: Role) -> tuple[Kind, ...]:
    """Return what a role may do to many."""
    return tuple(kind for kind, deed in DEEDS.items() if role in deed.roles)


def offered(role: Role, statuses: Set[Status], *, is_own: bool = True) -> tuple[Kind, ...]:
    """Return what a role may do to many of the reports that stand in these statuses, by the table of transitions.

    What is no act of the life cycle, a tag, is done to a report wherever it stands. `is_own`: the own office has them.
    """
    deeds = ((kind, DEEDS[kind]) for kind in of(role))
    return tuple(kind for kind, deed in deeds if (is_own or not deed.is_owners) and _takes(deed, role, statuses))


def _takes(deed: Deed, role: Role, statuses: Set[Status]) -> bool:
    action = deed.begins_with or deed.action
    rows = (row for row in TRANSITIONS if row.action == action and role in row.roles)
    return action is None or any(row.sources & statuses for row in rows)


def tag(text: str) -> str:
    """Return a tag as it is kept: lower case, single spaces, no leading '#'. '' when it is none."""
    word = " ".join(text.lower().replace("#", " ").split())
    least, most = TAG_LENGTH
    return word if least <= len(word) <= most else ""
