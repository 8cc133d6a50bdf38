"""What stands before and after a report in a list of the desk: for those who go through a list one by one.

A list is walked as it is read: by its own rows, behind its own wall, from place to place in its order. The place of a
report is kept in the address while a deed moves the report away, so that what came next still comes next.
"""

from typing import NamedTuple

from tanggap.domain import queues as rows
from tanggap.domain.actors import Officer
from tanggap.models import Report
from tanggap.selectors import desk_search, queues
from tanggap.selectors.queues import Filters


class Neighbours(NamedTuple):
    """The numbers of the reports before and after one; '' where there is none."""

    before: str
    after: str


def place_of(report: Report, filters: Filters) -> str:
    """Return where a report stands in the order of a list, as an address says it: the key of the page after it.

    '' for what is over in a list that goes by due dates, where it has no place.
    """
    if filters.queue is rows.FOUND:
        return desk_search.write_key(desk_search.key_of(report))
    return queues.write_key(queues.key_of(report, filters))


def is_place(text: str, filters: Filters) -> bool:
    """Say whether a text is a place that an address of such a list was given."""
    is_found = filters.queue is rows.FOUND
    return (desk_search.read_key(text) if is_found else queues.read_key(text)) is not None


def around(*, viewer: Officer, filters: Filters, report: Report, place: str = "") -> Neighbours:
    """Return what stands before and after a report, or a place that it had, whether it stands in the list or not.

    Past the end comes the first again; a report that has no place has nothing before it. Takes at most three queries,
    four among what is offered, twelve in a search for words.
    """
    place = place or place_of(report, filters)
    found = _around(viewer, filters, report, place)
    return found if found.after else Neighbours(found.before, _first(viewer, filters, report))


def page_after(*, viewer: Officer, filters: Filters, report: Report, place: str) -> str:
    """Return the key of the page on which a list goes on after a report that left it; '' where it begins there."""
    found = _around(viewer, filters, report, place)
    return place if found.before and found.after else ""


def _around(viewer: Officer, filters: Filters, report: Report, place: str) -> Neighbours:
    if not place:
        return Neighbours("", "")
    return Neighbours(
        _next_to(viewer, filters, report, place, is_backwards=True),
        _next_to(viewer, filters, report, place, is_backwards=False),
    )


def _next_to(viewer: Officer, filters: Filters, report: Report, place: str, *, is_backwards: bool) -> str:
    if filters.queue is rows.FOUND:
        key = desk_search.read_key(place)
        return _found(viewer, filters, report, key, is_backwards=is_backwards)
    listed = queues.ordered(queues.listed(viewer, filters).exclude(pk=report.pk), filters)
    if (at := queues.read_key(place)) is not None:
        listed = listed.filter(queues.beyond(at, filters, is_backwards=is_backwards))
    return (listed.reverse() if is_backwards else listed).values_list("number", flat=True).first() or ""


def _first(viewer: Officer, filters: Filters, report: Report) -> str:
    return _next_to(viewer, filters, report, "", is_backwards=False)


def _found(
    viewer: Officer, filters: Filters, report: Report, key: desk_search.Key | None, *, is_backwards: bool
) -> str:
    if filters == desk_search.NOTHING:
        return ""
    found = desk_search.beside(
        viewer=viewer, filters=filters, key=key, count=1, is_backwards=is_backwards, but=report.pk
    )
    return found[0].number if found else ""
