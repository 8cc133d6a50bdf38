"""Read the calendar. Public reference data: everyone may know it, so no viewer is asked for."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Max, Q, QuerySet

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.reference_rows import DayKind
from tanggap.models import CalendarDay, CalendarVersion


class NoCalendarError(LookupError):
    """No calendar has been loaded, or there is no such version."""


def current_version() -> int:
    """Return the number of the newest calendar. Raises NoCalendarError before any was loaded."""
    newest: int | None = CalendarVersion.objects.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        raise NoCalendarError("No calendar has been loaded: run load_reference.")
    return newest


def working_calendar(agency_id: int | None, version: int) -> WorkingCalendar:
    """Return the calendar of an agency (None: the national one) in one version.

    Versions never change, so the answer is remembered. Raises NoCalendarError for an unknown version.
    """
    return _calendar(_database(), version, agency_id)


def days(agency_id: int | None, version: int) -> QuerySet[CalendarDay]:
    """Return the days that differ in one version, national ones and the agency's own, in order."""
    rows = CalendarDay.objects.filter(
        Q(until_version__isnull=True) | Q(until_version_id__gt=version), since_version_id__lte=version
    )
    return rows.filter(Q(agency__isnull=True) | Q(agency_id=agency_id)).order_by("day", "agency_id")


def versions() -> QuerySet[CalendarVersion]:
    """Return all versions, newest first, with why each was made."""
    return CalendarVersion.objects.select_related("made_by").order_by("-pk")


def _database() -> str:
    # Clones of one database count their versions alike.
    return str(connection.settings_dict["NAME"])


@lru_cache(maxsize=4096)
def _calendar(database: str, version: int, agency_id: int | None) -> WorkingCalendar:
    if agency_id is None:
        if not CalendarVersion.objects.filter(pk=version).exists():
            raise NoCalendarError(f"There is no calendar {version}.")
        return _built(days(None, version), version)
    national = _calendar(database, version, None)
    rows = days(agency_id, version)
    if not rows.filter(agency_id=agency_id).exists():
        return national
    return _built(rows, version)


def _built(rows: Iterable[CalendarDay], version: int) -> WorkingCalendar:
    """Build a calendar; an agency's own row wins over the national one of the same day."""
    chosen: dict[date, CalendarDay] = {}
    for row in sorted(rows, key=lambda row: row.agency_id is not None):
        chosen[row.day] = row
    years = [day.year for day, row in chosen.items() if row.agency_id is None]
    bounds = {"first": date(min(years), 1, 1), "last": date(max(years), 12, 31)} if years else {}
    off = {day: row.name for day, row in sorted(chosen.items()) if row.kind != DayKind.WORKING}
    return WorkingCalendar(
        off=frozenset(off),
        worked=frozenset(chosen) - frozenset(off),
        names=off,
        version=version,
        **bounds,
    )
