"""What is asked of a report from outside the office that has it: of the Ombudsman, by its reporter; by overseers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status

# What ends a hand-over: the reporter took it back, the Ombudsman declined it, or nothing could clear texts of the name.
_HANDOVER_ENDS = frozenset({Action.WITHDRAW_CONSENT, Action.DECLINE_HANDOVER, Action.ERASE_IDENTITY})

# No law says by when a request to open a report again is decided: working days until the digest names it, our own rule.
PATIENCE: Final = 5


def waiting_days(asked_at: datetime, *, now: datetime, zone: str, calendar: WorkingCalendar) -> int:
    """Return how many working days a request has waited, the day on which it came not counted."""
    first, today = (moment.astimezone(ZoneInfo(zone)).date() for moment in (asked_at, now))
    return calendar.working_days_between(first, today)


@dataclass(slots=True)
class Outside:
    """The part of the facts of a report that the Ombudsman and overseers have to do with."""

    handed_over: frozenset[str] = frozenset()  # to the Ombudsman, while the reporter's consent lasts
    handed_over_at: datetime | None = None
    handover_accepted_at: datetime | None = None  # what is handed over besides, later, is accepted already
    has_identity: bool = False  # the vault holds who reported
    reopen_asked_at: datetime | None = None  # by an overseer, while nobody has decided
    reopen_asked_by: int | None = None  # the agency of the overseer

    def read_consent(self, action: Action, event: EventRecord) -> None:
        """Read what the reporter hands over, and what becomes of it."""
        match action:
            case Action.ESCALATE_OMBUDSMAN:
                self.handed_over, self.handed_over_at = frozenset(event.data["consent"]), event.acted_at
            case Action.ACCEPT_HANDOVER:
                self.handover_accepted_at = event.acted_at
            case Action.SUBMIT | Action.IMPORT:
                self.has_identity = event.data.get("identity") is not None
            case Action.ERASE_IDENTITY:
                self.has_identity = False
        if action in _HANDOVER_ENDS:
            self.handed_over, self.handed_over_at, self.handover_accepted_at = frozenset(), None, None

    def read_request(self, action: Action, event: EventRecord) -> None:
        """Read that an overseer asks for a closed report to be opened again, or that this is decided."""
        if action == Action.ASK_REOPEN:
            self.reopen_asked_at, self.reopen_asked_by = event.acted_at, event.agency_id
        elif action == Action.REFUSE_REOPEN or event.to_status != Status.CLOSED:
            self.reopen_asked_at = self.reopen_asked_by = None
