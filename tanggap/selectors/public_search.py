"""The list of published reports: found by words, narrowed, in one of several orders, page by page.

Every page has a bounded cost at a million reports: it is one walk through an index, or a bounded walk and then
the exact set. What no index can narrow is given up after a moment, and the page says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import DurationField, Expression, F, Min, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from psycopg import errors

from tanggap.domain import references
from tanggap.domain.lifecycle import STATUSES, Family
from tanggap.models import Publication
from tanggap.selectors import month_words, opaque
from tanggap.selectors.publications import Row, late, live, rows_of
from tanggap.selectors.words import Asked, asked, words_of

PAGE: Final = 25
# How many reports are looked through one by one, in the order of the list, before the exact set is asked for.
_NEAR: Final = 4000
# For the two or three of a page about something else fewer: even to step over so many takes longer than the rest of it.
_SHORT: Final = 5
_NEAR_OF_SHORT: Final = 400
# Of the newest fewer, where words alone are asked for: the words of a month are found in less time than so many more.
_FIRST: Final = 600
# How long one page may be looked for. What takes longer is too wide a question, whatever its words.
LONGEST: Final = timedelta(seconds=2)


class TooWideError(Exception):
    """No index narrows what was asked for, and to look at every report would take too long."""


class Order(StrEnum):
    """In which order a list stands."""

    NEWEST = "newest"
    ANSWERED = "answered"  # the latest answer first; only what was answered is there
    SUPPORTED = "supported"  # what most live with first; only what somebody else lives with is there
    OVERDUE = "overdue"  # the office that is late for longest first; only what is late is there


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a public list; empty values narrow nothing. `since` and `until` are of the publication.

    `received_since` and `received_until` are of the receipt, which is what figures go by.
    """

    family: Family | None = None
    agency_id: int | None = None
    unit_id: int | None = None
    categories: frozenset[str] = frozenset()
    area: str = ""
    is_late: bool = False
    classification: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None
    received_since: datetime | None = None
    received_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` is the key to the next one, '' when there is nothing more."""

    rows: Sequence[Row]
    after: str


NO_FILTERS: Final = Filters()
NO_WORDS: Final = Asked()


@dataclass(frozen=True, slots=True)
class _Way:
    """How an order walks: along which columns, the last of them the primary key, and which way."""

    columns: tuple[str, ...]
    is_descending: bool
    of: Callable[[Row], tuple[Any, ...]]
    # The order by something that is no column, which keeps the planner from walking an index until enough rows match.
    first: Expression

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(f"-{name}" if self.is_descending else name for name in self.columns)

    @property
    def sorted(self) -> tuple[Expression | str, ...]:
        """Return the same order, in which no index is: what matches is found first, and put in order then."""
        return self.first, "-id" if self.is_descending else "id"

    def beyond(self, key: Sequence[Any]) -> TupleLessThan | TupleGreaterThan:
        return self._compared(key, is_less=self.is_descending)

    def before(self, key: Sequence[Any]) -> TupleLessThan | TupleGreaterThan:
        return self._compared(key, is_less=not self.is_descending)

    def _compared(self, key: Sequence[Any], *, is_less: bool) -> TupleLessThan | TupleGreaterThan:
        return (TupleLessThan if is_less else TupleGreaterThan)(Tuple(*self.columns), key)


def _no_index(column: str) -> Expression:
    return F(column) + Value(timedelta(0), output_field=DurationField())


_WAYS: Final[Mapping[Order, _Way]] = {
    Order.NEWEST: _Way(
        ("published_at", "id"), True, lambda row: (row.published_at, row.pk), _no_index("published_at").desc()
    ),
    Order.ANSWERED: _Way(
        ("answered_at", "id"), True, lambda row: (row.answered_at, row.pk), _no_index("answered_at").desc()
    ),
    Order.SUPPORTED: _Way(
        ("support_count", "id"),
        True,
        lambda row: (row.support_count, row.pk),
        (F("support_count") + Value(0)).desc(),
    ),
    Order.OVERDUE: _Way(("due_at", "id"), False, lambda row: (row.due_at, row.pk), _no_index("due_at").asc()),
}


def list_(
    query: str = "",
    filters: Filters = NO_FILTERS,
    after: str = "",
    size: int = PAGE,
    *,
    order: Order = Order.NEWEST,
    now: datetime,
) -> Page:
    """Return a page of published reports in an order; stubs are never among them.

    `query`: words, all of which must be there in any form, what stands in quotes exactly so, or the number of a
    report. `after`: the key that the page before gave; one that was not given, or for another order, is as none.
    Takes at most ten queries. Raises TooWideError.
    """
    # A word of eight letters may look like a number, so what is no published number is searched for as words.
    if number := references.parse(query):
        rows = rows_of(Publication.objects.filter(number=number, is_stub=False))
        if rows:
            return Page(rows, "")
    words = asked(query)
    if query.strip() and not words:
        return Page((), "")
    with _in_time() if words or filters != NO_FILTERS else nullcontext():
        rows = _walk(words, filters, order, _read_key(order, after), size + 1, now)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, _write_key(order, rows[-1]) if more else "")


# Of the newest of the same category so many are compared: what is alike and near is mostly also of the same time.
_COMPARED: Final = 200
ALIKE: Final = 3


def alike(publication: Publication, size: int = ALIKE) -> list[Row]:
    """Return published reports of the same category and district that share words of the title, the nearest first."""
    words = words_of(publication.title).split()
    district = ".".join((publication.area_id or "").split(".")[:_DISTRICT])
    if not words or not district or publication.category_id is None:
        return []
    same = live().filter(category_id=publication.category_id).order_by("-published_at", "-id").values("pk")
    # Words are letters and digits alone, so they can stand in a query as they are.
    shared = SearchQuery(" | ".join(words), config="indonesian", search_type="raw")
    near = live().filter(pk__in=same[:_COMPARED], area__code__startswith=district, search=shared)
    if publication.cluster is not None:
        near = near.exclude(cluster=publication.cluster, cluster__isnull=False)
    ranked = near.exclude(pk=publication.pk).annotate(shared=SearchRank("search", shared))
    return rows_of(ranked.order_by("-shared", "-published_at", "-id")[:size])


_DISTRICT: Final = 3  # parts of the code of a place that say its district


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [round(LONGEST.total_seconds() * 1000)])
            yield
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")  # where this is part of a longer transaction
    except OperationalError as error:
        if isinstance(error.__cause__, errors.QueryCanceled):
            raise TooWideError from error
        raise


def _walk(
    words: Asked, filters: Filters, order: Order, after: Sequence[Any] | None, count: int, now: datetime
) -> list[Row]:
    """Return the first reports of an order that match.

    What is common is found among the first rows in a few steps; what is rare is found by its own index. The
    planner cannot know which of the two it is when words or filters hang together, and a wrong guess is a walk
    through every report. So the walk along the order is bounded, and what it does not fill is asked for exactly:
    of the newest that say something month by month, else of all.
    """
    way = _WAYS[order]
    rows = _of_order(order, now)
    rows = rows if after is None else rows.filter(way.beyond(after))
    spine, left = _along(rows, filters, order)
    conditions = _conditions(words, left, now)
    in_order = spine.order_by(*way.order)
    if not conditions:
        return rows_of(in_order[:count])
    if words and not _conditions(NO_WORDS, left, now):
        found, is_all = _near(in_order, words, count, among=_FIRST if order == Order.NEWEST else _NEAR)
        if len(found) == count or is_all:
            return rows_of(live().filter(pk__in=found).order_by(*way.order))
    if words and order == Order.NEWEST:
        found = _by_month(rows, words, filters, after, count, now)
        return rows_of(live().filter(pk__in=found).order_by(*way.order))
    nearest = _NEAR if count > _SHORT else _NEAR_OF_SHORT
    edge: Sequence[Any] | None = next(iter(in_order.values_list(*way.columns)[nearest : nearest + 1]), None)
    near = in_order.filter(conditions)
    looked_at = rows_of((near if edge is None else near.filter(way.before(edge)))[:count])
    if len(looked_at) == count or edge is None:
        return looked_at
    exact = spine.filter(conditions).order_by(*way.sorted).values_list("pk", flat=True)[:count]
    return rows_of(live().filter(pk__in=list(exact)).order_by(*way.order))


_AMONG_THE_FIRST: Final = """
WITH first AS MATERIALIZED ({first}), said AS (
    SELECT near.id FROM first AS near (id, search)
    WHERE (%s = '' OR near.search @@ plainto_tsquery('indonesian', %s))
        AND (%s = '' OR near.search @@ to_tsquery('simple', %s))
    LIMIT %s
)
SELECT array(SELECT id FROM said), (SELECT count(*) FROM first) < %s
"""


def _near(in_order: QuerySet[Publication], words: Asked, count: int, *, among: int) -> tuple[list[int], bool]:
    """Return which of the first say some words, and whether there are no others than those first.

    The first are fixed before the words are asked for: else the planner may ask the index of words instead, which takes
    the longer the more reports say them. What is materialized is read in its order, so a limit cuts off the last.
    """
    try:
        first, values = in_order.values_list("pk", "search")[:among].query.sql_with_params()
    except EmptyResultSet:  # filters that nothing can meet
        return [], True
    with connection.cursor() as cursor:
        asked_for: list[Any] = [words.stems, words.stems, words.exact, words.exact, count, among]
        cursor.execute(_AMONG_THE_FIRST.format(first=first), [*values, *asked_for])
        found, is_all = cursor.fetchone()
    return list(found), is_all


def _by_month(
    rows: QuerySet[Publication],
    words: Asked,
    filters: Filters,
    after: Sequence[Any] | None,
    count: int,
    now: datetime,
) -> list[int]:
    """Return the newest that match, month by month backwards: no month is larger than what one month brings."""
    groups = month_words.groups_of(words, filters, _statuses(filters.family))
    # The stems are in the index of months as they are; phrases, dates and lateness are not.
    left = _conditions(replace(words, stems=""), filters, now)
    latest = min(moment for moment in (now, filters.until, after[0] if after else None) if moment is not None)
    found: list[int] = []
    oldest = partial(_oldest, filters, now)
    for months in month_words.steps(month_words.month_of(latest), oldest):
        matching = rows.filter(month_words.published_in(months, groups), left).order_by(*_WAYS[Order.NEWEST].sorted)
        found += matching.values_list("pk", flat=True)[: count - len(found)]
        if len(found) == count:
            break
    return found


def _of_order(order: Order, now: datetime) -> QuerySet[Publication]:
    """Return what stands in a list of an order at all."""
    match order:
        case Order.NEWEST:
            return live()
        case Order.ANSWERED:
            return live().filter(answered_at__isnull=False)
        case Order.SUPPORTED:
            return live().filter(support_count__gt=0)
        case Order.OVERDUE:
            return live().filter(late(now))


def _along(rows: QuerySet[Publication], filters: Filters, order: Order) -> tuple[QuerySet[Publication], Filters]:
    """Choose the index to walk along, that of a filter which has the order in it; return the filters left over."""
    if order == Order.NEWEST:
        # The dates are in every index of the newest, so the walk starts and ends with them.
        rows = rows.filter(_within(filters))
        filters = replace(filters, since=None, until=None)
    if filters.unit_id is not None:
        return rows.filter(unit_id=filters.unit_id), replace(filters, unit_id=None, agency_id=None)
    if filters.agency_id is not None:
        return rows.filter(agency_id=filters.agency_id), replace(filters, agency_id=None)
    if order != Order.NEWEST:
        return rows, replace(filters, is_late=filters.is_late and order != Order.OVERDUE)
    statuses = _statuses(filters.family)
    if len(filters.categories) == 1:
        return rows.filter(category_id=next(iter(filters.categories))), replace(filters, categories=frozenset())
    if filters.outcome:
        return rows.filter(outcome=filters.outcome), replace(filters, outcome="")
    if len(statuses) == 1:
        return rows.filter(status=statuses[0]), replace(filters, family=None)
    return rows, filters


def _oldest(filters: Filters, now: datetime) -> int:
    earliest = filters.since or live().aggregate(first=Min("published_at"))["first"] or now
    return month_words.month_of(earliest)


def _within(filters: Filters) -> Q:
    # Nothing is published before it was received, so a walk along the publication ends there, too.
    first = max((day for day in (filters.since, filters.received_since) if day is not None), default=None)
    dates = Q() if first is None else Q(published_at__gte=first)
    return dates if filters.until is None else dates & Q(published_at__lt=filters.until)


def _received(filters: Filters) -> Q:
    dates = Q() if filters.received_since is None else Q(received_at__gte=filters.received_since)
    return dates if filters.received_until is None else dates & Q(received_at__lt=filters.received_until)


def _conditions(words: Asked, filters: Filters, now: datetime) -> Q:
    conditions = _within(filters) & _received(filters) & _said(words)
    if filters.categories:
        conditions &= Q(category_id__in=filters.categories)
    if filters.family is not None:
        conditions &= Q(status__in=_statuses(filters.family))
    if filters.area:
        conditions &= Q(area_id=filters.area) | Q(area__code__startswith=f"{filters.area}.")
    if filters.classification:
        conditions &= Q(classification=filters.classification)
    if filters.outcome:
        conditions &= Q(outcome=filters.outcome)
    if filters.is_late:
        conditions &= late(now)
    return conditions


def _said(words: Asked) -> Q:
    said = Q(search=SearchQuery(words.stems, config="indonesian", search_type="plain")) if words.stems else Q()
    return said & Q(search=SearchQuery(words.exact, config="simple", search_type="raw")) if words.exact else said


def _statuses(family: Family | None) -> list[str]:
    """Return the statuses of a family that a published report can have; none without a family."""
    return [s.value for s, spec in STATUSES.items() if spec.family == family and spec.stays_public]


# Sealed: two primary keys in the open would tell how many reports were published between two that can be seen,
# those that are gone again included.
def _write_key(order: Order, row: Row) -> str:
    return opaque.seal(_key_of(order), [_plain(value) for value in _WAYS[order].of(row)])


def _read_key(order: Order, text: str) -> list[Any] | None:
    parts = opaque.open_(_key_of(order), text)
    return None if parts is None else [datetime.fromisoformat(p) if isinstance(p, str) else p for p in parts]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _key_of(order: Order) -> str:
    return f"key of the public list: {order}"
