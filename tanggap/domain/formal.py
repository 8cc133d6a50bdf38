"""The formal request for information (UU 14/2008): handed to the PPID of the agency, with its own clock and road.

Such a request ends with a written answer. The answer takes ten working days, seven more with a written reason (Ps 22);
within thirty working days the applicant may object to the PPID's superior, who has thirty to answer (Ps 35, 36).
"""

from tanggap.domain.actors import Actor, agency_of
from tanggap.domain.case import Case
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason


def may_be_handed(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """A request for information, of somebody who is known (Ps 22 (2)), to an agency that has a PPID."""
    facts = case.facts
    if facts.classification != Classification.INFORMATION_REQUEST:
        return Reason.NO_REQUEST
    if facts.is_formal:
        return Reason.NOTHING_CHANGES
    if not facts.has_identity or facts.is_anonymous or facts.is_confidential:
        return Reason.NEEDS_NAME
    if facts.offered_agency_id is not None:
        return Reason.OFFER_RUNS
    if facts.is_disputed:
        return Reason.IS_DISPUTED
    if case.ppid_unit_id is None:
        return Reason.NO_PPID
    return Reason.DESTINATION_IS_NAMED if case.ppid_unit_id in case.named_below else None


def may_take_longer(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Once, and before the ten days are over (Ps 22 (8))."""
    if not case.facts.is_formal:
        return Reason.NOT_FORMAL
    if case.facts.is_formal_extended:
        return Reason.FORMAL_EXTENDED
    return None if Clock.FORMAL in case.open_windows else Reason.NO_TIME_TO_EXTEND


def may_object(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Against an answer, in the thirty days after it, or because there was none in time (Ps 35 (1), 36 (1))."""
    facts = case.facts
    if not facts.is_formal:
        return Reason.NOT_FORMAL
    if facts.is_formal_objected:
        return Reason.NOTHING_CHANGES
    return None if Clock.FORMAL_WINDOW in case.open_windows or Clock.FORMAL in case.expired else Reason.WINDOW_CLOSED


def not_formal(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What was handed to the PPID is neither sent on, divided, merged, archived nor left to wait: it is answered."""
    return Reason.IS_FORMAL if case.facts.is_formal else None


def may_be_decided(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """What lies with the national queue has lost its PPID with its agency: another agency answers it."""
    return None if agency_of(actor) == case.facts.owner_agency_id else not_formal(actor, case, move)
