"""The published reports behind a figure, one by one and without a word of their text: for files that are read again.

Only what the public may read of a report on its page. Figures count more: what is not published yet, was archived,
merged or never published is in them and not here. Everyone may know all of it, so no viewer is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.models import Publication
from tanggap.selectors.public_search import Filters
from tanggap.selectors.publications import late, live


@dataclass(frozen=True, slots=True)
class Case:
    """What is told of a published report."""

    pk: int
    number: str
    received_at: datetime
    published_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    agency_id: int
    unit_id: int | None
    category_id: str | None
    area_id: str | None
    classification: str
    status: str
    outcome: str
    answered_in_time: bool | None
    rating: int | None
    due_at: datetime | None
    is_open: bool


_COLUMNS: Final = tuple(column.name for column in fields(Case))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases; `after` is the key to the next one, '' when there is nothing more. It leaves no door."""

    rows: Sequence[Case]
    after: str


def page(filters: Filters, figure: str, after: str, size: int, *, now: datetime) -> Page:
    """Return a page of the reports behind a figure, the latest received first; one walk through an index."""
    found = _behind(filters, figure, now)
    if after:
        moment, _space, pk = after.partition(" ")
        found = found.filter(TupleLessThan(Tuple("received_at", "id"), (datetime.fromisoformat(moment), int(pk))))
    rows = [Case(*values) for values in found.order_by("-received_at", "-id").values_list(*_COLUMNS)[: size + 1]]
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, f"{rows[-1].received_at.isoformat()} {rows[-1].pk}" if more else "")


def count(filters: Filters, figure: str, *, now: datetime) -> int:
    """Return how many there are in all."""
    return _behind(filters, figure, now).count()


def is_known(figure: str) -> bool:
    """Say whether some of the reports alone stand behind a figure, and which those are is public."""
    return figure in _FIGURES


def _behind(filters: Filters, figure: str, now: datetime) -> QuerySet[Publication]:
    found = live().filter(received_at__gte=filters.received_since, received_at__lt=filters.received_until)
    if filters.unit_id is not None:
        found = found.filter(unit_id=filters.unit_id)
    elif filters.agency_id is not None:
        found = found.filter(agency_id=filters.agency_id)
    if filters.categories:
        found = found.filter(category_id__in=filters.categories)
    if filters.area:
        found = found.filter(Q(area_id=filters.area) | Q(area__code__startswith=f"{filters.area}."))
    if filters.classification:
        found = found.filter(classification=filters.classification)
    if figure == "overdue_open":
        return found.filter(late(now))
    return found.filter(_FIGURES.get(figure, Q()))


# Of these formulas the reports in their denominator can be told by what is public.
_FIGURES: Final = {
    "volume": Q(),
    "sla_rate": Q(answered_in_time__isnull=False),
    "resolve_median": Q(answered_at__isnull=False),
    "satisfaction": Q(rating__isnull=False),
    "solved_yes": ~Q(solved=""),
    "overdue_open": Q(),
}
