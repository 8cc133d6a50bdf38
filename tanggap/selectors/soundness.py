"""Whether what must hold of every report does hold, read from the rows whatever a constraint promises.

For the simulation and the command line alone: nobody looks at these through a page, so there is no viewer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from tanggap.domain.lifecycle import OPEN
from tanggap.models import Deadline, Event, NamedParty, Report
from tanggap.selectors import prepared

_COUNTS: Final = """
SELECT count(*) FILTER (WHERE a.id IS NULL OR a.valid_to < %s OR u.valid_to < %s),
       count(*) FILTER (WHERE r.status = ANY(%s) AND NOT EXISTS (
           SELECT FROM tanggap_deadline d WHERE d.report_id = r.id AND d.stopped_at IS NULL AND NOT d.is_paused)),
       count(*) FILTER (WHERE %s < (
           SELECT count(*) FROM tanggap_event e WHERE e.report_id = r.id AND e.kind = 'accept_transfer')),
       count(*)
FROM tanggap_report r
LEFT JOIN tanggap_agency a ON a.id = r.owner_agency_id
LEFT JOIN tanggap_unit u ON u.id = r.owner_unit_id
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """How many of the reports that were looked at have no owner, no running clock, or too many hops."""

    without_owner: int
    without_clock: int
    too_many_hops: int
    looked: int


def of_report(report_id: int, *, on: date, most_hops: int) -> Broken:
    """Look at one report."""
    return _look("WHERE r.id = %s", on, most_hops, report_id)


class Standing(NamedTuple):
    """Where a report stands, as far as it decides what its people do next; `named_users` are their accounts."""

    pk: int
    number: str
    status: str
    title: str
    classification: str
    supervisory: bool | None
    due_at: datetime | None
    is_disputed: bool
    owner_agency_id: int
    owner_unit_id: int | None
    assignee_id: int | None
    offered_agency_id: int | None
    named_users: list[int]


_STANDING: Final = """
SELECT id, number, status, title, classification, supervisory, due_at, is_disputed,
    owner_agency_id, owner_unit_id, assignee_id, offered_agency_id,
    ARRAY(SELECT user_id FROM tanggap_namedparty n WHERE n.report_id = r.id AND n.user_id IS NOT NULL ORDER BY n.id)
FROM tanggap_report r WHERE id = %s
"""


def standing(report_id: int) -> Standing:
    """Return where a report stands."""
    (row,) = prepared.fetch(_STANDING, [report_id])
    return Standing(*row)


def changed_at(moment: datetime, *, on: date, most_hops: int) -> Broken:
    """Look at every report whose last event is of this moment."""
    return _look("WHERE r.last_acted_at = %s", on, most_hops, moment)


def _look(where: str, on: date, most_hops: int, which: int | datetime) -> Broken:
    (row,) = prepared.fetch(_COUNTS + where, [on, on, sorted(OPEN), most_hops, which])
    return Broken(*row)


@dataclass(frozen=True, slots=True)
class Told:
    """An escalation: where in the chain of chains it stands, whom it reached, and who is named in its report."""

    event_id: int
    rung: str
    people: tuple[int, ...]
    passed: int
    named: frozenset[int]
    agency_id: int
    unit_id: int | None


def last_event() -> int:
    """Return the key of the newest event of all; 0 before the first."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def escalations(*, after: int) -> list[Told]:
    """Return the escalations after an event, in their order."""
    columns = "pk", "report_id", "data", "report__owner_agency_id", "report__owner_unit_id"
    rows = list(Event.objects.filter(pk__gt=after, kind="escalate").order_by("pk").values_list(*columns))
    named = _named_in({row[1] for row in rows})
    return [
        Told(pk, data["escalation"]["rung"], tuple(data["escalation"]["people"]), len(data["escalation"]["skipped"]),
             frozenset(named[report_id]), *office)
        for pk, report_id, data, *office in rows
    ]  # fmt: skip


def desks() -> set[tuple[int, int, int | None]]:
    """Return who has taken open reports, of which agency and of which unit."""
    rows = Report.objects.filter(assignee__isnull=False, status__in=OPEN).order_by()
    found = rows.values_list("assignee_id", "owner_agency_id", "owner_unit_id").distinct()
    return {(user_id, agency_id, unit_id) for user_id, agency_id, unit_id in found if user_id is not None}


def _named_in(report_ids: set[int]) -> dict[int, set[int]]:
    """Return the accounts that each of some reports names."""
    found: dict[int, set[int]] = {pk: set() for pk in report_ids}
    rows = NamedParty.objects.filter(report_id__in=report_ids, user_id__isnull=False)
    for report_id, user_id in rows.values_list("report_id", "user_id"):
        if user_id is not None:
            found[report_id].add(user_id)
    return found


def to_remind_of_data(now: datetime) -> list[int]:
    """Return the reports whose reporter is to be reminded of a data request now."""
    rows = Deadline.objects.filter(clock="data_request", stopped_at=None, is_paused=False, remind_at__lte=now)
    return list(rows.order_by("pk").values_list("report_id", flat=True))


def statuses() -> list[str]:
    """Return the status of each report, for a table of how many stand where."""
    return list(Report.objects.values_list("status", flat=True))
