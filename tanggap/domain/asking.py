"""Where a report stands and what its reporter was asked for: the way back, and since when that is waited for."""

from dataclasses import dataclass
from datetime import datetime

from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memberships import Together


@dataclass(slots=True)
class Asked(Together):
    """The part of the facts of a report that a request for data changes."""

    status: Status = Status.UNVERIFIED
    previous_status: Status | None = None
    asked_at: datetime | None = None  # when data was asked for last
    data_was_supplied: bool = False
    edit_count: int = 0  # how often the reporter wrote it anew

    def read_asking(self, action: Action, event: EventRecord) -> None:
        """Go to the status of an event, and remember from where data was asked for."""
        self.status = Status(event.to_status)
        if self.status == Status.PENDING and event.from_status != Status.PENDING:
            self.asked_at = event.acted_at
            if event.from_status:
                self.previous_status = Status(event.from_status)
        self.edit_count += action == Action.EDIT
        self.data_was_supplied |= action == Action.SUPPLY_DATA
