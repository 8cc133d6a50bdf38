"""How many reports stand in the queues of a desk, read from the counters and not by counting reports (ADR 0012).

A trigger adds a delta for each change, a job folds the deltas into the counts. One statement reads both,
so that a fold in between is never seen by half.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tanggap.domain import queues
from tanggap.domain.actors import ADMINS, Officer, unit_of
from tanggap.domain.awaited import Decider, decides_as
from tanggap.domain.lifecycle import STATUSES, Family, Status
from tanggap.domain.queues import Capacity, Key, Queue
from tanggap.selectors import organisation, reports
from tanggap.selectors import queues as lists


@dataclass(slots=True)
class Numbers:
    """What a desk holds: in each queue of the viewer, and per status family in the place that is looked at."""

    queues: dict[str, int] = field(default_factory=dict)
    families: dict[Family, int] = field(default_factory=lambda: dict.fromkeys(Family, 0))


# What the viewer is named in stands in no list, so it is taken off by the very function that counted it.
_COUNTS = """
SELECT capacity, {here} AS here, status, is_overdue, unit_id IS NOT NULL, {mine}, came_back, sum(n) FROM (
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n FROM tanggap_deskcount
    UNION ALL
    SELECT capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n FROM tanggap_deskdelta
    UNION ALL
    SELECT part.*, -1 FROM tanggap_report AS report, LATERAL tanggap_report_counts(report) AS part
    WHERE report.id IN ({named}){besides}
) AS counts WHERE {wanted} GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


# What its reporter calls unsolved, and what waits for the viewer's word, are few reports, each in an index of its own,
# and in no counter (ADR 0078).
_OBJECTED = """
    UNION ALL
    SELECT 'objected', owner_agency_id, NULL, NULL, status, is_overdue, came_back, 1 FROM tanggap_report
    WHERE is_objected AND owner_agency_id = %(agency)s AND id NOT IN ({named})"""
_DECIDED = """
    UNION ALL
    SELECT 'to_decide', %(agency)s::bigint, owner_unit_id, NULL, status, is_overdue, false, 1 FROM tanggap_report
    WHERE deciders > '' AND ({whose}) AND id NOT IN ({named})"""
_WHOSE = {
    Decider.UNIT: "owner_agency_id = %(agency)s AND strpos(deciders, 'unit') > 0",
    Decider.ADMIN: "owner_agency_id = %(agency)s AND strpos(deciders, 'admin') > 0",
    Decider.NATIONAL: "strpos(deciders, 'national') > 0",
}


def _besides(viewer: Officer, named: str) -> str:
    """Return what the statement counts itself, as `selectors.queues` lists it; '' for nothing."""
    found, said = queues.of(viewer.role), ""
    if queues.OBJECTED in found:
        said += _OBJECTED.format(named=named)
    if queues.TO_DECIDE in found:
        whose = " OR ".join(_WHOSE[decider] for decider in decides_as(viewer))
        said += _DECIDED.format(whose=whose, named=named)
        said += " AND decision_asked_by_id IS DISTINCT FROM %(user)s" if viewer.role in ADMINS else ""
    return said


def desk(viewer: Officer, *, shown: Queue = queues.OWED) -> Numbers:
    """Return the numbers of a viewer's desk: of each queue, and of the families in the place of the queue shown.

    What may be verified in another agency's place is counted itself, up to a limit (ADR 0039).
    """
    numbers = Numbers(queues={queue.code: 0 for queue in queues.of(viewer.role)})
    statement, params = _statement(viewer)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for capacity, is_here, status, is_overdue, has_unit, assignee_id, came_back, n in cursor.fetchall():
            key = Key(Status(status), is_overdue, has_unit, assignee_id, came_back)
            _add(numbers, viewer, shown, Capacity(capacity), key, int(n), is_here=is_here)
    if queues.IN_PLACE.code in numbers.queues:
        numbers.queues[queues.IN_PLACE.code] = lists.count_in_place(viewer)
    if queues.REOPEN_ASKED.code in numbers.queues:
        numbers.queues[queues.REOPEN_ASKED.code] = lists.count_reopen_asked(viewer)
    return numbers


def _add(
    numbers: Numbers, viewer: Officer, shown: Queue, capacity: Capacity, key: Key, n: int, *, is_here: bool
) -> None:
    for queue in queues.of(viewer.role):
        if (is_here or queue.is_everywhere) and queue.holds(key, viewer):
            numbers.queues[queue.code] += n * queue.counts(capacity)
    if shown.capacity == capacity and (is_here or shown.is_everywhere):
        numbers.families[STATUSES[key.status].family] += n


def _statement(viewer: Officer) -> tuple[str, Mapping[str, Any]]:
    """Return the statement: `here` are the rows of the viewer's own place, `wanted` all that some queue counts."""
    named, named_params = reports.excluded(viewer=viewer).order_by().values("pk").query.sql_with_params()
    found = queues.of(viewer.role)
    # Of what is supported, an agency counts what it was asked itself, a unit the same.
    here = ["agency_id = %(agency)s", "(capacity <> 'supporting' OR unit_id IS NOT DISTINCT FROM %(own)s::bigint)"]
    values: dict[str, Any] = {"agency": viewer.agency_id, "user": viewer.user_id, "own": unit_of(viewer)}
    if viewer.role not in ADMINS:
        # Supervision is over the whole agency.
        here.append(f"(capacity = 'supervisory' OR unit_id IN ({organisation.BELOW.replace('%s', '%(units)s')}))")
        values["units"] = [unit_of(viewer)]
    here_sql = " AND ".join(here)
    wide = sorted({queue.capacity.value for queue in found if queue.is_everywhere or queue.capacity == "disputed"})
    values |= {"wide": wide, "capacities": sorted({queue.capacity.value for queue in found} | {Capacity.ALONG.value})}
    for place, value in enumerate(named_params):
        named = named.replace("%s", f"%(named{place})s", 1)
        values[f"named{place}"] = value
    wanted = f"capacity = ANY(%(capacities)s) AND (capacity = ANY(%(wide)s) OR {here_sql})"
    # Colleagues are one: only who looks, somebody else and nobody are told apart.
    mine = "CASE WHEN assignee_id = %(user)s THEN assignee_id WHEN assignee_id IS NOT NULL THEN 0 END"
    besides = _besides(viewer, named)
    here_sql = f"({here_sql} OR capacity = 'disputed')"
    statement = _COUNTS.format(here=here_sql, mine=mine, named=named, wanted=wanted, besides=besides)
    return statement, values
