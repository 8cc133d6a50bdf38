"""Whether a report that an office works on moves: by what whoever follows it can see (DOMAIN 5.5, staleness)."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tanggap.domain.actors import OFFICERS, Role
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Status, Visibility

STALE_AFTER: Final = 14  # working days without a step that can be seen
# No report is stale sooner, whatever its calendar: where the job begins to look.
SOONEST: Final = timedelta(days=STALE_AFTER)
# Only what is in progress can stand still.
WATCHED: Final = frozenset({Status.IN_PROGRESS})
_OFFICES: Final = frozenset(role.value for role in OFFICERS | {Role.UNIT_ADMIN})


def moves(event: EventRecord) -> bool:
    """Say whether an event is a step that can be seen: of an office, in public; or the status itself has changed.

    Of a secret report the same steps count; its reporter sees them. What the reporter adds moves nothing.
    """
    if event.to_status != event.from_status:
        return True
    is_offices = event.role in _OFFICES and not event.is_reporters
    return event.visibility == Visibility.PUBLIC and is_offices


def last_step(status: Status, event: EventRecord, before: datetime | None) -> datetime | None:
    """Return when a report in progress last moved, after one more event; None for what is not in progress."""
    if status not in WATCHED:
        return None
    return event.acted_at if before is None or moves(event) else before


def is_stale(last: datetime, *, now: datetime, zone: str, calendar: WorkingCalendar) -> bool:
    """Say whether the whole of the last working day that was left has gone by, where the office is."""
    here = ZoneInfo(zone)
    return now.astimezone(here).date() > calendar.add_working_days(last.astimezone(here).date(), STALE_AFTER)
