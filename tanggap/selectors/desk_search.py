"""Find reports on the desk by words: the wall first, then the words that a unit may read (REQ-31).

The words of a report whose reporter is hidden were put in without the person, so nobody finds out by searching who
it is. As in the public search, what is common is found among the newest rows, what is rare by the index of words.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from tanggap.domain import queues, references
from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.models import ContactHash, Report
from tanggap.selectors import opaque, reports
from tanggap.selectors.queues import PAGE, Filters, Page, Row, lines_of, narrowed

# How many of the newest reports are looked through one by one before the index of words is asked.
_NEAR: Final = 2000

# A search that was not asked for anything finds nothing, where a list that is not narrowed is whole.
NOTHING: Final = Filters(queue=queues.FOUND)

type Key = tuple[datetime, int]


class _Way(NamedTuple):
    """A direction to walk in: the order, and which rows lie beyond a place, and within it."""

    order: tuple[str, str]
    beyond: type[TupleLessThan | TupleGreaterThan]
    within: type[TupleLessThan | TupleGreaterThan]


_DOWN: Final = _Way(("-last_acted_at", "-id"), TupleLessThan, TupleGreaterThan)
_UP: Final = _Way(("last_acted_at", "id"), TupleGreaterThan, TupleLessThan)


def by_number(*, viewer: Officer, query: str) -> str:
    """Return the number that was typed, in its written form, where the viewer may know of that report; else ''."""
    number = references.parse(query)
    if number is None or not reports.visible(viewer=viewer).filter(number=number).exists():
        return ""
    return number


def list_(*, viewer: Officer, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """Return a page of what is found by words and filters, the newest change first. Takes at most four queries."""
    if filters == NOTHING:
        return Page((), "")
    rows = beside(viewer=viewer, filters=filters, key=read_key(after), count=size + 1)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, write_key(key_of(rows[-1])) if more else "")


def by_contact(*, viewer: Officer, kind: str, hashed: bytes, size: int = PAGE) -> Page:
    """Return the newest reports that came with a contact, of reporters who are not hidden.

    For `services.finding` alone, which has decided that the viewer may ask, and has written it down.
    """
    came = ContactHash.objects.filter(kind=kind, hash=hashed).values("report_id")
    found = reports.visible(viewer=viewer).filter(pk__in=came, is_anonymous=False, is_confidential=False)
    return Page(lines_of(viewer, found.order_by("-last_acted_at", "-id")[:size]), "")


def beside(
    *,
    viewer: Officer,
    filters: Filters,
    key: Key | None,
    count: int,
    is_backwards: bool = False,
    but: int | None = None,
) -> list[Row]:
    """Return what is found next to a place, the nearest first: below it or, backwards, above; without one from the end.

    `but` is the primary key of a report to leave out. Takes at most four queries.
    """
    here, besides = reports.visible_in_parts(viewer=viewer)
    way = _UP if is_backwards else _DOWN
    beyond = Q() if key is None else Q(way.beyond(_place(), key))
    beyond &= Q() if but is None else ~Q(pk=but)
    found = _of_own(viewer, filters, here.filter(beyond), count, way)
    if besides is not None:
        others = narrowed(besides.filter(beyond), viewer, filters).order_by(*way.order)
        found = sorted([*found, *lines_of(viewer, others[:count])], key=key_of, reverse=not is_backwards)
    return found[:count]


def _of_own(viewer: Officer, filters: Filters, spine: QuerySet[Report], count: int, way: _Way) -> list[Row]:
    walked = spine.order_by(*way.order)
    near = narrowed(walked, viewer, filters)
    if not filters.words:
        return lines_of(viewer, near[:count])
    edge: Key | None = next(iter(walked.values_list("last_acted_at", "pk")[_NEAR : _NEAR + 1]), None)
    if edge is not None:
        near = near.filter(way.within(_place(), edge))
    rows = lines_of(viewer, near[:count])
    if len(rows) == count or edge is None:
        return rows
    # Ordering by something that is no column keeps the planner from walking along an index until enough rows match.
    unindexed = ExpressionWrapper(F("last_acted_at") + _NOTHING, output_field=DateTimeField())
    first = unindexed.asc() if way is _UP else unindexed.desc()
    far = narrowed(spine, viewer, filters).filter(_of_office(viewer)).order_by(first, way.order[-1])
    return lines_of(viewer, far[:count])


_NOTHING: Final = Value(timedelta(0), output_field=DurationField())


def _of_office(viewer: Officer) -> Q:
    """Narrow the words to the agency, by a word that each report has for it: a hint to the index, and no wall."""
    if isinstance(viewer, NationalAdmin):
        return Q()
    return Q(desk_search__words=SearchQuery(office_word(viewer.agency_id), config="simple", search_type="plain"))


def office_word(agency_id: int) -> str:
    """Return the word under which the reports of an agency are found."""
    return f"xinstansi{agency_id}"


def key_of(row: Row | Report) -> Key:
    """Return the place of a report among what is found."""
    return row.last_acted_at, row.pk


def _place() -> Tuple:
    return Tuple("last_acted_at", "id")


def write_key(key: Key) -> str:
    """Return a place as an address says it."""
    return opaque.seal(_KEY, [key[0].isoformat(), key[1]])


def read_key(text: str) -> Key | None:
    """Return the place that an address says; None for whatever `write_key` did not write."""
    parts = opaque.open_(_KEY, text)
    return None if parts is None else (datetime.fromisoformat(parts[0]), parts[1])


_KEY: Final = "key of the desk's search"
