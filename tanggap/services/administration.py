"""The log of who changed the organisation and who serves in it: rows are added, never changed."""

from datetime import date, datetime
from typing import Any

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.organisation import Change
from tanggap.models import AdministrationEntry

type Values = dict[str, Any]


def write(
    *,
    actor: Actor,
    kind: Change,
    now: datetime,
    agency_id: int | None,
    unit_id: int | None = None,
    subject_id: int | None = None,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Add one entry, in the transaction of the change that it is about. Dates are written as text."""
    AdministrationEntry.objects.create(
        at=now,
        kind=kind.value,
        by_id=user_of(actor),
        role=actor.role.value,
        agency_id=agency_id,
        unit_id=unit_id,
        subject_id=subject_id,
        before=_plain(before or {}),
        after=_plain(after or {}),
    )


def _plain(values: Values) -> Values:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
