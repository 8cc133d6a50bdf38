"""How much work waits for one officer: the figures of the daily digest."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, UnitAdmin
from tanggap.domain.letters import Figures
from tanggap.domain.lifecycle import STATUSES, Holder
from tanggap.models import Report
from tanggap.selectors import organisation, reports


def figures(*, viewer: Officer, now: datetime, zone: str) -> Figures:
    """Return how many reports wait for the officer's next step, how many are late, and how many are due today."""
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    found = _owed_by(viewer).aggregate(
        owed=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        due_today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=midnight)),
    )
    return Figures(**found)


def in_all(viewers: Iterable[Officer], *, now: datetime, zone: str) -> Figures:
    """Return the figures of one person in all offices together: one mail a day, whatever one is."""
    found = [figures(viewer=viewer, now=now, zone=zone) for viewer in viewers]
    return Figures(
        owed=sum(one.owed for one in found),
        overdue=sum(one.overdue for one in found),
        due_today=sum(one.due_today for one in found),
    )


def _owed_by(viewer: Officer) -> QuerySet[Report]:
    """Return what waits for this officer and not for the reporter; without what the officer is named in."""
    verifying, handling = _statuses(Holder.ADMIN), _statuses(Holder.OFFICER)
    rows = Report.objects.filter(owner_agency_id=viewer.agency_id)
    match viewer:
        case UnitAdmin(unit_id=unit_id) | LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            rows = rows.filter(status__in=handling, owner_unit_id__in=organisation.units_below([unit_id]))
        case AgencyAdmin() | NationalAdmin():
            rows = rows.filter(Q(status__in=verifying) | Q(status__in=handling, owner_unit__isnull=True))
    return rows.exclude(pk__in=reports.excluded(viewer=viewer).values("pk"))


def _statuses(holder: Holder) -> list[str]:
    return sorted(status.value for status, spec in STATUSES.items() if spec.holder == holder)
