"""What the event of a proposal, or of a decision about one, says (DOMAIN 1.9)."""

from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from tanggap.domain import references
from tanggap.domain.actors import Actor
from tanggap.domain.case import Projection
from tanggap.domain.deadlines import due
from tanggap.domain.intake import Fault
from tanggap.domain.ledger import moment
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.selectors import reports as report_selectors
from tanggap.services import deadlines

# How long somebody may look, once a second officer has agreed: to the end of the next working day.
_OPEN_DAYS: Final = 1
_NOON: Final = time(12)


class ProposalError(Exception):
    """A value of a proposal cannot be; `field` names it and `fault` says what is wrong."""

    def __init__(self, field: str, fault: Fault) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault


def event_data(action: Action, *, actor: Actor, facts: Projection, move: Move, on: date) -> dict[str, Any]:
    """Return what is proposed, or which proposal is decided and how long that holds; nothing for any other act.

    Raises ProposalError for a report to lead that the actor may not know of.
    """
    match action:
        case Action.PROPOSE if move.proposes is not None:
            lead = {"lead": _lead(actor, move)} if move.proposes == Action.MERGE else {}
            return {"proposal": {"kind": move.proposes.value} | lead}
        case Action.AGREE:
            return {"decides": move.refers_to, "open_until": _until(facts, on)}
        case Action.REFUSE_PROPOSAL:
            return {"decides": move.refers_to}
        case _:
            return {}


def _lead(actor: Actor, move: Move) -> str:
    number = references.parse(move.lead_number)
    try:
        found = report_selectors.get(viewer=actor, number=number or "")
    except report_selectors.NotFoundError as error:
        raise ProposalError("lead", Fault.UNKNOWN) from error
    return found.number


def _until(facts: Projection, on: date) -> str:
    """Return the last moment of the next working day where the report is."""
    calendar = deadlines.calendar_of(facts.calendar, facts.owner_agency_id)
    noon = datetime.combine(on, _NOON, tzinfo=ZoneInfo(facts.zone))
    return moment(due(noon, _OPEN_DAYS, "wd", zone=facts.zone, calendar=calendar))
