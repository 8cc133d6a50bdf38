"""Change the calendar: each change is a new version, and what a deadline once named stays as it was.

Whoever calls recomputes the open deadlines afterwards (`services.deadlines`); past ones never change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet

from tanggap.domain.actors import Actor, AgencyAdmin, NationalAdmin, System, user_of
from tanggap.domain.reference import Change
from tanggap.domain.reference_rows import DayKind, DayRow
from tanggap.models import Agency, CalendarDay, CalendarVersion
from tanggap.services.upserts import BY_HAND

FIRST_YEAR, LAST_YEAR = 2018, 2100
_LOCK = 3_900_310  # one change of the calendar at a time, so that versions follow each other


class Reason(StrEnum):
    """Why a change of the calendar is refused."""

    NOT_YOURS = "calendar_not_yours"
    PAST_DAY = "calendar_past_day"
    UNKNOWN_YEAR = "calendar_unknown_year"
    NO_NAME = "calendar_no_name"
    SAME_ALREADY = "calendar_same_already"


class NotAllowedError(Exception):
    """A change of the calendar that is refused; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Off:
    """A day as it is to stand in the calendar."""

    day: date
    name: str
    kind: str
    source: str
    agency_id: int | None = None


@transaction.atomic
def close_day(*, actor: Actor, agency_id: int, day: date, name: str, now: datetime) -> CalendarVersion:
    """Close one agency on one day, which then counts on none of its clocks, and return the new version.

    An agency admin may close the own agency on a day that is not over; a national admin and the
    system may close any. Raises NotAllowedError.
    """
    return override_day(actor=actor, agency_id=agency_id, day=day, kind=DayKind.CLOSURE, name=name, now=now)


@transaction.atomic
def override_day(
    *, actor: Actor, agency_id: int | None, day: date, kind: DayKind, name: str, now: datetime
) -> CalendarVersion:
    """Say by hand what a day is, for one agency or (None) the whole country, and return the new version.

    `DayKind.WORKING` makes a holiday or a weekend day a working day after all. A day set by hand is
    not touched by later imports. Raises NotAllowedError.
    """
    _refuse_unless_allowed(actor, agency_id, day, now)
    name = " ".join(name.split())
    if not name:
        raise NotAllowedError(Reason.NO_NAME)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotAllowedError(Reason.UNKNOWN_YEAR)
    _one_at_a_time()
    row = _active(agency_id).filter(day=day).first()
    if row is not None and (row.kind, row.name) == (kind, name):
        raise NotAllowedError(Reason.SAME_ALREADY)
    version = _new_version(source=BY_HAND, reason=f"{day}: {name}", made_by=user_of(actor), now=now)
    _write(version, ending=[] if row is None else [row.pk], beginning=[_Off(day, name, kind, BY_HAND, agency_id)])
    return version


def load(rows: Iterable[DayRow], *, actor: Actor, now: datetime) -> Change:
    """Bring the national days up to the file: one new version when anything differs, none otherwise.

    Days that were set by hand are kept. Must run inside a transaction.
    """
    _one_at_a_time()
    active = {row.day: row for row in _active(None)}
    by_hand = {day for day, row in active.items() if row.source == BY_HAND}
    wanted = {row.day: _Off(row.day, row.name, row.kind, row.source) for row in rows if row.day not in by_hand}
    added = [off for day, off in wanted.items() if day not in active]
    changed = [off for day, off in wanted.items() if day in active and _differs(off, active[day])]
    gone = [row for day, row in active.items() if day not in wanted and day not in by_hand]
    if added or changed or gone:
        reason = f"{len(added)} days added, {len(changed)} changed, {len(gone)} taken out"
        version = _new_version(source="holidays.csv", reason=reason, made_by=user_of(actor), now=now)
        ending = [active[off.day].pk for off in changed] + [row.pk for row in gone]
        _write(version, ending=ending, beginning=added + changed)
    return Change(
        "calendar days",
        added=len(added),
        changed=len(changed),
        retired=len(gone),
        unchanged=len(wanted) - len(added) - len(changed),
        kept=len(by_hand),
    )


def _differs(off: _Off, row: CalendarDay) -> bool:
    return (off.name, off.kind, off.source) != (row.name, row.kind, row.source)


def _active(agency_id: int | None) -> QuerySet[CalendarDay]:
    rows = CalendarDay.objects.filter(until_version__isnull=True)
    return rows.filter(agency__isnull=True) if agency_id is None else rows.filter(agency_id=agency_id)


def _new_version(*, source: str, reason: str, made_by: int | None, now: datetime) -> CalendarVersion:
    return CalendarVersion.objects.create(source=source, reason=reason, made_by_id=made_by, made_at=now)


def _write(version: CalendarVersion, *, ending: list[int], beginning: Iterable[_Off]) -> None:
    CalendarDay.objects.filter(pk__in=ending).update(until_version=version)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            agency_id=off.agency_id,
            day=off.day,
            name=off.name,
            kind=off.kind,
            source=off.source,
            since_version=version,
        )
        for off in beginning
    )


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _refuse_unless_allowed(actor: Actor, agency_id: int | None, day: date, now: datetime) -> None:
    match actor:
        case System() | NationalAdmin():
            return
        case AgencyAdmin(agency_id=own) if agency_id is not None and own == agency_id:
            zone = Agency.objects.values_list("timezone", flat=True).get(pk=agency_id)
            if day < now.astimezone(ZoneInfo(zone)).date():
                # A day that is over cannot be closed to make an answer look in time.
                raise NotAllowedError(Reason.PAST_DAY)
        case _:
            raise NotAllowedError(Reason.NOT_YOURS)
