"""How much work waits for one officer: the figures of the daily digest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from tanggap.domain import actors
from tanggap.domain.actors import (
    AgencyAdmin,
    Head,
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
from tanggap.domain.notices import Notice
from tanggap.domain.outside import PATIENCE, waiting_days
from tanggap.models import Message, Report
from tanggap.selectors import accounts, assessments, calendars, organisation, problems, recommendations, reports

# A digest tells of what came up since the one of the last working day; a long weekend lies between.
_SINCE = timedelta(days=5)
# There are few; so many are counted, as in the queue.
_MOST_ASKED = 1000


def figures(*, viewer: OfficeHolder, now: datetime, zone: str) -> Figures:
    """Return the figures of one office: what waits for the next step, what is late or due today, what came up."""
    return in_all([viewer], now=now, zone=zone)


def in_all(viewers: Sequence[OfficeHolder], *, now: datetime, zone: str) -> Figures:
    """Return the figures of one person in all offices together: one mail a day, whatever one is.

    Who only looks on owes no report, and is told of what came up; assessments wait for agency admins and evaluators.
    """
    found = _sum([one for one in map(actors.officer, viewers) if one is not None], viewers, now, zone)
    on = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()  # the day by which a round is over
    return replace(
        found,
        assessed=sum(assessments.owed(viewer=one, on=on) for one in viewers),
        recommended=sum(recommendations.owed(viewer=one, on=on) for one in viewers),
        recurring=sum(problems.owed(viewer=one) for one in viewers),
    )


def of_person(notice: Notice, user_id: int, *, on: date, now: datetime, zone: str) -> Figures | None:
    """Return what a digest says to a person: of the own work, or of the offices headed; None for no such office."""
    if notice == Notice.HEAD_DIGEST:
        heads = accounts.heads_of(user_id, on)
        return _sum(heads, heads, now, zone) if heads else None
    viewers = accounts.officers_of(user_id, on)
    return in_all(viewers, now=now, zone=zone) if viewers else None


def _sum(owing: Sequence[Officer | Head], viewers: Sequence[OfficeHolder], now: datetime, zone: str) -> Figures:
    found = [_owed(one, now, zone) for one in owing]
    return Figures(
        owed=sum(one.owed for one in found),
        overdue=sum(one.overdue for one in found),
        due_today=sum(one.due_today for one in found),
        escalated=len({pk for viewer in viewers for pk in _told(viewer, Notice.OVERDUE, now)}),
        asked=max((_asked(viewer, now, zone) for viewer in owing if isinstance(viewer, NationalAdmin)), default=0),
        nudged=len({pk for viewer in viewers for pk in _told(viewer, Notice.NUDGED, now)}),
    )


def _told(viewer: OfficeHolder, notice: Notice, now: datetime) -> frozenset[int]:
    """Return the late reports of which a digest tells this person, and that the office may know of.

    By the ladder, or because somebody has nudged.
    """
    told = Message.objects.filter(user_id=viewer.user_id, reason=IN_DIGEST, created_at__gte=now - _SINCE)
    ids = set(told.filter(notice=notice.value).values_list("report_id", flat=True))
    return reports.still_late(viewer=viewer, ids=ids) if ids else frozenset()


def _asked(viewer: NationalAdmin, now: datetime, zone: str) -> int:
    """Return how many requests of overseers to open a report again have waited too long for a decision."""
    rows = reports.not_named(Report.objects.filter(reopen_asked_at__isnull=False), viewer)
    moments = list(rows.values_list("reopen_asked_at", flat=True)[:_MOST_ASKED])
    if not moments:
        return 0
    calendar = calendars.working_calendar(viewer.agency_id, calendars.current_version())
    days = (waiting_days(at, now=now, zone=zone, calendar=calendar) for at in moments if at is not None)
    return sum(one > PATIENCE for one in days)


def _owed(viewer: Officer | Head, now: datetime, zone: str) -> Figures:
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    found = _owed_by(viewer).aggregate(
        owed=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        due_today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=midnight)),
    )
    return Figures(**found)


def _owed_by(viewer: Officer | Head) -> QuerySet[Report]:
    """Return what waits for this officer, or for the whole office of a head, and not for the reporter.

    Without what the person is named in.
    """
    verifying, handling = _statuses(Holder.ADMIN), _statuses(Holder.OFFICER)
    rows = Report.objects.filter(owner_agency_id=viewer.agency_id)
    match viewer:
        case UnitAdmin(unit_id=unit_id) | LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id):
            rows = rows.filter(status__in=handling, owner_unit_id__in=organisation.units_below([unit_id]))
        case Head(unit_id=int(unit_id)):
            rows = rows.filter(status__in=handling, owner_unit_id__in=organisation.units_below([unit_id]))
        case Head():
            rows = rows.filter(status__in=verifying + handling)
        case AgencyAdmin() | NationalAdmin():
            rows = rows.filter(Q(status__in=verifying) | Q(status__in=handling, owner_unit__isnull=True))
    return rows.exclude(pk__in=reports.excluded(viewer=viewer).values("pk"))


def _statuses(holder: Holder) -> list[str]:
    return sorted(status.value for status, spec in STATUSES.items() if spec.holder == holder)
