"""Verifying in the place of an agency that has let its time run out (ADR 0039).

The governor's administration looks after the regencies and cities of the province (UU 23/2014 Ps 91). A report that
nobody verifies reaches no unit: its admin may do that one act, as long as the agency itself has not done it, and the
event says in whose place. The report stays the agency's.
"""

from typing import Final

from tanggap.domain.actors import Actor, AgencyAdmin, agency_of
from tanggap.domain.case import Case
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import TRANSITIONS, Action, Status

# Not "manage oneself" (T4): that would take the work from the agency; nor what sends back or ends a report (T6, T18).
IN_PLACE: Final = frozenset({Action.VERIFY_AND_ASSIGN})
# Where a report stands that somebody may verify.
UNDONE: Final[frozenset[Status]] = frozenset().union(*(row.sources for row in TRANSITIONS if row.action in IN_PLACE))


def stands_in(actor: Actor, case: Case) -> bool:
    """Say whether an admin may verify a report of an agency that the own one oversees: late, and never a secret one.

    Whoever is named in the report is turned away before this is asked (`policy.is_named`).
    """
    is_due = case.facts.status in UNDONE and Clock.VERIFY in case.expired
    may = isinstance(actor, AgencyAdmin) and case.facts.owner_agency_id in actor.verifies_for
    return may and is_due and not case.facts.is_confidential


def in_whose_place(action: Action, *, actor: Actor, case: Case) -> int | None:
    """Return the agency that is late with an act which an admin of another one, or the national one, does instead."""
    owner_id = case.facts.owner_agency_id
    is_late = action in IN_PLACE and Clock.VERIFY in case.expired
    return owner_id if is_late and agency_of(actor) not in {None, owner_id} else None
