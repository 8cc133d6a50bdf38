"""How the offices stand that somebody looks after, read from the counters and never by counting reports (ADR 0012)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tanggap.domain import small_counts
from tanggap.domain.actors import Evaluator, Head, Ombudsman, Overseer, RegionalOverseer, Watcher
from tanggap.domain.lifecycle import OPEN, STATUSES, Family, Status
from tanggap.selectors import organisation, reports


@dataclass(slots=True)
class Standing:
    """How many reports an office has, by family, and how many are late.

    Of agencies that are not the own one, these are the reports that are not secret; how many secret ones there are
    stands apart, None where they are too few to be told (`domain.small_counts`).
    """

    office_id: int  # of the agency; for a head of the unit, 0 for what no unit has
    families: dict[Family, int] = field(default_factory=lambda: dict.fromkeys(Family, 0))
    open: int = 0
    overdue: int = 0
    secret: int | None = 0
    secret_overdue: int | None = 0
    oldest_due: datetime | None = None  # of the late ones that are not secret

    @property
    def total(self) -> int:
        """Return how many reports the families hold."""
        return sum(self.families.values())


def board(*, viewer: Watcher) -> list[Standing]:
    """Return the offices that a watcher looks after and that have a report; for a head the own units."""
    found: dict[int, Standing] = {}
    is_own = isinstance(viewer, Head)
    secret: dict[int, list[int]] = {}
    for office_id, status, is_overdue, is_secret, n in _counts(viewer):
        standing = found.setdefault(office_id, Standing(office_id))
        if is_secret:
            tally = secret.setdefault(office_id, [0, 0])
            tally[0] += n
            tally[1] += n if is_overdue else 0
        if not is_secret or not is_own:
            # Who looks at other agencies is shown all less the secret ones.
            _add(standing, Status(status), -n if is_secret else n, is_overdue=is_overdue)
    for office_id, standing in found.items():
        total, late = secret.get(office_id, (0, 0))
        standing.secret = total if is_own else small_counts.shown(total)
        standing.secret_overdue = late if is_own else small_counts.shown(late)
    if not is_own:
        _date(found)
    return list(found.values())


def _add(standing: Standing, status: Status, n: int, *, is_overdue: bool) -> None:
    standing.families[STATUSES[status].family] += n
    standing.open += n if status in OPEN else 0
    standing.overdue += n if is_overdue else 0


def totals(rows: Iterable[Standing]) -> Standing:
    """Return the sum of what is not secret; of secret reports there is none, for it would tell what a row does not."""
    total = Standing(0, secret=None, secret_overdue=None)
    for row in rows:
        for family, n in row.families.items():
            total.families[family] += n
        total.open += row.open
        total.overdue += row.overdue
    return total


# What the viewer is named in is taken off by the very function that counted it, as from the desk's own numbers.
_COUNTS: Final = """
SELECT {place}, status, is_overdue, capacity = 'secret', sum(n)::bigint FROM (
    SELECT capacity, agency_id, unit_id, status, is_overdue, n FROM tanggap_deskcount
    UNION ALL SELECT capacity, agency_id, unit_id, status, is_overdue, n FROM tanggap_deskdelta
    UNION ALL SELECT part.capacity, part.agency_id, part.unit_id, part.status, part.is_overdue, -1
    FROM tanggap_report AS report, LATERAL tanggap_report_counts(report) AS part WHERE report.id IN ({named})
) AS counts WHERE capacity IN ('owner', 'secret') AND {where} GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
"""


def _counts(viewer: Watcher) -> Iterable[tuple[int, str, bool, bool, int]]:
    """Return counts by office, status and lateness; those of secret reports stand once more, apart."""
    where, params = _scope(viewer)
    place = "coalesce(unit_id, 0)" if isinstance(viewer, Head) else "agency_id"
    named, named_params = reports.excluded(viewer=viewer).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(place=place, named=named, where=where), [*named_params, *params])
        rows: list[tuple[int, str, bool, bool, int]] = cursor.fetchall()
    return rows


def _scope(viewer: Watcher) -> tuple[str, list[Any]]:
    """Return the condition for the offices that a watcher looks after."""
    match viewer:
        case Head(agency_id=agency_id, unit_id=int(unit_id)):
            return f"agency_id = %s AND unit_id IN ({organisation.BELOW})", [agency_id, [unit_id]]
        case Head(agency_id=agency_id):
            return "agency_id = %s", [agency_id]
        case RegionalOverseer(overseen=overseen) | Evaluator(overseen=overseen):
            return "agency_id = ANY(%s)", [sorted(overseen)]
        case Overseer() | Ombudsman():
            return "TRUE", []


# The report that has been late longest is the first of its agency's index of what is owed; asked for only where one is.
_OLDEST: Final = """
SELECT agency.id, late.due_at FROM unnest(%s::bigint[]) AS agency (id) CROSS JOIN LATERAL (
    SELECT due_at FROM tanggap_report
    WHERE owner_agency_id = agency.id AND status = ANY(%s) AND is_overdue AND NOT is_confidential
    ORDER BY due_at, urgency_rank, id LIMIT 1
) AS late
"""


def _date(found: Mapping[int, Standing]) -> None:
    late = [office_id for office_id, standing in found.items() if standing.overdue > 0]
    if not late:
        return
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [late, sorted(status.value for status in OPEN)])
        for office_id, due_at in cursor.fetchall():
            found[office_id].oldest_due = due_at
