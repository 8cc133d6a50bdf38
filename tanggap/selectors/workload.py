"""How much work waits for one officer: the figures of the daily digest."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from tanggap.domain import actors
from tanggap.domain.actors import (
    AgencyAdmin,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    OfficeHolder,
    Officer,
    UnitAdmin,
)
from tanggap.domain.escalation import IN_DIGEST
from tanggap.domain.letters import Figures
from tanggap.domain.lifecycle import STATUSES, Holder
from tanggap.models import Message, Report
from tanggap.selectors import organisation, reports

# A digest tells of what came up since the one of the last working day; a long weekend lies between.
_SINCE = timedelta(days=5)


def figures(*, viewer: OfficeHolder, now: datetime, zone: str) -> Figures:
    """Return the figures of one office: what waits for the next step, what is late or due today, what came up."""
    return in_all([viewer], now=now, zone=zone)


def in_all(viewers: Sequence[OfficeHolder], *, now: datetime, zone: str) -> Figures:
    """Return the figures of one person in all offices together: one mail a day, whatever one is.

    Who only looks on owes nothing, and is told of what came up.
    """
    found = [_owed(one, now, zone) for one in map(actors.officer, viewers) if one is not None]
    return Figures(
        owed=sum(one.owed for one in found),
        overdue=sum(one.overdue for one in found),
        due_today=sum(one.due_today for one in found),
        escalated=len({pk for viewer in viewers for pk in _escalated(viewer, now)}),
    )


def _escalated(viewer: OfficeHolder, now: datetime) -> frozenset[int]:
    """Return the late reports of which this person was told by the ladder and that the office may know of."""
    told = Message.objects.filter(user_id=viewer.user_id, reason=IN_DIGEST, created_at__gte=now - _SINCE)
    ids = set(told.values_list("report_id", flat=True))
    return reports.still_late(viewer=viewer, ids=ids) if ids else frozenset()


def _owed(viewer: Officer, now: datetime, zone: str) -> Figures:
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    found = _owed_by(viewer).aggregate(
        owed=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        due_today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=midnight)),
    )
    return Figures(**found)


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
