"""What an officer writes down for a reporter who brought it to the office: which way it came, and on which day (T9b).

The day on which it came counts, not the day on which somebody found the time to write it down: UU 25/2009 Ps 44 gives
the reporter thirty days to complete a report, and the office no time for typing. So the clocks go on from the day of
receipt; and what came before a report was closed for want of it opens that report again, as if it had never lapsed.
"""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from tanggap.domain.actors import Actor, Reporter
from tanggap.domain.case import Case, Projection
from tanggap.domain.intake import Fault
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import STATUSES, Action
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import Closing
from tanggap.domain.reasons import Reason

WRITTEN_DOWN: Final = frozenset({Action.SUPPLY_DATA, Action.ADD_INFORMATION})
_NOON: Final = time(12)


def said(action: Action, actor: Actor, move: Move) -> dict[str, dict[str, str]]:
    """Return what the event of an officer says of how the words came; nothing for the reporter's own."""
    if action not in WRITTEN_DOWN or isinstance(actor, Reporter) or move.channel is None or move.received_on is None:
        return {}
    return {"on_behalf": {"channel": move.channel.value, "received_on": move.received_on.isoformat()}}


def fault(action: Action, facts: Projection, move: Move, *, today: date) -> Fault | None:
    """Say what is wrong with the day of receipt: not in the future, and not before it could be: what is asked for
    comes after it was asked, and anything else after the report itself.
    """
    since = facts.asked_at if action == Action.SUPPLY_DATA else facts.received_at
    if action not in WRITTEN_DOWN or move.received_on is None or since is None:
        return None
    if move.received_on > today:
        return Fault.RECEIVED_LATER
    return Fault.TOO_EARLY if move.received_on < _day(since, facts.zone) else None


def came_in_time(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A report that was closed for want of data is taken up again for data that came before, and for no other."""
    facts = case.facts
    if STATUSES[facts.status].is_open:
        return None
    if facts.closing != Closing.DEEMED_WITHDRAWN or facts.closed_at is None:
        return Reason.WRONG_STATUS
    if move is None or move.received_on is None or move.received_on < _day(facts.closed_at, facts.zone):
        return None
    return Reason.CAME_TOO_LATE


def moment(event: EventRecord, *, zone: str, asked_at: datetime | None) -> datetime:
    """Return from when an event counts: noon of the day on which the words came, never before they were asked for.

    What came on the day on which it was written down, and all else, counts from the act itself.
    """
    if "on_behalf" not in event.data:
        return event.acted_at
    on = date.fromisoformat(event.data["on_behalf"]["received_on"])
    if on >= _day(event.acted_at, zone):
        return event.acted_at
    noon = datetime.combine(on, _NOON, tzinfo=ZoneInfo(zone))
    return max(noon, asked_at) if asked_at is not None else noon


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
