"""The first page of those who look: how the offices stand that they look after, as a page and as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.domain.actors import Evaluator, Head, Ombudsman, Overseer, RegionalOverseer, Watcher
from tanggap.domain.small_counts import SMALLEST
from tanggap.selectors import agencies, names, oversight, overview
from tanggap.selectors.overview import Standing
from tanggap.templatetags.tanggap import angka, when
from tanggap.web import sheets, wording
from tanggap.web.actors import watcher_required
from tanggap.web.oversight import doors, lines, tabs, views_handover

ROWS: Final = 50  # agencies on one page


@watcher_required
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Show what the viewer looks after: a head what is due, the Ombudsman what was handed over, others figures."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    match viewer:
        case Head():
            return _own(request, viewer, now)
        case Ombudsman():
            return views_handover.listed(request, viewer, now)
        case RegionalOverseer() | Overseer() | Evaluator():
            return _agencies(request, viewer, now)


@watcher_required
@require_safe
def figures(request: HttpRequest) -> HttpResponseBase:
    """Show how the agencies stand that the viewer looks after; a head looks after none but the own."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer = doors.watcher(request, now)
    if isinstance(viewer, Head):
        raise Http404
    return _agencies(request, viewer, now)


def _own(request: HttpRequest, viewer: Head, now: datetime) -> HttpResponse:
    known, rows = names.current(), overview.board(viewer=viewer)
    total = overview.totals(rows)
    offices = sorted((known.unit(row.office_id).name if row.office_id else _("Belum di unit"), row) for row in rows)
    due = oversight.list_(viewer=viewer, filters=oversight.Filters(), size=10)
    context = {
        "nav": doors.places(viewer),
        "office": known.unit(viewer.unit_id).name if viewer.unit_id else known.agency(viewer.agency_id).name,
        "tabs": tabs.of_head(total),
        "lines": lines.draw(due.rows, viewer, known, now=now),
        "columns": _columns(_("Unit"), is_own=True),
        "rows": [_cells(name, row, is_own=True) for name, row in offices],
        "is_divided": len(rows) > 1,
    }
    return render(request, "oversight/own.html", context)


def _agencies(request: HttpRequest, viewer: Watcher, now: datetime) -> HttpResponseBase:
    rows = _named(viewer)
    if kind := sheets.asked(request):
        headings = [column["label"] for column in _columns(_("Instansi"))]
        plain = (
            [name, *_figures(row), sheets.day(row.oldest_due), *_few((row.secret, row.secret_overdue))]
            for name, _slug, row in rows
        )
        return sheets.give(kind, "angka", headings, plain, now=now)
    page = doors.page_of(request.GET.get("halaman", ""))
    first, total = (page - 1) * ROWS, overview.totals(row for _name, _slug, row in rows)
    shown = rows[first : first + ROWS]
    if page > 1 and not shown:
        raise Http404
    may_list = isinstance(viewer, RegionalOverseer | Overseer)
    context = {
        "nav": doors.places(viewer),
        "role": wording.ROLE[viewer.role],
        "columns": _columns(_("Instansi")),
        "rows": [_cells(_link(name, slug) if may_list else name, row) for name, slug, row in shown],
        "total": total,
        "smallest": SMALLEST,
        "count": len(rows),
        "files": sheets.links(request),
        "older": f"?halaman={page + 1}" if len(rows) > first + ROWS else "",
        "newer": f"?halaman={page - 1}" if page > 1 else "",
    }
    return render(request, "oversight/agencies.html", context)


def _named(viewer: Watcher) -> list[tuple[str, str, Standing]]:
    """Return the agencies by name; a regional overseer has few, and sees those without a report too."""
    known = names.current()
    rows = {row.office_id: row for row in overview.board(viewer=viewer)}
    if isinstance(viewer, RegionalOverseer):
        rows |= {pk: Standing(pk, secret=None, secret_overdue=None) for pk in viewer.overseen if pk not in rows}
    offices = ((known.agency(pk), row) for pk, row in rows.items())
    return sorted(((office.name, office.slug, row) for office, row in offices), key=lambda found: found[:2])


def _link(name: str, slug: str) -> SafeString:
    return format_html('<a href="/pengawasan/instansi/{}">{}</a>', slug, name)


def _columns(first: str, *, is_own: bool = False) -> list[dict[str, Any]]:
    labels: list[Any] = [first, *wording.FAMILY.values(), _("Terlambat")]
    if not is_own:
        labels += [_("Terlama lewat tenggat")]
    labels += [_("Rahasia"), _("Rahasia terlambat")]
    return [{"label": label, "number": at > 0} for at, label in enumerate(labels)]


def _cells(name: str, row: Standing, *, is_own: bool = False) -> list[Any]:
    # As a time: on a phone it has a line of its own.
    oldest = when(timezone.localdate(row.oldest_due), "short") if row.oldest_due else "–"
    middle: Sequence[Any] = () if is_own else (oldest,)
    # In the order of their headings.
    return [name, *map(angka, _figures(row)), *middle, *_few((row.secret, row.secret_overdue))]


def _figures(row: Standing) -> list[int]:
    return [*(row.families[family] for family in wording.FAMILY), row.overdue]


def _few(counts: Sequence[int | None]) -> Iterator[str]:
    for n in counts:
        yield f"< {SMALLEST}" if n is None else angka(n)


def is_overseen(viewer: Watcher, slug: str) -> int:
    """Return the id of an agency whose reports the viewer reads; raises Http404 alike for unknown and forbidden."""
    try:
        found = agencies.by_slug(slug)
    except agencies.NotFoundError as error:
        raise Http404 from error
    match viewer:
        case RegionalOverseer(overseen=overseen) if found.pk in overseen:
            return found.pk
        case Overseer():
            return found.pk
        case _:
            raise Http404
