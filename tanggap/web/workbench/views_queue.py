"""The desk: what an officer owes, by due date and urgency, with tabs that are read from counters."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain import queues
from tanggap.domain.actors import ADMINS, NationalAdmin, Officer
from tanggap.domain.lifecycle import Family
from tanggap.domain.queues import Assignee, Queue
from tanggap.selectors import accounts, beside, counters, names, saved_views
from tanggap.selectors import queues as lists_of
from tanggap.selectors.narrowing import known as known_of
from tanggap.selectors.narrowing import read
from tanggap.selectors.queues import Filters
from tanggap.web import due, wording
from tanggap.web.actors import officer_required
from tanggap.web.workbench import doors, forms_bulk, lines, narrowing, walks


@officer_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the desk. Everything that narrows it stands in the address."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.officer(request, now)
    asked = request.GET
    filters = read(asked, viewer.role)
    if filters.queue is queues.FOUND:  # a kept search
        return redirect(narrowing.href(known_of(asked), path=narrowing.SEARCH, antrean="", kata="", q=filters.words))
    found = lists_of.list_(viewer=viewer, filters=filters, after=asked.get("sesudah", "").replace("\x00", ""))
    shown = queues.OWN if filters.queue.is_others else filters.queue  # the families are those of the own office
    numbers = counters.desk(viewer, shown=shown)
    known = names.current()
    language = get_language() or "id"
    calendar = due.calendar_of(None if isinstance(viewer, NationalAdmin) else viewer.agency_id, known.calendar)
    places = known.places(row.area_id for row in found.rows if row.area_id)
    people = accounts.names_of(row.assignee_id for row in found.rows if row.assignee_id)
    desk = lines.Desk(viewer, known, places, calendar, language, now, people, walks.tail(asked))
    views = list(_views(asked, viewer))
    return render(
        request,
        "workbench/queue.html",
        {
            "lines": [lines.draw(row, desk) for row in found.rows],
            "queues": [*_queues(asked, viewer, filters, numbers), *_beside(viewer)],
            "families": list(_families(asked, viewer, filters, numbers)),
            "heading": next((view["label"] for view in views if view["current"]), None) or _heading(filters, viewer),
            "is_home": not asked,
            **narrowing.context(asked, viewer, known.load, language),
            "views": views,
            "keep": narrowing.href(known_of(asked) or {"antrean": "perlu"}, path="/meja/tampilan"),
            "export": narrowing.href(asked, path="/meja/ekspor") if found.rows and not filters.queue.is_others else "",
            "older": narrowing.href(asked, sesudah=found.after) if found.after else "",
            "bulk": narrowing.href(asked, path="/meja/massal"),
            "bulk_deeds": forms_bulk.choices_for(viewer, filters),
            "first": narrowing.href(asked) if asked.get("sesudah") else "",
        },
    )


# Shown while something is in them: they would push what is needed daily below the edge of the screen.
_SELDOM = frozenset(
    {queues.MEMOS, queues.HELD, queues.HELD_ANYWHERE, queues.OFFERED, queues.DISPUTED, queues.IN_PLACE, queues.FORMER}
    | {queues.SUPPORTED, queues.REOPEN_ASKED, queues.TO_DECIDE}
)


def _queues(asked: QueryDict, viewer: Officer, filters: Filters, numbers: counters.Numbers) -> Iterator[dict[str, Any]]:
    """Give the queues of this officer, each with its number."""
    for queue in queues.of(viewer.role):
        count = numbers.queues[queue.code]
        if queue in _SELDOM and not count and filters.queue is not queue:
            continue
        yield {
            "label": wording.queue(queue.code, viewer.role),
            "href": narrowing.href(asked, antrean=queue.code, keluarga=""),
            "current": filters.queue is queue and filters.family is None and not asked.get("tampilan"),
            "count": count,
            "icon": _ICONS[queue.code],
            "late": queue.is_overdue and count > 0,
        }


def _beside(viewer: Officer) -> Iterator[dict[str, Any]]:
    """Give what has a page of its own: unread mentions, and comments where there are any or the agency takes them."""
    waiting = beside.of(viewer=viewer)
    yield {
        "label": _("Disebut"),
        "href": resolve_url("workbench:mentions"),
        "current": False,  # a page of its own, which says who wrote what
        "count": waiting.mentions,
        "icon": "user",
    }
    if waiting.comments or waiting.takes_comments:
        yield {
            "label": _("Komentar"),
            "href": resolve_url("workbench:comments"),
            "current": False,
            "count": waiting.comments,
            "icon": "reply",
        }


def _views(asked: QueryDict, viewer: Officer) -> Iterator[dict[str, Any]]:
    """Give the kept lists of this officer and of the office."""
    for view in saved_views.of_desk(viewer=viewer):
        yield {
            "label": view.name,
            "href": narrowing.href(view.said, tampilan=view.key),
            "current": asked.get("tampilan") == view.key,
            "count": None,
            "icon": "building" if view.is_shared else "tag",
        }


def _families(
    asked: QueryDict, viewer: Officer, filters: Filters, numbers: counters.Numbers
) -> Iterator[dict[str, Any]]:
    """Give the six families of the office, or of the place that is looked at."""
    place = filters.queue if _is_place(filters.queue) else queues.OWN
    for family, icon in _FAMILIES.items():
        if family == Family.UNVERIFIED and viewer.role not in ADMINS:
            continue  # what nobody verified has no unit
        yield {
            "label": wording.FAMILY[family],
            "href": narrowing.href(
                asked, antrean="" if place is queues.OWN else place.code, keluarga=family.value, terlambat=""
            ),
            "current": filters.family == family,
            "count": numbers.families[family],
            "icon": icon,
        }


def _is_place(queue: Queue) -> bool:
    """Say whether a queue is all that an office has in some capacity, so that statuses divide it."""
    narrows = queue.is_owed or queue.is_overdue or queue.came_back or queue.assignee != Assignee.ANY
    return not narrows and queue not in {queues.WAITING, queues.MEMOS, queues.TO_DECIDE}


_ICONS: Final = {
    "perlu": "inbox",
    "saya": "user",
    "belum-diambil": "plus",
    "kembali": "undo",
    "belum-selesai": "reply",
    "keputusan": "check",
    "menunggu-pelapor": "pause",
    "terlambat": "alert",
    "unit": "file",
    "nota": "file",
    "ditahan": "eye",
    "ditahan-semua": "eye",
    "pelimpahan": "send",
    "penetapan": "flag",
    "diminta-buka": "undo",
    "menggantikan": "alert",
    "dilimpahkan": "arrow",
    "mendukung": "plus",
    "pengawasan": "eye",
    "semua": "globe",
}
_FAMILIES: Final = {
    Family.UNVERIFIED: "inbox",
    Family.ASSIGNED: "send",
    Family.IN_PROGRESS: "progress",
    Family.PENDING: "pause",
    Family.CLOSED: "check",
    Family.ARCHIVED: "archive",
}


def _heading(filters: Filters, viewer: Officer) -> str | Promise:
    if filters.family is not None:
        return wording.FAMILY[filters.family]
    return wording.queue(filters.queue.code, viewer.role)
