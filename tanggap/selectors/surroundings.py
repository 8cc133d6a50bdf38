"""What around a report decides about an act on it, in one look: each further question costs as much (ADR 0041).

There is no viewer: who asks has got the report, and what comes back are ids and decisions, for `domain.policy`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tanggap.domain.case import Projection
from tanggap.domain.memos import MemoMode
from tanggap.selectors import prepared
from tanggap.selectors.organisation import ABOVE, BELOW


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The newest rules, the units around a report, and what its agency has decided for itself."""

    newest: tuple[int, int]  # policy, calendar; 0 before any was loaded
    extends: bool  # the agency may give more time for an answer: off until it was decided
    memo_mode: MemoMode  # for which answers the agency wants a memo: for none until it was decided
    ppid_unit_id: int | None  # the unit that is the PPID of the agency: the first that is marked so
    has_address: bool  # the reporter has left an e-mail address, which was not erased
    has_followers: bool
    owner_path: frozenset[int]  # the owning unit and every unit above it
    support_path: frozenset[int]  # the supporting units and every unit above them
    named_below: frozenset[int]  # the named units and every unit below them
    event_id: int = 0  # the key of the event that an act will write; drawn for an act alone


_LOOK = """
SELECT (SELECT max(id) FROM tanggap_policy), (SELECT max(id) FROM tanggap_calendarversion),
    (SELECT is_on FROM tanggap_extensionrule WHERE agency_id = %s ORDER BY id DESC LIMIT 1),
    (SELECT mode FROM tanggap_memorule WHERE agency_id = %s ORDER BY id DESC LIMIT 1),
    (SELECT id FROM tanggap_unit WHERE agency_id = %s AND kind = 'ppid' AND valid_to IS NULL ORDER BY id LIMIT 1),
    EXISTS (SELECT FROM tanggap_identity WHERE report_id = %s AND has_email AND erased_at IS NULL),
    EXISTS (SELECT FROM tanggap_follow WHERE report_id = %s)
"""


def of(report_id: int, facts: Projection, *, naming: Iterable[int] = (), for_act: bool = False) -> Surroundings:
    """Return what surrounds a report as its events leave it; `naming` are units that are being named."""
    owner = [facts.owner_unit_id] if facts.owner_unit_id is not None else []
    named = sorted({*facts.named_unit_ids, *naming})
    agency = facts.owner_agency_id
    trees = ((ABOVE, owner), (ABOVE, sorted(facts.supporting_unit_ids)), (BELOW, named))
    # A tree that nobody asks for is not planned either.
    asked = "".join(f", ARRAY({tree})" if units else ", NULL" for tree, units in trees)
    asked += ", nextval('tanggap_event_id_seq')" if for_act else ", 0"
    values = [agency, agency, agency, report_id, report_id, *(units for _tree, units in trees if units)]
    ((policy, calendar, extends, mode, ppid, has_address, has_followers, *found),) = prepared.fetch(
        _LOOK + asked, values
    )
    *paths, event_id = found
    owner_path, support_path, named_below = (frozenset[int](units or ()) for units in paths)
    return Surroundings(
        newest=(policy or 0, calendar or 0),
        extends=bool(extends),
        memo_mode=MemoMode(mode or MemoMode.OFF),
        ppid_unit_id=ppid,
        has_address=has_address,
        has_followers=has_followers,
        owner_path=owner_path,
        support_path=support_path,
        named_below=named_below,
        event_id=event_id,
    )
