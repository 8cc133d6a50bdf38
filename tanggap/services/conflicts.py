"""Out of the hands of those whom a report is about: it has a living owner always, who is not one of them.

When all who could decide are named, it goes to the next tier; when only the unit or the officer that has it is, to the
inspectorate of the agency or back to its admin.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanggap.domain.actors import System
from tanggap.domain.appointments import WORKING_OFFICES, Office
from tanggap.domain.case import Projection
from tanggap.domain.lifecycle import STATUSES, Action, Holder, Status, rows
from tanggap.domain.moves import Move
from tanggap.models import Report
from tanggap.selectors import accounts, agencies, organisation, recipients

_STATUSES = sorted(status.value for status in Status if rows(Action.LIFT, status))
_WORKING = sorted(office.value for office in WORKING_OFFICES)

type Follows = tuple[Action, Move]


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a report names: accounts and units."""

    users: frozenset[int]
    units: frozenset[int]

    @classmethod
    def of(cls, facts: Projection) -> "Parties":
        """Return those of the events of a report."""
        return cls(facts.named_user_ids, facts.named_unit_ids)


def follows(report: Report, parties: Parties, *, on: date, is_naming: bool) -> Follows | None:
    """Return what the system does with a report that names these; None where it is in good hands.

    `is_naming`: whom it is about is news, maybe of the unit or the officer that has it.
    """
    if not (parties.users or parties.units) or report.status not in _STATUSES:
        return None
    named = recipients.excluded(parties.users, parties.units, on=on)
    if _all_named(report, named, on):
        return Action.LIFT, Move()
    return _way_out(report, parties, named, on) if is_naming else None


def stranded(report_id: int, *, on: date) -> Follows | None:
    """Return what the system does with a report that came into such hands since, or lost the others; None for none."""
    report = Report.objects.get(pk=report_id)
    rows = list(report.named.values_list("user_id", "unit_id"))
    users = frozenset(user_id for user_id, _unit in rows if user_id is not None)
    units = frozenset(unit_id for _user, unit_id in rows if unit_id is not None)
    return follows(report, Parties(users, units), on=on, is_naming=True)


def about_people() -> Iterator[int]:
    """Yield the reports that name somebody, and can be taken from whoever has them."""
    rows = Report.objects.filter(named__isnull=False, status__in=_STATUSES)
    yield from rows.distinct().order_by("pk").values_list("pk", flat=True).iterator()


def _way_out(report: Report, parties: Parties, named: set[int], on: date) -> Follows | None:
    """Return how a report leaves the hands of those whom it is about.

    It goes to the inspectorate, where that is not named and somebody is there; else to the admin, who finds a unit.
    Where that is who has it already, only the officer lets go of it.
    """
    below = organisation.units_below(parties.units)
    if not (report.owner_unit_id in below or report.assignee_id in named):
        return None
    unit_id = _inspectorate(report, below, named, on)
    if unit_id == report.owner_unit_id:
        return Action.RELEASE, Move()
    return Action.HAND_OVER, Move(unit_id=unit_id)


def _inspectorate(report: Report, below: frozenset[int], named: set[int], on: date) -> int | None:
    """Return the inspectorate, where it may have the report; what waits to be verified waits with the admin."""
    if STATUSES[Status(report.status)].holder == Holder.ADMIN:
        return None
    office = agencies.inspectorate(report.owner_agency_id)
    if office is None or office.pk in below:
        return None
    return office.pk if _serve(report, on, unit_id=office.pk) - named else None


def _all_named(report: Report, named: set[int], on: date) -> bool:
    """An agency without any admin is another matter: the ladder climbs past it."""
    is_manned = bool(_serve(report, on, role=Office.AGENCY_ADMIN.value))
    return is_manned and not _serve(report, on, unit_id=None) - named


def _serve(report: Report, on: date, **where: Any) -> set[int]:
    """Return who works on reports in an office of the agency that has the report."""
    offices = accounts.list_officers(viewer=System(), on=on, agency_id=report.owner_agency_id)
    held = offices.filter(role__in=_WORKING).filter(**where).order_by()
    return set(held.values_list("user_id", flat=True))
