"""What the public may read: published reports, and nothing else (ADR 0011).

The only reader of `publications`; public pages read no other table but reference data. Everyone may know all
of it, so no viewer is asked for. Every answer has a bounded cost at a million reports: a list is one walk
through an index, or a bounded walk and then the exact set.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import MD5, Concat, TruncMonth

from tanggap.domain import references
from tanggap.domain.clocks import CLOCKS
from tanggap.domain.lifecycle import STATUSES, Family
from tanggap.models import Agency, Publication, Unit
from tanggap.selectors import opaque
from tanggap.selectors.words import words_of

PAGE: Final = 25
EXCERPT: Final = 260
# How many of the newest reports are looked through one by one before the exact set is asked for.
_NEAR: Final = 4000

type Key = tuple[datetime, int]


class NotFoundError(LookupError):
    """There is no such publication: the number is unknown, or the public may not know that it exists."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a public list; empty values narrow nothing."""

    family: Family | None = None
    agency_id: int | None = None
    unit_id: int | None = None
    categories: frozenset[str] = frozenset()
    area: str = ""
    is_late: bool = False


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
    excerpt: str


_COLUMNS: Final = tuple(column.name for column in fields(Row))[:-1]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` is the key to the next one, '' when there is nothing more."""

    rows: Sequence[Row]
    after: str


NO_FILTERS: Final = Filters()


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


def list_(query: str = "", filters: Filters = NO_FILTERS, after: str = "", size: int = PAGE, *, now: datetime) -> Page:
    """Return a page of published reports, newest first; stubs are never among them.

    `query`: words, all of which must be there in any form, or the number of a report. `after`: the key that
    the page before gave; one that was not given is as none. Takes at most five queries.
    """
    # A word of eight letters may look like a number, so what is no published number is searched for as words.
    if number := references.parse(query):
        rows = _rows(Publication.objects.filter(number=number, is_stub=False))
        if rows:
            return Page(rows, "")
    words = words_of(query)
    if query.strip() and not words:
        return Page((), "")
    rows = _newest(words, filters, _read_key(after), size + 1, now)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, _write_key(rows[-1]) if more else "")


def sample(*, month: date, zone: str, seed: str, size: int, agency_ids: Iterable[int]) -> Sequence[Row]:
    """Return some of the reports of these agencies that were published in a month, in the order that a seed gives.

    The order is that of md5 over "seed:number", so whoever has the numbers can draw the same sample again.
    """
    start, end = _month(month, zone)
    rows = live().filter(published_at__gte=start, published_at__lt=end, agency_id__in=list(agency_ids))
    drawn = rows.annotate(place=MD5(Concat(Value(f"{seed}:"), F("number")))).order_by("place", "id")
    return _rows(drawn[:size])


def overdue(*, agency_id: int, unit_id: int | None = None, now: datetime, size: int = 5) -> Sequence[Row]:
    """Return the open reports of an agency or unit whose date has passed, the longest overdue first."""
    return _rows(_open(agency_id, unit_id).filter(_late(now)).order_by("due_at", "id")[:size])


def waiting(*, agency_id: int, unit_id: int | None = None, now: datetime, size: int = 5) -> Sequence[Row]:
    """Return the open reports of an agency or unit that are not overdue, the soonest due first."""
    return _rows(_open(agency_id, unit_id).filter(due_at__gte=now).order_by("due_at", "id")[:size])


def latest_answers(
    *, agency_id: int | None = None, unit_id: int | None = None, size: int = 5, now: datetime
) -> Sequence[Row]:
    """Return the reports answered last, of one agency or unit or of all."""
    answered = _of(agency_id, unit_id).filter(answered_at__isnull=False)
    if agency_id is None and unit_id is None:
        # Without an agency the index is by time alone.
        answered = answered.filter(answered_at__lte=now)
    return _rows(answered.order_by("-answered_at", "-id")[:size])


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


@dataclass(frozen=True, slots=True)
class Figures(Headline):
    """The figures of one agency or unit; `median` is how long half of the answers took at most."""

    overdue: int
    median: timedelta | None


HEADLINE_WINDOW: Final = timedelta(days=30)
FIGURES_WINDOW: Final = timedelta(days=90)


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


def figures(*, agency_id: int, unit_id: int | None = None, now: datetime) -> Figures:
    """Return the figures of an agency, or of one of its units, over the last ninety days."""
    rows, since = _of(agency_id, unit_id), now - FIGURES_WINDOW
    answered = rows.filter(answered_at__isnull=False, answered_at__gt=since, answered_at__lte=now)
    took = ExpressionWrapper(F("answered_at") - F("received_at"), output_field=DurationField())
    counted = answered.aggregate(answered=Count("answered_at"), in_time=_IN_TIME, median=_Median(took))
    return Figures(
        published=rows.filter(published_at__gt=since, published_at__lte=now).count(),
        open_now=rows.filter(is_open=True).count(),
        overdue=rows.filter(_late(now)).count(),
        **counted,
    )


_IN_TIME: Final = Count("answered_at", filter=Q(answered_in_time=True))


class _Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


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


# A window of the reporter's that has passed is not an office's lateness.
_REPORTERS: Final = sorted(clock.value for clock, rule in CLOCKS.items() if rule.is_reporters)


def _late(now: datetime) -> Q:
    return Q(is_open=True, due_at__lt=now) & ~Q(due_clock__in=_REPORTERS)


def _open(agency_id: int, unit_id: int | None) -> QuerySet[Publication]:
    return _of(agency_id, unit_id).filter(is_open=True)


def _rows(found: QuerySet[Publication]) -> list[Row]:
    """Fetch what a list shows, and no more: a row of a list is no publication that could be asked for the rest."""
    # Cut here and not by the database, which would cut every text that it sorts and not only those it returns.
    return [Row(*(*values, body[:EXCERPT])) for *values, body in found.values_list(*_COLUMNS, "body")]


def _newest(words: str, filters: Filters, after: Key | None, count: int, now: datetime) -> list[Row]:
    """Return the newest reports that match.

    What is common is found among the newest rows in a few steps; what is rare is found by its own index. The
    planner cannot know which of the two it is when words or filters hang together, and a wrong guess is a walk
    through every report. So the walk along the dates is bounded, and what it does not fill is asked for exactly.
    """
    spine, left = _along(live() if after is None else live().filter(TupleLessThan(_place(), after)), filters)
    conditions = _conditions(words, left, now)
    newest_first = spine.order_by("-published_at", "-id")
    if not conditions:
        return _rows(newest_first[:count])
    end = newest_first.values_list("published_at", "pk")[_NEAR : _NEAR + 1]
    edge: Key | None = next(iter(end), None)
    near = newest_first.filter(conditions)
    if edge is not None:
        near = near.filter(TupleGreaterThan(_place(), edge))
    rows = _rows(near[:count])
    if len(rows) == count or edge is None:
        return rows
    exact = spine.filter(conditions).order_by(_IN_NO_INDEX.desc(), "-id").values_list("pk", flat=True)[:count]
    return _rows(live().filter(pk__in=list(exact)).order_by("-published_at", "-id"))


# Ordering by something that is no column keeps the planner from walking along an index until enough rows match.
_IN_NO_INDEX: Final = F("published_at") + Value(timedelta(0), output_field=DurationField())


def _place() -> Tuple:
    return Tuple("published_at", "id")


def _along(rows: QuerySet[Publication], filters: Filters) -> tuple[QuerySet[Publication], Filters]:
    """Choose the index to walk along, that of a filter which has the dates in it; return the filters left over."""
    statuses = _statuses(filters.family)
    if filters.unit_id is not None:
        return rows.filter(unit_id=filters.unit_id), replace(filters, unit_id=None, agency_id=None)
    if filters.agency_id is not None:
        return rows.filter(agency_id=filters.agency_id), replace(filters, agency_id=None)
    if len(filters.categories) == 1:
        return rows.filter(category_id=next(iter(filters.categories))), replace(filters, categories=frozenset())
    if len(statuses) == 1:
        return rows.filter(status=statuses[0]), replace(filters, family=None)
    return rows, filters


def _conditions(words: str, filters: Filters, now: datetime) -> Q:
    conditions = Q()
    if words:
        conditions &= Q(search=SearchQuery(words, config="indonesian", search_type="plain"))
    if filters.categories:
        conditions &= Q(category_id__in=filters.categories)
    if filters.family is not None:
        conditions &= Q(status__in=_statuses(filters.family))
    if filters.area:
        conditions &= Q(area_id=filters.area) | Q(area__code__startswith=f"{filters.area}.")
    if filters.is_late:
        conditions &= _late(now)
    return conditions


def _statuses(family: Family | None) -> list[str]:
    """Return the statuses of a family that a published report can have."""
    return [s.value for s, spec in STATUSES.items() if spec.family == family and spec.stays_public]


# Sealed: two primary keys in the open would tell how many reports were published between two that can be seen,
# those that are gone again included.
def _write_key(row: Row) -> str:
    return opaque.seal(_KEY, [row.published_at.isoformat(), row.pk])


def _read_key(text: str) -> Key | None:
    parts = opaque.open_(_KEY, text)
    return None if parts is None else (datetime.fromisoformat(parts[0]), parts[1])


_KEY: Final = "key of the public list"
