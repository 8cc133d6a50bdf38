"""Flag what an office works on and does not move (`domain.progress`); the next step that can be seen unflags it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from tanggap.domain.progress import SOONEST, is_stale
from tanggap.models import Report
from tanggap.selectors import calendars

_BATCH: Final = 500


def flag_stale(*, now: datetime, batch: int = _BATCH) -> int:
    """Mark the reports that have not moved for fourteen working days, so that lists show them; returns how many.

    Safe to run twice. A report that moves in the meantime is not marked: the row is looked at again as it is written.
    """
    version = calendars.current_version()
    done = 0
    for rows in _standing(now, batch):
        still = [
            pk
            for pk, last, agency_id, zone in rows
            if is_stale(last, now=now, zone=zone, calendar=calendars.working_calendar(agency_id, version))
        ]
        done += Report.objects.filter(pk__in=still, is_stale=False, progress_at__lt=now - SOONEST).update(is_stale=True)
    return done


def _standing(now: datetime, batch: int) -> Iterator[list[tuple[int, datetime, int, str]]]:
    """Yield what has not moved for as many days of any kind, the longest first."""
    found = Report.objects.filter(is_stale=False, progress_at__lt=now - SOONEST).order_by("progress_at", "pk")
    values = found.values_list("pk", "progress_at", "owner_agency_id", "owner_agency__timezone")
    rows = list(values[:batch])
    while rows:
        yield [(pk, last, agency_id, zone) for pk, last, agency_id, zone in rows if last is not None]
        after = TupleGreaterThan(Tuple("progress_at", "pk"), (rows[-1][1], rows[-1][0]))
        rows = list(values.filter(after)[:batch])
