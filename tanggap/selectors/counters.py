"""How many reports stand on a desk, read from the counters and never by counting reports (ADR 0012).

A trigger adds a delta for each change, a job folds the deltas into the counts. One statement reads both,
so that a fold in between is never seen by half.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, UnitAdmin
from tanggap.domain.lifecycle import STATUSES, Family, Holder, Status
from tanggap.selectors import organisation, reports


@dataclass(slots=True)
class Numbers:
    """What a desk holds: per status family, late, and owed by the viewer."""

    families: dict[Family, int] = field(default_factory=lambda: dict.fromkeys(Family, 0))
    overdue: int = 0
    owed: int = 0


def desk(viewer: Officer, *, scope: reports.Scope = reports.Scope.OWN) -> Numbers:
    """Return the numbers of a viewer's desk: the own units, the own agency, or the national queue.

    With `Scope.ALL` a national admin gets the sum over all agencies. What the viewer is named in is
    taken off: the list does not show it either.
    """
    where, params = _place(viewer, scope)
    named, named_params = _named(viewer)
    statement = f"""
        SELECT status, is_overdue, unit_id IS NULL, sum(n) FROM (
            SELECT agency_id, unit_id, status, is_overdue, n FROM tanggap_deskcount
            UNION ALL SELECT agency_id, unit_id, status, is_overdue, n FROM tanggap_deskdelta
            UNION ALL SELECT owner_agency_id, owner_unit_id, status, is_overdue, -1 FROM ({named}) AS named
        ) AS counts WHERE {where} GROUP BY 1, 2, 3
    """  # noqa: S608 - built of constants; values are parameters
    numbers = Numbers()
    with connection.cursor() as cursor:
        cursor.execute(statement, [*named_params, *params])
        for status, is_overdue, has_no_unit, n in cursor.fetchall():
            _add(numbers, viewer, Status(status), n=int(n), is_overdue=is_overdue, has_no_unit=has_no_unit)
    return numbers


def _add(numbers: Numbers, viewer: Officer, status: Status, *, n: int, is_overdue: bool, has_no_unit: bool) -> None:
    spec = STATUSES[status]
    numbers.families[spec.family] += n
    if is_overdue:
        numbers.overdue += n
    match viewer:
        case NationalAdmin() | AgencyAdmin():
            is_owed = spec.holder == Holder.ADMIN or (spec.holder == Holder.OFFICER and has_no_unit)
        case UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            is_owed = spec.holder == Holder.OFFICER
    if is_owed:
        numbers.owed += n


def _place(viewer: Officer, scope: reports.Scope) -> tuple[str, list[Any]]:
    """Return the condition for the rows of a desk."""
    match viewer:
        case NationalAdmin(agency_id=agency_id):
            return ("TRUE", []) if scope == reports.Scope.ALL else ("agency_id = %s", [agency_id])
        case AgencyAdmin(agency_id=agency_id):
            return "agency_id = %s", [agency_id]
        case UnitAdmin(agency_id=agency_id, unit_id=unit_id) | LiaisonOfficer(agency_id=agency_id, unit_id=unit_id):
            pass
        case InternalAuditor(agency_id=agency_id, unit_id=unit_id):
            pass
    return f"agency_id = %s AND unit_id IN ({organisation.BELOW})", [agency_id, [unit_id]]


def _named(viewer: Officer) -> tuple[str, list[Any]]:
    """Return the statement for the reports that the viewer is named in, as the wall of the reports says."""
    rows = reports.excluded(viewer=viewer).order_by()
    query = rows.values("owner_agency_id", "owner_unit_id", "status", "is_overdue").query
    statement, params = query.sql_with_params()
    return statement, list(params)
