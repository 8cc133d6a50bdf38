"""How a report begins that another system has handled before: its first event carries what that system said (ADR 0034).

One date is known, that of receipt, and a status in words. Where it was worked on, it counts as assigned since its
receipt; where it was answered, the reporter's time begins here; when it ended is not known, and nobody guesses.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Status
from tanggap.domain.outcomes import ArchiveReason, Closing, Outcome
from tanggap.domain.sp4n import Standing

# Work had begun there, so somebody had verified it.
_WORKED = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.ANSWERED})
_OUTCOMES = {
    Closing.DEEMED_WITHDRAWN: Outcome.DEEMED_WITHDRAWN,
    Closing.CONFIRMED: Outcome.NOT_RECORDED,
    Closing.AUTO: Outcome.NOT_RECORDED,
    Closing.MANUAL: Outcome.NOT_RECORDED,
    Closing.PARTS: Outcome.NOT_RECORDED,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first event of such a report says of its past."""

    number: str
    status: Status
    previous: Status | None
    closing: str

    @property
    def is_paused(self) -> bool:
        """Say whether an office has it to work on as soon as the reporter has supplied what was asked."""
        return self.previous in _WORKED

    def moments(self, received_at: datetime | None, came_at: datetime) -> tuple[datetime | None, datetime | None]:
        """Return since when it counts as assigned, and as answered."""
        was_assigned = self.status in _WORKED or self.is_paused
        return received_at if was_assigned else None, came_at if self.status == Status.ANSWERED else None


def read(event: EventRecord) -> Beginning:
    """Return what a first event says of the past."""
    previous = event.data.get("previous")
    return Beginning(
        number=event.data["source"]["number"],
        status=Status(event.to_status),
        previous=Status(previous) if previous else None,
        closing=event.data.get("closing", ""),
    )


def data_of(standing: Standing, *, has_unit: bool, reason: ArchiveReason | None) -> dict[str, Any]:
    """Return what the first event says of where a report stands: codes alone.

    What waits for data goes back to the unit that had it, and to be verified where none is named.
    """
    match standing.status:
        case Status.PENDING:
            return {"previous": (Status.ASSIGNED if has_unit else Status.UNVERIFIED).value}
        case Status.ANSWERED:
            return {"outcome": Outcome.NOT_RECORDED.value}
        case Status.CLOSED:
            closing = Closing(standing.closing)
            return {"closing": closing.value, "outcome": _OUTCOMES[closing].value}
        case Status.WITHDRAWN:
            return {"outcome": Outcome.WITHDRAWN.value}
        case Status.ARCHIVED:
            return {"archive_reason": (reason or ArchiveReason.AS_IN_SOURCE).value}
        case _:
            return {}
