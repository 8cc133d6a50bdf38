"""Which packages of open data have to be made: the full one every day, a month once it is closed, agencies each month.

And at once each one that holds a report which may be in it no more: it was made secret since (ADR 0064).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Max

from tanggap.domain.open_data import FULL, Scope
from tanggap.models import Agency, FrozenPeriod

_MISSED: Final = """
UPDATE tanggap_goneout AS gone SET missed_at = %s WHERE missed_at IS NULL
    AND NOT EXISTS (SELECT FROM tanggap_publication AS publication WHERE publication.report_id = gone.report_id)
"""
# What each missing report was in: the month of its receipt, and the agencies of its facts.
_OF_MISSED: Final = """
SELECT to_char(fact.received_on, 'YYYY-MM'), max(gone.missed_at), array_agg(DISTINCT agency.id)
FROM tanggap_goneout AS gone JOIN tanggap_indicatorfact AS fact USING (report_id)
    CROSS JOIN LATERAL unnest(ARRAY[fact.facts ->> 'received_agency', fact.facts ->> 'verify_agency',
        fact.facts ->> 'followup_agency', fact.facts ->> 'resolve_agency', fact.facts ->> 'now_agency']::bigint[])
        AS agency (id)
WHERE gone.missed_at IS NOT NULL GROUP BY 1
"""
# Of those with a public report, or that had one, with the slug that addresses know.
_AGENCIES: Final = """
SELECT agency.id, agency.slug FROM tanggap_agency AS agency
WHERE EXISTS (SELECT FROM tanggap_publication AS publication WHERE publication.agency_id = agency.id)
    OR agency.id = ANY(%s) ORDER BY agency.id
"""


def due(made: Mapping[str, datetime], *, now: datetime) -> list[Scope]:
    """Return the packages that are to be made now, the full one first. `made` says when which was made last."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSED, [now])
    return list(_due(made, now))


def without_ground(names: Iterable[str]) -> set[str]:
    """Return those packages of which there is no such month or agency (any more): their slug was another one."""
    known = {FULL, *(month for month, _at in _closed()), *Agency.objects.values_list("slug", flat=True)}
    return set(names) - known


def _due(made: Mapping[str, datetime], now: datetime) -> Iterator[Scope]:
    missed_in, missed_by = _missed()
    zone = ZoneInfo(settings.TIME_ZONE)
    today = now.astimezone(zone).date()
    last = made.get(FULL)
    if last is None or last.astimezone(zone).date() < today or last < max(missed_in.values(), default=last):
        yield Scope()
    for month, closed_at in _closed():
        newest = max(closed_at, missed_in.get(month, closed_at))
        if month not in made or made[month] < newest:
            yield Scope(month=month)
    for pk, slug in _agencies(missed_by):
        last = made.get(slug)
        if last is None or _is_of_before(last, today, zone) or last < missed_by.get(pk, last):
            yield Scope(agency=slug, agency_id=pk)


def _is_of_before(last: datetime, today: date, zone: ZoneInfo) -> bool:
    return last.astimezone(zone).date() < today.replace(day=1)


def _missed() -> tuple[dict[str, datetime], dict[int, datetime]]:
    """Return when a report was missed last, by month of its receipt and by agency."""
    by_month: dict[str, datetime] = {}
    by_agency: dict[int, datetime] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_MISSED)
        for month, at, agencies in cursor.fetchall():
            by_month[month] = at
            for pk in agencies:
                by_agency[pk] = max(at, by_agency.get(pk, at))
    return by_month, by_agency


def _closed() -> list[tuple[str, datetime]]:
    """Return the closed months with the moment of the newest version of each, the newest first."""
    rows = FrozenPeriod.objects.filter(period__contains="-").values_list("period")
    return list(rows.annotate(at=Max("closed_at")).order_by("-period"))


def _agencies(missed: Iterable[int]) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_AGENCIES, [list(missed)])
        return list(cursor.fetchall())
