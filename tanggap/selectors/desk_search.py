"""Find reports on the desk by words: the wall first, then the words that a unit may read (REQ-31).

The words of a report whose reporter is hidden were put in without the person, so nobody finds out by searching who
it is. As in the public search, what is common is found among the newest rows, what is rare by the index of words.
"""

from datetime import datetime, timedelta
from typing import Final

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

type _Key = tuple[datetime, int]


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
    key = _read_key(after)
    rows = _newest(viewer, filters, key, size + 1)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, _write_key(rows[-1]) if more else "")


def by_contact(*, viewer: Officer, kind: str, hashed: bytes, size: int = PAGE) -> Page:
    """Return the newest reports that came with a contact, of reporters who are not hidden.

    For `services.finding` alone, which has decided that the viewer may ask, and has written it down.
    """
    came = ContactHash.objects.filter(kind=kind, hash=hashed).values("report_id")
    found = reports.visible(viewer=viewer).filter(pk__in=came, is_anonymous=False, is_confidential=False)
    return Page(lines_of(viewer, found.order_by("-last_acted_at", "-id")[:size]), "")


def _newest(viewer: Officer, filters: Filters, after: _Key | None, count: int) -> list[Row]:
    here, besides = reports.visible_in_parts(viewer=viewer)
    earlier = Q() if after is None else Q(TupleLessThan(_place(), after))
    found = _of_own(viewer, filters, here.filter(earlier), count)
    if besides is not None:
        others = narrowed(besides.filter(earlier), viewer, filters).order_by("-last_acted_at", "-id")
        found = sorted([*found, *lines_of(viewer, others[:count])], key=_order, reverse=True)
    return found[:count]


def _of_own(viewer: Officer, filters: Filters, spine: QuerySet[Report], count: int) -> list[Row]:
    newest = spine.order_by("-last_acted_at", "-id")
    near = narrowed(newest, viewer, filters)
    if not filters.words:
        return lines_of(viewer, near[:count])
    edge: _Key | None = next(iter(newest.values_list("last_acted_at", "pk")[_NEAR : _NEAR + 1]), None)
    if edge is not None:
        near = near.filter(TupleGreaterThan(_place(), edge))
    rows = lines_of(viewer, near[:count])
    if len(rows) == count or edge is None:
        return rows
    # Ordering by something that is no column keeps the planner from walking along an index until enough rows match.
    unindexed = ExpressionWrapper(F("last_acted_at") + _NOTHING, output_field=DateTimeField())
    far = narrowed(spine, viewer, filters).filter(_of_office(viewer)).order_by(unindexed.desc(), "-id")
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


def _order(row: Row) -> _Key:
    return row.last_acted_at, row.pk


def _place() -> Tuple:
    return Tuple("last_acted_at", "id")


def _write_key(row: Row) -> str:
    return opaque.seal(_KEY, [row.last_acted_at.isoformat(), row.pk])


def _read_key(text: str) -> _Key | None:
    parts = opaque.open_(_KEY, text)
    return None if parts is None else (datetime.fromisoformat(parts[0]), parts[1])


_KEY: Final = "key of the desk's search"
