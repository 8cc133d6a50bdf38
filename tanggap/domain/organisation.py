"""What can be changed in the organisation, and what makes a change impossible."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Change(StrEnum):
    """The code of a change, as it is written into the administration log."""

    UNIT_ADDED = "unit_added"
    UNIT_RENAMED = "unit_renamed"
    UNIT_MOVED = "unit_moved"
    UNIT_DISSOLVED = "unit_dissolved"
    AGENCY_CONTACT = "agency_contact"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_SWITCHED = "account_switched"
    PASSWORD_LINK = "password_link"  # noqa: S105 - a code, not a password
    PASSWORD_SET = "password_set"  # noqa: S105 - as above
    FACTORS_REMOVED = "factors_removed"
    OFFICE_GIVEN = "office_given"
    OFFICE_ENDED = "office_ended"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    DECREE_ENTERED = "decree_entered"
    DECREE_WITHDRAWN = "decree_withdrawn"
    MEMO_MODE = "memo_mode"
    COMMENT_RULE = "comment_rule"
    DIRECTORY_LINKED = "directory_linked"
    DIRECTORY_UNLINKED = "directory_unlinked"
    ROUND_OPENED = "round_opened"
    ROUND_EXTENDED = "round_extended"
    ROUND_CLOSED = "round_closed"
    LEAVE_ENTERED = "leave_entered"  # for somebody else
    LEAVE_ENDED = "leave_ended"


class Fault(StrEnum):
    """Why a change of the organisation is refused."""

    NOT_ALLOWED = "not_allowed"
    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    UNKNOWN_PARENT = "unknown_parent"
    IN_A_CIRCLE = "in_a_circle"
    NOTHING_CHANGES = "nothing_changes"
    DATE_AHEAD = "date_ahead"
    DATE_TOO_EARLY = "date_too_early"
    HAS_SUBUNITS = "has_subunits"
    HAS_OPEN_REPORTS = "has_open_reports"
    IS_CLOSED = "is_closed"
    UNKNOWN_KIND = "unknown_kind"
    NUMBER_MISSING = "number_missing"
    SIGNER_MISSING = "signer_missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    COVERS_NOTHING = "covers_nothing"
    GROUND_MISSING = "ground_missing"


def makes_a_circle(unit_id: int, parent_id: int | None, parents: Mapping[int, int | None]) -> bool:
    """Say whether a unit would stand above itself; `parents` are those of all units of the agency."""
    above, seen = parent_id, set[int]()
    while above is not None and above not in seen:
        if above == unit_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def date_fault(day: date, *, today: date, not_before: date) -> Fault | None:
    """Say what is wrong with the day of a change: it is written down when it is so, not in advance."""
    if day > today:
        return Fault.DATE_AHEAD
    return Fault.DATE_TOO_EARLY if day < not_before else None
