"""What the public may read: published reports, and nothing else (ADR 0011).

The only reader of `publications`; public pages read no other table but reference data. Everyone may know all
of it, so no viewer is asked for. Every answer has a bounded cost at a million reports. The list with its search is
`public_search`.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.functions import MD5, Concat, TruncMonth

from tanggap.domain.clocks import CLOCKS
from tanggap.models import Agency, Publication, Unit
from tanggap.selectors import prepared

EXCERPT: Final = 260


class NotFoundError(LookupError):
    """There is no such publication: the number is unknown, or the public may not know that it exists."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a published report; the names of its office, category and place are `names`'."""

    pk: int
    number: str
    title: str
    status: str
    is_open: bool
    is_returned: bool
    is_extended: bool
    outcome: str
    due_at: datetime | None
    due_clock: str
    agency_id: int
    unit_id: int | None
    category_id: str | None
    area_id: str | None
    received_at: datetime
    published_at: datetime
    answered_at: datetime | None
    support_count: int
    excerpt: str


_COLUMNS: Final = tuple(column.name for column in fields(Row))[:-1]


def get(number: str) -> Publication:
    """Return a publication, a stub included. Raises NotFoundError, alike for unknown and for hidden."""
    names = ("agency", "unit", "category")
    found = Publication.objects.filter(number=number).select_related(*names).defer("search", "answers")
    publication = found.fetch_mode(FETCH_RAISE).first()
    if publication is None:
        raise NotFoundError(number)
    return publication


def titles(numbers: Iterable[str]) -> dict[str, str]:
    """Return the titles of published reports by number; what is not public, or a stub, has none here."""
    return dict(live().filter(number__in=list(numbers)).values_list("number", "title"))


def sample(*, month: date, zone: str, seed: str, size: int, agency_ids: Iterable[int]) -> Sequence[Row]:
    """Return some of the reports of these agencies that were published in a month, in the order that a seed gives.

    The order is that of md5 over "seed:number", so whoever has the numbers can draw the same sample again.
    """
    start, end = _month(month, zone)
    rows = live().filter(published_at__gte=start, published_at__lt=end, agency_id__in=list(agency_ids))
    drawn = rows.annotate(place=MD5(Concat(Value(f"{seed}:"), F("number")))).order_by("place", "id")
    return rows_of(drawn[:size])


def overdue(*, agency_id: int, unit_id: int | None = None, now: datetime, size: int = 5) -> Sequence[Row]:
    """Return the open reports of an agency or unit whose date has passed, the longest overdue first."""
    return _short("overdue", agency_id, unit_id, size, now)


def waiting(*, agency_id: int, unit_id: int | None = None, now: datetime, size: int = 5) -> Sequence[Row]:
    """Return the open reports of an agency or unit that are not overdue, the soonest due first."""
    return _short("waiting", agency_id, unit_id, size, now)


def latest_answers(
    *, agency_id: int | None = None, unit_id: int | None = None, size: int = 5, now: datetime
) -> Sequence[Row]:
    """Return the reports answered last, of one agency or unit or of all."""
    return _short("answered", agency_id, unit_id, size, now)


def _short(which: str, agency_id: int | None, unit_id: int | None, size: int, now: datetime) -> list[Row]:
    found = _kept(which, agency_id is not None, unit_id is not None, size)
    return _rows(found.rows({_AGENCY: agency_id, _UNIT: unit_id, _NOW: now}))


# What stands for the values of a question until they are known.
_AGENCY, _UNIT = -1, -2
_NOW: Final = datetime(1, 1, 1, tzinfo=UTC)


@cache
def _kept(which: str, is_of_agency: bool, is_of_unit: bool, size: int) -> prepared.KeptValues:
    """Put the question of a short list together, once for all agencies and units."""
    rows = _of(_AGENCY if is_of_agency else None, _UNIT if is_of_unit else None)
    if which == "answered":
        rows = rows.filter(answered_at__isnull=False).order_by("-answered_at", "-id")
        if not is_of_agency and not is_of_unit:
            # Without an agency the index is by time alone.
            rows = rows.filter(answered_at__lte=_NOW)
    else:
        due = late(_NOW) if which == "overdue" else Q(due_at__gte=_NOW)
        rows = rows.filter(due, is_open=True).order_by("due_at", "id")
    return prepared.keep_values(_shown(rows[:size]))


def office_names(publication: Publication) -> tuple[dict[int | None, str], dict[int | None, str]]:
    """Return the names of the agencies and of the units that a timeline speaks of, by id."""
    agencies, units = set(), set()
    for entry in publication.timeline:
        owner = entry["owner"] or {}
        helps = entry.get("supporter") or {}
        agencies |= {entry["agency"], owner.get("agency"), helps.get("agency")}
        agencies |= {entry.get("offer"), entry.get("proposed"), entry.get("in_place_of")}
        units |= {entry["unit"], owner.get("unit"), helps.get("unit")}
    return (
        dict(Agency.objects.filter(pk__in=agencies - {None}).values_list("pk", "name")),
        dict(Unit.objects.filter(pk__in=units - {None}).values_list("pk", "name")),
    )


def similar(publication: Publication) -> int:
    """Return how many other published reports are handled together with one; what is not public counts nowhere."""
    if publication.cluster is None:
        return 0
    return live().filter(cluster=publication.cluster).exclude(pk=publication.pk).count()


@dataclass(frozen=True, slots=True)
class Headline:
    """Three figures of all published reports; `share` is None while nothing was answered in the window."""

    published: int
    answered: int
    in_time: int
    open_now: int

    @property
    def share(self) -> float | None:
        """Return the share of the answers that came in time, between 0 and 1."""
        return self.in_time / self.answered if self.answered else None


HEADLINE_WINDOW: Final = timedelta(days=30)


def headline(*, now: datetime) -> Headline:
    """Return the figures of the home page over the last thirty days; each is read from one index."""
    since = now - HEADLINE_WINDOW
    answered = live().filter(answered_at__isnull=False, answered_at__gt=since, answered_at__lte=now)
    counted = answered.aggregate(answered=Count("answered_at"), in_time=_IN_TIME)
    return Headline(
        published=live().filter(published_at__gt=since, published_at__lte=now).count(),
        open_now=live().filter(is_open=True).count(),
        **counted,
    )


_IN_TIME: Final = Count("answered_at", filter=Q(answered_in_time=True))


SITEMAP_SIZE: Final = 40_000


def sitemap_months(zone: str) -> Iterator[tuple[date, int]]:
    """Yield the months in which reports were published, newest first, each with how many pages they fill."""
    months = live().annotate(month=TruncMonth("published_at", tzinfo=ZoneInfo(zone))).values("month")
    for month, count in months.annotate(count=Count("published_at")).order_by("-month").values_list("month", "count"):
        yield month.date(), -(-count // SITEMAP_SIZE)


def sitemap_page(month: date, page: int, zone: str) -> Sequence[tuple[str, datetime]]:
    """Return number and last change of the reports that a page of a month holds, oldest first."""
    start, end = _month(month, zone)
    rows = live().filter(published_at__gte=start, published_at__lt=end).order_by("published_at", "id")
    first = (page - 1) * SITEMAP_SIZE
    return list(rows.values_list("number", "updated_at")[first : first + SITEMAP_SIZE])


def _month(month: date, zone: str) -> tuple[datetime, datetime]:
    start = datetime(month.year, month.month, 1, tzinfo=ZoneInfo(zone))
    return start, start + timedelta(days=monthrange(month.year, month.month)[1])


def live() -> QuerySet[Publication]:
    """Return the reports that can be read in full: what every list and every figure counts."""
    return Publication.objects.filter(is_stub=False)


def _of(agency_id: int | None, unit_id: int | None) -> QuerySet[Publication]:
    if unit_id is not None:
        return live().filter(unit_id=unit_id)
    return live() if agency_id is None else live().filter(agency_id=agency_id)


_REPORTERS: Final = sorted(clock.value for clock, rule in CLOCKS.items() if rule.is_reporters)


def late(now: datetime) -> Q:
    """Return what an office is late with; a window of the reporter's that has passed is no lateness."""
    return Q(is_open=True, due_at__lt=now) & ~Q(due_clock__in=_REPORTERS)


def rows_of(found: QuerySet[Publication]) -> list[Row]:
    """Fetch what a list shows, and no more: a row of a list is no publication that could be asked for the rest."""
    return _rows(_shown(found))


def _shown(found: QuerySet[Publication]) -> QuerySet[Publication, tuple[Any, ...]]:
    return found.values_list(*_COLUMNS, "body")


def _rows(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    # Cut here and not by the database, which would cut every text that it sorts and not only those it returns.
    return [Row(*(*values, body[:EXCERPT])) for *values, body in found]
